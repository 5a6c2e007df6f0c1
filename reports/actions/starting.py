"""Opening a unit's report of a period."""

from django.db import transaction

from campaign.queries import receiver_of
from campaign.rules import owes_report
from config import clock
from config.workflow import RuleViolation, refuse
from criteria import actions as criteria_actions
from criteria.models import Indicator
from reports import checks
from reports.models import Figure, Report, Section
from reports.states import State
from units.actions import record
from units.actions.checking import anew
from units.models import Unit
from units.permissions import works_in


@transaction.atomic
def start_report(unit, period, *, by):
    """Open the unit's report with its empty parts and its checklist, or return the one there is.

    Refused for a unit that is not on the period's register, or that owes no report, and for
    people who do not work in the unit. The unit's row is locked, so that a double click makes
    one report.
    """
    now = clock.now()
    unit = Unit.objects.select_for_update(of=("self",)).select_related("parent").get(pk=unit.pk)
    by = anew(by)
    refuse(*obstacles(unit, period, by=by))
    if existing := Report.objects.filter(unit=unit, period=period).first():
        return existing
    receiver = receiver_of(unit, period.campaign, period.reference_date)
    if receiver is None:
        raise RuleViolation(
            f"Chưa khai báo đơn vị tiếp nhận báo cáo vào ngày {period.reference_date:%d/%m/%Y}; "
            "đề nghị quản trị bổ sung nhiệm vụ “đầu mối tiếp nhận, tổng hợp báo cáo”."
        )
    report = Report.objects.create(
        unit=unit,
        period=period,
        tier=unit.tier,
        receiver=receiver,
        checklist=criteria_actions.open_checklist(unit, period, by=by, at=now),
        started_at=now,
        started_by=by,
    )
    lay_out(report)
    record("start_report", report, by=by, unit=unit, at=now)
    return report


def obstacles(unit, period, *, by) -> list[str]:
    """Why the unit's report of the period cannot be opened by this person; empty means it can."""
    if refusal := works_in(by, unit):
        return [refusal]
    refusal = owes_report(period, unit)
    return [refusal] if refusal else []


def lay_out_unsent(campaign) -> None:
    """Give reports still being written the parts that came new with the plan's file.

    What was sent stays as it was sent. Called inside the transaction of the load.
    """
    unsent = Report.objects.filter(period__campaign=campaign)
    unsent = unsent.filter(state__in={*State.UNSENT, *State.EDITABLE})
    for report in unsent.select_related("period__campaign"):
        lay_out(report)


def lay_out(report):
    """One row for each part, so that a page never has to ask whether it is there.

    Called again when a report comes back: the outline may have grown since it was sent.
    """
    Section.objects.bulk_create(
        [Section(report=report, outline=outline) for outline in checks.outline_of(report)],
        ignore_conflicts=True,
    )
    indicators = Indicator.objects.filter(campaign=report.period.campaign)
    Figure.objects.bulk_create(
        [
            Figure(report=report, indicator=indicator)
            for indicator in indicators
            if report.tier in indicator.tiers
        ],
        ignore_conflicts=True,
    )
