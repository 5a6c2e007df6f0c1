"""Writes of villages and enterprises: each follows the unit above through time (``units.chains``).

Every log row names the unit above as its place, so that a life still to come can be taken away
again as long as nothing else was built upon it.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import connection, transaction
from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Concat

from config.text import fold, vn_date
from config.workflow import refuse
from units import permissions, rules
from units.actions.checking import anew, differences, refuse_invalid, tidy
from units.actions.holding import hold_register
from units.actions.log import record
from units.actions.units import UNIT_FIELDS
from units.chains import Above, Chains, Stretch, lives_of
from units.dependents import built_upon
from units.models import Succession, Unit, User
from units.reorganising.ties import decisions_about

TEXTS = ("code", "name", "short_name", "subtype", "source", "note")
NAMES = ("name", "short_name", "subtype", "urban", "note")
KEYS = ("search", "sort_key")
OWN_CHAIN = ("units.Unit.parent", "units.Succession.predecessor", "units.Succession.successor")
"""What points at a life without being built upon it: the lives before and after."""
BATCH = 1_000


def short_name(name: str, subtype: str) -> str:
    """The name without what the unit is: "Thôn Đồi" → "Đồi"."""
    head, rest = name[: len(subtype)], name[len(subtype) :].strip()
    return (rest if rest and fold(head) == fold(subtype) else name)[:120]


@transaction.atomic
def place_with_chain(unit: Unit, *, by: User | None, reason: str = "") -> list[Unit]:
    """Enter a village or enterprise, with a life under each unit that carries its parent on.

    ``unit`` is new: code, name, subtype, parent, ``valid_from`` and, if it has one, an end of its
    own. Effects: its lives in order, the transfers between them, one log row. Refused where the
    parent is split on the way, or the code is another unit's at any time of the chain.
    """
    hold_register()
    by = anew(by)
    unit.parent = Unit.objects.select_for_update(no_key=True).get(pk=unit.parent_id)
    unit.short_name = unit.short_name or short_name(unit.name, unit.subtype)
    unit.urban = unit.urban or unit.parent.urban
    tidy(unit, TEXTS)
    unit.code = rules.written_code(unit.code)
    unit.fill_keys()
    refuse(by and permissions.keeps_unit(by, unit))
    stretches = _stretches(unit)
    lives = as_lives(unit, stretches)
    lay(list(zip(lives, stretches, strict=True)))
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


def as_lives(unit: Unit, stretches: Iterable[Stretch]) -> list[Unit]:
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


def lay(placed: list[tuple[Unit, Stretch]]) -> None:
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
    hold_register()
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

    Lives that would have come later go, unless something was built upon them, or a decision told
    what becomes of the unit. One log row.
    """
    hold_register()
    by = anew(by)
    refuse(by and permissions.keeps_unit(by, unit))
    lives = lives_of(unit)
    Unit.objects.select_for_update(no_key=True).filter(pk=lives[0].pk).first()
    refuse(*rules.obstacles_to_ending_unit(lives, ends))
    kept = [life for life in lives if life.valid_from < ends]
    last, before = kept[-1], kept[-1].valid_to
    later = lives[len(kept) :]
    _refuse_built_upon(later, ends)
    refuse(*_told_otherwise(last, later))
    take_away([life.pk for life in later])
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


def _told_otherwise(last: Unit, later: list[Unit]) -> list[str]:
    """Decisions on what becomes of the unit; what merely follows the unit above is none."""
    lives = Unit.objects.filter(pk__in=[life.pk for life in (last, *later)])
    bases = [done.basis for done in decisions_about(lives)]
    above = set(last.parent.handovers.filter(successor=None).values_list("date", "basis"))
    for link in last.handovers.all():
        own = link.way == Succession.Way.TRANSFER and link.successor in later
        if not own and (link.successor_id is not None or (link.date, link.basis) not in above):
            bases.append(link.basis)
    return [
        f"Ngày hết: {last.name} đã được sắp xếp theo {basis}; hãy hoàn tác hoặc sửa việc đó trước, "
        "hoặc chọn ngày sau ngày đó."
        for basis in dict.fromkeys(bases)
    ]


def take_away(keys: list[int]) -> None:
    """Delete lives that nothing was built upon; the database's own keys refuse any other."""
    Succession.objects.filter(predecessor__in=keys).delete()
    Succession.objects.filter(successor__in=keys).delete()
    Unit.objects.filter(pk__in=keys)._raw_delete(connection.alias)
