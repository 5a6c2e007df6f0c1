"""Villages and enterprises as people keep them: which ones are theirs, under which units."""

from django.db.models import QuerySet

from units import permissions, rules
from units.kinds import Kind
from units.models import Unit, User


def kept_by(user: User) -> QuerySet[Unit]:
    """The villages and enterprises that the user may correct and end, with their parents."""
    found = Unit.objects.filter(kind__in=permissions.CHAINED).select_related("parent")
    if permissions.is_administrator(user):
        return found
    return found.filter(parent__in=permissions.keeps_below(user))


def places_for(user: User, kind: str) -> QuerySet[Unit]:
    """The units under which the user may enter a new one of this kind."""
    found = Unit.objects.filter(kind__in=rules.PARENT_KINDS[Kind(kind)])
    if permissions.is_administrator(user):
        return found
    return found.filter(pk__in=permissions.keeps_below(user))


def kinds_to_add(user: User, unit: Unit) -> list[Kind]:
    """What the user may enter below this unit; asks the database no more than the seats did."""
    if not permissions.is_administrator(user) and unit.pk not in permissions.keeps_below(user):
        return []
    return [kind for kind in permissions.CHAINED if unit.kind in rules.PARENT_KINDS[kind]]


def lives_of_code(unit: Unit) -> QuerySet[Unit]:
    """Every life of a village or enterprise, with the unit above; one query."""
    found = Unit.objects.filter(code=unit.code, kind=unit.kind)
    return found.select_related("parent").order_by("valid_from")
