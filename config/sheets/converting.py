"""From cells to values of the column's kind; a sentence for each cell that cannot be taken.

Nothing is guessed: codes typed as numbers, grouped numbers in text, years that became days are
refused with what to type instead. What is clear but was written in another way (blanks, signs
that cannot be seen, digits as text) is taken with a note (``Problem.blocking`` False).
"""

from typing import Any

from config.sheets import days, numbers, words
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
)
from config.sheets.findings import Found, Wrong, shown
from config.text import clean_line, fold

_TAKERS = {
    TEXT: words.text,
    NAME: words.name,
    CHOICE: words.choice,
    CODE: words.code,
    INTEGER: numbers.integer,
    DECIMAL: numbers.decimal,
    YEAR: numbers.year,
    FLAG: numbers.flag,
    DATE: days.day,
}
_NEVER = {
    "formula": (
        "formula",
        "đang là công thức; hãy sao chép ô rồi dán giá trị (Paste Special → Values).",
    ),
    "error": ("error_value", "đang báo lỗi Excel {}; hãy xóa và nhập giá trị đúng."),
    "boolean": (
        "boolean",
        "đang là giá trị đúng/sai ({}) của Excel; hãy nhập lại bằng chữ hoặc số.",
    ),
    "percent": (
        "percent",
        "đang định dạng phần trăm; hãy đổi định dạng ô thành Number và ghi số không kèm dấu % "
        "(ví dụ 12,5 cho 12,5 %).",
    ),
}
_TOTALS = ("tổng cộng", "tổng số")
_BARE_TOTALS = {"tong", "cong", "tong cong", "tong so"}
_TOTAL_ROW = "là dòng cộng; cổng tự cộng, hãy xóa cả dòng này."


def convert(definition: Definition, row: Row) -> tuple[dict[str, Any], list[Problem]]:
    """The row's values by column name, and what is wrong with its cells.

    Text, codes and choices that are blank or wrong become "", numbers and dates None. Values of a
    row with blocking problems are for showing only. A row of sums is one problem, not many.
    """
    values, problems = {}, []
    for column in definition.columns:
        cell = row.cells[column.name]
        try:
            values[column.name], note = taken(column, cell)
        except Wrong as wrong:
            values[column.name] = nothing(column)
            problems.append(_problem(column, cell, wrong.rule, str(wrong)))
        else:
            if note:
                problems.append(_problem(column, cell, *note, blocking=False))
    if name := _told_as_total(definition, row, values):
        return values, [definition.problem(row, name, _TOTAL_ROW, rule="total_row")]
    return values, problems


def nothing(column: Column):
    """What a blank cell of the column becomes."""
    return "" if column.kind in (TEXT, CODE, CHOICE, NAME) else None


def taken(column: Column, cell: Cell) -> Found:
    """The value of one cell, perhaps with a note; ``Wrong`` when it cannot be taken."""
    if cell.kind in _NEVER:
        rule, message = _NEVER[cell.kind]
        raise Wrong(rule, message.format(shown(cell.value)))
    found = Found(nothing(column))
    if cell.kind != "blank":
        found = _TAKERS[column.kind](column, cell)
    if column.required and found.value in (None, ""):  # also of signs that cannot be seen
        rule = "missing_code" if column.kind == CODE else "missing_value"
        raise Wrong(rule, f"bắt buộc nhưng đang để trống; hãy điền {column.rule}.")
    return found


def _problem(column: Column, cell: Cell, rule: str, message: str, *, blocking=True) -> Problem:
    return Problem(cell.address, column.label, message, blocking, column.rule_name(rule))


def is_total(text: str) -> bool:
    """Whether a name is that of a row of sums: "Tổng cộng", "CỘNG:", "Tổng số hộ"."""
    text = clean_line(text).casefold()
    return text.startswith(_TOTALS) or fold(text).strip(" :.") in _BARE_TOTALS


def _told_as_total(definition: Definition, row: Row, values: dict[str, Any]) -> str | None:
    """The column that says so; a row with any code of its own is not one of sums."""
    if any(values[c.name] for c in definition.columns if c.kind == CODE):
        return None
    texts = ((name, row.cells[name].value) for name in definition.total_in)
    return next((name for name, text in texts if isinstance(text, str) and is_total(text)), None)
