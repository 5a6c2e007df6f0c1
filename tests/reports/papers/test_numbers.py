import datetime
from decimal import Decimal

import pytest

from reports.papers.model import Column
from reports.papers.numbers import cell, column_digits


@pytest.mark.parametrize(
    ("value", "kind", "digits", "printed"),
    [
        (1234567, "int", 0, "1.234.567"),
        (Decimal("1234567.5"), "decimal", 1, "1.234.567,5"),
        (Decimal("0.5"), "percent", 2, "0,50"),
        (Decimal("-0.001"), "decimal", 1, "0,0"),
        (-12, "int", 0, "-12"),
        (None, "int", 0, ""),
        ("–", "int", 0, "–"),
        (2023, "text", 0, "2023"),
        (datetime.date(2023, 12, 5), "date", 0, "05/12/2023"),
        (10**30, "int", 0, "1" + "0" * 30),
    ],
)
def test_a_cell_in_words(value, kind, digits, printed):
    assert cell(value, kind, digits) == printed


@pytest.mark.parametrize(
    ("column", "values", "digits"),
    [
        (Column("a", "decimal"), [Decimal("1.50"), Decimal("2")], 1),
        (Column("a", "decimal"), [Decimal("1.23456")], 3),
        (Column("a", "decimal"), [Decimal("1E+3"), "–", None], 0),
        (Column("a", "decimal", digits=2), [Decimal("1")], 2),
        (Column("a", "percent"), [Decimal("1")], 2),
        (Column("a", "int"), [1], 0),
        (Column("a", "decimal"), [], 0),
    ],
)
def test_a_column_shows_as_many_decimals_as_it_needs(column, values, digits):
    assert column_digits(column, values) == digits
