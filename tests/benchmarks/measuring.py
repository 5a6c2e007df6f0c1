"""Medians of turns taken one after the other, and the table they are printed in."""

import gc
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter

from django.db import connection


@dataclass(frozen=True)
class Line:
    """One row of the table; seconds, or MiB. ``queries``: at a thousand communes, at all."""

    what: str
    measured: float
    yardstick: float
    against: str
    limit: float
    queries: tuple[int, int] | None = None
    most_queries: int = 0
    unit: str = "s"

    @property
    def ratio(self) -> float:
        return self.measured / self.yardstick

    @property
    def faults(self) -> list[str]:
        found = []
        if self.ratio > self.limit:
            found.append("slow" if self.unit == "s" else "much")
        if self.queries and self.queries[0] < self.queries[1]:
            found.append("queries grow")
        if self.queries and max(self.queries) > self.most_queries:
            found.append("many queries")
        return found


def beside(measured: Callable, yardstick: Callable, *, runs: int = 7) -> tuple[float, float]:
    """Median seconds of both, after one warm-up each; turn by turn, so that noise hits both."""
    turns = (measured, yardstick)
    taken = ([], [])
    for turn in turns:
        turn()
    gc.collect()
    for _ in range(runs):
        for turn, times in zip(turns, taken, strict=True):
            start = perf_counter()
            turn()
            times.append(perf_counter() - start)
    return median(taken[0]), median(taken[1])


TRANSACTIONS = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT")
"""Not questions; and SQLite alone shows its BEGIN."""


class Listening:
    """The statements sent to the database inside the block, with their parameters."""

    def __enter__(self):
        self.statements = []
        self._listening = connection.execute_wrapper(self._hear)
        self._listening.__enter__()
        return self.statements

    def __exit__(self, *fault):
        return self._listening.__exit__(*fault)

    def _hear(self, execute, sql, params, many, context):
        if not sql.startswith(TRANSACTIONS):
            self.statements.append((sql, tuple(params or ())))
        return execute(sql, params, many, context)


def run_by_hand(statements) -> list[list[tuple]]:
    """The rows of plain SQL statements, without the ORM."""
    with connection.cursor() as cursor:
        return [_rows(cursor, sql, params) for sql, params in statements]


def _rows(cursor, sql, params):
    cursor.execute(sql, params)
    return cursor.fetchall() if cursor.description else []


# Printing

HEAD = ("What", "Queries", "Measured", "Yardstick", "Ratio", "Limit", "", "Yardstick is")


def table(lines: list[Line]) -> str:
    """The lines as a Markdown table with even columns."""
    rows = [HEAD, *map(_cells, lines)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEAD))]
    printed = [_printed(row, widths) for row in rows]
    printed.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(printed)


def _printed(row, widths) -> str:
    last = len(row) - 1
    cells = [
        cell.ljust(width) if place in (0, last) else cell.rjust(width)
        for place, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]
    return "| " + " | ".join(cells) + " |"


def _cells(line: Line) -> tuple[str, ...]:
    queries = ""
    if line.queries:
        few, many = line.queries
        queries = str(many) if few == many else f"{few} → {many}"
    return (
        line.what,
        queries,
        _said(line.measured, line.unit),
        _said(line.yardstick, line.unit),
        f"{line.ratio:.2f}",
        f"{line.limit:g}",
        "NO: " + ", ".join(line.faults) if line.faults else "ok",
        line.against,
    )


def _said(amount: float, unit: str) -> str:
    if unit != "s":
        return f"{amount:.0f} {unit}"
    return f"{amount:.2f} s" if amount >= 1 else f"{1000 * amount:.1f} ms"
