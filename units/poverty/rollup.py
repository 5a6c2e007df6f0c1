"""The short counts of villages or communes summed over every unit above them, in one statement."""

from collections.abc import Iterable
from operator import add
from typing import NamedTuple

from django.db.models import F, Sum

from units.kinds import Kind
from units.models import PovertyTally, Unit, path_below

ROLLED = (
    "households",
    "poor",
    "near_poor",
    "newly_escaped",
    "poor_ethnic",
    "poor_unable",
    "near_ethnic",
    "escaped",
    "arisen",
    "relapsed",
)
"""The columns of a tally, households each. One that no part tells counts as nought in a sum."""

SUMS = {f"sum_{name}": Sum(name, default=0) for name in ROLLED}


class Rolled(NamedTuple):
    """A unit's sums in one year, in the order of ``ROLLED``; ``parts``: how many tallies."""

    parts: int
    sums: tuple[int, ...]


def rolled_up(
    years: Iterable[int],
    origin: str,
    *,
    of: str = Kind.VILLAGE,
    under: Unit | None = None,
) -> dict[tuple[int, int], Rolled]:
    """(unit, year) → sums, for the communes and every unit above them, within ``under``.

    ``of``: the kind whose tallies are summed, villages or communes; both are kept where a
    locality tells both, and summing both would count twice. The database groups by commune; what
    lies above is added up on the way along the paths. Two queries, whatever the size.
    """
    found: dict[tuple[int, int], Rolled] = {}
    for commune, path, year, parts, sums in _by_commune(years, origin, of, under):
        found[commune, year] = Rolled(parts, sums)
        for above in map(int, path.split("/")[:-2]):
            old = found.get((above, year))
            found[above, year] = (
                Rolled(old.parts + parts, tuple(map(add, old.sums, sums)))
                if old
                else Rolled(parts, sums)
            )
    return found


def _by_commune(years, origin, of, under):
    """Commune, its path, year, number of parts and sums."""
    tallies = PovertyTally.objects.filter(year__in=list(years), origin=origin, unit__kind=of)
    if under is not None:
        tallies = tallies.filter(path_below(under.path, "unit__path"))
    commune = F("unit__parent") if of == Kind.VILLAGE else F("unit")
    grouped = tallies.values("year", commune=commune).annotate(**SUMS).order_by()
    rows = list(grouped.annotate(parts=Sum(1)).values_list("commune", "year", "parts", *SUMS))
    paths = dict(Unit.objects.filter(kind=Kind.COMMUNE).values_list("pk", "path"))
    for pk, year, parts, *sums in rows:
        yield pk, paths[pk], year, parts, tuple(sums)
