"""``python -m tests.benchmarks``: measure on PostgreSQL where one answers, else on SQLite."""

import argparse
import os
import subprocess
import sys
from importlib import import_module

import django
import psycopg2

SERVER = os.environ.get("TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
PARTS = (
    "certificates",
    "summary",
    "pages",
    "ranking",
    "completeness",
    "poverty",
    "series",
    "workbook",
    "exports",
    "rollup",
    "eligibility",
    "households",
    "national",
)


def options():
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--database", choices=("postgresql", "sqlite", "both"))
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--runs", type=int, default=7, help="turns of which the median counts")
    return parser.parse_args()


def answers() -> bool:
    try:
        psycopg2.connect(SERVER, connect_timeout=3).close()
    except psycopg2.OperationalError:
        return False
    return True


def main() -> int:
    chosen = options()
    if chosen.database == "both":
        rest = ["--only", *chosen.only, "--runs", str(chosen.runs)]
        command = [sys.executable, "-m", "tests.benchmarks", *rest, "--database"]
        return max(subprocess.call([*command, name]) for name in ("postgresql", "sqlite"))
    name = chosen.database or ("postgresql" if answers() else "sqlite")
    os.environ["DATABASE_URL"] = SERVER if name == "postgresql" else "sqlite://:memory:"
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import_module("tests.environment")
    django.setup()
    return import_module("tests.benchmarks.running").run(chosen.only, chosen.runs)


if __name__ == "__main__":
    sys.exit(main())
