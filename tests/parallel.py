"""Several people at once: acts that start at the same moment, each on a connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connections

from config.workflow import RuleViolation


def at_once(*acts: Callable[[], Any]) -> list:
    """What each act returned or was refused with, in their order; any other error is raised."""
    ready = Barrier(len(acts))

    def run(act):
        try:
            ready.wait(20)
            return act()
        except RuleViolation as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))
