"""``python -m tests.benchmarks.child KIND FILE``: the command, on the run's database.

The tests' environment would choose a database of its own; here the one named outside holds.
"""

import os
import sys
from importlib import import_module

import django
from django.conf import settings
from django.core.management import call_command


def main() -> None:
    kept = {name: os.environ[name] for name in ("DATABASE_URL", "MEDIA_ROOT")}
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import_module("tests.environment")
    os.environ.update(kept)
    django.setup()
    settings.DEBUG = False  # else the text of every statement is kept
    call_command("import_file", *sys.argv[1:], "--confirm")


if __name__ == "__main__":
    main()
