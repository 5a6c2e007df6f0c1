"""The statements of the list pages, beside the two a person would write for the same rows.

So that no page can pass ``pages`` by asking the database clumsily. What a page asks besides, such
as the choices of its filters, is measured with it.
"""

import re
from dataclasses import dataclass

from django.urls import reverse

from tests.benchmarks.measuring import Line, beside, run_by_hand
from tests.benchmarks.nation import DAY
from tests.benchmarks.pages import LAST, Visitor

LIMIT = 3
ROWS = 50

REPORTS = """FROM reports_report r JOIN units_unit u ON u.id = r.unit_id
    JOIN campaign_period p ON p.id = r.period_id
    WHERE r.submitted_at IS NOT NULL"""
SEARCHED = REPORTS + " AND u.search LIKE '%%hoa%%'"
QUEUE = """FROM reports_report r JOIN units_unit u ON u.id = r.unit_id
    JOIN campaign_period p ON p.id = r.period_id
    JOIN units_unit v ON v.id = r.receiver_id
    WHERE v.kind = 'department' AND r.submitted_at IS NOT NULL"""
UNITS = f"""FROM units_unit u LEFT JOIN units_unit p ON p.id = u.parent_id
    WHERE u.valid_from <= '{DAY}' AND (u.valid_to IS NULL OR u.valid_to > '{DAY}')"""

BY_UNIT, BY_TIME, BY_NAME = (
    "p.year DESC, u.sort_key, r.id",
    "r.submitted_at, r.id",
    "u.sort_key, u.valid_from, u.id",
)
REPORT = "r.id, u.name, p.title, r.state, r.timeliness, r.submitted_at"
UNIT = "u.id, u.name, u.code, u.kind, u.subtype, u.valid_from, u.valid_to, u.confidence, p.name"

KINDS = f"SELECT u.kind, COUNT(*) {UNITS} GROUP BY u.kind"


@dataclass(frozen=True)
class List:
    """A list page: its address, and its rows in SQL."""

    what: str
    address: str
    columns: str
    source: str
    order: str
    link: str
    besides: str = ""
    """What else the page tells, in one statement."""

    def by_hand(self, *, last: bool) -> list[tuple[str, tuple]]:
        """The count and the rows of the first or the last page."""
        count = f"SELECT COUNT(*) {self.source}"
        number = run_by_hand([(count, ())])[0][0][0]
        first = (number - 1) // ROWS * ROWS if last else 0
        rows = f"SELECT {self.columns} {self.source} ORDER BY {self.order} LIMIT %s OFFSET %s"
        besides = [(self.besides, ())] if self.besides else []
        return [(count, ()), (rows, (ROWS, first)), *besides]


def lists() -> list[List]:
    reports, queue, units = (reverse(n) for n in ("reports:list", "reports:queue", "units:list"))
    report, review, unit = rf"{reports}(\d+)/", rf"{queue}(\d+)/", rf"{units}(\d+)/"
    waiting = QUEUE + " AND r.state = 'submitted'"
    return [
        List("reports", f"{reports}?", REPORT, REPORTS, BY_UNIT, report),
        List("reports, search", f"{reports}?q=hoa", REPORT, SEARCHED, BY_UNIT, report),
        List("queue", f"{queue}?", REPORT, waiting, BY_TIME, review),
        List("queue, all", f"{queue}?trang_thai=", REPORT, QUEUE, BY_TIME, review),
        List("units", f"{units}?", UNIT, UNITS, BY_NAME, unit, KINDS),
    ]


def lines(visitor: Visitor, *, runs: int) -> list[Line]:
    shared = set(visitor.statements(visitor.empty))
    return [_line(visitor, shared, one, last, runs) for one in lists() for last in (False, True)]


def _line(visitor, shared, one: List, last: bool, runs) -> Line:
    address = f"{one.address}&{LAST}" if last else one.address
    by_hand = one.by_hand(last=last)
    _compare(visitor.open(address), one, run_by_hand(by_hand)[1])
    own = [statement for statement in visitor.statements(address) if statement not in shared]
    what = f"SQL of {one.what}{', last page' if last else ''}"
    taken = beside(lambda: run_by_hand(own), lambda: run_by_hand(by_hand), runs=runs)
    return Line(what, *taken, "count and rows by hand", LIMIT)


def _compare(response, one: List, rows) -> None:
    """The page shows what the statement finds, in its order."""
    main = response.content.decode().split("<tbody>", 1)[1].split("</tbody>", 1)[0]
    shown = [int(pk) for pk in re.findall(rf'<th[^>]*><a href="{one.link}"', main)]
    if shown != [row[0] for row in rows]:
        raise AssertionError(f"{one.what}: the page and the statement by hand disagree")
