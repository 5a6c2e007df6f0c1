"""Workbooks of the yearly review for tests: our own template, filled in and broken on purpose."""

import io

from openpyxl import load_workbook

from units.imports import DEFINITION, template_for, upload_as_file
from units.models.poverty import Stage

HEADER = 5
"""The row of the column heads: title, year and two lines of advice stand above."""

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


def filled(*changes, year=2023, stage=Stage.OFFICIAL, name="ra-soat.xlsx", edit=None):
    """The template of the year with a balanced row per commune, changed row by row.

    ``changes`` are dicts for the first, second, … row; ``edit(worksheet)`` breaks what else.
    """
    workbook = load_workbook(io.BytesIO(template_for(year, stage)))
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
    return upload_as_file(out.getvalue(), name)


def told(checked) -> list[tuple[str, str]]:
    """(address, message) of each error."""
    return [(problem.address, problem.message) for problem in checked.errors]
