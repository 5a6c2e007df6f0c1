"""Who holds which duty of the plan on a date, and who receives whose report."""

from collections import defaultdict
from dataclasses import dataclass

from campaign.models import Duty
from units.kinds import Kind
from units.models import Unit


def duty_holder(campaign, kind, day) -> Unit | None:
    """The unit that holds a duty of the plan on a date, or None when nobody does.

    Several units may share a duty; the one that took it first is the lead.
    """
    held = Duty.objects.in_force(day).filter(campaign=campaign, kind=kind).select_related("unit")
    duty = held.order_by("starts", "pk").first()
    return duty.unit if duty else None


def receiving_units(campaign, day):
    """The pks of the units that receive reports by duty on a date, as a subquery.

    They owe none themselves: nobody sends a report to itself. What such a unit did stands in the
    report of the unit it belongs to.
    """
    held = Duty.objects.in_force(day).filter(campaign=campaign)
    return held.filter(kind=Duty.Kind.RECEIVES_REPORTS).values_list("unit_id", flat=True)


def unit_above(unit) -> Unit | None:
    """The unit that receives the unit's report on its way up, and scores as "cấp trên".

    The district over a commune, the commune over a village, whatever an enterprise sits under.
    None where the report goes to the province: from its bodies, and from all that stands right
    under it, as communes do once there is no district.
    """
    above = unit.parent
    if unit.kind == Kind.DEPARTMENT or above is None or above.kind == Kind.PROVINCE:
        return None
    return above


def receiver_of(unit, campaign, day) -> Unit | None:
    """Who receives the unit's report (V.4): the unit above, else the holder of the duty."""
    return unit_above(unit) or duty_holder(campaign, Duty.Kind.RECEIVES_REPORTS, day)


@dataclass(frozen=True)
class DutyRow:
    """A duty of the plan: who holds it on the day asked for, and who held it when."""

    kind: Duty.Kind
    holders: list[Duty]
    history: list[Duty]


def duties_on(campaign, day) -> list[DutyRow]:
    """Every duty in the order of the plan, held or not; one query."""
    rows = Duty.objects.filter(campaign=campaign).select_related("unit__parent")
    by_kind = defaultdict(list)
    for duty in rows.order_by("starts", "pk"):
        by_kind[duty.kind].append(duty)
    return [
        DutyRow(kind, [duty for duty in by_kind[kind] if duty.held_on(day)], by_kind[kind])
        for kind in Duty.Kind
    ]
