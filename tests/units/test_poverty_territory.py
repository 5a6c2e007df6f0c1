"""A unit's ground in a year before its start or after its end."""

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
from units.models import Succession
from units.poverty.territory import territory

pytestmark = pytest.mark.django_db

END = date(2025, 7, 1)


def merged(*predecessors, parent, short_name="Liên Hoà", way=Succession.Way.MERGE):
    """A commune that took the place of others when the district level ended."""
    heir = CommuneFactory(parent=parent, valid_from=END, short_name=short_name)
    for predecessor in predecessors:
        SuccessionFactory(predecessor=predecessor, successor=heir, way=way)
    return heir


def old_commune(district, name):
    return CommuneFactory(parent=district, short_name=name, valid_to=END)


def test_a_living_unit_is_its_own_subtree_at_the_end_of_the_year(django_assert_num_queries):
    district = DistrictFactory()
    stays = CommuneFactory(parent=district)
    CommuneFactory(parent=district, valid_to=date(2023, 12, 31))
    CommuneFactory(parent=district, valid_from=date(2024, 1, 1))

    with django_assert_num_queries(1):
        assert list(territory(district, 2023).communes) == [stays]


def test_the_province_lives_on_in_the_communes_that_took_over_its_ground():
    old, new = ProvinceFactory(valid_to=END), ProvinceFactory(valid_from=END)
    district = DistrictFactory(parent=old, valid_to=END)
    a, b, c = (old_commune(district, name) for name in "ABC")
    heirs = {merged(a, b, parent=new), merged(c, parent=new, short_name="Tam Đảo")}

    ground = territory(old, 2025)

    assert set(ground.communes) == heirs
    assert (ground.refusal, ground.caveat) == ("", "")


def test_a_renamed_commune_is_followed_through_two_changes():
    new = ProvinceFactory(valid_from=END)
    district = DistrictFactory(valid_to=END)
    first = CommuneFactory(parent=district, short_name="Kim Long", valid_to=date(2023, 4, 10))
    second = CommuneFactory(
        parent=district, short_name="Kim Long", valid_from=date(2023, 4, 10), valid_to=END
    )
    SuccessionFactory(predecessor=first, successor=second, way=Succession.Way.RENAME)
    third = merged(second, parent=new)

    assert list(territory(first, 2025).communes) == [third]
    assert list(territory(third, 2022).communes) == [first]


def test_a_district_whose_ground_was_merged_with_another_cannot_be_told():
    new = ProvinceFactory(valid_from=END)
    one, two = DistrictFactory(valid_to=END), DistrictFactory(valid_to=END)
    merged(old_commune(one, "A"), old_commune(two, "Bồ Lý"), parent=new)

    ground = territory(one, 2025)

    assert not ground.communes.exists()
    assert ground.refusal == (
        f"Địa bàn {one.name} gộp chung với Xã Bồ Lý khi sắp xếp đơn vị, không tách được số liệu."
    )


def test_a_new_commune_reaches_back_to_all_it_was_made_of():
    new = ProvinceFactory(valid_from=END)
    one, two = DistrictFactory(valid_to=END), DistrictFactory(valid_to=END)
    a, b = old_commune(one, "A"), old_commune(two, "B")
    old_commune(two, "C")
    heir = merged(a, b, parent=new)

    assert set(territory(heir, 2022).communes) == {a, b}


def test_a_part_of_a_split_commune_cannot_be_told_apart_before_the_split():
    new = ProvinceFactory(valid_from=END)
    whole = old_commune(DistrictFactory(valid_to=END), "A")
    half = merged(whole, parent=new, way=Succession.Way.SPLIT)
    other = merged(whole, parent=new, short_name="Hoà Bình", way=Succession.Way.SPLIT)

    assert other.name in territory(half, 2022).refusal


def test_an_unknown_heir_is_named_as_a_doubt():
    new = ProvinceFactory(valid_from=END)
    old = ProvinceFactory(valid_to=END)
    district = DistrictFactory(parent=old, valid_to=END)
    heir = merged(old_commune(district, "A"), parent=new)
    lost = old_commune(district, "Bạch Lưu")
    SuccessionFactory(predecessor=lost, successor=None, way=Succession.Way.DISSOLVE)

    doubt = "Sổ đơn vị chưa ghi đơn vị tiếp nhận của Xã Bạch Lưu."

    assert territory(old, 2025).caveat == doubt
    assert territory(heir, 2022).caveat == doubt


def test_ground_that_nobody_took_over_is_said_to_be_lost():
    district = DistrictFactory(valid_to=END)
    old_commune(district, "A")

    assert territory(district, 2025).refusal == (
        f"Sổ đơn vị chưa ghi xã nào kế thừa địa bàn {district.name}."
    )


@pytest.mark.parametrize("factory", [VillageFactory, DepartmentFactory])
def test_units_without_communes_have_no_review(factory):
    unit = factory()

    assert territory(unit, 2023).refusal == (
        f"Kết quả rà soát được nhập đến cấp xã, không có số liệu riêng của {unit.name}."
    )


def test_a_lost_commune_still_lies_in_the_province_that_took_the_old_one_over_whole():
    old, new = ProvinceFactory(valid_to=END), ProvinceFactory(valid_from=END)
    SuccessionFactory(predecessor=old, successor=new)
    district = DistrictFactory(parent=old, valid_to=END)
    a, lost, moved = (old_commune(district, name) for name in ("A", "Bạch Lưu", "C"))
    merged(a, parent=new)
    merged(moved, parent=ProvinceFactory(valid_from=END), short_name="Xa")
    SuccessionFactory(predecessor=lost, successor=None, way=Succession.Way.DISSOLVE)

    ground = territory(new, 2022)

    assert set(ground.communes) == {a, lost}
    assert (ground.refusal, ground.caveat) == ("", "")
