"""What a series may be of: the questions that every measure answers."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from config.text import vn_number
from units.boundaries import Level
from units.boundaries.sources import Listed, Summed

LEVELS = (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)
"""The levels of territory; bodies of the province are a level of their own."""


@dataclass(frozen=True)
class Span:
    """One column: a year, the day on which its units are told, and how firm its figures are.

    ``breaks`` says why it must not be compared with the column before. ``of`` is what the measure
    itself keeps of the year.
    """

    year: int
    day: date
    mark: str = ""
    tone: str = "neutral"
    breaks: str = ""
    of: Any = None


@dataclass(frozen=True)
class Paper:
    """Where a unit's figure comes from: a report, a file, a published ranking."""

    label: str
    url: str = ""


class Measure(ABC):
    """A figure that units have year by year.

    ``adds``: whether it may be summed over units; what may not is never carried to other
    boundaries. ``levels``: of which units there are figures.
    """

    key: str
    label: str
    unit: str
    levels: Sequence[Level] = LEVELS
    adds: bool = True
    why_apart: str = ""
    """Why figures that do not add up are not carried."""
    help: str = ""

    @abstractmethod
    def spans(self, years: Iterable[int]) -> list[Span]:
        """The columns of these years, in order."""

    @abstractmethod
    def source(self, level: Level, spans: Sequence[Span], user) -> Summed | Listed:
        """The counts of these years that the user may see."""

    @abstractmethod
    def papers(self, units: Iterable[int], span: Span, user) -> dict[int, list[Paper]]:
        """Where the figures of these units come from in that year."""

    def value(self, sums: dict) -> Decimal | int | None:
        """The figure that is shown for these counts."""
        return sums.get("count")

    def written(self, value: Decimal | int | None) -> str:
        return "–" if value is None else vn_number(value)

    @property
    def whole_numbers(self) -> bool:
        """Whether figures are whole numbers, as those of things counted are."""
        return True

    def change_unit(self) -> str:
        return self.unit

    def about(self, level: Level) -> str:
        """What to know of the figures at that level."""
        return self.help

    def about_scope(self, user) -> str:
        """What to know of whose figures these are."""
        return ""
