"""Statistical tables as people send them: .xlsx and .csv with the short heads of exported lists."""

import csv
import io

from openpyxl import Workbook

from tests.factories.units import CommuneFactory, DistrictFactory
from tests.units.bad_statements import GOOD, HEADS, rows


def xlsx(lines, name="so-lieu.xlsx"):
    """The rows as a workbook, each value as it is."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.append(list(HEADS))
    for line in lines:
        sheet.append([line[head] for head in HEADS])
    out = io.BytesIO()
    workbook.save(out)
    return _named(out.getvalue(), name)


def csv_(lines, name="so-lieu.csv"):
    """The rows as a text file."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADS)
    writer.writerows([line[head] for head in HEADS] for line in lines)
    return _named(out.getvalue().encode(), name)


def _named(content, name):
    file = io.BytesIO(content)
    file.name = name
    return file


def line(unit, **figures):
    """A right row of a unit, with other figures; rates are left blank."""
    levels = {"commune": "xa", "village": "thon", "district": "huyen", "province": "tinh"}
    blank = {"ty_le_ngheo": None, "ty_le_can_ngheo": None}
    return GOOD | blank | {"cap": levels[unit.kind], "ma": unit.code} | figures


def communes_of_the_table(**options):
    """The communes that the bad rows speak of, those that must not exist left out."""
    district = DistrictFactory(**options)
    codes = {str(row["ma"]).strip() for row, verdict in rows() if verdict != "unknown_unit"}
    found = {}
    for code in sorted(codes | {"08707"}):
        if len(code) == 5:
            ends = "2025-01-01" if code == "08734" else None
            found[code] = CommuneFactory(code=code, parent=district, valid_to=ends)
    return found
