"""One process at work on one import: nobody else beside it, progress to see, an ear for a stop."""

import json
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from django.db import DatabaseError, InterfaceError, connection, transaction
from django.db.models import Q

from config import clock
from config.workflow import RuleViolation
from units.actions.holding import hold_register
from units.imports.road.presence import SPACE, asked, patience
from units.imports.road.sizes import is_page_sized
from units.models import Import

Tell = Callable[[int, int], None]
"""Called with rows done and rows in all, as the work goes on."""
KINDS, PLACES = 1661, 1662
"""Under which first number the locks of kinds, and of kinds with their options, lie."""
BUSY = "Lần nhập này đang được một tiến trình khác xử lý, hoặc đã xong; hãy tải lại trang."


class Busy(RuleViolation):
    """Another process works on this import right now, or has just done so."""


class Stopped(Exception):
    """Somebody asked this work to stop."""


class Work:
    """The progress of one phase of one import."""

    def __init__(self, job: Import, tell: Tell | None = None):
        self.job, self._tell, self._beside = job, tell, None
        self._claim = [job.pk, _as_column(job.phase_started_at)]

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Within, progress goes over a second connection: a transaction that has not ended shows

        nothing to anybody else. The transaction itself must not touch the import's row meanwhile.
        """
        self._beside = connection.copy()
        try:
            yield
        finally:
            beside, self._beside = self._beside, None
            with suppress(DatabaseError, InterfaceError):
                beside.close()

    def goes(self, done: int, total: int) -> None:
        """So far the work has come. ``Stopped`` when somebody asked for it; ``Busy`` when others

        believed it dead and took it up: the chunk at hand must then not stand.
        """
        total = max(done, total)
        with (self._beside or connection).cursor() as cursor:
            self._beats(cursor, done, total)
            cursor.execute("SELECT stop_asked FROM units_import WHERE id = %s", [self.job.pk])
            stop = cursor.fetchone()[0]
        self.job.done, self.job.total = done, total
        if self._tell:
            self._tell(done, total)
        if stop:
            raise Stopped

    def keeps(self, done: int) -> None:
        """So many rows stand written, and the work is still this process's; no ear for a stop."""
        with connection.cursor() as cursor:
            self._beats(cursor, done, self.job.total)
        self.job.done = done

    def _beats(self, cursor, done: int, total: int) -> None:
        cursor.execute(_BEATS, [done, total, _as_column(clock.now()), *self._claim])
        if not cursor.rowcount:
            raise Busy(BUSY)


_BEATS = (
    "UPDATE units_import SET done = %s, total = %s, heartbeat = %s "
    "WHERE id = %s AND phase_started_at = %s"
)


def _as_column(instant):
    return connection.ops.adapt_datetimefield_value(instant)


@contextmanager
def at_work(job: Import, tell: Tell | None = None) -> Iterator[Work]:
    """Claim the import for this process (``Busy`` when another has it); let go at the end.

    The claim is told in the database at once. When the work breaks off with an error the heart
    stands still, which is how the page learns of it.
    """
    _claim(job)
    try:
        yield Work(job, tell)  # the stamp of the claim tells it from a later one
        Import.objects.filter(pk=job.pk).update(heartbeat=None)
        job.heartbeat = None
    finally:
        _let_go(job)


def _claim(job: Import) -> None:
    now, free = clock.now(), Q()
    if connection.vendor == "postgresql":
        if not asked("SELECT pg_try_advisory_lock(%s)", SPACE + job.pk):
            raise Busy(BUSY)
    else:
        free = Q(heartbeat__isnull=True) | Q(heartbeat__lt=now - patience())
    waiting = Import.objects.filter(free, pk=job.pk, state__in=Import.State.AT_WORK)
    if not waiting.update(heartbeat=now, phase_started_at=now, failure=""):
        _let_go(job)
        raise Busy(BUSY)
    job.refresh_from_db()


def _let_go(job: Import) -> None:
    if connection.vendor == "postgresql":
        with suppress(DatabaseError, InterfaceError):
            asked("SELECT pg_advisory_unlock(%s)", SPACE + job.pk)


def hold_place(job: Import) -> None:
    """Until the end of the transaction nobody else writes the same kind to the same place, and

    the units stay as they are: no reorganisation is carried out beside it.

    Two files of one kind and one choice of options follow one another. A large file has the kind
    for itself; a small one that meets it is refused rather than kept waiting (``RuleViolation``).
    SQLite lets one writer in at a time anyway.
    """
    if connection.vendor != "postgresql":
        return
    hold_register()
    kind = _number(job.kind)
    if not is_page_sized(job):
        asked("SELECT pg_advisory_xact_lock(%s, %s)", KINDS, kind)
    elif asked("SELECT pg_try_advisory_xact_lock_shared(%s, %s)", KINDS, kind):
        place = _number(job.kind + json.dumps(job.options, sort_keys=True))
        asked("SELECT pg_advisory_xact_lock(%s, %s)", PLACES, place)
    else:
        raise RuleViolation(
            "Cổng đang ghi một tệp lớn cùng loại dữ liệu; hãy chờ vài phút rồi bấm lại."
        )


def _number(text: str) -> int:
    """A text as a number of four bytes with a sign, for a lock."""
    return zlib.crc32(text.encode()) - (1 << 31)


def writes_whole() -> bool:
    """Whether a large import is one transaction: where others can write beside it."""
    return connection.vendor == "postgresql"


def note_failure(job: Import, words: str) -> None:
    """Leave word of what happened, if the database can be reached at all."""
    with suppress(DatabaseError, InterfaceError), transaction.atomic():
        Import.objects.filter(pk=job.pk).update(failure=words)
