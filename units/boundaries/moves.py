"""Units that keep their boundary or go over whole, one by one, by the database itself.

Nearly every unit that ends has one heir, and nearly every new one that is asked back to an older
day has one origin, step after step. Their sums need no reckoning in Python: one statement follows
the steps and adds up by row. What splits, is lost or was joined is left to ``fates``.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from units.boundaries.levels import row_key
from units.models import Unit, alive_on

STEPS = """
WITH RECURSIVE ended AS ({ended}),
later AS ({later}),
plain(near, far, onward) AS (
    SELECT link.predecessor_id, MIN(link.successor_id), 1
    FROM units_succession link
    JOIN ended ON ended.pk = link.predecessor_id
    WHERE link.date <= %s
    GROUP BY link.predecessor_id
    HAVING COUNT(*) = 1 AND COUNT(link.successor_id) = 1 AND COUNT(link.share) = 0
    UNION ALL
    SELECT link.successor_id, MIN(link.predecessor_id), 0
    FROM units_succession link
    JOIN later ON later.pk = link.successor_id
    WHERE link.date > %s
    GROUP BY link.successor_id
    HAVING COUNT(*) = 1
),
step(near, far) AS (
    SELECT plain.near, plain.far
    FROM plain
    JOIN units_unit one ON one.id = plain.near
    JOIN units_unit other ON other.id = plain.far
    WHERE NOT one.kind <> other.kind AND CASE
        WHEN plain.onward = 1 THEN other.valid_from > one.valid_from AND other.valid_from <= %s
        ELSE other.valid_from < one.valid_from AND (other.valid_to IS NULL OR other.valid_to > %s)
    END
),
"""
KNOTS = """knot(unit) AS (
    SELECT pk FROM ended WHERE pk NOT IN (SELECT near FROM step)
    UNION ALL
    SELECT pk FROM later WHERE pk NOT IN (SELECT near FROM step)
    UNION
    SELECT step.near FROM step JOIN knot ON knot.unit = step.far
)
SELECT unit FROM knot
"""
# One row a unit, said aloud: else PostgreSQL expects millions and compiles the statement first.
# Kinds are compared by what they are not: else SQLite looks up ``other`` by its kind.
MOVED = """there AS ({there}),
walk(unit, place) AS (
    SELECT pk, pk FROM ended
    UNION ALL
    SELECT pk, pk FROM later
    UNION
    SELECT walk.unit, step.far FROM walk JOIN step ON step.near = walk.place
),
moved(unit, at_row, carried) AS (
    SELECT unit, MIN(at_row), MIN(carried) FROM (
        SELECT pk AS unit, at_row, 0 AS carried FROM there
        UNION ALL
        SELECT walk.unit, there.at_row, 1 FROM walk JOIN there ON there.pk = walk.place
    ) found
    GROUP BY unit
)
"""
UNITS = "SELECT unit FROM moved"
TOLD = """, told(unit, year, units, owed, {names}) AS ({told})
SELECT moved.at_row, told.year, moved.carried, SUM(told.units), SUM(told.owed), {sums}
FROM told JOIN moved ON moved.unit = told.unit
GROUP BY moved.at_row, told.year, moved.carried
"""
LINES = "SELECT told_unit, told_year, units_told, 0, {names} FROM ({asked}) lines"
LIVES = "SELECT pk, {year}, 0, 1, {noughts} FROM ({asked}) of_{year}"


class Moved(NamedTuple):
    """Counts in a row and year, of the row's own units or of others (``carried``)."""

    row: int
    year: int
    carried: bool
    units: int
    owed: int
    sums: dict


class Moves:
    """The units of some kinds on the rows of a level on a day, as far as each lies in one row."""

    def __init__(self, level: str, day: date, kinds: tuple[str, ...]):
        self.level, self.day, self.kinds = level, day, kinds

    def tangled(self) -> set[int]:
        """The units of other times that do not come whole to one unit of the day by plain steps.

        Steps lead on in time, so that they end; a link that does not is left to be reckoned.
        """
        sql, params = self._steps(KNOTS)
        return {unit for (unit,) in _rows(sql, params)}

    def of_row(self, row: int) -> QuerySet[Unit]:
        """The units of any time that lie whole in the row, those of the day included."""
        sql, params = self._moved(UNITS, [row])
        return Unit.objects.filter(pk__in=RawSQL(sql, params))  # noqa: S611

    def sums(
        self,
        lines: QuerySet,
        names: Collection[str],
        rows: Collection[int],
        owing: Q,
        days: Mapping[int, date],
    ) -> Iterator[Moved]:
        """Counts told unit by unit and year by year, added up by row; one statement.

        With them how many of the ``owing`` units lived on the day of each year. What units of the
        day have themselves and what comes from others stands apart.
        """
        told = [*_asked(lines, LINES, names=", ".join(names))]
        for year, day in days.items():
            units = Unit.objects.as_of(day).filter(owing).order_by().values("pk")
            told += _asked(units, LIVES, year=int(year), noughts=", ".join("0" for _ in names))
        if not told or not rows:
            return
        rest = TOLD.format(
            names=", ".join(names),
            told="\nUNION ALL\n".join(sql for sql, _ in told),
            sums=", ".join(f"SUM(told.{name})" for name in names),
        )
        sql, params = self._moved(rest, rows)
        params += [param for _, given in told for param in given]
        for row, year, carried, units, owed, *sums in _rows(sql, params):
            counts = dict(zip(names, sums, strict=True))
            yield Moved(row, year, bool(carried), int(units), int(owed), counts)

    def _steps(self, rest: str) -> tuple[str, list]:
        """The steps from unit to unit, and what is asked of them."""
        away = Unit.objects.filter(kind__in=self.kinds).exclude(alive_on(self.day))
        away = away.order_by().values("pk")
        ended, of_ended = away.filter(valid_to__lte=self.day).query.sql_with_params()
        later, of_later = away.filter(valid_from__gt=self.day).query.sql_with_params()
        day = connection.ops.adapt_datefield_value(self.day)
        text = STEPS.format(ended=ended, later=later) + rest
        return text, [*of_ended, *of_later, day, day, day, day]

    def _moved(self, rest: str, rows: Collection[int]) -> tuple[str, list]:
        """The units that lie whole in one of these rows, and what is asked of them."""
        there = Unit.objects.as_of(self.day).filter(kind__in=self.kinds).order_by()
        there = there.annotate(at_row=row_key(self.level)).filter(at_row__in=rows)
        sql, params = there.values("pk", "at_row").query.sql_with_params()
        text, before = self._steps(MOVED.format(there=sql) + rest)
        return text, [*before, *params]


def _asked(found: QuerySet, words: str, **names) -> list[tuple[str, Sequence]]:
    """A queryset as a part of a statement; nothing where it cannot find anything."""
    try:
        sql, params = found.query.sql_with_params()
    except EmptyResultSet:
        return []
    return [(words.format(asked=sql, **names), params)]


def _rows(sql: str, params: Sequence) -> Iterator[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        yield from cursor.fetchall()
