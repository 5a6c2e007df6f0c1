"""The one place where the portal asks what time it is.

Deadlines decide about people, so time is read once per action and passed on. A demonstration
portal may live in another year (``CLOCK_SHIFT_DAYS``, only under ``DEBUG``), tests and the
loader of the demonstration year stop the clock with ``frozen``.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

_stopped: ContextVar[datetime | None] = ContextVar("stopped", default=None)


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _stopped.get() or timezone.now() + timedelta(days=settings.CLOCK_SHIFT_DAYS)


def today() -> date:
    """The present date in Viet Nam, whatever the server's own zone."""
    return timezone.localdate(now())


@contextmanager
def frozen(instant: datetime):
    """Stop the clock at ``instant`` (aware) for tests and for loading the demonstration year."""
    if timezone.is_naive(instant):
        raise ValueError("frozen() needs an aware instant")
    token = _stopped.set(instant)
    try:
        yield instant
    finally:
        _stopped.reset(token)
