"""Drafts made from a list of changes, and taken back with it."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from units.actions.reorganising.drafts import Head, drop_reorganisation, start_reorganisation
from units.imports.road.values import stored
from units.models import Import, ImportRow, Reorganisation, User
from units.reorganising.proposing import Change, propose

CHANGED = ("new", "changed")


def draft_changes(
    job: Import, change: Callable[[dict], Change], known: Iterable[Change], *, by: User | None
) -> list[Reorganisation]:
    """Make a draft for each day and legal basis of the file's lines; each line knows its draft."""
    rows = {change(row.values): row for row in job.rows.filter(part="", verdict__in=CHANGED)}
    made = []
    for found in propose(rows, known):
        title = f"Sắp xếp đơn vị từ ngày {found.day:%d/%m/%Y} (theo tệp {job.name})"[:300]
        head = Head(found.way, found.basis, found.decided_on, title, found.day)
        lines = tuple(stored(rows[each].values) for each in found.changes)
        draft = start_reorganisation(head, by=by, plan=replace(found.plan, lines=lines))
        for each in found.changes:
            rows[each].object_id = draft.pk
        made.append(draft)
    ImportRow.objects.bulk_update(rows.values(), ["object_id"], batch_size=500)
    return made


def worked_on(job: Import) -> list[str]:
    """Why a file of changes cannot be taken back: its drafts were gone on with."""
    drafts = job.rows.filter(object_id__isnull=False).values("object_id")
    touched = Reorganisation.objects.filter(pk__in=drafts).exclude(state="draft", version=1)
    return [
        f"{draft.number}: {draft.get_state_display() if not draft.is_draft else 'đã được sửa'} sau "
        "khi nhập tệp; hãy hoàn tác hoặc bỏ ở trang Sắp xếp đơn vị."
        for draft in touched.order_by("date", "pk")
    ]


def drop_drafts(keys: Iterable[int], *, by: User | None) -> None:
    """Throw away the drafts that a file made; one draft has many lines."""
    for draft in Reorganisation.objects.drafts().filter(pk__in=set(keys)).order_by("pk"):
        drop_reorganisation(draft, by=by, version=draft.version)
