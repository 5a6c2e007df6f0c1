"""Tables to take away: the definition that reads a list also writes it, row by row."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.http import FileResponse, StreamingHttpResponse

from config.sheets import Definition, template
from config.text import slug
from config.uploads import XLSX

SUFFIXES = (".xlsx", ".csv")


def table(
    definition: Definition,
    rows: Iterable[Mapping[str, Any]],
    *,
    name: str,
    suffix: str = ".xlsx",
) -> StreamingHttpResponse:
    """The rows (values by column name) as an attachment called ``name`` with this ending.

    Codes and texts stay text, numbers numbers, days days; read back it gives the same values.
    """
    filename = f"{slug(name)}{suffix}"
    if suffix == ".csv":
        response = StreamingHttpResponse(_lines(definition, rows), content_type="text/csv")
        response["Content-Disposition"] = f'attachment; filename="{filename}"'
        return response
    content = io.BytesIO(template(definition, rows))
    return FileResponse(
        content, as_attachment=True, filename=filename, content_type=XLSX.content_type
    )


def _lines(definition: Definition, rows: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    yield "\ufeff".encode()
    for line in ([c.label for c in definition.columns], *_values(definition, rows)):
        out = io.StringIO()
        csv.writer(out).writerow(line)
        yield out.getvalue().encode()


def _values(definition: Definition, rows) -> Iterator[list]:
    for row in rows:
        yield ["" if row.get(c.name) is None else row[c.name] for c in definition.columns]
