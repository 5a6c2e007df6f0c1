"""Which communes made up a unit's ground at the end of a year.

A figure stays with the unit that existed then. To speak of a unit in a year in which it did not
exist yet, or no longer did, its ground is followed along the successions; what cannot be
separated is refused with the reason, what is not known is named. Nothing is guessed.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from units.boundaries.carrying import carried
from units.boundaries.links import reached_from
from units.kinds import Kind
from units.models import Succession, Unit, path_below

MEASURED = (Kind.PROVINCE, Kind.DISTRICT, Kind.COMMUNE)
"""Reviews are kept per commune; only these kinds of unit are made of communes."""


def year_end(year: int) -> date:
    """The day whose units a year's review is of."""
    return date(year, 12, 31)


def communes_alive(year: int, under: Unit | None = None) -> QuerySet:
    """The communes that exist at the end of the year, of the whole register or of one subtree."""
    found = Unit.objects.as_of(year_end(year)).filter(kind=Kind.COMMUNE)
    return found if under is None else found.below(under)


def parents_of_communes(year: int) -> QuerySet:
    """The units right above the communes at the end of the year: districts, later the province."""
    return Unit.objects.filter(pk__in=communes_alive(year).values("parent")).in_order()


def founding_province() -> Unit | None:
    """The province the register starts with; its ground is followed through reorganisations."""
    return Unit.objects.filter(kind=Kind.PROVINCE).order_by("valid_from", "pk").first()


@dataclass(frozen=True)
class Territory:
    """The communes of a unit's ground. ``refusal``: it cannot be told; ``caveat``: with doubt."""

    communes: QuerySet
    refusal: str = ""
    caveat: str = ""


def territory(unit: Unit, year: int) -> Territory:
    """The unit's communes at the end of the year; one query or none when the unit exists then."""
    day = year_end(year)
    if unit.kind not in MEASURED:
        return Territory(
            Unit.objects.none(),
            f"Kết quả rà soát được nhập đến cấp xã, không có số liệu riêng của {unit.name}.",
        )
    if unit.exists_on(day):
        return Territory(communes_alive(year, unit))
    return _followed(unit, day, forward=unit.valid_from <= day)


def _followed(unit: Unit, day: date, *, forward: bool) -> Territory:
    """The ground of a unit that ended before ``day``, or starts after it."""
    start = Unit.objects.below(unit).filter(kind=Kind.COMMUNE)
    ground = set(start.values_list("pk", flat=True))
    ground |= reached_from(start, day, forward=forward)
    if strangers := _strangers(ground, day, forward=forward):
        return Territory(Unit.objects.none(), _mixed(unit, strangers))
    lost = set() if forward else _lost(unit, day, ground)
    alive = Unit.objects.as_of(day).filter(pk__in=ground | lost, kind=Kind.COMMUNE)
    if not alive.exists():
        return Territory(
            Unit.objects.none(), f"Sổ đơn vị chưa ghi xã nào kế thừa địa bàn {unit.name}."
        )
    return Territory(alive, caveat=_unknown(ground, lost, day, forward=forward))


def _lost(unit: Unit, day: date, ground: set[int]) -> set[int]:
    """The communes without a known heir of provinces or districts that went whole into the unit.

    Nobody knows which of its communes took them over, but one did: so the figures of a year are
    the same for the old unit and for the new one. Three queries, or seven.
    """
    if unit.kind == Kind.COMMUNE:
        return set()
    peers = carried(unit.valid_from, [unit.kind])
    below = Q(pk__in=[])
    for old in peers.gone:
        if peers.fate(old).whole == unit.pk:
            below |= path_below(peers.gone[old].path)
    left = Unit.objects.as_of(day).filter(below, kind=Kind.COMMUNE).exclude(pk__in=ground)
    found = set(left.values_list("pk", flat=True))
    communes = carried(unit.valid_from) if found else None
    return {commune for commune in found if not communes.fate(commune).ends()}


def _steps(day: date, *, forward: bool) -> tuple[QuerySet, str, str]:
    """The successions between the unit's time and ``day``, with the two ends of each."""
    if forward:
        return Succession.objects.filter(date__lte=day), "predecessor", "successor"
    return Succession.objects.filter(date__gt=day), "successor", "predecessor"


def _strangers(ground: set[int], day: date, *, forward: bool) -> list[str]:
    """Names of communes outside that share ground with it: merged in, or split off."""
    steps, near, far = _steps(day, forward=forward)
    joined = steps.filter(**{f"{far}__in": ground}).exclude(**{f"{near}__in": ground})
    joined = joined.filter(**{f"{near}__kind": Kind.COMMUNE})
    return list(joined.order_by(f"{near}__sort_key").values_list(f"{near}__name", flat=True))


def _mixed(unit: Unit, strangers: list[str]) -> str:
    named = ", ".join(strangers[:3]) + ("…" if len(strangers) > 3 else "")
    return f"Địa bàn {unit.name} gộp chung với {named} khi sắp xếp đơn vị, không tách được số liệu."


def _unknown(ground: set[int], known: set[int], day: date, *, forward: bool) -> str:
    """Communes whose heir the register does not know and that may belong to this ground."""
    steps, _, _ = _steps(day, forward=forward)
    lost = steps.filter(successor__isnull=True, predecessor__kind=Kind.COMMUNE)
    if forward:
        lost = lost.filter(predecessor__in=ground)
    else:
        parents = Unit.objects.filter(pk__in=ground).values("parent")
        lost = lost.filter(predecessor__parent__in=parents)
    lost = lost.exclude(predecessor__in=known)
    names = list(lost.order_by("predecessor__sort_key").values_list("predecessor__name", flat=True))
    if not names:
        return ""
    return f"Sổ đơn vị chưa ghi đơn vị tiếp nhận của {', '.join(names)}."
