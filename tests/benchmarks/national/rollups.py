"""A national statistical table – villages and all above, five years – summed over every level."""

from collections import defaultdict
from random import Random

from django.db import connection

from tests.benchmarks.measuring import Line, beside, run_by_hand
from tests.benchmarks.national.country import Country
from tests.benchmarks.national.files import YEARS
from tests.benchmarks.room import settled
from units.kinds import Kind
from units.models import PovertyStandard, PovertyTally, Unit
from units.poverty.rollup import ROLLED, rolled_up

LIMIT = 1.5
ORIGIN = PovertyTally.Origin.STATEMENT
SUMS = ", ".join(f"SUM(t.{name})" for name in ROLLED)
BY_HAND = f"""
SELECT n.year, p.id, d.id, c.id, COUNT(*), {SUMS}
FROM units_povertytally n
JOIN units_unit v ON v.id = n.unit_id
JOIN units_unit c ON c.id = v.parent_id
JOIN units_unit d ON d.id = c.parent_id
JOIN units_unit p ON p.id = d.parent_id
WHERE n.origin = %s AND v.kind = %s
GROUP BY n.year, p.id, d.id, c.id
""".replace("t.", "n.")  # noqa: S608  # our own words


def fill() -> int:
    """Five years of every village, commune, district and province; how many rows."""
    standards = {
        year: PovertyStandard.objects.get(first_year__lte=year, last_year__gte=year)
        for year in YEARS
    }
    luck, made = Random(7), 0
    units = dict(Unit.objects.values_list("pk", "kind"))
    for year in YEARS:
        rows = [_tally(pk, year, standards[year], luck) for pk in units]
        PovertyTally.objects.bulk_create(rows, batch_size=5_000)
        made += len(rows)
    settled(PovertyTally)
    return made


def _tally(unit: int, year: int, standard: PovertyStandard, luck: Random) -> PovertyTally:
    poor, near, arisen = luck.randint(0, 12), luck.randint(0, 20), luck.randint(0, 2)
    return PovertyTally(
        unit_id=unit,
        year=year,
        origin=ORIGIN,
        standard=standard,
        households=luck.randint(120, 400),
        poor=poor,
        near_poor=near,
        newly_escaped=luck.randint(0, 6),
        poor_ethnic=poor // 4,
        poor_unable=poor // 3,
        near_ethnic=near // 4,
        escaped=luck.randint(0, 4),
        arisen=arisen,
        relapsed=arisen // 2,
    )


def lines(country: Country, *, runs: int) -> list[Line]:
    rows = fill()
    asked = (ORIGIN.value, Kind.VILLAGE.value)
    _agree(rolled_up(YEARS, ORIGIN), run_by_hand([(BY_HAND, asked)])[0])
    taken = beside(
        lambda: rolled_up(YEARS, ORIGIN), lambda: run_by_hand([(BY_HAND, asked)]), runs=runs
    )
    what = f"{rows:,} statistical rows over province, district, commune"
    return [Line(what, *taken, "one GROUP BY by hand", LIMIT)]


def _agree(rolled, by_hand) -> None:
    """Every level of the roll-up against the statement, added up here."""
    sums: dict = defaultdict(lambda: [0] * (len(ROLLED) + 1))
    for year, *rest in by_hand:
        above, counts = rest[:3], rest[3:]
        for unit in above:
            kept = sums[unit, year]
            sums[unit, year] = [old + new for old, new in zip(kept, counts, strict=True)]
    told = {key: [found.parts, *found.sums] for key, found in rolled.items()}
    if told != sums:
        raise AssertionError(f"roll-up and statement disagree on {connection.vendor}")
