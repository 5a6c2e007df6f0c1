"""Tiles that stand where the districts lie: a map that needs no map, with values to read."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from units.models import Unit
from units.poverty.tables import ReviewRow

SHIPPED = Path(__file__).resolve().parent.parent / "data" / "district_tiles.json"
LETTERS = "ABCDE"
"""One letter a class, so that nobody needs to tell shades apart; A is the lowest."""


@dataclass(frozen=True)
class Tile:
    """One unit: the value to print (percent), its class and where it stands."""

    unit: Unit
    value: Decimal | None
    shade: int
    row: int = 0
    column: int = 0

    @property
    def letter(self) -> str:
        return LETTERS[self.shade - 1] if self.shade else ""


@dataclass(frozen=True)
class Shade:
    """A class of values in the legend, both bounds met by some unit."""

    shade: int
    least: Decimal
    most: Decimal

    @property
    def letter(self) -> str:
        return LETTERS[self.shade - 1]


@dataclass(frozen=True)
class TileMap:
    """The tiles in alphabetical order and what their shades mean. ``placed``: as they lie."""

    tiles: tuple[Tile, ...]
    shades: tuple[Shade, ...]
    placed: bool


@cache
def positions() -> dict[str, list[int]]:
    """Row and column of each district by its code, as the data of the portal have them."""
    return json.loads(SHIPPED.read_text(encoding="utf-8"))


def tile_map(rows: Sequence[ReviewRow]) -> TileMap:
    """The poverty rates of a table's rows in five classes of about the same number of units."""
    values = {row.unit.pk: row.figures.poor_rate if row.figures else None for row in rows}
    shades = _shades(sorted({value for value in values.values() if value is not None}))
    known = positions()
    placed = bool(rows) and all(row.opens and row.unit.code in known for row in rows)
    tiles = []
    for row in rows:
        value = values[row.unit.pk]
        place = known[row.unit.code] if placed else (0, 0)
        tiles.append(Tile(row.unit, value, _shade_of(value, shades), *place))
    return TileMap(tuple(tiles), shades, placed)


def _shades(values: list[Decimal]) -> tuple[Shade, ...]:
    """Distinct values, ascending, cut into at most five classes."""
    number = min(len(LETTERS), len(values))
    cuts = [round(place * len(values) / number) for place in range(number + 1)] if number else []
    return tuple(
        Shade(place + 1, values[cuts[place]], values[cuts[place + 1] - 1])
        for place in range(number)
    )


def _shade_of(value: Decimal | None, shades: tuple[Shade, ...]) -> int:
    """The class of a value, from 1; 0 where there is none."""
    if value is None:
        return 0
    return next(shade.shade for shade in shades if value <= shade.most)
