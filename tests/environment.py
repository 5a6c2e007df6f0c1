"""The environment that tests run in, set before Django reads any setting.

pytest loads this first (``-p tests.environment`` in pyproject.toml), so that neither a
demonstration's ``.env`` nor its shifted clock, mail server, cache or files reach a test. The
database may be chosen from outside: ``DATABASE_URL=postgres://… pytest``.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")
os.environ.update(
    SECRET_KEY="only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz",
    DEBUG="on",  # static files as they lie; Django's test runner turns settings.DEBUG off again
    SECURE_SSL="off",
    ALLOWED_HOSTS="testserver,localhost,127.0.0.1",
    CLOCK_SHIFT_DAYS="0",
    CACHE_URL="locmemcache://",
    EMAIL_URL="memorymail://",
    TASKS_BACKEND="django_tasks.backends.immediate.ImmediateBackend",
)

if "PYTEST_XDIST_WORKER" not in os.environ:
    folder = tempfile.mkdtemp(prefix="portal-tests-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    Path(folder, "static").mkdir()  # WhiteNoise warns of a missing folder, and warnings are errors
    os.environ["VAR_DIR"] = folder
os.environ["MEDIA_ROOT"] = str(Path(os.environ["VAR_DIR"], "files"))
