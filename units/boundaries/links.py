"""The successions that units went through up to a day, or from a day on: one statement."""

from datetime import date

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from units.models import Succession

REACHED = """
WITH RECURSIVE reached(unit) AS (
    {starts}
    UNION
    SELECT link.{far}_id
    FROM units_succession link
    JOIN reached ON link.{near}_id = reached.unit
    WHERE link.date {side} %s AND link.{far}_id IS NOT NULL
)
SELECT link.id
FROM units_succession link
JOIN reached ON link.{near}_id = reached.unit
WHERE link.date {side} %s
"""


def links_from(starts: QuerySet, day: date, *, forward: bool) -> QuerySet[Succession]:
    """All successions that lead from these units on to the day, or back to it.

    ``starts`` is a queryset of units. Several reorganisations, parts that meet again and even a
    circle are read once.
    """
    sql, params = starts.order_by().values("pk").query.sql_with_params()
    near, far = ("predecessor", "successor") if forward else ("successor", "predecessor")
    within = connection.ops.adapt_datefield_value(day)
    text = REACHED.format(starts=sql, near=near, far=far, side="<=" if forward else ">")
    return Succession.objects.filter(pk__in=RawSQL(text, (*params, within, within)))  # noqa: S611


def reached_from(starts: QuerySet, day: date, *, forward: bool) -> set[int]:
    """The keys of all units that these became by the day, or had come from; not they themselves."""
    far = "successor" if forward else "predecessor"
    found = links_from(starts, day, forward=forward).filter(**{f"{far}__isnull": False})
    return set(found.values_list(far, flat=True))
