"""The strict room: what goes unnoticed elsewhere fails here."""

import socket
from contextlib import ExitStack
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from config import clock

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
LOCAL = {"127.0.0.1", "::1", "localhost"}


def pytest_collection_modifyitems(items):
    """What holds on PostgreSQL only is left out, aloud, on another database."""
    if connection.vendor != "postgresql":
        left_out = pytest.mark.skip(reason="holds on PostgreSQL only")
        for item in items:
            if item.get_closest_marker("postgres"):
                item.add_marker(left_out)


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
