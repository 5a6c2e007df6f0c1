"""Which units owe a report of a period, and how far each tier and parent has come.

One SQL statement each: the period's register (units alive on its reference date, of tiers with
a deadline) joined with the reports there are.
"""

from dataclasses import dataclass

from django.db.models import Count, F, FilteredRelation, Q

from campaign.models import Deadline
from campaign.queries import asking_periods, period_at, units_owing
from reports.states import State, Timeliness
from units.kinds import TIER_OF_KIND, Kind

EVERYWHERE = Q()


def expected_units(period, within=EVERYWHERE):
    """The units that owe a report of the period, each with ``its_report`` joined (or none).

    ``within``: a condition on the units, here and below.
    """
    of_period = FilteredRelation("reports", condition=Q(reports__period=period))
    return units_owing(period).filter(within).annotate(its_report=of_period)


COUNTS = {
    "expected": Count("pk"),
    "started": Count("its_report"),
    "sent": Count("its_report", filter=Q(its_report__submitted_at__isnull=False)),
    "on_time": Count("its_report", filter=Q(its_report__timeliness=Timeliness.ON_TIME)),
    "late": Count("its_report", filter=Q(its_report__timeliness=Timeliness.LATE)),
    "excused": Count("its_report", filter=Q(its_report__timeliness=Timeliness.EXCUSED)),
    "returned": Count("its_report", filter=Q(its_report__state=State.RETURNED)),
    "accepted": Count("its_report", filter=Q(its_report__state=State.ACCEPTED)),
}


@dataclass(frozen=True)
class Completeness:
    """Counts of units, of one tier or of one parent."""

    key: str
    label: str
    expected: int
    started: int
    sent: int
    on_time: int
    late: int
    excused: int
    returned: int
    accepted: int
    deadline: Deadline | None = None
    parent_id: int | None = None

    @property
    def missing(self) -> int:
        return self.expected - self.sent

    @property
    def percent_sent(self) -> int:
        return round(100 * self.sent / self.expected) if self.expected else 0


def completeness_by_tier(period, within=EVERYWHERE) -> list[Completeness]:
    """One row a tier that owes reports, in the order of Section III.1."""
    deadlines = {deadline.tier: deadline for deadline in period.deadlines.all()}
    rows = expected_units(period, within).values("kind").annotate(**COUNTS).order_by()
    by_kind = {row.pop("kind"): row for row in rows}
    return [
        Completeness(
            key=TIER_OF_KIND[kind],
            label=kind.label,
            deadline=deadlines[TIER_OF_KIND[kind]],
            **by_kind[kind],
        )
        for kind in Kind
        if kind in by_kind
    ]


def completeness_by_parent(period, tier, within=EVERYWHERE) -> list[Completeness]:
    """One row for each unit above the tier's units, in Vietnamese order.

    Put in order here: a database that has to would sort the units before it counts them.
    """
    above = {"label": F("parent__name"), "place": F("parent__sort_key")}
    units = expected_units(period, within).of_tiers(tier)
    rows = units.values("parent_id", **above).annotate(**COUNTS).order_by()
    names = ("parent_id", "label", *COUNTS)
    return [
        Completeness(key=str(row["parent_id"]), **{name: row[name] for name in names})
        for row in sorted(rows, key=lambda row: (row["place"], row["parent_id"]))
    ]


def units_with_state(period, tier, within=EVERYWHERE, *, parent=None):
    """The expected units of a tier or parent with the state of their report, for a list."""
    units = expected_units(period, within).of_tiers(tier)
    if parent:
        units = units.filter(parent=parent)
    return units.annotate(
        report_id=F("its_report__pk"),
        report_state=F("its_report__state"),
        report_timeliness=F("its_report__timeliness"),
        report_sent_at=F("its_report__submitted_at"),
    ).in_order()


TONES = {State.ACCEPTED: "success", State.SUBMITTED: "info", State.RETURNED: "danger"}


def described(units):
    """Units of a page with the words and tone of their report's state."""
    for unit in units:
        unit.state_label = State(unit.report_state).label if unit.report_state else ""
        unit.state_tone = TONES.get(unit.report_state, "warning")
        unit.timeliness_label = (
            Timeliness(unit.report_timeliness).label if unit.report_timeliness else ""
        )
    return units


def reporting_periods(campaign):
    """The periods that ask units for reports, newest first, with their deadlines at hand."""
    return list(asking_periods(campaign).with_deadlines().order_by("-year", "kind"))


def chosen_period(periods, code, today):
    """The period named in the address, else the newest one that has begun."""
    named = next((period for period in periods if period.code == code), None)
    return named or period_at(periods, today)
