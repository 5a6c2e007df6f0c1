"""Texts, names, codes and choices."""

import re

from config.sheets.definition import Cell, Column, header_key
from config.sheets.findings import EXACT, Found, Note, Wrong, quoted, shown
from config.text import clean_line, clean_text, vn_number

_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_UNSAFE = re.compile("[<>]|^[=+@-]")
_NUMBER_LIKE = re.compile(r"[0-9]+\.[0-9]+|[0-9]+(?:[.,][0-9]+)?[eE]\+[0-9]+")
"""What is left of a code once a program has taken it for a number: 8707.0, 9.99E+11."""
_LOST = "đang ở dạng số nên có thể đã mất số 0 ở đầu; hãy đổi định dạng ô thành Text rồi gõ lại mã"


def text(column: Column, cell: Cell) -> Found:
    """Any text, on one line unless the column takes several."""
    original = _plain(column, cell)
    cleaned = clean_text(original) if column.multiline else clean_line(original)
    if len(cleaned) > column.most:
        raise Wrong(
            "too_long",
            f"dài {vn_number(len(cleaned))} ký tự, quá giới hạn {vn_number(column.most)}; hãy viết "
            "gọn lại.",
        )
    if cleaned == original or (column.multiline and cleaned == "\n".join(original.splitlines())):
        return Found(cleaned)
    told = "" if column.secret else f": “{shown(cleaned)}”"
    message = f"đã bỏ khoảng trắng thừa, ký tự ẩn, đưa về một kiểu gõ Unicode{told}."
    return Found(cleaned, Note("normalised", message))


def name(column: Column, cell: Cell) -> Found:
    """A person's or body's name: letters, nothing that could become a formula or a tag."""
    if cell.kind == "number":
        raise _no_name(column, cell)
    found = text(column, cell)
    if _UNSAFE.search(found.value):
        raise Wrong(
            "unsafe_text",
            f"{quoted(column, found.value)} có ký tự không dùng trong tên (dấu <, > hoặc =, +, -, "
            "@ ở đầu); hãy ghi lại tên.",
        )
    if found.value and not any(map(str.isalpha, found.value)):
        raise _no_name(column, cell)
    return found


def _no_name(column: Column, cell: Cell) -> Wrong:
    told = quoted(column, cell.value)
    return Wrong("wrong_type", f"{told} là số, không phải tên; hãy ghi {column.rule}.")


def choice(column: Column, cell: Cell) -> Found:
    """One of the column's values, by label or value."""
    plain = None if cell.kind == "date" else _plain(column, cell)
    key = None if plain is None else header_key(plain)
    if key in column.values_by_key:
        return Found(column.values_by_key[key])
    raise Wrong(
        "unknown_choice",
        f"{quoted(column, cell.value)} không có trong danh sách; hãy chọn {column.rule}.",
    )


def code(column: Column, cell: Cell) -> Found:
    """Codes are text: as a number 08707 has lost its nought, and who knows what else."""
    if cell.kind == "number":
        raise Wrong("leading_zero_lost", f"{_number_told(column, cell)} {_LOST}.")
    found = text(column, cell)
    if found.value and (fault := _fault(column, found.value)):
        raise Wrong(*fault)
    return found


def _number_told(column: Column, cell: Cell) -> str:
    """Plainly, as codes are written: without points."""
    value = cell.value
    if not column.secret and abs(value) < EXACT and value == int(value):
        return f"“{int(value)}”"
    return quoted(column, value)


def _fault(column: Column, found: str) -> tuple[str, str] | None:
    """General rule and sentence for what is not a code of this column."""
    told = quoted(column, found)
    if _NUMBER_LIKE.fullmatch(found) and (column.digits or "." not in found):
        return "leading_zero_lost", f"{told} {_LOST}."
    if not column.digits:
        wrong = _UNSAFE.search(found)
        return (
            ("bad_character", f"{told} có ký tự không dùng trong mã; {_ask(column)}.")
            if (wrong)
            else None
        )
    if not (found.isascii() and found.isdigit()):
        return "bad_character", f"{told} sai dạng; {_ask(column)}, kể cả số 0 ở đầu."
    if len(found) == column.digits:
        return None
    lost = len(found) < column.digits and "bad_length" not in column.rules
    rule = "leading_zero_lost" if lost else "bad_length"
    return rule, f"{told} có {len(found)} chữ số; {_ask(column)}, kể cả số 0 ở đầu."


def _ask(column: Column) -> str:
    return f"hãy nhập {column.rule}"


def _plain(column: Column, cell: Cell) -> str:
    """The cell as text: a whole number without ".0"."""
    if cell.kind == "date":
        raise Wrong(
            "excel_date_cell",
            f"đã bị Excel đổi thành ngày{_day_told(column, cell)}; hãy đổi định dạng ô thành Text "
            "rồi gõ lại.",
        )
    if cell.kind == "number":
        whole = isinstance(cell.value, int) or float(cell.value).is_integer()
        return str(int(cell.value)) if whole else vn_number(cell.value)
    if cell.kind == "plain":
        return cell.value
    # A line break that another program wrote by its code, and our own escaping of the like.
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), cell.value)


def _day_told(column: Column, cell: Cell) -> str:
    return "" if column.secret else f" ({shown(cell.value)})"
