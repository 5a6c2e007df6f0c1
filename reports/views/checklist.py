"""The unit answers the criteria of its tier and attaches its evidence."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from config import access
from config.refusals import attempt
from config.workflow import RuleViolation
from criteria import queries as criteria_queries
from criteria.models import Answer, Evidence
from reports import actions
from reports.forms import AnswerForm
from reports.queries import parts
from reports.views.filling import FILLERS, saved_or_refused
from reports.views.loading import own_report


@require_http_methods(["GET", "HEAD"])
@access.audience(*FILLERS)
def checklist(request, pk):
    """All criteria of the unit's tier on one page; each saves by itself."""
    report = own_report(request, pk)
    rows = criteria_queries.checklist_rows(report.checklist)
    return render(request, "reports/checklist_form.html", _context(report, rows))


@require_POST
@access.audience(*FILLERS)
def answer(request, pk, criterion_pk):
    """Save the answer to one criterion."""
    report = own_report(request, pk)
    rows = criteria_queries.checklist_rows(report.checklist)
    row = next((row for row in rows if row.criterion.pk == criterion_pk), None)
    if row is None:
        raise Http404
    found, form = row.answer, AnswerForm(request.POST, row=row)

    def save():
        values = dict(form.cleaned_data)
        revision = values.pop("revision")
        saved = actions.save_answer(report, found, values, by=request.user, revision=revision)
        return saved.revision

    if reply := saved_or_refused(request, form, save, _place(report, criterion_pk)):
        return reply
    return render(request, "reports/checklist_form.html", _context(report, rows, form))


@require_POST
@access.audience(*FILLERS)
def attach(request, pk, criterion_pk):
    """Attach files as evidence; each is refused or kept on its own."""
    report = own_report(request, pk)
    found = _answer(report, criterion_pk)
    uploads = request.FILES.getlist("evidence")
    if not uploads:
        attempt(request, _nothing_chosen)
    for upload in uploads:
        attempt(
            request,
            lambda upload=upload: actions.attach_evidence(report, found, upload, by=request.user),
            f"Đã đính kèm “{upload.name}”.",
        )
    return redirect(_place(report, criterion_pk))


@require_POST
@access.audience(*FILLERS)
def detach(request, pk, evidence_pk):
    """Take a file out of the draft; versions already sent keep it."""
    report = own_report(request, pk)
    evidence = get_object_or_404(
        Evidence, pk=evidence_pk, answer__checklist=report.checklist, removed_at__isnull=True
    )
    attempt(
        request,
        lambda: actions.remove_evidence(report, evidence, by=request.user),
        f"Đã gỡ “{evidence.name}”.",
    )
    return redirect(_place(report, evidence.answer.criterion_id))


def _nothing_chosen():
    raise RuleViolation("Chưa chọn tệp. Bấm “Chọn tệp”, chọn tệp minh chứng rồi bấm “Đính kèm”.")


def _answer(report, criterion_pk):
    return get_object_or_404(
        Answer.objects.select_related("criterion", "checklist"),
        checklist=report.checklist,
        criterion=criterion_pk,
    )


def _place(report, criterion_pk):
    return reverse("reports:checklist", args=[report.pk]) + f"#tieu-chi-{criterion_pk}"


def _context(report, rows, wrong=None):
    """Rows with their forms; the form that was refused stands in the place of its own."""
    forms = [
        (
            row,
            wrong if wrong and wrong.answer.pk == row.answer.pk else AnswerForm(row=row),
        )
        for row in rows
    ]
    return {"report": report, "rows": forms, "wrong": wrong, **parts.around(report, "criterion")}
