"""Tiles: five classes, a letter and a value each, and where the districts stand."""

from decimal import Decimal

import pytest

from units.kinds import Kind
from units.models import Unit
from units.poverty.figures import COUNTS, Figures
from units.poverty.tables import ReviewRow
from units.poverty.tiles import positions, tile_map


def row(pk, poor, code="", kind=Kind.COMMUNE):
    """A unit with so many poor of 10,000 households; None: nothing is known."""
    counts = dict.fromkeys(COUNTS, 0) | {"households": 10_000, "poor_closing": poor}
    unit = Unit(pk=pk, code=code or f"{pk:05}", kind=kind)
    return ReviewRow(unit, None if poor is None else Figures(counts), 1, 1)


def shades(*values):
    found = tile_map([row(place, value) for place, value in enumerate(values, start=1)])
    return [(tile.shade, tile.letter) for tile in found.tiles]


def test_classes_go_from_low_to_high_and_hold_about_the_same_number():
    found = shades(10, 90, 30, 50, 70, 20, 40, 60, 80, 100)

    assert [shade for shade, _ in found] == [1, 5, 2, 3, 4, 1, 2, 3, 4, 5]
    assert found[0] == (1, "A")
    assert found[1] == (5, "E")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((7,), [1]),
        ((7, 7, 7), [1, 1, 1]),
        ((5, 9), [1, 2]),
        ((None, 5), [0, 1]),
        ((None,), [0]),
        ((), []),
    ],
)
def test_few_or_equal_values_need_fewer_classes(values, expected):
    assert [shade for shade, _ in shades(*values)] == expected


def test_equal_values_are_of_one_class_and_the_legend_names_its_bounds():
    found = tile_map([row(place, value) for place, value in enumerate((5, 5, 6, 9, 12, 15, 20))])

    by_value = {}
    for tile in found.tiles:
        by_value.setdefault(tile.value, set()).add(tile.shade)
    assert all(len(classes) == 1 for classes in by_value.values())
    assert (found.shades[0].least, found.shades[-1].most) == (Decimal("0.05"), Decimal("0.20"))


def test_districts_stand_where_they_lie_if_all_are_known():
    codes = list(positions())
    rows = [row(pk, pk, code, Kind.DISTRICT) for pk, code in enumerate(codes, start=1)]

    found = tile_map(rows)

    assert found.placed
    assert {(tile.row, tile.column) for tile in found.tiles} == set(
        map(tuple, positions().values())
    )
    assert not tile_map([*rows, row(99, 5, "999", Kind.DISTRICT)]).placed


def test_no_two_districts_share_a_place():
    assert len(set(map(tuple, positions().values()))) == len(positions())
