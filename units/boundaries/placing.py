"""Which row of a level's table holds the figures of a unit of any time."""

from collections.abc import Collection, Iterator
from datetime import date
from functools import cached_property

from units.boundaries.carrying import AS_REPORTED, Carried, carried
from units.boundaries.fates import Fate, Loose, spread, stays
from units.boundaries.levels import ABOVE, row_key
from units.models import Unit

Portion = tuple[int | Loose, dict]


class Placing:
    """Units of another time (``starts``) on the rows of a level on a day, reckoned one by one.

    ``day`` None: as reported, every unit at its own. A part without a place among communes may
    have one among districts: where all ways lead into one, or where the district that the lost
    commune stood in lives on, or went over whole.
    """

    def __init__(
        self, level: str, day: date | None, kinds: tuple[str, ...], starts: Collection[int]
    ):
        self.level, self.day = level, day
        self.units = carried(day, kinds, starts) if day else AS_REPORTED
        self._fates: dict[int, Fate] = {}
        self._others: dict[str, Carried] = {}

    def fate(self, unit: int) -> Fate:
        """The unit's figures by row."""
        if unit not in self._fates:
            self._fates[unit] = self.units.fate(unit).then(self._row, self._lost)
        return self._fates[unit]

    def portions(self, unit: int, sums: dict, step) -> Iterator[Portion]:
        """The unit's counts by row, in whole steps; what has no row by its loose part.

        Divided among communes first, then added up, so that tables of all levels agree.
        """
        for place, part in _divided(sums, self.units.fate(unit), step):
            known = isinstance(place, int)
            onward = self._row(place) if known else place.then(self._row, self._lost)
            yield from _divided(part, onward, step)

    def within(self, part: Loose, rows: set[int], unit: Unit) -> bool | None:
        """Whether a loose part lies in the subtree of ``unit``, whose rows these are; None: maybe.

        Where the part has no place known, the unit that it stood under tells.
        """
        inside, outside = stays(1), stays(0)

        def lost(loose):
            place = self._by_ancestor(loose, self._of_kind(unit.kind))
            return place and (inside if place == unit.pk else outside)

        found = part.then(lambda row: inside if row in rows else outside, lost)
        return None if found.loose or found.whole is None else bool(found.whole)

    def _row(self, unit: int) -> Fate:
        return stays(self._row_of[unit]) if self.level in ABOVE else stays(unit)

    @cached_property
    def _row_of(self) -> dict[int, int]:
        """The row of each unit that any of them may come to."""
        ends = set().union(*(self.units.fate(unit).ends() for unit in self.units.followed))
        there = Unit.objects.filter(pk__in=ends).annotate(at_row=row_key(self.level))
        return dict(there.values_list("pk", "at_row"))

    def _lost(self, part: Loose) -> Fate | None:
        if self.level not in ABOVE or part.at not in self.units.gone:
            return None
        row = self._by_ancestor(part, self._of_kind(ABOVE[self.level]))
        return None if row is None else stays(row)

    def _of_kind(self, kind: str) -> Carried:
        """How the units above come to stand on the day; read once."""
        if kind not in self._others:
            self._others[kind] = carried(self.day, [kind])
        return self._others[kind]

    def _by_ancestor(self, part: Loose, above: Carried) -> int | None:
        """The unit that a lost one stood under, where that exists on the day or went on whole."""
        for unit in self.units.gone[part.at].above():
            if unit in above.there:
                return unit
            if unit in above.gone and above.has_ended(unit):
                return above.fate(unit).whole
        return None


def _divided(sums: dict, fate: Fate, step) -> Iterator[Portion]:
    """Counts in whole steps by the places of a fate; no step is lost."""
    if (unit := fate.whole) is not None:
        yield unit, sums
        return
    parts = [(unit, share) for unit, share in sorted(fate.sure)]
    parts += [(part, part.weight) for part in sorted(fate.loose, key=_order)]
    weights = [weight for _, weight in parts]
    columns = {name: spread(amount, weights, step) for name, amount in sums.items()}
    for place, (unit, _) in enumerate(parts):
        yield unit, {name: column[place] for name, column in columns.items()}


def _order(part: Loose) -> tuple:
    return part.why, part.at, sorted(part.ends()), part.weight
