"""One unit over the years it lives: both stages, counts of its households, its plan figures.

A fixed number of queries for a unit of any level, whatever lies under it. Years in which the unit
did not exist belong to the series on any boundary (``units.poverty.tables.series``).
"""

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from django.db.models import Count, Q

from units.kinds import Kind
from units.models import PovertyPlan, PovertyReview, PovertyTally, Unit, alive_on
from units.models.poverty import Stage
from units.poverty.compared import (
    NAMES,
    STANDARD,
    Comparison,
    Counted,
    comparison,
    tallies_about,
)
from units.poverty.figures import TOTALS, Figures
from units.poverty.plans import PlanResult
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
    standard: int | None
    standard_name: str
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


class UnitFigures:
    """All that is known of a unit and, of a commune, of its villages: at most five queries."""

    def __init__(self, unit: Unit):
        self.unit = unit
        self._stages = _stages(unit)
        self._counted, self._standards = _counted(unit)
        self._plans = _plans(unit)
        for line in self._stages.values():
            self._standards[line["year"]] = line["measured"], line["measured_name"]

    @cached_property
    def years(self) -> list[UnitYear]:
        """The years of which anything is known, oldest first."""
        own = self.unit.pk
        told = {year for year, _ in self._stages}
        told |= {year for unit, year, _ in self._counted if unit == own}
        told |= {year for unit, year in self._plans if unit == own}
        years = sorted(year for year in told if self.unit.exists_on(year_end(year)))
        expected = _expected(self.unit, years)
        measured, found = None, []
        for year in years:
            standard, _ = self._standards.get(year, (None, ""))
            breaks = None not in (standard, measured) and standard != measured
            found.append(self._year(year, expected.get(year, 0), breaks=breaks))
            measured = standard or measured
        return found

    def _year(self, year: int, expected: int, *, breaks: bool) -> UnitYear:
        standard, name = self._standards.get(year, (None, ""))
        counted = {
            origin: told
            for (unit, when, origin), told in self._counted.items()
            if (unit, when) == (self.unit.pk, year)
        }
        return UnitYear(
            self.unit,
            year,
            standard,
            name,
            _of_year(year, self._stages, expected),
            counted,
            self._plans.get((self.unit.pk, year)),
            expected,
            breaks,
        )

    @property
    def results(self) -> list[PlanResult]:
        """Each year that has a plan figure beside what came of it, as far as it can be told."""
        pairs = zip([None, *self.years], self.years, strict=False)
        return [_result(point, before) for before, point in pairs if point.plan]

    def villages(self, year: int) -> list["VillageRow"]:
        """The villages of a commune at the end of a year, in alphabetical order; one query."""
        if self.unit.kind != Kind.COMMUNE:
            return []
        alive = Unit.objects.as_of(year_end(year)).filter(parent=self.unit, kind=Kind.VILLAGE)
        standards = [self._standards.get(when, (None, ""))[0] for when in (year - 1, year)]
        comparable = None not in standards and standards[0] == standards[1]
        return [self._village(unit, year, comparable) for unit in alive.in_order()]

    def _village(self, unit: Unit, year: int, comparable: bool) -> "VillageRow":
        def told(when, origin=Origin.STATEMENT):
            return self._counted.get((unit.pk, when, origin))

        before, after = told(year - 1) if comparable else None, told(year)
        result = PlanResult(
            unit,
            self._plans.get((unit.pk, year)),
            before.poor_rate if before else None,
            after.poor_rate if after else None,
        )
        return VillageRow(unit, after, told(year, Origin.REGISTER), result)


def _counted(unit: Unit) -> tuple[dict[tuple[int, int, str], Counted], dict]:
    """(unit, year, origin) → counts; year → standard and its name."""
    found, standards = {}, {}
    for key, line in tallies_about(unit).items():
        found[key] = line.counted
        standards[key[1]] = line.standard, line.standard_name
    return found, standards


def _plans(unit: Unit) -> dict[tuple[int, int], PovertyPlan]:
    """(unit, year) → plan figure, of a commune with those of its villages."""
    found = Q(unit=unit)
    if unit.kind == Kind.COMMUNE:
        found |= Q(unit__parent=unit, unit__kind=Kind.VILLAGE)
    return {(plan.unit_id, plan.year): plan for plan in PovertyPlan.objects.filter(found)}


def _stages(unit: Unit) -> dict[tuple[int, str], dict]:
    if unit.kind not in MEASURED:
        return {}
    communes = Unit.objects.below(unit).filter(kind=Kind.COMMUNE)
    lines = PovertyReview.objects.filter(unit__in=communes).values("year", "stage").order_by()
    lines = lines.annotate(**TOTALS, **STANDARD, number=Count("unit", distinct=True))
    return {(line["year"], line["stage"]): line for line in lines}


def _of_year(year: int, stages: dict, expected: int) -> dict[Stage, StagedFigures]:
    found = {}
    for stage in Stage:
        if line := stages.get((year, stage)):
            number = line["number"]
            found[stage] = StagedFigures(Figures.from_sums(line), number, number >= expected)
    return found


def _expected(unit: Unit, years: list[int]) -> dict[int, int]:
    """How many communes the unit had at the end of each year; a commune is one itself."""
    if unit.kind not in MEASURED or not years:
        return {}
    if unit.kind == Kind.COMMUNE:
        return dict.fromkeys(years, 1)
    communes = Unit.objects.below(unit).filter(kind=Kind.COMMUNE)
    counts = communes.aggregate(
        **{f"of_{year}": Count("pk", filter=alive_on(year_end(year))) for year in years}
    )
    return {year: counts[f"of_{year}"] for year in years}


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
