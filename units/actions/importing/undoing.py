"""A written import taken back, row by row from the last to the first, while nothing rests on it."""

from collections.abc import Callable
from functools import cached_property

from django.db import transaction

from config.workflow import RuleViolation
from units.actions.importing import stages
from units.actions.importing.work import Work, hold_place
from units.imports.road.judging import Judge
from units.imports.road.options import kind_of_job
from units.imports.road.waiting import Rows, Verdict, chunks, chunks_back, row_at, rows_to_go
from units.models import Import, ImportRow

NAMED = 10
"""So many rows are named in one refusal; the rest is counted."""


class Undoing:
    """The taking back of one import by one person at one moment."""

    def __init__(self, job: Import, *, by, at):
        self.job, self.by, self.at = job, by, at
        self.kind = kind_of_job(job)

    @cached_property
    def judge(self) -> Judge:
        """The surroundings as they are once nobody else writes to the same place."""
        return Judge(self.kind, self.job.options, self.by)

    def whole(self, goes: Callable[[int, int], None]) -> None:
        """Everything, inside the transaction of the caller; ``RuleViolation`` with the rows that

        are no longer as the import left them.
        """
        hold_place(self.job)
        self.kind.hold(self.job)
        self.refuse_changed()
        done, total = 0, rows_to_go(self.job)
        for chunk in chunks_back(self.job):
            self.chunk(chunk)
            done += len(chunk)
            goes(done, total)
        self.end()

    def refuse_changed(self) -> None:
        """Whoever changed a row since, by whatever door, must not lose that."""
        numbers = [row.number for chunk in chunks(self.job) for row in self._changed(chunk)]
        if numbers:
            told = ", ".join(str(number) for number in numbers[:NAMED])
            more = f" và {len(numbers) - NAMED} dòng khác" if len(numbers) > NAMED else ""
            raise RuleViolation(
                f"Không hoàn tác được: dữ liệu của dòng {told}{more} đã được sửa sau lần nhập này."
            )

    def _changed(self, chunk: list[ImportRow]) -> list[ImportRow]:
        own = [row for row in chunk if not row.part and row.verdict != Verdict.SAME]
        on_file = self.judge.on_file([row.key for row in own])
        told = {key: self.kind.told(values) for key, values in on_file.items()}
        return [row for row in own if told.get(row.key) != _left_by(row)]

    def chunk(self, rows: list[ImportRow]) -> None:
        if batch := Rows(self.job, [row for row in rows if row.verdict != Verdict.SAME]):
            self.kind.undo(self.job, batch, by=self.by, at=self.at)

    def end(self) -> None:
        """What follows all chunks, and the stamps."""
        self.kind.after_undo(self.job, by=self.by, at=self.at)
        stages.put_back(self.job, by=self.by, at=self.at)


def _left_by(row: ImportRow) -> dict | None:
    """What stands on file for the row while nobody has changed it since."""
    return None if row.verdict == Verdict.REMOVED else row.values


def undo_in_steps(undoing: Undoing, work: Work) -> None:
    """Chunk by chunk in short transactions, from where an earlier attempt came to."""
    job = undoing.job
    total = rows_to_go(job)
    if not job.done:
        undoing.refuse_changed()
    for chunk in chunks_back(job, before=row_at(job, total - job.done) + 1):
        with transaction.atomic():
            work.goes(job.done + len(chunk), total)
            undoing.chunk(chunk)
    with transaction.atomic():
        work.keeps(total)
        undoing.end()
