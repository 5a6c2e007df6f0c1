"""A published table as a file: its columns, and its rows as lines to check. Nothing is kept."""

from decimal import Decimal
from typing import BinaryIO

from config.sheets import DECIMAL, INTEGER, TEXT, Column, Definition, Problem, reading
from config.sheets.converting import is_total
from config.text import fold
from units.poverty.published import Line

MOST = 100_000_000
WHOLE = ("toan tinh", "toan huyen", "ca nuoc", "tong")
"""How rows of the total begin, beside "Tổng cộng" and the like."""


def _count(name: str, label: str, *heads: str) -> Column:
    return Column(name, label, INTEGER, minimum=0, maximum=MOST, aliases=heads, width=16)


def _rate(name: str, label: str, *heads: str) -> Column:
    return Column(
        name,
        label,
        DECIMAL,
        minimum=Decimal(0),
        maximum=Decimal(100),
        places=6,
        aliases=heads,
        help="Phần trăm trên tổng số hộ của cùng dòng, như bảng công bố.",
        width=16,
    )


DEFINITION = Definition(
    title="Bảng công bố",
    columns=(
        Column("name", "Đơn vị", TEXT, True, maximum=200, width=34, aliases=("unit_name", "ten"),
               help="Tên đơn vị; dòng tổng ghi “Tổng cộng”, “Toàn tỉnh”."),
        _count("households", "Tổng số hộ", "total_hh", "tong_ho"),
        _count("poor", "Hộ nghèo", "poor_hh", "ho_ngheo", "Số hộ nghèo"),
        _rate("poor_rate", "Tỷ lệ hộ nghèo (%)", "poor_rate", "ty_le_ngheo"),
        _count("near_poor", "Hộ cận nghèo", "near_poor_hh", "ho_can_ngheo", "Số hộ cận nghèo"),
        _rate("near_rate", "Tỷ lệ hộ cận nghèo (%)", "near_poor_rate", "ty_le_can_ngheo"),
        Column("note", "Ghi chú", TEXT, width=40, aliases=("arithmetic_fault",),
               help="Không bắt buộc; cổng không đọc cột này."),
    ),
    intro=("Chép bảng đã công bố vào đây, đúng như bản gốc, ô nào bảng để trống thì để trống.",),
)  # fmt: skip


def lines_of(file: BinaryIO) -> tuple[list[Line], list[Problem]]:
    """The rows of a file, and what could not be read of them; ``SheetError`` refuses it whole."""
    lines, problems = [], []
    with reading(file, DEFINITION) as source:
        for number, values, found in source:
            problems += [problem for problem in found if problem.blocking]
            lines.append(_line(number, values))
    return lines, problems


def _line(number: int, values: dict) -> Line:
    figures = {name: values[name] for name in ("households", *RATED)}
    return Line(number, values["name"], is_total=_is_whole(values["name"]), **figures)


RATED = ("poor", "poor_rate", "near_poor", "near_rate")


def _is_whole(name: str) -> bool:
    return is_total(name) or fold(name).startswith(WHOLE)
