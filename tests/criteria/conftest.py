"""The scene most tests of criteria start from: a district of a province in a reporting year."""

import pytest

from config import clock
from tests.factories.campaign import reporting_year
from tests.factories.criteria import WORKDAY, reporter_of
from tests.factories.units import DistrictFactory, person
from units.kinds import Role


@pytest.fixture
def _workday():
    """The clock stands on a Monday ten days before the deadline of 2023."""
    with clock.frozen(WORKDAY):
        yield


@pytest.fixture
def year(db, _workday):
    return reporting_year()


@pytest.fixture
def unit(year):
    return DistrictFactory(parent=year.province)


@pytest.fixture
def reporter(unit):
    return reporter_of(unit)


@pytest.fixture
def board(year):
    return person(Role.BOARD, year.board)
