"""Waiting rows in chunks, and what their counts are."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property

from django.db.models import Count, QuerySet

from units.models import Import, ImportRow, Unit

CHUNK = 5_000
"""Rows that are read, judged and written together."""
UNITS_COUNTED = 300
"""Counts by unit are kept of so many units at most; of more, by the units above them."""
Verdict = ImportRow.Verdict
WRITABLE = (Verdict.NEW, Verdict.CHANGED, Verdict.REMOVED)


class Rows(Sequence):
    """A chunk of waiting rows, loaded; ``queryset`` are the same rows for a set-based write."""

    def __init__(self, job: Import, rows: Sequence[ImportRow]):
        self._job, self._rows = job, rows

    def __getitem__(self, place):
        return self._rows[place]

    def __len__(self):
        return len(self._rows)

    @cached_property
    def queryset(self) -> QuerySet:
        """The rows between the first and the last that are to be written."""
        keys = [row.pk for row in self._rows]
        return ImportRow.objects.filter(
            source=self._job, pk__range=(min(keys), max(keys)), verdict__in=WRITABLE
        )


def chunks(job: Import, *, after: int = 0) -> Iterator[list[ImportRow]]:
    """The rows that are right, in the order in which they came, from the one ``after`` that."""
    rows = job.rows.exclude(verdict=Verdict.FAULTY).order_by("pk")
    while chunk := list(rows.filter(pk__gt=after)[:CHUNK]):
        yield chunk
        after = chunk[-1].pk


def chunks_back(job: Import, *, before: int | None = None) -> Iterator[list[ImportRow]]:
    """The same rows from the last to the first."""
    rows = job.rows.exclude(verdict=Verdict.FAULTY).order_by("-pk")
    while chunk := list((rows if before is None else rows.filter(pk__lt=before))[:CHUNK]):
        yield chunk
        before = chunk[-1].pk


def row_at(job: Import, place: int) -> int:
    """The key of the row at a place (from 1) in that order; 0 before the first."""
    if not place:
        return 0
    rows = job.rows.exclude(verdict=Verdict.FAULTY).order_by("pk")
    return rows.values_list("pk", flat=True)[place - 1]


def rows_to_go(job: Import) -> int:
    """How many rows the write goes through."""
    return job.rows.exclude(verdict=Verdict.FAULTY).count()


class Tally:
    """Counts of a file as its rows stream by."""

    def __init__(self):
        self.verdicts: Counter = Counter()
        self.by_unit: dict[str, dict[int, int]] = {str(verdict): {} for verdict in Verdict}
        """Verdict → unit → rows: there may be 90,000 units, so nothing is made for each."""
        self.findings: Counter = Counter()

    def take(self, verdict: str, unit: int | None) -> None:
        """One row of the file itself."""
        self.verdicts[verdict] += 1
        _add(self.by_unit[verdict], unit, 1)

    def counts(self, job: Import) -> dict:
        """What ``Import.counts`` keeps. Rows taken away, and other parts, are counted on file."""
        parts: dict[str, dict[str, int]] = {}
        for part, verdict, number in _counted(job.rows.filter(part__gt=""), "part", "verdict"):
            parts.setdefault(part, {})[verdict] = number
        removed = job.rows.filter(part="", verdict=Verdict.REMOVED)
        for verdict, unit, number in _counted(removed, "verdict", "unit"):
            self.verdicts[verdict] += number
            _add(self.by_unit[verdict], unit, number)
        counts = {str(name): self.verdicts[name] for name in Verdict}
        return counts | dict(self.findings) | {"parts": parts, "units": self._by_unit()}

    def _by_unit(self) -> list[list]:
        """[unit, new, changed, same, removed, faulty] of the units, or of those above them."""
        found = self.by_unit
        while len(units := set().union(*found.values())) > UNITS_COUNTED:
            above = _parents(units)
            if not any(above.values()):
                break
            found = {verdict: _lifted(numbers, above) for verdict, numbers in found.items()}
        rows = [found[verdict] for verdict in Verdict]
        return [[unit, *(numbers.get(unit, 0) for numbers in rows)] for unit in sorted(units)]


def _add(numbers: dict[int, int], unit: int | None, more: int) -> None:
    if unit is not None:
        numbers[unit] = numbers.get(unit, 0) + more


def _lifted(numbers: dict[int, int], above: dict[int, int | None]) -> dict[int, int]:
    lifted: dict[int, int] = {}
    for unit, number in numbers.items():
        _add(lifted, above.get(unit) or unit, number)
    return lifted


def _counted(rows: QuerySet, *by: str) -> QuerySet:
    return rows.order_by().values_list(*by).annotate(rows=Count("pk"))


def _parents(units: set[int]) -> dict[int, int | None]:
    found: dict[int, int | None] = {}
    keys = sorted(units)
    for start in range(0, len(keys), CHUNK):
        part = Unit.objects.filter(pk__in=keys[start : start + CHUNK])
        found |= dict(part.values_list("pk", "parent_id"))
    return found
