"""Sums and rankings take in the units on a period's register: nobody is counted twice."""

from datetime import date

import pytest

from criteria.queries.standings import standings
from reports.figures.counting import accepted_reports, counted_figures
from reports.queries.below import below
from tests.factories.campaign import instant, reporting_year
from tests.factories.reorganising import done, merge
from tests.factories.reports import accepted, started
from tests.factories.units import CommuneFactory, DistrictFactory
from units.kinds import Tier
from units.models import Unit

pytestmark = pytest.mark.django_db
DAY = date(2023, 12, 1)
"""After the communes reported, before the day that tells the units of the year."""


@pytest.fixture
def cases(stop_clock):
    """Both old communes and the new one have reported the same year, and were received."""
    stop_clock(2023, 12, 5, 9)
    year = reporting_year(2023)
    district = DistrictFactory(parent=year.province)
    pair = [CommuneFactory(parent=district, code=f"9{n}001") for n in (1, 2)]
    for unit in pair:
        accepted(year=year, unit=unit, tier=Tier.COMMUNE)
    done(merge(*pair), by=None, seats="all", day=DAY)
    new = Unit.objects.as_of(DAY).get(code=pair[0].code)
    case = accepted(year=year, unit=new, tier=Tier.COMMUNE, at=instant(2023, 12, 5, 9))
    return year, district, case


def test_what_the_old_units_had_sent_is_not_counted_beside_the_new_one(cases):
    year, district, case = cases

    assert list(accepted_reports([year.period])) == [case.report]
    assert {row.report_id for row in counted_figures([year.period])} == {case.report.pk}
    upper = started(year=year, unit=district)
    found = below(upper.report)
    assert (found.reports, list(found.sums.values())) == (1, [7])


def test_the_ranking_of_the_year_has_the_new_unit_alone(cases):
    year, _, case = cases

    assert [row.unit_pk for row in standings(year.period, Tier.COMMUNE)] == [case.unit.pk]


def test_a_year_that_ended_before_keeps_its_units(stop_clock):
    stop_clock(2024, 2, 5, 9)
    year = reporting_year(2023)
    pair = [CommuneFactory(code=f"9{n}001") for n in (1, 2)]
    pair[1].parent = pair[0].parent
    cases = [accepted(year=year, unit=unit, tier=Tier.COMMUNE) for unit in pair]

    done(merge(*pair), by=None, seats="all", day=date(2024, 1, 1))

    assert set(accepted_reports([year.period])) == {case.report for case in cases}
