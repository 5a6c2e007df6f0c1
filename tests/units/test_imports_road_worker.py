"""Large files, carried through by a worker: progress, stop, a worker that died, two at once."""

import pytest
from django.db import connection

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
    elsewhere,
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
from units.actions.importing import work
from units.imports import road
from units.imports.road import presence
from units.models import Import, LogEntry, PovertyPlan

pytestmark = pytest.mark.django_db(transaction=True)
State = Import.State


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


@pytest.fixture
def breaks(monkeypatch):
    """``breaks(error, after=2)``: writing raises ``error`` once so many rows are written."""

    def arrange(error, *, after):
        write, written = PlanRoad.write, []

        def broken(self, job, rows, around, *, by, at):
            if len(written) >= after:
                raise error
            written.extend(rows)
            write(self, job, rows, around, by=by, at=at)

        monkeypatch.setattr(PlanRoad, "write", broken)
        return lambda: monkeypatch.setattr(PlanRoad, "write", write)

    return arrange


def test_a_large_file_is_read_written_and_taken_back_by_a_worker(job, user):
    assert (job.state, job.counts["new"], job.counts["changed"]) == (State.WAITING, 4, 1)

    confirm_import(job, by=user, seen=road.revision(job))
    job.refresh_from_db()
    assert (job.state, plans(), job.heartbeat) == (State.DONE, ROWS, None)
    assert LogEntry.objects.filter(action="import_file", by=user).count() == 1

    undo_import(job, by=user)
    job.refresh_from_db()
    assert (job.state, plans(), job.undone_by) == (State.UNDONE, 0, user)
    assert str(PovertyPlan.objects.get().rate_reduction) == "0.25"
    assert not job.rows.exists()


def test_a_confirmed_file_waits_in_the_queue_and_is_confirmed_only_once(job, user):
    confirm_import(job, by=user, hand_over=never)

    with pytest.raises(RuleViolation, match="“đang ghi”"):
        confirm_import(job, by=user, hand_over=never)

    job.refresh_from_db()
    assert (job.state, plans()) == (State.WRITING, 0)
    assert road.preview.progress(job).queued


def test_progress_is_told_as_the_rows_go_in(job, user):
    told = []

    confirm_import(
        job, by=user, hand_over=lambda job: work_on(job, lambda *pair: told.append(pair))
    )

    assert told == [(2, ROWS), (4, ROWS), (5, ROWS)]


@pytest.mark.parametrize("written", [0, 2, 4])
def test_after_a_crash_the_page_knows_and_the_writing_goes_on(job, user, breaks, written):
    mend = breaks(Crash(), after=written)
    with pytest.raises(Crash):
        confirm_import(job, by=user, hand_over=work_on)

    job = died(job)
    assert plans() == (0 if connection.vendor == "postgresql" else written)
    assert presence.is_interrupted(job)
    assert road.preview.progress(job).interrupted
    mend()
    resume_import(job, by=user)

    job.refresh_from_db()
    assert (job.state, plans()) == (State.DONE, ROWS)
    assert LogEntry.objects.filter(action="import_file").count() == 1


def test_after_a_crash_the_import_can_be_given_up(job, user, breaks):
    mend = breaks(Crash(), after=2)
    with pytest.raises(Crash):
        confirm_import(job, by=user, hand_over=work_on)
    mend()

    cancel_import(died(job), by=user)

    job.refresh_from_db()
    assert (job.state, plans()) == (State.CANCELLED, 0)
    assert str(PovertyPlan.objects.get().rate_reduction) == "0.25"
    assert not job.rows.exists()


def test_an_error_nobody_foresaw_leaves_word_and_a_way_on(job, user, breaks):
    mend = breaks(ZeroDivisionError("x"), after=2)

    confirm_import(job, by=user)

    job = died(job)
    assert job.state == State.WRITING
    assert "ZeroDivisionError" in job.failure
    mend()
    resume_import(job, by=user)
    job.refresh_from_db()
    assert (job.state, job.failure, plans()) == (State.DONE, "", ROWS)


def test_a_refusal_while_writing_leaves_the_file_waiting_with_the_reason(job, user, breaks):
    breaks(RuleViolation("Kỳ đã khóa sổ."), after=2)

    confirm_import(job, by=user)

    job.refresh_from_db()
    assert (job.state, plans(), job.failure) == (State.WAITING, 0, "Kỳ đã khóa sổ.")


def test_a_row_changed_on_file_since_is_shown_anew(job, user):
    unit = CommuneFactory._meta.model.objects.get(code="08704")
    PovertyPlanFactory(unit=unit, rate_reduction="0.75", basis="mới")

    confirm_import(job, by=user)

    job.refresh_from_db()
    assert (job.state, plans()) == (State.WAITING, 0)
    assert "đã thay đổi" in job.failure
    assert (job.counts["new"], job.counts["changed"]) == (3, 2)
    confirm_import(job, by=user)
    assert plans() == ROWS


def test_somebody_asks_to_stop_while_rows_go_in(job, user):
    def stop(done, total):
        if done == 2:
            cancel_elsewhere(job, user)

    confirm_import(job, by=user, hand_over=lambda job: work_on(job, stop))

    job.refresh_from_db()
    assert (job.state, plans()) == (State.CANCELLED, 0)
    assert "Đã dừng" in job.failure
    assert not job.rows.exists()


def test_a_worker_that_was_believed_dead_writes_nothing_more(job, user):
    """Somebody took its work up; it learns of it with its next chunk."""

    def overtaken():
        Import.objects.filter(pk=job.pk).update(phase_started_at=clock.now())

    def overtake(done, total):
        if done == 2:
            elsewhere(overtaken) if connection.vendor == "postgresql" else overtaken()

    confirm_import(job, by=user, hand_over=lambda job: work_on(job, overtake))

    job = died(job)
    assert job.state == State.WRITING
    assert plans() == (0 if connection.vendor == "postgresql" else 2)
    resume_import(job, by=user)
    job.refresh_from_db()
    assert (job.state, plans()) == (State.DONE, ROWS)


def test_a_job_still_in_the_queue_is_given_up_at_once(job, user):
    confirm_import(job, by=user, hand_over=never)

    cancel_import(job, by=user)
    work_on(job)

    job.refresh_from_db()
    assert (job.state, plans()) == (State.CANCELLED, 0)


def test_a_living_worker_is_not_disturbed(job, user):
    confirm_import(job, by=user, hand_over=never)
    job.refresh_from_db()

    with work.at_work(job):
        assert not presence.is_interrupted(job)
        with pytest.raises(RuleViolation, match="hãy chờ, hoặc dừng lại"):
            resume_import(job, by=user)

    job.refresh_from_db()
    assert job.heartbeat is None


def test_reading_taken_up_again_begins_from_the_start(kind, user, monkeypatch):
    communes = [CommuneFactory(code=f"0870{place}") for place in range(ROWS)]
    job = upload_import(kind, csv_file(*map(row, communes)), by=user, options=YEAR, hand_over=never)
    assert road.preview.progress(job).queued
    asked = PlanRoad.on_file

    def crashes(self, keys, around):
        if communes[-1].code in keys:
            raise Crash
        return asked(self, keys, around)

    monkeypatch.setattr("units.actions.importing.reading.CHUNK", 2)
    with monkeypatch.context() as patch:
        patch.setattr(PlanRoad, "on_file", crashes)
        with pytest.raises(Crash):
            work_on(job)
    job = died(job)
    assert (job.state, job.done, job.rows.count()) == (State.READING, 4, 4)

    resume_import(job, by=user)

    job.refresh_from_db()
    assert (job.state, job.counts["new"], job.rows.count()) == (State.WAITING, ROWS, ROWS)


def test_a_file_that_cannot_be_read_ends_with_the_reason(kind, user, settings):
    job = upload_import(kind, csv_file(), by=user, options=YEAR)

    assert job.state == State.FAILED
    assert "chưa có dòng dữ liệu nào" in job.failure
    assert not job.file


def test_an_undo_that_is_refused_leaves_the_import_written(job, user):
    confirm_import(job, by=user)
    job.refresh_from_db()
    PovertyPlan.objects.filter(unit__code="08701").update(rate_reduction="0.90")

    undo_import(job, by=user)

    job.refresh_from_db()
    assert (job.state, job.undone_by) == (State.DONE, None)
    assert "dòng 3 đã được sửa" in job.failure
    assert PovertyPlan.objects.count() == ROWS


@pytest.mark.parametrize("at", [0, 2])
def test_an_undo_that_broke_off_goes_on(job, user, monkeypatch, at):
    confirm_import(job, by=user)
    job.refresh_from_db()
    undo, undone = PlanRoad.undo, []

    def broken(self, job, rows, *, by, at_=None, **moment):
        if len(undone) >= at:
            raise Crash
        undone.extend(rows)
        undo(self, job, rows, by=by, **moment)

    with monkeypatch.context() as patch:
        patch.setattr(PlanRoad, "undo", broken)
        with pytest.raises(Crash):
            undo_import(job, by=user, hand_over=work_on)
    job = died(job)
    assert job.state == State.UNDOING

    resume_import(job, by=user)

    job.refresh_from_db()
    assert (job.state, PovertyPlan.objects.count()) == (State.UNDONE, 1)
