"""Files that waited while units changed: their rows follow, or the file must be brought in anew."""

from datetime import date, timedelta

import pytest
from django.db.models import Count

from config import clock
from config.workflow import RuleViolation, Stale
from tests.factories.campaign import CampaignFactory
from tests.factories.households import as_csv, make_list, two_communes
from tests.factories.poverty import both_standards, two_districts
from tests.factories.reorganising import done, merge, rename
from tests.factories.units import CommuneFactory, DepartmentFactory, UserFactory, person
from tests.units.plan_road import PlanRoad, csv_file, registered, row
from tests.units.review_workbooks import filled, read
from tests.units.statement_files import csv_, line
from units.actions import confirm_import, upload_import, work_on
from units.actions.reorganising import undo_reorganisation
from units.imports import road
from units.imports.kind import kind_of
from units.kinds import Role
from units.models import HouseholdYear, Import, PovertyReview, PovertyTally, Unit
from units.models.poverty import Stage
from units.poverty.territory import year_end

pytestmark = pytest.mark.django_db
State = Import.State


def test_a_row_whose_code_names_another_unit_by_now_is_shown_anew(monkeypatch):
    kind, user = registered(monkeypatch, PlanRoad()), UserFactory()
    commune = CommuneFactory(code="08700")
    job = upload_import(kind, csv_file(row(commune)), by=user, options={"year": 2023})
    Unit.objects.filter(pk=commune.pk).update(code="08799")
    heir = CommuneFactory(code="08700")

    with pytest.raises(Stale, match="đã thay đổi"):
        confirm_import(job, by=user)

    job.refresh_from_db()
    assert (job.state, job.rows.get().unit) == (State.WAITING, heir)
    assert [unit.name for unit in road.preview.by_unit(job)] == [heir.name]
    assert confirm_import(job, by=user).state == State.DONE


# Figures of communes


@pytest.fixture
def communes():
    both_standards()
    _, ((_, first), (_, second)) = two_districts()
    Unit.objects.update(valid_to=None)
    return [*first, *second]


@pytest.fixture
def desk(communes):
    return person(Role.POVERTY_DESK, communes[0].parent.parent)


def renamed(commune):
    """The district of the commune takes another name, and all below it starts anew."""
    district = rename(commune.parent, name="Thành phố Mới", short_name="Mới")
    return done(district, by=None, day=date(2023, 7, 1), seats="all")


def astray(model):
    """Figures of units that had ended, or not begun, at the end of their year."""
    rows = model.objects.select_related("unit")
    return [row.unit.name for row in rows if not row.unit.exists_on(year_end(row.year))]


def in_the_end_written(job, by):
    """Confirmed, shown anew, confirmed again."""
    with pytest.raises(Stale, match="đã thay đổi"):
        confirm_import(job, by=by)
    job.refresh_from_db()
    assert job.state == State.WAITING
    assert confirm_import(job, by=by).state == State.DONE


def test_a_review_goes_to_the_units_of_today(communes, desk, stop_clock):
    stop_clock(2023, 12, 20, 8)
    job = read(filled(), year=2023, stage=Stage.OFFICIAL, by=desk)
    renamed(communes[0])

    in_the_end_written(job, desk)

    assert PovertyReview.objects.count() == len(communes)
    assert astray(PovertyReview) == []


def test_a_statement_goes_to_the_units_of_today(communes, desk, stop_clock):
    stop_clock(2023, 12, 20, 8)
    CampaignFactory()
    file = csv_([line(communes[0], nam=2023)])
    job = upload_import(kind_of("so-lieu"), file, by=desk, options={})
    renamed(communes[0])

    in_the_end_written(job, desk)

    assert PovertyTally.objects.exists()
    assert astray(PovertyTally) == []


# Households, whose counts cannot be made anew


@pytest.fixture
def lists(stop_clock):
    """Two communes in 2026."""
    stop_clock(2026, 3, 2, 9)
    both_standards()
    return two_communes()


@pytest.fixture
def admin(lists):
    return person(Role.ADMINISTRATOR, DepartmentFactory())


def waits(lists):
    file = as_csv(make_list(lists[0][1], 12))
    job = upload_import(kind_of("ho"), file, by=None, options={})
    assert job.state == State.WAITING
    return job


def an_hour_later():
    return clock.frozen(clock.now() + timedelta(hours=1))


def merged(lists, admin):
    (one, _), (other, _) = lists
    chosen = merge(one, other, name="Xã Chung", short_name="Chung")
    return done(chosen, by=admin, day=date(2025, 7, 1), seats="all")


def counts_agree():
    """The counts of villages are those of the households on file."""
    told = PovertyTally.objects.filter(unit__kind="village", poor__gt=0)
    listed = HouseholdYear.objects.filter(status="N").values_list("unit", "year")
    real = {(unit, year): n for unit, year, n in listed.annotate(n=Count("pk")).order_by()}
    return {(unit, year): n for unit, year, n in told.values_list("unit", "year", "poor")} == real


def test_a_list_that_waited_while_units_changed_is_brought_in_anew(lists, admin):
    job = waits(lists)

    with an_hour_later():
        merged(lists, admin)
        for _ in range(2):
            with pytest.raises(RuleViolation, match="hãy tải tệp lên lại"):
                confirm_import(job, by=None)
        assert not HouseholdYear.objects.exists()
        again = confirm_import(waits(lists), by=None)

    assert again.state == State.DONE
    assert counts_agree()


def test_so_is_a_list_that_waited_while_a_change_was_undone(lists, admin):
    other = rename(lists[1][0], name="Xã Khác", short_name="Khác")
    change = done(other, by=admin, day=date(2025, 7, 1), seats="all")
    job = waits(lists)
    with an_hour_later():
        undo_reorganisation(change, by=admin, reason="Nhầm")

        with pytest.raises(RuleViolation, match="hãy tải tệp lên lại"):
            confirm_import(job, by=None)


def test_the_page_of_such_a_list_says_so_at_its_button(lists, admin):
    job = waits(lists)

    with an_hour_later():
        merged(lists, admin)
        steps = {offer.name: offer for offer in road.preview.offered(job, None, clock.now())}

    assert list(steps["confirm"].obstacles) == kind_of("ho").outdated(job) != []


def test_a_large_list_confirmed_before_the_change_is_not_written_by_the_worker(
    lists, admin, settings
):
    settings.IMPORT_IN_REQUEST_BYTES = 0
    file = as_csv(make_list(lists[0][1], 12))
    job = upload_import(kind_of("ho"), file, by=None, options={}, hand_over=work_on)
    confirm_import(job, by=None, hand_over=lambda job: None)

    with an_hour_later():
        merged(lists, admin)
        job.refresh_from_db()
        work_on(job)

    job.refresh_from_db()
    assert (job.state, HouseholdYear.objects.exists()) == (State.WAITING, False)
    assert "hãy tải tệp lên lại" in job.failure
