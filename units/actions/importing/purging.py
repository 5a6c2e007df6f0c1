"""What nobody needs any more goes: files that nobody confirmed, rows too old to be taken back."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from config import clock
from units.actions.importing import stages
from units.actions.importing.rows import drop_rows
from units.imports.kind import kinds
from units.imports.road.presence import is_worked_on
from units.imports.road.steps import WAITS
from units.models import Import, ImportRow

FEW = 20_000
"""So many rows are let go of at once; more of them by a worker."""
State = Import.State
EXPIRED = "Quá 24 giờ không được xác nhận."


def purge(hand_over: Callable[[Import], object]) -> int:
    """Give up what waited too long and let go of rows that serve nobody; how many were given up."""
    now, given_up = clock.now(), 0
    late = Import.objects.unconfirmed().filter(uploaded_at__lt=now - WAITS)
    for job in late.order_by("pk"):
        with transaction.atomic():
            job = stages.locked(job)
            if job.state in State.UNCONFIRMED and not is_worked_on(job):
                stages.given_up(job, EXPIRED)
                given_up += 1
    for job in _served(now):
        drop_or_hand_over(job, hand_over)
    for job in _with_a_file_too_many():
        stages.without_file(job)
    return given_up


def _with_a_file_too_many():
    """Imports whose file should have gone: given up, or read and of a sensitive kind."""
    sensitive = [kind.slug for kind in kinds() if kind.sensitive]
    over = Q(state__in=(State.CANCELLED, State.FAILED))
    read = Q(kind__in=sensitive) & ~Q(state=State.READING)
    return Import.objects.filter(over | read).exclude(file="").order_by("pk")


def _served(now):
    """Imports whose rows are of no use any more, and still there."""
    rows = ImportRow.objects.filter(source=OuterRef("pk"))
    return Import.objects.filter(_over(now), Exists(rows)).order_by("pk")


def _over(now) -> Q:
    old = Q(state=State.DONE, finished_at__lt=now - timedelta(days=settings.IMPORT_UNDO_DAYS))
    return old | Q(state__in=(State.CANCELLED, State.FAILED, State.UNDONE))


def serves_nobody(job: Import) -> bool:
    """Whether the rows of an import are of no use any more: given up, or too old to be undone."""
    return Import.objects.filter(_over(clock.now()), pk=job.pk).exists()


def drop_or_hand_over(job: Import, hand_over: Callable[[Import], object]) -> None:
    """Let go of an import's rows: at once when they are few, else by a worker."""
    if job.rows.all()[FEW : FEW + 1].exists():
        hand_over(job)
    else:
        drop_rows(job)
