"""Whether somebody works on an import right now; after a crash everybody must be able to see it.

On PostgreSQL an advisory lock of the worker's session tells: it goes with the session. Elsewhere
the heartbeat tells, with the patience of ``IMPORT_HEARTBEAT_SECONDS``.
"""

from datetime import timedelta

from django.conf import settings
from django.db import connection

from config import clock
from units.models import Import

SPACE = 166 << 44
"""Where our advisory locks lie among those of others."""
_HELD = (
    "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1 AND granted"
    " AND classid = %s::bigint::oid AND objid = %s::bigint::oid AND database = "
    "(SELECT oid FROM pg_database WHERE datname = current_database()))"
)


def asked(sql: str, *values):
    """The single answer to a question in SQL."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()[0]


def patience() -> timedelta:
    """How long a heart may stand still before others believe that nobody works any more."""
    return timedelta(seconds=settings.IMPORT_HEARTBEAT_SECONDS)


def is_worked_on(job: Import) -> bool:
    """Whether a living process has the import in hands."""
    if job.heartbeat is None:
        return False
    if connection.vendor == "postgresql":
        return asked(_HELD, *divmod(SPACE + job.pk, 1 << 32))
    return job.heartbeat >= clock.now() - patience()


def is_interrupted(job: Import) -> bool:
    """Whether a worker took the import up and died before it had come to an end."""
    return job.state in Import.State.AT_WORK and job.heartbeat is not None and not is_worked_on(job)


def is_forgotten(job: Import) -> bool:
    """Whether a job has waited in the queue so long that it may be offered again."""
    queued = job.state in Import.State.AT_WORK and job.heartbeat is None
    since = job.phase_started_at or job.confirmed_at or job.uploaded_at
    return queued and since < clock.now() - patience()
