"""What the takers of cells say: a value, perhaps with a note, or why the cell cannot be taken."""

from datetime import date, datetime
from typing import Any, NamedTuple

from config.sheets.definition import Column
from config.text import clean_line, vn_date, vn_number

EXACT = 10**15
"""Beyond 15 digits Excel has rounded a number before we saw it."""
SHOWN = 40
"""So many characters of a cell are quoted."""


class Note(NamedTuple):
    """How a cell was read that was written otherwise; a person may look again."""

    rule: str
    message: str


class Found(NamedTuple):
    """A value of the column's kind, mostly without a note."""

    value: Any
    note: Note | None = None


class Wrong(Exception):
    """The cell cannot be taken: the general name of the rule; the message tells the remedy too."""

    def __init__(self, rule: str, message: str):
        super().__init__(message)
        self.rule = rule


def shown(value: object) -> str:
    """A cell's content as a person knows it, shortened."""
    if isinstance(value, datetime | date):
        return vn_date(value)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float) and abs(value) < EXACT:
        return vn_number(value)
    text = clean_line(str(value))
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def quoted(column: Column, value: object) -> str:
    """The content in quotation marks at the head of a sentence, unless it is nobody's business."""
    return "giá trị trong ô" if column.secret else f"“{shown(value)}”"
