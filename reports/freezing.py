"""The content of a sending, frozen: plain JSON, its canonical text and its hash."""

from config.canonical import canonical, digest
from criteria import queries as criteria_queries
from reports import checks
from reports.models import Figure

__all__ = ["canonical", "content_of", "digest"]


def content_of(report) -> dict:
    """All that the report says at this moment, readable without the database."""
    return {
        "unit": {"code": report.unit.code, "name": report.unit.name},
        "period": {"code": report.period.code, "title": report.period.title},
        "receiver": report.receiver.name,
        "sections": _sections(report),
        "figures": _figures(report),
        "annexes": _annexes(report),
        "checklist": criteria_queries.frozen(report.checklist),
    }


def _sections(report):
    texts = {section.outline_id: section.text for section in report.sections.all()}
    return [
        {"code": outline.code, "title": outline.title, "text": texts.get(outline.pk, "")}
        for outline in checks.outline_of(report)
    ]


def _figures(report):
    figures = Figure.objects.filter(report=report).select_related("indicator")
    return [
        {
            "code": figure.indicator.code,
            "label": figure.indicator.label,
            "unit": figure.indicator.unit,
            "value": None if figure.value is None else str(figure.value),
        }
        for figure in figures.order_by("indicator__position")
    ]


def _annexes(report):
    tables = {table.annex_id: table.rows for table in report.annex_tables.all()}
    return [
        {
            "code": annex.code,
            "title": annex.title,
            "columns": annex.columns,
            "rows": tables.get(annex.pk, []),
        }
        for annex in checks.annexes_of(report)
        if not annex.computed
    ]
