"""From cells to values of the column's kind; a sentence for each cell that cannot be taken.

Nothing is guessed. What a person may have meant in two ways is refused with both; what is read
in one way but was written in another is taken with a note (``Problem.blocking`` False).
"""

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from config.sheets.definition import (
    CHOICE,
    CODE,
    DATE,
    DECIMAL,
    FLAG,
    INTEGER,
    NAME,
    TEXT,
    YEAR,
    Cell,
    Column,
    Definition,
    Problem,
    Row,
    header_key,
)
from config.text import clean_line, clean_text, vn_date, vn_number

_EXACT = 10**15
"""Beyond 15 digits Excel has rounded a number before we saw it."""
_GROUPED = re.compile(r"([+-]?[0-9]{1,3})((?:([ .,'])[0-9]{3})(?:\3[0-9]{3})*)(?:([.,])([0-9]+))?")
_PLAIN = re.compile(r"([+-]?[0-9]+)(?:[.,]([0-9]+))?")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ]00:00(?::00)?)?")

Found = tuple[Any, str]
"""A value and a note about how it was read, mostly empty."""


class _Wrong(Exception):
    """The cell cannot be taken; the message names rule and remedy."""


def convert(definition: Definition, row: Row) -> tuple[dict[str, Any], list[Problem]]:
    """The row's values by column name, and what is wrong with its cells.

    Text, codes and choices that are blank or wrong become "", numbers and dates None. Values of a
    row with blocking problems are for showing only.
    """
    values, problems = {}, []
    for column in definition.columns:
        cell = row.cells[column.name]
        try:
            values[column.name], note = _taken(column, cell)
        except _Wrong as wrong:
            values[column.name] = _nothing(column)
            problems.append(Problem(cell.address, column.label, str(wrong)))
        else:
            if note:
                problems.append(Problem(cell.address, column.label, note, blocking=False))
    return values, problems


def _nothing(column: Column):
    return "" if column.kind in (TEXT, CODE, CHOICE, NAME) else None


def _taken(column: Column, cell: Cell) -> Found:
    if cell.kind in _NEVER:
        raise _Wrong(_NEVER[cell.kind].format(_shown(cell.value)))
    found = _nothing(column), ""
    if cell.kind != "blank":
        found = _TAKERS[column.kind](column, cell)
    if column.required and found[0] in (None, ""):  # also of signs that cannot be seen
        raise _Wrong(f"bắt buộc nhưng đang để trống; hãy điền {column.rule}.")
    return found


_NEVER = {
    "formula": "đang là công thức; hãy sao chép ô rồi dán giá trị (Paste Special → Values).",
    "error": "đang báo lỗi Excel {}; hãy xóa và nhập giá trị đúng.",
    "boolean": "đang là giá trị đúng/sai ({}) của Excel; hãy nhập lại bằng chữ hoặc số.",
    "percent": (
        "đang định dạng phần trăm; hãy đổi định dạng ô thành Number và ghi số không kèm dấu % "
        "(ví dụ 12,5 cho 12,5 %)."
    ),
}


def _shown(value: object) -> str:
    if isinstance(value, datetime | date):
        return vn_date(value)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float) and abs(value) < _EXACT:
        return vn_number(value)
    shown = clean_line(str(value))
    return shown if len(shown) <= 40 else f"{shown[:40]}…"


# Numbers


def _integer(column: Column, cell: Cell) -> Found:
    number, note = _number(column, cell)
    if number != number.to_integral_value():
        raise _Wrong(
            f"“{_shown(cell.value)}” không phải số nguyên; hãy nhập {column.rule}, không có phần "
            "thập phân."
        )
    return int(_bounded(column, number)), note


def _decimal(column: Column, cell: Cell) -> Found:
    number, note = _number(column, cell)
    if abs(number) < _EXACT:
        rounded = number.quantize(Decimal(1).scaleb(-column.places), ROUND_HALF_UP)
        if rounded != number:
            note = f"được làm tròn thành {vn_number(rounded)} ({column.places} chữ số thập phân)."
        number = rounded
    return _bounded(column, number), note


def _bounded(column: Column, number: Decimal) -> Decimal:
    for beyond, word, bound in (
        (number < column.least, "nhỏ hơn mức thấp nhất", column.least),
        (number > column.most, "lớn hơn mức cao nhất", column.most),
    ):
        if beyond:
            shown = column.written(number) if abs(number) < _EXACT else f"{number:.3E}"
            raise _Wrong(
                f"{shown} {word} là {column.written(bound)}; hãy kiểm tra và nhập {column.rule}."
            )
    return number


def _number(column: Column, cell: Cell) -> Found:
    if cell.kind == "date":
        raise _Wrong(
            f"đang định dạng ngày ({_shown(cell.value)}); hãy đổi định dạng ô thành Number rồi "
            "nhập lại số."
        )
    if cell.kind == "text":
        return _number_from_text(column, cell.value)
    # As Excel shows it: 15 digits, so that 0.1 + 0.2 is 0.3.
    number = Decimal(cell.value if isinstance(cell.value, int) else f"{cell.value:.15g}")
    if not number.is_finite():
        raise _Wrong(f"không phải là số dùng được; hãy nhập {column.rule}.")
    return number, ""


def _number_from_text(column: Column, text: str) -> Found:
    """Numbers that lie in the file as text: "2500", "2.500", "2 500", "0,80"."""
    written = clean_line(text).replace("\u2212", "-")
    if len(written) <= 40:
        if match := _GROUPED.fullmatch(written):
            return _grouped(column, written, match)
        if match := _PLAIN.fullmatch(written):
            number = Decimal(f"{match[1]}.{match[2] or 0}")
            return number, _reading(written, number) if match[2] else ""
    raise _Wrong(f"“{_shown(text)}” không phải là số; hãy nhập {column.rule}.")


def _grouped(column: Column, written: str, match: re.Match) -> Found:
    """One group of three after a point or comma may be thousands or decimals.

    Papers here write points for thousands. Where only whole numbers are taken the point is
    therefore clear, and where decimals are taken the comma is; the other two cases are not.
    """
    head, groups, mark, decimal_mark, decimals = match.groups()
    single = mark in ".," and len(groups) == 4 and not decimals
    if decimal_mark == mark:
        raise _Wrong(f"“{written}” không phải là số; hãy nhập {column.rule}.")
    if single and (head.lstrip("+-") == "0" or (mark == "," and column.kind == DECIMAL)):
        number = Decimal(f"{head}.{groups[1:]}")
    elif single and (mark == ",") == (column.kind == INTEGER):
        whole, part = f"{head}{groups[1:]}", f"{head},{groups[1:]}"
        raise _Wrong(f"“{written}” có thể là {whole} hoặc {part}; hãy ghi rõ một trong hai.")
    else:
        number = Decimal(f"{head}{groups.replace(mark, '')}.{decimals or 0}")
    return number, _reading(written, number)


def _reading(written: str, number: Decimal) -> str:
    """How a number was read, unless it stands there just as we would write it."""
    ours = vn_number(number)
    return "" if written == ours else f"“{written}” được hiểu là {ours}."


# Days


def _date(column: Column, cell: Cell) -> Found:
    day = _day(column, cell)
    for beyond, word, bound in (
        (day < column.least, "trước", column.least),
        (day > column.most, "sau", column.most),
    ):
        if beyond:
            raise _Wrong(f"{vn_date(day)} {word} ngày {vn_date(bound)}; hãy nhập {column.rule}.")
    return day, ""


def _day(column: Column, cell: Cell) -> date:
    if isinstance(cell.value, datetime):
        return cell.value.date()
    if isinstance(cell.value, date):
        return cell.value
    if cell.kind == "text":
        written = clean_line(cell.value)
        if match := _DAY_FIRST.fullmatch(written):
            return _calendar_day(column, written, int(match[3]), int(match[2]), int(match[1]))
        if match := _YEAR_FIRST.fullmatch(written):
            return _calendar_day(column, written, int(match[1]), int(match[2]), int(match[3]))
    raise _Wrong(
        f"“{_shown(cell.value)}” không phải là ngày; hãy nhập {column.rule}, dạng 31/12/2023."
    )


def _calendar_day(column: Column, written: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise _Wrong(
            f"“{written}” không có trong lịch; hãy nhập {column.rule}, dạng ngày/tháng/năm."
        ) from None


# Words


def _plain(cell: Cell) -> str | None:
    """The cell as text: a whole number without ".0"; None for what Excel made a date."""
    if cell.kind == "date":
        return None
    if cell.kind == "number":
        whole = isinstance(cell.value, int) or float(cell.value).is_integer()
        return str(int(cell.value)) if whole else vn_number(cell.value)
    # A line break that another program wrote by its code, and our own escaping of the like.
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda code: chr(int(code[1], 16)), cell.value)


def _made_a_date(cell: Cell) -> _Wrong:
    return _Wrong(
        f"đã bị Excel đổi thành ngày ({_shown(cell.value)}); hãy đổi định dạng ô thành Text rồi "
        "gõ lại."
    )


def _text(column: Column, cell: Cell) -> Found:
    plain = _plain(cell)
    if plain is None:
        raise _made_a_date(cell)
    text = clean_text(plain) if column.multiline else clean_line(plain)
    if len(text) > column.most:
        raise _Wrong(
            f"dài {vn_number(len(text))} ký tự, quá giới hạn {vn_number(column.most)}; hãy viết "
            "gọn lại."
        )
    return text, ""


def _choice(column: Column, cell: Cell) -> Found:
    plain = _plain(cell)
    key = header_key(plain) if plain is not None else None
    for value, label in column.choices:
        if key in (header_key(label), header_key(value)):
            return value, ""
    raise _Wrong(f"“{_shown(cell.value)}” không có trong danh sách; hãy chọn {column.rule}.")


def _code(column: Column, cell: Cell) -> Found:
    """Codes are text: as a number 08707 has lost its nought, which the known length restores."""
    if cell.kind == "date":
        raise _made_a_date(cell)
    if cell.kind == "number":
        return _code_from_number(column, cell.value)
    code, _ = _text(column, cell)
    if column.digits and not re.fullmatch(f"[0-9]{{{column.digits}}}", code):
        raise _Wrong(f"“{_shown(code)}” sai dạng; hãy nhập {column.rule}, kể cả số 0 ở đầu.")
    return code, ""


def _code_from_number(column: Column, number: int | float) -> Found:
    shown = _shown(number)
    whole = abs(number) < _EXACT and number >= 0 and number == int(number)
    if not whole or not column.digits:
        raise _Wrong(
            f"“{shown}” đang ở dạng số nên có thể đã mất số 0 ở đầu; hãy đổi định dạng ô thành "
            "Text rồi gõ lại mã."
        )
    code = str(int(number)).zfill(column.digits)
    if len(code) > column.digits:
        raise _Wrong(f"“{int(number)}” sai dạng; hãy nhập {column.rule}, kể cả số 0 ở đầu.")
    return code, f"đang ở dạng số, được hiểu là mã {code}."


_TAKERS = {
    TEXT: _text,
    INTEGER: _integer,
    DECIMAL: _decimal,
    CHOICE: _choice,
    CODE: _code,
    DATE: _date,
    YEAR: _integer,
    FLAG: _integer,
    NAME: _text,
}
