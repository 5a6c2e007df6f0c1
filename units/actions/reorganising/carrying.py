"""The day itself: units end, others start, linked and with their people, in one transaction."""

import json
from datetime import date
from hashlib import sha256

from django.db import transaction

from config import clock
from config.workflow import Stale, refuse
from units import permissions
from units.actions.checking import anew
from units.actions.holding import hold_register_alone
from units.actions.log import record
from units.actions.reorganising.drafts import locked_draft
from units.actions.reorganising.seating import follow_up, move_people
from units.models import LogEntry, Reorganisation, Succession, Unit, User
from units.reorganising.drawing import Drawing, New, Old, draw
from units.reorganising.plan import as_json, from_json
from units.reorganising.rules import obstacles

LINK = ("predecessor_id", "successor_id", "date", "way", "share", "basis", "confidence", "note")
"""What a succession holds, for putting one back."""


def fingerprint(reorganisation: Reorganisation, drawing: Drawing) -> str:
    """What a person saw in the preview: if the register moves on, it is another one."""
    told = [
        as_json(drawing.plan),
        [(pk, old.fate.value, str(old.unit.valid_to)) for pk, old in drawing.olds.items()],
        [(key, str(new.unit.valid_to), _place(new)) for key, new in drawing.news.items()],
        [(seat.pk, str(seat.ends), drawing.choice(seat)) for seat in drawing.seats],
    ]
    words = json.dumps([reorganisation.basis, str(reorganisation.date), *told], sort_keys=True)
    return sha256(words.encode()).hexdigest()[:32]


def _place(new: New) -> str:
    parent = new.unit.parent
    return "" if parent is None else f"{parent.pk} {parent.code}"


@transaction.atomic
def carry_out(draft: Reorganisation, *, by: User | None, version: int, seen: str = ""):
    """Do what the draft says, or refuse with everything that stands in the way.

    Effects, in order: the register is held, the units that end and those above them are locked,
    the plan is drawn and judged anew, and must be what the preview showed (``seen``); units end;
    others start under their parents and inherit what the register knows of the time after;
    successions are written; people move or leave as chosen; ``effects`` keeps the keys of it all;
    a log row for the reorganisation, for each unit that ended and for each role.
    """
    hold_register_alone()
    by, now = anew(by), clock.now()
    refuse(by and permissions.keeps_catalogues(by))
    draft = locked_draft(draft, version, by)
    plan = from_json(draft.plan)
    _lock(draw(plan, draft.date))
    drawing = draw(plan, draft.date)
    if seen and seen != fingerprint(draft, drawing):
        raise Stale("Sổ đơn vị hoặc phân công vừa thay đổi; hãy xem trước lại rồi xác nhận.")
    refuse(*(each.sentence for each in obstacles(draft, drawing)))
    done = {
        "ended": _end(drawing),
        "started": _start(drawing, draft),
        "until": [[new.unit.pk, _iso(new.unit.valid_to)] for new in drawing.news.values()],
        **_link(drawing, draft),
        **move_people(drawing, draft, by=by, at=now),
    }
    return _finish(draft, drawing, done, by=by, at=now)


def _lock(drawing: Drawing) -> None:
    """Nothing that it touches is changed, or gets rows by hand, meanwhile."""
    units = set(drawing.olds) | {old.unit.parent_id for old in drawing.olds.values()}
    units |= {new.unit.parent.pk for new in drawing.news.values() if new.unit.parent}
    rows = Unit.objects.select_for_update().order_by("pk")
    list(rows.filter(pk__in=units - {None}).values_list("pk"))


def _end(drawing: Drawing) -> list:
    """Set the last day of the old units; key and former end of each that this changed."""
    found = []
    for old in drawing.ending:
        if old.unit.valid_to != drawing.day:
            found.append([old.unit.pk, _iso(old.unit.valid_to)])
            old.unit.valid_to = drawing.day
    units = [drawing.olds[pk].unit for pk, _ in found]
    Unit.objects.bulk_update(units, ["valid_to"], batch_size=500)
    return found


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _start(drawing: Drawing, draft: Reorganisation) -> list[int]:
    """Write the new units level by level, as a path needs the key of all that stand above."""
    source = f"{draft.basis} (sắp xếp đơn vị)"[:400]
    waiting = list(drawing.news.values())
    made: list[int] = []
    while waiting:
        ready = [new for new in waiting if new.above is None or new.above.unit.pk]
        units = [_ready(new, source) for new in ready]
        Unit.objects.bulk_create(units, batch_size=500)
        for unit in units:
            unit.path = unit.place()
        Unit.objects.bulk_update(units, ["path"], batch_size=500)
        made += [unit.pk for unit in units]
        waiting = [new for new in waiting if new.unit.pk is None]
    return made


def _ready(new: New, source: str) -> Unit:
    new.unit.source = source
    new.unit.parent = new.above.unit if new.above else new.unit.parent
    new.unit.fill_keys()
    return new.unit


def _link(drawing: Drawing, draft: Reorganisation) -> dict:
    """Write who handed over to whom, and let the new units inherit the known successions."""
    links = [link for old in drawing.ending for link in _handovers(old, drawing, draft)]
    moved, removed, further = _inherit(drawing)
    made = Succession.objects.bulk_create([*links, *further], batch_size=500)
    return {"linked": [link.pk for link in made], "moved": moved, "removed": removed}


def _handovers(old: Old, drawing: Drawing, draft: Reorganisation) -> list[Succession]:
    """Nothing is written for a unit whose heir another decision of the day names."""
    told = {"date": drawing.day, "basis": draft.basis[:300], "confidence": old.confidence}
    if old.heirs:
        return [
            Succession(
                predecessor=old.unit,
                successor=drawing.news[heir.key].unit,
                way=drawing.way(old, heir),
                share=heir.share if len(old.heirs) > 1 else None,
                note=old.note[:500],
                **told,
            )
            for heir in old.heirs
        ]
    if not old.asks_people:
        return []
    reason = old.note or (old.group.reason if old.group else "Kết thúc cùng đơn vị cấp trên.")
    way = Succession.Way.DISSOLVE
    return [Succession(predecessor=old.unit, way=way, note=reason[:500], **told)]


def _inherit(drawing: Drawing) -> tuple[list, list, list[Succession]]:
    """What the old units were to become later, the new ones become.

    One known succession moves to the new unit; those that would repeat it go, and the further
    parts of a split get one of their own. Keys and former values are kept for the way back.
    """
    moved, removed, further, seen = [], [], [], set()
    for new in drawing.news.values():
        for link in (link for old in new.olds if old.future for link in old.future.links):
            pair = (new.unit.pk, link.successor_id)
            if pair in seen:
                removed.append(link)
            elif link.pk in {each for each, _ in moved}:
                further.append(_copy(link, new.unit))
            else:
                moved.append((link.pk, link.predecessor_id))
                link.predecessor = new.unit
                link.save(update_fields=["predecessor"])
            seen.add(pair)
    kept = [{"pk": link.pk, **{name: _told(link, name) for name in LINK}} for link in removed]
    Succession.objects.filter(pk__in=[link.pk for link in removed]).delete()
    return [list(pair) for pair in moved], kept, further


def _copy(link: Succession, unit: Unit) -> Succession:
    values = {name: getattr(link, name) for name in LINK}
    return Succession(**{**values, "predecessor_id": unit.pk})


def _told(link: Succession, name: str):
    value = getattr(link, name)
    return value if value is None or isinstance(value, int | str) else str(value)


def _finish(draft, drawing: Drawing, done: dict, *, by, at) -> Reorganisation:
    counts = {
        "ended": len(done["ended"]),
        "started": len(done["started"]),
        "linked": len(done["linked"]),
        "seats_started": len(done["seats_started"]),
        "seats_ended": len(done["seats_ended"]),
    }
    draft.effects = {**done, "counts": counts}
    draft.state, draft.done_at, draft.done_by = Reorganisation.State.DONE, at, by
    draft.version += 1
    draft.save()
    record("carry_out_reorganisation", draft, by=by, at=at, changes=counts)
    LogEntry.objects.bulk_create(
        [_end_told(drawing.olds[pk].unit, former, draft, by, at) for pk, former in done["ended"]],
        batch_size=500,
    )
    follow_up(done)
    return draft


def _end_told(unit: Unit, former: str | None, draft: Reorganisation, by, at) -> LogEntry:
    """The log row of a unit that ended. It holds on to no unit: what one reorganisation started

    another may end, and must be able to go again once both are undone.
    """
    return LogEntry(
        at=at,
        by=by,
        action="correct_unit",
        model=Unit._meta.label,
        object_id=unit.pk,
        label=unit.name,
        changes={"valid_to": [former or "", str(unit.valid_to)]},
        reason=draft.basis,
    )
