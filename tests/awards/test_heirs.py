"""The unit of a day: itself, its heir through several mergers, or a question to people."""

from datetime import date

import pytest

from awards.heirs import unit_on
from tests.factories.units import CommuneFactory, SuccessionFactory
from units.models import Succession

pytestmark = pytest.mark.django_db
FIRST, SECOND = date(2023, 1, 1), date(2025, 7, 1)


def test_a_unit_stands_for_itself_and_its_heirs_follow():
    link = SuccessionFactory(predecessor=CommuneFactory(valid_to=FIRST))
    middle = link.successor
    middle.valid_to = SECOND
    middle.save()
    last = SuccessionFactory(predecessor=middle).successor

    old = link.predecessor
    assert [unit_on(old, day).unit for day in (date(2022, 12, 31), FIRST, SECOND)] == [
        old, middle, last,
    ]  # fmt: skip


def test_a_split_names_the_choices_and_an_end_names_none():
    split = CommuneFactory(valid_to=FIRST)
    halves = [
        SuccessionFactory(predecessor=split, way=Succession.Way.SPLIT, share="0.5").successor
        for _ in range(2)
    ]
    ended = CommuneFactory(valid_to=FIRST)

    assert set(unit_on(split, SECOND).choices) == set(halves)
    assert unit_on(split, SECOND).unit is None
    found = unit_on(ended, SECOND)
    assert (found.unit, found.choices) == (None, ())
    assert "không có đơn vị kế thừa" in found.problem


def test_before_its_first_day_there_is_no_unit():
    young = CommuneFactory(valid_from=SECOND)

    assert "chỉ có từ 01/07/2025" in unit_on(young, FIRST).problem
