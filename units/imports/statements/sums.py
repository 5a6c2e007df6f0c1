"""Rows of districts, provinces and the country: each figure is the sum of their communes."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from config.text import vn_number
from units.imports.kind import Fault
from units.imports.lives import Life
from units.imports.statements.definition import COUNTS, label_of
from units.kinds import Kind
from units.models import PovertyTally

Sums = list[int]


@dataclass
class Roll:
    """The communes of the file summed over every unit above them, year by year.

    ``sums``: (year, unit above) → figures in the order of ``COUNTS``; 0 is the country.
    """

    sums: dict[tuple[int, int], Sums] = field(default_factory=dict)
    communes: dict[int, set[int]] = field(default_factory=dict)
    """Year → the communes that the file holds."""

    def add(self, year: int, life: Life, values: dict) -> None:
        """Count a commune's row to all units above it."""
        self.communes.setdefault(year, set()).add(life.pk)
        self.spread(year, life.path, [values[name] for name in COUNTS])

    def spread(self, year: int, path: str, figures: Sums) -> None:
        for above in above_of(path):
            found = self.sums.get((year, above))
            if found is None:
                self.sums[year, above] = list(figures)
            else:
                for place, figure in enumerate(figures):
                    found[place] += figure


def above_of(path: str) -> list[int]:
    """The units above a commune, and the country (0)."""
    return [0, *map(int, path.split("/")[:-2])]


@dataclass(frozen=True)
class Whole:
    """A row of sums as the file has it."""

    key: str
    year: int
    unit: int
    name: str
    figures: Sums


def compared(wholes: list[Whole], roll: Roll, alive: dict[int, list[Life]]) -> Iterator[Fault]:
    """Each row of sums that its parts do not make, and those whose parts are not all known.

    Communes that the file does not hold are taken from what is on file.
    """
    years = {whole.year for whole in wholes}
    _complete(roll, alive, years)
    expected = {year: _tally(alive[year]) for year in years}
    known = {
        year: _tally(life for life in alive[year] if life.pk in roll.communes[year])
        for year in years
    }
    for whole in wholes:
        missing = expected[whole.year][whole.unit] - known[whole.year][whole.unit]
        if missing or not expected[whole.year][whole.unit]:
            yield Fault("code", "sum_unchecked", _unchecked(whole, missing), False, whole.key)
            continue
        parts = roll.sums[whole.year, whole.unit]
        for name, told, counted in zip(COUNTS, whole.figures, parts, strict=True):
            if told is not None and told != counted:
                yield Fault(name, "sum_mismatch", _mismatch(whole, name, told, counted), True,
                            whole.key)  # fmt: skip


def _mismatch(whole: Whole, name: str, told: int, counted: int) -> str:
    return (
        f"{whole.name}, năm {whole.year}: “{label_of(name)}” ghi {vn_number(told)}, cộng các xã "
        f"được {vn_number(counted)} (chênh {vn_number(abs(told - counted))}); hãy sửa dòng này "
        "hoặc dòng của xã."
    )


def _unchecked(whole: Whole, missing: int) -> str:
    return (
        f"{whole.name}, năm {whole.year}: {vn_number(missing)} xã chưa có số liệu trong tệp và "
        "trong cổng nên không đối chiếu được dòng này; dòng này không được ghi."
    )


def _tally(lives: Iterable[Life]) -> Counter:
    """Unit above → how many of these communes it has."""
    return Counter(above for life in lives for above in above_of(life.path))


def _complete(roll: Roll, alive: dict[int, list[Life]], years: set[int]) -> None:
    """Add what is on file of communes that the file does not hold."""
    for year in years:
        held = roll.communes.setdefault(year, set())
        missing = {life.pk: life.path for life in alive[year] if life.pk not in held}
        if not missing:
            continue
        tallies = PovertyTally.objects.filter(
            year=year, origin=PovertyTally.Origin.STATEMENT, unit__kind=Kind.COMMUNE
        )
        for unit, *figures in tallies.values_list("unit", *COUNTS):
            if unit in missing:
                roll.spread(year, missing[unit], [figure or 0 for figure in figures])
                held.add(unit)


def communes_on(lives, day: date) -> list[Life]:
    """The communes that exist on that day."""
    return [life for life in lives if life.kind == Kind.COMMUNE and life.covers(day)]
