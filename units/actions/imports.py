"""The one import road's own writes: upload, confirm, cancel, resume, undo, purge.

Page-sized files go through within the call; larger ones are handed over to a worker, who finds
them by their row (``hand_over``; a command passes a worker of its own).
"""

from collections.abc import Callable
from functools import partial
from typing import BinaryIO

from django.db import IntegrityError, transaction

from config import clock
from config.sheets import SheetError
from config.workflow import RuleViolation, Stale, refuse
from units import tasks
from units.actions.checking import anew
from units.actions.importing import receiving, stages
from units.actions.importing.jobs import work_on
from units.actions.importing.purging import drop_or_hand_over, purge
from units.actions.importing.reading import read_file
from units.actions.importing.renewing import renew
from units.actions.importing.undoing import Undoing
from units.actions.importing.work import at_work
from units.actions.importing.writing import OVERTAKEN, Overtaken, Writing
from units.imports import road
from units.imports.kind import ImportKind
from units.imports.road.presence import is_worked_on
from units.models import Import, User

__all__ = [
    "cancel_import",
    "confirm_import",
    "purge_imports",
    "resume_import",
    "undo_import",
    "upload_import",
    "work_on",
]
State = Import.State
HandOver = Callable[[Import], object]


def enqueue(job: Import) -> None:
    """Put the import into the queue of the workers."""
    tasks.carry_on.enqueue(job.pk)


def _later(job: Import, hand_over: HandOver) -> None:
    """Hand the import over once the transaction stands."""
    transaction.on_commit(partial(hand_over, job), robust=True)


def _silent(done: int, total: int) -> None:
    """The progress of what is over before anybody could ask."""


# In


def upload_import(
    kind: ImportKind,
    upload: BinaryIO,
    *,
    by: User | None,
    options: dict | None = None,
    hand_over: HandOver = enqueue,
) -> Import:
    """Read a file into waiting rows, or refuse it whole (``RuleViolation``): no row, no file.

    ``upload`` is a file object that knows its name; ``options`` are in JSON form. A page-sized
    file is read at once, and kept only when the kind is not sensitive; a larger one is stored
    until a worker has read it. What nobody confirmed in time is let go of first.
    """
    by, options = anew(by), options or {}
    refuse(by and kind.refusal(by, options), *receiving.unfit(upload))
    purge(enqueue)
    job = receiving.opened(kind, upload, options, by=by, at=clock.now())
    if road.is_page_sized(job):
        return _read_at_once(kind, job, upload)
    receiving.keep(job, upload)
    hand_over(job)
    job.refresh_from_db()
    return job


def _read_at_once(kind: ImportKind, job: Import, upload: BinaryIO) -> Import:
    try:
        with at_work(job) as work:
            read_file(job, upload, by=job.uploaded_by, goes=work.goes)
        if not kind.sensitive:
            receiving.keep(job, upload)
    except SheetError as refusal:
        receiving.forget(job)
        raise RuleViolation(*refusal.args) from refusal
    except Exception:
        receiving.forget(job)
        raise
    return job


# Confirmed


def confirm_import(
    job: Import, *, by: User | None, seen: str | None = None, hand_over: HandOver = enqueue
) -> Import:
    """Write the waiting rows, all or none, as they stand against today's data.

    ``seen`` is ``road.revision`` of the preview that the person confirms. When that was overtaken,
    or a row would be judged otherwise today, nothing is written and the preview is made anew
    (``Stale``). Effects: the rows through the actions of their noun, one log row with the file's
    print and the counts. A large file is written by a worker, who tells the same on the page.
    """
    if not road.is_page_sized(job):
        return _begin(job, by=by, seen=seen, hand_over=hand_over)
    try:
        return _write_at_once(job, by=by, seen=seen)
    except IntegrityError as error:
        overtaken: Stale = Overtaken()
        overtaken.__cause__ = error
    except Overtaken as refusal:
        overtaken = refusal
    _renew_at_once(job, by=by)
    raise overtaken


@transaction.atomic
def _write_at_once(job: Import, *, by: User | None, seen: str | None) -> Import:
    job, by, now = _allowed("confirm", job, by)
    _refuse_stale(job, seen)
    Writing(job, by=by, at=now).whole(_silent)
    return job


def _allowed(step: str, job: Import, by: User | None):
    """The import, locked, the person and the moment, when nothing is in the way of the step."""
    now, by = clock.now(), anew(by)
    job = stages.locked(job)
    refuse(*road.STEPS[step].obstacles(job, by=by, now=now))
    return job, by, now


def _refuse_stale(job: Import, seen: str | None) -> None:
    if seen is not None and seen != road.revision(job):
        raise Overtaken(
            "Trong lúc bạn xem, một tệp khác cùng loại đã được ghi hoặc hoàn tác. Chưa ghi gì; hãy "
            "xem lại phần khác biệt dưới đây rồi xác nhận."
        )


@transaction.atomic
def _renew_at_once(job: Import, *, by: User | None) -> Import:
    job = stages.locked(job)
    if job.state != State.WAITING:
        return job
    return renew(job, OVERTAKEN, by=anew(by), goes=_silent)


@transaction.atomic
def _begin(job: Import, *, by: User | None, seen: str | None, hand_over: HandOver) -> Import:
    job, by, now = _allowed("confirm", job, by)
    _refuse_stale(job, seen)
    total = road.rows_to_go(job)
    stages.begun(job, State.WRITING, total=total, confirmed_at=now)
    _later(job, hand_over)
    return job


# Taken up, given up


@transaction.atomic
def resume_import(job: Import, *, by: User | None, hand_over: HandOver = enqueue) -> Import:
    """Hand an import whose worker died, or never came, to a worker again.

    An undo goes on in the name of the person who takes it up.
    """
    job, by, now = _allowed("resume", job, by)
    job.heartbeat, job.phase_started_at = None, now
    if job.state == State.UNDOING:
        job.undone_by = by
    job.save(update_fields=["heartbeat", "phase_started_at", "undone_by"])
    _later(job, hand_over)
    return job


@transaction.atomic
def cancel_import(job: Import, *, by: User | None, hand_over: HandOver = enqueue) -> Import:
    """Give up an import that is not written yet, with all that was kept of it.

    A worker at it is asked to stop; rows that were written in steps are taken back by a worker.
    """
    job, _, _ = _allowed("cancel", job, by)
    at_it = job.state in State.AT_WORK and is_worked_on(job)
    halfway = job.state == State.WRITING and job.heartbeat is not None and job.done
    if at_it or halfway:
        job.stop_asked = True
        job.save(update_fields=["stop_asked"])
        if not at_it:
            _later(job, hand_over)
        return job
    stages.given_up(job)
    transaction.on_commit(partial(drop_or_hand_over, job, hand_over), robust=True)
    return job


def undo_import(job: Import, *, by: User | None, hand_over: HandOver = enqueue) -> Import:
    """Put back what a finished import wrote (``RuleViolation`` with all that rests upon it).

    Also refused when a row is no longer as the import left it, whoever changed it. A log row; the
    rows that waited go. A large import is taken back by a worker.
    """
    if road.is_page_sized(job):
        return _undo_at_once(job, by=by, hand_over=hand_over)
    return _begin_undoing(job, by=by, hand_over=hand_over)


@transaction.atomic
def _undo_at_once(job: Import, *, by: User | None, hand_over: HandOver) -> Import:
    job, by, now = _allowed("undo", job, by)
    Undoing(job, by=by, at=now).whole(_silent)
    transaction.on_commit(partial(drop_or_hand_over, job, hand_over), robust=True)
    return job


@transaction.atomic
def _begin_undoing(job: Import, *, by: User | None, hand_over: HandOver) -> Import:
    job, by, _ = _allowed("undo", job, by)
    stages.begun(job, State.UNDOING, total=road.rows_to_go(job), undone_by=by)
    _later(job, hand_over)
    return job


def purge_imports(*, by: User | None = None) -> int:
    """Let go of imports that nobody confirmed in time, and of rows too old to be taken back.

    How many imports were given up; each upload does the same.
    """
    return purge(work_on)
