"""Plan figures beside what came of them: the same numbers as the measure of the criteria."""

from datetime import date
from decimal import Decimal

import pytest

from tests.factories.poverty import (
    PovertyPlanFactory,
    PovertyReviewFactory,
    both_standards,
    two_districts,
)
from tests.factories.tallies import PovertyTallyFactory
from tests.factories.units import CommuneFactory, DistrictFactory, SuccessionFactory, VillageFactory
from units.models.poverty import Stage
from units.poverty import rate_reduction_over_plan
from units.poverty.plans import commune_results
from units.poverty.unit_years import UnitFigures
from units.poverty.year_page import year_page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _standards():
    both_standards()


def reviewed(unit, year, poor, **figures):
    """A year that closes with so many poor households of 1,000."""
    return PovertyReviewFactory(unit=unit, year=year, poor_opening=poor, near_opening=0, **figures)


def as_measured(unit, year):
    """The figure of the criterion and the two rates that it names."""
    found = rate_reduction_over_plan(unit, year)
    return found.value, *(value for _, value in found.parts[:2])


def as_listed(result):
    return result.beyond, result.before, result.after


def test_the_fall_and_how_far_it_went_beyond_the_plan():
    commune = CommuneFactory()
    reviewed(commune, 2022, 20)
    reviewed(commune, 2023, 14)
    PovertyPlanFactory(unit=commune, rate_reduction="0.35")

    (result,) = commune_results(2023, [commune])

    assert (result.before, result.after, result.fall) == (
        Decimal("2.00"), Decimal("1.40"), Decimal("0.60"),
    )  # fmt: skip
    assert result.beyond == Decimal("0.25")
    assert (result.opening, result.stage) == (False, Stage.OFFICIAL)
    assert as_listed(result) == as_measured(commune, 2023)


def changed_standard():
    commune = CommuneFactory()
    reviewed(commune, 2021, 30)
    reviewed(commune, 2022, 12)
    return commune, 2022


def without_year_before():
    commune = CommuneFactory()
    reviewed(commune, 2023, 12, poor_escaped=5)
    return commune, 2023


def merged(second=True, split=False):
    """A commune made within the year of two others; one may have gone to a third as well."""
    district, day = DistrictFactory(), date(2023, 4, 10)
    heir = CommuneFactory(parent=district, valid_from=day)
    for number in (1, 2):
        part = CommuneFactory(parent=district, valid_to=day)
        SuccessionFactory(predecessor=part, successor=heir)
        if number == 1 or second:
            reviewed(part, 2022, 10 * number, households=500 * number)
    if split:
        SuccessionFactory(
            predecessor=part, successor=CommuneFactory(parent=district, valid_from=day), way="split"
        )
    reviewed(heir, 2023, 12)
    return heir, 2023


def merged_twice():
    """Made in April of two, one of which had been made in February of two others."""
    district = DistrictFactory()
    february, april = date(2023, 2, 1), date(2023, 4, 10)
    middle = CommuneFactory(parent=district, valid_from=february, valid_to=april)
    heir = CommuneFactory(parent=district, valid_from=april)
    for unit_ends, successor in ((february, middle), (february, middle), (april, heir)):
        part = CommuneFactory(parent=district, valid_to=unit_ends)
        SuccessionFactory(predecessor=part, successor=successor)
        reviewed(part, 2022, 10, households=400)
    SuccessionFactory(predecessor=middle, successor=heir)
    reviewed(heir, 2023, 12)
    return heir, 2023


@pytest.mark.parametrize(
    ("scene", "opening"),
    [
        (changed_standard, True),
        (without_year_before, True),
        (merged, False),
        (merged_twice, False),
        (lambda: merged(second=False), True),
        (lambda: merged(split=True), True),
    ],
)
def test_the_rate_before_is_that_of_the_criterion(scene, opening):
    unit, year = scene()
    PovertyPlanFactory(unit=unit, year=year)

    (result,) = commune_results(year, [unit])

    assert result.opening == opening
    assert as_listed(result) == as_measured(unit, year)


def test_without_plan_or_figures_nothing_is_beyond():
    told, silent = CommuneFactory(), CommuneFactory()
    reviewed(told, 2023, 5)
    PovertyPlanFactory(unit=silent)

    results = {result.unit: result for result in commune_results(2023, [told, silent])}

    assert (results[told].beyond, results[silent].beyond) == (None, None)
    assert results[silent].after is None


@pytest.mark.parametrize("rows", [1, 3])
def test_results_cost_the_same_for_any_number_of_communes(django_assert_num_queries, rows):
    communes = [merged()[0] for _ in range(rows)]

    with django_assert_num_queries(4):
        commune_results(2023, communes)


def test_the_page_of_a_year_shows_results_only_where_something_was_planned():
    _, ((district, (a, b)), _) = two_districts()
    reviewed(a, 2023, 5)

    assert year_page(2023, Stage.OFFICIAL, district).results == []
    PovertyPlanFactory(unit=a)
    assert [result.unit for result in year_page(2023, Stage.OFFICIAL, district).results] == [a, b]


def test_a_units_years_tell_the_same_as_the_criterion():
    commune = CommuneFactory()
    for year, poor in ((2021, 30), (2022, 20), (2023, 14)):
        reviewed(commune, year, poor)
    for year in (2022, 2023):
        PovertyPlanFactory(unit=commune, year=year)

    results = UnitFigures(commune).results

    assert [result.opening for result in results] == [True, False]
    assert [as_listed(result) for result in results] == [
        as_measured(commune, year) for year in (2022, 2023)
    ]


# Villages


def test_villages_of_a_commune_with_table_list_and_plan():
    commune = CommuneFactory()
    second, first = (VillageFactory(parent=commune, short_name=name) for name in ("2", "1"))
    for year, poor in ((2022, 5), (2023, 4)):
        PovertyTallyFactory(unit=first, year=year, poor=poor, households=250)
    PovertyTallyFactory(unit=first, origin="register", poor=5)
    PovertyPlanFactory(unit=first, rate_reduction="0.30")

    rows = UnitFigures(commune).villages(2023)

    assert [row.unit for row in rows] == [first, second]
    assert (rows[0].statement["poor"], rows[0].register["poor"]) == (4, 5)
    assert (rows[0].poor_differs, rows[0].near_differs) == (True, False)
    assert rows[0].result.beyond == Decimal("0.10")  # 2.00 − 1.60 − 0.30
    assert (rows[1].statement, rows[1].result.after) == (None, None)


def test_a_village_tells_what_the_criterion_tells():
    village = VillageFactory()
    for year, poor in ((2022, 5), (2023, 4)):
        PovertyTallyFactory(unit=village, year=year, poor=poor, households=250)
    PovertyPlanFactory(unit=village)

    (result,) = UnitFigures(village).results

    assert as_listed(result) == as_measured(village, 2023)
    assert not result.opening


@pytest.mark.parametrize("rows", [1, 3])
def test_villages_cost_the_same_for_any_number(django_assert_num_queries, rows):
    commune = CommuneFactory()
    for _ in range(rows):
        PovertyTallyFactory(unit=VillageFactory(parent=commune))

    with django_assert_num_queries(4):
        assert len(UnitFigures(commune).villages(2023)) == rows
