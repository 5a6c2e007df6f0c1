"""A list taken back, and a list brought in again after units have changed: exact to the unit."""

from datetime import date

import pytest

from config.workflow import RuleViolation
from tests.factories.households import make_list, two_communes
from tests.factories.poverty import both_standards
from tests.factories.reorganising import done, merge
from tests.factories.units import DepartmentFactory, person
from tests.units.test_imports_households_counted import brought, tallies, villages_of
from units.actions import undo_import
from units.actions.households import save_household, set_status
from units.households.counts import lines_of
from units.kinds import Kind, Role
from units.models import Household, HouseholdYear, PovertyTally, Unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(stop_clock):
    stop_clock(2026, 3, 2, 9)
    both_standards()


@pytest.fixture
def communes():
    return two_communes()


@pytest.fixture
def rows(communes):
    return make_list(villages_of(communes), 30)


def on_file():
    """Everything that is kept of households, but the keys."""
    names = ("code", "unit", "head", "search", "sort_key", "source")
    years = ("household__code", "year", "status", "unit")
    return (
        sorted(Household.objects.values_list(*names), key=str),
        sorted(HouseholdYear.objects.values_list(*years)),
        sorted(PovertyTally.objects.values_list("unit", "year", "source", "poor", "poor_ethnic")),
    )


NOTHING = ([], [], [])


def renamed(rows):
    return [row | ({"chu_ho": "Đặng Văn Khác"} if place == 0 else {})
            for place, row in enumerate(rows)]  # fmt: skip


# Taken back


def test_lists_are_taken_back_one_after_the_other_down_to_nothing(rows):
    first = brought(rows)
    before = on_file()
    second = brought(renamed(rows))

    undo_import(second, by=None)
    assert on_file() == before
    undo_import(first, by=None)

    assert on_file() == NOTHING


def test_a_household_opened_and_saved_unchanged_goes_with_its_list(rows):
    job = brought(rows)
    household = Household.objects.first()
    save_household(household, by=None)

    assert Household.objects.get(pk=household.pk).source == job
    undo_import(job, by=None)

    assert on_file() == NOTHING


def test_a_household_that_had_moved_by_hand_stands_as_before_in_every_year(rows):
    brought(rows)
    household = Household.objects.order_by("pk").first()
    siblings = Unit.objects.filter(parent=household.unit.parent).exclude(pk=household.unit_id)
    household.unit = siblings.first()
    save_household(household, by=None)
    before = on_file()
    told = [row | {"ma_thon": household.unit.code} if row["ma_ho"] == household.code else row
            for row in rows]  # fmt: skip

    job = brought(told)
    assert set(household.years.values_list("unit", flat=True)) == {household.unit_id}
    undo_import(job, by=None)

    assert on_file() == before


def test_a_list_of_which_a_household_is_gone_is_not_taken_back(rows):
    job = brought(rows)
    household = Household.objects.first()
    job.rows.filter(key=household.code).update(object_id=household.pk + 10_000)

    with pytest.raises(RuleViolation, match="1 hộ của tệp này không còn trong danh sách"):
        undo_import(job, by=None)

    assert Household.objects.count() == len(rows)


# Units changed since


@pytest.fixture
def merger(communes):
    """The two communes become one in the middle of 2025, as an administrator enters it later."""

    def carry_out():
        admin = person(Role.ADMINISTRATOR, DepartmentFactory())
        (one, _), (other, _) = communes
        group = merge(one, other, name="Xã Chung", short_name="Chung")
        done(group, by=admin, day=date(2025, 7, 1), seats="all")
        return Unit.objects.get(name="Xã Chung")

    return carry_out


def test_the_same_list_again_moves_the_years_to_the_new_commune(rows, merger):
    brought(rows)
    new = merger()

    job = brought(rows)

    poor = sum(row["tt_2025"] == "N" for row in rows)
    assert job.counts["changed"] == sum(row["tt_2025"] != "" for row in rows)
    assert lines_of([new], 2025, by=Kind.COMMUNE)[0].statuses["N"] == poor
    assert dict(PovertyTally.objects.filter(year=2025, unit__kind=Kind.COMMUNE)
                .values_list("unit", "poor")) == {new.pk: poor}  # fmt: skip
    assert brought(rows).counts["same"] == len(rows)


def test_after_that_a_correction_by_hand_counts_the_whole_commune(rows, merger):
    brought(rows)
    new = merger()
    brought(rows)
    household = Household.objects.filter(years__year=2025, years__status="N").first()

    set_status(household, 2025, "CN", by=None)

    poor = sum(row["tt_2025"] == "N" for row in rows)
    assert PovertyTally.objects.get(unit=new, year=2025).poor == poor - 1


def test_both_lists_are_taken_back_although_units_have_changed(rows, merger):
    first = brought(rows)
    before = on_file()
    merger()
    second = brought(rows)

    undo_import(second, by=None)
    assert on_file() == before
    undo_import(first, by=None)

    assert on_file() == NOTHING


def test_the_preview_says_which_years_stand_in_a_former_unit(client, communes, rows, merger):
    brought(rows)
    new = merger()
    user = person(Role.REPORTER, new)
    client.force_login(user)

    job = brought(rows, by=user, options={"xa": new.pk})

    page = client.get(job.get_absolute_url(), {"xem": ".changed"}).content.decode()
    assert "Năm đang ghi ở đơn vị cũ: 2025 → <strong>–</strong>" in page
    assert tallies()[new.code, 2025]
