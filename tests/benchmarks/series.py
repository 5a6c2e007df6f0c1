"""Three years of figures carried over a reorganisation of the nation.

On a day after the real register's last change every invented district ends and its communes join
by threes into communes right under the province, as the reform of 2025 did it everywhere. A page is
measured beside its own SQL; the sums of all provinces beside one GROUP BY along the successions,
which knows nothing of splits, of chains, of what has no heir, nor of what is missing.
"""

from datetime import date

from reports.figures.carried import Asked, Series, find, measures
from tests.benchmarks.measuring import Line, Listening, beside, run_by_hand
from tests.benchmarks.room import settled
from units.boundaries import Level
from units.kinds import Kind
from units.models import Succession, Unit

DAY = date(2026, 7, 1)
YEARS = (2021, 2022, 2023)
TOGETHER, PAGE = 3, 100
LIMIT, LIMIT_OF_SUMS, MOST_QUERIES = 3, 8, 25
BY_HAND = """
SELECT link.successor_id, review.year, SUM(review.poor_closing), COUNT(DISTINCT review.unit_id)
FROM units_povertyreview review
JOIN units_succession link ON link.predecessor_id = review.unit_id
WHERE review.year IN (2021, 2022, 2023) AND review.stage = 'official' AND link.date <= '2026-07-01'
GROUP BY link.successor_id, review.year
"""


def reorganise() -> None:
    """End what was invented, and join the communes of each district by threes."""
    ours = Unit.objects.filter(valid_to__isnull=True, code__startswith="T")
    provinces = {unit.pk: unit for unit in ours.filter(kind=Kind.PROVINCE)}
    districts = list(ours.filter(kind=Kind.DISTRICT).in_order())
    made, links, ended = [], [], []
    number = Unit.objects.order_by("-pk").first().pk
    for district in districts:
        communes = list(district.children.filter(kind=Kind.COMMUNE).in_order())
        for start in range(0, len(communes), TOGETHER):
            group, number = communes[start : start + TOGETHER], number + 1
            heir = _heir(number, group[0], provinces[district.parent_id])
            made.append(heir)
            links += [Succession(predecessor=old, successor=heir, date=DAY, way="merge",
                                 basis="Bộ đo tốc độ") for old in group]  # fmt: skip
            ended += [old.pk for old in group]
        ended.append(district.pk)
    Unit.objects.bulk_create(made)
    Unit.objects.filter(pk__in=ended).update(valid_to=DAY)
    Succession.objects.bulk_create(links)
    settled(Unit, Succession)


def _heir(key: int, first: Unit, province: Unit) -> Unit:
    heir = Unit(
        pk=key,
        code=f"N{key}",
        name=first.name,
        short_name=first.short_name,
        kind=Kind.COMMUNE,
        subtype=first.subtype,
        urban=first.urban,
        parent=province,
        valid_from=DAY,
    )
    heir.fill_keys()
    heir.path = heir.place()
    return heir


def lines(user, *, runs: int) -> list[Line]:
    """A page of communes on the new boundaries and as reported; all provinces with their sums."""
    pages = [
        ("communes carried", {"level": Level.COMMUNE, "day": DAY}),
        ("communes as reported", {"level": Level.COMMUNE}),
        ("provinces carried", {"level": Level.PROVINCE, "day": DAY}),
    ]
    found = [_page(what, _asked(user, **question), runs) for what, question in pages]
    return [*found, _sums(_asked(user, level=Level.PROVINCE, day=DAY), runs)]


def _asked(user, **question) -> Asked:
    return Asked(find(measures(None), "poor_closing"), years=YEARS, user=user, **question)


def _page(what: str, asked: Asked, runs: int) -> Line:
    with Listening() as statements:
        _shown(asked)
    both = beside(lambda: _shown(asked), lambda: run_by_hand(statements), runs=runs)
    count = len(statements)
    against = "its own SQL"
    return Line(f"series: {what}", *both, against, LIMIT, (count, count), MOST_QUERIES)


def _shown(asked: Asked):
    series = Series(asked)
    found = series.lines(list(series.units[:PAGE]))
    return found, series.leftovers, series.total, series.notes


def _sums(asked: Asked, runs: int) -> Line:
    rows = list(Series(asked).units.values_list("pk", flat=True))
    both = beside(
        lambda: Series(asked).table.cells(rows), lambda: run_by_hand([(BY_HAND, ())]), runs=runs
    )
    return Line("series: sums of all provinces", *both, "one bare GROUP BY", LIMIT_OF_SUMS)
