"""Decisions: the list, the entry with its preview, one decision, handing over, taking back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards import actions
from awards import decision_page as pages
from awards.actions.decisions import awards_of
from awards.decision_filters import DecisionFilter
from awards.decision_forms import DecisionForm, PresentForm, RevokeForm
from awards.models import DecisionLine
from awards.submission_page import submission_page, submissions_for
from config import access, downloads
from config.refusals import accepts, attempt, attempt_in
from units.actions.exports import note_taken_away
from units.kinds import Role

PER_PAGE = 50
KEEPERS = (Role.BOARD, Role.LEADER)
READERS = (*KEEPERS, Role.REPORTER)
form_page = require_http_methods(["GET", "HEAD", "POST"])


def _asked_for(request):
    return DecisionFilter(request.GET, pages.decisions_for(request.user), request=request)


@require_safe
@access.audience(*READERS)
def decisions(request):
    """The decisions of the own unit; of the province for the board."""
    found = _asked_for(request)
    page = Paginator(found.qs, PER_PAGE).get_page(request.GET.get("trang"))
    return render(request, "awards/decisions.html", {"filter": found, "page": page})


@require_safe
@access.audience(*READERS)
def decisions_download(request, suffix):
    """The same list as a table."""
    rows = pages.decision_rows(_asked_for(request).qs)
    return downloads.table(pages.DECISIONS, rows, name="quyet dinh khen thuong", suffix=suffix)


@form_page
@access.audience(*KEEPERS)
def decision_add(request, pk):
    """Enter a signed decision: first its lines and sums are shown, then it is confirmed once."""
    row = get_object_or_404(submissions_for(request.user), pk=pk)
    if not submission_page(row, request.user).may_decide:
        messages.error(request, "Tờ trình này không có hồ sơ nào chờ bạn nhập quyết định.")
        return redirect(row)
    form, preview = DecisionForm(request.POST or None, submission=row), None
    if form.is_valid():
        preview = attempt_in(form, lambda: _preview(form))
        if preview and "confirm" in request.POST and (made := _issued(request, form)):
            messages.success(request, f"Đã nhập {made}.")
            return redirect(made)
    context = {"form": form, "submission": row, "preview": preview}
    return render(request, "awards/decision_form.html", context)


def _preview(form):
    day = form.cleaned_data["decided_on"]
    return pages.Preview(awards_of(form.chosen(), day, form.units()))


def _issued(request, form):
    return attempt_in(
        form, lambda: actions.issue_decision(form.lines(), by=request.user, **form.told())
    )


def _found(request, pk):
    return get_object_or_404(pages.decisions_for(request.user), pk=pk)


@require_safe
@access.audience(*READERS)
def decision(request, pk):
    """One decision with its lines and sums, and what may be done with them."""
    page = pages.decision_page(_found(request, pk), request.user)
    context = {
        "page": page,
        "decision": page.decision,
        "handing": PresentForm(lines=page.to_present, auto_id="trao_%s"),
        "revoking": RevokeForm(lines=page.to_revoke, auto_id="huy_%s"),
    }
    return render(request, "awards/decision.html", context)


@require_safe
@access.audience(*READERS)
def decision_download(request, pk, suffix):
    """Its lines as a table."""
    row = _found(request, pk)
    note_taken_away(DecisionLine, by=request.user, unit=row.unit)
    lines = pages.line_rows(pages.lines_of(row))
    return downloads.table(pages.LINES, lines, name=f"danh sach {row.number}", suffix=suffix)


@require_POST
@access.audience(*KEEPERS)
def decision_present(request, pk):
    """Write that awards were handed over."""
    row = _found(request, pk)
    form = PresentForm(request.POST, lines=row.lines.all())
    if accepts(request, form):
        told = form.cleaned_data

        def act():
            return actions.present(by=request.user, **told)

        attempt(request, act, f"Đã ghi trao thưởng: {len(told['lines'])} dòng.")
    return redirect(row)


@require_POST
@access.audience(*KEEPERS)
def decision_revoke(request, pk):
    """Enter the decision that takes awards back."""
    row = _found(request, pk)
    form = RevokeForm(request.POST, lines=row.lines.all())
    if not accepts(request, form):
        return redirect(row)
    lines = form.cleaned_data["lines"]
    made = attempt(
        request,
        lambda: actions.revoke_awards(lines, by=request.user, **form.told()),
        "Đã nhập quyết định hủy bỏ; sổ khen thưởng ghi ngày hủy bỏ.",
    )
    return redirect(made or row)
