"""Office files made for tests: ordinary ones, and ones altered part by part to do harm."""

import io
import zipfile

import docx
from hypothesis import strategies as st
from openpyxl import Workbook

SHEET = "xl/worksheets/sheet1.xml"
CONTENT_TYPES = "[Content_Types].xml"
RELATIONSHIPS = "xl/_rels/workbook.xml.rels"


DAMAGE = st.lists(st.tuples(st.integers(0, 2**20), st.integers(0, 255)), min_size=1, max_size=4)
"""Places and bytes for ``damaged``."""


class NamedBytes(io.BytesIO):
    """Bytes with a file name, as an upload has."""

    def __init__(self, content: bytes, name: str):
        super().__init__(content)
        self.name = name


def workbook_bytes(
    rows=(("Tên", "Số hộ"), ("An Bình", 12)), *, title="Sheet", change=None
) -> bytes:
    """An ordinary workbook; ``change(worksheet)`` may do more to it."""
    workbook = Workbook()
    worksheet = workbook.active
    worksheet.title = title
    for row in rows:
        worksheet.append(row)
    if change:
        change(worksheet)
    return saved(workbook)


def saved(document) -> bytes:
    """What a workbook or Word document looks like as a file."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def word_bytes(text="Báo cáo") -> bytes:
    """An ordinary Word document."""
    document = docx.Document()
    document.add_paragraph(text)
    return saved(document)


def rezipped(content: bytes, parts: dict, *, compression=zipfile.ZIP_DEFLATED) -> bytes:
    """The same package with parts added or replaced; a function gets the old text; None removes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", compression) as new:
        for name in old.namelist():
            part = parts.get(name, old.read(name))
            if callable(part):
                part = part(old.read(name).decode())
            if part is not None:
                new.writestr(name, part)
        for name in parts.keys() - set(old.namelist()):
            new.writestr(name, parts[name])
    return out.getvalue()


def with_sheet_data(data: str, content: bytes | None = None) -> bytes:
    """A workbook whose first sheet has these rows, written by hand."""
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    xml = f'<worksheet xmlns="{namespace}"><sheetData>{data}</sheetData></worksheet>'
    return rezipped(content or workbook_bytes(), {SHEET: xml})


def zipped(parts: dict) -> bytes:
    """A plain zip of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def damaged(content: bytes, damage) -> bytes:
    """The same file with a few bytes overwritten."""
    content = bytearray(content)
    for place, byte in damage:
        content[place % len(content)] = byte
    return bytes(content)
