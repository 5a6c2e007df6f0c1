"""Shares, suggestions and totals: arithmetic of the local scale, without a database."""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria.queries.points import scale, shares, suggested_points, total
from criteria.states import Grade


def test_equal_shares_add_up_exactly_and_the_last_takes_the_rest():
    assert shares(D(100), {1: None, 2: None, 3: None}) == {
        1: D("33.33"),
        2: D("33.33"),
        3: D("33.34"),
    }


def test_configured_points_stand_and_the_others_share_what_is_left():
    assert shares(D(100), {1: None, 2: D(40), 3: None}) == {1: D(30), 2: D(40), 3: D(30)}


@given(
    whole=st.decimals(min_value="1", max_value="9999", places=2),
    count=st.integers(min_value=1, max_value=30),
)
def test_any_number_of_equal_shares_adds_up_to_the_whole(whole, count):
    found = shares(whole, dict.fromkeys(range(count)))

    assert sum(found.values()) == whole
    assert all(points == points.quantize(D("0.01")) for points in found.values())


@pytest.mark.parametrize(
    ("grade", "points"),
    [(Grade.MET, D("33.33")), (Grade.PARTLY, D("16.67")), (Grade.NOT_MET, D(0))],
)
def test_a_grade_suggests_all_half_or_none_of_the_points(grade, points):
    assert suggested_points(grade, D("33.33")) == points


@pytest.mark.parametrize("outcome", [Grade.NOT_ARISEN, ""])
def test_what_did_not_arise_or_has_no_answer_suggests_nothing(outcome):
    assert suggested_points(outcome, D(20)) is None


def test_a_total_without_the_criteria_that_did_not_arise_is_scaled_to_the_whole():
    found = total([(D(20), D(20)), (D(10), D(20)), (D(20), D(20)), (D(15), D(20))], D(100))

    assert (found.given, found.maximum) == (D(65), D(80))
    assert found.points == D("81.25")
    assert found.complete


def test_a_total_of_nothing_is_no_nought():
    found = total([(None, D(50)), (None, D(50))], D(100))

    assert found.points is None
    assert (found.scored, found.counted) == (0, 2)
    assert not found.complete


def test_where_nothing_arose_there_is_no_total():
    assert scale(D(0), D(0), D(100)) is None


def test_half_a_hundredth_rounds_up():
    assert scale(D("33.33"), D("66.66"), D("99.99")) == D("50.00")
    assert scale(D("0.01"), D("200"), D("100")) == D("0.01")
