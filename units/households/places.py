"""Which unit a household belonged to at the end of each year.

A list names a village by its code together with the code of its commune, for codes are reused. The
household then hangs on that life of the village, and each of its years on the life that the
village led at the end of that year: forward and back along the successions of the register. Where
a village did not exist or cannot be told, its commune of that day holds the year; where the
register knows neither, the year stays with the life that the list named, and is marked.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

from django.db.models import Q

from units.boundaries import Carried, carried
from units.kinds import Kind
from units.models import Unit
from units.poverty.territory import year_end

UNKNOWN, MISMATCH, OUTSIDE = "unknown_village", "village_commune_mismatch", "outside_scope"
LOST_ZERO = "leading_zero_lost"


class Village(NamedTuple):
    """One life of a village; light, as there may be 100,000."""

    pk: int
    commune: int
    starts: date
    ends: date | None

    def covers(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or day < self.ends)


class Commune(NamedTuple):
    """One life of a commune; ``own``: whether the person may bring in its list."""

    code: str
    name: str
    starts: date
    ends: date | None
    own: bool

    covers = Village.covers


class Place(NamedTuple):
    """Where a household hangs: on which life of a village, of which commune, and in which units

    its years lie, in their order.
    """

    unit: int
    commune: int
    units: tuple[int, ...]


class Missing(NamedTuple):
    """Why a village and a commune named together are no place: the rule."""

    rule: str


class Places:
    """Every village of the register, with its commune. ``own`` bounds whose lists may come in.

    Two queries; a few more when villages ended or started between the years.
    """

    def __init__(self, years: Sequence[int], today: date, own: Q | None = None):
        self.days = tuple(map(year_end, years))
        self.today = today
        self._villages: dict[str, list[Village]] = {}
        self._codes: dict[int, str] = {}
        self._found: dict[tuple[str, str], Place | Missing] = {}
        self._at: dict[Village, Place] = {}
        self._followed: dict[tuple[date, str], Carried] = {}
        self.adrift: dict[int, set[int]] = {}
        """Year → the communes of villages that the register leads nowhere at its end."""
        communes = Unit.objects.filter(kind=Kind.COMMUNE)
        mine = None if own is None else set(communes.filter(own).values_list("pk", flat=True))
        rows = communes.values_list("pk", "code", "name", "valid_from", "valid_to")
        self.communes = {
            pk: Commune(*life, mine is None or pk in mine) for pk, *life in rows.iterator()
        }
        villages = Unit.objects.filter(kind=Kind.VILLAGE).order_by("valid_from", "pk")
        fields = ("code", "pk", "parent", "valid_from", "valid_to")
        for code, *life in villages.values_list(*fields).iterator(chunk_size=5_000):
            self._villages.setdefault(code, []).append(Village(*life))

    def of(self, village: str, commune: str) -> Place | Missing:
        """The place that two codes name together; each pair is looked up once."""
        found = self._found.get((village, commune))
        if found is None:
            found = self._found[village, commune] = self._look_up(village, commune)
        return found

    def named(self, village: str) -> bool:
        """Whether any village of the register carries the code."""
        return village in self._villages

    def at(self, unit: int) -> Place:
        """The place of a household that hangs on this life of a village."""
        return self._place(self._by_key[unit])

    def units_at(self, unit: int) -> tuple[int, ...]:
        """The units of the years of a household that hangs on this life of a village."""
        return self.at(unit).units

    @cached_property
    def _by_key(self) -> dict[int, Village]:
        return {life.pk: life for life in self}

    def __iter__(self) -> Iterator[Village]:
        for lives in self._villages.values():
            yield from lives

    def _look_up(self, village: str, commune: str) -> Place | Missing:
        lives = self._villages.get(village)
        if lives is None:
            lost = village.isdecimal() and f"0{village}" in self._villages
            return Missing(LOST_ZERO if lost else UNKNOWN)
        fitting = [life for life in lives if self.communes[life.commune].code == commune]
        if not fitting:
            return Missing(MISMATCH)
        if not (own := [life for life in fitting if self.communes[life.commune].own]):
            return Missing(OUTSIDE)
        begun = [life for life in own if life.starts <= self.today]
        return self._place(begun[-1] if begun else own[0])

    def _place(self, life: Village) -> Place:
        if life not in self._at:
            units = tuple(self._unit_on(life, day) for day in self.days)
            self._at[life] = Place(life.pk, life.commune, units)
        return self._at[life]

    def _unit_on(self, life: Village, day: date) -> int:
        """The village of that day, else the commune of that day, else the village as named."""
        if life.covers(day):
            return life.pk
        village = self._carried(day, Kind.VILLAGE).fate(life.pk).whole
        if village is not None:
            return village
        if self.communes[life.commune].covers(day):
            return life.commune
        commune = self._carried(day, Kind.COMMUNE).fate(life.commune).whole
        if commune is None:
            self.adrift.setdefault(day.year, set()).add(life.commune)
        return commune or life.pk

    def _carried(self, day: date, kind: str) -> Carried:
        if (day, kind) not in self._followed:
            self._followed[day, kind] = carried(day, (kind,))
        return self._followed[day, kind]

    def commune_of(self, unit: int) -> int:
        """The commune that a village lies in; a commune is its own."""
        return unit if unit in self.communes else self._by_key[unit].commune

    def under(self, communes: set[int]) -> list[Village]:
        """The lives of villages under these communes."""
        return [life for life in self if life.commune in communes]

    def covered(self, communes: set[int]) -> list[int]:
        """The units whose households a complete list of these communes must hold.

        The communes themselves, their villages, and what these were before or became since.
        """
        known = {self._now(life) for life in self.under(communes)}
        lives = (life.pk for life in self if self._now(life) in known)
        return [*sorted(communes), *lives]

    def _now(self, life: Village) -> int:
        """What has become of a village by today, by which its lives are known as one."""
        if life.covers(self.today):
            return life.pk
        return self._carried(self.today, Kind.VILLAGE).fate(life.pk).whole or life.pk
