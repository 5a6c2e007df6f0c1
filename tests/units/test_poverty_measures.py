"""The figures of the plan, each against a sum done by hand, and when they cannot be told."""

from decimal import Decimal

import pytest

from tests.factories.poverty import (
    PovertyPlanFactory,
    PovertyReviewFactory,
    both_standards,
    two_districts,
)
from tests.factories.tallies import PovertyTallyFactory
from tests.factories.units import CommuneFactory, VillageFactory
from units.models import PovertyStandard
from units.models.poverty import Stage
from units.poverty import poor_near_reduction
from units.poverty import rate_reduction_over_plan as over_plan

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _standards():
    both_standards()


def fall_since_2021(unit, year):
    return poor_near_reduction(unit, year, 2021)


def reviewed(unit, year, **figures):
    return PovertyReviewFactory(unit=unit, year=year, **figures)


# What cannot be told


@pytest.mark.parametrize(
    "measure", [lambda unit: fall_since_2021(unit, 2023), lambda unit: over_plan(unit, 2023)]
)
def test_no_review_no_figure(measure):
    commune = CommuneFactory()

    found = measure(commune)

    assert (found.value, found.parts) == (None, ())
    assert found.reason == f"Chưa có kết quả rà soát năm 2023 của {commune.name}."


def test_a_missing_commune_leaves_the_province_without_a_figure():
    province, ((_, (a, _)), _) = two_districts()
    reviewed(a, 2023)

    assert fall_since_2021(province, 2023).reason == (
        f"Mới có kết quả rà soát năm 2023 của 1/4 xã thuộc {province.name}."
    )


def test_a_preliminary_figure_says_so():
    commune = CommuneFactory()
    reviewed(commune, 2022)
    reviewed(commune, 2023, stage=Stage.PRELIMINARY)

    assert "Số liệu năm 2023 là số sơ bộ." in fall_since_2021(commune, 2023).reason


# III.1.b, ý 8


def test_the_start_of_the_period_is_the_opening_of_2022_by_the_new_standard():
    """End 2021 by the old standard is 7; the same day by the new one is 40."""
    commune = CommuneFactory()
    reviewed(commune, 2021, poor_opening=7, near_opening=2)
    reviewed(commune, 2022, poor_opening=40, near_opening=60)
    reviewed(commune, 2023, poor_opening=18, near_opening=30, poor_unable=11)

    fall = fall_since_2021(commune, 2023)

    assert fall.value == Decimal("52.00")  # from 100 to 48
    assert fall.parts == (
        ("Hộ nghèo đầu năm 2022", 40),
        ("Hộ cận nghèo đầu năm 2022", 60),
        ("Hộ nghèo cuối năm 2023", 18),
        ("Hộ cận nghèo cuối năm 2023", 30),
        ("Trong đó hộ nghèo không có khả năng lao động năm 2023", 11),
    )
    assert "vì số cuối năm 2021 đo theo chuẩn cũ" in fall.reason


def test_in_the_first_year_opening_and_closing_are_of_the_same_row():
    commune = CommuneFactory()
    reviewed(commune, 2022, poor_opening=40, poor_escaped=10, near_opening=10)

    assert fall_since_2021(commune, 2022).value == Decimal("20.00")


def test_a_baseline_of_the_same_standard_is_a_closing():
    commune = CommuneFactory()
    reviewed(commune, 2022, poor_opening=50, poor_escaped=10, near_opening=0)
    reviewed(commune, 2024, poor_opening=10, near_opening=0)

    fall = poor_near_reduction(commune, 2024, 2022)

    assert fall.value == Decimal("75.00")
    assert fall.parts[0] == ("Hộ nghèo cuối năm 2022", 40)


def test_a_rise_is_negative():
    commune = CommuneFactory()
    reviewed(commune, 2022, poor_opening=40, near_opening=60)
    reviewed(commune, 2023, poor_opening=50, near_opening=60)

    assert fall_since_2021(commune, 2023).value == Decimal("-10.00")


def test_the_unrounded_fall_stands_beside_the_rounded_one():
    commune = CommuneFactory()
    reviewed(commune, 2022, poor_opening=1, near_opening=2)
    reviewed(commune, 2023, poor_opening=1, near_opening=0)

    fall = fall_since_2021(commune, 2023)

    assert fall.value == Decimal("66.67")
    assert fall.exact == Decimal(200) / 3


def test_a_district_falls_as_the_sum_of_its_communes():
    _, ((district, (a, b)), _) = two_districts()
    for commune, start, end in ((a, 30, 30), (b, 70, 10)):
        reviewed(commune, 2022, poor_opening=start, near_opening=0)
        reviewed(commune, 2023, poor_opening=end, near_opening=0)

    assert fall_since_2021(district, 2023).value == Decimal("60.00")


def test_a_change_of_standard_in_between_leaves_the_baseline_to_the_board():
    PovertyStandard.objects.create(code="2027-2030", first_year=2027, last_year=2030)
    commune = CommuneFactory()
    reviewed(commune, 2022)
    reviewed(commune, 2027)

    fall = fall_since_2021(commune, 2027)

    assert fall.value is None
    assert "hai chuẩn nghèo khác nhau, không so sánh được" in fall.reason


def test_nobody_poor_at_the_start_leaves_nothing_to_fall():
    commune = CommuneFactory()
    reviewed(commune, 2022, poor_opening=0, near_opening=0)
    reviewed(commune, 2023, poor_opening=0, near_opening=0)

    fall = fall_since_2021(commune, 2023)

    assert fall.value is None
    assert fall.reason == f"Đầu kỳ {commune.name} không có hộ nghèo, hộ cận nghèo."


@pytest.mark.parametrize("year", [2020, 2021])
def test_the_baseline_year_itself_has_no_fall(year):
    assert fall_since_2021(CommuneFactory(), year).reason == (
        "Mức giảm được tính từ sau năm gốc 2021."
    )


def test_without_the_review_of_2022_there_is_no_start():
    commune = CommuneFactory()
    reviewed(commune, 2023)

    assert fall_since_2021(commune, 2023).reason == (
        f"Chưa có kết quả rà soát năm 2022 của {commune.name}."
    )


# III.1.c, ý 5


def planned(commune, year=2023, figure="0.30"):
    return PovertyPlanFactory(unit=commune, year=year, rate_reduction=Decimal(figure))


@pytest.mark.parametrize(
    ("poor", "beyond"), [(12, "0.50"), (17, "0.00"), (18, "-0.10"), (30, "-1.30")]
)
def test_the_fall_of_the_rate_beyond_the_plan(poor, beyond):
    commune = CommuneFactory()
    reviewed(commune, 2022, poor_opening=20)
    reviewed(commune, 2023, poor_opening=poor)
    planned(commune)

    found = over_plan(commune, 2023)

    assert found.value == Decimal(beyond)
    assert found.parts[:2] == (
        ("Tỷ lệ hộ nghèo cuối năm 2022 (%)", Decimal("2.00")),
        ("Tỷ lệ hộ nghèo cuối năm 2023 (%)", Decimal(poor) / 10),
    )
    assert found.parts[3] == ("Chỉ tiêu được giao (điểm %)", Decimal("0.30"))


def test_without_a_plan_figure_the_fall_is_shown_and_the_criterion_stays_open():
    commune = CommuneFactory()
    reviewed(commune, 2022, poor_opening=20)
    reviewed(commune, 2023, poor_opening=12)

    found = over_plan(commune, 2023)

    assert found.value is None
    assert found.reason == f"Chưa nhập chỉ tiêu giảm nghèo năm 2023 của {commune.name}."
    assert found.parts[2] == ("Mức giảm trong năm (điểm %)", Decimal("0.80"))


def test_across_a_change_of_standard_the_opening_takes_the_place_of_the_year_before():
    commune = CommuneFactory()
    reviewed(commune, 2021, poor_opening=500, near_opening=0)
    reviewed(commune, 2022, poor_opening=20, poor_escaped=8)
    planned(commune, 2022)

    found = over_plan(commune, 2022)

    assert found.value == Decimal("0.50")
    assert found.parts[0] == ("Tỷ lệ hộ nghèo đầu năm 2022 (%)", Decimal("2.00"))
    assert "không đo theo chuẩn của năm 2022" in found.reason


def counted(village, **by_year):
    """Poor households of 200 by year, in the locality's table."""
    for year, poor in by_year.items():
        PovertyTallyFactory(unit=village, year=int(year[1:]), households=200, poor=poor)


def test_a_village_is_measured_by_its_table():
    village = VillageFactory()
    counted(village, y2022=6, y2023=4)
    PovertyPlanFactory(unit=village, rate_reduction="0.75")

    found = over_plan(village, 2023)

    assert found.value == Decimal("0.25")  # 3.00 − 2.00 − 0.75
    assert found.parts[:2] == (
        ("Tỷ lệ hộ nghèo cuối năm 2022 (%)", Decimal("3.00")),
        ("Tỷ lệ hộ nghèo cuối năm 2023 (%)", Decimal("2.00")),
    )
    assert found.reason == "Nguồn: bảng số liệu."


def test_a_list_that_tells_no_households_gives_a_village_no_rate():
    village = VillageFactory()
    for year in (2022, 2023):
        PovertyTallyFactory(unit=village, year=year, origin="register", households=None)

    assert "hãy nhập bảng số liệu" in over_plan(village, 2023).reason


@pytest.mark.parametrize(
    ("year", "years", "says"),
    [
        (2023, {"y2023": 4}, "năm 2022 và năm 2023"),
        (2022, {"y2021": 9, "y2022": 6}, "Năm 2021 không đo theo chuẩn của năm 2022"),
        (2023, {"y2022": 6, "y2023": 4}, "Chưa nhập chỉ tiêu giảm nghèo năm 2023"),
    ],
)
def test_what_a_village_cannot_be_told(year, years, says):
    village = VillageFactory()
    counted(village, **years)

    found = over_plan(village, year)

    assert found.value is None
    assert says in found.reason


@pytest.mark.parametrize("communes", [1, 3])
def test_a_measure_costs_the_same_for_any_number_of_communes(django_assert_num_queries, communes):
    _, ((district, below), _) = two_districts(communes)
    for commune in below:
        for year in (2022, 2023):
            reviewed(commune, year)

    with django_assert_num_queries(6):
        fall_since_2021(district, 2023)
