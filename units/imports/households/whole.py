"""The list as a whole: complete for each commune it names, and alike in what it tells."""

from collections.abc import Iterator
from itertools import islice

from django.db.models import Count, Exists, OuterRef

from config.text import vn_number
from units.households.courses import GAP
from units.imports.households.judging import BLANK, REMEMBERED, Around, span
from units.imports.kind import Fault
from units.models import Household, HouseholdYear, Import, ImportRow

AT_ONCE = 5_000
NAMED = 20
"""So many communes are named in findings; of the others there is one sentence."""
ENDS = "chưa có tình trạng năm {0}, trong khi danh sách của xã đã đến năm đó; hãy ghi (đã ra: K)."
ELSEWHERE = "mã hộ này đang thuộc danh sách của một xã khác; hãy kiểm tra lại mã hộ."


def found(job: Import, around: Around) -> Iterator[Fault]:
    """Everything that only all rows together tell."""
    yield from _partly_blank(job, around)
    yield from _ending_early(around)
    yield from incomplete(job, around)
    yield from _years_lost(job, around)
    yield from _years_to_come(around)
    yield from _adrift(around)


def _partly_blank(job: Import, around: Around) -> Iterator[Fault]:
    """Rows before the first one that fills a column; cells that are wrong are told already."""
    for name, keys in around.blanks.partly().items():
        right = job.rows.filter(part="", key__in=keys).exclude(verdict=ImportRow.Verdict.FAULTY)
        for key in right.order_by("number").values_list("key", flat=True):
            yield Fault(name, "missing_value", BLANK, key=key)
        if len(keys) == REMEMBERED:
            told = f"nhiều dòng {BLANK}"
            yield Fault(name, "missing_value", told)


def _ending_early(around: Around) -> Iterator[Fault]:
    """A household that was listed stays on the list, so that nobody is lost in silence."""
    for (commune, last), keys in around.short.items():
        ends = around.ends[commune]
        latest = max(place for place, number in enumerate(ends) if number)
        if last == latest:
            continue
        column, year = around.columns[last + 1], around.years[last + 1]
        for key in keys:
            yield Fault(column, GAP, ENDS.format(year), key=key)
        if ends[last] > len(keys):
            more = vn_number(ends[last] - len(keys))
            told = f"{around.places.communes[commune].name}: {more} hộ khác cũng "
            yield Fault(column, GAP, told + ENDS.format(year))


# Against what is on file


def incomplete(job: Import, around: Around) -> Iterator[Fault]:
    """Households on file that the list does not hold, by commune; codes of other communes."""
    if around.held:
        yield from _foreign(job, around)
        yield from _left_out(job, around)


def incomplete_now(job: Import, around: Around) -> Iterator[Fault]:
    """The same once all rows are written: then there must be as many households as rows."""
    held = sum(Household.objects.filter(unit__in=units).count() for units in _covered(job, around))
    rows = job.rows.filter(part="").exclude(verdict=ImportRow.Verdict.FAULTY).count()
    if held != rows:
        yield from _left_out(job, around)


def _left_out(job: Import, around: Around) -> Iterator[Fault]:
    missing: dict[int, int] = {}
    for units in _covered(job, around):
        left = Household.objects.filter(unit__in=units).exclude(_in_file(job))
        for unit, number in left.values_list("unit").annotate(number=Count("pk")).order_by():
            commune = around.places.commune_of(unit)
            missing[commune] = missing.get(commune, 0) + number
    for commune, number in islice(missing.items(), NAMED):
        yield Fault("code", "missing_household", _missing(around, commune, number))
    if len(missing) > NAMED:
        more = f"{vn_number(len(missing) - NAMED)} xã khác cũng thiếu hộ đang có trong cổng."
        yield Fault("code", "missing_household", more)


def _missing(around: Around, commune: int, number: int) -> str:
    return (
        f"{around.places.communes[commune].name}: tệp thiếu {vn_number(number)} hộ đang có trong "
        "danh sách của xã trên cổng. Tệp phải là danh sách đầy đủ; hộ đã ra khỏi danh sách thì "
        "vẫn giữ dòng và ghi K cho năm đó."
    )


def _in_file(job: Import) -> Exists:
    return Exists(ImportRow.objects.filter(source=job, part="", key=OuterRef("code")))


def _covered(job: Import, around: Around) -> Iterator[list[int]]:
    """The units whose households the file must hold, in portions."""
    covered = around.places.covered(_communes(job, around))
    for start in range(0, len(covered), AT_ONCE):
        yield covered[start : start + AT_ONCE]


def _communes(job: Import, around: Around) -> set[int]:
    """The communes that right rows name: seen while reading, or found among the waiting rows."""
    if around.ends:
        return set(around.ends)
    rows = job.rows.filter(part="", unit__isnull=False)
    units = rows.order_by().values_list("unit", flat=True).distinct()
    return {around.places.commune_of(unit) for unit in units.iterator()}


def _foreign(job: Import, around: Around) -> Iterator[Fault]:
    """Codes that households of other communes bear: these would be taken out of their own list."""
    right = ImportRow.objects.filter(source=job, part="", key=OuterRef("code"))
    right = Exists(right.exclude(verdict=ImportRow.Verdict.FAULTY))
    bearers = Household.objects.filter(right).order_by().values_list("unit", flat=True).distinct()
    foreign = sorted(set(bearers.iterator()) - _own(job, around))
    for start in range(0, len(foreign), AT_ONCE):
        found = Household.objects.filter(right, unit__in=foreign[start : start + AT_ONCE])
        for key in found.order_by("code").values_list("code", flat=True)[:REMEMBERED]:
            yield Fault("code", "code_elsewhere", ELSEWHERE, key=key)


def _own(job: Import, around: Around) -> set[int]:
    """Where households of the list may stand: in its communes, and in what these took over."""
    if around.commune is not None:
        communes = {pk for pk, each in around.places.communes.items() if each.own}
    else:
        communes = around.codes.ground(_communes(job, around))
    return set(around.places.covered(communes))


def _years_lost(job: Import, around: Around) -> Iterator[Fault]:
    """A list that tells less than is on file would take years away from households."""
    if not around.held or not around.ends:
        return
    first, last = span(around)
    years: set[int] = set()
    for units in _covered(job, around):
        told = HouseholdYear.objects.filter(household__unit__in=units)
        years |= set(told.order_by().values_list("year", flat=True).distinct())
    for year in sorted(year for year in years if not first <= year <= last):
        message = (
            f"Cổng đã có tình trạng năm {year} của các hộ này, tệp không có; hãy thêm cột năm "
            f"{year} rồi tải lên lại."
        )
        yield Fault("code", "year_lost", message)


def _years_to_come(around: Around) -> Iterator[Fault]:
    if not around.ends:
        return
    _, last = span(around)
    for year in around.years:
        if around.today.year < year <= last:
            message = f"Tệp có tình trạng năm {year}, năm này chưa đến; hãy kiểm tra lại."
            yield Fault("code", "future_year", message, False)


def _adrift(around: Around) -> Iterator[Fault]:
    """Villages that ended, or are yet to start, without anything else in the register."""
    for year, communes in sorted(around.places.adrift.items()):
        named = sorted(around.places.communes[pk].name for pk in communes & set(around.ends))
        if named:
            more = f" và {vn_number(len(named) - NAMED)} xã khác" if named[NAMED:] else ""
            message = (
                f"Sổ đơn vị không ghi thôn của {', '.join(named[:NAMED])}{more} thuộc đâu vào cuối "
                f"năm {year}; tình trạng năm đó được ghi ở đơn vị cũ."
            )
            yield Fault("village", "unplaced_year", message, False)
