"""The tables of a sending to take away, as they were frozen: figures, and each annex."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from config.sheets import CODE, DATE, DECIMAL, INTEGER, Column, Definition

FIGURES = Definition(
    title="Số liệu báo cáo",
    columns=(
        Column("code", "Mã chỉ tiêu", CODE, help="Mã chỉ tiêu trong đề cương.", width=28),
        Column("label", "Chỉ tiêu", help="Tên chỉ tiêu.", width=60),
        Column("value", "Số liệu", DECIMAL, help="Trống: đơn vị chưa ghi.", width=18),
        Column("unit", "Đơn vị tính", help="Đơn vị tính của số liệu.", width=16),
    ),
)
KINDS = {"integer": INTEGER, "decimal": DECIMAL, "date": DATE}
"""Kinds of annex columns; the others are texts."""
WIDTHS = {INTEGER: 14, DECIMAL: 16, DATE: 13}


def figure_rows(content: dict) -> Iterator[dict]:
    """The figures of a frozen content."""
    for figure in content["figures"]:
        value = figure["value"]
        yield figure | {"value": None if value is None else Decimal(value)}


def annex_in(content: dict, code: str) -> dict | None:
    """The annex of that code as it was sent; None where the content has none."""
    return next((annex for annex in content["annexes"] if annex["code"] == code), None)


def annex_definition(annex: dict) -> Definition:
    """The columns of an annex as the plan asked for them at the time."""
    return Definition(title=f"Biểu {annex['code']}", columns=tuple(map(_column, annex["columns"])))


def _column(column: dict) -> Column:
    kind = KINDS.get(column["kind"], "text")
    unit = f" ({column['unit']})" if column["unit"] else ""
    told = f"Chọn một trong: {'; '.join(column['choices'])}." if column["choices"] else ""
    asked = "Bắt buộc ghi." if column["required"] else "Có thể để trống."
    return Column(
        column["name"],
        f"{column['label']}{unit}",
        kind,
        help=" ".join(filter(None, (told, asked))),
        width=WIDTHS.get(kind, 30),
    )


def annex_rows(annex: dict) -> Iterator[dict]:
    """The rows of an annex, numbers as numbers and days as days."""
    kinds = {column["name"]: column["kind"] for column in annex["columns"]}
    for row in annex["rows"]:
        yield {name: _value(kind, row.get(name, "")) for name, kind in kinds.items()}


def _value(kind: str, kept: str) -> str | Decimal | date | None:
    if not kept:
        return None
    if kind in ("integer", "decimal"):
        return Decimal(kept)
    return datetime.strptime(kept, "%d/%m/%Y").date() if kind == "date" else kept
