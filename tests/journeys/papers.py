"""The files of a summary opened as their readers open them."""

import io
import re
import zipfile

import docx
from openpyxl import load_workbook
from pypdf import PdfReader


def words_of_word(content: bytes) -> str:
    """Every paragraph and cell, also of tables within tables."""
    document = docx.Document(io.BytesIO(content))
    return joined(node.text for node in document.element.body.iter() if node.tag.endswith("}t"))


def pictures_of_word(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return [name for name in package.namelist() if name.startswith("word/media/")]


def words_of_pdf(content: bytes) -> str:
    return joined(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def cells_of_excel(content: bytes) -> list:
    """Every value of every sheet; numbers as numbers."""
    workbook = load_workbook(io.BytesIO(content), read_only=True)
    rows = [row for sheet in workbook for row in sheet.iter_rows(values_only=True)]
    return [value for row in rows for value in row if value is not None]


def joined(pieces) -> str:
    """One text, however lines and runs were broken."""
    return re.sub(r"\s+", " ", " ".join(piece or "" for piece in pieces))
