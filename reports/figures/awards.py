"""Commendations in the campaign, by year, form and kind of recipient.

Unit: awards (lượt). Two sources that stand beside one another and are never added up, as an award
may be in both: annex B6 of accepted reports (each unit enters its own decisions only, the annex
says so, so all tiers add up; the year is the one entered in the row), and the decisions that the
portal itself holds (``decided``; the year is the decision's).
"""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from awards import statistics
from awards.kinds import Recipient
from reports.models import AnnexTable, counted

ANNEX = "B6"
FORM, RECIPIENT, YEAR = "form", "recipient", "year"
NUMBERS = ("count", "direct", "women", "ethnic")


@dataclass(frozen=True)
class AwardCount:
    """Awards of one form to one kind of recipient in a year; of it direct workers, women, …

    ``order``: the places of form and recipient in the lists of the annex.
    """

    order: tuple[int, int]
    year: str
    form: str
    recipient: str
    count: Decimal
    direct: Decimal
    women: Decimal
    ethnic: Decimal
    reports: tuple[int, ...]


def awards(periods) -> list[AwardCount]:
    """The awards of these periods in the order of the forms; one query."""
    tables = (
        AnnexTable.objects.filter(
            counted("report__"), annex__code=ANNEX, report__period__in=periods
        )
        .select_related("annex", "report__period")
        .order_by("report__period__year", "pk")
    )
    found = defaultdict(list)
    for table in tables:
        for row in table.rows:
            year = row.get(YEAR) or str(table.report.period.year)
            key = (year, row.get(FORM, ""), row.get(RECIPIENT, ""))
            found[key].append((table.report_id, row))
    choices = _choices(tables[0].annex) if tables else {}
    counts = [_count(key, rows, choices) for key, rows in found.items()]
    return sorted(counts, key=lambda row: (row.year, row.order, row.form, row.recipient))


def decided(periods) -> list[AwardCount]:
    """The awards by the decisions of these periods that the portal holds, revoked ones left out."""
    if not periods:
        return []
    first, last = min(row.starts for row in periods), max(row.ends for row in periods)
    return [_decided(row) for row in statistics.honoured(first, last)]


def _decided(row) -> AwardCount:
    label = row.recipient_label
    return AwardCount(
        order=(row.form.position, Recipient.values.index(row.recipient)),
        year=str(row.year),
        form=row.form.name,
        recipient=label[:1].upper() + label[1:],
        count=Decimal(row.count),
        direct=Decimal(row.direct),
        women=Decimal(row.women),
        ethnic=Decimal(row.minority or 0),
        reports=(),
    )


def _choices(annex):
    return {column["name"]: column["choices"] for column in annex.columns}


def _index(values, value) -> int:
    return values.index(value) if value in values else len(values)


def _count(key, rows, choices) -> AwardCount:
    year, form, recipient = key
    sums = {
        name: sum((Decimal(row.get(name) or 0) for _, row in rows), Decimal(0)) for name in NUMBERS
    }
    return AwardCount(
        order=(_index(choices.get(FORM, []), form), _index(choices.get(RECIPIENT, []), recipient)),
        year=year,
        form=form,
        recipient=recipient,
        **sums,
        reports=tuple(sorted({report for report, _ in rows})),
    )
