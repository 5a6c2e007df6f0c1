"""Households and registrations counted, by commune or by village: what everybody above sees.

A household is counted in the unit it belonged to at the end of the year. Registrations of a year
are counted where the household stood last by then; where that unit has ended within the year, in
the one that took it over.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import BigIntegerField, Case, Count, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from units.boundaries import carried
from units.kinds import Kind
from units.models import (
    EscapeRegistration,
    HouseholdStatus,
    HouseholdYear,
    Unit,
    alive_on,
    path_below,
)
from units.poverty.territory import year_end

Outcome = EscapeRegistration.Outcome


@dataclass
class Line:
    """One commune or village, or their sum: households by status, registrations by outcome."""

    unit: Unit | None = None
    statuses: dict[str, int] = field(default_factory=lambda: dict.fromkeys(HouseholdStatus, 0))
    outcomes: dict[str, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))

    @property
    def by_status(self) -> list[int]:
        """In the order of ``HouseholdStatus``."""
        return list(self.statuses.values())

    @property
    def registered(self) -> int:
        """All that registered (annex B7): reached, missed and still open."""
        return sum(self.outcomes.values())

    @property
    def by_outcome(self) -> list[int]:
        """Reached, missed, open."""
        return [self.outcomes[o] for o in (Outcome.REACHED, Outcome.MISSED, Outcome.OPEN)]


def communes_counted(scope: Q, year: int | None) -> QuerySet[Unit]:
    """The communes within the scope at the end of the year; none while no year is known."""
    if year is None:
        return Unit.objects.none()
    found = Unit.objects.filter(scope, kind=Kind.COMMUNE).filter(alive_on(year_end(year)))
    return found.select_related("parent").order_by("sort_key", "pk")


def villages_counted(commune: Unit, scope: Q, year: int) -> QuerySet[Unit]:
    """Its villages at the end of the year, and the commune itself for households without one."""
    of_day = alive_on(year_end(year))
    within = Unit.objects.filter(parent=commune, kind=Kind.VILLAGE) | Unit.objects.filter(
        pk=commune.pk
    )
    return within.filter(scope).filter(of_day).order_by("kind", "sort_key", "pk")


def lines_of(units: Iterable[Unit], year: int, *, by: str) -> list[Line]:
    """A line for each unit; ``by`` is the kind counted by: communes with all their villages, or

    each unit for itself. Two queries; three more when units ended within the year.
    """
    lines = {unit.pk: Line(unit) for unit in units}
    told = HouseholdYear.objects.filter(year=year).annotate(place=_place(by, "unit"))
    told = told.filter(_within(by, "unit", lines)).values("place", "status")
    for row in told.annotate(number=Count("pk")).order_by():
        if row["place"] in lines:
            lines[row["place"]].statuses[row["status"]] = row["number"]
    for place, outcome, number in _registered(year, by):
        if place in lines:
            lines[place].outcomes[outcome] += number
    return list(lines.values())


def total_of(scope: Q, year: int | None, commune: Unit | None = None) -> Line:
    """The sum over the scope, or over a commune within it; two queries."""
    units, total = Unit.objects.filter(scope), Line()
    if commune is not None:
        units = units.filter(path_below(commune.path))
    told = HouseholdYear.objects.filter(year=year, unit__in=units).values("status")
    for row in told.annotate(number=Count("pk")).order_by():
        total.statuses[row["status"]] = row["number"]
    registered = _registrations(year).filter(at__in=units).values("outcome")
    for row in registered.annotate(number=Count("pk")).order_by():
        total.outcomes[row["outcome"]] = row["number"]
    return total


def _place(by: str, unit: str):
    """The unit that a household is counted in."""
    if by == Kind.VILLAGE:
        return F(f"{unit}_id")
    in_village = {f"{unit}__kind": Kind.VILLAGE}
    return Case(
        When(**in_village, then=F(f"{unit}__parent_id")),
        default=F(f"{unit}_id"),
        output_field=BigIntegerField(),
    )


def _within(by: str, unit: str, lines: dict[int, Line]) -> Q:
    keys = list(lines)
    own = Q(**{f"{unit}__in": keys})
    return own if by == Kind.VILLAGE else own | Q(**{f"{unit}__parent__in": keys})


def _registrations(year: int) -> QuerySet[EscapeRegistration]:
    """Those of a year, with the unit that each household stood in last by then (``at``)."""
    told = HouseholdYear.objects.filter(household=OuterRef("household"), year__lte=year)
    last = Subquery(told.order_by("-year").values("unit")[:1])
    return EscapeRegistration.objects.filter(year=year).annotate(
        at=Coalesce(last, F("household__unit"), output_field=BigIntegerField())
    )


def _registered(year: int, by: str) -> list[tuple[int, str, int]]:
    """(unit, outcome, number); units that have ended stand as those that took them over."""
    counted = _registrations(year).values("at", "outcome").annotate(number=Count("pk")).order_by()
    rows = [(row["at"], row["outcome"], row["number"]) for row in counted]
    if not rows:
        return []
    units = Unit.objects.filter(pk__in={at for at, _, _ in rows})
    above = {
        pk: parent if by == Kind.COMMUNE and kind == Kind.VILLAGE else pk
        for pk, parent, kind in units.values_list("pk", "parent", "kind")
    }
    now = _standing(set(above.values()), year_end(year), by)
    return [(now[above[at]], outcome, number) for at, outcome, number in rows]


def _standing(units: set[int], day: date, by: str) -> dict[int, int]:
    gone = Unit.objects.filter(pk__in=units).exclude(alive_on(day))
    if not gone.exists():
        return dict(zip(units, units, strict=True))
    places = carried(day, (by,))
    return {unit: places.fate(unit).whole or unit for unit in units}
