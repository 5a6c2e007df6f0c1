"""The invented reviews: published totals met, every identity kept, the same figures every time."""

import csv
from collections import Counter
from decimal import Decimal
from itertools import chain
from pathlib import Path

import pytest
from django.conf import settings

from reports.demo.dice import dice, spread
from reports.demo.simulation import LOW_RATE_DISTRICTS, Place, preliminary, simulate
from units.imports.reviews.rules import REFUSALS, escapes_from_the_list
from units.poverty.figures import COUNTS

END_OF_2023 = "2023-12-31"
YEARS = (2021, 2022, 2023)


def communes():
    """The shipped register's communes at the end of 2023."""
    path = Path(settings.BASE_DIR, "units", "data", "communes.csv")
    with path.open(encoding="utf-8") as stream:
        return [
            Place(row["code"], row["parent_code"], row["urban"] == "1")
            for row in csv.DictReader(stream)
            if row["valid_from"] <= END_OF_2023 < (row["valid_to"] or "9999")
        ]


@pytest.fixture(scope="module")
def places():
    return communes()


@pytest.fixture(scope="module")
def reviews(places):
    return simulate(places)


def total(reviews, places, year, name):
    return sum(reviews[place.code, year][name] for place in places)


def test_every_commune_has_every_figure_of_three_years(places, reviews):
    assert len(places) == 136
    assert set(reviews) == {(place.code, year) for place in places for year in YEARS}
    assert all(set(counts) == set(COUNTS) for counts in reviews.values())


def test_published_totals_are_met(places, reviews):
    found = {
        (year, name): total(reviews, places, year, name)
        for year, name in (
            (2021, "poor_opening"), (2021, "near_opening"), (2022, "poor_closing"),
            (2023, "poor_closing"), (2023, "poor_unable"), (2023, "households"),
        )
    }  # fmt: skip
    assert found == {
        (2021, "poor_opening"): 3465,
        (2021, "near_opening"): 6628,
        (2022, "poor_closing"): 3405,
        (2023, "poor_closing"): 2094,
        (2023, "poor_unable"): 1370,
        (2023, "households"): 343_279,
    }


def test_poor_of_towns_and_countryside_are_as_published(places, reviews):
    urban = [place for place in places if place.urban]
    rural = [place for place in places if not place.urban]
    assert total(reviews, urban, 2023, "poor_closing") == 561
    assert total(reviews, rural, 2023, "poor_closing") == 1533


def test_four_districts_are_below_half_a_percent_and_all_below_one(places, reviews):
    poor, households = Counter(), Counter()
    for place in places:
        poor[place.district] += reviews[place.code, 2023]["poor_closing"]
        households[place.district] += reviews[place.code, 2023]["households"]
    rates = {code: Decimal(100 * poor[code]) / households[code] for code in poor}
    assert len(rates) == 9
    assert {code for code, rate in rates.items() if rate < Decimal("0.5")} == LOW_RATE_DISTRICTS
    assert max(rates.values()) < 1


def test_no_rule_of_the_import_refuses_or_doubts_a_row(places, reviews):
    found = [
        (key, told)
        for key, counts in reviews.items()
        for rows in (counts, preliminary(counts, *key))
        for rule in (*chain(*REFUSALS.values()), escapes_from_the_list)
        for told in rule(rows)
    ]
    assert found == []


def test_a_year_begins_where_the_year_before_ended(places, reviews):
    for place in places:
        before, after = reviews[place.code, 2022], reviews[place.code, 2023]
        for state in ("poor", "near"):
            assert after[f"{state}_opening"] == before[f"{state}_closing"]
            assert after[f"{state}_opening_ethnic"] == before[f"{state}_closing_ethnic"]


def test_some_districts_halve_poor_and_near_poor_and_others_do_not(places, reviews):
    start, end = Counter(), Counter()
    for place in places:
        for state in ("poor", "near"):
            start[place.district] += reviews[place.code, 2022][f"{state}_opening"]
            end[place.district] += reviews[place.code, 2023][f"{state}_closing"]
    halved = {code for code in start if 2 * end[code] < start[code]}
    assert halved == {"243", "249"}


def test_the_same_places_give_the_same_figures(places, reviews):
    assert simulate(reversed(places)) == reviews


def test_the_preliminary_figures_differ_here_and_there_only(places, reviews):
    different = [
        place.code
        for place in places
        if preliminary(reviews[place.code, 2022], place.code, 2022) != reviews[place.code, 2022]
    ]
    assert 10 < len(different) < 70


@pytest.mark.parametrize("total", [0, 1, 7, 1000])
def test_parts_add_up(total):
    weights = [dice("weights", number).uniform(0.1, 2) for number in range(9)]
    assert sum(spread(total, weights)) == total
