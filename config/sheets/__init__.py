"""Excel in and out: one definition makes the workbook, reads it back and checks it.

- ``definition``: ``Column`` and ``Definition``; ``Cell``, ``Row``, ``Sheet``, ``Problem``.
- ``guard(file)``: refuses what is unsafe to open or out of bounds, before any reader.
- ``read(file, definition)``: flat rows with their cell addresses, or ``SheetError``.
- ``reading(file, definition)``: the rows of an .xlsx or .csv file, converted as they stream by.
- ``convert(definition, row)``: typed values, and a sentence for each wrong cell.
- ``template(definition, rows)``: the workbook to download, filled in as far as known.
- ``returned(file, definition, problems)``: the same workbook, each error in its own cell.

Nothing here knows the domain or writes to a database. ``guard.Limits`` are the bounds.
"""

from config.sheets.converting import convert
from config.sheets.definition import (
    CHOICE,
    CODE,
    DATE,
    DECIMAL,
    FLAG,
    INTEGER,
    NAME,
    TEXT,
    YEAR,
    Cell,
    Column,
    Definition,
    Problem,
    Row,
    SheetError,
)
from config.sheets.guard import Limits, guard
from config.sheets.marking import returned
from config.sheets.source import Sheet, Source, Taken, read, reading
from config.sheets.writing import template

__all__ = [
    "CHOICE",
    "CODE",
    "DATE",
    "DECIMAL",
    "FLAG",
    "INTEGER",
    "NAME",
    "TEXT",
    "YEAR",
    "Cell",
    "Column",
    "Definition",
    "Limits",
    "Problem",
    "Row",
    "Sheet",
    "SheetError",
    "Source",
    "Taken",
    "convert",
    "guard",
    "read",
    "reading",
    "returned",
    "template",
]
