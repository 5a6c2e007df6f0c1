"""The counts of every village of the list, year by year, and what they replace.

They wait beside the rows as parts of their own: ``COUNTS``, one row a village with year → counts in
the order of ``COUNTED`` (None where the list does not tell; None in place of counts for a year that
is on file of a village that did not live any more at its end), and ``SUMS``, the one row with the
sums of the whole file, for the preview. Counts of communes are sums of their villages' and are
made when all is written.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from units.households.courses import COUNTED, SENSITIVE
from units.imports.households.judging import Around, span
from units.models import Import, ImportRow, PovertyTally

COUNTS, SUMS = "dem", "tong"
UNITS_AT_ONCE = 1_000
REGISTER = PovertyTally.Origin.REGISTER
TOLD_BY = {"poor_ethnic": "ethnic", "near_ethnic": "ethnic", "poor_unable": "unable"}
"""Each count that statuses do not tell, and the column that does."""
Told = dict[str, list[int | None] | None]


def waiting(job: Import, around: Around) -> Iterator[ImportRow]:
    """The rows of both parts; a village without any household on the list counts nought."""
    if not around.ends:
        return
    untold = [COUNTED.index(name) for name in SENSITIVE if not _is_told(name, around)]
    _complete(around)
    sums: Told = {}
    first, last = span(around)
    told_years = {str(year) for year in range(first, last + 1)}
    units = _villages(around)
    while portion := list(islice(units, UNITS_AT_ONCE)):
        before = _on_file(portion)
        for unit in portion:
            values = _told(around, unit, untold)
            _add(sums, values)
            kept = before.get(unit)
            values |= dict.fromkeys(_outlived(kept, values, told_years))
            if values:
                yield _row(job, unit, values, kept)
    for unit in around.counts:
        if unit in around.places.communes:
            _add(sums, _told(around, unit, untold))
    yield ImportRow(source=job, part=SUMS, number=0, key=SUMS, verdict=_SAME, values=sums)


_SAME = ImportRow.Verdict.SAME


def _villages(around: Around) -> Iterator[int]:
    """Those that the list counts, and all others that its communes' villages were or became."""
    counted = set(around.counts)
    others = (unit for unit in around.places.covered(set(around.ends)) if unit not in counted)
    return (unit for unit in chain(counted, others) if unit not in around.places.communes)


def _outlived(before: dict | None, values: Told, told_years: set[str]) -> list[str]:
    """Years on file that the list tells of the village's heir: units have changed since."""
    years = before["years"] if before else ()
    return [year for year in years if year not in values and year in told_years]


def _is_told(name: str, around: Around) -> bool:
    return TOLD_BY[name] in around.blanks.filled


def _complete(around: Around) -> None:
    """Tell of each village of the list's communes, in the years that the commune's list has."""
    for life in around.places.under(set(around.ends)):
        first, ends = around.first[life.commune], around.ends[life.commune]
        last = max(place for place, number in enumerate(ends) if number)
        units = around.places.at(life.pk).units
        for place in range(first, last + 1):
            around.counts.hold(units[place], place)
        around.counts.forget_moves(units[first], first)


def _told(around: Around, unit: int, untold: list[int]) -> Told:
    told = {}
    for place in around.counts.held(unit):
        counts: list[int | None] = list(around.counts.of(unit, place))
        for column in untold:
            counts[column] = None
        told[str(around.years[place])] = counts
    return told


def _add(sums: Told, values: Told) -> None:
    for year, counts in values.items():
        known = sums.get(year, [0] * len(counts))
        sums[year] = [
            None if number is None else total + number
            for total, number in zip(known, counts, strict=True)
        ]


def _on_file(units: Iterable[int]) -> dict[int, dict]:
    """What is on file of these units: year → counts, and year → the file they came from."""
    found: dict[int, dict] = {}
    rows = PovertyTally.objects.filter(unit__in=list(units), origin=REGISTER)
    for unit, year, source, *counts in rows.values_list("unit", "year", "source", *COUNTED):
        kept = found.setdefault(unit, {"years": {}, "sources": {}})
        kept["years"][str(year)], kept["sources"][str(year)] = counts, source
    return found


def _row(job: Import, unit: int, values: Told, before: dict | None) -> ImportRow:
    verdict = ImportRow.Verdict.NEW
    if before is not None:
        same = all(_alike(counts, before["years"].get(year)) for year, counts in values.items())
        verdict = _SAME if same else ImportRow.Verdict.CHANGED
    return ImportRow(
        source=job, part=COUNTS, number=0, key=str(unit), unit_id=unit, verdict=verdict,
        values=values, before=before,
    )  # fmt: skip


def _alike(counts: list | None, before: list | None) -> bool:
    """Whether the list tells nothing else than what is on file."""
    if counts is None:
        return before is None
    pairs = zip(counts, before, strict=True) if before else [(0, None)]
    return all(new is None or new == old for new, old in pairs)


def summed(job: Import) -> dict:
    """What the list counts in all, year by year, for the preview: labels and numbers."""
    row = job.rows.filter(part=SUMS).first()
    years = sorted(row.values.items()) if row else []
    labels = [str(PovertyTally._meta.get_field(name).verbose_name) for name in COUNTED]
    return {
        "years": [year for year, _ in years],
        "lines": list(zip(labels, zip(*(counts for _, counts in years), strict=True), strict=True))
        if years
        else [],
    }
