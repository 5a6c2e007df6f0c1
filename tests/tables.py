"""Tables that were taken away, opened again as people do."""

import csv
import io

from openpyxl import load_workbook


def content_of(response) -> bytes:
    assert response.status_code == 200
    content = b"".join(response.streaming_content)
    if file := getattr(response, "file_to_stream", None):
        file.close()  # the client does so by itself, a response made without one is left open
    return content


def csv_rows(response) -> list[dict]:
    """The lines of a CSV file by column head; it begins with the mark that Excel needs."""
    content = content_of(response)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def xlsx_rows(response) -> list[dict]:
    """The rows of the first sheet below its heads, by column head without the star."""
    heads, lines = _table(load_workbook(io.BytesIO(content_of(response))))
    return [dict(zip(heads, (cell.value for cell in line), strict=True)) for line in lines]


def sheet_cells(response, head) -> list:
    """The cells of one column."""
    heads, lines = _table(load_workbook(io.BytesIO(content_of(response))))
    return [line[heads.index(head)] for line in lines]


def _table(workbook):
    """Heads and lines: lines of introduction above the table fill one cell only."""
    lines = [line for line in workbook.worksheets[0].iter_rows() if any(c.value for c in line)]
    first = next(place for place, line in enumerate(lines) if all(cell.value for cell in line))
    return [str(cell.value).rstrip("* ") for cell in lines[first]], lines[first + 1 :]
