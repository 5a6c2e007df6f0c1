"""A workbook made of a text file, with every error in its own cell: to be mended and sent."""

import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell

from config.sheets import styles
from config.sheets.converting import taken
from config.sheets.definition import CHOICE, Column, Definition, Problem
from config.sheets.delimited import TextLimits, TextTable, opened_text, undefused
from config.sheets.findings import Wrong
from config.sheets.guard import column_letter
from config.sheets.marks import list_problems, mark
from config.sheets.texts import number_format, text_cell
from config.sheets.workbook import ERRORS
from config.text import vn_number

WHOLE = 20_000
"""A file of so many rows comes back whole; of a longer one the rows that have findings."""
_PARTLY = (
    "Tệp có nhiều hơn {} dòng nên trang này chỉ chép các dòng có lỗi; hãy sửa trong tệp gốc theo "
    "số dòng ở trang “{}”."
)
Found = dict[int, dict[str, list[Problem]]]
"""Number of the row → label of the column → findings."""


def rewritten(
    file: BinaryIO, definition: Definition, problems: Sequence[Problem], limits: TextLimits
) -> bytes:
    """The text file as a workbook: right cells as what they are, the others as they stand there.

    Rows keep their numbers where the file comes back whole.
    """
    found = _by_row(problems)
    workbook = Workbook(write_only=True)
    with opened_text(file, definition, limits) as table:
        whole = table.total <= WHOLE
        worksheet = workbook.create_sheet(definition.title)
        rewriting = _Rewriting(worksheet, table, found)
        rewriting.write(_all(table) if whole else _with_findings(table, found))
    listing = workbook.create_sheet(ERRORS)
    list_problems(listing, worksheet.title, problems, rewriting.places)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _by_row(problems: Iterable[Problem]) -> Found:
    found: Found = defaultdict(lambda: defaultdict(list))
    for problem in problems:
        if number := re.fullmatch("dòng ([0-9]+)", problem.address):
            found[int(number[1])][problem.label].append(problem)
    return found


def _all(table: TextTable) -> Iterator[tuple[int, list]]:
    """Every row; blank ones where the file has lines above the header."""
    yield from ((number, []) for number in range(1, table.header_row))
    yield table.header_row, [column.label if column else "" for column in table.columns]
    yield from table.rows()


def _with_findings(table: TextTable, found: Found) -> Iterator[tuple[int, list]]:
    yield 0, [_PARTLY.format(vn_number(WHOLE), ERRORS)]
    yield table.header_row, [column.label if column else "" for column in table.columns]
    yield from (row for row in table.rows() if row[0] in found)


class _Rewriting:
    """One sheet on its way; remembers where each finding came to stand."""

    def __init__(self, worksheet, table: TextTable, found: Found):
        self._worksheet, self._table, self._found = worksheet, table, found
        self.places: dict[Problem, str] = {}
        for place, column in enumerate(table.columns, start=1):
            width = column.width if column else 14
            worksheet.column_dimensions[column_letter(place)].width = width

    def write(self, rows: Iterable[tuple[int, list]]) -> None:
        for line, (number, contents) in enumerate(rows, start=1):
            if number > self._table.header_row:
                cells = self._cells(line, number, contents)
            else:
                is_head = number == self._table.header_row
                cells = [self._above(content, is_head=is_head) for content in contents]
            self._worksheet.append(cells)

    def _above(self, content: str, *, is_head: bool) -> Cell:
        dress = {"font": styles.HEAD_FONT, "fill": styles.HEAD_FILL} if is_head else {}
        return text_cell(self._worksheet, content, **dress)

    def _cells(self, line: int, number: int, contents: list) -> list:
        findings = self._found.get(number, {})
        columns = self._table.columns
        cells = []
        for place in range(max(len(contents), len(columns))):
            content = contents[place] if place < len(contents) else ""
            column = columns[place] if place < len(columns) else None
            cell = self._cell(column, content)
            label = column.label if column else self._table.place_name(place)
            if told := findings.get(label):
                cell = cell or WriteOnlyCell(self._worksheet)
                mark(cell, told)
                address = f"{column_letter(place + 1)}{line}"
                self.places |= dict.fromkeys(told, address)
            cells.append(cell)
        return cells

    def _cell(self, column: Column | None, content: str) -> Cell | None:
        """The value where there is one, else the text; None where there is nothing."""
        if not content:
            return None
        value = _value(column, self._table.cell(column, content, "")) if column else None
        if value is None or isinstance(value, str):
            return text_cell(self._worksheet, undefused(content))
        cell = WriteOnlyCell(self._worksheet, value=value)
        cell.number_format = number_format(column)
        return cell


def _value(column: Column, cell):
    """The number or day of a cell that can be taken; a choice stays as it was written."""
    if column.kind == CHOICE:
        return None
    try:
        return taken(column, cell).value
    except Wrong:
        return None
