"""People whose unit has ended and whom nobody has placed: their role counts for nothing.

So it goes with units whose end was loaded with the register: no decision was prepared here that
would have asked what becomes of each person.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from units.boundaries.links import links_from
from units.models import Appointment, Succession, Unit

AHEAD = timedelta(days=60)
"""So long before a known end people are shown as about to lose their place."""


@dataclass(frozen=True)
class Unplaced:
    """A person in a unit that has ended, or soon will, and where the register lets it go on."""

    seat: Appointment
    heirs: list[Unit]

    @property
    def key(self) -> str:
        return f"seat_{self.seat.pk}"


def unplaced_seats(day: date) -> QuerySet[Appointment]:
    """The roles that outlive their unit by that day, by unit and name."""
    seats = Appointment.objects.outliving(day).select_related("user", "unit")
    return seats.order_by("unit__valid_to", "unit__sort_key", "unit_id", "user__full_name", "pk")


def with_heirs(seats: list[Appointment], today: date) -> list[Unplaced]:
    """Each with the units that carry on the one it was in: today, or right after a coming end.

    Two queries. A unit that was split offers each of its parts, one without an heir none.
    """
    units = {seat.unit_id: seat.unit for seat in seats}
    latest = max([today, *(unit.valid_to for unit in units.values())])
    links = links_from(Unit.objects.filter(pk__in=units), latest, forward=True)
    forward = defaultdict(list)
    for link in links.select_related("successor").order_by("successor__sort_key", "pk"):
        forward[link.predecessor_id].append(link)
    heirs = {pk: _alive(unit, max(today, unit.valid_to), forward) for pk, unit in units.items()}
    return [Unplaced(seat, heirs[seat.unit_id]) for seat in seats]


def _alive(unit: Unit, day: date, forward: dict[int, list[Succession]]) -> list[Unit]:
    found, frontier, seen = {}, [unit], {unit.pk}
    while frontier:
        links = [link for each in frontier for link in forward[each.pk]]
        heirs = [link.successor for link in links if link.successor and link.date <= day]
        new = [heir for heir in heirs if heir.pk not in seen]
        seen |= {heir.pk for heir in new}
        found |= {heir.pk: heir for heir in new if heir.exists_on(day)}
        frontier = [heir for heir in new if not heir.exists_on(day)]
    return list(found.values())
