"""The registers at the size of the whole country: what goes in by file, and what is summed up."""

from django.db import connection

from tests.benchmarks.national import exports, importing, plans, rollups, unitpages, workbooks
from tests.benchmarks.national.country import Country

PARTS = ("exports", "rollup", "households", "national")
HOUSEHOLDS = {"postgresql": 1_500_000, "sqlite": 300_000}
"""Rows of the national list; on SQLite a region's, for nobody keeps a country in one file."""


def measure(parts, runs: int, *, told, print_out):
    """The lines of the named parts, and how many plans or pages are at fault."""
    lines = exports.lines(runs=runs) if "exports" in parts else []
    if not set(parts) - {"exports"} & set(PARTS):
        return lines, 0
    with told("a country of 10,603 communes and their villages"):
        country = Country()
    faults = 0
    if "households" in parts:
        lines += workbooks.lines(country, runs=runs)
    if "rollup" in parts:
        lines += rollups.lines(country, runs=runs)
        for part in (plans, unitpages):
            words, found = part.lines()
            print_out("\n".join(("", *words)))
            faults += found
    if "national" in parts:
        rows = HOUSEHOLDS[connection.vendor]
        with told(f"{rows:,} households by csv, and back"):
            lines += importing.lines(country, rows)
    return lines, faults
