"""The yearly review as a series: its measures, the years with their stage, and the rows behind.

Counts are followed to other boundaries (``units.boundaries``); rates never are, they are computed
from the counts where these have come to stand. Years of different standards are not compared.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Q, Sum

from units.boundaries.sources import Summed
from units.kinds import Kind
from units.models import Import, PovertyReview, PovertyStandard, Unit, alive_on
from units.models.poverty import Stage
from units.poverty.figures import COUNTS
from units.poverty.tables import best_stage
from units.poverty.territory import year_end

COUNT, PART, WHOLE = "count", "part", "whole"


@dataclass(frozen=True)
class ReviewMeasure:
    """A count of households; or, with ``whole``, one in percent of another."""

    key: str
    label: str
    counts: tuple[str, ...]
    whole: str = ""

    @property
    def sums(self) -> dict[str, Sum]:
        """What is summed for it, by name."""
        first, *others = map(F, self.counts)
        total = Sum(sum(others, first))
        return {PART: total, WHOLE: Sum(self.whole)} if self.whole else {COUNT: total}


def review_measures() -> list[ReviewMeasure]:
    """Every column of the review in its order, poor and near-poor together, and the rates."""
    names = {name: str(PovertyReview._meta.get_field(name).verbose_name) for name in COUNTS}
    counts = [ReviewMeasure(name, _title(label), (name,)) for name, label in names.items()]
    both = ("poor_closing", "near_closing")
    return [
        *counts,
        ReviewMeasure("poor_and_near", "Hộ nghèo và hộ cận nghèo cuối năm", both),
        ReviewMeasure("poor_rate", "Tỷ lệ hộ nghèo cuối năm", both[:1], "households"),
        ReviewMeasure("near_rate", "Tỷ lệ hộ cận nghèo cuối năm", both[1:], "households"),
        ReviewMeasure(
            "ethnic_share", "Tỷ lệ hộ DTTS trong hộ nghèo", ("poor_closing_ethnic",), both[0]
        ),
    ]


def _title(label: str) -> str:
    return label[:1].upper() + label[1:]


@dataclass(frozen=True)
class ReviewYear:
    """A year of the review. ``breaks``: measured by another standard than the year before it."""

    year: int
    stage: Stage | None
    standard: PovertyStandard | None
    breaks: bool


def review_columns(years: Iterable[int]) -> list[ReviewYear]:
    """The years in order, each with its best stage over the whole register; three queries."""
    years = sorted(years)
    standards = list(PovertyStandard.objects.order_by("first_year"))
    stages = _stages(years)
    columns: list[ReviewYear] = []
    for year in years:
        standard = next((s for s in standards if s.first_year <= year <= s.last_year), None)
        breaks = bool(columns) and standard != columns[-1].standard
        columns.append(ReviewYear(year, stages[year], standard, breaks))
    return columns


def _stages(years: list[int]) -> dict[int, Stage | None]:
    reported: dict[int, dict] = defaultdict(dict)
    found = PovertyReview.objects.filter(year__in=years, unit__kind=Kind.COMMUNE).order_by()
    counted = found.values_list("year", "stage").annotate(number=Count("unit", distinct=True))
    for year, stage, number in counted:
        reported[year][stage] = number
    communes = Unit.objects.filter(kind=Kind.COMMUNE)
    counts = {f"of_{year}": Count("pk", filter=alive_on(year_end(year))) for year in years}
    expected = communes.aggregate(**counts)
    return {year: best_stage(reported[year], expected[f"of_{year}"]) for year in years}


def review_source(measure: ReviewMeasure, columns: Iterable[ReviewYear]) -> Summed:
    """The rows behind the measure in these years, each of the stage its year is shown in."""
    staged = Q(pk__in=[])
    for column in columns:
        if column.stage:
            staged |= Q(year=column.year, stage=column.stage)
    rows = PovertyReview.objects.filter(staged, unit__kind=Kind.COMMUNE)
    return Summed(rows, measure.sums)


def files_behind(units: Iterable[int], column: ReviewYear) -> dict[int, list[Import]]:
    """The confirmed files that the figures of these communes came from; two queries."""
    rows = PovertyReview.objects.filter(unit__in=list(units), year=column.year, stage=column.stage)
    pairs = list(rows.values_list("unit", "source").distinct().order_by("source"))
    files = Import.objects.in_bulk({source for _, source in pairs})
    found = defaultdict(list)
    for unit, source in pairs:
        found[unit].append(files[source])
    return found
