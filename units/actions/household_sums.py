"""Counts of villages from their households, and of communes from their villages.

Villages' counts come from a list as it is read, or are counted anew when a household is corrected
by hand; a commune's are always the sums. What only a list tells (ethnicity, inability to work)
stays as the last list told it, as long as it can still be true.
"""

from collections.abc import Iterable, Sequence

from django.db import connection, transaction
from django.db.models import QuerySet

from units.actions.household_locks import hold_communes
from units.households.counting import counted_on_file
from units.households.courses import COUNTED, DERIVED, SENSITIVE
from units.kinds import Kind
from units.models import (
    HouseholdYear,
    Import,
    ImportRow,
    PovertyStandard,
    PovertyTally,
    Unit,
    User,
)

REGISTER = PovertyTally.Origin.REGISTER
AT_ONCE = 5_000
TABLE = PovertyTally._meta.db_table
WHOLE_OF = {"poor_ethnic": "poor", "poor_unable": "poor", "near_ethnic": "near_poor"}
"""Each count that is a part, and what it is a part of."""

_COLUMNS = ", ".join(("unit_id", "year", "origin", "standard_id", "source_id", *COUNTED))
_OVER = "ON CONFLICT (unit_id, year, origin) DO UPDATE SET " + ", ".join(
    [f"{name} = excluded.{name}" for name in ("standard_id", "source_id", *DERIVED)]
)
_KEPT = ", ".join(
    f"{name} = COALESCE(excluded.{name}, CASE WHEN {TABLE}.{name} <= excluded.{whole} "
    f"THEN {TABLE}.{name} END)"
    for name, whole in WHOLE_OF.items()
)
_SUMMED = ", ".join(f"{name} = excluded.{name}" for name in SENSITIVE)
_EACH = {
    "postgresql": ('jsonb_each(row."values")', "CAST(told.key AS integer)", "told.value ->> {0}",
                   "jsonb_typeof(told.value) = 'array'"),
    "sqlite": ('json_each(row."values")', "CAST(told.key AS integer)",
               "json_extract(told.value, '$[{0}]')", "told.type = 'array'"),
}  # fmt: skip
"""By database: the years of a waiting row, the year, one of its counts, whether there are any."""

_FROM_ROWS = """
INSERT INTO {table} ({columns})
SELECT row.unit_id, {year}, '{register}', standard.id, row.source_id, {counts}
FROM units_importrow row
CROSS JOIN {each} told
JOIN units_povertystandard standard
  ON {year} BETWEEN standard.first_year AND standard.last_year
WHERE row.source_id = %s AND row.part = %s AND row.verdict <> 'same' AND row.id BETWEEN %s AND %s
  AND {told}
{over}, {kept}
"""

_FROM_VILLAGES = """
INSERT INTO {table} ({columns})
SELECT village.parent_id, tally.year, tally.origin, tally.standard_id, MAX(tally.source_id), {sums}
FROM {table} tally
JOIN units_unit village ON village.id = tally.unit_id
WHERE tally.origin = '{register}' AND village.kind = '{kind}' AND village.parent_id IN ({communes})
GROUP BY village.parent_id, tally.year, tally.origin, tally.standard_id
{over}, {summed}
"""


def upsert_waiting(job: Import, part: str, rows: Sequence[ImportRow]) -> None:
    """Write the counts of villages that wait in these rows; one statement."""
    each, year, count, told = _EACH[connection.vendor]
    counts = (f"CAST({count.format(place)} AS integer)" for place in range(len(COUNTED)))
    sql = _FROM_ROWS.format(
        table=TABLE, columns=_COLUMNS, register=REGISTER, each=each, year=year,
        counts=", ".join(counts), told=told, over=_OVER, kept=_KEPT,
    )  # fmt: skip
    keys = [row.pk for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(sql, [job.pk, part, min(keys), max(keys)])


@transaction.atomic
def sum_communes_of(rows: QuerySet[ImportRow], *, by: User | None) -> None:
    """The counts of the communes whose villages these rows tell of, as sums of all their villages.

    A commune may be summed again with later rows; so the sums keep pace with a list that is written
    in short transactions.
    """
    communes = rows.order_by().values("unit__parent")
    _sum(*communes.query.sql_with_params())
    _settle(Unit.objects.filter(pk__in=communes), by=by)


@transaction.atomic
def recount(units_by_year: dict[int, Iterable[int]], *, by: User | None) -> None:
    """Count villages anew in these years, after a household of theirs was corrected.

    Their communes are held before anything is counted: what others have written till then is seen.
    """
    years_of: dict[int, list[int]] = {}
    for year, units in units_by_year.items():
        for unit in units:
            years_of.setdefault(unit, []).append(year)
    hold_communes(list(years_of))
    communes = set()
    for unit in Unit.objects.filter(pk__in=years_of).select_related("parent"):
        communes.add(unit.parent_id if unit.kind == Kind.VILLAGE else unit.pk)
        if unit.kind == Kind.VILLAGE:
            _write(unit, counted_on_file(unit, years_of[unit.pk]))
    marks = ", ".join(["%s"] * len(communes))
    if communes:
        _sum(marks, sorted(communes))
        _settle(Unit.objects.filter(pk__in=communes), by=by)


def _sum(communes: str, params: list) -> None:
    """A commune's counts come from the newest file that any of its villages' come from."""
    parts = (
        f"CASE WHEN COUNT(*) = COUNT(tally.{name}) THEN SUM(tally.{name}) END" for name in SENSITIVE
    )
    sums = ", ".join((*(f"SUM(tally.{name})" for name in DERIVED), *parts))
    sql = _FROM_VILLAGES.format(
        table=TABLE, columns=_COLUMNS, register=REGISTER, kind=Kind.VILLAGE.value,
        communes=communes, sums=sums, over=_OVER, summed=_SUMMED,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def _settle(communes, *, by: User | None) -> None:
    """What sums of villages do not tell.

    Households that belonged to the commune itself are counted; a commune of which no village is
    counted any more has no counts either.
    """
    tallies = PovertyTally.objects.filter(origin=REGISTER)
    within = tallies.filter(unit__kind=Kind.VILLAGE, unit__parent__in=communes)
    summed = set(within.values_list("unit__parent", "year").distinct().order_by())
    own = tallies.filter(unit__kind=Kind.COMMUNE, unit__in=communes)
    idle = [
        pk for pk, *place in own.values_list("pk", "unit", "year") if tuple(place) not in summed
    ]
    for start in range(0, len(idle), AT_ONCE):
        tallies.filter(pk__in=idle[start : start + AT_ONCE]).delete()
    direct = HouseholdYear.objects.filter(unit__in=communes, unit__kind=Kind.COMMUNE)
    years_of: dict[int, list[int]] = {}
    for unit, year in direct.values_list("unit", "year").distinct().order_by("unit", "year"):
        years_of.setdefault(unit, []).append(year)
    for unit in Unit.objects.filter(pk__in=years_of).select_related("parent"):
        _write(unit, counted_on_file(unit, years_of[unit.pk]))


def _write(unit: Unit, counted: dict[int, list[int]]) -> None:
    """Write what statuses tell of a unit; the rest stays where it can still be true."""
    standards = list(PovertyStandard.objects.all())
    held = {
        tally.year: tally
        for tally in PovertyTally.objects.select_for_update().filter(
            unit=unit, year__in=counted, origin=REGISTER
        )
    }
    for year, counts in counted.items():
        standard = next(s for s in standards if s.first_year <= year <= s.last_year)
        tally = held.get(year) or PovertyTally(unit=unit, year=year, origin=REGISTER)
        tally.standard, tally.source = standard, None
        for name, number in zip(DERIVED, counts, strict=False):
            setattr(tally, name, number)
        for name, whole in WHOLE_OF.items():
            told = getattr(tally, name)
            if told is not None and told > getattr(tally, whole):
                setattr(tally, name, None)
        tally.save()
