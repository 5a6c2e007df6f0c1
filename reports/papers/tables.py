"""A table as it is printed: header cells with their spans, cells as words, column widths."""

from config.text import clean_text
from reports.papers.model import Table
from reports.papers.numbers import cell, column_digits

SIZES = ((6, 12), (10, 11), (14, 10), (18, 9))  # up to so many columns: points
SMALLEST = 8
TIGHT = 9  # from this size down the cells' margins shrink too
MARGIN, TIGHT_MARGIN = 1.0, 0.35  # mm left and right
ALIGN = {"text": "left", "order": "center", "date": "center"}  # all figures: right
WIDEST, NARROWEST = 36, 4  # characters that a column may claim, and always gets


def table(source: Table) -> dict:
    """Plain JSON values of ``source``."""
    columns = source.columns
    rows = _rows(source)
    size = next((size for most, size in SIZES if len(columns) <= most), SMALLEST)
    return {
        "title": clean_text(source.title),
        "unit": clean_text(source.unit),
        "note": clean_text(source.note),
        "size": size,
        "margin": MARGIN if size > TIGHT else TIGHT_MARGIN,
        "aligns": [ALIGN.get(column.kind, "right") for column in columns],
        "widths": widths(source, [row["cells"] for row in rows]),
        "header": header(columns),
        "rows": rows,
    }


def header(columns) -> list[list[dict]]:
    """One row, or two when columns are grouped: cells as text, columns and rows spanned."""
    if not any(column.group for column in columns):
        return [[_head(clean_text(column.header)) for column in columns]]
    upper, lower = [], []
    for place, column in enumerate(columns):
        before = columns[place - 1].group if place else ""
        if not column.group:
            upper.append(_head(clean_text(column.header), rows=2))
            continue
        lower.append(_head(clean_text(column.header)))
        if column.group == before:
            upper[-1]["columns"] += 1
        else:
            upper.append(_head(clean_text(column.group)))
    return [upper, lower]


def widths(source: Table, rows: list[list[str]]) -> list[float]:
    """Shares of the width in per cent: as told, else by the longest word and content."""
    wanted = [column.width or 0 for column in source.columns]
    needs = [
        _need(column, [row[place] for row in rows]) for place, column in enumerate(source.columns)
    ]
    told, free = sum(wanted), sum(n for n, w in zip(needs, wanted, strict=True) if not w)
    scale = 1 if not told else (sum(needs) - free) / told
    sizes = [w * scale if w else n for n, w in zip(needs, wanted, strict=True)]
    return [round(100 * size / sum(sizes), 3) for size in sizes]


def _head(text, *, columns=1, rows=1):
    return {"text": text, "columns": columns, "rows": rows}


def _rows(source):
    digits = [
        column_digits(column, [row[place] for row in source.rows])
        for place, column in enumerate(source.columns)
    ]
    kinds = [column.kind for column in source.columns]
    return [
        {
            "total": number in source.total_rows,
            "cells": [clean_text(cell(*part)) for part in zip(row, kinds, digits, strict=True)],
        }
        for number, row in enumerate(source.rows)
    ]


def _need(column, cells):
    """Characters a column asks for: whole figures and whole header words, text up to a bound."""
    longest = max((len(text) for text in cells), default=0)
    word = max((len(word) for word in column.header.split()), default=0)
    if column.kind == "text":
        longest = min(longest, WIDEST)
    return max(NARROWEST, min(word, 12) + 1, min(longest, WIDEST) + 1)
