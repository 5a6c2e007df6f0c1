"""How many were honoured: form by kind of recipient by year, from the portal's own decisions.

Counts of awards (lượt). What was revoked is left out, also from the counts of ethnic minorities:
a revocation says how many of those taken back it concerned. The year is the decision's.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q, QuerySet
from django.db.models.functions import ExtractYear

from awards.kinds import DecisionKind, Recipient
from awards.models import AwardForm, DecisionLine, MinorityCount
from config.sheets import INTEGER, YEAR, Column, Definition


@dataclass(frozen=True)
class Honoured:
    """Awards of one form to one kind of recipient in one year; of it direct workers, women, …

    ``minority`` is None where no decision told it.
    """

    year: int
    form: AwardForm
    recipient: str
    count: int
    direct: int
    women: int
    minority: int | None

    @property
    def recipient_label(self) -> str:
        return Recipient(self.recipient).label


def standing_lines() -> QuerySet[DecisionLine]:
    """The awards that stand."""
    return DecisionLine.objects.filter(decision__kind=DecisionKind.AWARD, revoked_by__isnull=True)


def honoured(first: date | None = None, last: date | None = None) -> list[Honoured]:
    """The counts of the decisions between two days, both included; four queries."""
    lines = _within(standing_lines(), "decision__decided_on", first, last)
    rows = (
        lines.annotate(year=ExtractYear("decision__decided_on"))
        .values("year", "decision__form", "recipient")
        .annotate(
            count=Count("pk"),
            direct=Count("pk", filter=Q(direct=True)),
            women=Count("pk", filter=Q(woman=True)),
        )
        .order_by()
    )
    minority = _minority(first, last)
    forms = AwardForm.objects.select_related("family").in_bulk(
        {row["decision__form"] for row in rows}
    )
    found = [
        Honoured(
            row["year"],
            forms[row["decision__form"]],
            row["recipient"],
            row["count"],
            row["direct"],
            row["women"],
            minority.get((row["year"], row["decision__form"], row["recipient"])),
        )
        for row in rows
    ]
    return sorted(found, key=_order)


def _order(row: Honoured) -> tuple:
    return row.year, row.form.position, Recipient.values.index(row.recipient)


def _within(rows: QuerySet, field: str, first: date | None, last: date | None) -> QuerySet:
    if first:
        rows = rows.filter(**{f"{field}__gte": first})
    return rows.filter(**{f"{field}__lte": last}) if last else rows


def _minority(first: date | None, last: date | None) -> dict[tuple[int, int, str], int]:
    """Told with the decisions, less what their revocations took back."""
    found: dict[tuple[int, int, str], int] = defaultdict(int)
    given = _within(
        MinorityCount.objects.filter(decision__kind=DecisionKind.AWARD),
        "decision__decided_on",
        first,
        last,
    )
    told = ("decision__decided_on", "decision__form", "recipient", "number")
    for day, form, recipient, number in given.values_list(*told):
        found[day.year, form, recipient] += number
    taken = MinorityCount.objects.filter(decision__kind=DecisionKind.REVOCATION).annotate(
        of=Max("decision__lines__revokes__decision__decided_on")
    )
    for row in _within(taken, "of", first, last).select_related("decision"):
        found[row.of.year, row.decision.form_id, row.recipient] -= row.number
    return dict(found)


def totals(rows: list[Honoured]) -> dict[str, int]:
    """The sums of the counts."""
    names = ("count", "direct", "women")
    return {name: sum(getattr(row, name) for row in rows) for name in names} | {
        "minority": sum(row.minority or 0 for row in rows)
    }


STATISTICS = Definition(
    title="Thống kê khen thưởng",
    columns=(
        Column("year", "Năm", YEAR, help="Năm của quyết định.", grouped=False, width=8),
        Column("form", "Hình thức", help="Hình thức khen thưởng.", width=40),
        Column("recipient", "Đối tượng", help="Ai được khen.", width=20),
        Column("count", "Lượt khen", INTEGER, help="Không tính khen thưởng đã hủy bỏ.", width=10),
        Column("direct", "Trực tiếp", INTEGER, help="Người trực tiếp, tập thể nhỏ.", width=10),
        Column("women", "Nữ", INTEGER, help="Cá nhân là nữ.", width=8),
        Column("minority", "DTTS", INTEGER, help="Trống: quyết định không ghi.", width=8),
    ),
)


def statistic_rows(rows: list[Honoured]) -> Iterator[dict]:
    """The counts as a table to take away."""
    for row in rows:
        yield {
            "year": row.year,
            "form": row.form.name,
            "recipient": row.recipient_label,
            **{name: getattr(row, name) for name in ("count", "direct", "women", "minority")},
        }
