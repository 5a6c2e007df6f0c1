"""Questions to the calendar and to the duties of the plan."""

from django.db.models import Q

from campaign.models import Campaign, Duty
from units.kinds import Kind


def current_campaign() -> Campaign | None:
    """The campaign this portal runs: the newest one loaded."""
    return Campaign.objects.order_by("-starts").first()


def duty_holder(campaign, kind, day):
    """The unit that holds a duty of the plan on a date, or None when nobody does.

    Several units may share a duty; the one that took it first is the lead.
    """
    duty = (
        Duty.objects.filter(Q(ends__isnull=True) | Q(ends__gt=day), kind=kind, starts__lte=day)
        .filter(campaign=campaign)
        .select_related("unit")
        .order_by("starts", "pk")
        .first()
    )
    return duty.unit if duty else None


def receiver_of(unit, campaign, day):
    """Who receives the unit's report (V.4): the unit above when that one reports itself,

    else the holder of the receiving duty. So communes report to the district while there is
    one, and to the province's holder of the duty afterwards, without a special case.
    """
    above = unit.parent
    if above is not None and above.kind in (Kind.DISTRICT, Kind.COMMUNE):
        return above
    return duty_holder(campaign, Duty.Kind.RECEIVES_REPORTS, day)
