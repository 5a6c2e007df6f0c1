"""Where one household belongs, read from what its own village went through and nothing else."""

from datetime import date

from units.boundaries import carried
from units.kinds import Kind
from units.models import Unit


def home_on(unit: Unit, day: date) -> int:
    """The unit that holds a household's year, as ``Places`` tells it of many.

    The village of that day, else the commune of that day, else the village as it stands.
    """
    if unit.kind != Kind.VILLAGE or unit.exists_on(day):
        return unit.pk
    if village := _whole(unit, day):
        return village
    commune = unit.parent
    return (commune.pk if commune.exists_on(day) else _whole(commune, day)) or unit.pk


def _whole(unit: Unit, day: date) -> int | None:
    return carried(day, (unit.kind,), [unit.pk]).fate(unit.pk).whole


def commune_of(unit: Unit) -> Unit:
    """The commune of a village; a commune is its own."""
    return unit.parent if unit.kind == Kind.VILLAGE else unit
