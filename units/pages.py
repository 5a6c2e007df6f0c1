"""What the apps above add to the page of a unit."""

from collections.abc import Callable

from units.models import Unit, User

further_links: list[Callable[[Unit, User], list[tuple[str, str]]]] = []
"""Each gives links (words, address) that this user may follow, without asking the database.

The apps above add theirs in ``AppConfig.ready``.
"""


def links_of(unit: Unit, user: User) -> list[tuple[str, str]]:
    """Where more is told of the unit."""
    return [link for further in further_links for link in further(unit, user)]
