"""Tables of any length written row by row, so that what ``reading`` makes of them is the same.

Rows are values by column name. Codes and texts stay text, numbers numbers, days days; a text that
looks like a formula becomes none.
"""

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from operator import itemgetter
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from config.sheets import styles
from config.sheets.definition import (
    CHOICE,
    DATE,
    FLAG,
    MOST,
    TEXT,
    Column,
    Definition,
    SheetError,
)
from config.sheets.delimited import CONTROL, defused, has_control
from config.sheets.guard import column_letter
from config.sheets.guide import write_guide
from config.sheets.texts import DANGEROUS, escaped, number_format, text_cell
from config.sheets.workbook import GUIDE
from config.text import clean_text, vn_number

Values = Mapping[str, Any]
LAST_ROW = 1_048_576
"""Excel has no more."""
TOGETHER = 500
"""Rows of a text file that are written, and looked through for formulas, at once."""
_HARMFUL_START = re.compile(r"""[\n\r\t,;"][^\S\n\r\t,;]*['=+@#-]""")
"""Where a cell of written lines begins like a formula, or like one that was defused: ours, or

that of a program that parts cells by another mark.
"""
_POWERS = ("E+", "E-", "e+", "e-")
_ADVICE = (
    GUIDE + " đọc “{}”",
    "Mỗi dòng một đối tượng; ô trống nghĩa là không có hoặc chưa có giá trị.",
)


def _picker(definition: Definition) -> Callable[[Values], Sequence]:
    """The values of a row in the order of the columns; what a row lacks is blank."""
    names = [column.name for column in definition.columns]
    pick = itemgetter(*names) if len(names) > 1 else None

    def picked(row: Values) -> Sequence:
        if pick:
            try:
                return pick(row)
            except KeyError:
                pass
        return [row.get(name) for name in names]

    return picked


def _changers(definition: Definition) -> list[tuple[int, Callable]]:
    """Places whose values must be changed before they are written, and how."""
    changers = {FLAG: lambda column: _number_of_flag, DATE: lambda column: _day}
    changers[CHOICE] = lambda column: _Labels(column).__getitem__
    return [
        (place, changers[column.kind](column))
        for place, column in enumerate(definition.columns)
        if column.kind in changers
    ]


class _Labels(dict):
    """Value of a choice → its label; another value stays as it is."""

    def __init__(self, column: Column):
        super().__init__(column.choices)

    def __missing__(self, value):
        return value


def _number_of_flag(value):
    return int(value) if isinstance(value, bool) else value


def _day(value):
    if value is not None and (isinstance(value, datetime) or not isinstance(value, date | str)):
        raise TypeError(f"a column of days cannot hold a {type(value).__name__}")
    return value


def _lines(definition: Definition, rows: Iterable[Values]) -> Iterator[Sequence]:
    """The rows as lists of what is written."""
    picked, changers = _picker(definition), _changers(definition)
    for row in rows:
        line = picked(row)
        if changers:
            line = list(line)
            for place, change in changers:
                line[place] = change(line[place])
        yield line


# Text files


def text_chunks(definition: Definition, rows: Iterable[Values]) -> Iterator[bytes]:
    """A text file in UTF-8 with the mark that Excel needs to see so, a few rows at a time."""
    lines = _lines(definition, rows)
    heads = [column.label for column in definition.columns]
    yield codecs.BOM_UTF8 + _together([heads])
    while True:
        together = list(islice(lines, TOGETHER))
        yield _together(together)
        if len(together) < TOGETHER:
            return


def _together(lines: list[Sequence]) -> bytes:
    """The lines; each cell is looked at only where anything in them calls for it."""
    text = _written(lines)
    raw = text.encode(errors="replace")
    harmful = _HARMFUL_START.search(f"\n{text}") or any(power in text for power in _POWERS)
    if harmful or has_control(raw):
        raw = _written(map(_harmless, lines)).encode(errors="replace")
    return raw


def _written(lines: Iterable[Sequence]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(lines)
    return out.getvalue()


def _harmless(line: Sequence) -> list:
    return [_harmless_cell(content) for content in line]


def _harmless_cell(content):
    if isinstance(content, str):
        return defused(CONTROL.sub("", content))
    return f"{Decimal(str(content)):f}" if isinstance(content, float | Decimal) else content


# Workbooks


def write_workbook(file: BinaryIO, definition: Definition, rows: Iterable[Values]) -> None:
    """A workbook with the table and a sheet that explains its columns.

    openpyxl puts the rows on disk one by one. ``SheetError`` when they are more than Excel takes.
    """
    workbook = Workbook(write_only=True)
    worksheet = workbook.create_sheet(definition.title)
    write_guide(
        workbook.create_sheet(GUIDE), definition, [a.format(definition.title) for a in _ADVICE]
    )
    try:
        _write_table(worksheet, definition, rows)
        workbook.save(file)
    except BaseException:
        _discard(workbook)
        raise


def _write_table(worksheet, definition: Definition, rows: Iterable[Values]) -> None:
    worksheet.freeze_panes = "A2"
    for place, column in enumerate(definition.columns, start=1):
        worksheet.column_dimensions[column_letter(place)].width = column.width
    worksheet.append([_head(worksheet, column) for column in definition.columns])
    writers = [_Writer(worksheet, *numbered) for numbered in enumerate(definition.columns, start=1)]
    number = 1
    worksheet._values_to_row = _as_they_are
    for number, line in enumerate(_lines(definition, rows), start=2):
        if number > LAST_ROW:
            raise SheetError(
                f"Bảng có hơn {vn_number(LAST_ROW - 1)} dòng, nhiều hơn Excel nhận; hãy tải dạng "
                ".csv hoặc lọc bớt."
            )
        worksheet.append([w(v) for w, v in zip(writers, line, strict=True) if v not in _BLANK])
    worksheet.auto_filter.ref = f"A1:{column_letter(len(writers))}{number}"


_BLANK = (None, "")


def _as_they_are(cells: list[WriteOnlyCell], number: int) -> list[WriteOnlyCell]:
    """What openpyxl makes of a row of ready cells, without asking each what it is."""
    for cell in cells:
        cell.row = number
    return cells


def _head(worksheet, column: Column) -> WriteOnlyCell:
    cell = text_cell(worksheet, column.label, font=styles.HEAD_FONT, fill=styles.HEAD_FILL)
    cell.alignment, cell.border = styles.HEAD_ALIGNMENT, styles.BOX
    return cell


class _Writer:
    """One column's cell, filled anew for every row: a row is written before the next is asked."""

    def __init__(self, worksheet, place: int, column: Column):
        self._cell = WriteOnlyCell(worksheet)
        self._cell.number_format = number_format(column)
        self._quoted = WriteOnlyCell(worksheet)
        self._quoted.number_format = self._cell.number_format
        self._quoted.quotePrefix = True
        self._cell.column = self._quoted.column = place
        self._name = column.name

    def __call__(self, value) -> WriteOnlyCell:
        cell = self._cell
        if isinstance(value, str):
            if not value.isprintable() or "_x" in value or len(value) > MOST[TEXT]:
                value = self._fit(value)
            if DANGEROUS.match(value):
                cell = self._quoted
            cell.data_type = "s"
        elif isinstance(value, date):
            cell.data_type = "d"
        elif isinstance(value, int | float | Decimal):
            cell.data_type = "n"
        else:
            raise TypeError(f"{self._name}: a cell cannot hold a {type(value).__name__}")
        cell._value = value
        return cell

    def _fit(self, text: str) -> str:
        """What Excel cannot hold goes; what would be cut off is a mistake of the caller."""
        text = clean_text(text)
        if len(text) > MOST[TEXT]:
            raise ValueError(f"{self._name}: {len(text)} characters do not fit into a cell")
        return escaped(text)


def _discard(workbook: Workbook) -> None:
    """Leave nothing of a table behind that was broken off: it may hold names."""
    for worksheet in workbook.worksheets:
        if not worksheet.closed:
            worksheet.close()
        worksheet._writer.cleanup()
