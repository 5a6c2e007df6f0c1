"""Bring the rows of a plan file in: compare with what stands, write what differs, tell it.

Loading twice changes nothing. What a person set in the portal is kept: the log knows, since every
write there leaves a row with its author, while the loader is the system (``by=None``).
"""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model, ProtectedError, QuerySet

from config import clock
from config.workflow import RuleViolation
from units.actions import record
from units.actions.checking import refuse_invalid
from units.models import LogEntry

LOAD = "load_plan"
"""The name of the act in the log."""

PLACED_BY = {"set_deadline": "Ban TĐKT"}
"""Acts that speak for an office; any other one is told with the person's name."""


@dataclass
class Outcome:
    """What a load did, for the person who ran it and for the log."""

    created: int = 0
    same: int = 0
    changed: dict[str, dict] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    """Sentences about what the file wants otherwise and the portal keeps, or does differently."""

    @property
    def changed_anything(self) -> bool:
        return bool(self.created or self.changed or self.removed)

    def in_words(self) -> str:
        """ "tạo 62, sửa 1, bỏ 0, giữ nguyên 12 dòng" or that nothing changed."""
        if not self.changed_anything:
            return f"không có gì thay đổi ({self.same} dòng)"
        return (
            f"tạo {self.created}, sửa {len(self.changed)}, bỏ {len(self.removed)}, "
            f"giữ nguyên {self.same} dòng"
        )


def write_rows(
    queryset: QuerySet, key: tuple[str, ...], rows: list[dict], *, outcome: Outcome, removes=True
) -> dict[tuple, Model]:
    """Make the rows of ``queryset`` say what the file says; the rows by ``key``, as it ends.

    ``key`` names attributes (``period_id``, ``tier``). A field that a person set keeps its value.
    A row that the file no longer names goes, unless a person wrote it, something rests on it or
    ``removes`` is off. Called inside the transaction of the load, which ``log_load`` closes.
    """
    known = {_key(obj, key): obj for obj in queryset}
    placed = placed_by_people(queryset.model, known.values())
    wanted, new, touched = {}, [], []
    for row in rows:
        obj = _candidate(queryset.model, row)
        place = _key(obj, key)
        if place in wanted:
            raise RuleViolation(f"{_label(obj)}: tệp ghi hai lần; bỏ bớt một dòng.")
        standing = known.pop(place, None)
        if standing is None:
            new.append(obj)
        elif _take_over(standing, obj, row, placed.get(standing.pk, {}), outcome):
            touched.append(standing)
        wanted[place] = standing or obj
    names = list(rows[0]) if rows else []
    _store(queryset.model, new, touched, names)
    outcome.created += len(new)
    outcome.same += len(wanted) - len(new) - len(touched)
    for obj in known.values():
        _let_go(obj, placed, outcome, removes=removes)
    return wanted


def log_load(part: str, campaign: Model, outcome: Outcome, *, by=None) -> None:
    """One log row for the load of one part of the plan; none when nothing changed."""
    if outcome.changed_anything:
        told = {"part": part, "created": outcome.created, "changed": outcome.changed}
        told |= {"removed": outcome.removed, "notices": outcome.notices}
        record(LOAD, campaign, by=by, changes=told, unit=campaign.province)


def _key(obj, names):
    return tuple(getattr(obj, name) for name in names)


def _label(obj) -> str:
    return f"{obj._meta.verbose_name.capitalize()} “{obj}”"


def _candidate(model, row):
    """The row as an object with clean values; a fault names the row and the field."""
    obj = model(**row)
    ours = [name for name in row if not model._meta.get_field(name).is_relation]
    try:
        obj.clean_fields(exclude=[f.name for f in model._meta.fields if f.name not in ours])
    except ValidationError as errors:
        told = [
            f"{_label(obj)}, {model._meta.get_field(name).verbose_name}: {' '.join(messages)}"
            for name, messages in errors.message_dict.items()
        ]
        raise RuleViolation(*told) from errors
    return obj


def _take_over(standing, obj, row, placed, outcome) -> bool:
    """Copy what the file says otherwise; whether anything had to be written."""
    changes = {}
    for name in row:
        told = standing._meta.get_field(name)
        old, new = getattr(standing, told.attname), getattr(obj, told.attname)
        if old == new:
            continue
        if name in placed:
            outcome.notices.append(kept(standing, name, placed[name]))
            continue
        changes[name] = [str(old), str(new)]
        setattr(standing, name, getattr(obj, name))
    if changes:
        outcome.changed[_label(standing)] = changes
    return bool(changes)


def kept(obj: Model, name: str, entry: LogEntry) -> str:
    """The sentence about a field that a person set and the file has otherwise."""
    who = PLACED_BY.get(entry.action, str(entry.by))
    return (
        f"{_label(obj)}: giữ nguyên {obj._meta.get_field(name).verbose_name} do {who} đặt lúc "
        f"{clock.said(entry.at)}, khác với tệp."
    )


def placed_by_people(model: type[Model], objs) -> dict[int, dict[str, LogEntry]]:
    """The fields that people wrote, by row: the newest log entry of each."""
    entries = LogEntry.objects.filter(model=model._meta.label, by__isnull=False)
    entries = entries.filter(object_id__in=[obj.pk for obj in objs]).exclude(action=LOAD)
    placed: dict[int, dict[str, LogEntry]] = {}
    for entry in entries.select_related("by").order_by("at", "pk"):
        placed.setdefault(entry.object_id, {}).update(dict.fromkeys(entry.changes, entry))
    return placed


def _store(model, new, touched, names) -> None:
    """Write all at once; if the database objects, say which row breaks which rule."""
    try:
        with transaction.atomic():
            model._default_manager.bulk_create(new)
            if touched:
                model._default_manager.bulk_update(touched, names, batch_size=50)
    except IntegrityError:
        for obj in [*new, *touched]:
            refuse_invalid(obj)
        raise


def _let_go(obj, placed, outcome, *, removes) -> None:
    """Take out a row that the file no longer names, or tell why it stays."""
    if obj.pk in placed or not removes:
        outcome.notices.append(f"{_label(obj)}: không có trong tệp, cổng giữ nguyên.")
        return
    label = _label(obj)
    try:
        with transaction.atomic():
            obj.delete()
    except ProtectedError:
        outcome.notices.append(f"{label}: không còn trong tệp nhưng đã được dùng, cổng giữ nguyên.")
    else:
        outcome.removed.append(label)
