"""How all units of the register come to stand on those of one day."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import NamedTuple

from units.boundaries.fates import Fate, Link, Walk, stays
from units.boundaries.links import links_from
from units.kinds import Kind
from units.models import Unit, alive_on


class Gone(NamedTuple):
    """A unit that does not exist on the day."""

    path: str
    valid_from: date
    valid_to: date | None

    def above(self) -> list[int]:
        """The keys of the units it stood under, the nearest first."""
        return [int(key) for key in self.path.strip("/").split("/")[-2::-1]]

    def lived_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


class Carried:
    """Where the figures of any unit of these kinds lie on the units of the day.

    A unit that exists on the day keeps its own, so only the others are read and ``followed``;
    ``gone`` are these and all they pass through.
    """

    def __init__(self, day: date | None, kinds, gone: dict[int, Gone], onward=(), back=()):
        self.day, self.kinds = day, tuple(kinds)
        self.gone, self.followed = gone, list(gone)
        self._onward = Walk(onward, self.keeps, forward=True)
        self._back = Walk(back, self.keeps, forward=False)

    @cached_property
    def there(self) -> set[int]:
        """The keys of all units of these kinds that exist on the day; one query."""
        found = Unit.objects.as_of(self.day).filter(kind__in=self.kinds)
        return set(found.values_list("pk", flat=True))

    def keeps(self, unit: int) -> bool:
        """Whether the unit exists on the day."""
        return unit not in self.gone

    def fate(self, unit: int) -> Fate:
        """Where the unit's figures lie; at itself when it exists on the day."""
        if self.keeps(unit):
            return stays(unit)
        return (self._onward if self.has_ended(unit) else self._back).fate(unit)

    def has_ended(self, unit: int) -> bool:
        """Whether the unit ended before the day; one that starts later has not."""
        return self.gone[unit].valid_from <= self.day


AS_REPORTED = Carried(None, (), {})
"""Every unit keeps its own figures: nothing is carried anywhere."""


GONE = ("path", "valid_from", "valid_to")


def carried(
    day: date, kinds: Iterable[str] = (Kind.COMMUNE,), starts: Iterable[int] | None = None
) -> Carried:
    """The units of these kinds on the boundaries of the day: all, or those given by key.

    Three queries, or four; one where nothing is to be followed.
    """
    kinds = tuple(kinds)
    away = Unit.objects.filter(kind__in=kinds).exclude(alive_on(day))
    asked = away if starts is None else away.filter(pk__in=list(starts))
    gone = _lives(asked)
    if not gone:
        return Carried(day, kinds, gone)
    ended, later = asked.filter(valid_to__lte=day), asked.filter(valid_from__gt=day)
    onward, back = _links(ended, day, forward=True), _links(later, day, forward=False)
    found = Carried(day, kinds, gone, onward, back)
    if starts is not None:
        passed = {unit for link in (*onward, *back) for unit in link[:2] if unit not in gone}
        gone.update(_lives(away.filter(pk__in=passed)))
    return found


def _lives(units) -> dict[int, Gone]:
    return {pk: Gone(*life) for pk, *life in units.values_list("pk", *GONE).order_by()}


LINK = ("predecessor", "successor", "share", "predecessor__kind", "successor__kind")


def _links(starts, day, *, forward) -> list[Link]:
    """The links between units of one kind; an heir of another kind takes no figures over."""
    rows = links_from(starts, day, forward=forward).order_by("pk").values_list(*LINK)
    same = ((old, new, share, was == now) for old, new, share, was, now in rows)
    if forward:
        return [Link(old, new if fits else None, share) for old, new, share, fits in same]
    return [Link(old, new, share) for old, new, share, fits in same if fits]
