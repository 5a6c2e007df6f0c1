"""Goals against figures computed by hand."""

from datetime import date
from decimal import Decimal

import pytest

from campaign.models import Goal
from reports.figures.goals import MISSED, NO_DATA, NOT_MEASURED, REACHED, REACHED_SO_FAR, UNDERWAY
from reports.figures.goals import goals_with_progress as goals_of
from tests.factories.campaign import GoalFactory, reporting_year
from tests.factories.poverty import PovertyReviewFactory
from tests.factories.summaries import indicators, reported, scene

pytestmark = pytest.mark.django_db
END_2023 = date(2023, 12, 31)
TERRITORY = ["district", "commune"]


def review(place, year, *figures, **fields):
    """One review a commune: (households, poor, of them ethnic minorities)."""
    communes = [commune for _, rows in place.districts for commune in rows]
    for commune, (households, poor, ethnic) in zip(communes, figures, strict=True):
        PovertyReviewFactory(
            unit=commune, year=year, households=households, poor_opening=poor, near_opening=0,
            poor_closing_ethnic=ethnic, **fields,
        )  # fmt: skip


def pair_goal(campaign, above="met", below="due", **fields):
    return GoalFactory(
        campaign=campaign, measure=Goal.Measure.INDICATOR_SHARE, numerator=above,
        denominator=below, direction="at_least", target=100, baseline_year=2021, **fields,
    )  # fmt: skip


def test_t1_is_all_poor_households_of_the_province_in_percent_of_all_households():
    place = scene(reviewed=())
    GoalFactory(campaign=place.campaign, code="T1", baseline_year=2022)
    review(place, 2022, (900, 9, 0), (1100, 11, 0), (500, 20, 0), (1500, 0, 0))
    review(place, 2023, (900, 4, 0), (1100, 6, 0), (500, 9, 0), (1500, 0, 0))

    (goal,) = goals_of(place.campaign, END_2023)

    # 40 of 4000 households in 2022, 19 of 4000 in 2023.
    assert [(p.year, p.value) for p in goal.path] == [
        (2022, Decimal("1.00")),
        (2023, Decimal("0.48")),
    ]
    assert (goal.value, goal.year, goal.state) == (Decimal("0.48"), 2023, REACHED)
    assert [(part.label, part.value) for part in goal.parts] == [
        ("Hộ nghèo cuối năm 2023", 19),
        ("Tổng số hộ dân cư năm 2023", 4000),
    ]


def test_t1_is_judged_before_rounding():
    place = scene(reviewed=(), districts=1, communes=1)
    GoalFactory(campaign=place.campaign, baseline_year=2023)
    review(place, 2023, (20_000, 99, 0))  # 0.495 %: printed as 0.50, and below 0.5

    (goal,) = goals_of(place.campaign, END_2023)

    assert (goal.value, goal.state) == (Decimal("0.50"), REACHED)


def test_t2_is_a_share_of_the_poor_and_not_a_poverty_rate():
    place = scene(reviewed=())
    GoalFactory(
        campaign=place.campaign, measure=Goal.Measure.ETHNIC_SHARE, target="2.5",
        baseline_year=2023,
    )  # fmt: skip
    review(place, 2023, (1000, 40, 1), (1000, 30, 2), (1000, 20, 0), (1000, 10, 0),
           ethnic_households=100)  # fmt: skip

    (goal,) = goals_of(place.campaign, END_2023)

    assert (goal.value, goal.state) == (Decimal("3.00"), UNDERWAY)  # 3 of 100 poor households


def test_a_year_by_another_standard_carries_a_break():
    place = scene(reviewed=(2021, 2022))
    GoalFactory(campaign=place.campaign, baseline_year=2021)

    (goal,) = goals_of(place.campaign, date(2022, 12, 31))

    assert [(point.year, point.breaks) for point in goal.path] == [(2021, False), (2022, True)]


def test_without_all_communes_there_is_no_rate_and_the_reason_is_told():
    place = scene(reviewed=())
    GoalFactory(campaign=place.campaign, baseline_year=2023)
    PovertyReviewFactory(unit=place.districts[0][1][0], year=2023)

    (goal,) = goals_of(place.campaign, END_2023)

    assert (goal.value, goal.state) == (None, NO_DATA)
    assert "1/4 xã" in goal.note


def test_t3_counts_each_branch_once_from_its_highest_accepted_report():
    place = scene(reviewed=())
    indicators(place.campaign, "met", "due", rollup="last", tiers=TERRITORY)
    pair_goal(place.campaign, due=date(2022, 12, 31))
    (first, communes), (second, others) = place.districts
    reported(place.year, first, {"met": 8, "due": 10})
    reported(place.year, communes[0], {"met": 1, "due": 1})  # within the first district's figures
    reported(place.year, others[0], {"met": 1, "due": 1})  # its district has not reported

    (goal,) = goals_of(place.campaign, END_2023)

    assert [part.value for part in goal.parts] == [9, 11]
    assert (goal.value, goal.state) == (Decimal("81.82"), MISSED)
    assert "mới nhận 1/2 đơn vị đầu mối" in goal.note


def test_all_of_a_part_of_the_units_is_no_reached_goal_yet():
    place = scene(reviewed=())
    indicators(place.campaign, "met", "due", rollup="last", tiers=TERRITORY)
    pair_goal(place.campaign)
    reported(place.year, place.districts[0][0], {"met": 10, "due": 10})

    before = goals_of(place.campaign, END_2023)[0].state
    reported(place.year, place.districts[1][0], {"met": 5, "due": 5})

    assert before == REACHED_SO_FAR
    assert goals_of(place.campaign, END_2023)[0].state == REACHED


@pytest.mark.parametrize(
    ("legal", "state", "value"),
    [(9, UNDERWAY, "90.00"), (10, REACHED, "100.00")],
    ids=["one pair short", "every pair whole"],
)
def test_t4_is_reached_only_when_every_pair_is(legal, state, value):
    place = scene(reviewed=(), districts=1)
    codes = ("health_met", "legal_met", "health_due", "legal_due")
    indicators(place.campaign, *codes, rollup="last", tiers=TERRITORY)
    pair_goal(place.campaign, "health_met legal_met", "health_due legal_due")
    values = {"health_met": 990, "health_due": 990, "legal_met": legal, "legal_due": 10}
    reported(place.year, place.districts[0][0], values)

    (goal,) = goals_of(place.campaign, END_2023)

    assert (goal.state, goal.value) == (state, Decimal(value))


def test_a_pair_without_subjects_hinders_nothing():
    place = scene(reviewed=(), districts=1)
    codes = ("health_met", "legal_met", "health_due", "legal_due")
    indicators(place.campaign, *codes, rollup="last", tiers=TERRITORY)
    pair_goal(place.campaign, "health_met legal_met", "health_due legal_due")
    values = {"health_met": 5, "health_due": 5, "legal_met": 0, "legal_due": 0}
    reported(place.year, place.districts[0][0], values)

    assert goals_of(place.campaign, END_2023)[0].state == REACHED


def test_a_goal_fallen_due_is_not_judged_on_figures_of_an_earlier_year():
    place = scene(reviewed=(2022, 2023))
    GoalFactory(campaign=place.campaign, due=date(2025, 12, 31), baseline_year=2022)

    (goal,) = goals_of(place.campaign, date(2026, 2, 1))

    assert (goal.year, goal.value, goal.state) == (2023, Decimal("2.00"), NOT_MEASURED)


@pytest.mark.parametrize("state", ["draft", "submitted"])
def test_what_is_not_accepted_does_not_count(state):
    place = scene(reviewed=(), districts=1)
    indicators(place.campaign, "met", "due", rollup="last", tiers=TERRITORY)
    pair_goal(place.campaign)
    reported(place.year, place.districts[0][0], {"met": 1, "due": 1}, state=state)

    assert goals_of(place.campaign, END_2023)[0].state == NO_DATA


@pytest.mark.parametrize("districts", [1, 3])
def test_the_goals_cost_the_same_for_any_number_of_units(districts, django_assert_num_queries):
    place = scene(districts=districts, reviewed=(2021, 2022, 2023))
    reporting_year(2022, campaign=place.campaign)
    indicators(place.campaign, "met", "due", rollup="last", tiers=TERRITORY)
    GoalFactory(campaign=place.campaign, baseline_year=2021)
    pair_goal(place.campaign)
    for district, _ in place.districts:
        reported(place.year, district, {"met": 1, "due": 1})

    with django_assert_num_queries(9):
        goals = goals_of(place.campaign, END_2023)

    assert [goal.state for goal in goals] == [UNDERWAY, REACHED]
