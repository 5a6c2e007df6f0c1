"""Annex tables (B2–B7): what their columns accept."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from config.forms import parse_number
from config.text import clean_line, vn_number

MAX_ROWS = 200
MAX_TEXT = 500
MAX_NUMBER = Decimal(10) ** 15
NUMBERS = ("integer", "decimal")


@dataclass(frozen=True)
class Fault:
    """A wrong cell: row (from 1, as the page counts) and column, and what is wrong in it."""

    row: int
    column: str
    words: str
    sentence: str
    """The same with the place named, for where the cell is not at hand."""


def clean_rows(annex, raw_rows) -> tuple[list[dict], list[Fault]]:
    """The rows as they are kept (text and number cells as text), and every fault found.

    Rows without any content are left out. Numbers are kept as plain decimal text, so that the
    JSON gives back exactly what was typed.
    """
    rows, faults = [], []
    filled = [
        (number, raw)
        for number, raw in enumerate(raw_rows, start=1)
        if any(str(value).strip() for value in raw.values())
    ]
    if len(filled) > MAX_ROWS:
        words = f"{annex}: tối đa {MAX_ROWS} dòng; gộp các dòng cùng loại."
        return [], [Fault(MAX_ROWS + 1, "", words, words)]
    for number, raw in filled:
        row = {}
        for column in annex.columns:
            value, words = _clean_cell(column, raw.get(column["name"], ""))
            row[column["name"]] = value
            if words:
                place = f"Biểu {annex.code}, dòng {number}, cột “{column['label']}”: "
                faults.append(Fault(number, column["name"], words, place + words))
        rows.append(row)
    return rows, faults


def said(column, value: str) -> str:
    """A kept cell as people read it: numbers grouped, "1234.5" → "1.234,5"."""
    return vn_number(Decimal(value)) if column["kind"] in NUMBERS and value else value


def said_rows(columns, rows) -> list[list[str]]:
    """Kept rows laid out in the order of their columns, to read."""
    return [[said(column, row.get(column["name"], "")) for column in columns] for row in rows]


def totals(annex, rows) -> dict[str, Decimal]:
    """The sums of the columns that are to be summed."""
    return {
        column["name"]: sum((Decimal(row.get(column["name"]) or 0) for row in rows), Decimal(0))
        for column in annex.columns
        if column.get("total")
    }


def _clean_cell(column, raw) -> tuple[str, str]:
    """The kept text and a sentence when the cell is wrong."""
    value = clean_line(str(raw))
    if not value:
        return "", "chưa nhập." if column.get("required") else ""
    return CLEANERS[column["kind"]](column, value)


def _text(column, value):
    if len(value) > MAX_TEXT:
        return value, f"dài quá {MAX_TEXT} ký tự."
    return value, ""


def _number(column, value):
    number = parse_number(value)
    if number is None:
        return value, f"“{value[:30]}” không phải là số; viết theo dạng 1.250 hoặc 1.250,5."
    if abs(number) >= MAX_NUMBER:
        return value, "số quá lớn; kiểm tra lại đơn vị tính."
    if number < 0:
        return value, "không được là số âm."
    if column["kind"] == "integer" and number != number.to_integral_value():
        return value, "phải là số nguyên."
    return f"{number.normalize():f}", ""


def _date(column, value):
    try:
        return datetime.strptime(value, "%d/%m/%Y").strftime("%d/%m/%Y"), ""
    except ValueError:
        return value, f"“{value[:30]}” không phải ngày; nhập theo dạng 30/11/2023."


def _choice(column, value):
    if value not in column["choices"]:
        return value, f"chọn một trong: {', '.join(column['choices'])}."
    return value, ""


CLEANERS = {
    "text": _text,
    "integer": _number,
    "decimal": _number,
    "date": _date,
    "choice": _choice,
}
