"""Bring the shipped register of units in, set by set, in one transaction."""

from collections import defaultdict
from dataclasses import asdict, dataclass

from django.db import transaction

from config.workflow import RuleViolation
from units.actions.holding import hold_register_alone
from units.actions.log import record
from units.models import Reorganisation, Succession, Unit

CORRECTED = ("name", "short_name", "subtype", "urban", "source", "confidence", "note")
"""What a new file may correct in a unit that is there already; ``valid_to`` it may add or move."""

CORRECTED_LINK = ("date", "way", "basis", "confidence", "note")


@dataclass
class RegisterCounts:
    """What a load did: new, changed and unchanged units and successions."""

    units_new: int = 0
    units_changed: int = 0
    units_same: int = 0
    successions_new: int = 0
    successions_changed: int = 0
    successions_same: int = 0

    @property
    def changed_anything(self) -> bool:
        counts = asdict(self)
        return any(counts[name] for name in counts if not name.endswith("_same"))


@transaction.atomic
def write_register(register, *, by=None) -> RegisterCounts:
    """Write the rows of ``units.register.Register`` and one log row; ``by=None``: the system.

    Corrects the units that exist, places new ones under their parents, then links predecessors
    to successors. Never moves a unit, never revives one that has ended, deletes nothing. What a
    reorganisation of the portal ended earlier than the file says stays so: the file's end and its
    succession went over to the unit that started then.
    """
    hold_register_alone()
    counts = RegisterCounts()
    codes = {row.code for row in register.units}
    known = {(unit.code, unit.valid_from): unit for unit in Unit.objects.filter(code__in=codes)}
    parents = _parents(register.units)
    changes = _correct_units(register.units, known, parents, counts)
    _create_units(register.units, known, parents, counts)
    changes |= _write_successions(register, known, counts)
    if counts.changed_anything:
        root = known[next(row.key for row in register.units if not row.parent_code)]
        told = {**asdict(counts), **({"corrected": changes} if changes else {})}
        record("load_register", root, by=by, unit=root, changes=told, label="Sổ đơn vị")
    return counts


def _parents(rows) -> dict[tuple, tuple | None]:
    """The key of each row's parent: the life of the parent's code on the row's first day."""
    lives = defaultdict(list)
    for row in rows:
        lives[row.code].append(row)
    found, faults = {}, []
    for row in rows:
        alive = [life for life in lives[row.parent_code] if life.lives_on(row.valid_from)]
        if row.parent_code and len(alive) != 1:
            faults.append(
                f"{row.place}: ngày {row.valid_from:%d/%m/%Y} không có đúng một đơn vị mang mã cấp "
                f"trên “{row.parent_code}”; sửa mã hoặc ngày."
            )
        found[row.key] = alive[0].key if alive else None
    if faults:
        raise RuleViolation(*faults)
    return found


def _correct_units(rows, known, parents, counts) -> dict:
    """Update what a newer file says otherwise; what changed, by code and first day."""
    changes, touched, earlier = {}, [], _ended_in_portal()
    for row in rows:
        unit = known.get(row.key)
        if unit is None:
            continue
        _refuse_moved(row, unit, known.get(parents[row.key]))
        if different := _differences(row, unit, moves_end=not _ended_earlier(row, unit, earlier)):
            changes[f"{row.code} {row.valid_from}"] = different
            unit.fill_keys()
            touched.append(unit)
    fields = [*CORRECTED, "valid_to", "search", "sort_key"]
    Unit.objects.bulk_update(touched, fields, batch_size=100)
    counts.units_changed = len(touched)
    counts.units_same = sum(row.key in known for row in rows) - len(touched)
    return changes


def _refuse_moved(row, unit, parent) -> None:
    """Kind and parent do not change while a unit lives: then it ends and another one starts."""
    if unit.kind != row.kind or unit.parent_id != (parent.pk if parent else None):
        raise RuleViolation(
            f"{row.place}: {unit.name} (mã {unit.code}) đã có trong sổ với cấp hoặc đơn vị cấp "
            "trên khác. Hãy kết thúc đơn vị cũ và ghi đơn vị mới từ ngày thay đổi."
        )


def _ended_in_portal() -> set[int]:
    """The units that a reorganisation carried out in the portal has ended."""
    told = Reorganisation.objects.done().values_list("effects", flat=True)
    return {pk for effects in told for pk, _ in effects.get("ended", ())}


def _ended_earlier(row, unit, earlier) -> bool:
    return unit.pk in earlier and row.valid_to != unit.valid_to


def _differences(row, obj, names=CORRECTED, *, moves_end=True) -> dict:
    """Copy the row's values onto the object; old and new value of each that differed."""
    wanted = {name: getattr(row, name) for name in names}
    # An end entered in the portal is not taken back.
    if moves_end and getattr(row, "valid_to", None):
        wanted["valid_to"] = row.valid_to
    different = {}
    for name, value in wanted.items():
        if getattr(obj, name) != value:
            different[name] = [str(getattr(obj, name)), str(value)]
            setattr(obj, name, value)
    return different


def _create_units(rows, known, parents, counts) -> None:
    """Create level by level, since a path needs the keys of all that stand above."""
    waiting = [row for row in rows if row.key not in known]
    counts.units_new = len(waiting)
    while waiting:
        ready = [row for row in waiting if parents[row.key] is None or parents[row.key] in known]
        if not ready:
            raise RuleViolation(f"{waiting[0].place}: đơn vị cấp trên quay vòng; sửa mã cấp trên.")
        made = Unit.objects.bulk_create(
            [_unit(row, known.get(parents[row.key])) for row in ready], batch_size=500
        )
        for unit in made:
            unit.path = unit.place()
        Unit.objects.bulk_update(made, ["path"], batch_size=500)
        known |= {(unit.code, unit.valid_from): unit for unit in made}
        waiting = [row for row in waiting if row.key not in known]


def _unit(row, parent) -> Unit:
    fields = {name: getattr(row, name) for name in CORRECTED}
    unit = Unit(
        code=row.code,
        kind=row.kind,
        parent=parent,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        **fields,
    )
    unit.fill_keys()
    return unit


def _write_successions(register, known, counts) -> dict:
    """Link the unit that ends on a date to the one that starts then; what was corrected."""
    ends = {(row.code, row.valid_to): known[row.key] for row in register.units}
    kept = defaultdict(dict)
    for link in Succession.objects.filter(predecessor__in={unit.pk for unit in ends.values()}):
        kept[link.predecessor_id][link.successor_id] = link
    new, touched, changes, earlier = [], [], {}, _ended_in_portal()
    for row in register.successions:
        old, heir = _ends_of(row, ends, known)
        if old.pk in earlier and old.valid_to != row.date:
            continue
        link = kept[old.pk].get(heir and heir.pk) or kept[old.pk].get(None)
        if link is None:
            fields = {name: getattr(row, name) for name in CORRECTED_LINK}
            new.append(Succession(predecessor=old, successor=heir, **fields))
        elif different := _corrected_link(row, link, heir):
            changes[f"{row.old_code} → {row.new_code} {row.date}"] = different
            touched.append(link)
    Succession.objects.bulk_create(new, batch_size=500)
    Succession.objects.bulk_update(touched, [*CORRECTED_LINK, "successor"], batch_size=100)
    counts.successions_new, counts.successions_changed = len(new), len(touched)
    counts.successions_same = len(register.successions) - len(new) - len(touched)
    return changes


def _corrected_link(row, link, heir) -> dict:
    """An end without heir may find its heir in a later file; else texts are corrected."""
    different = _differences(row, link, CORRECTED_LINK)
    if heir is not None and link.successor_id is None:
        different["successor"] = ["", heir.name]
        link.successor = heir
    return different


def _ends_of(row, ends, known) -> tuple[Unit, Unit | None]:
    old, heir = ends.get((row.old_code, row.date)), known.get((row.new_code, row.date))
    if old is None or (row.new_code and heir is None):
        raise RuleViolation(
            f"{row.place}: ngày {row.date:%d/%m/%Y} phải có đơn vị mã {row.old_code} kết thúc"
            + (f" và đơn vị mã {row.new_code} bắt đầu" if row.new_code else "")
            + "; sửa mã hoặc ngày."
        )
    return old, heir
