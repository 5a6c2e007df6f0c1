"""The shipped register as it stood in 2021, and the list of what has changed since."""

import csv
from dataclasses import replace
from datetime import date
from io import StringIO

from django.core.files.base import ContentFile

from units import actions
from units.kinds import Kind
from units.register import read_register

FIRST = date(2021, 1, 1)
TERRITORIES = (Kind.PROVINCE, Kind.DISTRICT, Kind.COMMUNE)
HEADS = (
    "effective_date", "old_code", "old_name", "new_code", "new_name", "kind", "legal_basis",
    "confidence", "note",
)  # fmt: skip


def load_as_of_2021(kinds=TERRITORIES):
    """Only the units of the first day, and none of them knows of an end."""
    register = read_register()
    units = tuple(
        replace(row, valid_to=None)
        for row in register.units
        if row.kind in kinds and row.valid_from == FIRST
    )
    actions.write_register(replace(register, units=units, successions=()), by=None)


def changes_since(kinds=TERRITORIES):
    """The lines of the shipped register, as values of a list of changes."""
    register = read_register()
    ends = {(row.code, row.valid_to): row for row in register.units}
    starts = {(row.code, row.valid_from): row for row in register.units}
    for link in register.successions:
        old, new = ends[link.old_code, link.date], starts.get((link.new_code, link.date))
        if old.kind in kinds:
            heir = (new.code, new.name) if new else ("", "")
            told = (link.way, link.basis, link.confidence, link.note)
            yield (link.date.isoformat(), old.code, old.name, *heir, *told)


def changes_file(rows, name="thay-doi.csv"):
    """A text file of such lines, under the heads of exported lists."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerows([HEADS, *rows])
    return ContentFile(text.getvalue().encode(), name=name)
