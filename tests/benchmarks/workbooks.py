"""A workbook of all communes read, and the largest that the portal takes fully checked.

Yardstick: the same bytes through openpyxl's quick reader, every value taken and thrown away.
"""

from dataclasses import replace
from io import BytesIO
from itertools import islice
from random import Random

from django.core.files.base import ContentFile
from openpyxl import load_workbook

from config import sheets
from tests.benchmarks.measuring import Line, beside
from tests.benchmarks.reviews import balanced
from units.imports.reviews.definition import DEFINITION
from units.imports.reviews.kind import Reviews
from units.imports.road.judging import Judge
from units.models import Unit
from units.models.poverty import Area, Stage
from units.poverty.territory import communes_alive

YEAR = 2024
LIMIT_READ, LIMIT_CHECKED = 3, 6
WIDE = replace(DEFINITION, max_rows=20_000)


def filled(rows: int) -> bytes:
    """The template as it would come back filled in."""
    luck = Random(YEAR)
    units = islice(communes_alive(YEAR).in_order(), rows)
    return sheets.template(WIDE, (_row(unit, luck) for unit in units), about=f"Năm {YEAR}")


def _row(unit: Unit, luck: Random) -> dict:
    return {
        "year": YEAR,
        "stage": Stage.OFFICIAL,
        "code": unit.code,
        "name": unit.name,
        "area": Area.URBAN if unit.urban else Area.RURAL,
        **balanced(luck),
    }


def read_bare(content: bytes) -> int:
    """Every value of the sheet."""
    workbook = load_workbook(BytesIO(content), read_only=True)
    count = sum(1 for _ in workbook[DEFINITION.title].iter_rows(values_only=True))
    workbook.close()
    return count


def lines(*, runs: int) -> list[Line]:
    return [
        _line("guarded and read", LIMIT_READ, 20_000, _read, runs),
        _line("fully checked", LIMIT_CHECKED, 5_000, _check, runs),
    ]


def _read(upload) -> int:
    with sheets.reading(upload, WIDE) as source:
        return sum(1 for _ in source)


def _check(upload) -> int:
    judge = Judge(Reviews(), {"nam": YEAR, "muc": str(Stage.OFFICIAL)}, None)
    with sheets.reading(upload, judge.definition) as source:
        found = judge.compared([judge.taken(row, source.address) for row in source])
    if errors := [one.problems for one in found if one.verdict == "faulty"]:
        raise AssertionError(f"the workbook is refused: {errors[0]}")
    return len(found)


def _line(what, limit, most, work, runs) -> Line:
    content = filled(most)
    upload = ContentFile(content, name="ra-soat.xlsx")
    taken = beside(lambda: work(upload), lambda: read_bare(content), runs=runs)
    name = f"workbook of {work(upload):,} rows, {what}"
    return Line(name, *taken, "bare openpyxl, read-only", limit)
