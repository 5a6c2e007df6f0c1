"""A list of 200,000 rows taken away: as fast as the bare writer, in constant memory.

Yardstick: the same values through ``csv.writer``, and through openpyxl's write-only workbook, into
a file that nobody reads. Each export runs in a process of its own, so that its peak is its own.
"""

import csv
import io
import resource
from multiprocessing import get_context
from statistics import median
from tempfile import TemporaryFile
from time import perf_counter

from openpyxl import Workbook

from config import downloads
from config.sheets import CODE, INTEGER, NAME, TEXT, Column, Definition
from tests.benchmarks.measuring import Line

ROWS, FEW = 200_000, 20_000
LIMIT = 1.5
LIMIT_MEMORY = 1.15
"""Peak at all rows beside the peak at a tenth of them."""
DEFINITION = Definition(
    "Danh sách",
    (
        Column("code", "Mã", CODE, maximum=20),
        Column("name", "Tên", NAME, maximum=200),
        Column("place", "Xã", TEXT, maximum=200),
        Column("district", "Huyện", TEXT, maximum=200),
        *(
            Column(f"count{n}", f"Số hộ năm {n}", INTEGER, minimum=-(10**6))
            for n in range(2021, 2026)
        ),
    ),
    max_rows=ROWS,
)


def rows(number: int):
    for place in range(number):
        yield {
            "code": f"{place:07}",
            "name": f"Thôn Đồng Mây {place}",
            "place": "Xã Bồ Lý",
            "district": "Huyện Tam Đảo",
            **{f"count{year}": place % 300 for year in range(2021, 2026)},
        }


def taken_away(suffix: str, number: int) -> float:
    start = perf_counter()
    response = downloads.table(DEFINITION, rows(number), name="danh sach", suffix=suffix)
    with TemporaryFile() as file:
        for piece in response:
            file.write(piece)
    return perf_counter() - start


def bare(suffix: str, number: int) -> float:
    start = perf_counter()
    lines = (list(row.values()) for row in rows(number))
    with TemporaryFile() as file:
        if suffix == ".csv":
            text = io.TextIOWrapper(file, "utf-8-sig", newline="")
            csv.writer(text).writerows(lines)
            text.detach()
        else:
            workbook = Workbook(write_only=True)
            sheet = workbook.create_sheet()
            for line in lines:
                sheet.append(line)
            workbook.save(file)
    return perf_counter() - start


def _alone(pipe, work, suffix: str, number: int) -> None:
    seconds = work(suffix, number)
    pipe.send((seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def alone(work, suffix: str, number: int) -> tuple[float, float]:
    """Seconds and MiB of the work in a process of its own."""
    context = get_context("fork")
    mine, theirs = context.Pipe()
    process = context.Process(target=_alone, args=(theirs, work, suffix, number))
    process.start()
    found = mine.recv()
    process.join()
    return found


def lines(*, runs: int) -> list[Line]:
    return [line for suffix in (".csv", ".xlsx") for line in _lines(suffix, min(runs, 3))]


def _lines(suffix: str, runs: int) -> list[Line]:
    turns = [(alone(taken_away, suffix, ROWS), alone(bare, suffix, ROWS)) for _ in range(runs)]
    few = alone(taken_away, suffix, FEW)[1]
    ours = median(turn[0][0] for turn in turns)
    yardstick = median(turn[1][0] for turn in turns)
    most = max(turn[0][1] for turn in turns)
    name = f"export of {ROWS:,} rows as {suffix}"
    writer = "csv.writer" if suffix == ".csv" else "openpyxl, write-only"
    return [
        Line(name, ours, yardstick, writer, LIMIT),
        Line("… peak memory", most, few, f"{FEW:,} rows", LIMIT_MEMORY, unit="MiB"),
    ]
