"""What goes back to the sender of a faulty file: the workbook, marked, or a list of findings."""

from collections.abc import Iterator
from typing import BinaryIO

from django.core.files import File

from config.sheets import Column, Definition, Problem, SheetError, returned
from config.sheets.source import is_text
from config.uploads import sha256
from config.workflow import RuleViolation
from units.imports.road.options import kind_of_job
from units.models import Import

FINDINGS = Definition(
    "Lỗi cần sửa",
    (
        Column("address", "Ô", width=14),
        Column("label", "Cột", width=30),
        Column("message", "Nội dung, cách sửa", width=100),
        Column("level", "Mức", width=12),
    ),
)
"""The findings of a text file, which has no cells to mark."""


def problems_of(job: Import) -> list[Problem]:
    """The findings that were kept, errors first, as ``config.sheets`` marks them."""
    found = job.problems.order_by("-blocking", "number", "pk")
    fields = ("address", "label", "message", "blocking", "rule")
    return [Problem(*values) for values in found.values_list(*fields)]


def rows_of_findings(job: Import) -> Iterator[dict]:
    """The findings as rows of ``FINDINGS``."""
    for problem in problems_of(job):
        level = "Phải sửa" if problem.blocking else "Xem lại"
        yield {
            "address": problem.address,
            "label": problem.label,
            "message": problem.message,
            "level": level,
        }


def marked_stored(job: Import) -> bytes | None:
    """The same of a file that the portal has kept."""
    with job.file.open("rb") as stored:
        return marked(job, File(stored, name=job.name))


def marked(job: Import, file: BinaryIO) -> bytes | None:
    """The workbook with each finding in its cell; None for a text file, which has none.

    ``RuleViolation`` when it is not the file that was uploaded, or cannot be written again.
    """
    if sha256(file) != job.sha256:
        raise RuleViolation(
            f"Đây không phải tệp “{job.name}” đã tải lên (nội dung khác); hãy chọn đúng tệp đó, "
            "hoặc tải tệp mới lên để kiểm tra lại."
        )
    if is_text(file):
        return None
    definition = kind_of_job(job).definition(job.options)
    try:
        return returned(file, definition, problems_of(job))
    except SheetError as refusal:
        raise RuleViolation(*refusal.args) from refusal
