"""Two at once on the import road: two people, two clicks, two workers; PostgreSQL only."""

import threading

import pytest

from config.workflow import Stale
from tests.factories.units import CommuneFactory, UserFactory
from tests.parallel import at_once
from tests.units.plan_road import PlanRoad, csv_file, registered, row
from units.actions import cancel_import, confirm_import, undo_import, upload_import, work_on
from units.imports import road
from units.models import Import, LogEntry, PovertyPlan

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
YEAR = {"year": 2023}
State = Import.State


@pytest.fixture
def kind(monkeypatch):
    return registered(monkeypatch, PlanRoad())


@pytest.fixture
def communes():
    return [CommuneFactory(code=f"0870{place}") for place in range(3)]


def uploaded(kind, user, *units):
    return upload_import(kind, csv_file(*map(row, units)), by=user, options=YEAR)


@pytest.fixture
def slowly(monkeypatch):
    """The first to write waits a moment with all its locks in hand, so that others do try."""
    write, entered = PlanRoad.write, threading.Event()

    def slow(self, *args, **options):
        if not entered.is_set():
            entered.set()
            threading.Event().wait(0.7)
        write(self, *args, **options)

    monkeypatch.setattr(PlanRoad, "write", slow)
    return entered


def test_a_double_click_writes_once(kind, communes, slowly):
    user = UserFactory()
    job = uploaded(kind, user, *communes)

    found = at_once(*[lambda: confirm_import(job, by=user)] * 2)

    assert sorted(type(result).__name__ for result in found) == ["Import", "RuleViolation"]
    assert PovertyPlan.objects.count() == 3
    assert LogEntry.objects.filter(action="import_file").count() == 1


def test_two_people_with_the_same_new_rows_write_them_once(kind, communes, slowly):
    """The second finds the rows on file and is shown what that means for the own file."""
    users = [UserFactory(), UserFactory()]
    jobs = [uploaded(kind, user, *communes) for user in users]

    found = at_once(
        *(
            lambda job=job, user=user: confirm_import(job, by=user)
            for job, user in zip(jobs, users, strict=True)
        )
    )

    assert sorted(type(result).__name__ for result in found) == ["Import", "Overtaken"]
    late = jobs[[isinstance(result, Stale) for result in found].index(True)]
    late.refresh_from_db()
    assert (late.state, late.counts["same"]) == (State.WAITING, 3)
    assert PovertyPlan.objects.count() == 3


@pytest.fixture
def large(settings):
    settings.IMPORT_IN_REQUEST_BYTES = 0


def test_two_workers_with_one_job_write_once(kind, communes, slowly, large):
    user = UserFactory()
    job = uploaded(kind, user, *communes)
    confirm_import(job, by=user, hand_over=lambda job: None)

    at_once(*[lambda: work_on(Import.objects.get(pk=job.pk))] * 2)

    job.refresh_from_db()
    assert (job.state, PovertyPlan.objects.count()) == (State.DONE, 3)
    assert LogEntry.objects.filter(action="import_file").count() == 1


def test_while_a_worker_writes_its_progress_is_seen_and_nothing_else(kind, communes, slowly, large):
    user = UserFactory()
    job = uploaded(kind, user, *communes)
    confirm_import(job, by=user, hand_over=lambda job: None)
    seen = []

    def look():
        slowly.wait(10)
        found = Import.objects.get(pk=job.pk)
        seen.append((found.state, road.preview.progress(found), PovertyPlan.objects.count()))

    at_once(lambda: work_on(Import.objects.get(pk=job.pk)), look)

    state, progress, plans = seen[0]
    assert (state, plans) == (State.WRITING, 0)
    assert not progress.interrupted
    assert not progress.queued


def test_cancelling_while_a_worker_writes_asks_it_to_stop(kind, communes, slowly, large):
    """The worker hears of it with its next chunk, here after the only one."""
    user = UserFactory()
    job = uploaded(kind, user, *communes)
    confirm_import(job, by=user, hand_over=lambda job: None)

    def cancel():
        slowly.wait(10)
        return cancel_import(job, by=user)

    _, asked = at_once(lambda: work_on(Import.objects.get(pk=job.pk)), cancel)

    assert asked.stop_asked
    job.refresh_from_db()
    assert (job.state, PovertyPlan.objects.count()) == (State.CANCELLED, 0)


def test_an_undo_and_a_second_undo_put_back_once(kind, communes, monkeypatch):
    user = UserFactory()
    job = confirm_import(uploaded(kind, user, *communes), by=user)

    found = at_once(*[lambda: undo_import(job, by=user)] * 2)

    assert sorted(type(result).__name__ for result in found) == ["Import", "RuleViolation"]
    assert PovertyPlan.objects.count() == 0
    assert LogEntry.objects.filter(action="undo_import").count() == 1
