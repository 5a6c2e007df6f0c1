"""The plan figures of a year: what each unit was to reach, and what came of it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from units.kinds import Kind
from units.models import PovertyPlan, PovertyReview, PovertyStandard, Succession, Unit
from units.models.poverty import Stage
from units.poverty.figures import percent_of, rounded
from units.poverty.territory import communes_alive, year_end

USED = ("households", "poor_opening", "poor_closing")
SUMS = {f"sum_{name}": Sum(name) for name in USED}


def plans_under(unit: Unit, year: int) -> list[tuple[Unit, PovertyPlan | None]]:
    """The communes directly under a unit at the end of the year, each with its plan figure."""
    communes = list(communes_alive(year).filter(parent=unit).in_order())
    plans = _plans(year, communes)
    return [(commune, plans.get(commune.pk)) for commune in communes]


def _plans(year: int, units) -> dict[int, PovertyPlan]:
    found = PovertyPlan.objects.filter(year=year, unit__in=units)
    return {plan.unit_id: plan for plan in found}


def basis_of(plans: list[tuple[Unit, PovertyPlan | None]]) -> str:
    """The document that all figures on file rest on; empty when there are several or none."""
    found = {plan.basis for _, plan in plans if plan}
    return found.pop() if len(found) == 1 else ""


# What came of them


@dataclass(frozen=True)
class PlanResult:
    """A unit's poverty rate at both ends of a year (percent) beside its plan figure.

    ``opening``: the rate before is that of the year's own opening figures, as the year before has
    none that could be compared. ``stage`` is that of the year's figures; villages have none.
    """

    unit: Unit
    plan: PovertyPlan | None
    before: Decimal | None
    after: Decimal | None
    opening: bool = False
    stage: Stage | None = None

    @property
    def fall(self) -> Decimal | None:
        """By how many percentage points the rate fell; a rise is negative."""
        if self.before is None or self.after is None:
            return None
        return self.before - self.after

    @property
    def beyond(self) -> Decimal | None:
        """By how many percentage points the fall went beyond the plan (III.1.c, III.1.d)."""
        if self.fall is None or self.plan is None:
            return None
        return self.fall - self.plan.rate_reduction


def commune_results(year: int, communes: Iterable[Unit]) -> list[PlanResult]:
    """What came of each commune's plan, as ``measures.rate_reduction_over_plan`` reckons it.

    Six queries at most, whatever the number of communes.
    """
    communes = list(communes)
    plans = _plans(year, communes)
    grounds = _grounds(communes, year) if _same_standard(year) else {}
    keys = {unit.pk for unit in communes} | {pk for ground in grounds.values() for pk in ground}
    sums = _sums(keys, (year - 1, year))
    return [_result(unit, year, plans.get(unit.pk), grounds, sums) for unit in communes]


def _same_standard(year: int) -> bool:
    """Whether one standard measured both ends of the year."""
    return PovertyStandard.objects.filter(first_year__lt=year, last_year__gte=year).exists()


Sums = dict[tuple[int, int, str], dict[str, int]]


def _sums(units: set[int], years: tuple[int, ...]) -> Sums:
    """(unit, year, stage) → the figures in use, over both areas."""
    lines = PovertyReview.objects.filter(unit__in=units, year__in=years)
    lines = lines.values("unit", "year", "stage").order_by().annotate(**SUMS)
    return {
        (line["unit"], line["year"], line["stage"]): {name: line[f"sum_{name}"] for name in USED}
        for line in lines
    }


def _result(unit: Unit, year: int, plan, grounds: dict[int, set[int]], sums: Sums) -> PlanResult:
    now, stage = _best({unit.pk}, year, sums)
    if now is None:
        return PlanResult(unit, plan, None, None)
    before, _ = _best(grounds.get(unit.pk, set()), year - 1, sums)
    start = before or now
    return PlanResult(
        unit,
        plan,
        _rate(start["poor_closing" if before else "poor_opening"], start["households"]),
        _rate(now["poor_closing"], now["households"]),
        opening=before is None,
        stage=stage,
    )


def _best(ground: set[int], year: int, sums: Sums) -> tuple[dict | None, Stage | None]:
    """Sums over a ground of the best stage that all of it has."""
    for stage in (Stage.OFFICIAL, Stage.PRELIMINARY):
        parts = [sums.get((pk, year, stage)) for pk in ground]
        if parts and None not in parts:
            return {name: sum(part[name] for part in parts) for name in USED}, stage
    return None, None


def _rate(part: int, whole: int) -> Decimal | None:
    return rounded(percent_of(part, whole))


def _grounds(communes: list[Unit], year: int) -> dict[int, set[int]]:
    """Each commune's ground at the end of the year before: itself, or those it was made of.

    Left out is one that shares its ground with another since: what was whole cannot be parted.
    """
    before = year_end(year - 1)
    found = {unit.pk: {unit.pk} for unit in communes if unit.valid_from <= before}
    made = [unit for unit in communes if unit.valid_from > before]
    if made:
        links = _links(before, year_end(year))
        heirs = Counter(old for old, _ in links)
        for unit in made:
            ground = _made_of(unit.pk, links)
            if ground and all(heirs[pk] == 1 for pk in ground | _between(ground, unit.pk, links)):
                found[unit.pk] = ground
    return found


def _links(after: date, until: date) -> list[tuple[int, int]]:
    """Predecessor and successor of each handover between communes in that time."""
    links = Succession.objects.filter(
        date__gt=after, date__lte=until, predecessor__kind=Kind.COMMUNE, successor__isnull=False
    )
    return list(links.values_list("predecessor", "successor"))


def _made_of(pk: int, links: list[tuple[int, int]]) -> set[int]:
    """Those at the far end of the handovers that lead to a commune."""
    parts = [old for old, new in links if new == pk]
    if not parts:
        return {pk}
    return set().union(*(_made_of(part, links) for part in parts))


def _between(ground: set[int], pk: int, links: list[tuple[int, int]]) -> set[int]:
    """The communes on the way from a ground to its commune, which lived within the year."""
    reached, frontier = set(), set(ground)
    while frontier:
        frontier = {new for old, new in links if old in frontier and new != pk} - reached
        reached |= frontier
    return reached
