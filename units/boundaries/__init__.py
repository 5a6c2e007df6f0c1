"""Figures on the boundaries of any day: which unit of that day holds what another one reported.

- ``fates``: the reckoning itself; shares, what cannot be placed and why, rounding. No database.
- ``links``: the successions from some units to a day, in one statement.
- ``carrying``: ``carried(day, kinds)``, how every unit comes to stand on those of the day.
- ``levels``: what a row is: a province, a district, a commune, a body of the province.
- ``sources``: where counts stand: in a table of the database, or in a short list.
- ``tables``: counts of several years on the rows of one day, what has no row, and the parts.
"""

from units.boundaries.carrying import AS_REPORTED, Carried, carried
from units.boundaries.fates import Fate, Loose, Why, spread
from units.boundaries.levels import Level, row_key, rows_on
from units.boundaries.links import links_from, reached_from

__all__ = [
    "AS_REPORTED",
    "Carried",
    "Fate",
    "Level",
    "Loose",
    "Why",
    "carried",
    "links_from",
    "reached_from",
    "row_key",
    "rows_on",
    "spread",
]
