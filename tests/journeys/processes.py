"""Real processes on the test's own database, to be killed: a worker, and a web server."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from socket import socket
from urllib.request import urlopen

import django
import psycopg2
import pytest
from django.conf import settings
from django.db import connection

ROOT = Path(settings.BASE_DIR) if settings.configured else Path.cwd()
PATIENCE = 60
"""Seconds after which a test gives up waiting for another process."""


def database_url() -> str:
    where = connection.settings_dict
    host, port = where["HOST"] or "127.0.0.1", where["PORT"] or 5432
    return f"postgres://{where['USER']}:{where['PASSWORD']}@{host}:{port}/{where['NAME']}"


def environment() -> dict[str, str]:
    """The test's own database and files, for a child; no file is page-sized there."""
    return {
        **os.environ,
        "DATABASE_URL": database_url(),
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "IMPORT_IN_REQUEST_BYTES": str(settings.IMPORT_IN_REQUEST_BYTES),
        "SECRET_KEY": settings.SECRET_KEY,
        "DEBUG": "on",
        "PYTHONPATH": str(ROOT),
    }


@contextmanager
def running(*command: str):
    """The program as long as the block lasts; what it printed when the test wants to know."""
    process = subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


@contextmanager
def worker(job):
    """A process that carries the import on, as a worker does once the queue names it.

    It writes as many rows at a time as the test does.
    """
    rows = import_module("units.imports.road.waiting").CHUNK
    with running("-m", "tests.journeys.processes", str(job.pk), str(rows)) as process:
        yield process


@contextmanager
def web():
    """A web server with two processes; yields it and its address once it answers."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    with running("-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}") as process:
        until(lambda: _answers(f"{address}/healthz"), process)
        yield process, address


def _answers(address: str) -> bool:
    try:
        return urlopen(address, timeout=5).status == 200
    except OSError:
        return False


def until(holds, process=None) -> None:
    """Wait for something that another process brings about; fail with its words if it ends."""
    end = time.monotonic() + PATIENCE
    while not holds():
        if process is not None and process.poll() is not None:
            pytest.fail(f"the process ended with {process.returncode}: {process.stdout.read()}")
        if time.monotonic() > end:
            pytest.fail("another process did not come so far")
        time.sleep(0.05)


def kill(process) -> None:
    """``kill -9``, with the children of a server; nobody gets to say goodbye."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    pids = [process.pid, *map(int, children.read_text().split())] if children.exists() else []
    for pid in pids or [process.pid]:
        os.kill(pid, signal.SIGKILL)
    process.wait()


@contextmanager
def beside():
    """Another connection to the test's database, for what must stand outside the test's own."""
    other = psycopg2.connect(database_url())
    try:
        yield other
    finally:
        other.close()


def ask(sql: str, *values):
    """A single answer, as somebody else sees it."""
    with beside() as other, other.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()[0]


def _work() -> None:
    """The child: carry the import of this key on."""
    kept = environment_given()
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import_module("tests.environment")
    os.environ.update(kept)
    django.setup()
    key, rows = map(int, sys.argv[1:])
    import_module("units.imports.road.waiting").CHUNK = rows
    models, actions = import_module("units.models"), import_module("units.actions")
    actions.work_on(models.Import.objects.get(pk=key))


def environment_given() -> dict[str, str]:
    """What the parent chose and the tests' environment would choose anew."""
    return {name: os.environ[name] for name in ("DATABASE_URL", "MEDIA_ROOT", "SECRET_KEY")}


if __name__ == "__main__":
    _work()
