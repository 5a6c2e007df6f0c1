"""The fund sheet: what each decision costs its fund, with all that the sums were worked out from.

All money is in đồng. A line without a sum is counted and said, never guessed; what a revocation
takes back stands as a refund of its own.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.db.models import QuerySet

from awards.kinds import DecisionKind, Recipient
from awards.models import BaseSalary, Decision, DecisionLine
from config.sheets import DATE, DECIMAL, INTEGER, Column, Definition

NONE = Decimal(0)


@dataclass(frozen=True)
class SheetRow:
    """The lines of a decision of one kind of recipient and one sum."""

    decision: Decision
    recipient: str
    count: int
    coefficient: Decimal | None
    coefficient_from: date | None
    salary: Decimal | None
    salary_from: date | None
    each: Decimal | None
    problem: str

    @property
    def recipient_label(self) -> str:
        return Recipient(self.recipient).label

    @property
    def refund(self) -> bool:
        return self.decision.kind == DecisionKind.REVOCATION

    @property
    def sum(self) -> Decimal | None:
        """What is paid; below nought what comes back."""
        if self.each is None:
            return None
        return self.each * (-self.count if self.refund else self.count)


@dataclass(frozen=True)
class Fund:
    """One source of money with its rows; ``unknown``: lines for which no sum is known."""

    name: str
    rows: tuple[SheetRow, ...]

    @property
    def paid(self) -> Decimal:
        return sum((row.sum for row in self.rows if row.sum is not None and not row.refund), NONE)

    @property
    def refunded(self) -> Decimal:
        return -sum((row.sum for row in self.rows if row.sum is not None and row.refund), NONE)

    @property
    def total(self) -> Decimal:
        return self.paid - self.refunded

    @property
    def unknown(self) -> int:
        return sum(row.count for row in self.rows if row.each is None)


def between(decisions: QuerySet[Decision], form) -> QuerySet[Decision]:
    """Those of the days that the form asks for, both included."""
    first, last = form.days()
    if first:
        decisions = decisions.filter(decided_on__gte=first)
    return decisions.filter(decided_on__lte=last) if last else decisions


def fund_sheet(decisions: QuerySet[Decision]) -> list[Fund]:
    """The decisions by fund, each fund in the order of its decisions; two queries."""
    keys = decisions.order_by().values("pk")
    lines = DecisionLine.objects.filter(decision__in=keys)
    lines = lines.select_related("decision__form", "decision__rule_set", "decision__unit")
    salaries = list(BaseSalary.objects.order_by("-valid_from"))
    ordered = sorted(lines, key=_key)
    rows = [_row(list(same), salaries) for _, same in groupby(ordered, key=_key)]
    return [
        Fund(name, tuple(found)) for name, found in groupby(rows, key=lambda row: row.decision.fund)
    ]


def _key(line: DecisionLine) -> tuple:
    decision, kind = line.decision, Recipient.values.index(line.recipient)
    told = (line.coefficient or 0, line.salary or 0, line.paid is None, line.paid or 0)
    return decision.fund, decision.decided_on, decision.pk, kind, told, line.problem


def _row(lines: list[DecisionLine], salaries: list[BaseSalary]) -> SheetRow:
    first = lines[0]
    known = first.coefficient is not None
    return SheetRow(
        decision=first.decision,
        recipient=first.recipient,
        count=len(lines),
        coefficient=first.coefficient,
        coefficient_from=first.decision.rule_set.valid_from if known else None,
        salary=first.salary,
        salary_from=_since(first, salaries),
        each=first.paid,
        problem=first.problem,
    )


def _since(line: DecisionLine, salaries: list[BaseSalary]) -> date | None:
    """From when the base salary of the line holds."""
    if line.salary is None:
        return None
    day = line.decision.decided_on
    same = [each for each in salaries if each.amount == line.salary]
    return next((each.valid_from for each in same if each.valid_from <= day), None)


FUNDS = Definition(
    title="Tiền thưởng theo quyết định",
    columns=(
        Column("fund", "Nguồn tiền", help="Quỹ chi tiền thưởng.", width=30),
        Column("number", "Số quyết định", help="Số, ký hiệu.", width=18),
        Column("decided_on", "Ngày quyết định", DATE, help="Ngày ký.", width=13),
        Column("kind", "Loại quyết định", help="Khen thưởng hoặc hủy bỏ.", width=24),
        Column("form", "Hình thức", help="Hình thức khen thưởng.", width=36),
        Column("recipient", "Đối tượng", help="Ai được khen.", width=18),
        Column("count", "Số lượng", INTEGER, help="Số tập thể, cá nhân, hộ.", width=10),
        Column("coefficient", "Hệ số", DECIMAL, help="Trống: chưa có căn cứ.", width=9),
        Column("coefficient_from", "Hệ số từ ngày", DATE, help="Ngày bộ quy định có hiệu lực."),
        Column("salary", "Mức lương cơ sở", INTEGER, help="Đồng.", width=14),
        Column("salary_from", "Mức lương từ ngày", DATE, help="Ngày mức lương có hiệu lực."),
        Column("each", "Mức thưởng", DECIMAL, help="Đồng, đã làm tròn.", width=14),
        Column("paid", "Tiền chi", DECIMAL, help="Đồng.", width=16),
        Column("refund", "Tiền thu hồi", DECIMAL, help="Đồng, theo quyết định hủy bỏ.", width=16),
        Column("problem", "Chưa tính được vì", help="Trống: đã tính.", width=50),
    ),
)


def sheet_rows(funds: Iterable[Fund]) -> Iterator[dict]:
    """The same as a table to take away."""
    told = ("count", "coefficient", "coefficient_from", "salary", "salary_from", "each", "problem")
    for fund in funds:
        for row in fund.rows:
            yield {
                "fund": fund.name,
                "number": row.decision.number,
                "decided_on": row.decision.decided_on,
                "kind": row.decision.get_kind_display(),
                "form": row.decision.form.name,
                "recipient": row.recipient_label,
                **{name: getattr(row, name) for name in told},
                "paid": None if row.refund else row.sum,
                "refund": -row.sum if row.refund and row.sum is not None else None,
            }
