"""A file at the door: fit at all, opened as an import, kept in the store of files or forgotten."""

import uuid
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import DatabaseError, InterfaceError, transaction

from config.text import clean_line
from config.uploads import CSV, XLSX, display_name, extension, megabytes, safe_name, sha256, size_of
from config.workflow import RuleViolation
from units.imports.kind import ImportKind
from units.models import Import

ENDINGS = (*XLSX.extensions, *CSV.extensions)
NO_ROOM = (
    "Cổng chưa lưu được tệp vì kho tệp hết chỗ hoặc đang hỏng; chưa có gì được ghi. Hãy thử lại "
    "sau và báo quản trị hệ thống."
)


def unfit(upload: BinaryIO) -> Iterator[str]:
    """Why the file cannot be taken at all, before anybody looks into it."""
    name, size, most = display_name(upload), size_of(upload), settings.IMPORT_MAX_BYTES
    if extension(name) not in ENDINGS:
        yield (
            f"Tệp “{name}” không phải .xlsx hoặc .csv; hãy mở bằng Excel, lưu lại dạng Excel "
            "Workbook (.xlsx) rồi chọn lại."
        )
    if not size:
        yield f"Tệp “{name}” trống (0 byte); hãy kiểm tra rồi chọn lại."
    if size > most:
        yield (
            f"Tệp “{name}” có {megabytes(size)}, quá giới hạn {megabytes(most)}; hãy chia thành "
            "nhiều tệp."
        )


@transaction.atomic
def opened(kind: ImportKind, upload: BinaryIO, options: dict, *, by, at) -> Import:
    """The import as it begins: who brought which file, with the print of its content."""
    return Import.objects.create(
        token=uuid.uuid4(),
        kind=kind.slug,
        options=options,
        name=safe_name(clean_line(display_name(upload))),
        size=size_of(upload),
        sha256=sha256(upload),
        uploaded_at=at,
        uploaded_by=by,
    )


def keep(job: Import, upload: BinaryIO) -> None:
    """Store the file under a name that tells nothing; when that fails, nothing of it is left."""
    name = f"{job.token}.{extension(job.name)}"
    path = job.file.field.generate_filename(job, name)
    upload.seek(0)
    try:
        job.file.save(name, File(upload), save=False)
    except OSError as error:
        with suppress(OSError):
            default_storage.delete(path)
        forget(job)
        raise RuleViolation(NO_ROOM) from error
    job.save(update_fields=["file"])


def forget(job: Import) -> None:
    """As if the file had never come, as far as the database can be reached."""
    with suppress(DatabaseError, InterfaceError), transaction.atomic():
        Import.objects.filter(pk=job.pk).delete()
