"""Numbers: those of Excel, and those that lie in a file as text.

Papers here write points for thousands and a comma before decimals, programs write the reverse.
So a grouped number or one with a comma is never taken from text: the sentence tells what to type.
"""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from config.sheets.days import DAY_FIRST, YEAR_FIRST, day_of_serial
from config.sheets.definition import DECIMAL, Cell, Column
from config.sheets.findings import EXACT, Found, Note, Wrong, quoted
from config.text import clean_line, vn_number

LONGEST = 40
"""Characters; what is longer is no number."""
_WHOLE = re.compile("[+-]?[0-9]+")
_POINTED = re.compile(r"([+-]?[0-9]+)\.([0-9]+)")
_COMMA = re.compile("([+-]?[0-9]+),([0-9]+)")
_GROUPED = re.compile(r"([+-]?[0-9]{1,3})((?:([ .,'])[0-9]{3})(?:\3[0-9]{3})*)(?:([.,])([0-9]+))?")
_SCIENTIFIC = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?[eE][+-]?[0-9]{1,3}")
_LEAST_SERIAL_YEAR = 10_000
"""Excel counts days: a "year" of five digits is a day of 1927 or later."""


def integer(column: Column, cell: Cell) -> Found:
    """A whole number within the column's bounds."""
    number, note = _number(column, cell)
    return Found(int(_bounded(column, _whole(column, cell, number))), note)


def decimal(column: Column, cell: Cell) -> Found:
    """A number with as many decimals as the column keeps."""
    number, note = _number(column, cell)
    if abs(number) < EXACT:
        rounded = number.quantize(Decimal(1).scaleb(-column.places), ROUND_HALF_UP)
        if rounded != number:
            message = f"được làm tròn thành {vn_number(rounded)} ({column.places} chữ số thập phân)"
            note = Note("rounded", f"{message}.")
        number = rounded
    return Found(_bounded(column, number), note)


def year(column: Column, cell: Cell) -> Found:
    """A year of four digits; Excel's days and their numbers are told apart from it."""
    number, note = _number(column, cell)
    day = day_of_serial(number) if number >= _LEAST_SERIAL_YEAR else None
    if day:
        raise Wrong(
            "excel_date_number",
            f"{quoted(column, number)} là số thứ tự ngày của Excel; hãy đổi định dạng ô thành "
            f"General rồi chỉ ghi năm{_such_as(column, day)}.",
        )
    return Found(int(_bounded(column, _whole(column, cell, number))), note)


def flag(column: Column, cell: Cell) -> Found:
    """0 for no, 1 for yes; no crosses, no words."""
    try:
        number, note = _number(column, cell)
    except Wrong:
        number, note = None, None
    if number not in (0, 1):
        raise Wrong(
            "bad_flag",
            f"{quoted(column, cell.value)} không phải 0 hoặc 1; hãy ghi 1 nếu có, 0 nếu không.",
        )
    return Found(int(number), note)


def _such_as(column: Column, day: date) -> str:
    return "" if column.secret else f" ({day.year})"


def _whole(column: Column, cell: Cell, number: Decimal) -> Decimal:
    if number != number.to_integral_value():
        raise Wrong(
            "not_integer",
            f"{quoted(column, cell.value)} không phải số nguyên; hãy nhập {column.rule}, không có "
            "phần thập phân.",
        )
    return number


def _bounded(column: Column, number: Decimal) -> Decimal:
    for beyond, rule, word, bound in (
        (number < column.least, "too_low", "nhỏ hơn mức thấp nhất", column.least),
        (number > column.most, "too_high", "lớn hơn mức cao nhất", column.most),
    ):
        if beyond:
            written = column.written(number) if abs(number) < EXACT else f"{number:.3E}"
            raise Wrong(
                "negative" if number < 0 <= column.least else rule,
                f"{'giá trị trong ô' if column.secret else written} {word} là "
                f"{column.written(bound)}; hãy kiểm tra và nhập {column.rule}.",
            )
    return number


def _number(column: Column, cell: Cell) -> Found:
    if cell.kind == "date":
        raise _day_instead(column, cell)
    if cell.kind in ("text", "plain"):
        return _from_text(column, cell)
    # As Excel shows it: 15 digits, so that 0.1 + 0.2 is 0.3.
    number = Decimal(cell.value if isinstance(cell.value, int) else f"{cell.value:.15g}")
    if not number.is_finite():
        raise Wrong("text_in_number", f"không phải là số dùng được; hãy nhập {column.rule}.")
    return Found(number)


def _day_instead(column: Column, cell: Cell) -> Wrong:
    return Wrong(
        "excel_date_cell",
        f"{quoted(column, cell.value)} đang định dạng ngày; hãy đổi định dạng ô thành Number rồi "
        f"nhập lại {column.rule}.",
    )


def _from_text(column: Column, cell: Cell) -> Found:
    """Digits, perhaps with a point before decimals: taken. In a workbook they get a note."""
    written = clean_line(cell.value).replace("\u2212", "-")
    pointed = _POINTED.fullmatch(written)
    if len(written) > LONGEST or not (pointed or _WHOLE.fullmatch(written)):
        raise _no_number(column, cell, written)
    if pointed and _may_be_thousands(column, cell, pointed):
        raise _in_words(column, cell, _readings(column, written))
    number = Decimal(written)
    if cell.kind == "plain" and written == cell.value:
        return Found(number)
    told = "chữ số" if column.secret else f"số {column.written(number)}"
    return Found(number, Note("normalised", f"đang ở dạng chữ, được hiểu là {told}."))


def _may_be_thousands(column: Column, cell: Cell, pointed: re.Match) -> bool:
    """2.500 may be 2500: always in workbooks; in text files unless so many decimals are kept."""
    head, decimals = pointed[1].lstrip("+-"), pointed[2]
    if len(decimals) != 3 or len(head) > 3 or head.startswith("0"):
        return False
    return not (cell.kind == "plain" and column.kind == DECIMAL and column.places >= 3)


def _no_number(column: Column, cell: Cell, written: str) -> Wrong:
    told = quoted(column, cell.value)
    if len(written) <= LONGEST:
        if readings := _readings(column, written):
            return _in_words(column, cell, readings)
        if DAY_FIRST.fullmatch(written):
            return Wrong("date_text", f"{told} là ngày, không phải số; hãy nhập {column.rule}.")
        if YEAR_FIRST.fullmatch(written):
            rule = "excel_date_cell" if cell.kind == "plain" else "date_text"
            return Wrong(rule, f"{told} là ngày, không phải số; hãy nhập {column.rule}.")
        if written.endswith("%"):
            return Wrong("percent", f"{told} có dấu %; hãy ghi số không kèm dấu %.")
        if _SCIENTIFIC.fullmatch(written):
            return Wrong(
                "number_as_text",
                f"{told} ghi dạng lũy thừa của 10 nên có thể đã mất chữ số; hãy ghi đủ các chữ số.",
            )
    return Wrong("text_in_number", f"{told} không phải là số; hãy nhập {column.rule}.")


def _in_words(column: Column, cell: Cell, readings: list[str]) -> Wrong:
    """How to write a number that was grouped, or had a comma, in a cell of text."""
    told = quoted(column, cell.value)
    ways = "" if column.secret else f" {' hoặc '.join(readings)}"
    if cell.kind == "plain":
        advice = f"hãy ghi{ways}, không ngăn cách hàng nghìn, dấu chấm trước phần thập phân"
        return Wrong("number_as_text", f"{told} không phải cách ghi số trong tệp CSV; {advice}.")
    ways = ways.replace(".", ",")
    advice = f"hãy đổi định dạng ô thành Number rồi gõ lại{ways} (không gõ dấu hàng nghìn)"
    return Wrong("number_as_text", f"{told} là chữ, không phải số; {advice}.")


def _readings(column: Column, written: str) -> list[str]:
    """The numbers that a grouped one may mean, as text files write them; empty if it is none."""
    if not (match := _GROUPED.fullmatch(written)):
        comma = _COMMA.fullmatch(written)
        return [_plainly(f"{comma[1]}.{comma[2]}")] if comma else []
    head, groups, mark, decimal_mark, decimals = match.groups()
    if decimal_mark == mark:
        return []
    whole = _plainly(f"{head}{groups.replace(mark, '')}.{decimals or 0}")
    if mark not in ".," or len(groups) > 4 or decimals:
        return [whole]
    part = _plainly(f"{head}.{groups[1:]}", places=max(column.places, 1))
    if head.lstrip("+-").startswith("0"):
        return [part]
    return [whole, part] if column.kind == DECIMAL else [whole]


def _plainly(written: str, *, places: int | None = None) -> str:
    number = Decimal(written)
    if places is not None:
        number = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{number:f}".rstrip("0").rstrip(".") if "." in f"{number:f}" else f"{number:f}"
