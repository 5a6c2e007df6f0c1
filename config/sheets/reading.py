"""From an uploaded workbook to flat rows with cell addresses; nothing is converted here."""

import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, time, timedelta
from itertools import chain, islice
from typing import BinaryIO

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from config.sheets.definition import (
    NUMBERS,
    Cell,
    Column,
    Definition,
    Row,
    Sheet,
    SheetError,
    header_key,
)
from config.sheets.guard import DEFAULT, Grid, Limits, column_letter, guard
from config.text import clean_line, vn_number
from config.uploads import display_name

HEADER_SEARCH = 30
"""The header stands in the first so many rows."""
NAMED = 5
"""So many places are named in one refusal; the rest is counted."""

GUIDE, LISTS, ERRORS = "Hướng dẫn", "Danh mục", "Lỗi cần sửa"
OWN_SHEETS = {header_key(title) for title in (GUIDE, LISTS, ERRORS)}
"""Sheets that we add ourselves; never read."""

_KINDS = {"s": "text", "n": "number", "b": "boolean", "e": "error", "f": "formula", "d": "date"}


def read(file: BinaryIO, definition: Definition, *, limits: Limits = DEFAULT) -> Sheet:
    """The rows of the definition's sheet, in their order, blank ones left out.

    Raises ``SheetError`` with all reasons found: not a workbook, out of bounds, sheets hidden or
    not found, columns unknown, missing or doubled, merged cells, values beside the table, too
    many rows. Wrong values in cells are ``convert``'s business.
    """
    limits = replace(limits, max_rows=max(limits.max_rows, definition.max_rows + 100))
    grids = guard(file, limits)
    with opened(file) as workbook:
        worksheet = choose_sheet(workbook, definition)
        grid = grids.get(worksheet._worksheet_path)  # openpyxl tells it nowhere else
        if grid is None or not grid.last_row:
            raise SheetError(f"Trang tính “{worksheet.title}” trống; hãy điền số liệu vào mẫu.")
        lines = worksheet.iter_rows(1, grid.last_row, 1, grid.last_column)
        header_row, heads, lines = _find_header(lines, definition)
        columns = _match(heads, definition)
        _refuse_merged(grid, header_row)
        rows = _rows(lines, header_row, columns, definition)
        notes = (*_hidden(grid, header_row, columns), *_unread(workbook, worksheet, grids))
    letters = {column.name: column_letter(place + 1) for place, column in columns.items()}
    return Sheet(worksheet.title, header_row, letters, tuple(rows), notes)


@contextmanager
def opened(file: BinaryIO, *, read_only: bool = True):
    """The workbook in openpyxl; whatever it trips over becomes a refusal.

    It was written for files that Excel made and raises all sorts of errors on others. ``guard``
    comes first.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about parts that it leaves out
            workbook = load_workbook(file, read_only=read_only, keep_links=False)
            try:
                yield workbook
            finally:
                workbook.close()
    except SheetError:
        raise
    except Exception as error:
        raise SheetError(
            f"Tệp “{display_name(file)}” có nội dung mà cổng không đọc được; hãy mở bằng Excel, "
            "lưu lại dạng Excel Workbook (.xlsx) rồi chọn lại."
        ) from error
    finally:
        file.seek(0)


def choose_sheet(workbook, definition: Definition):
    """The sheet with the definition's title, or the only one there is; none may be hidden."""
    hidden = [sheet.title for sheet in workbook if sheet.sheet_state != "visible"]
    if hidden:
        raise SheetError(
            f"Tệp có trang tính ẩn: {_quoted(hidden)}; hãy bỏ ẩn để kiểm tra, xóa nếu thừa, rồi "
            "chọn lại."
        )
    sheets = [sheet for sheet in workbook if header_key(sheet.title) not in OWN_SHEETS]
    for sheet in sheets:
        if header_key(sheet.title) == header_key(definition.title):
            return sheet
    if len(sheets) == 1:
        return sheets[0]
    raise SheetError(
        f"Không thấy trang tính “{definition.title}” (trong tệp có: "
        f"{_quoted(sheet.title for sheet in sheets) or 'không trang nào'}); hãy đặt tên "
        f"“{definition.title}” cho trang chứa số liệu."
    )


def _find_header(lines: Iterable[tuple], definition: Definition):
    """The row with the most of the columns' labels; with it the heads and the lines below."""
    keys = definition.heads
    lines = iter(lines)
    top = list(islice(lines, HEADER_SEARCH))
    hits = [sum(_head(cell) in keys for cell in line) for line in top]
    if not any(hits):
        labels = _quoted(column.label for column in definition.columns)
        raise SheetError(
            f"Không thấy dòng tiêu đề trong {HEADER_SEARCH} dòng đầu; cần các cột: {labels}. "
            "Hãy tải mẫu và điền vào mẫu."
        )
    place = hits.index(max(hits))
    return place + 1, top[place], chain(top[place + 1 :], lines)


def _head(cell) -> str:
    return "" if cell.value is None else header_key(cell.value)


def _match(heads: tuple, definition: Definition) -> dict[int, Column]:
    """Place (from 0) → column; all that does not fit is refused by name, together."""
    known = definition.heads
    columns: dict[int, Column] = {}
    faults = []
    for place, cell in enumerate(heads):
        column = known.get(_head(cell))
        written = "" if cell.value is None else clean_line(str(cell.value))[:80]
        if column in columns.values():
            faults.append(f"{_at(place, cell)} “{written}” bị lặp; hãy giữ lại một cột.")
        elif column:
            columns[place] = column
        elif written:
            faults.append(
                f"{_at(place, cell)} “{written}” không có trong mẫu; hãy xóa cột đó hoặc sửa lại "
                "tên cột cho đúng mẫu."
            )
    for column in definition.columns:
        if column.required and column not in columns.values():
            faults.append(f"Thiếu cột “{column.label}”; hãy thêm cột đó hoặc tải lại mẫu.")
    if faults:
        raise SheetError(*faults)
    return columns


def _at(place: int, cell) -> str:
    return f"Cột {column_letter(place + 1)} (ô {column_letter(place + 1)}{cell.row})"


def _refuse_merged(grid: Grid, header_row: int) -> None:
    """A merged cell has one value for several places, and nobody knows for which."""
    merged = []
    for reference in grid.merged:
        _, first_row, _, last_row = range_boundaries(reference)
        if first_row <= grid.last_row and last_row >= header_row:
            merged.append(reference)
    if merged:
        raise SheetError(
            f"Có ô bị gộp trong bảng: {_listed(merged)}; hãy bỏ gộp (Merge & Center) và điền "
            "từng ô."
        )


def _rows(
    lines: Iterable[tuple], header_row: int, columns: dict[int, Column], definition: Definition
) -> list[Row]:
    """The rows that hold anything; beside the table nothing may stand, or it would be lost."""
    letters = [column_letter(place + 1) for place in range(max(columns) + 1)]
    missing = [column.name for column in definition.columns if column not in columns.values()]
    rows, stray = [], []
    for number, line in enumerate(lines, start=header_row + 1):
        if not any(_is_filled(cell) for cell in line):
            continue
        stray += [
            f"{column_letter(place + 1)}{number}"
            for place, cell in enumerate(line)
            if place not in columns and _is_filled(cell)
        ]
        rows.append(Row(number, dict(_cells(line, number, columns, letters, missing))))
        if len(rows) > definition.max_rows:
            raise SheetError(
                f"Bảng có hơn {vn_number(definition.max_rows)} dòng; hãy chia thành nhiều tệp."
            )
    if stray:
        raise SheetError(
            f"Có giá trị ở cột không có tiêu đề: ô {_listed(stray)}; hãy xóa các ô đó hoặc ghi "
            "đúng cột."
        )
    return rows


def _cells(line, number, columns, letters, missing) -> Iterator[tuple[str, Cell]]:
    for place, column in columns.items():
        cell, address = line[place], f"{letters[place]}{number}"
        yield column.name, Cell(cell.value, address, _kind(cell, column))
    for name in missing:
        yield name, Cell(None, f"dòng {number}", "blank")


def _is_filled(cell) -> bool:
    value = cell.value
    return value is not None and (not isinstance(value, str) or bool(clean_line(value)))


def _kind(cell, column: Column) -> str:
    if not _is_filled(cell):
        return "blank"
    if isinstance(cell.value, date | time | timedelta):
        return "date"
    kind = _KINDS[cell.data_type]
    if kind == "number" and column.kind in NUMBERS and "%" in cell.number_format:
        return "percent"
    return kind


def _hidden(grid: Grid, header_row: int, columns: dict[int, Column]) -> Iterator[str]:
    rows = [row for row in grid.hidden_rows if row > header_row]
    if rows:
        yield (
            f"{vn_number(len(rows))} dòng đang ẩn hoặc bị lọc vẫn được đọc (dòng "
            f"{_listed(map(str, rows))}); hãy bỏ lọc trong Excel để kiểm tra."
        )
    labels = [
        column.label
        for place, column in columns.items()
        if any(first <= place + 1 <= last for first, last in grid.hidden_columns)
    ]
    if labels:
        yield f"Cột đang ẩn vẫn được đọc: {_quoted(labels)}; hãy bỏ ẩn trong Excel để kiểm tra."


def _unread(workbook, worksheet, grids: dict[str, Grid]) -> Iterator[str]:
    titles = [
        sheet.title
        for sheet in workbook.worksheets
        if sheet is not worksheet
        and header_key(sheet.title) not in OWN_SHEETS
        and grids[sheet._worksheet_path].last_row
    ]
    if titles:
        yield f"Chỉ đọc trang tính “{worksheet.title}”; không đọc: {_quoted(titles)}."


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)


def _listed(places: Iterable[str]) -> str:
    places = list(places)
    rest = len(places) - NAMED
    return ", ".join(places[:NAMED]) + (f" và {rest} chỗ khác" if rest > 0 else "")
