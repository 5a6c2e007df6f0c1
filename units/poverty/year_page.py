"""Everything that the page of a year shows of its units; a fixed number of queries a part."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from units.boundaries.levels import row_key
from units.kinds import Kind
from units.models import PovertyReview, Unit, path_below
from units.models.poverty import Area, Stage
from units.poverty.compared import Comparison, comparison, tallies_by_row
from units.poverty.figures import TOTALS, Figures
from units.poverty.plans import PlanResult, commune_results
from units.poverty.tables import COMMUNE, DISTRICT, ReviewRow, area_rows, review_table, total_row
from units.poverty.tiles import TileMap, tile_map

MOST_BARS = 40
"""A chart of more bars than this is no help beside the table."""


@dataclass(frozen=True)
class StagePair:
    """A unit's figures of both stages of one year, where both cover the same communes."""

    unit: Unit
    preliminary: Figures
    official: Figures

    @property
    def poor_change(self) -> int:
        """How many poor households more the official figures have."""
        return self.official["poor_closing"] - self.preliminary["poor_closing"]

    @property
    def near_change(self) -> int:
        return self.official["near_closing"] - self.preliminary["near_closing"]


@dataclass(frozen=True)
class YearPage:
    """The table of a year and what stands beside it."""

    rows: list[ReviewRow]
    total: ReviewRow
    areas: dict[Area, Figures]
    tiles: TileMap
    pairs: list[StagePair]
    comparisons: list[Comparison]
    results: list[PlanResult]

    @property
    def counted(self) -> bool:
        """Whether some row is a sum of communes."""
        return any(row.opens for row in self.rows)

    @property
    def has_bars(self) -> bool:
        return 1 < sum(row.figures is not None for row in self.rows) <= MOST_BARS


def year_page(year: int, stage: Stage, under: Unit | None) -> YearPage:
    """Districts of the whole ground, or the communes of one district."""
    by = COMMUNE if under else DISTRICT
    rows = review_table(year, stage, by=by, under=under)
    results = commune_results(year, [row.unit for row in rows if row.unit.kind == Kind.COMMUNE])
    return YearPage(
        rows=rows,
        total=total_row(rows),
        areas=area_rows(year, stage, under),
        tiles=tile_map(rows),
        pairs=stage_pairs(rows, year, by=by, under=under),
        comparisons=comparisons(rows, year, stage, by=by, under=under),
        results=results if any(result.plan for result in results) else [],
    )


def stage_pairs(
    rows: Sequence[ReviewRow], year: int, *, by: str, under: Unit | None
) -> list[StagePair]:
    """Preliminary beside official, of the rows that have both for as many communes; one query."""
    found = PovertyReview.objects.filter(year=year, unit__kind=Kind.COMMUNE)
    if under is not None:
        found = found.filter(path_below(under.path, "unit__path"))
    lines = found.annotate(row=row_key(by, "unit__")).values("row", "stage").order_by()
    lines = lines.annotate(**TOTALS, number=Count("unit", distinct=True))
    sums = {(line["row"], line["stage"]): line for line in lines}
    pairs = []
    for row in rows:
        both = [sums.get((row.unit.pk, stage)) for stage in (Stage.PRELIMINARY, Stage.OFFICIAL)]
        if all(both) and both[0]["number"] == both[1]["number"]:
            pairs.append(StagePair(row.unit, *map(Figures.from_sums, both)))
    return pairs


def comparisons(
    rows: Sequence[ReviewRow], year: int, stage: Stage, *, by: str, under: Unit | None
) -> list[Comparison]:
    """The review beside the counts of households, of the rows that have both; one query."""
    counted: dict[int, dict] = {}
    for (row, origin), told in tallies_by_row(year, by=by, under=under).items():
        counted.setdefault(row, {})[origin] = told
    found = [
        comparison(row.unit, year, stage, row.figures, counted[row.unit.pk], row.expected)
        for row in rows
        if row.figures and row.complete and row.unit.pk in counted
    ]
    return [one for one in found if one]
