"""The days from which the map of units looks different, and how many units there are then."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from config.dated import covers
from units.models import Unit


@dataclass(frozen=True)
class MapDay:
    """A day on which units changed: the boundaries hold from then to the next one."""

    day: date
    counts: dict[str, int]
    """Units by kind; kinds without any are left out."""


def map_days(kinds: Iterable[str]) -> list[MapDay]:
    """Every day of change of these kinds in order, the register's first day included; one query."""
    kinds = list(kinds)
    lives = Unit.objects.filter(kind__in=kinds).values_list("kind", "valid_from", "valid_to")
    counted = list(lives.order_by().annotate(number=Count("pk")))
    days = sorted({day for _, *life, _ in counted for day in life if day})
    return [MapDay(day, _on(day, kinds, counted)) for day in days]


def _on(day: date, kinds, counted) -> dict[str, int]:
    found = dict.fromkeys(kinds, 0)
    for kind, starts, ends, number in counted:
        if covers(starts, ends, day):
            found[kind] += number
    return {kind: number for kind, number in found.items() if number}
