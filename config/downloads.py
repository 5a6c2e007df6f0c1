"""Tables to take away: the definition that reads a list also writes it, row by row."""

from collections.abc import Iterable, Mapping
from tempfile import TemporaryFile
from typing import Any

from django.http import FileResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

from config.sheets import Definition
from config.sheets.streams import text_chunks, write_workbook
from config.text import slug
from config.uploads import CSV, XLSX

SUFFIXES = (".xlsx", ".csv")


def table(
    definition: Definition,
    rows: Iterable[Mapping[str, Any]],
    *,
    name: str,
    suffix: str = ".xlsx",
) -> StreamingHttpResponse:
    """The rows (values by column name) as an attachment called ``name`` with this ending.

    Flat memory for any number of rows: a text file streams as the rows come, a workbook (with a
    sheet that explains its columns) is made on disk first. Read back it gives the same values.
    Raises ``SheetError`` when a workbook cannot hold so many rows.
    """
    filename = f"{slug(name)}{suffix}"
    if suffix == ".csv":
        response = StreamingHttpResponse(
            text_chunks(definition, rows), content_type=f"{CSV.content_type}; charset=utf-8"
        )
        response["Content-Disposition"] = content_disposition_header(True, filename)
        return response
    file = TemporaryFile()  # noqa: SIM115 (the response closes it)
    try:
        write_workbook(file, definition, rows)
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return FileResponse(file, as_attachment=True, filename=filename, content_type=XLSX.content_type)
