"""From waiting rows to the tables of their noun, all or none, after one more look at each.

PostgreSQL writes everything in one transaction. SQLite lets one writer in at a time, so there a
large file goes in short transactions: ``Import.done`` tells how many rows are in, from where the
writing can go on, and how far it must be taken back when it is given up.
"""

from collections.abc import Callable
from functools import cached_property

from django.db import transaction

from config import clock
from config.workflow import Stale, refuse
from units.actions.importing import stages
from units.actions.importing.rows import save_object_ids
from units.actions.importing.work import Work, hold_place, writes_whole
from units.imports.kind import ImportKind
from units.imports.road.judging import Judge, compare
from units.imports.road.options import kind_of_job
from units.imports.road.values import stored
from units.imports.road.waiting import Rows, Verdict, chunks, chunks_back, row_at, rows_to_go
from units.models import Import, ImportRow

OVERTAKEN = (
    "Trong lúc tệp chờ, dữ liệu trên cổng đã thay đổi. Chưa ghi gì; hãy xem lại phần khác biệt "
    "dưới đây rồi xác nhận."
)


class Overtaken(Stale):
    """The rows no longer stand as the preview showed them."""

    def __init__(self, reason: str = OVERTAKEN):
        super().__init__(reason)


class Writing:
    """The writing of one import by one person at one moment."""

    def __init__(self, job: Import, *, by, at):
        self.job, self.by, self.at = job, by, at
        self.kind = kind_of_job(job)

    @cached_property
    def judge(self) -> Judge:
        """The surroundings as they are once nobody else writes to the same place."""
        return Judge(self.kind, self.job.options, self.by)

    def whole(self, goes: Callable[[int, int], None]) -> None:
        """Everything, inside the transaction of the caller."""
        hold_place(self.job)
        self.kind.hold(self.job)
        self.refuse_outdated()
        looked = self.look()
        done, total = 0, rows_to_go(self.job)
        for chunk in chunks(self.job):
            self.chunk(chunk, looked=looked)
            done += len(chunk)
            goes(done, total)
        self.end()

    def refuse_outdated(self) -> None:
        """Some waiting files cannot be looked at anew, and are of no use any more."""
        refuse(*self.kind.outdated(self.job))

    def look(self) -> bool:
        """What must be looked at before the first row is written (``Overtaken``).

        A kind that has its own questions about the whole may answer them from all the rows; then
        these are looked at now, and the answer is that they were.
        """
        own, none = type(self.kind), ImportKind
        asks = {n for n in ("recheck", "removed") if getattr(own, n) is not getattr(none, n)}
        if asks:
            for chunk in chunks(self.job):
                self.refuse_overtaken(chunk)
        faults = self.kind.recheck(self.job, self.judge.around)
        if any(fault.blocking for fault in faults):
            raise Overtaken
        if "removed" in asks and self._removed_now() != self._removed_then():
            raise Overtaken
        return bool(asks)

    def _removed_now(self) -> dict[str, tuple]:
        rows = self.kind.removed(self.job, self.judge.around)
        return {row.key: (row.unit_id, stored(row.before)) for row in rows}

    def _removed_then(self) -> dict[str, tuple]:
        rows = self.job.rows.filter(part="", verdict=Verdict.REMOVED)
        return {
            key: (unit, before) for key, unit, before in rows.values_list("key", "unit", "before")
        }

    def chunk(self, rows: list[ImportRow], *, looked: bool = False) -> None:
        """Look at each row once more, then write those that change anything."""
        if not looked:
            self.refuse_overtaken(rows)
        if batch := Rows(self.job, [row for row in rows if row.verdict != Verdict.SAME]):
            before = {row.pk: row.object_id for row in batch}
            self.kind.write(self.job, batch, self.judge.around, by=self.by, at=self.at)
            save_object_ids(batch, before)

    def end(self) -> None:
        """What follows all chunks, and the stamps; the file must still be of use."""
        self.refuse_outdated()
        self.kind.after(self.job, self.judge.around, by=self.by, at=self.at)
        stages.written(self.job, by=self.by, at=self.at)

    def refuse_overtaken(self, rows: list[ImportRow]) -> None:
        own = [row for row in rows if not row.part]
        on_file = self.judge.on_file([row.key for row in own])
        if any(differs(self.judge, row, on_file.get(row.key)) for row in own):
            raise Overtaken


def differs(judge: Judge, row: ImportRow, on_file: dict | None) -> bool:
    """Whether a waiting row would be judged otherwise now."""
    if row.verdict == Verdict.REMOVED:
        return on_file != row.before
    values, unit, faults = judge.again(row)
    if faults or unit != row.unit_id or values != row.values:
        return True
    if on_file is None:
        return row.verdict != Verdict.NEW
    return compare(values, on_file) != {"verdict": row.verdict, "before": row.before}


# In short transactions


def write_in_steps(writing: Writing, work: Work) -> None:
    """Chunk by chunk from where an earlier attempt came to; each together with its progress."""
    job = writing.job
    writing.refuse_outdated()
    if not job.done:
        writing.look()
    total = rows_to_go(job)
    for chunk in chunks(job, after=row_at(job, job.done)):
        with transaction.atomic():
            work.goes(job.done + len(chunk), total)
            writing.chunk(chunk)
    with transaction.atomic():
        work.keeps(total)
        writing.end()


def take_back(job: Import, work: Work) -> None:
    """Undo the chunks that were written in transactions of their own, the last one first.

    Of one that was a single transaction nothing is left, whatever its progress said. The system
    does so: half an import must not stay because the right of its sender has ended.
    """
    job.refresh_from_db()
    now = clock.now()
    end = 0 if writes_whole() else row_at(job, job.done)
    for chunk in chunks_back(job, before=end + 1) if end else ():
        with transaction.atomic():
            if batch := Rows(job, [row for row in chunk if row.verdict != Verdict.SAME]):
                kind_of_job(job).undo(job, batch, by=None, at=now)
            work.keeps(job.done - len(chunk))
