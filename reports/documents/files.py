"""A snapshot as files: Word to edit, PDF to read, Excel with the tables."""

from reports.documents import summary
from reports.papers import excel, pdf, word

CONTENT_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
FORMATS = tuple(CONTENT_TYPES)


def render(snapshot: dict, signing: summary.Signing, form: str) -> bytes:
    """One file; the same snapshot and signing give the same bytes."""
    if form == "xlsx":
        return excel.xlsx(summary.tables(snapshot), summary.about(snapshot, signing))
    paper = summary.collect(snapshot, signing)
    return word.docx(paper) if form == "docx" else pdf.pdf(paper)
