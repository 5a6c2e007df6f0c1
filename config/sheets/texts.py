"""Cells and pages that every workbook of ours is made of."""

import re
from collections.abc import Sequence
from copy import copy

from openpyxl.cell import WriteOnlyCell
from openpyxl.worksheet.properties import PageSetupProperties

from config.sheets import styles
from config.sheets.definition import (
    CHOICE,
    CODE,
    DATE,
    DECIMAL,
    FLAG,
    INTEGER,
    MOST,
    NAME,
    TEXT,
    YEAR,
    Column,
)
from config.text import clean_text

ONE_LINE = 16
"""Points of a row with one line of text."""
DANGEROUS = re.compile("[=+@-]")
_CUT = "… (đã cắt bớt)"
_FORMATS = dict.fromkeys((TEXT, NAME, CODE, CHOICE), "@") | {
    **{INTEGER: "#,##0", YEAR: "0", FLAG: "0", DATE: "dd/mm/yyyy"}
}


def text_cell(worksheet, text: str, *, font=styles.PLAIN, fill=None, like=None) -> WriteOnlyCell:
    """A cell that stays text, whatever it looks like: "=cmd()" must not become a formula.

    What Excel cannot hold goes: control characters, and the end of a text too long, visibly.
    """
    text = clean_text(text)
    if len(text) > MOST[TEXT]:
        text = text[: MOST[TEXT] - len(_CUT)] + _CUT
    cell = WriteOnlyCell(worksheet)
    if like:
        cell._style = copy(like._style) if DANGEROUS.match(text) else like._style
    else:
        cell.font = font
    if fill:
        cell.fill = fill
    if DANGEROUS.match(text):
        cell.quotePrefix = True  # also after somebody has edited it
    cell.value, cell.data_type = escaped(text), "s"
    return cell


def escaped(text: str) -> str:
    """Excel takes _x000D_ for a character's code; reading undoes this."""
    return re.sub("_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)


def number_format(column: Column) -> str:
    """How Excel shows the column's values."""
    if column.kind == DECIMAL:
        return "#,##0" + ("." + "0" * column.places if column.places else "")
    return "0" if column.kind == INTEGER and not column.grouped else _FORMATS[column.kind]


def height_for(texts: Sequence[str], widths: Sequence[float]) -> float:
    """Points that wrapped texts need; not every program finds out by itself."""
    lines = [
        sum(1 + int(len(line) / width) for line in text.split("\n"))
        for text, width in zip(texts, widths, strict=True)
    ]
    return ONE_LINE * max(lines, default=1)


def print_wide(worksheet) -> None:
    """Landscape, all columns on one page, as many pages down as it takes."""
    worksheet.page_setup.orientation = "landscape"
    worksheet.page_setup.paperSize = "9"  # A4
    worksheet.page_setup.fitToHeight = 0
    worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
