"""What an official paper says, as frozen values that survive a round trip through JSON.

A paper is collected once, frozen as JSON together with its digest, and printed from there as
often as needed: the same frozen paper gives the same words and figures.
"""

import copy
import datetime
import hashlib
import json
from dataclasses import dataclass, fields
from decimal import Decimal

Value = str | int | Decimal | datetime.date | None

KINDS = ("text", "order", "int", "decimal", "percent", "date")


@dataclass(frozen=True)
class Heading:
    """A numbered heading with its number in the text: level 1 “I.”, 2 “1.”, 3 “a)”."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """Running text; ``lead`` is printed bold before it, as in “Điều 1.”."""

    text: str
    lead: str = ""


@dataclass(frozen=True)
class Bullets:
    """Points, each opened with a dash."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Quote:
    """Words of a unit taken over unchanged, with the unit they come from."""

    text: str
    source: str = ""


@dataclass(frozen=True)
class Column:
    """One column of a table.

    ``kind``: ``order`` is a running number; ``percent`` holds percentage points (1.25 is 1,25 %),
    so the header has to say “(%)”. ``group`` joins neighbours under one upper header. ``width``
    is a relative weight, 0 lets the content decide. ``digits``: decimals, by default as many as
    the column needs, at most three. ``meaning`` and ``source`` go to the Excel explanation sheet.
    """

    header: str
    kind: str = "text"
    group: str = ""
    width: float = 0
    digits: int | None = None
    meaning: str = ""
    source: str = ""

    def __post_init__(self):
        if self.kind not in KINDS:
            raise ValueError(f"unknown kind of column: {self.kind}")


@dataclass(frozen=True)
class Table:
    """Rows under columns; ``totals`` are the indices of rows printed bold (-1 is the last)."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    totals: tuple[int, ...] = ()
    unit: str = ""
    note: str = ""

    def __post_init__(self):
        width = len(self.columns)
        for number, row in enumerate(self.rows, start=1):
            if len(row) != width:
                raise ValueError(f"row {number} of “{self.title}” has {len(row)} of {width} cells")
        rows = tuple(tuple(_exact(value) for value in row) for row in self.rows)
        object.__setattr__(self, "rows", rows)

    @property
    def total_rows(self) -> frozenset[int]:
        """``totals`` as plain row numbers from 0."""
        return frozenset(index % len(self.rows) for index in self.totals if self.rows)


@dataclass(frozen=True)
class Chart:
    """A Vega-Lite spec from ``charts``; ``alt`` tells its message to who cannot see it."""

    title: str
    spec: dict
    alt: str
    note: str = ""

    def __post_init__(self):
        own = json.loads(json.dumps(self.spec))  # a copy nobody else holds, equal when thawed
        object.__setattr__(self, "spec", own)


Block = Heading | Paragraph | Bullets | Quote | Table | Chart


@dataclass(frozen=True)
class Signature:
    """Who signs: ``authority`` (“TM. ỦY BAN NHÂN DÂN\\nKT. CHỦ TỊCH” or empty), post, name."""

    post: str
    name: str = ""
    authority: str = ""


@dataclass(frozen=True)
class Annex:
    """An appendix on pages of its own, numbered by its place among the paper's annexes."""

    title: str
    blocks: tuple[Block, ...] = ()
    landscape: bool = False


@dataclass(frozen=True)
class Paper:
    """One official paper.

    Names of bodies are written as in running text (“Ủy ban nhân dân tỉnh Vĩnh Phúc”); a line
    break in them is kept in the header. ``kind`` “CÔNG VĂN” prints no type name and sets
    ``title`` as “V/v …” under the number. ``date`` None and ``number`` "" leave blanks to fill
    by hand; without ``symbol`` the paper is not numbered at all. ``decider`` and ``resolution``
    (“QUYẾT ĐỊNH:”) enclose the basis of a decision.
    ``left_signature`` is the second signer (minutes: the secretary). ``snapshot`` is the hash of
    the frozen figures, printed at the foot of each page. ``landscape`` is for a paper that is one
    wide table (NĐ 30/2020, Phụ lục I, phần I mục I).
    """

    body: str
    symbol: str
    place: str
    kind: str
    title: str
    superior_body: str = ""
    number: str = ""
    date: datetime.date | None = None
    addressees: tuple[str, ...] = ()
    decider: str = ""
    basis: tuple[str, ...] = ()
    resolution: str = ""
    blocks: tuple[Block, ...] = ()
    signature: Signature | None = None
    left_signature: Signature | None = None
    recipients: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    draft: bool = True
    snapshot: str = ""
    landscape: bool = False


@dataclass(frozen=True)
class About:
    """What an exported workbook is, for its explanation sheet: (label, words) in order."""

    title: str
    lines: tuple[tuple[str, str], ...] = ()


_TYPES = {
    cls.__name__: cls
    for cls in (
        *(Heading, Paragraph, Bullets, Quote, Column, Table, Chart),
        *(Signature, Annex, Paper, About),
    )
}


def to_dict(thing) -> dict:
    """Plain JSON values of a paper or of any part of it; ``from_dict`` is the way back."""
    return _encode(thing)


def from_dict(frozen: dict):
    """The paper (or part) that ``to_dict`` froze, equal to the first."""
    return _decode(frozen)


def digest(thing) -> str:
    """SHA-256 of the frozen content: equal papers have equal digests, on any machine."""
    text = json.dumps(to_dict(thing), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _exact(value):
    """Floats become the decimal that they print as; what no file could hold is refused."""
    if isinstance(value, float):
        value = Decimal(str(value))
    if isinstance(value, Decimal) and not value.is_finite():
        raise ValueError("a cell cannot hold a number that is none")
    if value is not None and not isinstance(value, str | int | Decimal | datetime.date):
        raise TypeError(f"a cell cannot hold {type(value).__name__}")
    return value.date() if isinstance(value, datetime.datetime) else value


def _encode(value):
    if type(value).__name__ in _TYPES:
        parts = {f.name: _encode(getattr(value, f.name)) for f in fields(value)}
        return {"@": type(value).__name__, **parts}
    if isinstance(value, tuple | list):
        return [_encode(part) for part in value]
    if isinstance(value, Decimal):
        return {"@": "decimal", "value": str(value)}
    if isinstance(value, datetime.date):
        return {"@": "date", "value": value.isoformat()}
    return copy.deepcopy(value) if isinstance(value, dict) else value


def _decode(value):
    if isinstance(value, list):
        return tuple(_decode(part) for part in value)
    if not isinstance(value, dict) or "@" not in value:
        return copy.deepcopy(value)  # a chart's spec keeps its lists
    if value["@"] == "decimal":
        return Decimal(value["value"])
    if value["@"] == "date":
        return datetime.date.fromisoformat(value["value"])
    parts = {name: _decode(part) for name, part in value.items() if name != "@"}
    return _TYPES[value["@"]](**parts)
