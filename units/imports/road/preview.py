"""What the page of one import shows: findings, the difference, counts by unit, progress."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Max
from django.utils.crypto import salted_hmac

from config.paging import KeyedPaginator
from config.sheets import CHOICE, DATE, DECIMAL, FLAG, INTEGER, Column
from config.text import vn_date, vn_number
from config.workflow import Offer, offers
from units.imports.kind import ImportKind
from units.imports.road.known import TOGETHER, on_file, tells_changes
from units.imports.road.options import Choice
from units.imports.road.presence import is_forgotten, is_interrupted
from units.imports.road.steps import STEPS
from units.imports.road.waiting import WRITABLE, Verdict
from units.models import Import, ImportProblem, ImportRow, Unit, User

PROBLEMS_SHOWN = 100
"""The page names so many findings; the returned workbook holds more."""
ROWS_SHOWN = 50
NORMALISED = "normalised"
NOTHING = "–"
WITH_ROWS = (Import.State.FAULTY, Import.State.WAITING, Import.State.DONE)
"""States in which the rows of the file are still there."""


def revision(job: Import) -> str:
    """What the preview rests upon: its counts, and the last write of its kind to the same place."""
    others = Import.objects.filter(kind=job.kind, options=job.options).exclude(pk=job.pk)
    last = others.filter(state__in=Import.State.WRITTEN).aggregate(
        written=Max("finished_at"), undone=Max("undone_at")
    )
    text = json.dumps([job.counts, str(last["written"]), str(last["undone"])], sort_keys=True)
    return salted_hmac("units.imports.revision", text).hexdigest()[:16]


# Findings


def errors(job: Import) -> list[ImportProblem]:
    """The first errors, in the order of the file."""
    return list(job.problems.filter(blocking=True).order_by("number", "pk")[:PROBLEMS_SHOWN])


def doubts(job: Import) -> list[ImportProblem]:
    """The first places to look at again; what was merely put in order is told in one line."""
    found = job.problems.filter(blocking=False).exclude(rule=NORMALISED)
    return list(found.order_by("number", "pk")[:PROBLEMS_SHOWN])


def notes(job: Import) -> list[str]:
    """What a person should know about the file before confirming."""
    if not (number := job.counts.get("normalised")):
        return job.notes
    return [
        *job.notes,
        f"{vn_number(number)} ô được chuẩn hóa khi đọc (khoảng trắng thừa, dấu tiếng Việt dạng tổ "
        "hợp, số ở dạng chữ); giá trị không đổi.",
    ]


# The difference


class Change(NamedTuple):
    """One column of a row: what it is called, what stands on file, what the file says."""

    label: str
    old: str
    new: str


class Shown(NamedTuple):
    """A row of the difference as a page prints it."""

    number: int
    known_by: str
    unit: str
    cells: list[Change]


class Difference:
    """The rows of one verdict, page by page, with what this user may see of them."""

    def __init__(self, job: Import, kind: ImportKind, user: User, *, part: str, verdict: str):
        self.job, self.kind, self.part, self.verdict = job, kind, part, verdict
        self._columns = {column.name: column for column in kind.definition(job.options).columns}
        self.names = kind.shown_columns(user, job.options, part)
        if not part and verdict != Verdict.CHANGED:
            self.names = tuple(name for name in self.names if name in self._columns)
        key = next(iter(self.names), "") if part else kind.key_column()
        self._key = key if key in self.names else ""
        self.labels = [kind.label(name, job.options, part) for name in self.names]

    def page(self, number: Any):
        """A page of rows; its ``rows`` are ready to print."""
        rows = ImportRow.objects.filter(source=self.job, part=self.part, verdict=self.verdict)
        rows = rows.select_related("unit").order_by("number", "pk")
        pages = KeyedPaginator(rows, ROWS_SHOWN, count=count_of(self.job, self.part, self.verdict))
        page = pages.get_page(number)
        page.rows = [self._shown(row) for row in page.object_list]
        return page

    def _shown(self, row: ImportRow) -> Shown:
        before, values = row.before or {}, row.values
        if row.verdict == Verdict.REMOVED:
            values = before
        cells = [
            Change(label, self.words(name, before.get(name)), self.words(name, values.get(name)))
            for name, label in zip(self.names, self.labels, strict=True)
            if row.verdict != Verdict.CHANGED or before.get(name) != values.get(name)
        ]
        known_by = self.words(self._key, values.get(self._key)) if self._key else NOTHING
        return Shown(row.number, known_by, row.unit.name if row.unit else "", cells)

    def words(self, name: str, value: Any) -> str:
        """A stored value as people write it."""
        column = self._columns.get(name)
        if value is None or value == "":
            return NOTHING
        if column is None:
            return vn_number(value) if isinstance(value, int | float) else str(value)
        return _in_column(column, value)


def _in_column(column: Column, value: Any) -> str:
    if column.kind == CHOICE:
        return str(dict(column.choices).get(value, value))
    if column.kind == DATE:
        return vn_date(date.fromisoformat(value))
    if column.kind == FLAG:
        return "có" if value else "không"
    if column.kind == DECIMAL:
        return str(value).replace(".", ",")
    return column.written(value) if column.kind == INTEGER else str(value)


def count_of(job: Import, part: str, verdict: str) -> int:
    """How many rows of a part have a verdict, from the counts that were kept."""
    counts = job.counts.get("parts", {}).get(part, {}) if part else job.counts
    return counts.get(verdict, 0)


@dataclass(frozen=True)
class Tab:
    """One list of the difference that can be opened."""

    part: str
    verdict: str
    label: str
    count: int

    @property
    def name(self) -> str:
        """What stands in the address."""
        return f"{self.part}.{self.verdict}"


def tabs(job: Import, kind: ImportKind, *, apart: bool = True) -> list[Tab]:
    """The lists that hold anything, changes first: they are what a person looks for.

    ``apart``: whether the user may know which rows on file change.
    """
    order = (Verdict.CHANGED, Verdict.NEW, Verdict.REMOVED, Verdict.SAME)
    order = order if apart else tuple(verdict for verdict in order if verdict not in TOGETHER)
    parts = [("", ""), *kind.parts.items()]
    return [
        Tab(part, verdict, f"{title}: {verdict.label}" if title else verdict.label, count)
        for part, title in parts
        for verdict in order
        if (count := count_of(job, part, verdict))
    ]


def opened_tab(found: list[Tab], wanted: str) -> Tab | None:
    """The list asked for as "part.verdict", else the first."""
    named = {tab.name: tab for tab in found}
    return named.get(wanted) or next(iter(found), None)


class UnitCount(NamedTuple):
    name: str
    new: int
    changed: int
    same: int
    removed: int
    faulty: int

    @property
    def known(self) -> int:
        """Rows of what is on file already."""
        return self.changed + self.same


def by_unit(job: Import) -> list[UnitCount]:
    """Counts of each unit that rows belong to, or of the units above when there are many."""
    counts = {unit: numbers for unit, *numbers in job.counts.get("units", [])}
    units = Unit.objects.filter(pk__in=counts).order_by("sort_key", "pk")
    return [UnitCount(unit.name, *counts[unit.pk]) for unit in units]


NOTHING_SHOWN = {
    "own": False,
    "errors": [],
    "doubts": [],
    "notes": [],
    "units": [],
    "apart": True,
    "seen": "",
    "to_write": 0,
    "again": "",
    "result_url": "",
    "sums": "",
    "tabs": [],
}
"""What others see of an import: that there was one."""


def to_write(job: Import, kind: ImportKind, *, apart: bool = True) -> int:
    """How many rows a confirmation would write, of those that the preview shows."""
    if not apart:
        return job.counts.get(Verdict.NEW, 0) + on_file(job)
    own = sum(job.counts.get(verdict, 0) for verdict in WRITABLE)
    parts = job.counts.get("parts", {})
    shown = [parts[name] for name in kind.parts if name in parts]
    return own + sum(part.get(verdict, 0) for part in shown for verdict in WRITABLE)


def content(job: Import, kind: ImportKind, user: User, query: Mapping) -> dict:
    """All that the page of one's own import shows of the file: findings and the difference."""
    apart = tells_changes(job, user)
    shown = NOTHING_SHOWN | {
        "own": True,
        "apart": apart,
        "errors": errors(job),
        "doubts": doubts(job),
        "notes": notes(job),
        "units": by_unit(job),
        "seen": revision(job),
        "to_write": to_write(job, kind, apart=apart),
        "again": Choice(kind, user, job.options).query,
        "result_url": kind.result_url(job) if job.state == Import.State.DONE else "",
    }
    if job.state not in WITH_ROWS:
        return shown
    found = tabs(job, kind, apart=apart)
    tab = opened_tab(found, query.get("xem", ""))
    if tab:
        lines = Difference(job, kind, user, part=tab.part, verdict=tab.verdict)
        shown |= {"tab": tab, "lines": lines.page(query.get("trang")), "labels": lines.labels}
    return shown | {"tabs": found}


def offered(job: Import, user: User, now) -> list[Offer]:
    """The steps that lead on from here, with what stands in the way of each."""
    return offers(STEPS, job, by=user, now=now)


# Progress


@dataclass(frozen=True)
class Progress:
    """How far a job has come, in numbers for the bar and in words."""

    done: int
    total: int
    share: int
    left: str
    queued: bool
    interrupted: bool
    forgotten: bool
    stopping: bool
    outcome: str
    """What an interruption left behind, and what can be done now."""


def progress(job: Import) -> Progress:
    """Where a job at work stands now; ``share`` is in whole percent."""
    interrupted = is_interrupted(job)
    return Progress(
        done=job.done,
        total=job.total,
        share=min(job.done * 100 // job.total, 100) if job.total else 0,
        left="" if interrupted else time_left(job),
        queued=job.heartbeat is None,
        interrupted=interrupted,
        forgotten=is_forgotten(job),
        stopping=job.stop_asked and not interrupted,
        outcome=_outcome(job),
    )


def _outcome(job: Import) -> str:
    if job.state == Import.State.READING:
        kept = "Tiếp tục để đọc lại từ đầu, hoặc hủy." if job.file else "Hãy hủy rồi tải lên lại."
        return f"Tệp chưa đọc xong, chưa ghi gì. {kept}"
    whole = connection.vendor == "postgresql"
    if job.state == Import.State.UNDOING:
        undone = "chưa có dòng nào được" if whole else f"{vn_number(job.done)} dòng đã được"
        return f"Việc hoàn tác chưa xong: {undone} trả lại. Hãy tiếp tục."
    if whole or not job.done:
        return "Chưa ghi gì. Tiếp tục hoặc hủy."
    return (
        f"Đã ghi {vn_number(job.done)} trong {vn_number(job.total)} dòng. Tiếp tục từ chỗ đó, hoặc "
        "hủy để bỏ các dòng đã ghi."
    )


def time_left(job: Import) -> str:
    """About how long it will take at the pace so far; "" while nobody can tell."""
    if not job.done or job.phase_started_at is None or job.heartbeat is None:
        return ""
    spent = job.heartbeat - job.phase_started_at
    left = spent * (job.total - job.done) / job.done
    return in_words(left) if spent > timedelta(seconds=1) else ""


def rate(job: Import) -> int:
    """Rows a second so far; 0 while nobody can tell."""
    if not job.done or job.phase_started_at is None or job.heartbeat is None:
        return 0
    spent = (job.heartbeat - job.phase_started_at).total_seconds()
    return round(job.done / spent) if spent >= 1 else 0


def in_words(span: timedelta) -> str:
    """A span of time, rounded up as people say it."""
    seconds = int(span.total_seconds())
    if seconds < 60:
        return f"khoảng {max(seconds, 1)} giây"
    return f"khoảng {-(-seconds // 60)} phút"
