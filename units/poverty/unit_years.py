"""One unit over the years it lives: both stages, counts of its households, its plan figures.

A fixed number of queries for a unit of any level, whatever lies under it. Years in which the unit
did not exist belong to the series on any boundary (``units.poverty.tables.series``).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count

from units.kinds import Kind
from units.models import PovertyPlan, PovertyReview, PovertyStandard, PovertyTally, Unit, alive_on
from units.models.poverty import Stage
from units.poverty.compared import (
    NAMES,
    Comparison,
    Counted,
    comparison,
    tallies_of,
    village_tallies,
)
from units.poverty.figures import TOTALS, Figures
from units.poverty.plans import PlanResult, village_results
from units.poverty.standards import standard_of
from units.poverty.territory import MEASURED, year_end

Origin = PovertyTally.Origin


@dataclass(frozen=True)
class StagedFigures:
    """The review of one stage: its sums, and how many communes gave them."""

    figures: Figures
    reported: int
    complete: bool


@dataclass(frozen=True)
class UnitYear:
    """A unit at the end of a year. ``breaks``: measured by another standard than the row above."""

    unit: Unit
    year: int
    standard: PovertyStandard | None
    stages: dict[Stage, StagedFigures] = field(default_factory=dict)
    counted: dict[str, Counted] = field(default_factory=dict)
    plan: PovertyPlan | None = None
    expected: int = 0
    breaks: bool = False

    @property
    def stage(self) -> Stage | None:
        """The stage to read: official once complete, else the other one, if there is any."""
        found = [stage for stage in (Stage.OFFICIAL, Stage.PRELIMINARY) if stage in self.stages]
        return next((stage for stage in found if self.stages[stage].complete), None)

    @property
    def figures(self) -> Figures | None:
        """Figures of all communes; those of some only are no figures of the unit."""
        return self.stages[self.stage].figures if self.stage else None

    @property
    def preliminary(self) -> StagedFigures | None:
        return self.stages.get(Stage.PRELIMINARY)

    @property
    def official(self) -> StagedFigures | None:
        return self.stages.get(Stage.OFFICIAL)

    @property
    def told(self) -> Counted | None:
        """The locality's own table, else the count of the list: what a village has."""
        return self.counted.get(Origin.STATEMENT) or self.counted.get(Origin.REGISTER)

    @property
    def sources(self) -> list[tuple[str, Counted]]:
        """What each origin tells, by its name, the locality's table first."""
        order = (Origin.STATEMENT, Origin.REGISTER)
        return [(NAMES[one], self.counted[one]) for one in order if one in self.counted]

    @property
    def poor_rate(self) -> Decimal | None:
        source = self.figures if self.unit.kind in MEASURED else self.told
        return source.poor_rate if source else None

    @property
    def near_rate(self) -> Decimal | None:
        source = self.figures if self.unit.kind in MEASURED else self.told
        return source.near_rate if source else None

    @property
    def comparison(self) -> Comparison | None:
        """The review beside the counts, where both exist."""
        if not self.figures:
            return None
        return comparison(
            self.unit, self.year, self.stage, self.figures, self.counted, self.expected
        )


def unit_years(unit: Unit) -> list[UnitYear]:
    """The years of which anything is known, oldest first; five queries."""
    stages = _stages(unit)
    counted = tallies_of(unit)
    plans = {plan.year: plan for plan in PovertyPlan.objects.filter(unit=unit)}
    years = {year for year, _ in (*stages, *counted)} | set(plans)
    years = sorted(year for year in years if unit.exists_on(year_end(year)))
    expected = _expected(unit, years)
    standards = list(PovertyStandard.objects.order_by("first_year"))
    found: list[UnitYear] = []
    for year in years:
        standard = standard_of(year, standards)
        found.append(
            UnitYear(
                unit,
                year,
                standard,
                _of_year(year, stages, expected.get(year, 0)),
                {origin: told for (when, origin), told in counted.items() if when == year},
                plans.get(year),
                expected.get(year, 0),
                bool(found) and standard != found[-1].standard,
            )
        )
    return found


def _stages(unit: Unit) -> dict[tuple[int, str], dict]:
    if unit.kind not in MEASURED:
        return {}
    communes = Unit.objects.below(unit).filter(kind=Kind.COMMUNE)
    lines = PovertyReview.objects.filter(unit__in=communes).values("year", "stage").order_by()
    lines = lines.annotate(**TOTALS, number=Count("unit", distinct=True))
    return {(line["year"], line["stage"]): line for line in lines}


def _of_year(year: int, stages: dict, expected: int) -> dict[Stage, StagedFigures]:
    found = {}
    for stage in Stage:
        if line := stages.get((year, stage)):
            number = line["number"]
            found[stage] = StagedFigures(Figures.from_sums(line), number, number >= expected)
    return found


def _expected(unit: Unit, years: list[int]) -> dict[int, int]:
    """How many communes the unit had at the end of each year."""
    if unit.kind not in MEASURED or not years:
        return {}
    communes = Unit.objects.below(unit).filter(kind=Kind.COMMUNE)
    counts = communes.aggregate(
        **{f"of_{year}": Count("pk", filter=alive_on(year_end(year))) for year in years}
    )
    return {year: counts[f"of_{year}"] for year in years}


# What the years say of the plan


def plan_results(years: Iterable[UnitYear]) -> list[PlanResult]:
    """Each year that has a plan figure beside what came of it, as far as it can be told."""
    found, before = [], None
    for point in years:
        if point.plan:
            found.append(_result(point, before))
        before = point
    return found


def _result(point: UnitYear, before: UnitYear | None) -> PlanResult:
    follows = before is not None and before.year == point.year - 1 and not point.breaks
    start = before.poor_rate if follows else None
    opening = start is None and point.figures is not None
    if opening:
        start = point.figures.opening_rate
    return PlanResult(point.unit, point.plan, start, point.poor_rate, opening, point.stage)


# Villages


@dataclass(frozen=True)
class VillageRow:
    """A village of a commune: what its list and its table tell, and what came of its plan."""

    unit: Unit
    statement: Counted | None
    register: Counted | None
    result: PlanResult

    @property
    def poor_differs(self) -> bool:
        return self._differs("poor")

    @property
    def near_differs(self) -> bool:
        return self._differs("near_poor")

    def _differs(self, name: str) -> bool:
        return bool(
            self.statement and self.register and self.statement[name] != self.register[name]
        )


def village_rows(commune: Unit, year: int) -> list[VillageRow]:
    """The villages of a commune at the end of a year, in alphabetical order; four queries."""
    villages = Unit.objects.as_of(year_end(year)).filter(parent=commune, kind=Kind.VILLAGE)
    villages = list(villages.in_order())
    if not villages:
        return []
    counted = village_tallies(commune, (year - 1, year))
    results = village_results(year, villages, counted, Origin.STATEMENT)
    return [
        VillageRow(
            unit,
            counted.get((unit.pk, year, Origin.STATEMENT)),
            counted.get((unit.pk, year, Origin.REGISTER)),
            result,
        )
        for unit, result in zip(villages, results, strict=True)
    ]
