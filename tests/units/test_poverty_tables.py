"""The table of a year against sums done by hand, and series over years."""

from datetime import date
from decimal import Decimal

import pytest

from tests.factories.poverty import (
    PovertyReviewFactory,
    ReviewFileFactory,
    both_standards,
    two_districts,
)
from tests.factories.units import CommuneFactory, DistrictFactory, ProvinceFactory
from units.models.poverty import Area, Stage
from units.poverty import (
    area_rows,
    latest_stage,
    review_table,
    review_years,
    series,
    total_row,
)

pytestmark = pytest.mark.django_db


def two_districts_in_2023():
    """Lập Thạch: 20 − 8 + 1 and 10 poor of 1,000 and 1,500; Yên Lạc: 5 of 2,000, one missing."""
    province, ((first, (a, b)), (second, (c, d))) = two_districts()
    PovertyReviewFactory(unit=a, poor_opening=20, poor_escaped=8, poor_relapsed=1)
    PovertyReviewFactory(unit=b, households=1500, poor_opening=10, near_opening=45)
    PovertyReviewFactory(unit=c, households=2000, poor_opening=5, area=Area.URBAN)
    return province, first, second, (a, b, c, d)


def test_districts_are_the_sums_of_their_communes():
    _, first, second, _ = two_districts_in_2023()

    rows = review_table(2023, Stage.OFFICIAL)

    assert [row.unit for row in rows] == [first, second]
    lap_thach, yen_lac = (row.figures for row in rows)
    assert lap_thach["households"] == 2500
    assert lap_thach["poor_opening"] == 30
    assert lap_thach["poor_escaped"] == 8
    assert lap_thach["poor_closing"] == 13 + 10
    assert lap_thach["near_closing"] == 30 + 45
    assert lap_thach.poor_rate == Decimal("0.92")  # 23 / 2500
    assert lap_thach.near_rate == Decimal("3.00")
    assert yen_lac.poor_rate == Decimal("0.25")
    assert [(row.reported, row.expected) for row in rows] == [(2, 2), (1, 2)]
    assert [row.complete for row in rows] == [True, False]


def test_a_rate_is_computed_from_the_sums_and_not_the_mean_of_rates():
    two_districts_in_2023()

    total = total_row(review_table(2023, Stage.OFFICIAL))

    assert total.figures["poor_closing"] == 28
    assert total.figures["households"] == 4500
    assert total.figures.poor_rate == Decimal("0.62")  # 28 / 4500 = 0.6222…
    assert (total.reported, total.expected) == (3, 4)


def test_the_province_row_equals_the_total_of_the_districts():
    province, *_ = two_districts_in_2023()

    (row,) = review_table(2023, Stage.OFFICIAL, by="province")

    assert row.unit == province
    assert row.figures == total_row(review_table(2023, Stage.OFFICIAL)).figures


def test_communes_of_one_district_with_their_files_and_a_gap_where_nothing_came():
    _, _, second, (_, _, c, d) = two_districts_in_2023()

    rows = review_table(2023, Stage.OFFICIAL, by="commune", under=second)

    assert [(row.unit, row.figures is None, row.opens) for row in rows] == [
        (c, False, False),
        (d, True, False),
    ]
    assert [source.name for source in rows[0].sources] == ["ra-soat.xlsx"]
    assert rows[1].sources == ()


def test_urban_and_rural_make_the_whole():
    _, first, *_ = two_districts_in_2023()

    rows = area_rows(2023, Stage.OFFICIAL)

    assert {area: row["households"] for area, row in rows.items()} == {
        Area.URBAN: 2000,
        Area.RURAL: 2500,
    }
    assert rows[Area.URBAN] + rows[Area.RURAL] == (
        total_row(review_table(2023, Stage.OFFICIAL)).figures
    )
    assert list(area_rows(2023, Stage.OFFICIAL, under=first)) == [Area.RURAL]


def test_a_commune_with_both_areas_is_one_unit():
    district = DistrictFactory()
    commune = CommuneFactory(parent=district)
    PovertyReviewFactory(unit=commune, area=Area.URBAN, poor_opening=3)
    PovertyReviewFactory(unit=commune, area=Area.RURAL, poor_opening=4)

    (row,) = review_table(2023, Stage.OFFICIAL)

    assert (row.reported, row.expected) == (1, 1)
    assert row.figures["poor_closing"] == 7


def test_without_districts_the_communes_stand_directly_under_the_province():
    two_districts()
    province = ProvinceFactory(code="25", valid_from=date(2025, 7, 1))
    commune = CommuneFactory(parent=province, valid_from=date(2025, 7, 1), short_name="Vĩnh Yên")
    end_all_communes(date(2025, 7, 1))
    PovertyReviewFactory(unit=commune, year=2025)

    by_district = review_table(2025, Stage.OFFICIAL, by="district")
    by_province = review_table(2025, Stage.OFFICIAL, by="province")

    assert [row.unit for row in by_district] == [commune]
    assert [row.unit for row in by_province] == [province]


def end_all_communes(day):
    commune = CommuneFactory._meta.model
    commune.objects.filter(kind="commune", valid_from__lt=day).update(valid_to=day)


def test_preliminary_and_official_are_kept_apart():
    commune = CommuneFactory()
    PovertyReviewFactory(unit=commune, stage=Stage.PRELIMINARY, poor_opening=9)
    PovertyReviewFactory(unit=commune, stage=Stage.OFFICIAL, poor_opening=7)

    found = {stage: review_table(2023, stage)[0].figures["poor_closing"] for stage in Stage}

    assert found == {Stage.PRELIMINARY: 9, Stage.OFFICIAL: 7}


@pytest.mark.parametrize(
    ("preliminary", "official", "best"),
    [
        (0, 0, None),
        (1, 0, Stage.PRELIMINARY),
        (2, 1, Stage.PRELIMINARY),  # the official table is still being filled
        (2, 2, Stage.OFFICIAL),
        (0, 1, Stage.OFFICIAL),
    ],
)
def test_the_best_stage_of_a_year(preliminary, official, best):
    _, ((_, communes), _) = two_districts()
    for commune in communes[:preliminary]:
        PovertyReviewFactory(unit=commune, stage=Stage.PRELIMINARY)
    for commune in communes[:official]:
        PovertyReviewFactory(unit=commune, stage=Stage.OFFICIAL)

    assert latest_stage(2023, under=communes[0].parent) == best


def test_years_with_figures_newest_first():
    for year in (2022, 2023, 2023):
        PovertyReviewFactory(year=year)

    assert review_years() == [2023, 2022]


def test_a_series_breaks_where_the_standard_changes():
    both_standards()
    commune = CommuneFactory()
    for year in (2020 + n for n in range(1, 4)):
        PovertyReviewFactory(unit=commune, year=year, poor_opening=2024 - year)

    points = series(commune, [2023, 2021, 2022])

    assert [(point.year, point.breaks) for point in points] == [
        (2021, False),
        (2022, True),
        (2023, False),
    ]
    assert [point.figures["poor_closing"] for point in points] == [3, 2, 1]
    assert [point.standard.code for point in points] == ["2016-2020", "2022-2025", "2022-2025"]


def test_a_series_also_breaks_where_a_standard_ends_without_an_heir():
    both_standards()
    commune = CommuneFactory()

    points = series(commune, [2026, 2027])

    assert [(point.standard is None, point.breaks) for point in points] == [
        (False, False),
        (True, True),
    ]


def test_figures_of_some_communes_are_no_figures_of_the_district():
    both_standards()
    _, _, second, _ = two_districts_in_2023()

    (point,) = series(second, [2023])

    assert point.figures is None
    assert point.refusal == "Mới có kết quả rà soát năm 2023 của 1/2 xã thuộc Huyện Yên Lạc."


@pytest.mark.parametrize("by", ["province", "district", "commune"])
@pytest.mark.parametrize("rows", [1, 3])
def test_a_table_costs_the_same_for_any_number_of_rows(django_assert_num_queries, rows, by):
    province = ProvinceFactory()
    for _ in range(rows):
        commune = CommuneFactory(parent=DistrictFactory(parent=province))
        PovertyReviewFactory(unit=commune, source=ReviewFileFactory())

    with django_assert_num_queries(5 if by == "commune" else 3):
        found = review_table(2023, Stage.OFFICIAL, by=by)

    assert len(found) == (1 if by == "province" else rows)
