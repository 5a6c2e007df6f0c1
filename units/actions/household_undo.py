"""A list of households taken back: what it wrote goes, what it replaced stands again.

Each changed row kept beside its old values (``before``) what no list tells (``held``): the unit
that the household hung on, the units of its years, the file it had come from. A household that is
gone, or counts that somebody has written since, refuse the whole.
"""

from collections import Counter
from collections.abc import Sequence

from django.db import transaction
from django.db.models import ProtectedError

from config.workflow import RuleViolation, refuse
from units import permissions
from units.actions.household_lists import Verdict, write_years
from units.actions.household_sums import REGISTER
from units.households.courses import COUNTED
from units.households.names import order_of, search_of
from units.households.onfile import STATUS
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

REGISTERED = (
    "{0} hộ mới của tệp này đã đăng ký thoát nghèo; muốn hoàn tác thì bỏ các đăng ký đó trước."
)
COUNTED_SINCE = (
    "Danh sách hộ của {0} thôn trong tệp này đã được sửa sau khi ghi, không còn hoàn tác được; hãy "
    "sửa từng hộ, hoặc nhập lại danh sách đầy đủ."
)
GONE = (
    "{0} hộ của tệp này không còn trong danh sách, không còn hoàn tác được; hãy sửa từng hộ, hoặc "
    "nhập lại danh sách đầy đủ."
)


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
def put_back_households(job: Import, rows: Sequence[ImportRow], *, by: User | None) -> None:
    """Put a chunk back: new households go with their years, changed ones are as they were."""
    refuse(by and permissions.imports_households(by, job.options))
    _take_out([row.object_id for row in rows if row.verdict == Verdict.NEW])
    changed = [row for row in rows if row.verdict == Verdict.CHANGED]
    if lost := sum(not _rewrite(row) for row in changed):
        refuse(GONE.format(lost))
    HouseholdYear.objects.filter(household__in=[row.object_id for row in changed]).delete()
    write_years([line for row in changed for line in _years_of(row)], over=False)


def _take_out(households: Sequence[int]) -> None:
    try:
        _, gone = Household.objects.filter(pk__in=households).delete()
    except ProtectedError as error:
        raise RuleViolation(REGISTERED.format(1)) from error
    if lost := len(households) - gone.get(Household._meta.label, 0):
        refuse(GONE.format(lost))


def _rewrite(row: ImportRow) -> int:
    """How many households were put back: one, or none."""
    head, held = row.before["head"], row.before["held"]
    return Household.objects.filter(pk=row.object_id).update(
        unit=held["unit"],
        source=held["source"],
        head=head,
        search=search_of(head),
        sort_key=order_of(head),
    )


def _years_of(row: ImportRow) -> list[tuple]:
    return [
        (row.object_id, int(year), row.before[f"{STATUS}{year}"], unit)
        for year, unit in (row.before["held"]["years"] or {}).items()
    ]


@transaction.atomic
def put_back_tallies(job: Import, part: str, rows: Sequence[ImportRow], *, by: User | None) -> None:
    """The counts of villages as they were before the file, or none."""
    refuse(by and permissions.imports_households(by, job.options))
    rows = [row for row in rows if row.part == part]
    _take_out_tallies(job, rows)
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


def _take_out_tallies(job: Import, rows: Sequence[ImportRow]) -> None:
    units = [row.unit_id for row in rows]
    written = PovertyTally.objects.filter(origin=REGISTER, unit__in=units, source=job)
    years = Counter(written.values_list("unit", flat=True).order_by())
    if since := sum(years[row.unit_id] < _written_years(row) for row in rows):
        refuse(COUNTED_SINCE.format(since))
    written.delete()


def _written_years(row: ImportRow) -> int:
    return sum(counts is not None for counts in row.values.values())
