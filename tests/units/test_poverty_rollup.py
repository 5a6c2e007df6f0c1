"""Counts of villages summed over communes, districts and the province, each once."""

import pytest

from tests.factories.tallies import PovertyTallyFactory
from tests.factories.units import CommuneFactory, DistrictFactory, ProvinceFactory, VillageFactory
from units.kinds import Kind
from units.models import PovertyTally
from units.poverty.rollup import ROLLED, rolled_up

pytestmark = pytest.mark.django_db

STATEMENT = PovertyTally.Origin.STATEMENT


def poor(rolled, unit, year=2023):
    return rolled[unit.pk, year].sums[ROLLED.index("poor")]


@pytest.fixture
def district():
    return DistrictFactory()


@pytest.fixture
def communes(district):
    """One commune of two villages (5 and 3 poor), one of one village (2), each told itself too."""
    large, small = CommuneFactory.create_batch(2, parent=district)
    for commune, figures in ((large, (5, 3)), (small, (2,))):
        for figure in figures:
            PovertyTallyFactory(unit=VillageFactory(parent=commune), poor=figure)
        PovertyTallyFactory(unit=commune, poor=sum(figures))
    return large, small


def test_villages_add_up_to_every_unit_above_them(communes, district):
    large, small = communes
    rolled = rolled_up([2023], STATEMENT)
    assert [poor(rolled, unit) for unit in (large, small, district, district.parent)] == [
        8,
        2,
        10,
        10,
    ]
    assert rolled[district.pk, 2023].parts == 3


def test_communes_own_counts_are_summed_instead_when_asked(communes, district):
    rolled = rolled_up([2023], STATEMENT, of=Kind.COMMUNE)
    assert poor(rolled, district) == 10
    assert rolled[district.pk, 2023].parts == 2


def test_years_and_origins_are_kept_apart(communes, district):
    village = VillageFactory(parent=communes[0])
    PovertyTallyFactory(unit=village, year=2022, poor=40)
    PovertyTallyFactory(unit=village, origin=PovertyTally.Origin.REGISTER, poor=60, households=None)
    rolled = rolled_up([2022, 2023], STATEMENT)
    assert (poor(rolled, district, 2022), poor(rolled, district)) == (40, 10)


def test_only_what_lies_under_the_asked_unit_is_summed(communes, district):
    stranger = CommuneFactory(parent=ProvinceFactory())
    PovertyTallyFactory(unit=VillageFactory(parent=stranger), poor=9)
    rolled = rolled_up([2023], STATEMENT, under=district)
    assert (stranger.pk, 2023) not in rolled
    assert poor(rolled, district) == 10


def test_a_count_that_no_part_tells_is_nought(district):
    village = VillageFactory(parent=CommuneFactory(parent=district))
    PovertyTallyFactory(unit=village, poor_ethnic=None)
    assert rolled_up([2023], STATEMENT)[district.pk, 2023].sums[ROLLED.index("poor_ethnic")] == 0


def test_two_queries_whatever_lies_below(communes, django_assert_num_queries):
    with django_assert_num_queries(2):
        rolled_up([2023], STATEMENT)
