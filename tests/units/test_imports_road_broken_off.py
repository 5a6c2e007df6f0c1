"""Large files whose work breaks off a second time: overtaken, refused, asked to stop in between."""

from contextlib import contextmanager
from datetime import timedelta

import pytest

from config import clock
from config.workflow import RuleViolation
from tests.factories.poverty import PovertyPlanFactory
from tests.factories.units import CommuneFactory, UserFactory
from tests.units.large_plans import (
    ROWS,
    YEAR,
    Crash,
    cancel_elsewhere,
    died,
    five_rows,
    never,
    plans,
    two_by_two,
)
from tests.units.plan_road import PlanRoad, csv_file, registered, row
from units.actions import (
    cancel_import,
    confirm_import,
    resume_import,
    undo_import,
    upload_import,
    work_on,
)
from units.actions.importing import jobs, purging, renewing
from units.imports import road
from units.models import Import, LogEntry, PovertyPlan, Unit

pytestmark = pytest.mark.django_db(transaction=True)
State = Import.State
REFUSED = "Bạn không còn nhiệm vụ này."


@pytest.fixture(autouse=True)
def small_chunks(settings, monkeypatch):
    """Every text file is a large one, written two rows at a time."""
    two_by_two(settings, monkeypatch)


@pytest.fixture
def kind(monkeypatch):
    return registered(monkeypatch, PlanRoad())


@pytest.fixture
def user():
    return UserFactory()


@pytest.fixture
def job(kind, user):
    """A file of five rows that waits; the third commune has a plan already."""
    return five_rows(kind, user)


def overtake(code="08704"):
    """Somebody enters another figure for a commune of the file."""
    PovertyPlanFactory(unit=Unit.objects.get(code=code), rate_reduction="0.75", basis="mới")


@contextmanager
def dying(monkeypatch, owner, name, *, after=0):
    """A worker that dies there."""
    with monkeypatch.context() as patch:
        breaking(patch, owner, name, Crash(), after=after)
        with pytest.raises(Crash):
            yield


def breaking(patch, owner, name, error, *, after=0):
    """The method raises ``error`` once it has been called so many times."""
    method, called = getattr(owner, name), []

    def broken(self, *args, **options):
        if len(called) >= after:
            raise error
        called.append(args)
        return method(self, *args, **options)

    patch.setattr(owner, name, broken)


def crashed(job, user, monkeypatch, owner, name, *, after=0):
    """A confirmed import whose worker died there."""
    with dying(monkeypatch, owner, name, after=after):
        confirm_import(job, by=user, hand_over=work_on)
    return died(job)


def while_renewing(job, user, monkeypatch, at=("renewed", 0)):
    """A confirmed import that was overtaken, and whose worker died with its preview half new."""
    overtake()
    name, after = at
    return crashed(job, user, monkeypatch, renewing.Renewal, name, after=after)


AT = pytest.mark.parametrize("at", [("renew", 0), ("renew", 1), ("renewed", 0)])


# The preview made anew


@AT
def test_a_crash_while_the_preview_is_made_anew_does_not_count_as_writing(
    job, user, monkeypatch, at
):
    job = while_renewing(job, user, monkeypatch, at)
    assert (job.state, job.done, job.confirmed_at, plans()) == (State.WRITING, 0, None, 0)
    assert "Chưa ghi gì" in road.preview.progress(job).outcome

    resume_import(job, by=user)

    job.refresh_from_db()
    assert (job.state, plans()) == (State.WAITING, 0)
    assert "đã thay đổi" in job.failure
    assert (job.counts["new"], job.counts["changed"]) == (3, 2)
    assert not LogEntry.objects.filter(action="import_file").exists()
    confirm_import(job, by=user)
    assert plans() == ROWS


@AT
def test_a_row_that_became_wrong_stays_told_when_the_preview_is_made_anew_twice(
    job, user, monkeypatch, at
):
    Unit.objects.filter(code="08700").update(code="99999")
    job = while_renewing(job, user, monkeypatch, at)

    resume_import(job, by=user)

    job.refresh_from_db()
    assert (job.state, job.counts["errors"], job.counts["faulty"]) == (State.FAULTY, 1, 1)
    assert plans() == 0


@AT
def test_what_broke_off_while_made_anew_can_be_given_up(job, user, monkeypatch, at):
    job = while_renewing(job, user, monkeypatch, at)

    cancel_import(job, by=user)

    job.refresh_from_db()
    assert (job.state, job.rows.exists()) == (State.CANCELLED, False)
    figures = PovertyPlan.objects.order_by("unit__code").values_list("rate_reduction", flat=True)
    assert list(map(str, figures)) == ["0.25", "0.75"]


def test_a_preview_half_made_anew_goes_with_the_right_of_its_sender(job, user, monkeypatch, kind):
    job = while_renewing(job, user, monkeypatch)
    kind.refused = REFUSED

    work_on(job)

    job.refresh_from_db()
    assert (job.state, job.failure, plans()) == (State.CANCELLED, REFUSED, 0)


def asking_to_stop(monkeypatch, name):
    """Somebody asks for a stop when the renewal comes to this point."""
    method = getattr(renewing.Renewal, name)

    def asked(self, *args, **options):
        Import.objects.filter(pk=self.job.pk).update(stop_asked=True)
        return method(self, *args, **options)

    monkeypatch.setattr(renewing.Renewal, name, asked)


@pytest.mark.parametrize("again", [False, True])
def test_a_stop_asked_while_the_preview_is_made_anew_is_heard(job, user, monkeypatch, again):
    if again:
        job = while_renewing(job, user, monkeypatch)
    else:
        overtake()
    asking_to_stop(monkeypatch, "renew")

    resume_import(job, by=user) if again else confirm_import(job, by=user)

    job.refresh_from_db()
    assert (job.state, plans(), job.rows.exists()) == (State.CANCELLED, 0, False)
    assert "Đã dừng" in job.failure


# The right that ended


@pytest.mark.parametrize("written", [1, 2])
def test_rows_of_a_sender_who_lost_the_right_are_taken_back_all_the_same(
    job, user, kind, monkeypatch, written
):
    job = crashed(job, user, monkeypatch, PlanRoad, "write", after=written)
    kind.refused = REFUSED

    work_on(job)

    job.refresh_from_db()
    assert (job.state, job.failure, job.done) == (State.WAITING, REFUSED, 0)
    assert plans() == 0
    assert str(PovertyPlan.objects.get().rate_reduction) == "0.25"


def test_an_administrator_gives_up_what_a_sender_without_right_left(job, user, kind, monkeypatch):
    job = crashed(job, user, monkeypatch, PlanRoad, "write", after=1)
    kind.refused = REFUSED

    cancel_import(job, by=None)

    job.refresh_from_db()
    assert (job.state, plans(), job.rows.exists()) == (State.CANCELLED, 0, False)


def test_rows_are_taken_back_by_the_system(job, user, monkeypatch):
    """Or the kind would refuse the person whose right has ended."""
    undo = PlanRoad.undo

    def refusing(self, job, rows, *, by, at):
        if by is not None:
            raise RuleViolation(REFUSED)
        undo(self, job, rows, by=by, at=at)

    monkeypatch.setattr(PlanRoad, "undo", refusing)
    breaking(monkeypatch, PlanRoad, "write", RuleViolation(REFUSED), after=2)

    confirm_import(job, by=user)

    job.refresh_from_db()
    assert (job.state, job.failure, plans()) == (State.WAITING, REFUSED, 0)


def test_a_half_undone_import_goes_on_in_the_name_of_who_takes_it_up(job, user, kind, monkeypatch):
    confirm_import(job, by=user)
    job.refresh_from_db()
    with dying(monkeypatch, PlanRoad, "undo", after=1):
        undo_import(job, by=user, hand_over=work_on)
    user.is_active = False
    user.save()
    colleague = UserFactory()

    resume_import(died(job), by=colleague)

    job.refresh_from_db()
    assert (job.state, job.undone_by) == (State.UNDONE, colleague)
    assert PovertyPlan.objects.count() == 1


# A stop in between


def test_a_stop_that_was_asked_outlives_the_worker(job, user, monkeypatch):
    job = crashed(job, user, monkeypatch, PlanRoad, "write", after=1)
    Import.objects.filter(pk=job.pk).update(stop_asked=True)

    resume_import(job, by=user)

    job.refresh_from_db()
    assert (job.state, plans()) == (State.CANCELLED, 0)


def test_a_stop_is_heard_once_the_writing_was_taken_up_again(job, user, monkeypatch):
    job = crashed(job, user, monkeypatch, PlanRoad, "write", after=1)

    def stop(done, total):
        if done == 4:
            cancel_elsewhere(job, user)

    resume_import(job, by=user, hand_over=lambda job: work_on(job, stop))

    job.refresh_from_db()
    assert (job.state, plans()) == (State.CANCELLED, 0)
    assert str(PovertyPlan.objects.get().rate_reduction) == "0.25"


def test_a_stop_asked_while_a_refused_file_is_taken_back_gives_it_up(job, user, monkeypatch):
    take_back = jobs.take_back

    def asked(job, work):
        Import.objects.filter(pk=job.pk).update(stop_asked=True)
        take_back(job, work)

    monkeypatch.setattr(jobs, "take_back", asked)
    breaking(monkeypatch, PlanRoad, "write", RuleViolation("Kỳ đã khóa sổ."), after=1)

    confirm_import(job, by=user)

    job.refresh_from_db()
    assert (job.state, plans()) == (State.CANCELLED, 0)


def test_a_reading_taken_up_again_hears_a_stop(kind, user, monkeypatch):
    communes = [CommuneFactory(code=f"0870{place}") for place in range(ROWS)]
    job = upload_import(kind, csv_file(*map(row, communes)), by=user, options=YEAR, hand_over=never)
    with dying(monkeypatch, PlanRoad, "on_file"):
        work_on(job)
    Import.objects.filter(pk=died(job).pk).update(stop_asked=True)

    resume_import(job, by=user)

    job.refresh_from_db()
    assert (job.state, job.rows.exists()) == (State.CANCELLED, False)


# Rows that serve nobody


@pytest.mark.parametrize("rows", [ROWS - 1, ROWS])
def test_the_rows_of_an_old_large_import_go_by_a_worker(job, user, monkeypatch, settings, rows):
    monkeypatch.setattr(purging, "FEW", rows)
    confirm_import(job, by=user)
    handed = []

    with clock.frozen(clock.now() + timedelta(days=settings.IMPORT_UNDO_DAYS + 1)):
        purging.purge(handed.append)
        assert handed == ([job] if rows < ROWS else [])
        assert job.rows.exists() == bool(handed)
        for old in handed:
            work_on(old)

    job.refresh_from_db()
    assert (job.state, job.rows.exists(), plans()) == (State.DONE, False, ROWS)


def test_a_worker_leaves_the_rows_of_a_written_import_that_can_still_be_undone(job, user):
    confirm_import(job, by=user)

    work_on(job)

    job.refresh_from_db()
    assert (job.state, job.rows.count()) == (State.DONE, ROWS)
