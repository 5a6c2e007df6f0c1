"""The interim summary of one province: composed and printed, beside the bare printing."""

from campaign.models import Period
from config import clock
from reports.actions.summaries import choose_passage, save_texts, start_summary, texts_mark
from reports.documents import files
from reports.documents.snapshot import compose
from reports.documents.summary import Signing, about, collect, tables
from reports.figures.counting import covered_periods
from reports.papers import excel, pdf, word
from reports.queries.summaries import quotable_sections
from reports.summary_steps import TEXTS
from tests.benchmarks.measuring import Line, beside

LIMIT = 5
PASSAGES = 12


def drafted(period, desk):
    """A draft with its texts and passages, as the poverty desk writes it."""
    summary = start_summary(period, by=desk)
    words = dict.fromkeys(TEXTS, "Phong trào được triển khai đồng bộ từ tỉnh đến cơ sở.")
    summary = save_texts(summary, words, by=desk, seen=texts_mark(summary))
    for section in quotable_sections(covered_periods(period))[:PASSAGES]:
        choose_passage(summary, section, section.text, by=desk)
    return summary


def lines(desk, *, runs: int) -> list[Line]:
    period = Period.objects.select_related("campaign__province").get(code="interim-2023")
    summary, now = drafted(period, desk), clock.now()
    snapshot, signing = compose(period, now=now, summary=summary), Signing()
    paper, sheets, note = collect(snapshot, signing), tables(snapshot), about(snapshot, signing)
    bare = {
        "docx": lambda: word.docx(paper),
        "pdf": lambda: pdf.pdf(paper),
        "xlsx": lambda: excel.xlsx(sheets, note),
    }

    def whole():
        fresh = compose(period, now=now, summary=summary)
        return {form: files.render(fresh, signing, form) for form in files.FORMATS}

    def printed():
        return {form: bare[form]() for form in files.FORMATS}

    if whole() != printed():
        raise AssertionError("the summary and the bare printing differ")
    what = "interim summary, composed; docx, xlsx, pdf"
    return [Line(what, *beside(whole, printed, runs=runs), "the same pages printed bare", LIMIT)]
