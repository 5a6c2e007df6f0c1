"""A file row by row, converted: the one way in for small workbooks and national lists alike."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any, BinaryIO, NamedTuple

from config.sheets import heads
from config.sheets.converting import convert
from config.sheets.definition import Definition, Problem, Row, SheetError
from config.sheets.delimited import TEXT_DEFAULT, TextLimits, TextTable, opened_text
from config.sheets.guard import DEFAULT, Limits
from config.sheets.quick import compiled
from config.sheets.workbook import SheetTable, opened_sheet
from config.text import vn_number
from config.uploads import CSV, display_name, extension

SKIPPED_KEPT = 1_000
"""So many blank rows are remembered by number; all are counted."""
Table = SheetTable | TextTable


class Taken(NamedTuple):
    """A row of the file: its number there, its values by column name, what is wrong with it."""

    number: int
    values: dict[str, Any]
    problems: Sequence[Problem]


class Source:
    """The rows of one file, iterated once.

    Blank rows are left out; those between others are told in ``notes`` (rule ``blank_row``) and,
    the first of them, in ``skipped`` by number. Notes are complete when the iteration is.
    """

    def __init__(self, table: Table, definition: Definition):
        self._table, self._definition = table, definition
        self._places = {c.name: place for place, c in enumerate(table.columns) if c}
        self._quick = compiled(definition, table.columns, table.cell)
        self._number = table.header_row
        self._taken = 0
        self._blank = 0
        self.skipped: list[int] = []

    @property
    def total(self) -> int:
        """Rows to be expected; of a text file an estimate that grows better on the way."""
        return max(self._table.total, self._taken)

    @property
    def done_share(self) -> float:
        """How much of the file has been gone through, from 0 to 1."""
        return min(self._table.done(self._number), 1.0)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know before confirming: hidden rows were read, a sheet was not."""
        if not self._blank:
            return self._table.notes
        places = heads.listed([*map(str, self.skipped[: heads.NAMED])])
        more = f" và {vn_number(self._blank - heads.NAMED)} dòng khác" * (self._blank > heads.NAMED)
        blank = f"Bỏ qua {vn_number(self._blank)} dòng trống trong bảng (dòng {places}{more})."
        return (*self._table.notes, blank)

    def address(self, number: int, column: str) -> str:
        """Where a finding about this column of this row is told: "D12", or "dòng 12"."""
        return self._table.address(number, self._places.get(column))

    def __iter__(self) -> Iterator[Taken]:
        quick = self._quick
        for number, contents in self._table.rows():
            values = quick(contents)
            if values is None:
                taken = self._slowly(number, contents)
                if taken is None:
                    continue
            else:
                taken = Taken(number, values, ())
            if number - self._number > 1:
                self._skip(number)
            self._number = number
            self._taken += 1
            if self._taken > self._definition.max_rows:
                raise SheetError(
                    f"Bảng có hơn {vn_number(self._definition.max_rows)} dòng; hãy chia thành "
                    "nhiều tệp."
                )
            yield taken

    def _skip(self, number: int) -> None:
        gap = range(self._number + 1, number)
        self._blank += len(gap)
        self.skipped += islice(gap, max(SKIPPED_KEPT - len(self.skipped), 0))

    def _slowly(self, number: int, contents: Sequence) -> Taken | None:
        """The row with what is wrong in it; None when it is blank."""
        row, stray = self._row(number, contents), self._stray(number, contents)
        if not stray and all(cell.kind == "blank" for cell in row.cells.values()):
            return None
        values, problems = convert(self._definition, row)
        return Taken(number, values, [*problems, *stray])

    def _row(self, number: int, contents: Sequence) -> Row:
        cells = {}
        for column in self._definition.columns:
            place = self._places.get(column.name)
            content = contents[place] if place is not None and place < len(contents) else None
            address = self._table.address(number, place)
            cells[column.name] = self._table.cell(column, content, address)
        return Row(number, cells)

    def _stray(self, number: int, contents: Sequence) -> list[Problem]:
        """What stands beside the table would be lost; in a text file cells have moved."""
        table, column = self._table, self._definition.columns[0]
        width = len(table.columns)
        return [
            Problem(
                table.address(number, place if place < width else None),
                table.place_name(place),
                "có giá trị nhưng cột này không có tiêu đề; hãy xóa giá trị đó hoặc ghi đúng cột.",
                rule="stray_value",
            )
            for place, content in enumerate(contents)
            if (place >= width or table.columns[place] is None)
            and table.cell(column, content, "").kind != "blank"
        ][: heads.NAMED]


@contextmanager
def opened_table(
    file: BinaryIO, definition: Definition, limits: Limits, text_limits: TextLimits
) -> Iterator[Table]:
    """The table of a workbook or a text file, by the ending of the file's name."""
    if is_text(file):
        with opened_text(file, definition, text_limits) as table:
            yield table
    else:
        with opened_sheet(file, definition, limits) as table:
            yield table


def is_text(file: BinaryIO) -> bool:
    """Whether the name says that this is a text file."""
    return extension(display_name(file)) in CSV.extensions


@contextmanager
def reading(
    file: BinaryIO,
    definition: Definition,
    *,
    limits: Limits = DEFAULT,
    text_limits: TextLimits = TEXT_DEFAULT,
) -> Iterator[Source]:
    """The rows of an .xlsx or .csv file (it knows its name) as they stream by.

    ``SheetError``, at once or on the way, when the file is refused whole; wrong cells are the
    problems of their rows. The file is left at its start.
    """
    with opened_table(file, definition, limits, text_limits) as table:
        yield Source(table, definition)
