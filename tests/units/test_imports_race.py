"""Two people or two clicks at once: races that only PostgreSQL can run."""

import threading
from contextlib import contextmanager

import pytest
from django.db import connection, connections

from config.workflow import RuleViolation, Stale
from tests.factories.poverty import both_standards, two_districts
from tests.factories.units import person
from tests.units.review_workbooks import filled
from units import imports
from units.actions import import_reviews, upload_reviews
from units.kinds import Role
from units.models import LogEntry, PovertyReview
from units.models.poverty import Stage

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in"),
]


@pytest.fixture
def desks(stop_clock):
    both_standards()
    province, _ = two_districts()
    stop_clock(2023, 12, 20, 8)
    return [person(Role.POVERTY_DESK, province) for _ in range(2)]


@contextmanager
def together(monkeypatch):
    """Hold every import before its check until all have come that far, or are kept out by a lock.

    The first one in waits a moment with the lock in hand, so that the others do try.
    """
    check, entered = imports.check_file, threading.Event()

    def slow(file):
        if not entered.is_set():
            entered.set()
            threading.Event().wait(0.7)
        return check(file)

    with monkeypatch.context() as patch:
        patch.setattr(imports, "check_file", slow)
        yield


def at_once(monkeypatch, *acts):
    """Run the acts in threads of their own; what each returned or was refused with."""
    found = [None] * len(acts)

    def run(place, act):
        try:
            found[place] = act()
        except RuleViolation as refusal:
            found[place] = refusal
        finally:
            connections.close_all()

    with together(monkeypatch):
        threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
    return found


def uploaded(desk, *changes):
    return upload_reviews(filled(*changes), by=desk, year=2023, stage=Stage.OFFICIAL)


def test_a_double_click_writes_once(desks, monkeypatch):
    file = uploaded(desks[0])

    def confirm():
        return import_reviews(file, by=desks[0])

    found = at_once(monkeypatch, confirm, confirm)

    assert sorted(type(result).__name__ for result in found) == ["ReviewFile", "RuleViolation"]
    assert PovertyReview.objects.count() == 4
    assert LogEntry.objects.filter(action="import_reviews").count() == 1


@pytest.mark.parametrize("seen", [0, None])
def test_two_people_confirming_two_files_leave_one_whole_table(desks, monkeypatch, seen):
    """With what they saw, the second is told; without it, the second file replaces the first."""
    files = [uploaded(desk, {"households": 990 + place}) for place, desk in enumerate(desks)]

    found = at_once(
        monkeypatch,
        *(
            lambda file=file, desk=desk: import_reviews(file, by=desk, seen=seen)
            for file, desk in zip(files, desks, strict=True)
        ),
    )

    told = [result for result in found if isinstance(result, Stale)]
    assert len(told) == (1 if seen == 0 else 0)
    assert PovertyReview.objects.count() == 4
    written = [result for result in found if not isinstance(result, Stale)]
    last = max(written, key=lambda file: file.counts["changed"])
    changed = PovertyReview.objects.get(households__lt=1000)
    assert (changed.source_id, changed.households) == (last.pk, 990 + files.index(last))
