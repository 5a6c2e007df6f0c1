"""The invented lists: as the reviews count them, right by the rules of the road, and marked."""

import pytest

from reports.demo.giving import GIFT_COUNT, Giving
from reports.demo.listed import YEARS, CommuneList
from reports.demo.simulation import simulate
from tests.factories.units import CommuneFactory
from tests.reports.test_demo_simulation import communes
from units.households.courses import NEAR_POOR, POOR, course_of
from units.kinds import VILLAGE_TYPES

DISTRICT = "248"


@pytest.fixture(scope="module")
def reviews():
    return simulate(communes())


@pytest.fixture(scope="module")
def lists(reviews):
    return [made(place, reviews) for place in communes() if place.district == DISTRICT]


def made(place, reviews):
    by_year = {year: reviews[place.code, year] for year in YEARS}
    return CommuneList(place.code, place.urban, by_year)


def test_statuses_add_up_to_the_reviews(lists, reviews):
    for one in lists:
        for place, year in enumerate(YEARS):
            told = [household.statuses[place] for household in one.households]
            assert told.count(POOR) == reviews[one.code, year]["poor_closing"]
            assert told.count(NEAR_POOR) == reviews[one.code, year]["near_closing"]


def test_minorities_and_those_unable_to_work_are_as_reviewed(lists, reviews):
    for one in lists:
        last = reviews[one.code, YEARS[-1]]
        poor = [household for household in one.households if household.statuses[-1] == POOR]
        assert sum(household.ethnic for household in poor) == last["poor_closing_ethnic"]
        assert sum(household.unable for household in poor) == last["poor_unable"]


def test_every_way_through_the_years_is_possible(lists):
    found = [course_of(household.statuses) for one in lists for household in one.households]
    assert [course.fault for course in found if course.fault] == []
    assert {course.last for course in found} == {len(YEARS) - 1}


def test_villages_hold_all_households_of_the_commune(lists, reviews):
    for one in lists:
        every = sum(village.households for village in one.villages)
        assert every == reviews[one.code, YEARS[-1]]["households"]
        assert {village.subtype for village in one.villages} <= set(VILLAGE_TYPES)
        listed = sum(one.counts(village.code, 2023)["poor"] for village in one.villages)
        assert listed == reviews[one.code, 2023]["poor_closing"]


def test_nobody_on_the_lists_can_be_taken_for_a_real_person(lists):
    rows = [row for one in lists for row in one.rows()]
    identities = [row["identity"] for row in rows]
    assert all(number.startswith("999") and len(number) == 12 for number in identities)
    assert len(set(identities)) == len({row["code"] for row in rows}) == len(rows)
    assert all(" Mẫu " in row["head"] for row in rows)
    assert all("Mẫu" in village.name for one in lists for village in one.villages)


def test_the_same_reviews_give_the_same_lists(lists, reviews):
    again = [made(place, reviews) for place in communes() if place.district == DISTRICT]
    assert [list(one.rows()) for one in again] == [list(one.rows()) for one in lists]


def test_gifts_and_honours_are_invented_and_the_same_every_time():
    giving = Giving([CommuneFactory.build(code=f"0890{number}") for number in range(3)])
    gifts = giving.gifts()
    keys = {(row["tax_code"], row["year"], row["commune_code"]) for row in gifts}
    assert len(keys) == len(gifts) == GIFT_COUNT
    assert all(row["code"].startswith("999") for row in giving.enterprises())
    assert {row["recipient"] for row in giving.honours()} == {
        "collective", "enterprise", "person", "household",
    }  # fmt: skip
    assert (gifts, giving.honours()) == (giving.gifts(), giving.honours())
