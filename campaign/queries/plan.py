"""The plan and its calendar: which campaign, which period, what is due when."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet

from campaign.models import Campaign, Goal, Passage, Period, Phase
from campaign.queries.deadlines import in_order

further_parts: list[Callable[[Campaign], "FurtherPart"]] = []
"""Parts of the plan that the apps above hold; each fills this in from its ``AppConfig.ready``."""


@dataclass(frozen=True)
class FurtherPart:
    """A part of the plan kept by an app above: a heading, its clause, its lines."""

    title: str
    clause: str
    lines: list[tuple[str, str, str]]
    """Name, clause and note of each."""


def current_campaign() -> Campaign | None:
    """The campaign this portal runs: the newest one loaded."""
    return Campaign.objects.order_by("-starts").first()


def campaign_years() -> set[int]:
    """The years that the campaigns on file run through, for the apps below that ask."""
    spans = Campaign.objects.values_list("starts__year", "ends__year")
    return {year for first, last in spans for year in range(first, last + 1)}


def asking_periods(campaign) -> QuerySet[Period]:
    """The periods for which units owe a report of their own, to choose from."""
    return Period.objects.filter(campaign=campaign).asking()


def period_at(periods, day) -> Period | None:
    """The newest of these periods that has begun by the day, else the first to come."""
    begun = [period for period in periods if period.starts <= day]
    if begun:
        return max(begun, key=lambda period: period.starts)
    return min(periods, key=lambda period: period.starts, default=None)


@dataclass(frozen=True)
class PlanPage:
    """The plan as its public page shows it."""

    campaign: Campaign
    goals: list[Goal]
    participants: list[Passage]
    contents: list[Passage]
    solutions: list[Passage]
    phases: list[tuple[Phase, str]]
    periods: list[Period]
    calendar: list["CalendarYear"]
    further: list[FurtherPart]


def plan_page(campaign, day) -> PlanPage:
    """All parts of the plan, in a fixed number of queries."""
    passages = defaultdict(list)
    for passage in campaign.passages.all():
        passages[passage.part].append(passage)
    phases = list(campaign.phases.all())
    periods = periods_of(campaign)
    return PlanPage(
        campaign=campaign,
        goals=list(campaign.goals.all()),
        participants=passages[Passage.Part.PARTICIPANT],
        contents=passages[Passage.Part.CONTENT],
        solutions=passages[Passage.Part.SOLUTION],
        phases=[(phase, stage_of(phase, day)) for phase in phases],
        periods=periods,
        calendar=calendar(periods, day),
        further=[part(campaign) for part in further_parts],
    )


def stage_of(span, day) -> str:
    """Where a day lies to a phase or period: "past", "present" or "future"."""
    if day > span.ends:
        return "past"
    return "present" if day >= span.starts else "future"


def periods_of(campaign) -> list[Period]:
    """The periods in order, each with its deadlines in the order of the tiers; two queries."""
    periods = list(Period.objects.filter(campaign=campaign).with_deadlines())
    for period in periods:
        period.dates = in_order(period)
    return periods


@dataclass(frozen=True)
class CalendarEntry:
    """One moment of the calendar and whom it concerns."""

    at: datetime
    label: str
    period: Period
    tiers: list[str]
    is_lock: bool


@dataclass(frozen=True)
class CalendarYear:
    """The dates of one year; ``is_open``: of the present year, which the page shows unfolded."""

    year: int
    is_open: bool
    entries: list[CalendarEntry] = field(default_factory=list)
    reviews: list[Period] = field(default_factory=list)
    """Interim and final reviews of the year, for which units owe no report of their own."""


def calendar(periods, day) -> list[CalendarYear]:
    """The due and lock dates by year; tiers that share a moment stand in one line."""
    years: dict[int, CalendarYear] = {}
    for period in periods:
        year = years.setdefault(
            period.year, CalendarYear(period.year, is_open=period.year == day.year)
        )
        if period.dates:
            year.entries.extend(_entries(period))
        else:
            year.reviews.append(period)
    for year in years.values():
        year.entries.sort(key=lambda entry: (entry.at, entry.is_lock))
    return [years[number] for number in sorted(years)]


def _entries(period):
    moments = defaultdict(list)
    for row in period.dates:
        moments[(row.due, False)].append(row.get_tier_display())
        moments[(row.lock, True)].append(row.get_tier_display())
    for (at, is_lock), tiers in moments.items():
        label = "Khóa sổ" if is_lock else "Hạn nộp"
        yield CalendarEntry(
            at, f"{label} {period.title[:1].lower()}{period.title[1:]}", period, tiers, is_lock
        )
