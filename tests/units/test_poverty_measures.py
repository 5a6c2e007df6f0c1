"""The figures of the plan, each against a sum done by hand, and when they cannot be told."""

from decimal import Decimal

import pytest

from tests.factories.poverty import (
    PovertyPlanFactory,
    PovertyReviewFactory,
    both_standards,
    two_districts,
)
from tests.factories.units import CommuneFactory, VillageFactory
from units.models import PovertyStandard
from units.models.poverty import Stage
from units.poverty import (
    ethnic_share_of_poor,
    poor_near_reduction,
    poor_rate,
    rate_reduction_over_plan,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _standards():
    both_standards()


def reviewed(unit, year, **figures):
    return PovertyReviewFactory(unit=unit, year=year, **figures)


# Goals T1 and T2


def test_t1_is_poor_over_all_households_of_the_province():
    province, ((_, (a, b)), (_, (c, d))) = two_districts()
    for commune, households, poor in ((a, 3000, 10), (b, 1000, 12), (c, 2000, 5), (d, 500, 0)):
        reviewed(commune, 2023, households=households, poor_opening=poor)

    rate = poor_rate(province, 2023)

    assert rate.value == Decimal("0.42")  # 27 / 6500 = 0.41538…
    assert rate.exact == Decimal(2700) / 6500
    assert rate.parts == (("Hộ nghèo cuối năm 2023", 27), ("Tổng số hộ dân cư năm 2023", 6500))
    assert rate.reason == ""


def test_t1_judged_by_its_exact_value_is_not_rounded_across_the_target():
    commune = CommuneFactory()
    reviewed(commune, 2023, households=100_000, poor_opening=498)

    rate = poor_rate(commune, 2023)

    assert rate.value == Decimal("0.50")
    assert rate.exact < Decimal("0.5")


def test_t2_is_a_share_of_the_poor_and_no_poverty_rate():
    commune = CommuneFactory()
    reviewed(commune, 2023, ethnic_households=400, poor_opening=80, poor_closing_ethnic=3)

    assert ethnic_share_of_poor(commune, 2023).value == Decimal("3.75")


def test_t2_without_any_poor_household_cannot_be_told():
    commune = CommuneFactory()
    reviewed(commune, 2023, poor_opening=5, poor_escaped=5)

    share = ethnic_share_of_poor(commune, 2023)

    assert share.value is None
    assert share.reason == f"Cuối năm 2023 {commune.name} không còn hộ nghèo."
    assert share.parts[1] == ("Hộ nghèo cuối năm 2023", 0)


@pytest.mark.parametrize("measure", [poor_rate, ethnic_share_of_poor])
def test_no_review_no_figure(measure):
    commune = CommuneFactory()

    found = measure(commune, 2023)

    assert (found.value, found.parts) == (None, ())
    assert found.reason == f"Chưa có kết quả rà soát năm 2023 của {commune.name}."


def test_a_missing_commune_leaves_the_province_without_a_rate():
    province, ((_, (a, _)), _) = two_districts()
    reviewed(a, 2023)

    assert poor_rate(province, 2023).reason == (
        f"Mới có kết quả rà soát năm 2023 của 1/4 xã thuộc {province.name}."
    )


def test_a_preliminary_figure_says_so():
    commune = CommuneFactory()
    reviewed(commune, 2023, stage=Stage.PRELIMINARY)

    assert poor_rate(commune, 2023).reason == "Số liệu năm 2023 là số sơ bộ."


# III.1.b, ý 8


def test_the_start_of_the_period_is_the_opening_of_2022_by_the_new_standard():
    """End 2021 by the old standard is 7; the same day by the new one is 40."""
    commune = CommuneFactory()
    reviewed(commune, 2021, poor_opening=7, near_opening=2)
    reviewed(commune, 2022, poor_opening=40, near_opening=60)
    reviewed(commune, 2023, poor_opening=18, near_opening=30, poor_unable=11)

    fall = poor_near_reduction(commune, 2023, 2021)

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

    assert poor_near_reduction(commune, 2022, 2021).value == Decimal("20.00")


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

    assert poor_near_reduction(commune, 2023, 2021).value == Decimal("-10.00")


def test_the_unrounded_fall_stands_beside_the_rounded_one():
    commune = CommuneFactory()
    reviewed(commune, 2022, poor_opening=1, near_opening=2)
    reviewed(commune, 2023, poor_opening=1, near_opening=0)

    fall = poor_near_reduction(commune, 2023, 2021)

    assert fall.value == Decimal("66.67")
    assert fall.exact == Decimal(200) / 3


def test_a_district_falls_as_the_sum_of_its_communes():
    _, ((district, (a, b)), _) = two_districts()
    for commune, start, end in ((a, 30, 30), (b, 70, 10)):
        reviewed(commune, 2022, poor_opening=start, near_opening=0)
        reviewed(commune, 2023, poor_opening=end, near_opening=0)

    assert poor_near_reduction(district, 2023).value == Decimal("60.00")


def test_a_change_of_standard_in_between_leaves_the_baseline_to_the_board():
    PovertyStandard.objects.create(code="2027-2030", first_year=2027, last_year=2030)
    commune = CommuneFactory()
    reviewed(commune, 2022)
    reviewed(commune, 2027)

    fall = poor_near_reduction(commune, 2027, 2021)

    assert fall.value is None
    assert "hai chuẩn nghèo khác nhau, không so sánh được" in fall.reason


def test_nobody_poor_at_the_start_leaves_nothing_to_fall():
    commune = CommuneFactory()
    reviewed(commune, 2022, poor_opening=0, near_opening=0)
    reviewed(commune, 2023, poor_opening=0, near_opening=0)

    fall = poor_near_reduction(commune, 2023)

    assert fall.value is None
    assert fall.reason == f"Đầu kỳ {commune.name} không có hộ nghèo, hộ cận nghèo."


@pytest.mark.parametrize("year", [2020, 2021])
def test_the_baseline_year_itself_has_no_fall(year):
    assert poor_near_reduction(CommuneFactory(), year, 2021).reason == (
        "Mức giảm được tính từ sau năm gốc 2021."
    )


def test_without_the_review_of_2022_there_is_no_start():
    commune = CommuneFactory()
    reviewed(commune, 2023)

    assert poor_near_reduction(commune, 2023).reason == (
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

    found = rate_reduction_over_plan(commune, 2023)

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

    found = rate_reduction_over_plan(commune, 2023)

    assert found.value is None
    assert found.reason == f"Chưa nhập chỉ tiêu giảm nghèo năm 2023 của {commune.name}."
    assert found.parts[2] == ("Mức giảm trong năm (điểm %)", Decimal("0.80"))


def test_across_a_change_of_standard_the_opening_takes_the_place_of_the_year_before():
    commune = CommuneFactory()
    reviewed(commune, 2021, poor_opening=500, near_opening=0)
    reviewed(commune, 2022, poor_opening=20, poor_escaped=8)
    planned(commune, 2022)

    found = rate_reduction_over_plan(commune, 2022)

    assert found.value == Decimal("0.50")
    assert found.parts[0] == ("Tỷ lệ hộ nghèo đầu năm 2022 (%)", Decimal("2.00"))
    assert "không đo theo chuẩn của năm 2022" in found.reason


def test_a_village_declares_by_itself():
    assert "nhập đến cấp xã" in rate_reduction_over_plan(VillageFactory(), 2023).reason


@pytest.mark.parametrize("communes", [1, 3])
def test_a_measure_costs_the_same_for_any_number_of_communes(django_assert_num_queries, communes):
    _, ((district, below), _) = two_districts(communes)
    for commune in below:
        for year in (2022, 2023):
            reviewed(commune, year)

    with django_assert_num_queries(6):
        poor_near_reduction(district, 2023)
    with django_assert_num_queries(3):
        poor_rate(district, 2023)
