"""The database's own way of carrying figures, beside the reckoning unit by unit."""

from collections import Counter

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.boundaries import registers
from tests.factories.poverty import PovertyReviewFactory, PovertyStandardFactory, ReviewFileFactory
from units.boundaries import Level, carried
from units.boundaries.fates import spread
from units.boundaries.moves import Moves
from units.boundaries.parts import parts_of_reason, parts_of_row
from units.boundaries.tables import Table
from units.kinds import Kind
from units.models import Unit
from units.poverty.carried import review_columns, review_measures, review_source

pytestmark = pytest.mark.django_db
YEAR = 2023
COUNT = next(measure for measure in review_measures() if measure.key == "poor_closing")
examples = settings(
    deadline=None,
    max_examples=30,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def papers(db):
    return {"source": ReviewFileFactory(year=YEAR), "standard": PovertyStandardFactory()}


def reported(register, layer, made, papers):
    """A figure for each unit of the layer: its number, and something more."""
    for number in register.layers[layer]:
        PovertyReviewFactory(unit=made[number], year=YEAR, poor_opening=7 + number, **papers)
    return {made[number].pk: 7 + number for number in register.layers[layer]}


def by_hand(figures, day):
    """The sums by unit of the day, and what has none, reckoned unit by unit."""
    found, rows, left = carried(day), Counter(), 0
    for unit, amount in figures.items():
        fate = found.fate(unit)
        sure = sorted(fate.sure)
        loose = sorted(fate.loose, key=lambda part: (part.why, part.at, sorted(part.ends())))
        shares = [share for _, share in sure] + [part.weight for part in loose]
        parts = spread(amount, shares)
        rows.update(dict(zip((row for row, _ in sure), parts, strict=False)))
        left += sum(parts[len(sure) :])
    return rows, left


@examples
@given(registers(), st.data())
def test_a_table_holds_what_the_reckoning_says_on_any_layer(papers, register, data):
    start, end = (data.draw(st.integers(0, len(register.layers) - 1)) for _ in range(2))
    with transaction.atomic():
        made = register.built()
        figures = reported(register, start, made, papers)
        rows, left = by_hand(figures, register.day(end))
        table = Table(
            review_source(COUNT, review_columns([YEAR])),
            level=Level.COMMUNE,
            days={YEAR: register.day(start)},
            day=register.day(end),
        )
        cells = table.cells(list(table.rows().values_list("pk", flat=True)))
        told = {row: cell[YEAR].sums["count"] for row, cell in cells.items() if cell[YEAR].told}
        assert Counter(told) == rows
        leftovers = table.leftovers().values()
        assert sum(cell[YEAR].sums["count"] for cell in leftovers) == left
        assert table.totals()[YEAR].sums.get("count", 0) == sum(figures.values())  # nobody told
        transaction.set_rollback(True)


@examples
@given(registers(), st.data())
def test_every_cell_opens_to_parts_that_come_to_it(papers, register, data):
    start, end = (data.draw(st.integers(0, len(register.layers) - 1)) for _ in range(2))
    level = data.draw(st.sampled_from([Level.COMMUNE, Level.DISTRICT]))
    with transaction.atomic():
        made = register.built()
        reported(register, start, made, papers)
        table = Table(
            review_source(COUNT, review_columns([YEAR])),
            level=level,
            days={YEAR: register.day(start)},
            day=register.day(end),
        )
        rows = list(table.rows())
        cells = table.cells([row.pk for row in rows])
        for row in rows:
            parts = [part for part in parts_of_row(table, row, YEAR) if part.amounts is not None]
            given_ = sum(part.amounts["count"] for part in parts)
            assert given_ == cells[row.pk][YEAR].sums.get("count", 0)
            assert cells[row.pk][YEAR].reported == cells[row.pk][YEAR].expected
        for why, cell in table.leftovers().items():
            parts = parts_of_reason(table, why, YEAR)
            assert sum(part.amounts["count"] for part in parts) == cell[YEAR].sums["count"]
        transaction.set_rollback(True)


@examples
@given(registers(), st.data())
def test_what_is_left_to_be_reckoned_has_no_single_place_by_plain_steps(papers, register, data):
    day = register.day(data.draw(st.integers(0, len(register.layers) - 1)))
    with transaction.atomic():
        register.built()
        found = carried(day)
        tangled = Moves(Level.COMMUNE, day, (Kind.COMMUNE,)).tangled()
        for unit in Unit.objects.filter(kind=Kind.COMMUNE).values_list("pk", flat=True):
            if not found.keeps(unit) and found.fate(unit).whole is None:
                assert unit in tangled
            if found.keeps(unit):
                assert unit not in tangled
        transaction.set_rollback(True)
