"""A large file of plan figures on its way in: five rows, carried through two at a time."""

import threading
from datetime import timedelta

from django.db import connection, connections

from config import clock
from tests.factories.poverty import PovertyPlanFactory
from tests.factories.units import CommuneFactory
from tests.units.plan_road import csv_file, row
from units.actions import cancel_import, upload_import
from units.imports.road import waiting
from units.models import Import, PovertyPlan

YEAR = {"year": 2023}
ROWS = 5


class Crash(BaseException):
    """The process dies here: nothing of ours runs any more, as far as one process can show it."""


def two_by_two(settings, monkeypatch):
    """Every text file is a large one, written two rows at a time."""
    settings.IMPORT_IN_REQUEST_BYTES = 0
    monkeypatch.setattr(waiting, "CHUNK", 2)


def five_rows(kind, user):
    """A file of five rows that waits; the third commune has a plan already."""
    communes = [CommuneFactory(code=f"0870{place}") for place in range(ROWS)]
    PovertyPlanFactory(unit=communes[2], rate_reduction="0.25", basis="cũ")
    return upload_import(kind, csv_file(*map(row, communes)), by=user, options=YEAR)


def never(job):
    """A queue that nobody works off."""


def plans():
    return PovertyPlan.objects.filter(rate_reduction="0.50").count()


def died(job):
    """What a killed worker leaves: the database lets go of its lock, the heart stands still."""
    job.refresh_from_db()
    clock_stands = clock.now() - timedelta(seconds=120)
    Import.objects.filter(pk=job.pk).update(heartbeat=clock_stands)
    job.refresh_from_db()
    return job


def closing(act):
    def run(*args, **options):
        try:
            return act(*args, **options)
        finally:
            connections.close_all()

    return run


def elsewhere(act):
    thread = threading.Thread(target=closing(act))
    thread.start()
    thread.join(20)


def cancel_elsewhere(job, user):
    """Cancel from another connection on PostgreSQL; SQLite in memory has but one."""
    if connection.vendor != "postgresql":
        Import.objects.filter(pk=job.pk).update(stop_asked=True)
    else:
        elsewhere(lambda: cancel_import(job, by=user))
