"""Who sees households by name, and whose counts one sees.

Names stay within the commune. Whoever works above it – district, board, poverty desk, leaders of
the province, administrator – sees counts of communes and villages.
"""

from django.db.models import Q, QuerySet

from units.kinds import Kind, Role
from units.models import Unit, User, alive_on, path_below
from units.models.people import NAMED_WITHIN, naming_ground

COUNTS_ALL = {*Role.PROVINCE_WIDE, Role.ADMINISTRATOR}


def named_units(user: User) -> list[Unit]:
    """The communes and villages in which the user works today."""
    return [unit for unit in user.units_as(*Role.OF_UNIT) if unit.kind in NAMED_WITHIN]


def sees_names(user: User) -> bool:
    """Whether any household is shown to the user by name."""
    return bool(named_units(user))


def named_communes(user: User | None) -> QuerySet[Unit]:
    """The communes whose whole list the user knows by name."""
    own = named_units(user) if user else []
    communes = [unit.pk for unit in own if unit.kind == Kind.COMMUNE]
    return Unit.objects.filter(pk__in=communes).in_order()


def sees_names_of(user: User | None, commune: int | None) -> bool:
    """Whether the user works in this very commune."""
    return user is not None and commune in {unit.pk for unit in named_units(user)}


def of_commune(commune: int) -> Q:
    """The households that belong to a commune's list, and to the lists that it took over."""
    return Q(unit__in=naming_ground([Unit.objects.get(pk=commune, kind=Kind.COMMUNE)]))


def counted_units(user: User) -> Q:
    """The units whose households are counted for the user: the own ones and all below them."""
    if COUNTS_ALL & user.role_names():
        return Q(pk__isnull=False)
    scope = user.household_scope("pk")
    for unit in user.units_as(*Role.OF_UNIT):
        if unit.kind in (Kind.PROVINCE, Kind.DISTRICT):
            scope |= path_below(unit.path)
    return scope


def villages_to_choose(user: User, day) -> QuerySet[Unit]:
    """The villages of that day that lie within what the user knows by name."""
    within = Unit.objects.filter(user.household_scope("pk"), kind=Kind.VILLAGE)
    return within.filter(alive_on(day)).in_order()


def homes_to_choose(user: User, day) -> QuerySet[Unit]:
    """The same with the communes themselves: where a household may be entered."""
    within = Unit.objects.filter(user.household_scope("pk"), kind__in=NAMED_WITHIN)
    return within.filter(alive_on(day)).order_by("path")


def with_home(homes: QuerySet[Unit], unit: Unit) -> QuerySet[Unit]:
    """The same with the unit that a household is under already, though it may have ended."""
    return (homes | Unit.objects.filter(pk=unit.pk)).order_by("path")
