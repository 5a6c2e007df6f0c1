"""Who reported: units expected, sent, on time, late, with leave, returned, accepted; who did not.

Unit: units (đơn vị). Source: the register on the period's reference date, tiers with a
deadline, joined with their reports (``reports.queries.expected``). "Missing" are units whose
report is not with the receiver: never sent, withdrawn, or sent back and not sent again. "Open"
are those sent and neither accepted nor returned: their figures are not counted either.
"""

from dataclasses import dataclass

from django.db.models import F, Q

from reports.queries.expected import COUNTS, completeness_by_tier, expected_units
from reports.states import State
from units.kinds import TIER_OF_KIND, TIER_ORDER


@dataclass(frozen=True)
class AbsentUnit:
    """A unit whose report is not counted: named, with the unit above it and the reason."""

    unit_id: int
    name: str
    tier: str
    above: str
    state: str
    state_label: str

    @property
    def missing(self) -> bool:
        return self.state != State.SUBMITTED


@dataclass(frozen=True)
class TierCount:
    tier: str
    label: str
    due: str
    expected: int
    started: int
    sent: int
    on_time: int
    late: int
    excused: int
    returned: int
    accepted: int
    missing: int


@dataclass(frozen=True)
class PeriodCompleteness:
    """One yearly period: counts by tier, and every unit that is not counted."""

    code: str
    title: str
    year: int
    reference_date: str
    tiers: tuple[TierCount, ...]
    absent: tuple[AbsentUnit, ...]


OPEN = [state for state in State.values if state != State.ACCEPTED]
NOT_STARTED = ("not_started", "chưa lập báo cáo")


def completeness(periods) -> list[PeriodCompleteness]:
    """One entry a period; a fixed number of statements each."""
    return [_of(period) for period in periods]


def _of(period) -> PeriodCompleteness:
    absent = absent_units(period)
    return PeriodCompleteness(
        code=period.code,
        title=period.title,
        year=period.year,
        reference_date=period.reference_date.isoformat(),
        tiers=tuple(_tier(row, absent) for row in completeness_by_tier(period)),
        absent=tuple(absent),
    )


def _tier(row, absent) -> TierCount:
    counts = {name: getattr(row, name) for name in COUNTS}
    missing = sum(unit.tier == row.key and unit.missing for unit in absent)
    return TierCount(
        tier=str(row.key),
        label=str(row.label),
        due=row.deadline.due.isoformat() if row.deadline else "",
        missing=missing,
        **counts,
    )


def absent_units(period) -> list[AbsentUnit]:
    """The expected units without an accepted report: in the order of Section III.1, by name."""
    units = (
        expected_units(period)
        .filter(Q(its_report__isnull=True) | Q(its_report__state__in=OPEN))
        .annotate(report_state=F("its_report__state"))
        .select_related("parent")
        .in_order()
    )
    found = [_absent(unit) for unit in units]
    return sorted(found, key=lambda unit: TIER_ORDER[unit.tier])


def _absent(unit) -> AbsentUnit:
    state, label = NOT_STARTED
    if unit.report_state:
        state, label = unit.report_state, State(unit.report_state).label
    return AbsentUnit(
        unit_id=unit.pk,
        name=unit.name,
        tier=str(TIER_OF_KIND[unit.kind]),
        above=unit.parent.name if unit.parent else "",
        state=state,
        state_label=label,
    )
