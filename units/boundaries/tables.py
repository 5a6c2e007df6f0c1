"""Counts of several years on the rows of one day, what has no row, and what each sum is made of."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property, reduce
from operator import or_

from django.db.models import Count, Q, QuerySet

from units.boundaries.fates import Loose, Why
from units.boundaries.levels import row_key, rows_on
from units.boundaries.moves import Moved
from units.boundaries.placing import Placing
from units.boundaries.sources import Listed, Summed
from units.models import Unit, alive_on, path_below


@dataclass
class Cell:
    """One row in one year: the counts, and how far they can be relied on.

    ``reported`` of ``expected`` units have figures. ``carried``: units of other boundaries are in
    it; ``estimated``: one of them by its share only; ``short``: why a part that may belong here is
    not in it; ``apart``: units whose figures are not carried at all.
    """

    sums: dict = field(default_factory=dict)
    reported: int = 0
    expected: int = 0
    carried: bool = False
    estimated: bool = False
    short: set[Why] = field(default_factory=set)
    apart: int = 0

    def add(self, sums: Mapping, units: int) -> None:
        self.sums = {name: self.sums.get(name, 0) + amount for name, amount in sums.items()}
        self.reported += units

    def carry(self, amounts: Mapping, units: int, share: Fraction | None) -> None:
        """What a unit of other boundaries brings; it counts once, with its share."""
        self.add(amounts, units if share else 0)
        self.carried = True
        self.estimated |= share is not None and share < 1

    def take(self, other: "Cell") -> None:
        """Another cell's counts and doubts, added to these."""
        if other.told:
            self.add(other.sums, other.reported)
        self.expected += other.expected
        self.carried |= other.carried
        self.estimated |= other.estimated
        self.short |= other.short

    @property
    def told(self) -> bool:
        """Whether there are any counts."""
        return bool(self.sums)

    @property
    def complete(self) -> bool:
        """Whether every unit that belongs to it is in it, whole or by its share."""
        return self.told and self.reported >= self.expected and not self.short


class Table:
    """Years beside each other on the rows of one day, or each year on its own (``day`` None).

    ``days``: the day on which the units of each year are told. ``under``: only the rows below
    that unit. ``adds`` false: figures that cannot be summed (places, figures that add up nowhere)
    stay with the unit that has them. A fixed number of statements, whatever the number of rows.
    """

    def __init__(
        self,
        source: Summed | Listed,
        *,
        level: str,
        days: Mapping[int, date],
        day: date | None = None,
        under: Unit | None = None,
        adds: bool = True,
    ):
        self.source, self.level, self.days, self.day = source, level, days, day
        self.under, self.adds = under, adds
        self.moves = source.moves(level, day) if day else None
        followed = source.followed(self.moves) if day else ()
        self.placing = Placing(level, day, source.kinds, followed)

    # Rows

    def rows(self) -> QuerySet[Unit]:
        """The units that have a row, in Vietnamese order."""
        return Unit.objects.filter(self._rows).select_related("parent").in_order()

    @property
    def _rows(self) -> Q:
        days = [self.day] if self.day else self.days.values()
        rows = reduce(or_, (rows_on(self.level, day) for day in days), Q(pk__in=[]))
        if self.day is None:
            rows |= Q(pk__in=self.source.rows_told(self.level))
        if not self.adds:
            rows &= Q(kind__in=self.source.kinds)
        if self.under:
            rows &= path_below(self.under.path)
        return rows & self.source.within

    # Sums

    def cells(self, rows: Collection[int]) -> dict[int, dict[int, Cell]]:
        """Row → year → cell; three statements at most beside those that place the units."""
        rows = set(rows)
        found = {row: {year: Cell() for year in self.days} for row in rows}
        if self.moves is None:
            self._stay(rows, found)
        else:
            for line in self.source.moved(self.moves, rows, self.days):
                self._enter(found[line.row][line.year], line)
        for row in rows:
            self._expect_gone(row, found[row])
        sources = {unit for row in rows for unit in self.coming_to(row)}
        for line in self.source.of_units(sources) if sources else ():
            self._carry(line, found)
        return found

    def _stay(self, rows: set[int], found) -> None:
        """What units have that keep their boundary, and how many of them there are."""
        for row, year, units, sums in self.source.of_rows(self.level, self.day, rows):
            found[row][year].add(sums, units)
        for row, counts in self._owing(rows):
            for year, number in counts.items():
                found[row][year].expected += number

    def _enter(self, cell: Cell, line: Moved) -> None:
        """What the database has carried; figures that do not add up stay where they are."""
        cell.expected += line.owed if self.adds or not line.carried else 0
        if not line.units:
            return
        if line.carried and not self.adds:
            cell.apart += line.units
        else:
            cell.add(line.sums, line.units)
            cell.carried |= line.carried

    def _carry(self, line, found) -> None:
        """One unit's counts to the rows that it came to be part of."""
        unit, year, units, sums = line
        fate = self.placing.fate(unit)
        cells = {row: found[row][year] for row in fate.ends() & found.keys()}
        if not self.adds:
            for cell in cells.values():
                cell.apart += 1
            return
        shares = fate.shares
        for place, amounts in self.portions(unit, sums):
            if place in cells:
                cells[place].carry(amounts, units, shares.pop(place, None))
        for part in fate.loose:
            for row in part.ends() & cells.keys():
                cells[row].short.add(part.why)

    @property
    def gone(self):
        """The units that do not exist on the day, as far as they are followed."""
        return self.placing.units.gone

    def coming_to(self, row: int) -> list[int]:
        """The units followed whose figures the row holds, or may hold."""
        return self._coming_to.get(row, [])

    def portions(self, unit: int, sums: dict):
        """A unit's counts by row, see ``Placing.portions``."""
        return self.placing.portions(unit, sums, self.source.step)

    @cached_property
    def _coming_to(self) -> dict[int, list[int]]:
        found = defaultdict(list)
        for unit in self.placing.units.followed:
            for row in self.placing.fate(unit).ends():
                found[row].append(unit)
        return found

    def _owing(self, rows: set[int]) -> Iterable[tuple[int, dict[int, int]]]:
        """Row → how many units that keep their boundary have figures in a whole table, by year."""
        units = Unit.objects.filter(self.source.owing).annotate(at_row=row_key(self.level))
        units = units.filter(at_row__in=rows)
        units = units.as_of(self.day) if self.day else units
        counts = {
            f"of_{year}": Count("pk", filter=alive_on(day)) for year, day in self.days.items()
        }
        for row in units.values("at_row").order_by().annotate(**counts):
            yield row["at_row"], {year: row[f"of_{year}"] for year in self.days}

    def _expect_gone(self, row: int, cells: dict[int, Cell]) -> None:
        """Units of other times that belong to the row have figures in it too."""
        if not self.adds:
            return
        for unit in self.coming_to(row):
            if row in self.placing.fate(unit).shares:
                self._expect(unit, cells)

    def _expect(self, unit: int, cells: dict[int, Cell]) -> None:
        if unit in self._owed:
            gone = self.gone[unit]
            for year, day in self.days.items():
                cells[year].expected += gone.lived_on(day)

    @cached_property
    def _owed(self) -> set[int]:
        """Those followed of which a whole table has figures."""
        found = Unit.objects.filter(self.source.owing, pk__in=self.placing.units.followed)
        return set(found.values_list("pk", flat=True))

    # What has no row

    def leftovers(self) -> dict[Why, dict[int, Cell]]:
        """Counts that belong to no single row, by reason and year; within ``under`` where given."""
        found: dict = defaultdict(lambda: {year: Cell() for year in self.days})
        if not self.adds or not self.loose:
            return found
        for unit in self.loose:
            for why in {part.why for part in self.placing.fate(unit).loose if self.includes(part)}:
                self._expect(unit, found[why])
        for unit, year, units, sums in self.source.of_units(self.loose):
            counted = set()
            for place, amounts in self.portions(unit, sums):
                if isinstance(place, Loose) and self.includes(place):
                    once = 0 if place.why in counted else units
                    found[place.why][year].carry(amounts, once, place.weight)
                    counted.add(place.why)
        told = {why for why, cells in found.items() if any(c.told for c in cells.values())}
        return {why: found[why] for why in Why if why in told}

    @cached_property
    def loose(self) -> list[int]:
        """The units of other times of which some part has no row."""
        return [u for u in self.placing.units.followed if self.placing.fate(u).loose]

    def includes(self, part: Loose) -> bool:
        """Whether a loose part belongs to the table; one that only may be is left out."""
        return self.under is None or bool(self.placing.within(part, self._all_rows, self.under))

    @cached_property
    def _all_rows(self) -> set[int]:
        return set(self.rows().values_list("pk", flat=True).order_by())

    # Totals

    def totals(self) -> dict[int, Cell]:
        """The whole of each year: every unit once, whatever the boundaries."""
        if self.under is not None:
            return self._totals_within()
        found = {year: Cell() for year in self.days}
        counts = {
            f"of_{year}": Count("pk", filter=alive_on(day)) for year, day in self.days.items()
        }
        owing = Unit.objects.filter(self.source.owing).aggregate(**counts)
        told = self.source.of_years()
        for year, cell in found.items():
            cell.expected = owing[f"of_{year}"]
            if year in told:
                cell.add(told[year][1], told[year][0])
        return found

    def _totals_within(self) -> dict[int, Cell]:
        """The sums of all rows of a subtree, and of what lies in it without a row."""
        found = {year: Cell() for year in self.days}
        cells = [*self.cells(self._all_rows).values(), *self.leftovers().values()]
        for row in cells:
            for year, cell in row.items():
                found[year].take(cell)
        return found
