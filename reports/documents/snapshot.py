"""All that a summary says, as plain JSON values: composed once, frozen, printed from ever after.

Decimals are plain decimal text, dates ISO text, keys text: what the database gives back is what
was put in. Order is fixed everywhere, so the same state of the database gives the same content.
"""

from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal

from campaign.models import Duty
from campaign.queries import duties_on
from config import clock
from reports.documents import issuing
from reports.figures import (
    annexes,
    awards,
    completeness,
    counting,
    goals,
    indicators,
    passages,
    poverty,
    ranking,
    sources,
)
from reports.leading import lead_of
from reports.models import OutlineSection

SCHEMA = 1
"""Rises when the shape of a snapshot changes; old ones are printed by the module of their time."""

TEXTS = ("assessment", "shortcomings", "directions")


def compose(period, *, now, summary=None) -> dict:
    """The content of the summary of ``period`` as the database stands.

    Without ``summary`` the free texts and the passages are empty: a first look at the figures.
    """
    campaign, periods = period.campaign, counting.covered_periods(period)
    day = clock.day_of(now)
    lead = summary.lead if summary else lead_of(period, day)
    return plain(
        {
            "schema": SCHEMA,
            "composed_at": now,
            "edition": summary.edition if summary else 0,
            "campaign": _campaign(campaign),
            "period": _period(period),
            "covered": [_period(covered) for covered in periods],
            "issuer": issuing.issuer(period, lead),
            "duties": _duties(campaign, day),
            "texts": {name: getattr(summary, name) if summary else "" for name in TEXTS},
            "sections": _sections(campaign),
            **_figures(campaign, period, periods),
            "passages": passages.chosen_passages(summary) if summary else [],
        }
    )


def _figures(campaign, period, periods) -> dict:
    years = poverty.poverty_years(period)
    return {
        "goals": [_goal(row) for row in goals.goals_at(campaign, period.ends)],
        "poverty": poverty.poverty_by_district(campaign, years),
        "completeness": completeness.completeness(periods),
        "rankings": ranking.published_rankings(periods),
        "indicators": indicators.indicator_sums(campaign, periods),
        "annexes": annexes.annex_sums(campaign, periods),
        "awards": awards.awards(periods),
        "decided": awards.decided(periods),
        "sources": sources.source_reports(periods),
    }


def _duties(campaign, day) -> dict[str, str]:
    """The names of those who receive the reports and lead on poverty; one query."""
    named = (Duty.Kind.RECEIVES_REPORTS, Duty.Kind.POVERTY_LEAD)
    rows = [row for row in duties_on(campaign, day) if row.kind in named and row.holders]
    return {row.kind: row.holders[0].unit.name for row in rows}


def _campaign(campaign) -> dict:
    names = (
        "title",
        "short_title",
        "plan_number",
        "plan_date",
        "issuer",
        "basis",
        "starts",
        "ends",
    )
    return {name: getattr(campaign, name) for name in names}


def _period(period) -> dict:
    names = ("code", "kind", "year", "title", "clause", "starts", "ends", "reference_date")
    return {name: getattr(period, name) for name in names}


def _goal(row) -> dict:
    """A goal's progress without the model behind it."""
    goal = row.goal
    stated = ("code", "clause", "statement", "direction", "target", "unit", "due", "note")
    rest = {field.name: getattr(row, field.name) for field in fields(row) if field.name != "goal"}
    return {**{f"goal_{name}": getattr(goal, name) for name in stated}, **rest}


def _sections(campaign) -> list[dict]:
    """Headings of the outline by the number that indicators name, first of each number."""
    titles = {}
    for section in OutlineSection.objects.filter(campaign=campaign).order_by("position"):
        titles.setdefault(section.code.split("-")[0], section.title)
    return [{"code": code, "title": title} for code, title in titles.items()]


def plain(value):
    """The value as JSON gives it back."""
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, Decimal):
        return f"{value.normalize() + 0:f}"
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value
