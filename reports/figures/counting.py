"""Which reports count: accepted ones, and for sums over tiers none that another one contains.

A district's report already holds what its communes reported, a commune's what its villages and
enterprises did. So a sum over tiers takes each figure from the highest accepted report of its
branch: where the district's is accepted its communes are left out, where it is not they stand
in for it. Bodies of the province contain nobody: Ban TĐKT under Sở Nội vụ counts by itself.
"""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from campaign.models import Period
from reports.models import Figure, Report, counted
from reports.queries.expected import expected_units
from reports.states import State
from units.kinds import TIER_OF_KIND, Kind

CONTAINING = (Kind.DISTRICT, Kind.COMMUNE)
"""Kinds of unit whose reports hold the figures of the units below them."""

LEVELS = ("parent", "parent__parent", "parent__parent__parent")


def yearly_periods(campaign, first: int, last: int) -> list[Period]:
    """The yearly periods of the campaign from one year to another, oldest first."""
    yearly = Period.objects.filter(campaign=campaign, kind=Period.Kind.YEARLY)
    return list(yearly.filter(year__range=(first, last)).order_by("year", "pk"))


def covered_periods(period) -> list[Period]:
    """The yearly periods a summary rests on: its own year, or all from the campaign's start."""
    if period.kind == Period.Kind.YEARLY:
        return [period]
    return yearly_periods(period.campaign, period.starts.year, period.year)


def accepted_reports(periods):
    """The reports that the receiver has accepted, of these periods and the units on them."""
    return Report.objects.filter(counted(), period__in=periods)


def counted_figures(periods):
    """The figures of accepted reports that no higher accepted report of the period contains."""
    return (
        Figure.objects.filter(counted("report__"), report__period__in=periods, value__isnull=False)
        .alias(contained=Exists(_higher_figure()))
        .filter(contained=False)
    )


def _higher_figure():
    """A figure of the same indicator and period in an accepted report of a unit above."""
    return Figure.objects.filter(
        higher_report(), indicator=OuterRef("indicator"), value__isnull=False
    )


def higher_report() -> Q:
    """For parts of reports within ``Exists``: of an accepted report that contains this one."""
    above = Q(pk__in=[])
    for level in LEVELS:
        above |= Q(report__unit=OuterRef(f"report__unit__{level}"))
    of_kind = Q(report__unit__kind__in=CONTAINING)
    return above & of_kind & counted("report__") & Q(report__period=OuterRef("report__period"))


@dataclass(frozen=True)
class Coverage:
    """How many of the units at the head of their branch have an accepted report."""

    accepted: int
    expected: int

    @property
    def whole(self) -> bool:
        return 0 < self.expected == self.accepted


def coverage(period, tiers) -> Coverage:
    """Heads of branches among the tiers: districts, or communes once there are no districts."""
    kinds = [kind for kind, tier in TIER_OF_KIND.items() if tier in tiers]
    heads = expected_units(period).filter(kind__in=kinds).exclude(parent__kind__in=CONTAINING)
    counts = heads.aggregate(
        expected=Count("pk"), accepted=Count("pk", filter=Q(its_report__state=State.ACCEPTED))
    )
    return Coverage(**counts)
