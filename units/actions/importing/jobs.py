"""The long phases as a worker carries them out, and what becomes of an import when one breaks off.

Whatever happens, the import ends in a state from which its page leads on: finished, waiting again
with a word of what happened, given up, or interrupted, to be taken up or given up.
"""

import logging

from django.core.files import File
from django.db import IntegrityError, InterfaceError, OperationalError, connection, transaction

from config import clock
from config.sheets import SheetError
from config.workflow import RuleViolation, refuse
from units.actions.checking import anew
from units.actions.importing import stages
from units.actions.importing.purging import serves_nobody
from units.actions.importing.reading import read_file
from units.actions.importing.renewing import renew
from units.actions.importing.rows import drop_rows
from units.actions.importing.undoing import Undoing, undo_in_steps
from units.actions.importing.work import (
    Busy,
    Stopped,
    Tell,
    Work,
    at_work,
    note_failure,
    writes_whole,
)
from units.actions.importing.writing import (
    OVERTAKEN,
    Overtaken,
    Writing,
    take_back,
    write_in_steps,
)
from units.imports.road.options import kind_of_job
from units.models import Import, User

logger = logging.getLogger(__name__)

State = Import.State
BROKEN_OFF = "sự cố trong khi xử lý ({}); quản trị hệ thống xem nhật ký của máy chủ để biết thêm."
GONE = "Tệp tải lên không còn trên cổng; hãy tải tệp lên lại."
STOPPED = "Đã dừng theo yêu cầu; không có dòng nào được ghi."


def work_on(job: Import, tell: Tell | None = None) -> Import:
    """Carry the phase at hand to its end, as the person who asked for it.

    Does nothing when another process is at it, or when there is nothing to do. An error that
    nobody foresaw leaves the import interrupted, with a word of it, and is raised again.
    """
    try:
        with at_work(job, tell) as work:
            _PHASES[job.state](job, work)
    except Busy:
        job.refresh_from_db()
    except Exception as error:
        logger.exception("import %s (%s) broke off", job.token, job.state)
        if isinstance(error, OperationalError | InterfaceError) and not connection.is_usable():
            connection.close()  # so that this process finds the database again
        note_failure(job, BROKEN_OFF.format(type(error).__name__))
        raise
    if serves_nobody(job):
        drop_rows(job)
    return job


def _person(job: Import, user: User | None) -> User | None:
    """Who acts, with the rights of this moment."""
    by = anew(user)
    refuse(by and kind_of_job(job).refusal(by, job.options))
    return by


def _read(job: Import, work: Work) -> None:
    try:
        by = _person(job, job.uploaded_by)
        if not job.file:
            raise FileNotFoundError
        with job.file.open("rb") as stored:
            read_file(job, File(stored, name=job.name), by=by, goes=work.goes)
    except Busy:
        raise
    except (SheetError, RuleViolation) as refusal:
        stages.failed(job, " ".join(refusal.args))
    except FileNotFoundError:
        stages.failed(job, GONE)
    except Stopped:
        stages.given_up(job, STOPPED)
    else:
        if kind_of_job(job).sensitive:
            stages.without_file(job)


def _write(job: Import, work: Work) -> None:
    """Where an earlier attempt found the preview overtaken, only that is made anew."""
    try:
        by = _person(job, job.uploaded_by)
        if job.confirmed_at is None or not _written(Writing(job, by=by, at=clock.now()), work):
            _renew(job, work, by)
    except Busy:
        raise
    except Stopped:
        take_back(job, work)
        stages.given_up(job, STOPPED)
    except RuleViolation as refusal:
        take_back(job, work)
        _put_off(job, " ".join(refusal.args))


def _renew(job: Import, work: Work, by: User | None) -> None:
    """Rows done are rows written, so none is told while the preview is made anew."""
    renew(job, OVERTAKEN, by=by, goes=lambda done, total: work.goes(0, total))


def _put_off(job: Import, reason: str) -> None:
    """The file waits again, unless it is to be given up, or its preview is half made anew."""
    job.refresh_from_db(fields=["stop_asked"])
    if job.stop_asked:
        stages.given_up(job, STOPPED)
    elif job.confirmed_at is None:
        stages.given_up(job, reason)
    else:
        stages.move(job, State.WAITING, failure=reason, done=0)


def _written(writing: Writing, work: Work) -> bool:
    """Write in one transaction where others can write beside it, else in short ones.

    False when the preview was overtaken: then nothing stands, nor does the confirmation.
    """
    try:
        if writes_whole():
            with work.aside(), transaction.atomic():
                writing.whole(work.goes)
        else:
            write_in_steps(writing, work)
    except (Overtaken, IntegrityError):
        take_back(writing.job, work)
        stages.overtaken(writing.job)
        return False
    return True


def _undo(job: Import, work: Work) -> None:
    try:
        undoing = Undoing(job, by=_person(job, job.undone_by), at=clock.now())
        if writes_whole():
            with work.aside(), transaction.atomic():
                undoing.whole(work.goes)
        else:
            undo_in_steps(undoing, work)
    except Busy:
        raise
    except RuleViolation as refusal:
        if writes_whole() or not job.done:
            stages.move(job, State.DONE, failure=" ".join(refusal.args), undone_by=None)
        else:
            note_failure(job, " ".join(refusal.args))
            raise


_PHASES = {State.READING: _read, State.WRITING: _write, State.UNDOING: _undo}
