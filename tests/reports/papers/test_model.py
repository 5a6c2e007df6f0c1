import datetime
import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.papers.model import Column, Heading, Paragraph, Table, digest, from_dict, to_dict
from tests.reports.papers import samples

CELLS = st.one_of(
    st.none(),
    st.text(),
    st.integers(),
    st.dates(),
    st.decimals(allow_nan=False, allow_infinity=False),
)


def thawed(thing):
    return from_dict(json.loads(json.dumps(to_dict(thing), ensure_ascii=False)))


@pytest.mark.parametrize("make", [samples.report, samples.decision, samples.letter])
def test_a_paper_frozen_as_json_gives_the_same_paper_back(make):
    assert thawed(make()) == make()


@given(st.lists(st.tuples(CELLS, CELLS), max_size=5))
def test_any_cell_survives_freezing(rows):
    table = Table("t", (Column("a"), Column("b", "decimal")), tuple(rows))

    assert thawed(table) == table
    assert digest(thawed(table)) == digest(table)


def test_text_that_looks_like_a_figure_stays_text():
    table = Table("t", (Column("a", "decimal"),), (("1.50",), (Decimal("1.50"),)))

    assert thawed(table).rows == (("1.50",), (Decimal("1.50"),))


def test_digest_changes_with_any_word_or_figure():
    paper = samples.report()
    other_figure = samples.table(rows=((1, "A", 1, Decimal("1"), Decimal("1")),))

    assert digest(paper) == digest(samples.report())
    assert digest(replace(paper, title="Khác")) != digest(paper)
    assert digest(replace(paper, blocks=(other_figure,))) != digest(
        replace(paper, blocks=(samples.table(),))
    )


def test_a_float_becomes_the_decimal_it_prints_as():
    assert Table("t", (Column("a", "decimal"),), ((0.1,),)).rows == ((Decimal("0.1"),),)


def test_an_instant_in_a_cell_becomes_its_day():
    noon = datetime.datetime(2023, 12, 5, 12)

    assert Table("t", (Column("a", "date"),), ((noon,),)).rows == ((datetime.date(2023, 12, 5),),)


@pytest.mark.parametrize("value", [float("nan"), Decimal("Infinity")])
def test_a_number_that_is_none_is_refused(value):
    with pytest.raises(ValueError, match="number that is none"):
        Table("t", (Column("a", "decimal"),), ((value,),))


def test_a_row_of_another_length_is_refused():
    with pytest.raises(ValueError, match="row 2 of “t” has 2 of 1 cells"):
        Table("t", (Column("a"),), (("x",), ("x", "y")))


def test_an_unknown_kind_of_column_is_refused():
    with pytest.raises(ValueError, match="money"):
        Column("Tiền", "money")


def test_totals_count_from_the_end_too():
    assert samples.table(totals=(0, -1)).total_rows == {0, 3}
    assert samples.table(rows=(), totals=(-1,)).total_rows == frozenset()


def test_a_chart_keeps_its_own_copy_of_the_spec():
    chart = samples.chart()
    frozen = to_dict(chart)
    frozen["spec"]["width"] = 1

    assert chart.spec["width"] != 1


def test_parts_of_a_paper_freeze_alone():
    assert thawed(Heading(1, "I. A")) == Heading(1, "I. A")
    assert thawed(Paragraph("a", lead="Điều 1.")) == Paragraph("a", lead="Điều 1.")
