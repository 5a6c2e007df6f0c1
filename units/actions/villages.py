"""Writes of villages and enterprises: each follows the unit above through time (``units.chains``).

Every log row names the unit above as its place, so that a life still to come can be taken away
again as long as nothing else was built upon it.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Concat

from config.text import fold, vn_date
from config.workflow import Stale, refuse
from units import permissions, rules
from units.actions.checking import anew, differences, refuse_invalid, tidy
from units.actions.log import record
from units.actions.units import UNIT_FIELDS
from units.chains import Above, Chains, Stretch, levels, lives_of
from units.dependents import built_upon
from units.kinds import Confidence
from units.models import Succession, Unit, User

TEXTS = ("code", "name", "short_name", "subtype", "source", "note")
NAMES = ("name", "short_name", "subtype", "urban", "note")
KEYS = ("search", "sort_key")
OWN_CHAIN = ("units.Unit.parent", "units.Succession.predecessor", "units.Succession.successor")
"""What points at a life without being built upon it: the lives before and after."""
BATCH = 1_000


class Placing(NamedTuple):
    """A unit to be laid into the register: what it is, under whom, from when, and until when."""

    code: str
    name: str
    subtype: str
    above: Above
    starts: date
    until: date | None = None


def short_name(name: str, subtype: str) -> str:
    """The name without what the unit is: "Thôn Đồi" → "Đồi"."""
    head, rest = name[: len(subtype)], name[len(subtype) :].strip()
    return (rest if rest and fold(head) == fold(subtype) else name)[:120]


# One unit


@transaction.atomic
def place_with_chain(unit: Unit, *, by: User | None, reason: str = "") -> list[Unit]:
    """Enter a village or enterprise, with a life under each unit that carries its parent on.

    ``unit`` is new: code, name, subtype, parent, ``valid_from`` and, if it has one, an end of its
    own. Effects: its lives in order, the transfers between them, one log row. Refused where the
    parent is split on the way, or the code is another unit's at any time of the chain.
    """
    by = anew(by)
    unit.parent = Unit.objects.select_for_update(no_key=True).get(pk=unit.parent_id)
    unit.short_name = unit.short_name or short_name(unit.name, unit.subtype)
    unit.urban = unit.urban or unit.parent.urban
    tidy(unit, TEXTS)
    unit.code = rules.written_code(unit.code)
    unit.fill_keys()
    refuse(by and permissions.keeps_unit(by, unit))
    stretches = _stretches(unit)
    lives = _lives(unit, stretches)
    _lay(list(zip(lives, stretches, strict=True)))
    told = differences(None, lives[0], UNIT_FIELDS)
    if lives[1:]:
        told["lives"] = ["", "; ".join(f"{life.valid_from}: {life.parent_id}" for life in lives)]
    record("create_unit", lives[0], by=by, unit=unit.parent, changes=told, reason=reason)
    return lives


def _stretches(unit: Unit) -> list[Stretch]:
    """The lives of a new unit, once everything that stands against it is told."""
    refuse(
        rules.fits_under_parent(unit),
        rules.starts_under_parent(unit),
        rules.code_fits_kind(unit.kind, unit.subtype, unit.code),
    )
    chains, above = Chains(rules.PARENT_KINDS[unit.kind]), Above.of(unit.parent)
    refuse(chains.refusal(above, unit.valid_from, unit.valid_to))
    stretches = chains.of(above, unit.valid_from, unit.valid_to)
    unit.valid_to = stretches[-1].ends
    refuse(rules.keeps_code_apart(unit))
    refuse_invalid(unit, ignore=("path", *KEYS))
    return stretches


def _lives(unit: Unit, stretches: Iterable[Stretch]) -> list[Unit]:
    """A new unit as one row for each of its lives."""
    common = {name: getattr(unit, name) for name in ("code", "kind", *NAMES, "source", *KEYS)}
    return [
        Unit(
            **common | {"urban": stretch.above.urban},
            confidence=unit.confidence,
            parent_id=stretch.above.pk,
            valid_from=stretch.starts,
            valid_to=stretch.ends,
        )
        for stretch in stretches
    ]


def _lay(placed: list[tuple[Unit, Stretch]]) -> None:
    """Write lives with their paths, and the handovers from each to the next; set by set."""
    for life, _ in placed:
        life.path = ""
    Unit.objects.bulk_create([life for life, _ in placed], batch_size=BATCH)
    for first in range(0, len(placed), BATCH):
        chunk = placed[first : first + BATCH]
        _place(life.pk for life, _ in chunk)
        for life, stretch in chunk:
            life.path = f"{stretch.above.path}{life.pk}/"
    Succession.objects.bulk_create(_handovers(placed), batch_size=BATCH)


def _place(keys: Iterable[int]) -> None:
    """The paths of new units, in one statement; ``Unit.place`` says what they are."""
    above = Unit.objects.filter(pk=OuterRef("parent")).values("path")
    path = Concat(Subquery(above), Cast("pk", CharField()), Value("/"))
    Unit.objects.filter(pk__in=list(keys)).update(path=path)


def _handovers(placed: list[tuple[Unit, Stretch]]) -> list[Succession]:
    """Each life to the next one of its code; the last to nobody, where the parent had no heir."""
    links = []
    following = [*(life for life, _ in placed[1:]), None]
    for (life, stretch), after in zip(placed, following, strict=False):
        handover = stretch.handover
        if handover is None:
            continue
        heir = after if handover.heir is not None else None
        links.append(
            Succession(
                predecessor=life,
                successor=heir,
                date=stretch.ends,
                way=Succession.Way.TRANSFER if heir else Succession.Way.DISSOLVE,
                basis=handover.basis,
                confidence=handover.confidence,
                note=handover.note,
            )
        )
    return links


@transaction.atomic
def correct_chain(
    unit: Unit, *, by: User | None, name: str, subtype: str, note: str = "", reason: str = ""
) -> list[Unit]:
    """Mend the name, type or note of a village or enterprise, in all lives that had the same.

    A correction, not a renaming: that is a reorganisation with a date. One log row.
    """
    by = anew(by)
    refuse(by and permissions.keeps_unit(by, unit))
    before = Unit.objects.select_for_update(no_key=True).select_related(None).get(pk=unit.pk)
    lives = [life for life in lives_of(before) if _named_alike(life, before)]
    for life in lives:
        life.name, life.subtype, life.note = name, subtype, note
        tidy(life, TEXTS)
        life.short_name = short_name(life.name, life.subtype)
        life.fill_keys()
        refuse_invalid(life, ignore=("path", *KEYS))
        life.save(update_fields=[*NAMES, *KEYS])
    after = next(life for life in lives if life.pk == before.pk)
    if changes := differences(before, after, NAMES):
        record("correct_unit", after, by=by, unit=after.parent, changes=changes, reason=reason)
    return lives


def _named_alike(life: Unit, other: Unit) -> bool:
    return (life.name, life.subtype, life.note) == (other.name, other.subtype, other.note)


@transaction.atomic
def end_chain(unit: Unit, *, by: User | None, ends: date, reason: str) -> Unit:
    """End a village or enterprise; ``ends`` is the first day without it. The life that ends.

    Lives that would have come later go, unless something was built upon them. One log row.
    """
    by = anew(by)
    refuse(by and permissions.keeps_unit(by, unit))
    lives = lives_of(unit)
    Unit.objects.select_for_update(no_key=True).filter(pk=lives[0].pk).first()
    refuse(*rules.obstacles_to_ending_unit(lives, ends))
    kept = [life for life in lives if life.valid_from < ends]
    last, before = kept[-1], kept[-1].valid_to
    later = lives[len(kept) :]
    _refuse_built_upon(later, ends)
    _take_away([life.pk for life in later])
    last.handovers.all().delete()
    last.valid_to = ends
    last.save(update_fields=["valid_to"])
    changes = {"valid_to": [str(before or ""), str(ends)]}
    if later:
        changes["lives"] = ["; ".join(str(life.valid_from) for life in later), ""]
    record("end_unit", last, by=by, unit=last.parent, changes=changes, reason=reason)
    return last


def _refuse_built_upon(lives: list[Unit], ends: date) -> None:
    """A life in which something happened, or is planned, is not taken away."""
    rows = Unit.objects.filter(pk__in=[life.pk for life in lives])
    if lives and (nouns := built_upon(rows, but=OWN_CHAIN)):
        refuse(
            f"Ngày hết: sau {vn_date(ends - timedelta(days=1))} {lives[0].name} đã có "
            f"{', '.join(nouns)}. Hãy chuyển hoặc kết thúc những việc đó trước, hoặc chọn ngày sau."
        )


def _take_away(keys: list[int]) -> None:
    """Delete lives that nothing was built upon; the database's own keys refuse any other."""
    Succession.objects.filter(predecessor__in=keys).delete()
    Succession.objects.filter(successor__in=keys).delete()
    Unit.objects.filter(pk__in=keys)._raw_delete(connection.alias)


# Many units, by file


@transaction.atomic
def place_all(
    kind: str, placings: list[Placing], chains: Chains, *, by: User | None, source: str
) -> dict[str, int]:
    """Lay a chunk of new villages or enterprises with their chains; code → key of the first life.

    Set by set, whatever the number. ``source`` tells where the rows come from. ``Stale`` when one
    of the codes was taken meanwhile. The log row is the import's own.
    """
    by = anew(by)
    _refuse_outside({placing.above.pk: placing.above.name for placing in placings}, by)
    placed, first = [], {}
    for placing in placings:
        unit = Unit(kind=kind, code=placing.code, name=placing.name, subtype=placing.subtype)
        unit.short_name = short_name(unit.name, unit.subtype)
        unit.source, unit.confidence = source[:400], Confidence.CONFIRMED
        unit.fill_keys()
        stretches = chains.of(placing.above, placing.starts, placing.until)
        lives = _lives(unit, stretches)
        placed += zip(lives, stretches, strict=True)
        first[placing.code] = lives[0]
    _refuse_taken(placed)
    _lay(placed)
    return {code: life.pk for code, life in first.items()}


def _refuse_outside(above: dict[int, str], by: User | None) -> None:
    if by is None or permissions.is_administrator(by):
        return
    own = permissions.keeps_below(by)
    refuse(*(f"{name}: ngoài đơn vị bạn phụ trách." for pk, name in above.items() if pk not in own))


def _refuse_taken(placed: list[tuple[Unit, Stretch]]) -> None:
    """Rows were judged before; a code given away since then stops the whole."""
    spans = {}
    for life, _ in placed:
        starts, _ = spans.get(life.code, (life.valid_from, None))
        spans[life.code] = starts, life.valid_to
    taken = Unit.objects.select_for_update(no_key=True).filter(code__in=spans)
    for code, starts, ends in taken.values_list("code", "valid_from", "valid_to"):
        since, until = spans[code]
        if (ends is None or ends > since) and (until is None or starts < until):
            raise Stale(f"Mã {code} vừa được ghi cho một đơn vị khác. Chưa ghi gì; hãy thử lại.")


@transaction.atomic
def rename_all(
    kind: str, names: dict[str, tuple[str, str]], day: date, *, by: User | None
) -> dict[str, int]:
    """Mend name and type of units by their code, from the life on ``day`` on; code → its key.

    Later lives follow while they are called the same. A log row for each unit.
    """
    by = anew(by)
    units = Unit.objects.filter(kind=kind, code__in=names).select_related("parent")
    lives: dict[str, list[Unit]] = {}
    for unit in units.order_by("code", "valid_from").select_for_update(of=("self",), no_key=True):
        if unit.valid_to is None or unit.valid_to > day:
            lives.setdefault(unit.code, []).append(unit)
    found = [each[0] for each in lives.values()]
    _refuse_outside({unit.parent_id: unit.parent.name for unit in found}, by)
    touched = [life for each in lives.values() for life in _renamed(each, names[each[0].code], by)]
    Unit.objects.bulk_update(touched, ["name", "short_name", "subtype", *KEYS], batch_size=200)
    return {unit.code: unit.pk for unit in found}


def _renamed(lives: list[Unit], told: tuple[str, str], by) -> list[Unit]:
    """The first life and those that were called like it, with new names; one log row."""
    old = lives[0].name, lives[0].subtype
    alike = [life for life in lives if (life.name, life.subtype) == old]
    for life in alike:
        life.name, life.subtype = told
        life.short_name = short_name(*told)
        life.fill_keys()
    pairs = zip(("name", "subtype"), old, told, strict=True)
    changes = {name: [was, now] for name, was, now in pairs if was != now}
    record("correct_unit", lives[0], by=by, unit=lives[0].parent, changes=changes)
    return alike


@transaction.atomic
def take_away_all(first: Iterable[int], *, by: User | None) -> int:
    """Undo ``place_all``: delete the chains that start with these lives; how many lives went.

    Refused where something was built upon any of them. The log row is the import's own.
    """
    anew(by)
    started = Unit.objects.filter(pk__in=list(first))
    keys = [key for level in levels(started) for key in level.values_list("pk", flat=True)]
    rows = Unit.objects.filter(pk__in=keys)
    if nouns := built_upon(rows, but=OWN_CHAIN):
        refuse(f"Không bỏ được đơn vị vừa nhập: đã có {', '.join(nouns)} gắn với chúng.")
    _take_away(keys)
    return len(keys)
