"""From a file to waiting rows, chunk by chunk: nothing but the chunk at hand is held in memory."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import BinaryIO

from django.db import transaction

from config.sheets import SheetError, Source, reading
from units.actions.importing import stages
from units.actions.importing.rows import Findings, drop_rows, settle, store, store_parts
from units.imports.kind import Fault
from units.imports.road.judging import Doubles, Judge, Line
from units.imports.road.options import kind_of_job
from units.imports.road.waiting import CHUNK, Tally
from units.models import Import, ImportRow

EMPTY = "Tệp chưa có dòng dữ liệu nào; hãy điền vào mẫu rồi chọn lại."
WHOLE = "cả tệp"


class Reading:
    """One going through the rows of one import: what was found and counted so far."""

    def __init__(self, job: Import, judge: Judge):
        self.job, self.judge = job, judge
        self.tally, self.findings, self.doubles = Tally(), Findings(job), Doubles(judge)

    def take(self, lines: list[Line], address: Callable[[int, str], str]) -> None:
        """Keep a chunk of lines with its findings and count it."""
        for line in store(self.job, self.judge.compared(lines), self.doubles, address):
            self.tally.take(line.verdict, line.unit)
            for problem in line.problems:
                self.findings.add(line.number, problem)
        self.findings.store()

    def finish(self, address: Callable[[int, str], str]) -> dict:
        """Ask the kind about the whole; the counts, complete."""
        kind, around = self.judge.kind, self.judge.around
        self.take_away()
        faults: list[Fault] = []
        store_parts(self.job, _parts(kind.finish(self.job, around), faults))
        self.tell(faults, address)
        return self.tally.counts(self.job) | self.findings.counts

    def take_away(self) -> None:
        """Keep the rows on file that the file takes away."""
        store_parts(self.job, self.judge.kind.removed(self.job, self.judge.around))

    def tell(self, faults: list[Fault], address: Callable[[int, str], str]) -> None:
        """Keep findings about the whole, at the rows that their keys name."""
        keys = [fault.key for fault in faults if fault.key]
        numbers = dict(self.job.rows.filter(part="", key__in=keys).values_list("key", "number"))
        for fault in faults:
            number = numbers.get(fault.key, 0)
            place = address(number, fault.column) if number else WHOLE
            self.findings.add(number, self.judge.told(fault, place))
        self.findings.store()


def _parts(found: Iterator[Fault | ImportRow], faults: list[Fault]) -> Iterator[ImportRow]:
    """The rows that a kind hands out, its findings set aside."""
    for one in found:
        if isinstance(one, ImportRow):
            yield one
        else:
            faults.append(one)


def read_file(job: Import, file: BinaryIO, *, by, goes: Callable[[int, int], None]) -> Import:
    """Read the file from its start; ``SheetError`` when it is refused whole.

    Each chunk stands in a transaction of its own, so that nobody waits. What an earlier attempt
    left goes first.
    """
    drop_rows(job)
    judge = Judge(kind_of_job(job), job.options, by)
    found = Reading(job, judge)
    with reading(file, judge.definition) as source:
        done, rows = 0, iter(source)
        while taken := list(islice(rows, CHUNK)):
            lines = [judge.taken(row, source.address) for row in taken]
            done += len(taken)
            with transaction.atomic():
                found.take(lines, source.address)
                goes(done, _expected(source, done))
        if not done:
            raise SheetError(EMPTY)
        settle(job)
        counts = found.finish(source.address)
        notes = list(source.notes)
    with transaction.atomic():
        return stages.judged(job, counts, notes)


def _expected(source: Source, done: int) -> int:
    """How many rows there will be, as far as one can tell now."""
    share = source.done_share
    return max(done, round(done / share) if 0 < share < 1 else source.total if share < 1 else done)
