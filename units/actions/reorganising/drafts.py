"""A reorganisation in preparation: its decision, its plan; several tabs never overwrite."""

from datetime import date
from typing import NamedTuple

from django.db import transaction

from config import clock
from config.workflow import RuleViolation, overwritten, refuse
from units import permissions
from units.actions.checking import anew, differences, refuse_invalid, tidy
from units.actions.log import record
from units.models import Reorganisation, User
from units.reorganising.plan import Plan, as_json

HEAD_FIELDS = ("way", "number", "decided_on", "title", "date")


class Head(NamedTuple):
    """The decision: how units change by it in the main, its number, dates and subject."""

    way: str
    number: str
    decided_on: date | None
    title: str
    date: date


@transaction.atomic
def start_reorganisation(head: Head, *, by: User | None, plan: Plan | None = None):
    """Begin to prepare a reorganisation; a log row, nothing else is touched."""
    by = anew(by)
    refuse(by and permissions.keeps_catalogues(by))
    draft = Reorganisation(**head._asdict(), made_at=clock.now(), made_by=by)
    draft.plan = as_json(plan or Plan())
    _write(draft)
    record("start_reorganisation", draft, by=by, changes=differences(None, draft, HEAD_FIELDS))
    return draft


@transaction.atomic
def save_head(draft: Reorganisation, head: Head, *, by: User | None, version: int):
    """Correct the decision of a draft, unless somebody else wrote in the meantime (``Stale``)."""
    by = anew(by)
    refuse(by and permissions.keeps_catalogues(by))
    draft = locked_draft(draft, version, by)
    before = Reorganisation(**{name: getattr(draft, name) for name in HEAD_FIELDS})
    for name, value in head._asdict().items():
        setattr(draft, name, value)
    draft.version += 1
    _write(draft)
    if changes := differences(before, draft, HEAD_FIELDS):
        record("correct_reorganisation", draft, by=by, changes=changes)
    return draft


@transaction.atomic
def save_plan(draft: Reorganisation, plan: Plan, *, by: User | None, version: int):
    """Write what the draft is to do. What stands in the way is told, and stops the carrying out

    only: a plan grows step by step. The log tells of the deed, not of its preparation.
    """
    by = anew(by)
    refuse(by and permissions.keeps_catalogues(by))
    draft = locked_draft(draft, version, by)
    draft.plan = as_json(plan)
    draft.version += 1
    draft.save(update_fields=["plan", "version"])
    return draft


@transaction.atomic
def drop_reorganisation(draft: Reorganisation, *, by: User | None, version: int) -> None:
    """Throw a draft away; the log keeps what it was about."""
    by = anew(by)
    refuse(by and permissions.keeps_catalogues(by))
    draft = locked_draft(draft, version, by)
    told = differences(None, draft, HEAD_FIELDS)
    record("drop_reorganisation", draft, by=by, changes=told)
    draft.delete()


def locked_draft(draft: Reorganisation, version: int, by: User | None) -> Reorganisation:
    """The draft under lock as the reader saw it; refused when it is one no more, or has moved."""
    found = Reorganisation.objects.select_for_update().filter(pk=draft.pk).first()
    if found is None:
        raise RuleViolation("Bản chuẩn bị này đã bị bỏ; hãy tải lại danh sách.")
    if not found.is_draft:
        raise RuleViolation(
            f"Việc sắp xếp này {found.get_state_display()}, không sửa được nữa; hãy tải lại trang."
        )
    if found.version != version:
        raise overwritten("bản chuẩn bị này", reader=by)
    return found


def _write(draft: Reorganisation) -> None:
    tidy(draft, ("number", "title"))
    refuse_invalid(draft, ignore=("decided_on", "plan", "effects", "made_by"))
    late = draft.decided_on and draft.decided_on > clock.today()
    refuse(late and "Ngày ban hành: chưa đến; hãy kiểm tra lại.")
    draft.save()
