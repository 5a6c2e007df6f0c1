"""What the year before leads one to expect of a year's opening figures."""

from collections import Counter, defaultdict

from django.db.models import Sum

from units.kinds import Kind
from units.models import PovertyReview, Succession, Unit
from units.models.poverty import Area
from units.poverty.standards import standard_for
from units.poverty.tables import latest_stage
from units.poverty.territory import year_end

OPENINGS = {
    "poor_opening": "poor_closing",
    "poor_opening_ethnic": "poor_closing_ethnic",
    "near_opening": "near_closing",
    "near_opening_ethnic": "near_closing_ethnic",
}
"""Each opening figure and the closing figure of the year before that it repeats."""
CARRIED = (*OPENINGS.values(), "households")


def area_of(unit: Unit) -> Area:
    """The area that a commune of its kind lies in; some have both, see ``PovertyReview.area``."""
    return Area.URBAN if unit.urban else Area.RURAL


class Openings:
    """The closing figures of the year before, carried over to the communes of this year.

    Empty where the year before was measured by another standard: its figures start nothing. A
    commune made by merger in between carries the sum of those it was made of; one made by a
    split, or of communes without figures, carries nothing. Nor does any commune of a district in
    which one ended whose heir the register does not know: it may be this one. Read once, a fixed
    number of queries.
    """

    def __init__(self, year: int):
        self.before = year - 1
        self._sums: dict[int, dict[str, dict[str, int]]] = {}
        self._made_of: dict[int, list[int | None]] = {}
        standard = standard_for(year)
        if standard is not None and standard == standard_for(self.before):
            links = self._links(year)
            self._sums = self._read({parent for _, new, parent in links if new is None})
            self._made_of = _made_of(links)

    def _links(self, year: int) -> list[tuple[int, int | None, int]]:
        """Predecessor, successor and the predecessor's parent of each handover within the year."""
        links = Succession.objects.filter(
            date__gt=year_end(self.before),
            date__lte=year_end(year),
            predecessor__kind=Kind.COMMUNE,
        )
        return list(links.values_list("predecessor", "successor", "predecessor__parent"))

    def _read(self, in_doubt: set[int]) -> dict[int, dict[str, dict[str, int]]]:
        """Unit → area → carried figures, of the best stage of the year before."""
        found: dict = defaultdict(dict)
        rows = PovertyReview.objects.filter(year=self.before, stage=latest_stage(self.before))
        rows = rows.exclude(unit__parent__in=in_doubt).values("unit", "area").order_by()
        for row in rows.annotate(**{f"sum_{name}": Sum(name) for name in CARRIED}):
            found[row["unit"]][row["area"]] = {name: row[f"sum_{name}"] for name in CARRIED}
        return found

    def total(self, unit: Unit) -> dict[str, int] | None:
        """The unit's carried figures over both areas; None where nothing is to be expected."""
        return self._total(unit.pk)

    def _total(self, pk: int | None) -> dict[str, int] | None:
        if pk in self._sums:
            parts = list(self._sums[pk].values())
        else:
            parts = [self._total(part) for part in self._made_of.get(pk, [])]
        if not parts or None in parts:
            return None
        return {name: sum(part[name] for part in parts) for name in CARRIED}

    def lines(self, unit: Unit) -> list[dict]:
        """The template's lines of a commune: its areas of last year, else the one of its kind."""
        if unit.pk in self._sums:
            areas = sorted(self._sums[unit.pk].items())
        else:
            areas = [(area_of(unit), self._total(unit.pk))]
        return [{"area": area, **_opening(carried)} for area, carried in areas]


def _made_of(links: list[tuple[int, int | None, int]]) -> dict[int, list[int | None]]:
    """Commune → those it took over; None stands for a part of a split one."""
    heirs = Counter(old for old, *_ in links)
    found = defaultdict(list)
    for old, new, _ in links:
        if new is not None:
            found[new].append(old if heirs[old] == 1 else None)
    return found


def _opening(carried: dict[str, int] | None) -> dict[str, int]:
    return {name: carried[source] for name, source in OPENINGS.items()} if carried else {}
