"""Leave for one unit to send later than due."""

from datetime import datetime

from django.db import transaction

from campaign import permissions, rules
from campaign.models import Deadline, Extension
from config import clock, mail
from config.text import clean_text
from config.workflow import refuse
from units.actions import record
from units.actions.checking import anew, refuse_invalid
from units.kinds import Role
from units.models import Unit
from units.queries import people_as


@transaction.atomic
def grant_extension(
    deadline: Deadline, unit: Unit, *, by, until: datetime, reason: str
) -> Extension:
    """Allow one unit to send until ``until``: then it counts as "nộp muộn có phép".

    Effects: a row that says who allowed it, why and until when; a log row; after the commit a
    mail to the reporters and leaders of the unit. The deadline's row is locked, so that a double
    click gives one leave.
    """
    now = clock.now()
    by = anew(by)
    locked = Deadline.objects.select_for_update(of=("self",)).select_related("period")
    deadline, reason = locked.get(pk=deadline.pk), clean_text(reason)
    refuse(permissions.may_extend(by, unit))
    refuse(*rules.obstacles_to_extending(deadline, unit, until=until, reason=reason, now=now))
    leave = Extension(deadline=deadline, unit=unit, until=until, reason=reason)
    leave.granted_at, leave.granted_by = now, by
    refuse_invalid(leave)
    leave.save()
    told = {"deadline": ["", str(deadline)], "until": ["", until.isoformat()]}
    record("grant_extension", leave, by=by, unit=unit, changes=told, reason=reason, at=now)
    _announce(leave)
    return leave


def _announce(leave: Extension) -> None:
    """Tell those who write and sign the unit's report."""
    people = people_as(*Role.OF_UNIT, day=clock.day_of(leave.granted_at), unit=leave.unit)
    until = clock.said(leave.until)
    period = leave.deadline.period.title
    mail.send_after_commit(
        to=list(people.values_list("email", flat=True)),
        subject=f"{leave.unit.name} được gia hạn nộp {period} đến {until}",
        body=(
            f"{leave.granted_by} đã gia hạn nộp {period} cho {leave.unit.name} đến {until}.\n\n"
            f"Lý do: {leave.reason}\n\n"
            "Báo cáo gửi sau hạn chung và trong thời gian này được ghi là nộp muộn có phép."
        ),
    )
