"""Codes of households begin with the code of a commune: of which one they may.

Of the household's commune, of the communes that its village lay in before, and of those that these
took over whole. Whoever writes any other code would hold it against the commune that it belongs
to, and could ask which codes there are in use.
"""

from collections.abc import Iterable
from functools import cached_property

from units.households.places import Place, Places
from units.kinds import Kind
from units.models import Succession, Unit

COMMUNE_DIGITS = 5


def commune_codes(unit: Unit) -> list[str]:
    """The codes for households of a village or commune, its own commune's first; three queries."""
    lives = Unit.objects.on_ground_of([unit])
    above = lives.values("parent") if unit.kind == Kind.VILLAGE else lives.values("pk")
    ground = Unit.objects.on_ground_of(list(Unit.objects.filter(pk__in=above).only("pk")))
    own = unit.parent.code if unit.kind == Kind.VILLAGE else unit.code
    return _own_first(own, ground.values_list("code", flat=True))


def _own_first(own: str, codes: Iterable[str]) -> list[str]:
    return sorted(set(codes), key=lambda code: (code != own, code))


class Codes:
    """The same for the places of a list; the successions are read when one is asked for."""

    def __init__(self, places: Places):
        self._places = places
        self._of_commune: dict[int, set[str]] = {}

    def fit(self, place: Place, code: str) -> bool:
        """Whether a household of the place may bear the code."""
        if place.commune not in self._of_commune:
            self._of_commune[place.commune] = self._codes([place.commune])
        begins = code[:COMMUNE_DIGITS]
        return begins in self._of_commune[place.commune] or begins in self.of(place)

    def of(self, place: Place) -> list[str]:
        """The codes for households of the place, its own commune's first."""
        lives = self._ground([place.unit], Kind.VILLAGE)
        found = self._codes({self._places.commune_of(life) for life in lives})
        return _own_first(self._places.communes[place.commune].code, found)

    def ground(self, communes: Iterable[int]) -> set[int]:
        """These communes and those that they took over whole."""
        return self._ground(communes, Kind.COMMUNE)

    def _codes(self, communes: Iterable[int]) -> set[str]:
        return {self._places.communes[commune].code for commune in self.ground(communes)}

    def _ground(self, units: Iterable[int], kind: str) -> set[int]:
        """These and all that they took over whole, back in time."""
        older = self._villages if kind == Kind.VILLAGE else self._communes
        found, waiting = set(), list(units)
        while waiting:
            unit = waiting.pop()
            if unit not in found:
                found.add(unit)
                waiting += older.get(unit, ())
        return found

    @cached_property
    def _communes(self) -> dict[int, tuple[int, ...]]:
        return _taken_over(Kind.COMMUNE)

    @cached_property
    def _villages(self) -> dict[int, tuple[int, ...]]:
        return _taken_over(Kind.VILLAGE)


def _taken_over(kind: str) -> dict[int, tuple[int, ...]]:
    links = Succession.objects.filter(predecessor__kind=kind, successor__kind=kind)
    links = links.exclude(way=Succession.Way.SPLIT).values_list("predecessor", "successor")
    found: dict[int, tuple[int, ...]] = {}
    for old, new in links.order_by().iterator():
        found[new] = (*found.get(new, ()), old)
    return found
