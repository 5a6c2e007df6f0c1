"""A province's 15,000 households by .xlsx: previewed with all its checks, then confirmed.

Yardsticks: the same bytes through openpyxl's read-only reader, every value taken; and a bare
upsert of the same rows by ``bulk_create`` into the emptied tables.
"""

import gc
from io import BytesIO
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from django.core.files.base import ContentFile
from openpyxl import load_workbook

from tests.benchmarks.measuring import Line
from tests.benchmarks.national.country import Country
from tests.benchmarks.national.files import households, write_xlsx
from units.actions.imports import confirm_import, upload_import
from units.imports.kind import kind_of
from units.models import Household, HouseholdYear, Import, PovertyTally

ROWS = 15_000
LIMIT_PREVIEW, LIMIT_CONFIRM = 2, 3


def lines(country: Country, *, runs: int) -> list[Line]:
    with TemporaryDirectory() as folder:
        path = Path(folder, "ho.xlsx")
        write_xlsx(path, households(country.villages[:1_200], ROWS))
        content = path.read_bytes()
    times: dict[str, list[float]] = {"preview": [], "read": [], "confirm": [], "upsert": []}
    for _ in range(runs + 1):  # the first is to warm up
        job = _timed(times["preview"], lambda: _upload(content))
        _timed(times["read"], lambda: read_bare(content))
        empty()
        _timed(times["confirm"], lambda job=job: confirm_import(job, by=None))
        kept = list(Household.objects.all()), list(HouseholdYear.objects.all())
        empty()
        _timed(times["upsert"], lambda kept=kept: upsert_bare(*kept))
        empty()
    preview, read, confirm, upsert = (median(taken[1:]) for taken in times.values())
    name = f"{ROWS:,} households by xlsx"
    return [
        Line(f"{name}: preview", preview, read, "bare openpyxl, read-only", LIMIT_PREVIEW),
        Line(f"{name}: confirm", confirm, upsert, "bulk_create, upsert", LIMIT_CONFIRM),
    ]


def _timed(times: list[float], work):
    gc.collect()
    start = perf_counter()
    found = work()
    times.append(perf_counter() - start)
    return found


def _upload(content: bytes) -> Import:
    job = upload_import(kind_of("ho"), ContentFile(content, name="ho.xlsx"), by=None, options={})
    if job.state != Import.State.WAITING:
        raise AssertionError(f"the workbook is refused: {job.problems.first()}")
    return job


def empty() -> None:
    PovertyTally.objects.filter(origin=PovertyTally.Origin.REGISTER).delete()
    HouseholdYear.objects.all().delete()
    Household.objects.all().delete()


def read_bare(content: bytes) -> int:
    workbook = load_workbook(BytesIO(content), read_only=True)
    count = sum(len([cell.value for cell in row]) for row in workbook["du_lieu"].iter_rows())
    workbook.close()
    return count


def upsert_bare(households: list[Household], years: list[HouseholdYear]) -> None:
    Household.objects.bulk_create(
        households,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["unit", "head", "search", "sort_key", "source"],
        batch_size=1_000,
    )
    HouseholdYear.objects.bulk_create(
        years,
        update_conflicts=True,
        unique_fields=["household", "year"],
        update_fields=["status", "unit"],
        batch_size=1_000,
    )
