"""The counts of one row of the review, and the rates that follow from them."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Sum

COUNTS = (
    "households",
    "ethnic_households",
    "poor_opening",
    "poor_opening_ethnic",
    "poor_escaped",
    "poor_relapsed",
    "poor_arisen",
    "poor_adjustment",
    "poor_closing",
    "poor_closing_ethnic",
    "poor_unable",
    "near_opening",
    "near_opening_ethnic",
    "near_escaped",
    "near_relapsed",
    "near_arisen",
    "near_adjustment",
    "near_closing",
    "near_closing_ethnic",
)
"""The figures of a review in the order of its table; fields of ``PovertyReview``."""

TOTALS = {f"sum_{name}": Sum(name) for name in COUNTS}
"""The aggregates of a table row; a prefix, as a sum may not carry the name of its field."""

HUNDREDTH = Decimal("0.01")


def percent_of(part: int, whole: int) -> Decimal | None:
    """``part`` in percent of ``whole``, unrounded; None where there is no whole."""
    return Decimal(part) * 100 / Decimal(whole) if whole else None


def rounded(value: Decimal | None) -> Decimal | None:
    """Two decimals, half away from nought, as the published tables have them."""
    return None if value is None else value.quantize(HUNDREDTH, ROUND_HALF_UP)


@dataclass(frozen=True)
class Figures:
    """The counts of one row, by field name, in households."""

    counts: dict[str, int]

    @classmethod
    def from_sums(cls, row: dict) -> "Figures":
        return cls({name: row[f"sum_{name}"] or 0 for name in COUNTS})

    def __getitem__(self, name: str) -> int:
        return self.counts[name]

    def __add__(self, other: "Figures") -> "Figures":
        return Figures({name: self[name] + other[name] for name in COUNTS})

    @property
    def poor_rate(self) -> Decimal | None:
        """Poor households at the end of the year, percent of all households."""
        return rounded(percent_of(self["poor_closing"], self["households"]))

    @property
    def near_rate(self) -> Decimal | None:
        return rounded(percent_of(self["near_closing"], self["households"]))

    @property
    def opening_rate(self) -> Decimal | None:
        """Poor households at the start of the year, percent of the same row's households."""
        return rounded(percent_of(self["poor_opening"], self["households"]))

    @property
    def poor_and_near(self) -> int:
        return self["poor_closing"] + self["near_closing"]

    @property
    def ethnic_share(self) -> Decimal | None:
        """Poor households of ethnic minorities, percent of all poor households (goal T2)."""
        return rounded(percent_of(self["poor_closing_ethnic"], self["poor_closing"]))
