"""What a workbook should hold, and what was found in one."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from config.text import clean_line, vn_date, vn_number

TEXT, INTEGER, DECIMAL = "text", "integer", "decimal"
CHOICE, CODE, DATE = "choice", "code", "date"
YEAR, FLAG, NAME = "year", "flag", "name"
NUMBERS = (INTEGER, DECIMAL, YEAR, FLAG)
KIND_LABELS = {
    TEXT: "chữ",
    INTEGER: "số nguyên",
    DECIMAL: "số",
    CHOICE: "chọn trong danh sách",
    CODE: "mã (định dạng Text)",
    DATE: "ngày (dạng 31/12/2023)",
    YEAR: "năm (bốn chữ số)",
    FLAG: "0 hoặc 1",
    NAME: "tên (chữ)",
}

LEAST = {INTEGER: 0, DECIMAL: Decimal(0), DATE: date(1900, 3, 1), YEAR: 1900, FLAG: 0}
"""Bounds where a column names none. Figures here are counts and amounts: not below nought."""
MOST = {
    INTEGER: 2**31 - 1,  # what an integer column of the database holds
    DECIMAL: Decimal(10**13 - 1),
    DATE: date(2100, 12, 31),
    YEAR: 2100,
    FLAG: 1,
    NAME: 200,
    TEXT: 32_767,  # what an Excel cell holds
    CODE: 100,
}

RULE_NAMES = {"too_low": "out_of_range", "too_high": "out_of_range"}
"""General rules that go by another name unless the column gives them its own."""

CHOICES_NAMED = 12
"""A refusal names so many choices; the workbook offers them all."""


class SheetError(Exception):
    """The whole file is refused; ``args`` are Vietnamese sentences fit to show."""


def header_key(label: object) -> str:
    """How column heads are compared: case, blanks, Unicode form and the star do not count."""
    return clean_line(str(label)).rstrip("* ").casefold()


@dataclass(frozen=True)
class Column:
    """One column: how it is called, what it takes, how it looks.

    ``minimum`` and ``maximum`` bound numbers and dates; for text ``maximum`` is the number of
    characters. ``digits`` is the exact length of a code. ``choices`` are (value, label) pairs;
    people see and write labels. ``locked`` columns identify the rows that we fill in.
    """

    name: str
    label: str
    kind: str = TEXT
    required: bool = False
    minimum: int | Decimal | date | None = None
    maximum: int | Decimal | date | None = None
    choices: Sequence[tuple[Any, str]] = ()
    help: str = ""
    width: float = 14
    digits: int | None = None
    places: int = 2
    """Decimals that are kept; more are rounded, and the row says so."""
    grouped: bool = True
    """Whether thousands are parted by points; not in years."""
    locked: bool = False
    multiline: bool = False
    aliases: tuple[str, ...] = ()
    """Other heads under which the column is taken, such as the short names of exported lists."""
    rules: Mapping[str, str] = field(default_factory=dict)
    """This column's own names for the general rules (``too_high``: ``future_year``)."""
    secret: bool = False
    """Whether findings leave out what stands in the cell: identity numbers, ethnicity."""

    def __post_init__(self):
        if self.kind not in KIND_LABELS:
            raise ValueError(f"column {self.name}: unknown kind {self.kind!r}")
        if (self.kind == CHOICE) != bool(self.choices):
            raise ValueError(f"column {self.name}: choices and kind do not agree")

    @property
    def least(self):
        """The smallest number or the earliest day; None where there is no such thing."""
        return LEAST.get(self.kind) if self.minimum is None else self.minimum

    @property
    def most(self):
        """The largest number, the latest day or the most characters."""
        return MOST.get(self.kind) if self.maximum is None else self.maximum

    @cached_property
    def values_by_key(self) -> dict[str, Any]:
        """Value of each choice by ``header_key`` of its label and of itself; the first wins."""
        found: dict[str, Any] = {}
        for value, label in self.choices:
            found.setdefault(header_key(label), value)
            found.setdefault(header_key(value), value)
        return found

    def rule_name(self, rule: str) -> str:
        """What this column calls a general rule."""
        name = RULE_NAMES.get(rule, rule)
        return self.rules.get(rule) or self.rules.get(name, name)

    def written(self, number: int | Decimal) -> str:
        """A number as this column's sentences write it."""
        grouped = self.grouped and self.kind != YEAR
        return vn_number(number) if grouped else f"{Decimal(number):f}"

    @property
    def rule(self) -> str:
        """What the column takes, in words: for the guide, the notes and the refusals."""
        if self.kind == CHOICE:
            labels = [label for _, label in self.choices[:CHOICES_NAMED]]
            more = len(self.choices) > CHOICES_NAMED
            return "một trong: " + "; ".join(labels) + ("; … (xem danh sách)" if more else "")
        if self.kind == DATE:
            return ("ngày" + _range(self, vn_date, "")).replace("trở lên", "trở đi")
        if self.kind == YEAR:
            return f"năm từ {self.least} đến {self.most}"
        if self.kind == FLAG:
            return KIND_LABELS[FLAG]
        if self.kind in NUMBERS:
            return KIND_LABELS[self.kind] + _range(self, self.written, " không âm")
        if self.digits:
            return f"mã gồm đúng {self.digits} chữ số"
        return f"{KIND_LABELS[self.kind]}, tối đa {vn_number(self.most)} ký tự"


def _range(column: Column, written: Callable, unbounded: str) -> str:
    """The bounds that the column names itself; the general ones are nobody's concern."""
    if column.maximum is not None:
        return f" từ {written(column.least)} đến {written(column.maximum)}"
    return unbounded if not column.minimum else f" từ {written(column.minimum)} trở lên"


@dataclass(frozen=True)
class Definition:
    """A sheet of rows: its title, its columns in order, and how many rows it may have."""

    title: str
    """Title of the sheet in the workbook, at most 31 characters."""
    columns: tuple[Column, ...]
    max_rows: int = 5_000
    intro: tuple[str, ...] = ()
    """Lines above the table: what it is for, who fills it in."""
    may_add_rows: bool = True
    """Whether people may go on below the rows that we filled in."""
    total_in: tuple[str, ...] = ()
    """Columns in which "Tổng cộng" tells a row of sums, which we reckon ourselves."""

    def __post_init__(self):
        if not 0 < len(self.title) <= 31 or re.search(r"[][:*?/\\]", self.title):
            raise ValueError(f"not a title for a sheet: {self.title!r}")
        heads = sum(len({header_key(c.label), *map(header_key, c.aliases)}) for c in self.columns)
        names = {column.name for column in self.columns}
        if len(self.heads) < heads or len(names) < len(self.columns):
            raise ValueError(f"{self.title}: two columns of one label or name")
        if not names.issuperset(self.total_in):
            raise ValueError(f"{self.title}: no column for the total")

    @cached_property
    def heads(self) -> dict[str, Column]:
        """Column by ``header_key`` of its label and of its other heads."""
        return {
            header_key(head): column
            for column in self.columns
            for head in (column.label, *column.aliases)
        }

    def column(self, name: str) -> Column:
        """The column of this name; ``KeyError`` if there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    def problem(
        self, row: "Row", name: str, message: str, *, blocking: bool = True, rule: str = ""
    ) -> "Problem":
        """A finding of the caller's own about one cell: an unknown code, a broken balance."""
        label = self.column(name).label
        return Problem(row.cells[name].address, label, message, blocking, rule)


class Cell(NamedTuple):
    """A cell as it stands in the file, unconverted.

    ``kind`` is one of blank, text, number, percent, date, boolean, error, formula, and plain: the
    text of a text file, where numbers are text too. A cell of a column that the file lacks, or
    of a text file, has the address "dòng 12".
    """

    value: Any
    address: str
    kind: str


class Row(NamedTuple):
    """A row with its number in the sheet and its cells by column name."""

    number: int
    cells: dict[str, Cell]


@dataclass(frozen=True)
class Problem:
    """Something to mend in one cell. ``blocking=False`` only asks to look again."""

    address: str
    label: str
    message: str
    """Rule and remedy, without the place."""
    blocking: bool = True
    rule: str = ""
    """A short English name of the rule, the same at every door; the sentence is for people."""

    @property
    def is_cell(self) -> bool:
        """Whether the address is that of a cell, which can be marked."""
        return re.fullmatch("[A-Z]{1,3}[1-9][0-9]*", self.address) is not None

    def __str__(self):
        place = f"Ô {self.address}" if self.is_cell else self.address.capitalize()
        return f"{place} (cột “{self.label}”): {self.message}"
