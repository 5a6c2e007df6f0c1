"""The accepted reports a summary rests on: unit, year, receipt and hash of what was sent.

Unit: reports. Source: each report's newest version. A figure's parts name a report by its id;
here stands which sending that was, so that the figure can be traced to the frozen words.
"""

from dataclasses import dataclass

from django.db.models import F, OuterRef, Subquery

from reports.figures.counting import accepted_reports
from reports.models import Version
from units.kinds import TIER_ORDER


@dataclass(frozen=True)
class SourceReport:
    report_id: int
    unit_id: int
    unit: str
    above: str
    tier: str
    year: int
    timeliness: str
    accepted_at: str
    receipt: str
    sha256: str


def source_reports(periods) -> list[SourceReport]:
    """Every accepted report of the periods, by year, tier and unit; one query."""
    newest = Version.objects.filter(report=OuterRef("pk")).order_by("-number")
    reports = (
        accepted_reports(periods)
        .annotate(
            year=F("period__year"),
            receipt=Subquery(newest.values("receipt")[:1]),
            sha256=Subquery(newest.values("sha256")[:1]),
        )
        .select_related("unit__parent")
        .order_by("period__year", "unit__sort_key", "pk")
    )
    found = [_source(report) for report in reports]
    return sorted(found, key=lambda source: (source.year, TIER_ORDER[source.tier]))


def _source(report) -> SourceReport:
    return SourceReport(
        report_id=report.pk,
        unit_id=report.unit_id,
        unit=report.unit.name,
        above=report.unit.parent.name if report.unit.parent else "",
        tier=report.tier,
        year=report.year,
        timeliness=report.timeliness,
        accepted_at=report.accepted_at.isoformat(),
        receipt=report.receipt or "",
        sha256=report.sha256 or "",
    )
