"""The lines of the template: what is on file, else what is known from elsewhere."""

from collections import defaultdict
from collections.abc import Iterator

from units.imports.reviews.openings import Openings
from units.models import PovertyReview, PovertyTally
from units.poverty.figures import COUNTS
from units.poverty.territory import communes_alive

TOLD = {
    "households": "households",
    "poor_escaped": "escaped",
    "poor_relapsed": "relapsed",
    "poor_closing": "poor",
    "poor_closing_ethnic": "poor_ethnic",
    "poor_unable": "poor_unable",
    "near_closing": "near_poor",
    "near_closing_ethnic": "near_ethnic",
}
"""Each figure of the review that a count of the households tells, and the column that tells it."""


def counted_communes(year: int):
    """The counts from the lists of households, of communes of that year."""
    found = PovertyTally.objects.filter(year=year, origin=PovertyTally.Origin.REGISTER)
    return found.filter(unit__in=communes_alive(year))


def template_rows(year: int, stage: str) -> Iterator[dict]:
    """One line per commune alive at the end of the year, by district.

    Figures on file for this year and stage stand in it, so that a correction starts from them.
    Otherwise the opening figures that follow from the year before are filled in, and what was
    counted from the list of the commune's households, unless the commune has two areas.
    """
    kept = defaultdict(list)
    for review in PovertyReview.objects.filter(year=year, stage=stage).order_by("area"):
        kept[review.unit_id].append({name: getattr(review, name) for name in ("area", *COUNTS)})
    counted = {tally.unit_id: _counts(tally) for tally in counted_communes(year)}
    openings = Openings(year)
    communes = communes_alive(year).select_related("parent")
    for unit in communes.order_by("parent__sort_key", "sort_key", "pk"):
        identity = {"year": year, "stage": stage, "code": unit.code, "name": unit.name}
        lines = kept.get(unit.pk)
        if lines is None:
            lines = openings.lines(unit)
            if len(lines) == 1:
                lines = [lines[0] | counted.get(unit.pk, {})]
        for line in lines:
            yield identity | line


def _counts(tally: PovertyTally) -> dict[str, int]:
    """A count in the review's own columns; what it does not tell is left out."""
    told = {name: getattr(tally, column) for name, column in TOLD.items()}
    told["poor_arisen"] = tally.arisen - tally.relapsed
    return {name: value for name, value in told.items() if value is not None}
