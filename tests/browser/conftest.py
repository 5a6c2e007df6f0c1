"""Chromium before a real server, and the clock stopped in November 2023."""

import os
import shutil
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from playwright.sync_api import expect

from config import clock
from config.text import VIETNAM
from tests.journeys.conftest import portal  # noqa: F401  # the same people in both journeys

CHROMIUM = os.environ.get("CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
FLAGS = [
    "--no-sandbox", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-quic",
]  # fmt: skip
PATIENCE = 30_000
"""Milliseconds until something awaited counts as missing, on a machine with other work as well."""

NOVEMBER = datetime(2023, 11, 24, 9, tzinfo=VIETNAM)
"""A Friday six days before the districts' deadline."""


def pytest_collection_finish(session):
    """SQLite in a file when a browser test is to run: each thread of the server opens its own.

    The database in memory lives in one connection, which threads would have to share.
    """
    here = Path(__file__).parent
    if connection.vendor == "sqlite" and any(here in item.path.parents for item in session.items):
        name = f"browser-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(Path(os.environ["VAR_DIR"], name))


@pytest.fixture(scope="session", autouse=True)
def _django_beside_playwright():
    """Playwright keeps an event loop in this thread; Django would refuse to speak to SQL there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        patch.setenv("DJANGO_LIVE_TEST_SERVER_ADDRESS", "127.0.0.1")
        yield


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine; set CHROMIUM to its path")
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": FLAGS}


@pytest.fixture(scope="session")
def live_server(django_db_setup, live_server):
    """Started when the database has its place; sooner it would share the test's connection."""
    return live_server


@pytest.fixture(scope="session")
def base_url(live_server):
    return live_server.url


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {
        **browser_context_args,
        "locale": "vi-VN",
        "timezone_id": "Asia/Ho_Chi_Minh",
        "viewport": {"width": 1280, "height": 900},
    }


@pytest.fixture(autouse=True)
def _november(live_server):
    """The portal's clock stands still, in the server's threads as well."""
    cache.clear()  # what the limits on signing in have counted
    with clock.frozen(NOVEMBER):
        yield


expect.set_options(timeout=PATIENCE)


class Faults(list):
    """What went wrong in the windows of a test; ``expect`` names what belongs to the test."""

    def __init__(self):
        super().__init__()
        self.expected = []

    def expect(self, words: str):
        self.expected.append(words)

    def unexpected(self) -> list[str]:
        return [fault for fault in self if not any(words in fault for words in self.expected)]


@pytest.fixture
def faults():
    """Errors of scripts, of the console (refused by the policy, not found) and of the server."""
    found = Faults()
    yield found
    assert found.unexpected() == []


def _watch(context, faults):
    def of_console(message):
        if message.type == "error":
            faults.append(f"console: {message.text} at {message.location.get('url', '')}")

    def of_server(response):
        if response.status >= 500:
            faults.append(f"server: {response.status} at {response.url}")

    context.on("console", of_console)
    context.on("weberror", lambda error: faults.append(f"script: {error.error}"))
    context.on("response", of_server)


@pytest.fixture
def window(new_context, live_server, faults):
    """``window(user, **options)``: a page in a browser of its own, with this user signed in."""

    def open_window(user=None, **options):
        context = new_context(**options)
        context.set_default_timeout(PATIENCE)
        _watch(context, faults)
        if user is not None:
            client = Client()
            client.force_login(user)
            name = settings.SESSION_COOKIE_NAME
            session = {"name": name, "value": client.cookies[name].value}
            context.add_cookies([{**session, "url": live_server.url}])
        return context.new_page()

    return open_window
