"""A preview made anew: the waiting rows against today's data, without the file."""

from collections.abc import Callable

from django.db import transaction

from config.sheets import Problem
from units.actions.importing import stages
from units.actions.importing.reading import Reading
from units.imports.kind import Fault
from units.imports.road.judging import Judge, compare
from units.imports.road.options import kind_of_job
from units.imports.road.waiting import Verdict, chunks, rows_to_go
from units.models import Import, ImportRow

FIELDS = ("verdict", "values", "before", "unit")


def renew(job: Import, reason: str, *, by, goes: Callable[[int, int], None]) -> Import:
    """Judge every waiting row again and wait for a person anew; ``reason`` is shown above.

    What a kind conceals is gone, so what it made of the whole stays as it was read.
    """
    judge = Judge(kind_of_job(job), job.options, by)
    found = Renewal(job, judge)
    concealing = bool(judge.kind.concealed)
    if not concealing:
        job.rows.filter(part__gt="").delete()
    job.rows.filter(part="", verdict=Verdict.REMOVED).delete()
    found.tally.verdicts[Verdict.FAULTY] = job.rows.filter(verdict=Verdict.FAULTY).count()
    done, total = 0, rows_to_go(job)
    for chunk in chunks(job):
        done += len(chunk)
        with transaction.atomic():
            found.renew([row for row in chunk if not row.part])
            goes(done, total)
    counts = found.renewed(whole=not concealing)
    with transaction.atomic():
        return stages.judged(job, counts, job.notes, failure=reason)


class Renewal(Reading):
    """One more going through rows that were read before; what was told is not told twice."""

    def __init__(self, job: Import, judge: Judge):
        super().__init__(job, judge)
        told = job.problems.values_list("number", "label", "message")
        self.findings.known = set(told)
        for name in ("notes", "normalised"):
            setattr(self.findings, name, job.counts.get(name, 0))
        self.findings.errors = job.problems.filter(blocking=True).count()  # of a renewal broken off

    def renew(self, rows: list[ImportRow]) -> None:
        """Give each row the verdict of today; keep those that changed, and count all."""
        on_file, changed = self.judge.on_file([row.key for row in rows]), []
        for row in rows:
            before = _judged(row)
            self._judge(row, on_file.get(row.key))
            self.tally.take(row.verdict, row.unit_id)
            if _judged(row) != before:
                changed.append(row)
        ImportRow.objects.bulk_update(changed, FIELDS, batch_size=100)
        self.findings.store()

    def _judge(self, row: ImportRow, on_file: dict | None) -> None:
        row.values, row.unit_id, faults = self.judge.again(row)
        if faults:
            row.verdict, row.values, row.before = Verdict.FAULTY, {}, None
            row.unit_id = None
            for fault in faults:
                self.findings.add(row.number, self._told(fault, row.number))
        elif on_file is None:
            row.verdict, row.before = Verdict.NEW, None
        else:
            now = compare(row.values, on_file)
            row.verdict, row.before = now["verdict"], now["before"]

    def _told(self, fault: Fault, number: int) -> Problem:
        return self.judge.told(fault, line_address(number, fault.column))

    def renewed(self, *, whole: bool) -> dict:
        """The counts of today; with ``whole`` the kind is asked about the whole again."""
        if whole:
            return self.finish(line_address)
        self.take_away()
        return self.tally.counts(self.job) | self.findings.counts


def _judged(row: ImportRow) -> tuple:
    return row.verdict, row.values, row.before, row.unit_id


def line_address(number: int, column: str) -> str:
    """Where a finding is told when the file is no longer at hand."""
    return f"dòng {number}"
