"""Files of the demonstration, brought in by the portal's own road as the people who bring them."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.core.files.base import ContentFile

from config import clock
from config.sheets import Definition, template
from units.actions import confirm_import, upload_import
from units.imports.kind import kind_of
from units.models import Import, User

SYNTHETIC = "Số liệu trình diễn, giả lập"


def workbook(definition: Definition, rows: Iterable[Mapping], name: str) -> ContentFile:
    """The portal's own template, filled in and marked as invented."""
    return ContentFile(template(definition, rows, about=SYNTHETIC), name=f"{name}-gia-lap.xlsx")


def table(definition: Definition, rows: Sequence[Mapping], name: str) -> ContentFile:
    """A text file with the short heads of exported lists, of the columns that the rows have."""
    heads = {column: definition.column(column).aliases[0] for column in rows[0]}
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(heads.values())
    writer.writerows([row[column] for column in heads] for row in rows)
    return ContentFile(out.getvalue().encode("utf-8-sig"), name=f"{name}-gia-lap.csv")


def bring_in(
    slug: str, file: ContentFile, *, by: str, at: datetime, confirm: bool = True, **options
) -> Import:
    """Upload a file as somebody, at a moment of the play, and confirm what the preview shows."""
    with clock.frozen(at):
        person = User.objects.get(username=by)
        job = upload_import(kind_of(slug), file, by=person, options=options)
        return confirm_import(job, by=person) if confirm else job
