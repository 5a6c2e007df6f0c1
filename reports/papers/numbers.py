"""Figures of a table as words: how many decimals a column shows, and each cell."""

import datetime
from decimal import Decimal

from config.text import vn_date, vn_number

MOST_DIGITS = 3
PERCENT_DIGITS = 2
LONGEST = 20  # places before the comma; a longer figure is an error, shown as it came


def column_digits(column, values) -> int:
    """Decimals of one column: as told, else by its kind and what it holds."""
    if column.digits is not None:
        return column.digits
    if column.kind == "percent":
        return PERCENT_DIGITS
    return _needed(values) if column.kind == "decimal" else 0


def cell(value, kind: str, digits: int) -> str:
    """A table cell in words; an empty figure stays empty, text in a figure column stays text."""
    if value is None:
        return ""
    if isinstance(value, datetime.date):
        return vn_date(value)
    if isinstance(value, str) or kind == "text":
        return str(value)
    if Decimal(value).adjusted() > LONGEST:
        return str(value)
    return vn_number(value, places_of(value, digits))


def places_of(value, digits: int) -> int:
    """Decimals of one figure: an ``int`` counts whole things and has none in any column."""
    return 0 if isinstance(value, int) else digits


def _needed(values):
    """So many that the figures stand under one another unharmed."""
    decimals = (v.normalize() for v in values if isinstance(v, Decimal))
    most = max((-v.as_tuple().exponent for v in decimals), default=0)
    return min(MOST_DIGITS, max(0, most))
