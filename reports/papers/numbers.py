"""Numbers and dates as official papers write them: 1.234.567,5 and 05/12/2025."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

MOST_DIGITS = 3
PERCENT_DIGITS = 2
SIZE_LIMIT = 40  # past so many places a figure is printed as it came


def number(value: int | Decimal, digits: int = 0) -> str:
    """``value`` rounded half up to ``digits``, grouped by dots, with a decimal comma."""
    exact = Decimal(value)
    if not exact.is_finite() or exact.adjusted() > SIZE_LIMIT:
        return str(value)
    rounded = exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    text = f"{rounded:,.{digits}f}".translate(str.maketrans(",.", ".,"))
    return text if rounded else text.removeprefix("-")


def digits_needed(values) -> int:
    """How many decimals a column shows so that its figures stand under one another unharmed."""
    decimals = (v.normalize() for v in values if isinstance(v, Decimal) and v.is_finite())
    return min(MOST_DIGITS, max((-v.as_tuple().exponent for v in decimals), default=0))


def cell(value, kind: str, digits: int) -> str:
    """A table cell in words; an empty figure stays empty, text in a figure column stays text."""
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, str) or kind == "text":
        return str(value)
    return number(value, digits)


def column_digits(column, values) -> int:
    """Decimals of one column: as told, else by its kind and what it holds."""
    if column.digits is not None:
        return column.digits
    if column.kind == "percent":
        return PERCENT_DIGITS
    return max(0, digits_needed(values)) if column.kind == "decimal" else 0
