"""Questions about people and the unit tree: who existed when, under whom, what became of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Exists, Q, QuerySet

from units.boundaries.links import links_from
from units.kinds import Kind
from units.models import Appointment, Succession, Unit, User

DISTRICTS_OFFERED = 100


# People


def people_as(*roles, day: date, unit: Unit | None = None) -> QuerySet[User]:
    """Who holds one of the roles on the day, in one unit or in any; not those locked out."""
    seats = Appointment.objects.in_force(day).filter(role__in=roles)
    if unit is not None:
        seats = seats.filter(unit=unit)
    return User.objects.filter(is_active=True, appointments__in=seats).distinct()


# Lists


def units_for_list(day: date) -> QuerySet[Unit]:
    """The units of that day as a list page prints them, in alphabetical order."""
    found = Unit.objects.as_of(day).select_related("parent")
    return found.order_by("sort_key", "valid_from", "pk")


def units_of_other_days(day: date, folded: str, kind: str = "") -> QuerySet[Unit]:
    """Units that match the words but have ended by that day, or start later."""
    found = Unit.objects.matching(folded).exclude(pk__in=Unit.objects.as_of(day))
    found = found.filter(kind=kind) if kind else found
    return found.order_by("sort_key", "valid_from", "pk")


def parents_to_choose(also: str = "") -> QuerySet[Unit]:
    """Provinces and districts of all times, and the unit a link already names (``also``: a key).

    Where districts are too many for a list to choose from, their pages link into the list.
    """
    counted = Unit.objects.filter(kind=Kind.DISTRICT).values("kind").annotate(number=Count("pk"))
    few = Exists(counted.order_by().filter(number__lte=DISTRICTS_OFFERED))
    offered = Q(kind=Kind.PROVINCE) | Q(kind=Kind.DISTRICT) & few
    if also.isdecimal() and len(also) < 19:
        offered |= Q(pk=int(also))
    return Unit.objects.filter(offered).order_by("kind", "sort_key", "valid_from")


# Counts


def counts_by_kind(day: date) -> dict[str, int]:
    """How many units of each kind exist on that day; kinds without any are left out."""
    found = Unit.objects.as_of(day).values("kind").annotate(number=Count("pk")).order_by("kind")
    return {row["kind"]: row["number"] for row in found}


def days_of_change(kinds: Iterable[str] = Kind.values) -> list[date]:
    """The days from which the register of these kinds looks different, in order."""
    lives = Unit.objects.filter(kind__in=list(kinds)).values_list("valid_from", "valid_to")
    return sorted({day for life in lives.distinct().order_by() for day in life if day})


# One unit


def ancestors(unit: Unit) -> list[Unit]:
    """The units above, from the province down; one query."""
    keys = unit.path.strip("/").split("/")[:-1]
    return list(Unit.objects.filter(pk__in=keys).order_by("path")) if keys else []


def children_on(unit: Unit, day: date) -> QuerySet[Unit]:
    """The units directly under ``unit`` that exist on that day, by kind and name."""
    found = unit.children.as_of(day).select_related("parent")
    return found.order_by("kind", "sort_key", "valid_from", "pk")


def predecessors(unit: Unit) -> QuerySet[Succession]:
    """From which units it took over."""
    return unit.takeovers.select_related("predecessor").order_by("date", "predecessor__sort_key")


def units_with_those_above() -> QuerySet[Unit]:
    """Units, each with the line of those above it: a village, its commune, district, province."""
    return Unit.objects.select_related("parent__parent__parent__parent")


def those_above(unit: Unit) -> list[Unit]:
    """The line of a unit of ``units_with_those_above``, from the province down; no query."""
    found: list[Unit] = []
    while unit.parent is not None:
        unit = unit.parent
        found.insert(0, unit)
    return found


def successions_of(unit: Unit) -> tuple[list[Succession], list[Succession]]:
    """From which units it took over, and to which it handed over; one query."""
    links = Succession.objects.filter(Q(predecessor=unit) | Q(successor=unit))
    links = links.select_related("predecessor", "successor__parent").order_by("date", "pk")
    before = [link for link in links if link.successor_id == unit.pk]
    after = [link for link in links if link.predecessor_id == unit.pk]
    before.sort(key=lambda link: (link.date, link.predecessor.sort_key))
    after.sort(key=lambda link: (link.date, link.successor.sort_key if link.successor else ""))
    return before, after


def day_to_show(unit: Unit, today: date) -> date:
    """Today while the unit lives; else the day of its life that is nearest to today."""
    if today < unit.valid_from:
        return unit.valid_from
    return min(today, unit.last_day or today)


@dataclass
class Heirs:
    """What became of a unit: the units that carry it on, and the ends that name no heir."""

    units: list[Unit] = field(default_factory=list)
    ends: list[Succession] = field(default_factory=list)


def heirs_by(links: list[Succession], day: date) -> Heirs | None:
    """Who carries a unit on, told by its own handovers; None where an heir has ended as well."""
    found = [link.successor for link in links if link.successor]
    if not all(heir.exists_on(day) for heir in found):
        return None
    ends = [link for link in links if link.successor is None]
    return Heirs(sorted(found, key=lambda heir: (heir.sort_key, heir.pk)), ends)


def heirs(unit: Unit, day: date) -> Heirs:
    """Who carries the unit on at that day, followed over all reorganisations in between.

    One query. A unit that still lives on the day is its own heir.
    """
    if unit.valid_to is None or unit.valid_to > day:
        return Heirs(units=[unit])
    links = links_from(Unit.objects.filter(pk=unit.pk), day, forward=True)
    links = links.select_related("predecessor", "successor__parent")
    found: dict[int, Unit] = {}
    ends = []
    for link in links.order_by("successor__sort_key", "pk"):
        if link.successor is None:
            ends.append(link)
        elif link.successor.exists_on(day):
            found[link.successor.pk] = link.successor
    return Heirs(list(found.values()), ends)
