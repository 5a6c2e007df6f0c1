"""A database of its own, made for one run and dropped after it."""

import gc
import os
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management.color import no_style
from django.db import connection


@contextmanager
def own_database():
    """An empty, migrated database; on SQLite a file, for people run the portal on a file."""
    name = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = (
        str(Path(os.environ["VAR_DIR"], "benchmarks.sqlite3"))
        if connection.vendor == "sqlite"
        else f"portal_benchmarks_{os.getpid()}"
    )
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def as_in_production() -> None:
    """Settings that cost time where they differ: no debugging, templates kept once compiled."""
    settings.DEBUG = False
    settings.ROOT_URLCONF = "tests.benchmarks.urls"
    settings.LOGGING_CONFIG = None


def settled(*models) -> None:
    """After many rows went in: sequences, the planner's counts, and Python's own heap."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
        if connection.vendor == "postgresql":  # there autovacuum does so by itself, soon
            cursor.execute("VACUUM (ANALYZE)")
    gc.collect()
    gc.freeze()
