"""Lists of households brought in by file: written set by set, and put back.

On PostgreSQL each chunk goes in by statements over arrays, elsewhere by ``executemany``; either way
a household on file that is no longer what the preview showed refuses the chunk (``Stale``), and a
code that somebody else has entered since breaks it off (``IntegrityError``).
"""

from collections.abc import Callable, Sequence

from django.db import connection, transaction
from django.db.models import ProtectedError

from config.workflow import RuleViolation, Stale, refuse
from units import permissions
from units.actions.household_sums import REGISTER, upsert_waiting
from units.households.courses import COUNTED
from units.households.names import order_of, search_of
from units.households.scope import of_commune
from units.models import (
    EscapeRegistration,
    Household,
    HouseholdYear,
    Import,
    ImportRow,
    PovertyStandard,
    PovertyTally,
    User,
)

Verdict = ImportRow.Verdict
CHANGED_MEANWHILE = (
    "Trong lúc tệp chờ, có hộ trong tệp đã được sửa. Chưa ghi gì; hãy xem lại phần khác biệt rồi "
    "xác nhận."
)
REGISTERED = (
    "{0} hộ mới của tệp này đã đăng ký thoát nghèo; muốn hoàn tác thì bỏ các đăng ký đó trước."
)
TAKEN = "Có mã hộ trong tệp đang thuộc danh sách của một xã khác; hãy kiểm tra lại mã hộ."
COUNTED_SINCE = (
    "Danh sách hộ của {0} thôn trong tệp này đã được sửa sau khi ghi, không còn hoàn tác được; hãy "
    "sửa từng hộ, hoặc nhập lại danh sách đầy đủ."
)
STATUS = "tt_"
"""What the names of the yearly columns begin with; the year follows."""
Homes = Callable[[int], Sequence[int]]
"""From the village that a household hangs on to its units at the end of each year."""

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
        _refuse_overtaken(changed)
    if commune := job.options.get("xa"):
        _refuse_others(new, commune)
    ids = _inserted(job, new) | _updated(job, changed)
    for row in (*new, *changed):
        row.object_id = ids[row.key]
    _forget_years(changed, ids)
    _write_years(_lines(new, ids, homes, years), over=False)
    _write_years(_lines(changed, ids, homes, years), over=True)


def _refuse_overtaken(rows: Sequence[ImportRow]) -> None:
    """Lock the households of changed rows; what the preview showed must still stand there."""
    keys = [row.key for row in rows]
    held = Household.objects.select_for_update(of=("self",)).filter(code__in=keys)
    now: dict[int, dict] = {}
    for pk, code, village, head in held.values_list("pk", "code", "unit__code", "head"):
        now[pk] = {"code": code, "village": village, "head": head}
    kept = HouseholdYear.objects.filter(household__in=list(now))
    for household, year, status in kept.values_list("household", "year", "status"):
        now[household][f"{STATUS}{year}"] = status
    on_file = {values["code"]: values for values in now.values()}
    if any(on_file.get(row.key) != row.before for row in rows):
        raise Stale(CHANGED_MEANWHILE)


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


def _write_years(lines: list[tuple], *, over: bool) -> None:
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


# Back


def built_upon(job: Import, part: str) -> list[str]:
    """Why the households of a file cannot be put back: they have registered since, or others of

    their villages were entered or corrected.
    """
    new = job.rows.filter(part="", verdict=Verdict.NEW).values("object_id")
    registered = EscapeRegistration.objects.filter(household__in=new).values("household")
    counted = job.rows.filter(part=part).exclude(verdict=Verdict.SAME).values("unit")
    since = PovertyTally.objects.filter(origin=REGISTER, unit__in=counted)
    since = since.exclude(source=job).values("unit")
    told = ((REGISTERED, registered), (COUNTED_SINCE, since))
    return [words.format(n) for words, found in told if (n := found.distinct().count())]


@transaction.atomic
def put_back_households(
    job: Import,
    rows: Sequence[ImportRow],
    home_of: Callable[[str], tuple[int, Sequence[int]]],
    years: Sequence[int],
    *,
    by: User | None,
) -> None:
    """Put a chunk back: new households go with their years, changed ones are as they were.

    ``home_of`` tells from the code of a village what a household hangs on and its yearly units.
    """
    refuse(by and permissions.imports_households(by, job.options))
    new = [row.key for row in rows if row.verdict == Verdict.NEW]
    changed = [row for row in rows if row.verdict == Verdict.CHANGED]
    try:
        Household.objects.filter(code__in=new, source=job).delete()
    except ProtectedError as error:
        raise RuleViolation(REGISTERED.format(1)) from error
    held = Household.objects.filter(code__in=[row.key for row in changed])
    ids = dict(held.values_list("code", "pk"))
    lines = []
    for row in changed:
        unit, units = home_of(row.before["village"])
        _rewrite(ids[row.key], unit, row.before["head"])
        for place, year in enumerate(years):
            if status := row.before.get(f"{STATUS}{year}"):
                lines.append((ids[row.key], year, status, units[place]))
    HouseholdYear.objects.filter(household__in=ids.values()).delete()
    _write_years(lines, over=False)


def _rewrite(household: int, unit: int, head: str) -> None:
    keys = {"search": search_of(head), "sort_key": order_of(head)}
    Household.objects.filter(pk=household).update(unit=unit, head=head, source=None, **keys)


@transaction.atomic
def put_back_tallies(job: Import, part: str, rows: Sequence[ImportRow], *, by: User | None) -> None:
    """The counts of villages as they were before the file, or none."""
    refuse(by and permissions.imports_households(by, job.options))
    rows = [row for row in rows if row.part == part]
    units = [row.unit_id for row in rows]
    PovertyTally.objects.filter(origin=REGISTER, unit__in=units, source=job).delete()
    standards = list(PovertyStandard.objects.all())
    PovertyTally.objects.bulk_create(
        PovertyTally(
            unit_id=row.unit_id,
            year=int(year),
            origin=REGISTER,
            standard=next(s for s in standards if s.first_year <= int(year) <= s.last_year),
            source_id=row.before["sources"][year],
            **dict(zip(COUNTED, counts, strict=True)),
        )
        for row in rows
        if row.before
        for year, counts in row.before["years"].items()
        if year in row.values
    )
