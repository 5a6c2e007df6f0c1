"""Days: Excel's own, and those written as 31/12/2023 or 2023-12-31."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal

from config.sheets.definition import Cell, Column
from config.sheets.findings import Found, Wrong, quoted
from config.text import clean_line, vn_date

DAY_FIRST = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_SERIAL = re.compile("[0-9]{1,7}")
_EPOCH = date(1899, 12, 30)
_LAST_SERIAL = 2_958_465
"""31/12/9999, the last day that Excel knows."""


def day(column: Column, cell: Cell) -> Found:
    """A day within the column's bounds."""
    found = _day(column, cell)
    for beyond, rule, word, bound in (
        (found < column.least, "too_low", "trước", column.least),
        (found > column.most, "too_high", "sau", column.most),
    ):
        if beyond:
            told = "giá trị trong ô" if column.secret else vn_date(found)
            message = f"{told} {word} ngày {vn_date(bound)}; hãy nhập {column.rule}."
            raise Wrong(rule, message)
    return Found(found)


def day_of_serial(number: int | float | Decimal) -> date | None:
    """The day that Excel keeps as this number, or None."""
    return _EPOCH + timedelta(days=int(number)) if 1 <= number <= _LAST_SERIAL else None


def _day(column: Column, cell: Cell) -> date:
    if isinstance(cell.value, datetime):
        return cell.value.date()
    if isinstance(cell.value, date):
        return cell.value
    written = clean_line(cell.value) if isinstance(cell.value, str) else ""
    if match := DAY_FIRST.fullmatch(written):
        return _calendar_day(column, written, int(match[3]), int(match[2]), int(match[1]))
    if match := YEAR_FIRST.fullmatch(written):
        return _calendar_day(column, written, int(match[1]), int(match[2]), int(match[3]))
    number = cell.value if cell.kind == "number" else None
    if cell.kind == "plain" and _SERIAL.fullmatch(written):
        number = int(written)
    rule = "excel_date_number" if number and day_of_serial(number) else "bad_date"
    raise Wrong(
        rule,
        f"{quoted(column, cell.value)} không phải là ngày; hãy nhập {column.rule}, dạng "
        "31/12/2023.",
    )


def _calendar_day(column: Column, written: str, year: int, month: int, number: int) -> date:
    try:
        return date(year, month, number)
    except ValueError:
        raise Wrong(
            "bad_date",
            f"{quoted(column, written)} không có trong lịch; hãy nhập {column.rule}, dạng "
            "ngày/tháng/năm.",
        ) from None
