"""Where counts stand: in a table of the database, or in a short list read before.

Either hands out lines ``(place, year, units, sums)``: ``place`` is a row of the table or a unit,
``units`` how many have figures, ``sums`` the counts by name. ``moves`` is how the database itself
carries them, if it does; the units that it leaves are ``followed`` one by one. ``kinds`` are the
kinds of unit that have them, ``owing`` those of which a whole table has figures, as a condition on
units; ``within`` narrows it to what somebody may see. ``step`` is the smallest part that a count is
divided into.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.db.models import Count, F, Q, QuerySet

from units.boundaries.levels import row_key
from units.boundaries.moves import Moved, Moves
from units.kinds import Kind
from units.models import Unit

Line = tuple[int, int, int, dict]
MANY = 2_000
"""So many units are not named one by one in a statement; all are read instead."""


@dataclass(frozen=True)
class Summed:
    """Counts in a table, summed by the database; ``unit`` and ``year`` are the ways to them."""

    rows: QuerySet
    sums: Mapping[str, object]
    unit: str = "unit"
    year: str = "year"
    kinds: tuple[str, ...] = (Kind.COMMUNE,)
    step: Decimal | int = 1
    within: Q = Q()

    @property
    def owing(self) -> Q:
        return Q(kind__in=self.kinds) & self.within

    def moves(self, level: str, day: date) -> Moves:
        """How the database itself carries these counts to the day."""
        return Moves(level, day, self.kinds)

    def followed(self, moves: Moves) -> set[int]:
        """The units that the database does not carry."""
        return moves.tangled()

    def of_rows(self, level: str, day: date | None, rows: Collection[int]) -> Iterator[Line]:
        """What the units have that belong to each row in their own time."""
        found = self.rows.annotate(at_row=row_key(level, f"{self.unit}__"))
        return self._told(found.filter(at_row__in=rows))

    def moved(self, moves: Moves, rows: Collection[int], days: Mapping) -> Iterator[Moved]:
        """What has come whole to each row, and how many units belong to it."""
        lines = self._lines(self.rows.annotate(at_row=F(f"{self.unit}_id")))
        names = [f"sum_{name}" for name in self.sums]
        for found in moves.sums(lines, names, rows, self.owing, days):
            yield found._replace(sums=self._exact(found.sums))

    def of_units(self, units: Collection[int]) -> Iterator[Line]:
        """Each of these units by itself."""
        found = self.rows.annotate(at_row=F(f"{self.unit}_id"))
        if len(units) > MANY:
            return (line for line in self._told(found) if line[0] in units)
        return self._told(found.filter(at_row__in=list(units)))

    def of_years(self) -> dict[int, tuple[int, dict]]:
        """All units of a year together: how many have figures, and the sums."""
        found = self.rows.values(at=F(self.year)).order_by().annotate(**self._aggregates())
        return {row["at"]: (row["units_told"], self._exact(row)) for row in found}

    def rows_told(self, level: str) -> QuerySet:
        """The rows that any figure adds to where nothing is carried; a subquery."""
        return self.rows.order_by().values(told=row_key(level, f"{self.unit}__")).distinct()

    def _lines(self, found: QuerySet) -> QuerySet:
        lines = found.values(told_unit=F("at_row"), told_year=F(self.year)).order_by()
        return lines.annotate(**self._aggregates())

    def _told(self, found: QuerySet) -> Iterator[Line]:
        for row in self._lines(found).iterator(chunk_size=5_000):
            yield row["told_unit"], row["told_year"], row["units_told"], self._exact(row)

    def _aggregates(self) -> dict:
        told = {"units_told": Count(self.unit, distinct=True)}
        return told | {f"sum_{name}": total for name, total in self.sums.items()}

    def _exact(self, row: Mapping) -> dict:
        """The sums as the steps they are counted in; a database may have made floats of them."""
        return {name: self._stepped(row[f"sum_{name}"]) for name in self.sums}

    def _stepped(self, value) -> Decimal | int:
        if self.step == 1:
            return int(value or 0)
        return Decimal(str(value or 0)).quantize(Decimal(self.step))


@dataclass(frozen=True)
class Listed:
    """Counts of units at the head of a branch, and of those that stand in for them.

    A district, or a commune right under the province, is a head and counts as one unit in its
    line; what is below a head fills its gap and counts as none.
    """

    lines: Iterable[Line]
    step: Decimal | int = 1
    kinds: tuple[str, ...] = (Kind.DISTRICT, Kind.COMMUNE)
    within: Q = Q()

    @cached_property
    def _by_unit(self) -> dict[int, list[Line]]:
        found = defaultdict(list)
        for line in self.lines:
            found[line[0]].append(line)
        return found

    @property
    def owing(self) -> Q:
        heads = Q(kind=Kind.DISTRICT) | Q(kind=Kind.COMMUNE, parent__kind=Kind.PROVINCE)
        return heads & self.within

    def moves(self, level: str, day: date) -> None:
        """Nothing is carried by the database: the list is not in it."""
        return

    def followed(self, moves: None) -> set[int]:
        """All of its units."""
        return set(self._by_unit)

    def of_rows(self, level: str, day: date | None, rows: Collection[int]) -> Iterator[Line]:
        """What the units have that exist on the day, each line at the row it belongs to."""
        units = Unit.objects.filter(pk__in=list(self._by_unit))
        units = (units if day is None else units.as_of(day)).annotate(at_row=row_key(level))
        for unit, row in units.filter(at_row__in=rows).values_list("pk", "at_row"):
            yield from ((row, *line[1:]) for line in self._by_unit[unit])

    def of_units(self, units: Collection[int]) -> Iterator[Line]:
        """Each of these units by itself."""
        return (line for unit in units for line in self._by_unit.get(unit, ()))

    def of_years(self) -> dict[int, tuple[int, dict]]:
        """All units of a year together: how many heads have figures, and the sums."""
        found: dict[int, tuple[int, dict]] = {}
        for _, year, number, sums in self.lines:
            units, before = found.get(year, (0, dict.fromkeys(sums, 0)))
            found[year] = units + number, {name: before[name] + sums[name] for name in sums}
        return found

    def rows_told(self, level: str) -> QuerySet:
        """The rows that any figure adds to where nothing is carried; a subquery."""
        units = Unit.objects.filter(pk__in=list(self._by_unit)).order_by()
        return units.values(told=row_key(level)).distinct()
