"""The workbook that goes back to its sender with every error in its own cell."""

import io
import warnings
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import BinaryIO

from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink

from config.sheets import styles
from config.sheets.cells import refusing
from config.sheets.definition import Definition, Problem
from config.sheets.guard import DEFAULT, Limits, guard
from config.sheets.texts import height_for, print_wide, text_cell
from config.sheets.workbook import ERRORS, choose_sheet, top_of
from config.sheets.writing import AUTHOR
from config.text import vn_number

_WIDTHS = (6, 12, 30, 100, 12)
MARKER = f"{AUTHOR}: lỗi"
"""Author of our comments on errors, by which the next round finds and removes them."""


def returned(
    file: BinaryIO,
    definition: Definition,
    problems: Sequence[Problem],
    *,
    limits: Limits = DEFAULT,
) -> bytes:
    """The uploaded workbook, its wrong cells red and commented, with a list of the errors.

    It is the sender's own file, so that addresses hold and no other work in it is lost. Marks of
    an earlier round go. Notes (not blocking) are yellow. Rarely a file that ``read`` took cannot
    be written again (``SheetError``); the page then has to list the errors alone.
    """
    guard(file, limits)
    out = io.BytesIO()
    with refusing(file), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about parts that it leaves out
        workbook = load_workbook(file, keep_links=False)
        worksheet = choose_sheet(workbook, definition, top_of)
        _unmark(worksheet)
        for address, found in _by_cell(problems).items():
            _mark(worksheet[address], found)
        _list_errors(workbook, worksheet, problems)
        workbook.save(out)
    file.seek(0)
    return out.getvalue()


def _by_cell(problems: Iterable[Problem]) -> dict[str, list[Problem]]:
    found = defaultdict(list)
    for problem in problems:
        if problem.is_cell:
            found[problem.address].append(problem)
    return found


def _unmark(worksheet) -> None:
    for row in worksheet.iter_rows():
        for cell in row:
            if cell.comment and cell.comment.author == MARKER:
                cell.comment = None
                cell.fill = styles.LOCKED_FILL if cell.protection.locked else styles.NO_FILL


def _mark(cell, problems: Sequence[Problem]) -> None:
    lines = [problem.message for problem in problems]
    if cell.comment:
        lines.append(cell.comment.text)
    height = 60 + 20 * sum(1 + len(line) // 40 for line in lines)
    cell.comment = Comment("\n".join(lines)[:8_000], MARKER, height=min(height, 400), width=280)
    blocking = any(problem.blocking for problem in problems)
    cell.fill = styles.ERROR_FILL if blocking else styles.NOTE_FILL
    if isinstance(cell.value, float):
        cell.number_format = "General"  # else 2500.5 looks like 2501, and nothing like an error


def _list_errors(workbook, worksheet, problems: Sequence[Problem]) -> None:
    if ERRORS in workbook.sheetnames:
        del workbook[ERRORS]
    listing = workbook.create_sheet(ERRORS, index=workbook.index(worksheet) + 1)
    for letter, width in zip("ABCDE", _WIDTHS, strict=True):
        listing.column_dimensions[letter].width = width
    ordered = sorted(problems, key=lambda problem: not problem.blocking)
    blocking = sum(problem.blocking for problem in problems)
    listing.append([text_cell(listing, _summary(blocking, len(problems)), font=styles.BOLD)])
    heads = ("STT", "Ô", "Cột", "Nội dung, cách sửa", "Mức")
    listing.append(
        [text_cell(listing, t, font=styles.HEAD_FONT, fill=styles.HEAD_FILL) for t in heads]
    )
    for number, problem in enumerate(ordered, start=1):
        level = "Phải sửa" if problem.blocking else "Xem lại"
        line = (str(number), problem.address, problem.label, problem.message, level)
        listing.append([text_cell(listing, text) for text in line])
        if problem.is_cell:
            _link(listing.cell(number + 2, 2), worksheet.title, problem.address)
        listing.row_dimensions[number + 2].height = height_for(line, _WIDTHS)
    for row in listing.iter_rows(min_row=3):
        for cell in row:
            cell.alignment, cell.border = styles.TOP, styles.BOX
    print_wide(listing)
    listing.freeze_panes = "A3"
    workbook.active = workbook.index(worksheet)


def _summary(blocking: int, total: int) -> str:
    notes = total - blocking
    rest = f"; {vn_number(notes)} chỗ nên xem lại" if notes else ""
    return f"{vn_number(blocking)} lỗi phải sửa trước khi nộp lại{rest}."


def _link(cell, title: str, address: str) -> None:
    place = f"{quote_sheetname(title)}!{address}"
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=place)
    cell.font = styles.LINK_FONT
