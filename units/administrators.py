"""Somebody administers the portal on every day to come: no act opens a gap that was not there."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from config import clock
from config.dated import covers
from config.text import vn_date
from units.kinds import Role
from units.models import Appointment


class Span(NamedTuple):
    """From the first day to the first day without (None: no end is known)."""

    starts: date
    ends: date | None


def span(seat: Appointment) -> Span:
    """When a role counts: within the life of its unit."""
    return span_within(seat, seat.unit.valid_from, seat.unit.valid_to)


def span_within(seat: Appointment, starts: date, ends: date | None) -> Span:
    """When a role counts in a unit of that life."""
    known = [day for day in (seat.ends, ends) if day]
    return Span(max(seat.starts, starts), min(known, default=None))


After = Callable[[Appointment], Iterable[Span]]
"""What an act leaves of a role."""


def first_gap(after: After) -> date | None:
    """The first day to come on which somebody administers so far, and nobody after the act.

    As far as the register knows ends and beginnings; a gap that is there already is no matter.
    """
    seats = Appointment.objects.filter(role=Role.ADMINISTRATOR, user__is_active=True)
    seats = list(seats.select_related("unit"))
    was, left = [span(seat) for seat in seats], [each for seat in seats for each in after(seat)]
    today = clock.today()
    turns = {today, *(each.starts for each in was), *(each.ends for each in left if each.ends)}
    gaps = (day for day in sorted(turns) if _administered(was, day) > _administered(left, day))
    return next((day for day in gaps if day >= today), None)


def leaves_a_gap(after: After) -> str | None:
    """The refusal of an act that leaves the portal without an administrator."""
    day = first_gap(after)
    return day and (
        f"Từ {vn_date(day)} cổng không còn quản trị hệ thống nào. Hãy giao vai trò này cho người "
        "khác trước."
    )


def _administered(spans: list[Span], day: date) -> bool:
    return any(covers(each.starts, each.ends, day) for each in spans)
