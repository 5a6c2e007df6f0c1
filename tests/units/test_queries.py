"""Questions about the unit tree: lists, counts, ancestors, what became of a unit."""

from datetime import date

import pytest

from tests.factories.units import (
    CommuneFactory,
    DepartmentFactory,
    DistrictFactory,
    ProvinceFactory,
    SuccessionFactory,
    VillageFactory,
)
from units import queries
from units.kinds import Kind
from units.models import Succession

pytestmark = pytest.mark.django_db
END = date(2025, 1, 1)


def test_the_list_holds_the_units_of_the_day_with_their_parents(django_assert_num_queries):
    district = DistrictFactory()
    living = CommuneFactory(parent=district)
    CommuneFactory(parent=district, valid_to=date(2022, 1, 1))
    CommuneFactory(parent=district, valid_from=date(2023, 1, 1))

    with django_assert_num_queries(1):
        found = [(unit, unit.parent) for unit in queries.units_for_list(date(2022, 6, 30))]

    assert len(found) == 3
    assert set(found) == {(living, district), (district, district.parent), (district.parent, None)}


def test_units_of_other_days_are_those_that_match_but_do_not_exist_then():
    district = DistrictFactory(short_name="Tam Dương")
    ended = CommuneFactory(short_name="Tam Dương", parent=district, valid_to=date(2022, 1, 1))
    later = CommuneFactory(short_name="Tam Dương", parent=district, valid_from=date(2025, 7, 1))
    CommuneFactory(short_name="Đạo Tú", parent=district, valid_to=date(2022, 1, 1))

    found = queries.units_of_other_days(date(2023, 1, 1), "tam duong")

    assert list(found) == [ended, later]
    assert not queries.units_of_other_days(date(2023, 1, 1), "tam duong", Kind.DISTRICT).exists()


def test_parents_to_choose_are_provinces_and_districts_and_the_one_a_link_names():
    village = VillageFactory()
    commune = village.parent
    above = {commune.parent, commune.parent.parent}

    assert set(queries.parents_to_choose()) == above
    assert set(queries.parents_to_choose(also=str(commune.pk))) == above | {commune}


def test_too_many_districts_are_left_to_their_pages(monkeypatch):
    district = DistrictFactory()
    monkeypatch.setattr(queries, "DISTRICTS_OFFERED", 0)

    assert list(queries.parents_to_choose()) == [district.parent]
    assert district in queries.parents_to_choose(also=str(district.pk))


@pytest.mark.parametrize("also", ["abc", "-1", "1e9", "9" * 30, "²", ""])
def test_a_key_that_is_none_is_no_choice(also):
    assert list(queries.parents_to_choose(also=also)) == []


def test_counts_and_days_of_change():
    district = DistrictFactory()
    CommuneFactory.create_batch(2, parent=district, valid_to=END)
    CommuneFactory(parent=district, valid_from=END)

    assert queries.counts_by_kind(date(2024, 12, 31)) == {
        "province": 1,
        "district": 1,
        "commune": 2,
    }
    assert queries.counts_by_kind(END) == {"province": 1, "district": 1, "commune": 1}
    assert queries.counts_by_kind(date(2020, 1, 1)) == {}
    assert queries.days_of_change() == [date(2021, 1, 1), END]
    assert queries.days_of_change([Kind.DISTRICT]) == [date(2021, 1, 1)]


def test_ancestors_from_the_province_down(django_assert_num_queries):
    village = VillageFactory()
    commune = village.parent

    with django_assert_num_queries(1):
        above = queries.ancestors(village)

    assert above == [commune.parent.parent, commune.parent, commune]
    assert queries.ancestors(commune.parent.parent) == []


def test_children_of_a_day_are_those_directly_below():
    province = ProvinceFactory()
    office = DepartmentFactory(parent=province)
    DepartmentFactory(parent=office)
    district = DistrictFactory(parent=province)
    DistrictFactory(parent=province, valid_to=date(2022, 1, 1))
    CommuneFactory(parent=district)

    assert list(queries.children_on(province, date(2023, 1, 1))) == [office, district]


@pytest.mark.parametrize(
    ("today", "shown"),
    [
        (date(2020, 1, 1), date(2021, 1, 1)),
        (date(2023, 5, 5), date(2023, 5, 5)),
        (date(2030, 1, 1), date(2024, 12, 31)),
    ],
)
def test_the_day_to_show_is_the_nearest_of_the_units_life(today, shown):
    assert queries.day_to_show(ProvinceFactory(valid_to=END), today) == shown


def test_the_day_to_show_of_a_living_unit_is_today():
    assert queries.day_to_show(ProvinceFactory(), date(2030, 1, 1)) == date(2030, 1, 1)


# Heirs


def test_a_living_unit_is_its_own_heir():
    unit = CommuneFactory(valid_to=END)

    assert queries.heirs(unit, date(2024, 12, 31)).units == [unit]


def test_heirs_are_followed_over_several_reorganisations(django_assert_num_queries):
    link = SuccessionFactory()
    middle = link.successor
    middle.valid_to = date(2025, 7, 1)
    middle.save()
    last = SuccessionFactory(predecessor=middle).successor

    with django_assert_num_queries(1):
        fate = queries.heirs(link.predecessor, date(2025, 7, 1))

    assert (fate.units, fate.ends) == ([last], [])
    assert queries.heirs(link.predecessor, date(2025, 6, 30)).units == [middle]


def test_a_split_has_several_heirs_and_they_may_meet_again():
    old = CommuneFactory(valid_to=END, short_name="Cũ")
    halves = [
        CommuneFactory(
            valid_from=END, valid_to=date(2025, 7, 1), parent=old.parent, short_name=name
        )
        for name in ("Bắc", "Nam")
    ]
    whole = CommuneFactory(valid_from=date(2025, 7, 1), parent=old.parent)
    for half in halves:
        SuccessionFactory(predecessor=old, successor=half, way=Succession.Way.SPLIT, share="0.5")
        SuccessionFactory(predecessor=half, successor=whole)

    assert queries.heirs(old, date(2025, 2, 1)).units == halves
    assert queries.heirs(old, date(2025, 7, 1)).units == [whole]


def test_an_end_without_heir_is_told():
    old = CommuneFactory(valid_to=END)
    link = SuccessionFactory(predecessor=old, successor=None, way=Succession.Way.DISSOLVE)

    fate = queries.heirs(old, date(2026, 1, 1))

    assert (fate.units, fate.ends) == ([], [link])


def test_predecessors_and_successors_come_with_their_units(django_assert_num_queries):
    link = SuccessionFactory()

    with django_assert_num_queries(2):
        before = [found.predecessor.name for found in queries.successions_of(link.successor)[0]]
        after = [found.successor.name for found in queries.successions_of(link.predecessor)[1]]

    assert before == [link.predecessor.name]
    assert after == [link.successor.name]
