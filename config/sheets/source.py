"""A file row by row, converted: the one way in for small workbooks and national lists alike."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, NamedTuple

from config.sheets.converting import convert
from config.sheets.definition import Cell, Definition, Problem, Row, SheetError, header_key
from config.sheets.guard import DEFAULT, Limits
from config.sheets.reading import read
from config.uploads import display_name, extension, size_of


class Taken(NamedTuple):
    """A row of the file: its number there, its values by column name, what is wrong with it."""

    number: int
    values: dict[str, Any]
    problems: list[Problem]


class Source:
    """The rows of one file, iterated once. Notes are complete when the iteration is."""

    total = 0
    """Rows to come; for text files an estimate."""
    done_share = 0.0
    """How much of the file has been gone through, from 0 to 1."""
    notes: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Taken]:
        raise NotImplementedError

    def address(self, number: int, column: str) -> str:
        """Where a finding about this column of this row is told: "D12", or "dòng 12"."""
        return f"dòng {number}"


class _Workbook(Source):
    def __init__(self, file: BinaryIO, definition: Definition, limits: Limits):
        self._definition = definition
        self._sheet = read(file, definition, limits=limits)
        self.total, self.notes = len(self._sheet.rows), self._sheet.notes

    def __iter__(self):
        for place, row in enumerate(self._sheet.rows, start=1):
            self.done_share = place / self.total
            yield Taken(row.number, *convert(self._definition, row))

    def address(self, number, column):
        letter = self._sheet.letters.get(column)
        return f"{letter}{number}" if letter else super().address(number, column)


class _Text(Source):
    def __init__(self, file: BinaryIO, definition: Definition):
        self._definition, self._size = definition, max(size_of(file), 1)
        self._lines = csv.reader(io.TextIOWrapper(file, "utf-8-sig", newline=""))
        heads = next(self._lines, [])
        known = definition.heads
        unknown = [head for head in heads if header_key(head) not in known]
        if unknown or not heads:
            raise SheetError(f"Tệp “{display_name(file)}” có cột không có trong mẫu: {unknown}.")
        self._columns = [known[header_key(head)] for head in heads]

    def __iter__(self):
        for number, line in enumerate(self._lines, start=2):
            if any(line):
                yield Taken(number, *convert(self._definition, self._row(number, line)))

    def _row(self, number: int, line: list[str]) -> Row:
        address = self.address(number, "")
        cells = {c.name: Cell(None, address, "blank") for c in self._definition.columns}
        for column, text in zip(self._columns, line, strict=False):
            kind = "text" if text.strip() else "blank"
            cells[column.name] = Cell(text, address, kind)
        return Row(number, cells)


@contextmanager
def reading(
    file: BinaryIO, definition: Definition, *, limits: Limits = DEFAULT
) -> Iterator[Source]:
    """The rows of an .xlsx or .csv file (it knows its name) as they stream by.

    ``SheetError``, at once or on the way, when the file is refused whole.
    """
    if extension(display_name(file)) == "csv":
        yield _Text(file, definition)
    else:
        yield _Workbook(file, definition, limits)
