"""The shipped register and plan, standing for all tests of a module.

Loading both takes longer than most tests, so a module loads once; each test still rolls back.
"""

import json
from contextlib import contextmanager

from django.db import transaction

from awards import loading as awards
from campaign import loading as campaign
from criteria import loading as criteria
from reports import loading as reports
from units.register import load_register

PARTS = {"campaign": campaign, "criteria": criteria, "awards": awards, "reports": reports}


@contextmanager
def standing(blocker, *, plan=True):
    """The register, and with ``plan`` the whole plan, until the module is done.

    Use in a fixture of scope "module"; ``blocker`` is pytest-django's ``django_db_blocker``.
    """
    with blocker.unblock(), transaction.atomic():
        load_register()
        if plan:
            loaded, _ = campaign.load()
            for part in (criteria, awards, reports):
                part.load(loaded)
        with blocker.block():
            yield
        transaction.set_rollback(True)


def shipped(part) -> dict:
    """The content of a shipped file, to be changed by a test."""
    return json.loads(PARTS[part].SHIPPED.read_text(encoding="utf-8"))


def written(content, folder):
    """The content as a file in ``folder``."""
    path = folder / "plan.json"
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path
