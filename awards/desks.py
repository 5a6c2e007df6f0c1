"""The way of a dossier: from the proposing unit, level by level, to the unit of the round."""

from units.models import Unit


def next_desk(here: Unit, end: Unit, day) -> Unit | None:
    """Whose turn comes after ``here``; None once the dossier lies with the unit of the round.

    Levels that have ended by the day are passed over: the district tier is no more since
    2025-07-01. ``end`` may have an older or a younger tree than ``here`` (provinces merge): then
    the dossier goes there at once.
    """
    if here == end:
        return None
    for unit in _above(here):
        if unit == end:
            return end
        if unit.exists_on(day) and unit.kind != end.kind:
            return unit
    return end


def _above(unit: Unit) -> list[Unit]:
    """The units above, from the nearest up; one query."""
    keys = unit.path.strip("/").split("/")[:-1]
    return list(Unit.objects.filter(pk__in=keys).order_by("-path")) if keys else []


def reaches(proposer: Unit, end: Unit) -> bool:
    """Whether a dossier of the proposer has its way to the unit: the same, or one above it, or a

    province, to which all go.
    """
    return end.contains(proposer) or end.parent_id is None
