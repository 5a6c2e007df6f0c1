"""The file that goes back to its sender with every error in its own cell."""

import io
import warnings
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import BinaryIO

from openpyxl import load_workbook

from config.sheets import styles
from config.sheets.cells import refusing
from config.sheets.definition import Definition, Problem
from config.sheets.delimited import TEXT_DEFAULT, TextLimits
from config.sheets.guard import DEFAULT, Limits, guard
from config.sheets.marks import MARKER, list_problems, mark
from config.sheets.rewriting import rewritten
from config.sheets.source import is_text
from config.sheets.workbook import ERRORS, choose_sheet, top_of


def returned(
    file: BinaryIO,
    definition: Definition,
    problems: Sequence[Problem],
    *,
    limits: Limits = DEFAULT,
    text_limits: TextLimits = TEXT_DEFAULT,
) -> bytes:
    """The uploaded workbook, its wrong cells red and commented, with a list of the errors.

    It is the sender's own file, so that addresses hold and no other work in it is lost. Marks of
    an earlier round go. Notes (not blocking) are yellow. Of a text file a workbook is made, which
    can be mended and sent instead. Rarely a file that was read cannot be written again
    (``SheetError``); the page then has to list the errors alone.
    """
    if is_text(file):
        return rewritten(file, definition, problems, text_limits)
    guard(file, limits)
    out = io.BytesIO()
    with refusing(file), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about parts that it leaves out
        workbook = load_workbook(file, keep_links=False)
        worksheet = choose_sheet(workbook, definition, top_of)
        _unmark(worksheet)
        for address, found in _by_cell(problems).items():
            mark(worksheet[address], found)
        if ERRORS in workbook.sheetnames:
            del workbook[ERRORS]
        listing = workbook.create_sheet(ERRORS, index=workbook.index(worksheet) + 1)
        places = {problem: problem.address for problem in problems if problem.is_cell}
        list_problems(listing, worksheet.title, problems, places)
        workbook.active = workbook.index(worksheet)
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
