"""The unit answers the criteria of its tier and attaches its evidence."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from config import access
from config.refusals import attempt
from config.uploads import megabytes
from config.workflow import RuleViolation
from criteria.models import Answer, Evidence
from reports import actions, checks
from reports.forms import AnswerForm
from reports.queries import parts
from reports.views.filling import FILLERS, saved_or_refused
from reports.views.loading import own_report


@require_http_methods(["GET", "HEAD"])
@access.audience(*FILLERS)
def checklist(request, pk):
    """All criteria of the unit's tier on one page; each saves by itself."""
    report = own_report(request, pk)
    rows = checks.criteria_of(report)
    return render(request, "reports/checklist_form.html", _context(request, report, rows))


@require_http_methods(["GET", "HEAD", "POST"])
@access.audience(*FILLERS)
def answer(request, pk, criterion_pk):
    """Save the answer to one criterion; who opens the address is shown its place on the page."""
    report = own_report(request, pk)
    if request.method != "POST":
        return redirect(_place(report, criterion_pk))
    rows = checks.criteria_of(report)
    row = next((row for row in rows if row.criterion.pk == criterion_pk), None)
    if row is None:
        raise Http404
    found, form = row.answer, AnswerForm(request.POST, row=row)

    def save():
        values = dict(form.cleaned_data)
        revision = values.pop("revision")
        saved = actions.save_answer(report, found, values, by=request.user, revision=revision)
        return saved.revision

    told = f"Đã lưu tiêu chí {row.criterion.number}."
    if reply := saved_or_refused(request, form, save, _place(report, criterion_pk), told):
        return reply
    return render(request, "reports/checklist_form.html", _context(request, report, rows, form))


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
        criterion__pk=criterion_pk,
    )


def _place(report, criterion_pk):
    """The criterion on its page; the messages stand there too, where the reader is taken."""
    page = reverse("reports:checklist", args=[report.pk], query={"tai": criterion_pk})
    return f"{page}#tieu-chi-{criterion_pk}"


def _context(request, report, rows, wrong=None):
    """Rows with their forms; the form that was refused stands in the place of its own."""
    forms = [
        (
            row,
            wrong if wrong and wrong.answer.pk == row.answer.pk else AnswerForm(row=row),
        )
        for row in rows
    ]
    at = request.GET.get("tai", "")
    return {
        "report": report,
        "rows": forms,
        "at": next((row.criterion.pk for row in rows if str(row.criterion.pk) == at), None),
        "limits": {
            "size": megabytes(settings.EVIDENCE_MAX_BYTES),
            "files": settings.EVIDENCE_MAX_FILES,
        },
        **parts.around(report, "criterion"),
    }
