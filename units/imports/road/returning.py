"""What goes back to the sender of a faulty file: the workbook, marked."""

from typing import BinaryIO

from django.core.files import File

from config.sheets import Problem, SheetError, returned
from config.uploads import sha256
from config.workflow import RuleViolation
from units.imports.road.options import kind_of_job
from units.models import Import


def problems_of(job: Import) -> list[Problem]:
    """The findings that were kept, errors first, as ``config.sheets`` marks them."""
    found = job.problems.order_by("-blocking", "number", "pk")
    fields = ("address", "label", "message", "blocking", "rule")
    return [Problem(*values) for values in found.values_list(*fields)]


def marked_stored(job: Import) -> bytes:
    """The same of a file that the portal has kept."""
    with job.file.open("rb") as stored:
        return marked(job, File(stored, name=job.name))


def marked(job: Import, file: BinaryIO) -> bytes:
    """The workbook with each finding in its cell; of a text file a workbook is made.

    ``RuleViolation`` when it is not the file that was uploaded, or cannot be written again.
    """
    if sha256(file) != job.sha256:
        raise RuleViolation(
            f"Đây không phải tệp “{job.name}” đã tải lên (nội dung khác); hãy chọn đúng tệp đó, "
            "hoặc tải tệp mới lên để kiểm tra lại."
        )
    definition = kind_of_job(job).definition(job.options)
    try:
        return returned(file, definition, problems_of(job))
    except SheetError as refusal:
        raise RuleViolation(*refusal.args) from refusal
