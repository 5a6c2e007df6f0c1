"""Counts of villages and communes by year: of a list as it streams by, or of what is on file."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from django.db.models import Min, Q, QuerySet

from units.households.courses import COUNTED, MOVED, Courses, Marks
from units.kinds import Kind
from units.models import HouseholdYear, PovertyTally, Unit, path_below

WIDTH = len(COUNTED)
AT_ONCE = 5_000
"""Households that are asked for in one query."""


class Counts:
    """Counts by unit and year, compactly: there may be 100,000 units."""

    def __init__(self, years: Sequence[int]):
        self.years = tuple(years)
        self._block = array("i", [0]) * (WIDTH * len(self.years))
        self._cells = array("i")
        self._starts: dict[int, int] = {}
        self._held: dict[int, int] = {}
        """Unit → the places of the years that are told of it, as bits."""

    def __iter__(self) -> Iterator[int]:
        """The units of which anything is told."""
        return iter(self._held)

    def hold(self, unit: int, place: int) -> None:
        """Tell of this unit and year, if only that there is no household."""
        self.start(unit, place)
        self._held[unit] = self._held.get(unit, 0) | 1 << place

    def held(self, unit: int) -> list[int]:
        """The places of the years that are told of the unit."""
        return [place for place in range(len(self.years)) if self._held.get(unit, 0) >> place & 1]

    def start(self, unit: int, place: int) -> int:
        """Where the counts of a unit and year begin; nought at first."""
        found = self._starts.get(unit)
        if found is None:
            found = self._starts[unit] = len(self._cells)
            self._cells.extend(self._block)
        return found + place * WIDTH

    def starts(self, units: Sequence[int]) -> Sequence[int]:
        """The same for one household's units by place of the year."""
        if len(set(units)) == 1:
            start = self.start(units[0], 0)
            return range(start, start + WIDTH * len(units), WIDTH)
        return tuple(self.start(unit, place) for place, unit in enumerate(units))

    def add(self, starts: Sequence[int], marks: Marks) -> None:
        """One household: ``starts`` by place of the year."""
        cells = self._cells
        for place, column in marks:
            cells[starts[place] + column] += 1

    def of(self, unit: int, place: int) -> list[int]:
        """The counts of a unit and year, in the order of ``COUNTED``."""
        start = self.start(unit, place)
        return list(self._cells[start : start + WIDTH])

    def forget_moves(self, unit: int, place: int) -> None:
        """Nobody has arisen in the first year of a list."""
        start = self.start(unit, place)
        for column in MOVED:
            self._cells[start + column] = 0


def counted_on_file(unit: Unit, years: Sequence[int]) -> dict[int, list[int]]:
    """Counts of a village or commune from the households on file, by year.

    A commune's are those of all households that belonged to it or to a village under it. What
    lists alone tell (ethnicity, inability) is nought here. Four queries.
    """
    held = HouseholdYear.objects.filter(path_below(unit.path, "unit__path"), year__in=years)
    mine: dict[int, set[int]] = defaultdict(set)
    for household, year in held.values_list("household", "year").order_by():
        mine[household].add(year)
    first = first_year_of(unit.parent if unit.kind == Kind.VILLAGE else unit)
    found, courses = {year: [0] * WIDTH for year in years}, Courses()
    for household, statuses in _statuses(mine, first, max(years)).items():
        for place, column in courses[statuses].marks[0]:
            if first + place in mine[household]:
                found[first + place][column] += 1
    return found


def first_year_of(commune: Unit) -> int:
    """The first year that a commune's list tells of, also as it was before a reorganisation."""
    ground = Unit.objects.on_ground_of([commune]).values("pk")
    units = Unit.objects.filter(Q(pk__in=ground) | Q(parent__in=ground))
    told = HouseholdYear.objects.filter(unit__in=units)
    return told.aggregate(first=Min("year"))["first"] or 0


def villages_counted(commune: Unit, year: int) -> QuerySet:
    """The keys of a commune's villages of which a list is counted in the year."""
    within = Unit.objects.filter(kind=Kind.VILLAGE, parent__in=Unit.objects.on_ground_of([commune]))
    told = PovertyTally.objects.filter(origin=PovertyTally.Origin.REGISTER, year=year)
    return told.filter(unit__in=within).values_list("unit", flat=True)


def _statuses(households: Iterable[int], first: int, last: int) -> dict[int, tuple[str, ...]]:
    """Each household's statuses in the order of the years, "" where there is none."""
    keys, length = list(households), last - first + 1
    found = {key: [""] * length for key in keys}
    for start in range(0, len(keys), AT_ONCE):
        told = HouseholdYear.objects.filter(
            household__in=keys[start : start + AT_ONCE], year__range=(first, last)
        )
        for key, year, status in told.values_list("household", "year", "status").order_by():
            found[key][year - first] = status
    return {key: tuple(statuses) for key, statuses in found.items()}
