"""One run: fill a database of its own, measure, print. Django is set up already."""

import sys
from contextlib import contextmanager
from datetime import datetime, time
from time import perf_counter

from django.db import connection

from config import clock
from config.text import VIETNAM
from tests.benchmarks import (
    certificates,
    completeness,
    eligibility,
    lists,
    national,
    pages,
    poverty,
    rankings,
    series,
    summaries,
    workbooks,
)
from tests.benchmarks.measuring import table
from tests.benchmarks.nation import COMMUNES, DAY, FEW
from tests.benchmarks.room import as_in_production, own_database
from tests.benchmarks.scene import Scene


def run(parts, runs: int) -> int:
    """Measure the named parts; 1 when a limit is missed."""
    as_in_production()
    lines, faults = [], 0
    if "certificates" in parts:  # of frozen words alone, without a database
        lines += certificates.lines(runs=runs)
        parts = [part for part in parts if part != "certificates"]
    with clock.frozen(datetime.combine(DAY, time(9), VIETNAM)):
        if set(parts) - {*national.PARTS, "eligibility"}:
            with own_database():
                lines += measure(parts, runs)
        if "eligibility" in parts:
            with own_database(), told("a round of nominations with its ledger"):
                lines += eligibility.lines(runs=runs)
        if set(parts) & set(national.PARTS):
            with own_database():
                found, faults = national.measure(parts, runs, told=told, print_out=print_out)
                lines += found
    print_out(f"\nOn {connection.display_name}, medians of {runs} turns:\n\n{table(lines)}\n")
    return int(bool(faults) or any(line.faults for line in lines))


def measure(parts, runs):
    with told("one province: register, plan, two years of reports, three reviews"):
        scene = Scene()
    lines = summaries.lines(scene.desk, runs=runs) if "summary" in parts else []
    if set(parts) == {"summary"}:
        return lines
    with told(f"{FEW:,} communes"):
        scene.widen()
        scene.grow(FEW)
    visitor = pages.Visitor(scene.board)
    few = visitor.counts() if "pages" in parts else {}
    with told(f"{COMMUNES:,} communes"):
        scene.grow(COMMUNES)
    if "ranking" in parts:
        lines += rankings.lines(scene.before, scene.board, runs=runs)
    if "pages" in parts:
        lines += visitor.lines(few, runs=runs)
        lines += lists.lines(visitor, runs=runs)
    if "completeness" in parts:
        lines += completeness.lines(scene.now, runs=runs)
    if "poverty" in parts:
        lines += poverty.lines(runs=runs)
    if "workbook" in parts:
        lines += workbooks.lines(runs=runs)
    if "series" in parts:  # last, for it ends what the others measure
        with told("every commune of the nation merged"):
            series.reorganise()
        lines += series.lines(scene.board, runs=runs)
    return lines


@contextmanager
def told(what: str):
    """Say what is being prepared and how long it took."""
    start = perf_counter()
    print_out(f"{what} … ", end="")
    yield
    print_out(f"{perf_counter() - start:.0f} s\n", end="")


def print_out(words: str, *, end: str = "\n") -> None:
    sys.stdout.write(words + end)
    sys.stdout.flush()
