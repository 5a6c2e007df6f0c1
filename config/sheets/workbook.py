"""The table of an uploaded workbook: which sheet, which columns, its rows as they stand there."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from typing import Any, BinaryIO

from openpyxl.utils import range_boundaries

from config.sheets import heads
from config.sheets.cells import Book, Leaf, Odd
from config.sheets.definition import NUMBERS, Cell, Column, Definition, SheetError, header_key
from config.sheets.guard import DEFAULT, Grid, Limits, column_letter, guard
from config.text import clean_line, vn_number

GUIDE, LISTS, ERRORS = "Hướng dẫn", "Danh mục", "Lỗi cần sửa"
OWN_SHEETS = {header_key(title) for title in (GUIDE, LISTS, ERRORS)}
"""Sheets that we add ourselves; never read."""


def to_cell(column: Column, content: Any, address: str) -> Cell:
    """What stands in a workbook at this place, with its kind."""
    if isinstance(content, Odd):
        number = content.kind == "percent" and column.kind not in NUMBERS
        return Cell(content.value, address, "number" if number else content.kind)
    if content is None or (isinstance(content, str) and not clean_line(content)):
        return Cell(content, address, "blank")
    if isinstance(content, str):
        return Cell(content, address, "text")
    return Cell(content, address, "number" if isinstance(content, int | float) else "date")


class SheetTable:
    """The table of one sheet. ``columns`` stand by place, None where a place has no head."""

    def __init__(self, book: Book, grids: dict[str, Grid], definition: Definition):
        self._book, self._grids = book, grids
        self.sheet = choose_sheet(book.sheets, definition, self._top)
        self._grid = grids.get(self.sheet.part)
        if self._grid is None or not self._grid.last_row:
            raise SheetError(f"Trang tính “{self.sheet.title}” trống; hãy điền số liệu vào mẫu.")
        top = self._top(self.sheet)
        self.header_row = heads.find(top, definition) + 1
        self.columns = heads.match(top[self.header_row - 1], definition, self._at)
        self._letters = [column_letter(place + 1) for place in range(len(self.columns))]
        _refuse_merged(self._grid, self.header_row)
        self.notes = (*self._hidden(), *self._unread())
        self.total = self._grid.last_row - self.header_row

    def rows(self) -> Iterator[tuple[int, list]]:
        """Number and contents by place of each row below the header, blank ones too."""
        for row in self._book.rows(self.sheet, self._grid.last_row, len(self.columns)):
            if row[0] > self.header_row:
                yield row

    def done(self, number: int) -> float:
        """How much of the table the rows up to this one are."""
        return (number - self.header_row) / self.total if self.total else 1.0

    def address(self, number: int, place: int | None) -> str:
        """ "D12"; of a column that is not in the file "dòng 12"."""
        return f"dòng {number}" if place is None else f"{self._letters[place]}{number}"

    def place_name(self, place: int) -> str:
        """How a place without a head is called."""
        return self._letters[place]

    cell = staticmethod(to_cell)

    def _top(self, sheet: Leaf) -> list[list]:
        """The first rows, those that the file leaves out as blank ones."""
        grid = self._grids.get(sheet.part)
        if grid is None or not grid.last_row:
            return []
        top: list[list] = []
        for number, contents in self._book.rows(sheet, grid.last_row, grid.last_column):
            top += [[]] * (min(number, heads.HEADER_SEARCH + 1) - len(top) - 1)
            top.append([_shown(content) for content in contents])
            if number >= heads.HEADER_SEARCH:
                break
        return top[: heads.HEADER_SEARCH]

    def _at(self, place: int) -> str:
        letter = column_letter(place + 1)
        return f"Cột {letter} (ô {letter}{self.header_row})"

    def _hidden(self) -> Iterator[str]:
        rows = [row for row in self._grid.hidden_rows if row > self.header_row]
        if rows:
            yield (
                f"{vn_number(len(rows))} dòng đang ẩn hoặc bị lọc vẫn được đọc (dòng "
                f"{heads.listed(map(str, rows))}); hãy bỏ lọc trong Excel để kiểm tra."
            )
        labels = [
            column.label
            for place, column in enumerate(self.columns, start=1)
            if column and any(first <= place <= last for first, last in self._grid.hidden_columns)
        ]
        if labels:
            yield (
                f"Cột đang ẩn vẫn được đọc: {heads.quoted(labels)}; hãy bỏ ẩn trong Excel để kiểm "
                "tra."
            )

    def _unread(self) -> Iterator[str]:
        titles = [
            sheet.title
            for sheet in self._book.sheets
            if sheet is not self.sheet
            and header_key(sheet.title) not in OWN_SHEETS
            and self._grids[sheet.part].last_row
        ]
        if titles:
            yield f"Chỉ đọc trang tính “{self.sheet.title}”; không đọc: {heads.quoted(titles)}."


def _shown(content: Any) -> Any:
    return content.value if isinstance(content, Odd) else content


@contextmanager
def opened_sheet(
    file: BinaryIO, definition: Definition, limits: Limits = DEFAULT
) -> Iterator[SheetTable]:
    """The table of a workbook, once the guard has passed it.

    Raises ``SheetError`` with all reasons found: not a workbook, out of bounds, sheets hidden or
    not found, columns unknown, missing or doubled, merged cells.
    """
    limits = replace(limits, max_rows=max(limits.max_rows, definition.max_rows + 100))
    grids = guard(file, limits)
    book = Book(file)
    try:
        yield SheetTable(book, grids, definition)
    finally:
        book.close()


def choose_sheet(sheets: Iterable, definition: Definition, top: Callable[[Any], list]):
    """The sheet with the definition's title, or the only one, or the only one with its heads.

    None may be hidden. ``top`` gives the first rows of a sheet.
    """
    sheets = list(sheets)
    hidden = [sheet.title for sheet in sheets if sheet.sheet_state != "visible"]
    if hidden:
        raise SheetError(
            f"Tệp có trang tính ẩn: {heads.quoted(hidden)}; hãy bỏ ẩn để kiểm tra, xóa nếu thừa, "
            "rồi chọn lại."
        )
    sheets = [sheet for sheet in sheets if header_key(sheet.title) not in OWN_SHEETS]
    for sheet in sheets:
        if header_key(sheet.title) == header_key(definition.title):
            return sheet
    fitting = sheets
    if len(sheets) > 1:
        required = sum(column.required for column in definition.columns) or 1
        fitting = [
            sheet
            for sheet in sheets
            if any(heads.hits(row, definition) >= required for row in top(sheet))
        ]
    if len(fitting) == 1:
        return fitting[0]
    raise SheetError(
        f"Không thấy trang tính “{definition.title}” (trong tệp có: "
        f"{heads.quoted(sheet.title for sheet in sheets) or 'không trang nào'}); hãy đặt tên "
        f"“{definition.title}” cho trang chứa số liệu."
    )


def top_of(worksheet) -> list[list]:
    """The first rows of a worksheet that openpyxl has loaded whole."""
    rows = worksheet.iter_rows(max_row=heads.HEADER_SEARCH, values_only=True)
    return list(islice(rows, heads.HEADER_SEARCH))


def _refuse_merged(grid: Grid, header_row: int) -> None:
    """A merged cell has one value for several places, and nobody knows for which."""
    merged = []
    for reference in grid.merged:
        _, first_row, _, last_row = range_boundaries(reference)
        if first_row <= grid.last_row and last_row >= header_row:
            merged.append(reference)
    if merged:
        raise SheetError(
            f"Có ô bị gộp trong bảng: {heads.listed(merged)}; hãy bỏ gộp (Merge & Center) và điền "
            "từng ô."
        )
