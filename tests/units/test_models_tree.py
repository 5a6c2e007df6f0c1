"""The unit tree: paths and subtrees, life in time, order and search, what the database refuses."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from config.text import fold
from tests.factories.units import (
    CommuneFactory,
    DepartmentFactory,
    DistrictFactory,
    EnterpriseFactory,
    ProvinceFactory,
    SuccessionFactory,
    VillageFactory,
)
from units import checks
from units.kinds import Kind, Tier
from units.models import Succession, Unit, path_below

pytestmark = pytest.mark.django_db


@pytest.fixture
def refused():
    """The database itself refuses, whoever writes."""

    def check(write):
        with pytest.raises(IntegrityError), transaction.atomic():
            write()

    return check


# Paths


def test_the_path_names_the_keys_from_the_province_down():
    village = VillageFactory()
    commune = village.parent
    district, province = commune.parent, commune.parent.parent

    assert village.path == f"{province.pk}/{district.pk}/{commune.pk}/{village.pk}/"


def test_a_subtree_holds_the_unit_and_all_below_and_no_neighbour():
    district = DistrictFactory()
    commune = CommuneFactory(parent=district)
    village, firm = VillageFactory(parent=commune), EnterpriseFactory(parent=commune)
    CommuneFactory(parent=DistrictFactory(parent=district.parent))

    assert set(Unit.objects.below(district)) == {district, commune, village, firm}
    assert district.contains(village)
    assert not village.contains(district)


def test_a_subtree_is_not_mixed_with_one_whose_key_starts_with_the_same_digits():
    inside = ["1/1/", "1/1/5/", "1/1/50/7/"]
    outside = ["1/", "1/10/", "1/10/5/", "1/2/", "11/1/"]
    for number, path in enumerate(inside + outside):
        unit = ProvinceFactory(code=f"P{number}")
        Unit.objects.filter(pk=unit.pk).update(path=path)

    found = Unit.objects.filter(path_below("1/1/")).values_list("path", flat=True)

    assert sorted(found) == inside


def test_the_subtree_without_the_unit_itself():
    commune = CommuneFactory()
    village = VillageFactory(parent=commune)

    assert list(Unit.objects.filter(path_below(commune.path, inclusive=False))) == [village]


def test_the_check_of_byte_order_is_content_with_this_database():
    assert checks.byte_order(databases=["default"]) == []
    assert checks.byte_order(databases=None) == []


@pytest.mark.postgres
def test_the_check_of_byte_order_names_a_column_in_another_order(monkeypatch):
    describe = connection.introspection.get_table_description

    def described(cursor, table):
        columns = describe(cursor, table)
        return [c._replace(collation="vi_VN") if c.name == "path" else c for c in columns]

    monkeypatch.setattr(connection.introspection, "get_table_description", described)

    (error,) = checks.byte_order(databases=["default"])

    assert error.id == "units.E001"
    assert "units_unit.path" in error.msg
    assert "vi_VN" in error.msg


# Time


def test_the_first_day_counts_and_the_end_is_the_first_day_without_the_unit():
    unit = ProvinceFactory(valid_from=date(2022, 1, 1), valid_to=date(2023, 1, 1))
    days = [date(2021, 12, 31), date(2022, 1, 1), date(2022, 12, 31), date(2023, 1, 1)]

    assert [unit.exists_on(day) for day in days] == [False, True, True, False]
    assert [Unit.objects.as_of(day).exists() for day in days] == [False, True, True, False]
    assert unit.last_day == date(2022, 12, 31)


def test_a_unit_without_end_lives_on():
    unit = ProvinceFactory()

    assert unit.exists_on(date(2099, 1, 1))
    assert unit.last_day is None


# Order and search


def test_territories_stand_by_their_own_name_in_vietnamese_order():
    district = DistrictFactory()
    for kind, name in [("Xã", "Yên Lạc"), ("Phường", "Ấm Thượng"), ("Xã", "Đạo Tú"), ("Xã", "Da")]:
        CommuneFactory(name=f"{kind} {name}", short_name=name, parent=district)

    names = list(Unit.objects.filter(kind=Kind.COMMUNE).in_order().values_list("name", flat=True))

    assert names == ["Phường Ấm Thượng", "Xã Da", "Xã Đạo Tú", "Xã Yên Lạc"]


def test_villages_with_numbers_stand_by_size():
    commune = CommuneFactory()
    for number in (10, 2, 1):
        VillageFactory(name=f"Thôn {number}", short_name=f"{number}", parent=commune)

    names = list(Unit.objects.filter(kind=Kind.VILLAGE).in_order().values_list("name", flat=True))

    assert names == ["Thôn 1", "Thôn 2", "Thôn 10"]


@pytest.mark.parametrize("words", ["doan thanh", "TỈNH ĐOÀN", "tinh  doan", "đoàn", "td"])
def test_search_knows_no_diacritics_and_no_capitals(words):
    unit = DepartmentFactory(code="TD", name="Đoàn Thanh niên tỉnh", short_name="Tỉnh Đoàn")
    DepartmentFactory(code="HND", name="Hội Nông dân tỉnh", short_name="Hội ND")

    assert list(Unit.objects.matching(fold(words))) == [unit]


@pytest.mark.parametrize("words", ["100%", "a_b", "%", "_"])
def test_signs_of_like_are_plain_text(words):
    ProvinceFactory(short_name="An Bình")

    assert not Unit.objects.matching(words).exists()


def test_a_very_long_name_still_fits_its_keys():
    unit = ProvinceFactory(name="Ậ" * 200, short_name="Ọ" * 120, code="9" * 20)

    unit.refresh_from_db()
    assert len(unit.sort_key) <= 400
    assert len(unit.search) <= 400


# What a unit is


@pytest.mark.parametrize(
    ("make", "tier"),
    [
        (ProvinceFactory, None),
        (DepartmentFactory, Tier.DEPARTMENT),
        (DistrictFactory, Tier.DISTRICT),
        (CommuneFactory, Tier.COMMUNE),
        (VillageFactory, Tier.VILLAGE),
        (EnterpriseFactory, Tier.ENTERPRISE),
    ],
)
def test_the_kind_tells_the_tier(make, tier):
    unit = make()

    assert unit.tier == tier
    if tier:
        assert list(Unit.objects.of_tiers(tier)) == [unit]


# What the database refuses


def test_two_units_with_one_code_and_one_first_day(refused):
    ProvinceFactory(code="26", valid_to=date(2025, 7, 1))

    refused(lambda: ProvinceFactory(code="26", valid_to=date(2024, 7, 1)))


def test_two_living_units_with_one_code(refused):
    ProvinceFactory(code="26")

    refused(lambda: ProvinceFactory(code="26", valid_from=date(2022, 1, 1)))


def test_an_end_before_the_start(refused):
    refused(lambda: ProvinceFactory(valid_to=date(2021, 1, 1)))


def test_a_province_under_another_and_a_district_under_none(refused):
    province = ProvinceFactory()

    refused(lambda: ProvinceFactory(parent=province))
    refused(lambda: DistrictFactory(parent=None))


def test_successions_that_make_no_sense(refused):
    link = SuccessionFactory()
    old, new = link.predecessor, link.successor

    refused(lambda: SuccessionFactory(predecessor=old, successor=new))
    refused(lambda: SuccessionFactory(predecessor=old))
    refused(lambda: SuccessionFactory(successor=None, way=Succession.Way.MERGE))
    refused(lambda: SuccessionFactory(share="1.5"))
    refused(lambda: SuccessionFactory(share="0"))
