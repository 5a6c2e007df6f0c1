"""What stands on file of households, in the shape in which a list tells it."""

from collections.abc import Callable, Sequence

from django.db.models import QuerySet

from units.kinds import Kind
from units.models import Household, HouseholdYear

STATUS = "tt_"
"""What the names of the yearly columns begin with; the year follows."""
MOVED = "moved"
"""Years that lie in another unit than a list of today would put them in: units have changed since

they were written, so a list that tells the same statuses still changes the counts of units.
"""
Homes = Callable[[int], Sequence[int]]
"""From the village that a household hangs on to its units at the end of each year."""


def on_file(found: QuerySet[Household], homes: Homes, years: Sequence[int]) -> dict[str, dict]:
    """Code → code, village, head, the statuses there are and ``MOVED``; two queries."""
    rows: dict[int, dict] = {}
    units: dict[int, Sequence[int]] = {}
    at = {year: place for place, year in enumerate(years)}
    fields = ("pk", "code", "unit__code", "head", "unit", "unit__kind")
    for pk, code, village, head, unit, kind in found.values_list(*fields):
        rows[pk] = {"code": code, "village": village, "head": head}
        if kind == Kind.VILLAGE:
            units[pk] = homes(unit)
    told = HouseholdYear.objects.filter(household__in=list(rows)).order_by("year")
    for pk, year, status, unit in told.values_list("household", "year", "status", "unit"):
        row = rows[pk]
        row[f"{STATUS}{year}"] = status
        if pk in units and year in at and units[pk][at[year]] != unit:
            row[MOVED] = f"{row[MOVED]}, {year}" if MOVED in row else str(year)
    return {row["code"]: row for row in rows.values()}
