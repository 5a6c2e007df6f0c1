"""A list beside a correction by hand, and two corrections at once; PostgreSQL only."""

import threading
from datetime import date

import pytest
from django.db import connections

from config.workflow import RuleViolation, Stale
from tests.factories.households import HouseholdFactory, as_csv, make_list, two_communes
from tests.factories.poverty import both_standards
from units.actions import confirm_import, household_sums, undo_import, upload_import
from units.actions.households import register_escape, set_status
from units.imports.households.kind import Households
from units.imports.kind import kind_of
from units.models import EscapeRegistration, Household, HouseholdYear, PovertyTally

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
REGISTER = PovertyTally.Origin.REGISTER
MOMENT = 0.7


@pytest.fixture(autouse=True)
def _clock(stop_clock):
    stop_clock(2026, 3, 2, 9)
    both_standards()


@pytest.fixture
def villages():
    return [village for _, villages in two_communes() for village in villages]


def uploaded(rows):
    return upload_import(kind_of("ho"), as_csv(rows), by=None, options={})


@pytest.fixture
def job(villages):
    return confirm_import(uploaded(make_list(villages, 20)), by=None)


def in_a_thread(act):
    """Begun now; joined, it tells what the act returned or was refused with."""
    found = []

    def run():
        try:
            found.append(act())
        except RuleViolation as refusal:
            found.append(refusal)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()

    def joined():
        thread.join(20)
        return found[0]

    return joined


@pytest.fixture
def beside(monkeypatch):
    """While the first one stands before (or after) a call, the act is tried beside it."""

    def arrange(owner, name, act, *, after=False):
        there, tried = getattr(owner, name), []

        def meanwhile(*args, **options):
            first, found = not tried, there(*args, **options) if after else None
            if first:
                tried.append(in_a_thread(act))
                threading.Event().wait(MOMENT)
            return found if after else there(*args, **options)

        monkeypatch.setattr(owner, name, meanwhile)
        return tried

    return arrange


def poor_of(year):
    """(village → poor as counted, village → poor on file)."""
    told = PovertyTally.objects.filter(origin=REGISTER, year=year, unit__kind="village", poor__gt=0)
    real: dict[int, int] = {}
    for unit in HouseholdYear.objects.filter(year=year, status="N").values_list("unit", flat=True):
        real[unit] = real.get(unit, 0) + 1
    return dict(told.values_list("unit", "poor")), real


def test_two_people_of_one_village_are_both_counted(villages, beside):
    first, second = (HouseholdFactory(unit=villages[0], code=f"087070000{n}") for n in (1, 2))
    tried = beside(
        household_sums,
        "counted_on_file",
        lambda: set_status(second, 2023, "N", by=None),
        after=True,
    )

    set_status(first, 2023, "N", by=None)

    assert tried[0]() is None
    told, real = poor_of(2023)
    assert told == real == {villages[0].pk: 2}
    assert PovertyTally.objects.get(unit=villages[0].parent, year=2023).poor == 2


def test_a_correction_before_a_list_looks_makes_its_preview_anew(villages, job, beside):
    rows = make_list(villages, 20)
    new = make_list(villages[:1], 1, seed=7)[0] | {"ma_ho": "0870799999"}
    again = uploaded([*rows, new])
    household = Household.objects.filter(years__year=2025, years__status="N").first()
    tried = beside(Households, "hold", lambda: set_status(household, 2025, "CN", by=None))

    with pytest.raises(Stale, match="dữ liệu trên cổng đã thay đổi"):
        confirm_import(again, by=None)

    assert tried[0]() is None
    assert not Household.objects.filter(code="0870799999").exists()


def test_a_correction_waits_until_a_list_is_written(villages, job, beside):
    rows = make_list(villages, 20)
    household = Household.objects.filter(years__year=2025, years__status="N").first()
    village = household.unit
    new = make_list([village], 1, seed=7)[0] | {"ma_ho": f"{village.parent.code}99999"}
    again = uploaded([*rows, new])
    tried = beside(Households, "write", lambda: set_status(household, 2025, "CN", by=None))

    confirm_import(again, by=None)

    assert tried[0]() is None
    assert HouseholdYear.objects.get(household=household, year=2025).status == "CN"
    told, real = poor_of(2025)
    assert told == real


def test_a_correction_beside_an_undo_finds_the_household_gone(job, beside):
    household = Household.objects.filter(years__year=2025, years__status="N").first()
    tried = beside(Households, "undo", lambda: set_status(household, 2025, "CN", by=None))

    undo_import(job, by=None)

    assert "không còn trong danh sách" in str(tried[0]())
    assert not PovertyTally.objects.exists()


def test_an_undo_after_a_correction_is_refused_although_it_had_looked_before(job, beside):
    """The correction comes between the first look and the lock."""
    household = Household.objects.filter(years__year=2025, years__status="N").first()
    tried = beside(Households, "hold", lambda: set_status(household, 2025, "CN", by=None))

    with pytest.raises(RuleViolation, match="đã được sửa sau"):
        undo_import(job, by=None)

    assert tried[0]() is None
    assert Household.objects.count() == 20


def test_a_registration_beside_an_undo_finds_the_household_gone(job, beside):
    household = Household.objects.filter(years__year=2025, years__status="N").first()
    tried = beside(
        Households, "undo", lambda: register_escape(household, 2026, date(2026, 2, 1), by=None)
    )

    undo_import(job, by=None)

    assert "không còn trong danh sách" in str(tried[0]())
    assert not EscapeRegistration.objects.exists()
