"""One thing that waits for a person, as the home page shows it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Task:
    """One thing to do: what, for which unit, until when, where."""

    kind: str
    title: str
    detail: str
    url: str
    due: datetime | None = None
    post: bool = False
    """Whether the address is a deed (POST) and not a page."""
