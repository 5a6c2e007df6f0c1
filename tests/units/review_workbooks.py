"""Workbooks of the yearly review for tests: our own template, filled in and broken on purpose."""

import io

from django.core.files.base import ContentFile
from openpyxl import load_workbook

from config.sheets import template
from units.actions import upload_import
from units.imports.reviews.definition import DEFINITION
from units.imports.reviews.kind import Reviews
from units.imports.reviews.rows import template_rows
from units.models import Import
from units.models.poverty import Stage

KIND = Reviews()

HEADER = 5
"""The row of the column heads: title, year and two lines of advice stand above."""
FIRST = HEADER + 1

BALANCED = {
    "area": "nông thôn",
    "households": 1000,
    "ethnic_households": 40,
    "poor_opening": 20,
    "poor_opening_ethnic": 2,
    "poor_escaped": 8,
    "poor_relapsed": 1,
    "poor_arisen": 2,
    "poor_adjustment": -1,
    "poor_closing": 14,
    "poor_closing_ethnic": 1,
    "poor_unable": 5,
    "near_opening": 30,
    "near_opening_ethnic": 3,
    "near_escaped": 10,
    "near_relapsed": 0,
    "near_arisen": 4,
    "near_adjustment": 0,
    "near_closing": 24,
    "near_closing_ethnic": 2,
}
"""A row that fulfils every rule: 20 − 8 + 1 + 2 − 1 = 14 and 30 − 10 + 4 = 24."""

PLACES = {column.name: place for place, column in enumerate(DEFINITION.columns, start=1)}


def letter(name: str) -> str:
    return chr(ord("A") + PLACES[name] - 1)


def blank(year=2023, stage=Stage.OFFICIAL) -> bytes:
    """The template of the year as the portal fills it in."""
    about = f"Năm {year}, số liệu {Stage(stage).label}"
    return template(DEFINITION, template_rows(year, stage), about=about)


def filled(*changes, year=2023, stage=Stage.OFFICIAL, name="ra-soat.xlsx", edit=None):
    """The template of the year with a balanced row per commune, changed row by row.

    ``changes`` are dicts for the first, second, … row; ``edit(worksheet)`` breaks what else.
    """
    workbook = load_workbook(io.BytesIO(blank(year, stage)))
    worksheet = workbook[DEFINITION.title]
    for place, row in enumerate(range(HEADER + 1, worksheet.max_row + 1)):
        values = BALANCED | (changes[place] if place < len(changes) else {})
        for column, value in values.items():
            worksheet.cell(row, PLACES[column]).value = value
    if edit:
        edit(worksheet)
    return as_upload(workbook, name)


def as_upload(workbook, name="ra-soat.xlsx"):
    out = io.BytesIO()
    workbook.save(out)
    return ContentFile(out.getvalue(), name=name)


def read(upload, year=2023, stage=Stage.OFFICIAL, by=None) -> Import:
    """The workbook as it waits on the road, with all that was found."""
    options = {"nam": year, "muc": str(stage)}
    return upload_import(KIND, upload, by=by, options=options)


def told(job) -> list[tuple[str, str]]:
    """(address, message) of each error."""
    return _found(job, blocking=True)


def doubted(job) -> list[tuple[str, str]]:
    """(address, message) of each place to look at again."""
    return _found(job, blocking=False)


def _found(job, *, blocking):
    found = job.problems.filter(blocking=blocking).order_by("number", "pk")
    return list(found.values_list("address", "message"))


def counts(job) -> dict[str, int]:
    return {name: job.counts[name] for name in ("new", "changed", "same", "removed")}


def lines(job, verdict="new"):
    """The rows of one verdict, in the order of the file."""
    return list(job.rows.filter(verdict=verdict).order_by("number", "pk"))
