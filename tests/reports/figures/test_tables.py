"""The tables of a summary against sums done by hand."""

from decimal import Decimal

import pytest

from config import clock
from criteria.models import RankingRow
from reports.figures.annexes import annex_sums
from reports.figures.awards import awards
from reports.figures.completeness import completeness
from reports.figures.counting import covered_periods
from reports.figures.indicators import indicator_sums
from reports.figures.poverty import poverty_by_district, poverty_years
from reports.figures.ranking import published_rankings
from reports.figures.sources import source_reports
from tests.factories.campaign import PeriodFactory, reporting_year
from tests.factories.criteria import BlockFactory, RankingFactory, RankingRowFactory
from tests.factories.poverty import PovertyReviewFactory
from tests.factories.reports import AnnexFactory, laid_out
from tests.factories.summaries import REPORTED, indicators, reported, scene
from tests.factories.units import DepartmentFactory, EnterpriseFactory, VillageFactory
from units.kinds import Tier

pytestmark = pytest.mark.django_db


def sums_of(place, periods=None):
    found = indicator_sums(place.campaign, periods or [place.year.period])
    return {row.code: row for row in found}


# Which periods, which reports


def test_a_yearly_summary_rests_on_its_own_year_an_interim_one_on_all_years_so_far():
    place = scene(reviewed=())
    early = reporting_year(2022, campaign=place.campaign).period
    late = PeriodFactory(campaign=place.campaign, year=2024)

    assert covered_periods(late) == [late]
    assert covered_periods(place.interim) == [early, place.year.period]


def test_a_sum_takes_the_district_and_leaves_out_what_it_contains():
    place = scene(reviewed=())
    (money,) = indicators(place.campaign, "tien")
    (first, communes), (_, others) = place.districts
    reported(place.year, first, {"tien": 100})
    reported(place.year, communes[0], {"tien": 60})
    reported(place.year, others[0], {"tien": 5})
    reported(place.year, DepartmentFactory(parent=place.province), {"tien": 30})

    row = sums_of(place)["tien"]

    assert row.total == Decimal(135)
    assert [(v.tier, v.value) for v in row.by_tier] == [
        ("department", 30),
        ("district", 100),
        ("commune", 5),
    ]
    assert sum(part.value for part in row.parts) == row.total


def test_villages_and_enterprises_stand_in_until_their_commune_reports():
    place = scene(reviewed=(), districts=1)
    indicators(place.campaign, "tien")
    commune = place.districts[0][1][0]
    reported(place.year, VillageFactory(parent=commune), {"tien": 2})
    reported(place.year, EnterpriseFactory(parent=commune), {"tien": 3})

    before = sums_of(place)["tien"].total
    reported(place.year, commune, {"tien": 5})

    assert (before, sums_of(place)["tien"].total) == (5, 5)
    assert len(sums_of(place)["tien"].parts) == 1


def test_a_body_under_another_body_of_the_province_counts_by_itself():
    place = scene(reviewed=())
    indicators(place.campaign, "tien")
    above = DepartmentFactory(parent=place.province)
    reported(place.year, above, {"tien": 10})
    reported(place.year, DepartmentFactory(parent=above), {"tien": 1})

    assert sums_of(place)["tien"].total == 11


def test_the_rollup_says_how_years_add_up():
    place = scene(reviewed=(), districts=1)
    earlier = reporting_year(2022, campaign=place.campaign)
    for rollup in ("sum", "last", "none"):
        indicators(place.campaign, rollup, rollup=rollup)
    district = place.districts[0][0]
    reported(earlier, district, {"sum": 10, "last": 20, "none": 30})
    reported(place.year, district, {"sum": 1, "last": 2, "none": 3})

    rows = sums_of(place, covered_periods(place.interim))

    assert rows["sum"].by_year == {2022: 10, 2023: 1}
    assert (rows["sum"].total, rows["last"].total, rows["none"].total) == (11, 2, None)
    assert rows["none"].by_year == {}
    assert [(v.year, v.value) for v in rows["none"].by_tier] == [(2022, 30), (2023, 3)]


def test_a_source_names_the_sending_that_was_accepted():
    place = scene(reviewed=(), districts=1)
    case = reported(place.year, place.districts[0][0])

    (source,) = source_reports([place.year.period])

    version = case.report.versions.get()
    assert (source.report_id, source.unit) == (case.report.pk, case.unit.name)
    assert (source.receipt, source.sha256) == (version.receipt, version.sha256)


# Poverty


def test_poverty_by_district_sums_its_communes_with_rates():
    place = scene(reviewed=())
    for (_, communes), poor in zip(place.districts, (10, 30), strict=True):
        for commune in communes:
            PovertyReviewFactory(
                unit=commune, year=2023, households=2000, poor_opening=poor, near_opening=8
            )

    (year,) = poverty_by_district(place.campaign, [2023])

    told = [(row.name, row.counts["poor_closing"], row.poor_rate) for row in year.rows]
    assert told == [
        (place.districts[0][0].name, 20, Decimal("0.50")),
        (place.districts[1][0].name, 60, Decimal("1.50")),
    ]
    assert (year.total.counts["poor_closing"], year.total.poor_rate) == (80, Decimal("1.00"))
    assert year.total.near_rate == Decimal("0.40")
    assert (year.stage, year.total.reported, year.total.expected) == ("official", 4, 4)


def test_poverty_years_run_from_the_start_of_the_campaign_and_break_with_the_standard():
    place = scene(reviewed=(2021, 2022, 2023))

    years = poverty_by_district(place.campaign, poverty_years(place.interim))

    assert [(year.year, year.breaks) for year in years] == [
        (2021, False),
        (2022, True),
        (2023, False),
    ]
    assert poverty_years(place.year.period) == [2022, 2023]


# Completeness


def test_missing_and_waiting_units_are_named_with_their_state():
    place = scene(reviewed=())
    (first, communes), (second, others) = place.districts
    reported(place.year, first)
    reported(place.year, second, state="submitted")
    reported(place.year, communes[0], state="draft")

    (row,) = completeness([place.year.period])

    tiers = {tier.tier: tier for tier in row.tiers}
    assert (tiers["district"].expected, tiers["district"].sent) == (2, 2)
    assert (tiers["district"].accepted, tiers["district"].missing) == (1, 0)
    assert (tiers["commune"].expected, tiers["commune"].missing) == (4, 4)
    absent = {unit.name: unit for unit in row.absent}
    assert first.name not in absent
    assert (absent[second.name].state, absent[second.name].missing) == ("submitted", False)
    assert absent[communes[0].name].state_label == "đang soạn"
    assert absent[others[0].name].state_label == "chưa lập báo cáo"
    assert absent[others[0].name].above == second.name


# Rankings


def test_rankings_show_what_was_published_with_the_place_the_board_decided():
    place = scene(reviewed=())
    units = [district for district, _ in place.districts]
    ranking = RankingFactory(period=place.year.period, published=True)
    RankingRowFactory(ranking=ranking, unit=units[0], place=1)
    RankingRowFactory(ranking=ranking, unit=units[1], place=2, decided_place=1, reason="Mô hình")
    block = BlockFactory(campaign=place.campaign)
    RankingFactory(period=place.year.period, block=block)  # a draft

    (found,) = published_rankings([place.year.period])

    assert [(row.place, row.computed_place, row.reason) for row in found.rows] == [
        (1, 1, ""),
        (1, 2, "Mô hình"),
    ]
    assert RankingRow.objects.count() == 2


# Annexes and awards

MONEY = [
    {"source": "Doanh nghiệp", "cash": "1.000,5", "day": ""},
    {"source": "Nhân dân", "cash": "10", "day": ""},
    {"source": "Doanh nghiệp", "cash": "2", "day": ""},
]


def test_annex_sums_stand_by_tier_and_group_by_what_is_chosen():
    place = scene(reviewed=())
    laid_out(place.year, Tier.DISTRICT)
    (first, communes), _ = place.districts
    reported(place.year, first, rows={"B3": MONEY})
    reported(place.year, communes[0], rows={"B3": MONEY[1:2]})

    (annex,) = annex_sums(place.campaign, [place.year.period])

    told = [(row.tier, row.reports, row.rows, row.sums["cash"]) for row in annex.by_tier]
    assert told == [("district", 1, 3, Decimal("1012.5")), ("commune", 1, 1, Decimal(10))]
    groups = [(group.keys, group.sums["cash"]) for group in annex.groups]
    assert groups == [(("Doanh nghiệp",), Decimal("1002.5")), (("Nhân dân",), Decimal(10))]
    assert annex.lines == ()


AWARD_COLUMNS = [
    {"name": "form", "label": "Hình thức", "kind": "choice", "required": True,
     "choices": ["Bằng khen", "Giấy khen"], "unit": "", "total": False},
    {"name": "recipient", "label": "Đối tượng", "kind": "choice", "required": True,
     "choices": ["Tập thể", "Cá nhân"], "unit": "", "total": False},
    {"name": "year", "label": "Năm", "kind": "integer", "required": True, "choices": [],
     "unit": "", "total": False},
    {"name": "count", "label": "Số lượng", "kind": "integer", "required": True, "choices": [],
     "unit": "lượt", "total": True},
    {"name": "women", "label": "Nữ", "kind": "integer", "required": False, "choices": [],
     "unit": "người", "total": True},
]  # fmt: skip


def award(form, recipient, count, women=""):
    return {"form": form, "recipient": recipient, "year": "2023", "count": count, "women": women}


def test_awards_of_all_tiers_add_up_since_each_unit_enters_its_own():
    place = scene(reviewed=())
    laid_out(place.year, Tier.DISTRICT)
    AnnexFactory(campaign=place.campaign, code="B6", columns=AWARD_COLUMNS)
    (first, communes), _ = place.districts
    reported(place.year, first, rows={"B6": [award("Giấy khen", "Cá nhân", "5", "2")]})
    rows = [award("Giấy khen", "Cá nhân", "1"), award("Bằng khen", "Tập thể", "3")]
    reported(place.year, communes[0], rows={"B6": rows})

    found = awards([place.year.period])

    told = [(row.form, row.recipient, row.count, row.women) for row in found]
    assert told == [("Bằng khen", "Tập thể", 3, 0), ("Giấy khen", "Cá nhân", 6, 2)]
    assert len(found[1].reports) == 2


def test_without_rows_there_are_no_awards():
    with clock.frozen(REPORTED):
        assert awards([scene(reviewed=()).year.period]) == []


@pytest.mark.parametrize("districts", [1, 3])
def test_tables_cost_the_same_for_any_number_of_units(districts, django_assert_num_queries):
    place = scene(districts=districts)
    for district, communes in place.districts:
        reported(place.year, district)
        reported(place.year, communes[0])
    periods = [place.year.period]

    with django_assert_num_queries(6):
        indicator_sums(place.campaign, periods)
        annex_sums(place.campaign, periods)
        awards(periods)
    with django_assert_num_queries(6):
        completeness(periods)
        source_reports(periods)
    with django_assert_num_queries(14):
        poverty_by_district(place.campaign, [2022, 2023])
