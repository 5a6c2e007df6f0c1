"""Questions about persons who take part: who, where, under which unit as time went on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from units import permissions
from units.boundaries import links_from
from units.kinds import Role
from units.models import Person, Succession, Unit, User, path_below

further_links: list[Callable[[Person, User], list[tuple[str, str]]]] = []
"""Each gives links (words, address) for the page of a person, without asking the database.

The apps above add theirs in ``AppConfig.ready``.
"""


def persons_for(user: User) -> QuerySet[Person]:
    """The persons that the user may see, as a list prints them."""
    return Person.objects.visible_to(user).select_related("unit__parent").in_order()


def kept_by(user: User) -> QuerySet[Person]:
    """Those that the user may correct as well."""
    own = user.scope_as(*Role.OF_UNIT, field="unit__path")
    for unit in user.taken_over():
        own |= path_below(unit.path, "unit__path")
    return Person.objects.filter(own).select_related("unit")


def takes_part_on(day: date) -> Q:
    """Persons who take part on that day."""
    still = Q(takes_part_to__isnull=True) | Q(takes_part_to__gt=day)
    return Q(takes_part_from__lte=day) & still


def on_ground(unit: Unit) -> Exists:
    """Persons of the unit, of all below it, and of what it took over whole; no query of its own."""
    place = ExpressionWrapper(OuterRef("unit__path"), output_field=CharField())
    ground = Unit.objects.on_ground_of([unit]).annotate(place=place)
    return Exists(ground.filter(place__startswith=F("path")))


def places_for(user: User) -> QuerySet[Unit]:
    """The units under which the user may enter persons."""
    scope = user.scope_as(*Role.OF_UNIT)
    for unit in user.taken_over():
        scope |= path_below(unit.path)
    return Unit.objects.filter(scope)


def may_keep(person: Person, user: User) -> bool:
    """Whether to offer the correction on the person's page."""
    return permissions.keeps_persons(user, person.unit) is None


@dataclass(frozen=True)
class Stay:
    """A person in a unit from a day on; ``link``: the reorganisation that led there."""

    unit: Unit
    since: date
    link: Succession | None = None


def stays(person: Person, today: date) -> tuple[list[Stay], Succession | None]:
    """The units that a person belonged to, followed through reorganisations; one query.

    As far as one unit took the other over whole; the second value is the end that names no single
    heir, where people must say where the person belongs now.
    """
    until = min(person.takes_part_to or today, today)
    links = links_from(Unit.objects.filter(pk=person.unit_id), until, forward=True)
    following: dict[int, list[Succession]] = {}
    for link in links.select_related("predecessor", "successor").order_by("date", "pk"):
        following.setdefault(link.predecessor_id, []).append(link)
    found = [Stay(person.unit, person.takes_part_from)]
    while onward := following.get(found[-1].unit.pk):
        link = onward[0]
        if len(onward) > 1 or link.successor is None or link.way == Succession.Way.SPLIT:
            return found, link
        found.append(Stay(link.successor, link.date, link))
    return found, None
