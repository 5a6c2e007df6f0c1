"""The strict room: what goes unnoticed elsewhere fails here."""

import socket
from contextlib import ExitStack
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import SimpleTestCase

from config import clock

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
LOCAL = {"127.0.0.1", "::1", "localhost"}


ASKING = {"db", "transactional_db", "live_server"}


def pytest_collection_modifyitems(config, items):
    """What holds on PostgreSQL only is left out, aloud, on another database; what asks no

    database runs beside SQLite and not once more here.
    """
    if connection.vendor == "postgresql":
        silent = {item for item in items if not _asks_the_database(item)}
        config.hook.pytest_deselected(items=list(silent))
        items[:] = [item for item in items if item not in silent]
        return
    left_out = pytest.mark.skip(reason="holds on PostgreSQL only")
    for item in items:
        if item.get_closest_marker("postgres"):
            item.add_marker(left_out)


def _asks_the_database(item) -> bool:
    if item.get_closest_marker("django_db") or ASKING & set(getattr(item, "fixturenames", ())):
        return True
    return issubclass(getattr(item, "cls", None) or object, SimpleTestCase)


@pytest.fixture(autouse=True)
def _strict_room(settings, tmp_path):
    """Cheap passwords, a folder of its own for files, templates that name every variable."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MEDIA_ROOT = str(tmp_path / "files")
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True, scope="session")
def _no_network():
    """No test may speak to another host."""
    connect = socket.socket.connect

    def local_only(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOCAL:
            raise RuntimeError(f"a test tried to reach {address[0]}")
        return connect(self, address)

    socket.socket.connect = local_only
    yield
    socket.socket.connect = connect


@pytest.fixture
def stop_clock():
    """``stop_clock(2023, 11, 20, 8)`` stops the portal's clock there, in Viet Nam time."""
    with ExitStack() as stack:

        def stop(*parts):
            return stack.enter_context(clock.frozen(datetime(*parts, tzinfo=VIETNAM)))

        yield stop
