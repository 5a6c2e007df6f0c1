"""Deadlines as the board keeps them, and leave to send later."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Prefetch, Q, QuerySet

from campaign.models import Deadline, Extension, Period
from campaign.permissions import extendable_scope
from campaign.queries.duties import receiving_units
from config.text import fold
from units.kinds import TIER_ORDER
from units.models import LogEntry, Unit


@dataclass(frozen=True)
class DeadlineRow:
    """A deadline as the board sees it: how many have leave, and who set it last."""

    deadline: Deadline
    extensions: int
    set_by: LogEntry | None


@dataclass(frozen=True)
class PeriodDeadlines:
    """The deadlines of a period; closed once the last of its locks is past."""

    period: Period
    rows: list[DeadlineRow]
    is_closed: bool


def deadlines_by_period(campaign, now) -> list[PeriodDeadlines]:
    """The periods that ask for reports with their deadlines, the open ones first; three queries."""
    counted = Deadline.objects.annotate(leave=Count("extensions"))
    periods = Period.objects.filter(campaign=campaign).asking()
    periods = list(periods.prefetch_related(Prefetch("deadlines", counted)))
    for period in periods:
        for row in period.deadlines.all():
            row.period = period
    acts = last_acts(row for period in periods for row in period.deadlines.all())
    found = [
        PeriodDeadlines(
            period,
            [DeadlineRow(row, row.leave, acts.get(row.pk)) for row in in_order(period)],
            is_closed=all(row.lock < now for row in period.deadlines.all()),
        )
        for period in periods
    ]
    return sorted(found, key=lambda each: each.is_closed)


def in_order(period) -> list[Deadline]:
    """A period's deadlines in the order of the tiers (Section III.1)."""
    return sorted(period.deadlines.all(), key=lambda row: TIER_ORDER[row.tier])


def last_acts(deadlines) -> dict[int, LogEntry]:
    """The last time that the board set each deadline, from the log; one query."""
    entries = LogEntry.objects.filter(
        model=Deadline._meta.label,
        action="set_deadline",
        object_id__in=[row.pk for row in deadlines],
    )
    return {entry.object_id: entry for entry in entries.select_related("by").order_by("at", "pk")}


@dataclass(frozen=True)
class DeadlineAct:
    """One time that the board set a deadline: what changed, from when to when."""

    entry: LogEntry
    changes: list[tuple[str, datetime, datetime]]


def acts_on(deadline) -> list[DeadlineAct]:
    """Every time that the board set a deadline, newest first."""
    entries = LogEntry.objects.filter(
        model=Deadline._meta.label, action="set_deadline", object_id=deadline.pk
    )
    return [
        DeadlineAct(
            entry,
            [
                (Deadline._meta.get_field(name).verbose_name, *map(datetime.fromisoformat, pair))
                for name, pair in entry.changes.items()
            ],
        )
        for entry in entries.select_related("by").order_by("-at", "-pk")
    ]


def extensions_for(user, campaign, *, period=None, words="") -> QuerySet[Extension]:
    """The leave that the user may see, newest first, of one period and by the unit's name."""
    found = Extension.objects.visible_to(user).filter(deadline__period__campaign=campaign)
    if period:
        found = found.filter(deadline__period=period)
    if words := fold(words):
        found = found.filter(Q(unit__search__contains=words) | Q(unit__code=words.upper()))
    return found.for_list()


def leave_of(deadline, unit) -> list[Extension]:
    """What the unit was given for this deadline, newest first."""
    return list(Extension.objects.filter(deadline=deadline, unit=unit).for_list())


def units_owing(period) -> QuerySet[Unit]:
    """The units that owe a report of the period: the period's register.

    Alive on its reference date, of a tier with a deadline; not the unit that receives the reports
    of the province itself (``campaign.rules.owes_report`` says the same of one unit).
    """
    units = Unit.objects.as_of(period.reference_date)
    units = units.of_tiers(*(deadline.tier for deadline in period.deadlines.all()))
    receiving = receiving_units(period.campaign_id, period.reference_date)
    return units.exclude(pk__in=receiving)


def units_to_extend(user, period, words="") -> QuerySet[Unit]:
    """The units on the period's register that the user may give leave to, by name or code."""
    units = units_owing(period).filter(extendable_scope(user))
    if words := fold(words):
        units = units.matching(words)
    return units.select_related("parent").in_order()
