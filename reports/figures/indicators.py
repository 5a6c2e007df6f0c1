"""The numbers of the reports (indicators), by tier and year, and for the whole of the period.

Unit and kind: those of each indicator. Source: accepted reports. How a figure adds up is the
indicator's own rule (``Indicator.rollup``):

sum   units of one year add up, each branch counted once (``counting``), and years add up.
last  units add up likewise; over the years the newest year with figures counts.
none  adds neither over tiers nor over years: each tier stands for itself.

Each sum opens to its parts: the reports it was added from, with their values.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import F

from criteria.models import Indicator
from reports.figures.counting import counted_figures
from reports.models import Figure, counted
from units.kinds import TIER_ORDER


@dataclass(frozen=True)
class TierValue:
    """The sum of one tier in one year, and over how many reports."""

    year: int
    tier: str
    value: Decimal
    reports: int


@dataclass(frozen=True)
class Part:
    """What one report contributed to a sum."""

    year: int
    report_id: int
    value: Decimal


@dataclass(frozen=True)
class IndicatorSums:
    """One indicator: by tier and year, by year, and for the period (None: does not add up)."""

    code: str
    label: str
    unit: str
    kind: str
    rollup: str
    section: str
    help: str
    by_tier: tuple[TierValue, ...] = ()
    by_year: dict[int, Decimal] = field(default_factory=dict)
    total: Decimal | None = None
    parts: tuple[Part, ...] = ()


def indicator_sums(campaign, periods) -> list[IndicatorSums]:
    """Every indicator of the campaign in its order, those without figures too; three queries."""
    rows = defaultdict(list)
    for row in [*_rows(_adding(periods)), *_rows(_standing_alone(periods))]:
        rows[row["indicator_id"]].append(row)
    indicators = Indicator.objects.filter(campaign=campaign).order_by("position")
    return [_sums(indicator, rows[indicator.pk]) for indicator in indicators]


def _adding(periods):
    return counted_figures(periods).exclude(indicator__rollup=Indicator.Rollup.NONE)


def _standing_alone(periods):
    return Figure.objects.filter(
        counted("report__"),
        report__period__in=periods,
        value__isnull=False,
        indicator__rollup=Indicator.Rollup.NONE,
    )


def _rows(figures):
    named = figures.values(
        "indicator_id",
        "report_id",
        "value",
        year=F("report__period__year"),
        tier=F("report__tier"),
    )
    return named.order_by("report__period__year", "report__unit__sort_key", "report_id")


def _sums(indicator, rows) -> IndicatorSums:
    by_tier, by_year = defaultdict(list), defaultdict(Decimal)
    for row in rows:
        by_tier[row["year"], row["tier"]].append(row["value"])
        by_year[row["year"]] += row["value"]
    alone = indicator.rollup == Indicator.Rollup.NONE
    return IndicatorSums(
        code=indicator.code,
        label=indicator.label,
        unit=indicator.unit,
        kind=indicator.kind,
        rollup=indicator.rollup,
        section=indicator.section,
        help=indicator.help,
        by_tier=tuple(
            TierValue(year, tier, sum(values), len(values))
            for (year, tier), values in sorted(by_tier.items(), key=_place)
        ),
        by_year={} if alone else dict(by_year),
        total=None if alone else _over_years(indicator, by_year),
        parts=tuple(Part(row["year"], row["report_id"], row["value"]) for row in rows),
    )


def _place(item):
    (year, tier), _ = item
    return year, TIER_ORDER[tier]


def _over_years(indicator, by_year) -> Decimal | None:
    if not by_year:
        return None
    if indicator.rollup == Indicator.Rollup.LAST:
        return by_year[max(by_year)]
    return sum(by_year.values())
