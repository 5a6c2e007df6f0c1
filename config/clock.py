"""The one place where the portal asks what time it is.

Deadlines decide about people, so time is read once per action and passed on. A demonstration
portal may live in another year (``CLOCK_SHIFT_DAYS``, only under ``DEBUG``), tests and the
loader of the demonstration year stop the clock with ``frozen``.
"""

from contextlib import contextmanager
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

from config.text import VIETNAM

# Stopped for the whole process, so that the threads of a test server stand still as well.
_stopped: list[datetime] = []


def shift() -> timedelta:
    """How far the portal's clock stands from the machine's; nought but in a demonstration.

    Django and its packages stamp by the machine's clock: to compare, add this to their instants.
    """
    return timedelta(days=settings.CLOCK_SHIFT_DAYS)


def now() -> datetime:
    """The present instant, aware, in UTC."""
    if _stopped:
        return _stopped[-1]
    return timezone.now() + shift()


def day_of(instant: datetime) -> date:
    """The date in Viet Nam at an instant; there the day begins at 17:00 UTC of the day before."""
    return instant.astimezone(VIETNAM).date()


def hour_of(instant: datetime) -> str:
    """The time of day in Viet Nam at an instant: "14:05"."""
    return f"{instant.astimezone(VIETNAM):%H:%M}"


def today() -> date:
    """The present date in Viet Nam, whatever the server's own zone."""
    return day_of(now())


@contextmanager
def frozen(instant: datetime):
    """Stop the clock at ``instant`` (aware) for tests and for loading the demonstration year."""
    if timezone.is_naive(instant):
        raise ValueError("frozen() needs an aware instant")
    _stopped.append(instant)
    try:
        yield instant
    finally:
        _stopped.pop()


def said(instant: datetime, *, seconds: bool = False) -> str:
    """An instant in words for people: "14:05 ngày 30/11/2023", Viet Nam time."""
    hour = "%H:%M:%S" if seconds else "%H:%M"
    return f"{instant.astimezone(VIETNAM):{hour} ngày %d/%m/%Y}"
