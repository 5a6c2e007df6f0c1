"""Tables in and out: one definition makes the workbook, reads it back and checks it.

- ``definition``: ``Column`` and ``Definition``; ``Cell``, ``Row``, ``Problem``.
- ``guard(file)``: refuses what is unsafe to open or out of bounds, before any reader.
- ``reading(file, definition)``: the rows of an .xlsx or .csv file, converted as they stream by;
  ``SheetError`` when the file is refused whole. What is surely right takes the fast road
  (``quick``), all else ``convert``.
- ``convert(definition, row)``: typed values, and rule and sentence for each wrong cell.
- ``template(definition, rows)``: the workbook to download, filled in as far as known.
- ``returned(file, definition, problems)``: the same workbook, each error in its own cell.
- ``streams``: tables of any length on their way out (``config.downloads`` answers with them).

Nothing here knows the domain or writes to a database. ``guard.Limits`` and
``delimited.TextLimits`` are the bounds.
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
from config.sheets.source import Source, Taken, reading
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
    "SheetError",
    "Source",
    "Taken",
    "convert",
    "guard",
    "reading",
    "returned",
    "template",
]
