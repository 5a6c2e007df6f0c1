"""How a plan grows while it is prepared: units chosen, what starts filled in as far as known.

Pure functions over plans, and the questions to the register that the pages of the preparation ask.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q, QuerySet

from units.kinds import Kind
from units.models import Unit
from units.reorganising.drawing import Drawing
from units.reorganising.plan import Ending, Group, Heir, Plan, Starting, Way, with_starting
from units.rules import PARENT_KINDS

FOUND_AT_MOST = 60
"""So many units a search offers; who needs others writes more of the name."""
PARENTS_AT_MOST = 600


# Units that end


def candidates(
    plan: Plan, day: date, *, words: str = "", kind: str = "", under: Unit | None = None
) -> QuerySet[Unit]:
    """Units that could end on the day and that the plan does not name yet, by name."""
    lasting = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    found = Unit.objects.filter(lasting, valid_from__lt=day).exclude(code__in=plan.codes)
    found = found.matching(words) if words else found
    found = found.filter(kind=kind) if kind else found
    found = found.filter(parent=under) if under else found
    return found.select_related("parent").order_by("sort_key", "pk")


def units_named(codes: Iterable[str], day: date) -> list[Unit]:
    """The units that the codes mean on the day before."""
    lasting = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    found = Unit.objects.filter(lasting, code__in=list(codes), valid_from__lt=day)
    return list(found.select_related("parent").order_by("sort_key", "pk"))


def with_units(group: Group, units: Iterable[Unit]) -> Group:
    """The group with more units that end. The first fills in what starts, where that is blank."""
    for unit in units:
        if unit.code in group.codes:
            continue
        blank = not group.endings and not any(each.code for each in group.startings)
        group = _filled_in(group, unit) if blank else group
        keys = [starting.key for starting in group.startings]
        heirs = tuple(Heir(key) for key in keys) if not group.endings else ()
        told = heirs if group.way == Way.SPLIT else ()
        group = replace(group, endings=(*group.endings, Ending(unit.code, unit.name, told)))
    return group


def _filled_in(group: Group, unit: Unit) -> Group:
    """What starts looks like the unit, but for the name that a merger or a split gives it."""
    alike = {
        "subtype": unit.subtype,
        "urban": unit.urban,
        "parent": unit.parent.code if unit.parent else "",
    }
    own = {**alike, "code": unit.code, "name": unit.name, "short_name": unit.short_name}
    startings = tuple(
        replace(starting, **(own if place == 0 else alike))
        for place, starting in enumerate(group.startings)
    )
    return replace(group, startings=startings)


def without_unit(group: Group, code: str) -> Group:
    return replace(group, endings=tuple(each for each in group.endings if each.code != code))


# Units that start


def with_part(group: Group) -> Group:
    """A split into one part more; the unit that is split hands over to it too."""
    like = group.startings[0] if group.startings else Starting("")
    grown = with_starting(group, subtype=like.subtype, urban=like.urban, parent=like.parent)
    part = grown.startings[-1].key
    endings = tuple(
        replace(ending, heirs=(*ending.heirs, Heir(part))) if len(ending.heirs) > 1 else ending
        for ending in grown.endings
    )
    return replace(grown, endings=endings)


def without_part(group: Group, key: str) -> Group:
    endings = tuple(
        replace(ending, heirs=tuple(heir for heir in ending.heirs if heir.key != key))
        for ending in group.endings
    )
    startings = tuple(each for each in group.startings if each.key != key)
    return replace(group, endings=endings, startings=startings)


def parents_to_choose(kind: str, drawing: Drawing) -> list[tuple[str, str]]:
    """Under what a unit of the kind may stand on the day: codes of the register, keys of the plan.

    A unit that ends on the day is not offered; the one that starts instead is.
    """
    kinds = PARENT_KINDS[Kind(kind)] if kind else ()
    on_file = Unit.objects.as_of(drawing.day).filter(kind__in=kinds)
    on_file = on_file.exclude(pk__in=drawing.olds).order_by("kind", "sort_key", "pk")
    codes = on_file.values_list("code", "name")[:PARENTS_AT_MOST]
    new = [
        (new.key, f"{new.unit.name or new.unit.code} (đơn vị mới)")
        for new in drawing.news.values()
        if new.unit.kind in kinds
    ]
    return [*new, *((code, f"{name} (mã {code})") for code, name in codes)]


def subtypes_of(kind: str) -> list[str]:
    """The types that the register knows of a kind, to choose from while writing."""
    found = Unit.objects.filter(kind=kind).exclude(subtype="").order_by("subtype")
    return list(found.values_list("subtype", flat=True).distinct())


# What the pages show


@dataclass(frozen=True)
class Line:
    """One group as lists show it: what ends, what starts, what is still to be mended."""

    group: Group
    olds: list
    news: list
    obstacles: list[str]

    @property
    def way_label(self) -> str:
        return Way(self.group.way).label


def lines(drawing: Drawing, found) -> list[Line]:
    """The groups of a plan with the obstacles of each."""
    return [
        Line(
            group,
            [(ending, drawing.listed.get(ending.code)) for ending in group.endings],
            [drawing.news[starting.key] for starting in group.startings],
            [each.sentence for each in found if each.group == group.number],
        )
        for group in drawing.plan.groups
    ]
