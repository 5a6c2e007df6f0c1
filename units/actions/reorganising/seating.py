"""People of units that end: their roles end with the unit, and go on in another where chosen."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from config import clock
from units.kinds import Role
from units.models import Appointment, LogEntry, Reorganisation, Unit, User
from units.reorganising.drawing import Drawing


class Move(NamedTuple):
    """A role that ends on a day, and the unit in which it goes on from then (None: it does not)."""

    seat: Appointment
    day: date
    unit: Unit | None


def move_people(drawing: Drawing, reorganisation: Reorganisation, *, by, at) -> dict:
    """Carry out what was chosen for each role of the units that end; keys for the way back."""
    moves = [
        Move(seat, drawing.day, drawing.destination(drawing.choice(seat))) for seat in drawing.seats
    ]
    return write_moves(moves, basis=reorganisation.basis, by=by, at=at)


def write_moves(moves: Iterable[Move], *, basis: str, by, at) -> dict:
    """End the old roles, give the new ones, write the log; keys and former ends.

    A role that was to start after the day never counts where it is; it starts then in the new
    unit. Two roles that come to be one are given once, to the later end.
    """
    moves = list(moves)
    ended, given = [], {}
    for seat, day, unit in moves:
        if unit is not None:
            _give(given, seat, day, unit, basis)
        if seat.starts < day:
            ended.append([seat.pk, seat.ends.isoformat() if seat.ends else None])
            seat.ends = day
    Appointment.objects.bulk_update([move.seat for move in moves], ["ends"], batch_size=500)
    made = Appointment.objects.bulk_create(given.values(), batch_size=500)
    LogEntry.objects.bulk_create([_told(move, by, at) for move in moves], batch_size=500)
    return {
        "seats_ended": ended,
        "seats_started": [seat.pk for seat in made],
        "people": sorted({move.seat.user_id for move in moves}),
    }


def _give(given: dict, seat: Appointment, day: date, unit: Unit, basis: str) -> None:
    key = (seat.user_id, unit.pk, seat.role)
    new = Appointment(
        user_id=seat.user_id,
        unit=unit,
        role=seat.role,
        starts=max(seat.starts, day, unit.valid_from),
        ends=seat.ends,
        basis=basis[:300],
    )
    if other := given.get(key):
        other.starts = min(other.starts, new.starts)
        other.ends = None if None in (other.ends, new.ends) else max(other.ends, new.ends)
    else:
        given[key] = new


def _told(move: Move, by, at) -> LogEntry:
    """It holds on to no unit, see ``units.actions.reorganising.carrying``."""
    goes_to = move.unit.name if move.unit else ""
    return LogEntry(
        at=at,
        by=by,
        action="move_appointment" if move.unit else "end_appointment",
        model=Appointment._meta.label,
        object_id=move.seat.pk,
        label=str(move.seat)[:300],
        changes={"ends": ["", str(move.day)], "unit": [move.seat.unit.name, goes_to]},
    )


def follow_up(done: dict) -> None:
    """The door of the admin pages stands open to those who are administrators now."""
    people = User.objects.filter(pk__in=done["people"])
    lasting = Q(ends__isnull=True) | Q(ends__gt=clock.today())
    lasting &= Q(unit__valid_to__isnull=True) | Q(unit__valid_to__gt=clock.today())
    seats = Appointment.objects.filter(lasting, role=Role.ADMINISTRATOR)
    keepers = seats.values("user")
    people.filter(pk__in=keepers).update(is_staff=True)
    people.exclude(pk__in=keepers).update(is_staff=False)
