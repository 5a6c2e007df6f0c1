"""How a finding looks in a workbook: a red or yellow cell with a comment, a line in a list."""

from collections.abc import Iterable, Mapping, Sequence

from openpyxl.comments import Comment
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink

from config.sheets import styles
from config.sheets.definition import Problem
from config.sheets.texts import height_for, print_wide, text_cell
from config.sheets.writing import AUTHOR
from config.text import vn_number

MARKER = f"{AUTHOR}: lỗi"
"""Author of our comments on errors, by which the next round finds and removes them."""
_WIDTHS = (6, 12, 30, 100, 12)
_HEADS = ("STT", "Ô", "Cột", "Nội dung, cách sửa", "Mức")


def mark(cell, problems: Sequence[Problem]) -> None:
    """Colour the cell and write the findings beside what the sender has written there."""
    lines = [problem.message for problem in problems]
    if cell.comment:
        lines.append(cell.comment.text)
    height = 60 + 20 * sum(1 + len(line) // 40 for line in lines)
    cell.comment = Comment("\n".join(lines)[:8_000], MARKER, height=min(height, 400), width=280)
    blocking = any(problem.blocking for problem in problems)
    cell.fill = styles.ERROR_FILL if blocking else styles.NOTE_FILL
    if isinstance(cell.value, float):
        cell.number_format = "General"  # else 2500.5 looks like 2501, and nothing like an error


def list_problems(
    listing, title: str, problems: Iterable[Problem], places: Mapping[Problem, str]
) -> None:
    """Fill an empty sheet with all findings, the grave ones first, each linked to its cell.

    ``places`` holds the cells, in the sheet called ``title``, of those findings that have one.
    """
    ordered = sorted(problems, key=lambda problem: not problem.blocking)
    print_wide(listing)
    listing.freeze_panes = "A3"
    for letter, width in zip("ABCDE", _WIDTHS, strict=True):
        listing.column_dimensions[letter].width = width
    blocking = sum(problem.blocking for problem in ordered)
    listing.append([text_cell(listing, _summary(blocking, len(ordered)), font=styles.BOLD)])
    listing.append(
        [text_cell(listing, t, font=styles.HEAD_FONT, fill=styles.HEAD_FILL) for t in _HEADS]
    )
    for number, problem in enumerate(ordered, start=1):
        level = "Phải sửa" if problem.blocking else "Xem lại"
        line = (str(number), problem.address, problem.label, problem.message, level)
        listing.row_dimensions[number + 2].height = height_for(line, _WIDTHS)
        cells = [text_cell(listing, text) for text in line]
        for cell in cells:
            cell.alignment, cell.border = styles.TOP, styles.BOX
        if place := places.get(problem):
            target = f"{quote_sheetname(title)}!{place}"
            cells[1].hyperlink = Hyperlink(ref="", location=target)
            cells[1].font = styles.LINK_FONT
        listing.append(cells)
        if cells[1].hyperlink:
            cells[1].hyperlink.ref = f"B{number + 2}"


def _summary(blocking: int, total: int) -> str:
    notes = total - blocking
    rest = f"; {vn_number(notes)} chỗ nên xem lại" if notes else ""
    return f"{vn_number(blocking)} lỗi phải sửa trước khi nộp lại{rest}."
