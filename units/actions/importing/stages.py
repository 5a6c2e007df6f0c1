"""From one state of an import to the next: the only place that assigns ``Import.state``."""

from functools import partial

from django.core.files.storage import default_storage
from django.db import transaction

from config import clock
from units.actions.importing.work import BUSY, Busy
from units.actions.log import record
from units.models import Import

State = Import.State


def move(job: Import, state: str, **fields) -> Import:
    """Move the import, together with its stamps; ``Busy`` when somebody else has moved it."""
    now = Import.objects.filter(pk=job.pk, state=job.state)
    if not now.update(state=state, **fields):
        raise Busy(BUSY)
    job.state = state
    for name, value in fields.items():
        setattr(job, name, value)
    return job


def locked(job: Import) -> Import:
    """The import as it is now, held until the end of the transaction.

    Without the key: rows that refer to it may be written by others meanwhile.
    """
    held = Import.objects.select_for_update(no_key=True, of=("self",))
    return held.select_related("uploaded_by").get(pk=job.pk)


def judged(job: Import, counts: dict, notes: list[str], failure: str = "") -> Import:
    """All rows are read and judged: they wait for a person, or for a better file."""
    state = State.FAULTY if counts["errors"] else State.WAITING
    seen = {"counts": counts, "notes": notes, "failure": failure}
    return move(job, state, **seen, done=0, total=0, confirmed_at=None, stop_asked=False)


def begun(job: Import, state: str, **fields) -> Import:
    """A long phase is to begin: in the queue, with nobody at work on it yet."""
    idle = {"heartbeat": None, "phase_started_at": None, "stop_asked": False}
    return move(job, state, **idle, done=0, failure="", **fields)


def overtaken(job: Import) -> Import:
    """The confirmation no longer stands; whoever takes the import up makes its preview anew."""
    return move(job, State.WRITING, confirmed_at=None, done=0)


def written(job: Import, *, by, at) -> Import:
    """Everything is written: the stamp, and the log row with the file's print and the counts."""
    fields = {"confirmed_at": job.confirmed_at or at, "finished_at": at, "heartbeat": None}
    move(job, State.DONE, **fields, failure="", stop_asked=False)
    record("import_file", job, by=by, at=at, changes=_told(job), label=_label(job))
    return job


def put_back(job: Import, *, by, at) -> Import:
    """Everything is as it was before the import."""
    fields = {"undone_at": at, "undone_by": by, "heartbeat": None, "failure": ""}
    move(job, State.UNDONE, **fields)
    record("undo_import", job, by=by, at=at, changes=_told(job), label=_label(job))
    return job


def given_up(job: Import, reason: str = "") -> Import:
    """Nothing of the file is or will be written; the file itself goes."""
    move(job, State.CANCELLED, failure=reason, heartbeat=None, stop_asked=False, done=0)
    return without_file(job)


def failed(job: Import, reason: str) -> Import:
    """The file cannot be read at all."""
    move(job, State.FAILED, failure=reason, heartbeat=None, done=0)
    return without_file(job)


def without_file(job: Import) -> Import:
    """Let go of the stored file once the transaction stands.

    The row forgets the file last: what a crash left is found by its row and goes with the next
    purge.
    """
    if job.file.name:
        transaction.on_commit(partial(_drop_file, job))
    return job


def _drop_file(job: Import) -> None:
    default_storage.delete(job.file.name)
    Import.objects.filter(pk=job.pk).update(file="")
    job.file = ""


def _told(job: Import) -> dict:
    rows = {name: number for name, number in job.counts.items() if isinstance(number, int)}
    return {"kind": job.kind, "options": job.options, "sha256": job.sha256} | rows


def _label(job: Import) -> str:
    return f"{job.name} (tải lên lúc {clock.said(job.uploaded_at)})"
