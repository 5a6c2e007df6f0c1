"""A paper or a snapshot as files: Word to edit, PDF to read, Excel with the tables."""

from reports.documents import summary
from reports.papers import excel, pdf, word
from reports.papers.model import Paper

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


def made(paper: Paper, form: str) -> bytes:
    """One file of a paper; as Excel its tables."""
    makers = {"docx": word.docx, "pdf": pdf.pdf, "xlsx": excel.workbook}
    return makers[form](paper)
