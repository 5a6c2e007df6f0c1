"""Where a year of one household lies: what ``Places`` tells of all, from its own village alone."""

from datetime import date

import pytest

from tests.factories.households import HouseholdFactory, two_communes
from tests.factories.poverty import both_standards
from tests.factories.units import CommuneFactory, SuccessionFactory, VillageFactory
from units.actions.households import set_status
from units.households.homes import home_on
from units.households.places import Places
from units.kinds import Kind
from units.models import Unit
from units.poverty.territory import year_end

pytestmark = pytest.mark.django_db
DAY, YEARS = date(2024, 7, 1), [2021, 2023, 2024, 2025]


@pytest.fixture
def register():
    """One commune goes on, one is taken over with a village of two; one village starts late."""
    (one, kept), (other, gone) = two_communes(villages=2)
    for unit in (other, *gone):
        unit.valid_to = DAY
        unit.save()
    new = CommuneFactory(code="08999", valid_from=DAY)
    heir = VillageFactory(code=gone[0].code, parent=new, valid_from=DAY)
    for old, successor in ((other, new), (gone[0], heir)):
        SuccessionFactory(predecessor=old, successor=successor, date=DAY)
    VillageFactory(parent=one, valid_from=date(2023, 3, 1))


def villages():
    return Unit.objects.filter(kind=Kind.VILLAGE).select_related("parent")


def test_every_village_leads_where_the_list_would_put_it(register):
    places = Places(YEARS, date(2026, 3, 2))

    told = {v.pk: tuple(home_on(v, year_end(year)) for year in YEARS) for v in villages()}

    assert told == {village.pk: places.units_at(village.pk) for village in villages()}
    assert len({len(set(units)) for units in told.values()}) > 1


def test_a_commune_is_its_own_home(register):
    commune = Unit.objects.filter(kind=Kind.COMMUNE, valid_to=DAY).get()

    assert home_on(commune, year_end(2025)) == commune.pk


def test_a_status_by_hand_does_not_read_the_register(register, monkeypatch, stop_clock):
    stop_clock(2026, 3, 2, 9)
    both_standards()
    gone = villages().filter(valid_to=DAY, handovers__isnull=False).get()
    household = HouseholdFactory(unit=gone)

    def whole(*_):
        raise AssertionError("the whole register")

    monkeypatch.setattr(Places, "__init__", whole)
    set_status(household, 2025, "N", by=None)

    assert household.years.get().unit.parent.code == "08999"
