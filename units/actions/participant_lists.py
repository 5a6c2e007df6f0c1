"""Lists of villages and enterprises: laid into the register, renamed and taken away set by set."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet

from config.workflow import Stale, refuse
from units import permissions
from units.actions.checking import anew
from units.actions.log import record
from units.actions.villages import KEYS, OWN_CHAIN, as_lives, lay, short_name, take_away
from units.chains import Above, Chains, Stretch, levels
from units.dependents import built_upon
from units.kinds import Confidence
from units.models import LogEntry, Unit, User
from units.reorganising.ties import decisions_about

MOVED = "Sổ đơn vị vừa thay đổi. Chưa ghi gì; hãy tải tệp lên lại."
NAMED = 3


class Placing(NamedTuple):
    """A unit to be laid into the register: what it is, under whom, from when, and until when."""

    code: str
    name: str
    subtype: str
    above: Above
    starts: date
    until: date | None = None


@transaction.atomic
def place_all(
    kind: str, placings: list[Placing], chains: Chains, *, by: User | None, source: str
) -> dict[str, int]:
    """Lay a chunk of new villages or enterprises with their chains; code → key of the first life.

    Set by set, whatever the number. ``source`` tells where the rows come from. ``Stale`` when one
    of the codes was taken meanwhile, or a unit above ends otherwise now. The log row is the
    import's own.
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
        lives = as_lives(unit, stretches)
        placed += zip(lives, stretches, strict=True)
        first[placing.code] = lives[0]
    _refuse_taken(placed)
    _refuse_moved(placed)
    lay(placed)
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


def _refuse_moved(placed: list[tuple[Unit, Stretch]]) -> None:
    """The chains were reckoned before; a unit above that ends otherwise now stops the whole."""
    ends = {stretch.above.pk: stretch.above.ends for _, stretch in placed}
    if dict(Unit.objects.filter(pk__in=ends).values_list("pk", "valid_to")) != ends:
        raise Stale(MOVED)


class Renamed(NamedTuple):
    """The life that a row of a file named, and key and former short name of all that followed."""

    pk: int
    lives: list[list]


@transaction.atomic
def rename_all(
    kind: str, names: dict[str, tuple[str, str]], day: date, *, by: User | None
) -> dict[str, Renamed]:
    """Mend name and type of units by their code, from the life on ``day`` on; what was touched.

    Later lives follow while they are called the same. A log row for each unit.
    """
    by = anew(by)
    units = Unit.objects.filter(kind=kind, code__in=names).select_related("parent")
    lives: dict[str, list[Unit]] = {}
    for unit in units.order_by("code", "valid_from").select_for_update(of=("self",), no_key=True):
        if unit.valid_to is None or unit.valid_to > day:
            lives.setdefault(unit.code, []).append(unit)
    _refuse_outside({each[0].parent_id: each[0].parent.name for each in lives.values()}, by)
    alike = {code: _called_alike(each) for code, each in lives.items()}
    done = {
        code: Renamed(each[0].pk, [[life.pk, life.short_name] for life in each])
        for code, each in alike.items()
    }
    _write_names([(each, names[code], None) for code, each in alike.items()], by)
    return done


def _called_alike(lives: list[Unit]) -> list[Unit]:
    """The first life and those that are called like it."""
    name = lives[0].name, lives[0].subtype
    return [life for life in lives if (life.name, life.subtype) == name]


def _write_names(told: list[tuple[list[Unit], tuple, dict | None]], by: User | None) -> None:
    """Give lives a name and type, with their short names if told; a log row for each unit."""
    for lives, (name, subtype), short in told:
        pairs = {"name": [lives[0].name, name], "subtype": [lives[0].subtype, subtype]}
        for life in lives:
            life.name, life.subtype = name, subtype
            life.short_name = short[life.pk] if short else short_name(name, subtype)
            life.fill_keys()
        changes = {field: pair for field, pair in pairs.items() if pair[0] != pair[1]}
        record("correct_unit", lives[0], by=by, unit=lives[0].parent, changes=changes)
    touched = [life for lives, *_ in told for life in lives]
    Unit.objects.bulk_update(touched, ["name", "short_name", "subtype", *KEYS], batch_size=200)


@transaction.atomic
def rename_back(told: list[tuple[dict, dict]], *, by: User | None) -> None:
    """Undo ``rename_all`` in exactly the lives that it renamed; a log row for each unit.

    ``told``: what was written for a unit, and what stood there before, with its ``lives``. Refused
    where one of them was called otherwise since.
    """
    by = anew(by)
    short = {pk: name for _, before in told for pk, name in before["lives"]}
    rows = Unit.objects.filter(pk__in=short).select_related("parent").order_by("pk")
    units = {unit.pk: unit for unit in rows.select_for_update(of=("self",), no_key=True)}
    _refuse_outside({unit.parent_id: unit.parent.name for unit in units.values()}, by)
    names = []
    for written, before in told:
        lives = [units[pk] for pk, _ in before["lives"] if pk in units]
        refuse(*(_renamed_since(life) for life in lives if not _is_called(life, written)))
        names.append((lives, (before["name"], before["subtype"]), short))
    _write_names([each for each in names if each[0]], by)


def _is_called(life: Unit, told: dict) -> bool:
    return (life.name, life.subtype) == (told["name"], told["subtype"])


def _renamed_since(life: Unit) -> str:
    return f"{life.name} (mã {life.code}): tên, loại đã được sửa sau khi nhập tệp."


def rests_upon(levels_of: Iterable[QuerySet[Unit]]) -> list[str]:
    """Why chains of a file cannot be taken away, given their lives level by level.

    Something was built upon one of them, a reorganisation took it along, or somebody ended it.
    """
    found: dict[str, None] = {}
    for lives in levels_of:
        keys = lives.order_by().values("pk")
        if nouns := built_upon(lives, but=OWN_CHAIN):
            found[f"Đã có dữ liệu gắn với đơn vị của tệp: {', '.join(nouns)}."] = None
        for decision in decisions_about(lives):
            found[
                f"Đơn vị của tệp đã được sắp xếp lại sau khi nhập theo {decision.basis}; hãy hoàn "
                "tác việc sắp xếp trước."
            ] = None
        ends = LogEntry.objects.filter(model=Unit._meta.label, action="end_unit")
        names = ends.filter(object_id__in=keys).order_by("label").values_list("label", flat=True)
        for name in names.distinct()[:NAMED]:
            found[
                f"{name}: đã được ghi ngày hết sau khi nhập nên không bỏ đơn vị này được; hãy sửa "
                "từng đơn vị thay vì hoàn tác tệp."
            ] = None
    return list(found)


@transaction.atomic
def take_away_all(first: Iterable[int], *, by: User | None) -> int:
    """Undo ``place_all``: delete the chains that start with these lives; how many lives went.

    Refused where anything rests upon them, or they are not of the units that the person keeps.
    The log row is the import's own.
    """
    by = anew(by)
    started = Unit.objects.filter(pk__in=list(first))
    _refuse_outside(dict(started.order_by().values_list("parent", "parent__name")), by)
    chain = list(levels(started))
    refuse(*rests_upon(chain))
    keys = [key for level in chain for key in level.values_list("pk", flat=True)]
    take_away(keys)
    return len(keys)
