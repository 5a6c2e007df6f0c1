"""A country of invented units with as many communes and villages as Viet Nam had before 2025."""

from collections.abc import Iterator
from datetime import date
from itertools import count
from random import Random

from tests.benchmarks.nation import NAMES_FIRST, NAMES_SECOND, SHAPE
from tests.benchmarks.room import settled
from units.actions import load_standards
from units.kinds import Kind
from units.models import Unit

START = date(2021, 1, 1)
VILLAGES = (6, 7, 8, 9, 9, 10, 11)
"""Numbers of villages of a commune, one as likely as the other: some 90,000 in all."""


class Country:
    """Provinces, districts, communes and villages; ``villages`` holds (code, commune's code)."""

    def __init__(self):
        load_standards()
        self.luck, self.keys = Random(166), count(1)
        self.names = NAMES_FIRST.split(), NAMES_SECOND.split()
        self.communes: list[Unit] = []
        self.villages: list[tuple[str, str]] = []
        made: list[Unit] = []
        for province in self._provinces(made):
            self._fill(province, made)
        Unit.objects.bulk_create(made, batch_size=5_000)
        settled(Unit)

    def _provinces(self, made: list[Unit]) -> Iterator[tuple[Unit, tuple[int, int]]]:
        for number, shape in enumerate((*SHAPE, (9, 136)), start=1):
            province = self._unit(f"{number:02}", Kind.PROVINCE, None)
            made.append(province)
            yield province, shape

    def _fill(self, placed: tuple[Unit, tuple[int, int]], made: list[Unit]) -> None:
        province, (districts, communes) = placed
        above = [
            self._unit(f"{province.code}{number:02}", Kind.DISTRICT, province)
            for number in range(districts)
        ]
        made += above
        for number in range(communes):
            code = f"{10_000 + len(self.communes):05}"
            commune = self._unit(code, Kind.COMMUNE, above[number * districts // communes])
            self.communes.append(commune)
            made.append(commune)
            for village in range(1, self.luck.choice(VILLAGES) + 1):
                made.append(self._unit(f"{code}{village:02}", Kind.VILLAGE, commune))
                self.villages.append((made[-1].code, code))

    def _unit(self, code: str, kind: str, parent: Unit | None) -> Unit:
        short = " ".join(map(self.luck.choice, self.names))
        unit = Unit(
            pk=next(self.keys),
            code=code,
            name=short,
            short_name=short,
            kind=kind,
            parent=parent,
            valid_from=START,
        )
        unit.fill_keys()
        unit.path = unit.place()
        return unit
