"""Lists of households brought in by file: written set by set.

On PostgreSQL each chunk goes in by statements over arrays, elsewhere by ``executemany``; either way
a household on file that is no longer what the preview showed refuses the chunk (``Stale``), and a
code that somebody else has entered since breaks it off (``IntegrityError``). Changed rows keep what
they replace, see ``household_undo``.
"""

from collections.abc import Sequence

from django.db import connection, transaction

from config.workflow import Stale, refuse
from units import permissions
from units.actions.household_sums import REGISTER, upsert_waiting
from units.households.courses import COUNTED
from units.households.names import order_of, search_of
from units.households.onfile import STATUS, Homes, on_file
from units.households.scope import of_commune
from units.models import Household, HouseholdYear, Import, ImportRow, PovertyTally, User

Verdict = ImportRow.Verdict
CHANGED_MEANWHILE = (
    "Trong lúc tệp chờ, có hộ trong tệp đã được sửa. Chưa ghi gì; hãy xem lại phần khác biệt rồi "
    "xác nhận."
)
TAKEN = "Có mã hộ trong tệp đang thuộc danh sách của một xã khác; hãy kiểm tra lại mã hộ."
_INSERT = {
    "postgresql": (
        "INSERT INTO units_household (source_id, code, unit_id, head, search, sort_key) "
        "SELECT %s, * FROM unnest(%s::text[], %s::bigint[], %s::text[], %s::text[], %s::text[]) "
        "RETURNING code, id"
    ),
    "sqlite": (
        "INSERT INTO units_household (source_id, code, unit_id, head, search, sort_key) "
        "VALUES (%s, %s, %s, %s, %s, %s)"
    ),
}
_UPDATE = {
    "postgresql": (
        "UPDATE units_household old SET source_id = %s, unit_id = new.unit, head = new.head, "
        "search = new.search, sort_key = new.sort_key FROM "
        "unnest(%s::text[], %s::bigint[], %s::text[], %s::text[], %s::text[]) "
        "AS new (code, unit, head, search, sort_key) WHERE old.code = new.code "
        "RETURNING old.code, old.id"
    ),
    "sqlite": (
        "UPDATE units_household SET source_id = %s, unit_id = %s, head = %s, search = %s, "
        "sort_key = %s WHERE code = %s"
    ),
}
_YEARS = {
    "postgresql": (
        "INSERT INTO units_householdyear (household_id, year, status, unit_id) "
        "SELECT * FROM unnest(%s::bigint[], %s::smallint[], %s::text[], %s::bigint[])"
    ),
    "sqlite": (
        "INSERT INTO units_householdyear (household_id, year, status, unit_id) "
        "VALUES (%s, %s, %s, %s)"
    ),
}
_HELD = {
    "postgresql": (
        "UPDATE units_importrow SET before = before || jsonb_build_object('held', "
        "jsonb_build_object('source', old.source_id, 'unit', old.unit_id, 'years', ("
        "SELECT jsonb_object_agg(told.year, told.unit_id) FROM units_householdyear told "
        "WHERE told.household_id = old.id))) "
        "FROM units_household old WHERE old.code = key AND units_importrow.id = ANY(%s)"
    ),
    "sqlite": (
        "UPDATE units_importrow SET before = json_set(before, '$.held', json((SELECT json_object("
        "'source', old.source_id, 'unit', old.unit_id, 'years', json((SELECT json_group_object("
        "told.year, told.unit_id) FROM units_householdyear told WHERE told.household_id = old.id)))"
        " FROM units_household old WHERE old.code = key))) WHERE id = %s"
    ),
}
_OVER = (
    " ON CONFLICT (household_id, year) DO UPDATE "
    "SET status = excluded.status, unit_id = excluded.unit_id"
)


# In


@transaction.atomic
def write_households(
    job: Import, rows: Sequence[ImportRow], homes: Homes, years: Sequence[int], *, by: User | None
) -> None:
    """Write a chunk of new and changed rows with their statuses; each row learns its household.

    Effects: households, their years with the unit of each, nothing else; the road logs the file.
    """
    refuse(by and permissions.imports_households(by, job.options))
    new = [row for row in rows if row.verdict == Verdict.NEW]
    changed = [row for row in rows if row.verdict == Verdict.CHANGED]
    if changed:
        _refuse_overtaken(changed, homes, years)
        _keep_replaced(changed)
    if commune := job.options.get("xa"):
        _refuse_others(new, commune)
    ids = _inserted(job, new) | _updated(job, changed)
    for row in (*new, *changed):
        row.object_id = ids[row.key]
    _forget_years(changed, ids)
    write_years(_lines(new, ids, homes, years), over=False)
    write_years(_lines(changed, ids, homes, years), over=True)


def _refuse_overtaken(rows: Sequence[ImportRow], homes: Homes, years: Sequence[int]) -> None:
    """Lock the households of changed rows; what the preview showed must still stand there."""
    held = Household.objects.select_for_update(of=("self",))
    now = on_file(held.filter(code__in=[row.key for row in rows]), homes, years)
    if any(now.get(row.key) != row.before for row in rows):
        raise Stale(CHANGED_MEANWHILE)


def _keep_replaced(rows: Sequence[ImportRow]) -> None:
    """What no list tells of a household is kept with its row: unit, units by year, source."""
    keys = [row.pk for row in rows]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_HELD["postgresql"], [keys])
        else:
            cursor.executemany(_HELD["sqlite"], [(key,) for key in keys])


def _refuse_others(rows: Sequence[ImportRow], commune: int) -> None:
    """A code that another commune has entered meanwhile: nothing of that household is told."""
    held = Household.objects.filter(code__in=[row.key for row in rows])
    if held.exclude(of_commune(commune)).exists():
        refuse(TAKEN)


def _texts(row: ImportRow) -> tuple[str, str, str]:
    head = row.values["head"]
    return head, search_of(head), order_of(head)


def _inserted(job: Import, rows: Sequence[ImportRow]) -> dict[str, int]:
    lines = [(row.key, row.unit_id, *_texts(row)) for row in rows]
    return _put(_INSERT, job, lines, [(job.pk, *line) for line in lines])


def _updated(job: Import, rows: Sequence[ImportRow]) -> dict[str, int]:
    lines = [(row.key, row.unit_id, *_texts(row)) for row in rows]
    return _put(_UPDATE, job, lines, [(job.pk, *line[1:], line[0]) for line in lines])


def _put(sql: dict[str, str], job: Import, lines: list, singly: list) -> dict[str, int]:
    """Run a statement over all lines; code → primary key."""
    if not lines:
        return {}
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(sql["postgresql"], [job.pk, *map(list, zip(*lines, strict=True))])
            return dict(cursor.fetchall())
        cursor.executemany(sql["sqlite"], singly)
    found = Household.objects.filter(code__in=[line[0] for line in lines])
    return dict(found.values_list("code", "pk").order_by())


def _lines(rows, ids, homes: Homes, years: Sequence[int]) -> list[tuple]:
    """(household, year, status, unit) of every status that the rows tell."""
    columns = [(f"{STATUS}{year}", year, place) for place, year in enumerate(years)]
    lines = []
    for row in rows:
        key, values, units = ids[row.key], row.values, homes(row.unit_id)
        for name, year, place in columns:
            if status := values.get(name):
                lines.append((key, year, status, units[place]))
    return lines


def write_years(lines: list[tuple], *, over: bool) -> None:
    if not lines:
        return
    sql = _YEARS[connection.vendor] + (_OVER if over else "")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(sql, list(map(list, zip(*lines, strict=True))))
        else:
            cursor.executemany(sql, lines)


def _forget_years(rows: Sequence[ImportRow], ids: dict[str, int]) -> None:
    """Years that stood on file and that the list leaves blank."""
    gone: dict[str, list[int]] = {}
    for row in rows:
        for name in row.before:
            if name.startswith(STATUS) and name not in row.values:
                gone.setdefault(name.removeprefix(STATUS), []).append(ids[row.key])
    for year, households in gone.items():
        HouseholdYear.objects.filter(household__in=households, year=int(year)).delete()


@transaction.atomic
def write_tallies(job: Import, part: str, rows: Sequence[ImportRow], *, by: User | None) -> None:
    """Write the counts of villages of a chunk; what they replace is looked up once more."""
    refuse(by and permissions.imports_households(by, job.options))
    counts = [row for row in rows if row.part == part]
    if not counts:
        return
    _refresh_before(counts)
    upsert_waiting(job, part, counts)
    _forget_outlived(counts)


def _forget_outlived(rows: Sequence[ImportRow]) -> None:
    """Years that the list counts in the heirs of these villages."""
    gone: dict[str, list[int]] = {}
    for row in rows:
        for year, counts in row.values.items():
            if counts is None:
                gone.setdefault(year, []).append(row.unit_id)
    for year, units in gone.items():
        PovertyTally.objects.filter(origin=REGISTER, unit__in=units, year=int(year)).delete()


def _refresh_before(rows: Sequence[ImportRow]) -> None:
    """The counts on file are taken down as they are now, so that an undo brings these back."""
    now: dict[int, dict] = {}
    held = PovertyTally.objects.filter(origin=REGISTER, unit__in=[row.unit_id for row in rows])
    for unit, year, source, *counts in held.values_list("unit", "year", "source", *COUNTED):
        kept = now.setdefault(unit, {"years": {}, "sources": {}})
        kept["years"][str(year)], kept["sources"][str(year)] = counts, source
    stale = [row for row in rows if row.before != now.get(row.unit_id)]
    for row in stale:
        row.before = now.get(row.unit_id)
    ImportRow.objects.bulk_update(stale, ["before"], batch_size=500)
