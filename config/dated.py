"""Rows that hold from a first day to the first day without them; an empty end means "still"."""

from datetime import date

from django.db import models
from django.db.models import Q


def covers(starts: date, ends: date | None, day: date) -> bool:
    """Whether a span holds on the day."""
    return starts <= day and (ends is None or day < ends)


def holds_on(day: date, *, starts: str = "starts", ends: str = "ends") -> Q:
    """The same as a condition on rows."""
    return Q(**{f"{starts}__lte": day}) & (
        Q(**{f"{ends}__isnull": True}) | Q(**{f"{ends}__gt": day})
    )


class DatedQuerySet(models.QuerySet):
    """Rows with ``starts`` and ``ends``."""

    def in_force(self, day: date):
        return self.filter(holds_on(day))
