"""The levels that figures are told at, and which unit of a level a commune belongs to."""

from datetime import date

from django.db.models import Case, F, Q, TextChoices, When

from units.kinds import Kind
from units.models import alive_on


class Level(TextChoices):
    """What a row of a table is."""

    PROVINCE = "province", "tỉnh"
    DISTRICT = "district", "huyện, thành phố"
    COMMUNE = "commune", "xã, phường, thị trấn"
    DEPARTMENT = "department", "sở, ban, ngành, đoàn thể tỉnh"


ABOVE = {Level.PROVINCE: Kind.PROVINCE, Level.DISTRICT: Kind.DISTRICT}
"""Levels whose rows are sums of other units, and the kind of unit that a row is."""


def row_key(level: str, unit: str = ""):
    """What the figures of a commune or district add to; ``unit`` is the query's way to it.

    After the end of the district level a commune stands in the district table by itself.
    """
    itself, parent = F(f"{unit}pk"), F(f"{unit}parent")
    in_district = {f"{unit}parent__kind": Kind.DISTRICT}
    if level == Level.DISTRICT:
        return Case(When(**in_district, then=parent), default=itself)
    if level == Level.PROVINCE:
        return Case(When(**in_district, then=F(f"{unit}parent__parent")), default=parent)
    return itself


def rows_on(level: str, day: date) -> Q:
    """The units that are the rows of a level's table on a day."""
    if level == Level.DISTRICT:
        standing = Q(kind=Kind.DISTRICT) | Q(kind=Kind.COMMUNE, parent__kind=Kind.PROVINCE)
        return standing & alive_on(day)
    return Q(kind=level) & alive_on(day)
