"""What a sum is made of: the units of the year, each with its own counts and what it gives."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from units.boundaries.fates import Loose, Why
from units.boundaries.levels import row_key
from units.boundaries.tables import Table
from units.models import Unit


@dataclass(frozen=True)
class Part:
    """What one unit gives: ``amounts``, a ``share`` of its own counts ``sums``.

    Without ``sums`` the unit has no figures in that year. With ``loose`` and no ``amounts`` some
    of it may belong here, nobody knows how much. ``deduced``: the register names no heir, yet the
    unit above it, which is this row or lies in it, lives on.
    """

    unit: Unit
    share: Fraction | None
    sums: dict | None
    amounts: dict | None = None
    loose: Loose | None = None
    deduced: bool = False


def parts_of_row(table: Table, row: Unit, year: int) -> list[Part]:
    """All units of that year that the row is made of, or may be; those without figures too."""
    keep = set(_keeping(table, row, year))
    away = [unit for unit in table.coming_to(row.pk) if _counts(table, unit, year)]
    units = Unit.objects.filter(pk__in=[*keep, *away]).select_related("parent").in_order()
    sums = _sums(table, [*keep, *away], year)
    owing = set(units.filter(table.source.owing).values_list("pk", flat=True))
    return [
        part
        for unit in units
        for part in _of_unit(table, unit, row.pk, sums.get(unit.pk), whole=unit.pk in keep)
        if part.sums is not None or (unit.pk in owing and unit.exists_on(table.days[year]))
    ]


def parts_of_reason(table: Table, why: Why, year: int) -> list[Part]:
    """The units of that year of which some has no row, for this reason."""
    sums = _sums(table, table.loose, year)
    units = Unit.objects.filter(pk__in=list(sums)).select_related("parent").in_order()
    return [
        Part(unit, place.weight, sums[unit.pk], amounts, place)
        for unit in units
        for place, amounts in table.portions(unit.pk, sums[unit.pk])
        if isinstance(place, Loose) and place.why == why and table.includes(place)
    ]


def _keeping(table: Table, row: Unit, year: int) -> list[int]:
    """The units that belong to the row whole, as they were in that year or have become since."""
    if table.moves is not None:
        return list(table.moves.of_row(row.pk).values_list("pk", flat=True))
    day = table.day or table.days[year]
    there = Unit.objects.filter(kind__in=table.source.kinds).as_of(day)
    there = there.annotate(at_row=row_key(table.level)).filter(at_row=row.pk)
    return list(there.values_list("pk", flat=True))


def _counts(table: Table, unit: int, year: int) -> bool:
    gone = table.gone[unit]
    return gone.lived_on(table.days[year]) or not table.adds


def _sums(table: Table, units: Iterable[int], year: int) -> dict[int, dict]:
    lines = table.source.of_units(set(units))
    return {unit: sums for unit, at, _, sums in lines if at == year}


def _given(table: Table, unit: int, row: int, sums: dict) -> dict:
    """What the unit gives to the row; its parts may have come there by several ways."""
    parts = [amounts for place, amounts in table.portions(unit, sums) if place == row]
    return {name: sum(amounts[name] for amounts in parts) for name in sums}


def _of_unit(
    table: Table, unit: Unit, row: int, sums: dict | None, *, whole: bool
) -> Iterable[Part]:
    if whole:
        yield Part(unit, Fraction(1), sums, sums if table.adds else None)
        return
    fate = table.placing.fate(unit.pk)
    share = fate.shares.get(row)
    if share is not None:
        given = _given(table, unit.pk, row, sums) if sums and table.adds else None
        deduced = bool(table.placing.units.fate(unit.pk).loose) and not fate.loose
        yield Part(unit, share, sums, given, deduced=deduced)
    for part in fate.loose:
        if row in part.ends():
            yield Part(unit, None, sums, None, part)
