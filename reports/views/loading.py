"""What several pages load first. Refused means 404: that a report exists is not told."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from config import clock
from config.workflow import offers
from reports.models import Report
from reports.permissions import receives, works_in_unit
from reports.steps import STEPS


def visible_report(request, pk):
    """The report if the user may see it."""
    return get_object_or_404(Report.objects.visible_to(request.user).for_page(), pk=pk)


def own_report(request, pk):
    """The report, with the parts that pages list, if the user works in its unit: who fills it."""
    rows = Report.objects.of_own_unit(request.user).for_page()
    return get_object_or_404(rows.prefetch_related("sections", "annex_tables"), pk=pk)


def asked_of(report, part):
    """A part of the outline, if the report's group of units is asked for it today."""
    if report.tier not in part.tiers:
        raise Http404
    return part


def steps_of(request, report):
    """The steps this user could ever take from here; those of the other side are not shown."""
    names = ()
    if works_in_unit(request.user, report) is None:
        names += OWN_STEPS
    if receives(request.user, report) is None:
        names += OTHER_STEPS
    steps = {name: STEPS[name] for name in names}
    return offers(steps, report, by=request.user, now=clock.now())


OWN_STEPS = ("hand_over", "send", "take_back", "withdraw")
OTHER_STEPS = ("accept", "return", "reopen")
