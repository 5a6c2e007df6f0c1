"""Checking a table that somebody published: nothing of it is kept."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from config import access, downloads
from config.refusals import attempt_in
from config.sheets import SheetError
from config.text import vn_number
from config.upload_handlers import refusal_of
from config.workflow import RuleViolation
from units.forms import PublishedForm
from units.poverty.published import FIGURES, checked
from units.poverty.published_sheet import DEFINITION, lines_of

MOST_TOTALS = 50
"""A table has a row or two of totals; a file with more is none, and would be slow to check."""


@access.audience(access.SIGNED_IN)
def published_check(request):
    """Bring a table, read what in it cannot be true."""
    form = PublishedForm()
    context = {"form": form, "columns": DEFINITION.columns}
    if request.method == "POST":
        form = PublishedForm(request.POST, request.FILES, refusal=refusal_of(request))
        context["form"] = form
        if form.is_valid():
            upload = form.cleaned_data["tep"]
            context |= attempt_in(form, lambda: _answer(upload), field="tep") or {}
    return render(request, "units/published_check.html", context)


def _answer(upload) -> dict:
    """What the page says of a table; ``RuleViolation`` when it is none."""
    try:
        lines, problems = lines_of(upload)
    except SheetError as refusal:
        raise RuleViolation(*refusal.args) from refusal
    if not lines:
        raise RuleViolation("Bảng chưa có dòng nào; hãy kiểm tra rồi chọn lại.")
    totals = sum(line.is_total for line in lines)
    if totals > MOST_TOTALS:
        raise RuleViolation(
            f"Bảng có {vn_number(totals)} dòng tổng (“Tổng cộng”, “Toàn tỉnh”…), nhiều hơn "
            f"{MOST_TOTALS}; hãy giữ dòng tổng của một bảng, chia tệp thành từng bảng rồi chọn lại."
        )
    verdict = checked(lines)
    said = {"name": upload.name, "problems": problems, "verdict": verdict}
    return said | {"lines": _marked(lines, verdict)}


def _marked(lines, verdict) -> list[tuple]:
    """Each line with its figures, and whether something is to be said of each."""
    told = {(found.number, found.column) for found in (*verdict.faults, *verdict.gaps)}
    return [
        (line, [(getattr(line, name), (line.number, name) in told) for name in FIGURES])
        for line in lines
    ]


@require_safe
@access.audience(access.SIGNED_IN)
def published_template(request, suffix) -> HttpResponse:
    """The empty table to copy a published one into."""
    return downloads.table(DEFINITION, (), name="bang cong bo ho ngheo", suffix=suffix)
