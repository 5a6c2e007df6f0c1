"""Tờ trình: what waits for one, drafts, and the entry of number and day."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards import actions
from awards import submission_page as pages
from awards.models import Round
from awards.submission_exports import SUBMISSIONS, submission_rows
from awards.submission_forms import ChosenForm, NumberForm, SubmissionForm
from config import access, downloads
from config.refusals import accepts, attempt, attempt_in
from units.kinds import Role

PER_PAGE = 50
KEEPERS = (Role.BOARD, Role.LEADER)
form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@access.audience(*KEEPERS)
def submissions(request):
    """Ready groups of what the council agreed to, and the tờ trình there are."""
    found = pages.submissions_for(request.user)
    context = {
        "ready": pages.ready_groups(request.user),
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("trang")),
    }
    return render(request, "awards/submissions.html", context)


@require_safe
@access.audience(*KEEPERS)
def submissions_download(request, suffix):
    """The same list as a table."""
    rows = submission_rows(pages.submissions_for(request.user))
    return downloads.table(SUBMISSIONS, rows, name="to trinh khen thuong", suffix=suffix)


@require_POST
@access.audience(*KEEPERS)
def submission_add(request, pk):
    """Make a draft of a ready group."""
    round = get_object_or_404(Round.objects.kept_by(request.user).for_list(), pk=pk)
    form = ChosenForm(request.POST, round=round)
    if not accepts(request, form):
        return redirect("awards:submissions")
    told = form.cleaned_data

    def act():
        rows = told["nominations"]
        return actions.make_submission(round, rows, addressee=told["addressee"], by=request.user)

    made = attempt(request, act, "Đã lập dự thảo tờ trình.")
    return redirect(made or "awards:submissions")


def _found(request, pk):
    return get_object_or_404(pages.submissions_for(request.user), pk=pk)


@require_safe
@access.audience(*KEEPERS)
def submission(request, pk):
    """One tờ trình, its lines, and what may be done now."""
    page = pages.submission_page(_found(request, pk), request.user)
    numbering = NumberForm(auto_id="trinh_%s") if page.may_edit else None
    context = {"page": page, "submission": page.submission, "numbering": numbering}
    return render(request, "awards/submission.html", context)


@form_page
@access.audience(*KEEPERS)
def submission_edit(request, pk):
    """Choose other nominations for a draft, or another addressee."""
    row = _found(request, pk)
    if not pages.submission_page(row, request.user).may_edit:
        messages.error(request, "Chỉ sửa được tờ trình còn là dự thảo, của đợt bạn tổ chức.")
        return redirect(row)
    form = SubmissionForm(request.POST or None, submission=row)

    def act():
        told = form.cleaned_data
        return actions.change_submission(
            row, told["nominations"], addressee=told["addressee"], by=request.user
        )

    if form.is_valid() and attempt_in(form, act):
        messages.success(request, "Đã lưu dự thảo tờ trình.")
        return redirect(row)
    return render(request, "awards/submission_form.html", {"form": form, "submission": row})


@require_POST
@access.audience(*KEEPERS)
def submission_remove(request, pk):
    """Take a draft away."""
    row = _found(request, pk)
    removed = attempt(
        request,
        lambda: actions.remove_submission(row, by=request.user),
        "Đã xóa dự thảo tờ trình; hồ sơ chờ tờ trình khác.",
    )
    return redirect("awards:submissions" if removed else row)


@require_POST
@access.audience(*KEEPERS)
def submission_send(request, pk):
    """Enter number and day of the signed tờ trình."""
    row, form = _found(request, pk), NumberForm(request.POST)
    if accepts(request, form):
        attempt(
            request,
            lambda: actions.send_submission(row, by=request.user, **form.cleaned_data),
            "Đã ghi số, ngày; hồ sơ chuyển sang chờ quyết định.",
        )
    return redirect(row)
