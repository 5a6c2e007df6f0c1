"""Due and lock of a tier in a period."""

from datetime import datetime

from django.db import transaction

from campaign import permissions, rules
from campaign.models import Deadline
from config import clock
from config.text import clean_text
from config.workflow import refuse
from units.actions import record
from units.actions.checking import anew, refuse_invalid


@transaction.atomic
def set_deadline(
    deadline: Deadline, *, by, due: datetime, lock: datetime, reason: str = ""
) -> Deadline:
    """Set due (hạn nộp) and lock (khóa sổ) of one tier in one period, by the board, with a reason.

    A due date that has passed is never moved: the marks of reports already sent rest on it (see
    ``campaign.rules``). The log row also tells the loader of the plan to leave these dates alone.
    """
    now = clock.now()
    by = anew(by)
    locked = Deadline.objects.select_for_update(of=("self",)).select_related("period")
    deadline, reason = locked.get(pk=deadline.pk), clean_text(reason)
    refuse(permissions.sets_deadlines(by))
    refuse(*rules.obstacles_to_setting(deadline, due=due, lock=lock, reason=reason, now=now))
    changes = {
        name: [getattr(deadline, name).isoformat(), value.isoformat()]
        for name, value in (("due", due), ("lock", lock))
        if getattr(deadline, name) != value
    }
    deadline.due, deadline.lock = due, lock
    refuse_invalid(deadline)
    deadline.save(update_fields=["due", "lock"])
    record("set_deadline", deadline, by=by, changes=changes, reason=reason, at=now)
    return deadline
