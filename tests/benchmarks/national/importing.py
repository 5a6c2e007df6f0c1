"""A national list of households through the road: by the command, in a process of its own.

Yardstick: the very rows that came of it, put back into the emptied tables with their indexes –
by COPY on PostgreSQL, by ``executemany`` in short transactions on SQLite. Beside it stand the peak
memory of the process, and how long another writer waited meanwhile.
"""

import os
import resource
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, sleep

from django.conf import settings
from django.db import connection, transaction

from tests.benchmarks.measuring import Line
from tests.benchmarks.national.country import Country
from tests.benchmarks.national.files import households, write_csv
from tests.benchmarks.room import settled
from units.actions import record
from units.imports.road.waiting import CHUNK
from units.models import Household, HouseholdYear, Unit

LIMITS = {"postgresql": 8, "sqlite": 20}
MOST_MEMORY = 400
"""MiB of the importing process at its highest."""
LONGEST_WAIT = 2.0
"""Seconds that another writer may be kept waiting: a page still answers."""
MODELS = (Household, HouseholdYear)


def lines(country: Country, rows: int) -> list[Line]:
    with TemporaryDirectory() as folder:
        path = Path(folder, "ho.csv")
        write_csv(path, households(country.villages, rows))
        with waiting() as waits:
            seconds, memory = by_command(path)
        count = Household.objects.count()
        if count != rows:
            raise AssertionError(f"{rows} rows in the file, {count} households in the register")
        yardstick = bare(folder)
    return [
        Line(
            f"{rows:,} households by csv, read, judged and written",
            seconds,
            yardstick,
            "COPY" if connection.vendor == "postgresql" else "executemany",
            LIMITS[connection.vendor],
        ),
        Line(
            "… peak memory of the process", memory, MOST_MEMORY, "the most allowed", 1, unit="MiB"
        ),
        Line("… longest wait of another writer", max(waits), LONGEST_WAIT, "the most allowed", 1),
    ]


def by_command(path: Path) -> tuple[float, float]:
    """Seconds and MiB of ``manage.py import_file``; its last words when it failed."""
    start = perf_counter()
    command = [sys.executable, "-m", "tests.benchmarks.child", "ho", str(path)]
    process = subprocess.run(command, env=environment(), capture_output=True, text=True)  # noqa: S603
    if process.returncode:
        raise AssertionError(process.stdout[-2_000:] + process.stderr[-4_000:])
    seconds = perf_counter() - start
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def environment() -> dict[str, str]:
    """This run's own database, for a child."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        url = f"sqlite:///{name}"
    else:
        where = connection.settings_dict
        url = f"postgres://{where['USER']}@{where['HOST']}:{where['PORT']}/{name}"
    return {**os.environ, "DATABASE_URL": url, "MEDIA_ROOT": str(settings.MEDIA_ROOT)}


@contextmanager
def waiting():
    """Another writer, ten times a second; yields how long each of its writes took."""
    waits, done = [0.0], threading.Event()
    thread = threading.Thread(target=_write, args=(waits, done))
    thread.start()
    try:
        yield waits
    finally:
        done.set()
        thread.join()


def _write(waits: list[float], done: threading.Event) -> None:
    unit = Unit.objects.order_by("pk").first()
    while not done.is_set():
        start = perf_counter()
        record("bench", unit, by=None, unit=unit)
        waits.append(perf_counter() - start)
        sleep(0.1)
    connection.close()


def bare(folder: str) -> float:
    """Seconds to put the same rows into the same tables, emptied, with their indexes."""
    put = _copy if connection.vendor == "postgresql" else _execute
    seconds = put(folder)
    settled(*MODELS)
    return seconds


def _copy(folder: str) -> float:
    tables = [model._meta.db_table for model in MODELS]
    files = [Path(folder, table) for table in tables]
    with connection.cursor() as cursor:
        for table, file in zip(tables, files, strict=True):
            with file.open("wb") as out:
                cursor.copy_expert(f"COPY {table} TO STDOUT", out)
        cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")
        cursor.execute("CHECKPOINT")
        start = perf_counter()
        for table, file in zip(tables, files, strict=True):
            with file.open("rb") as source:
                cursor.copy_expert(f"COPY {table} FROM STDIN", source)
        return perf_counter() - start


def _execute(folder: str) -> float:
    seconds = 0.0
    with connection.cursor() as cursor:
        kept = []
        for model in MODELS:
            cursor.execute(f"SELECT * FROM {model._meta.db_table}")  # noqa: S608
            kept.append((model._meta.db_table, cursor.fetchall()))
        for table, _ in reversed(kept):
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608
        for table, rows in kept:
            marks = ", ".join(["%s"] * len(rows[0]))
            sql = f"INSERT INTO {table} VALUES ({marks})"  # noqa: S608
            start = perf_counter()
            for first in range(0, len(rows), CHUNK):
                with transaction.atomic():
                    cursor.executemany(sql, rows[first : first + CHUNK])
            seconds += perf_counter() - start
    return seconds
