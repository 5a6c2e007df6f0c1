"""The ledger of contributions: the list with its sums, and single rows by hand."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaign import actions, exports, permissions
from campaign.contribution_forms import ContributionForm, CorrectionForm, RemovalForm
from campaign.filters import ContributionFilter
from campaign.imports import CONTRIBUTIONS, contribution_rows
from campaign.queries import contributions as questions
from config import access, downloads
from config.paging import KeyedPaginator
from config.refusals import accepts, attempt, attempt_in
from units.kinds import Role

PER_PAGE = 50
READERS = (*Role.OF_UNIT, *Role.PROVINCE_WIDE)
RECORDERS = (*Role.OF_UNIT, Role.BOARD, Role.POVERTY_DESK)
form_page = require_http_methods(["GET", "HEAD", "POST"])


def _asked_for(request):
    return ContributionFilter(
        request.GET, questions.contributions_for(request.user), request=request
    )


@require_safe
@access.audience(*READERS)
def contributions(request):
    """Who gave what to which commune, with the sums of what the filter finds."""
    found = _asked_for(request)
    totals = questions.totals(found.qs)
    pages = KeyedPaginator(found.qs, PER_PAGE, count=totals["rows"])
    page = pages.get_page(request.GET.get("trang"))
    page.object_list = questions.with_rights(page.object_list, request.user)
    context = {
        "filter": found,
        "page": page,
        "totals": totals,
        "years": questions.by_year(found.qs),
        "records": permissions.keeps_contributions(request.user) is None,
    }
    return render(request, "campaign/contributions.html", context)


@require_safe
@access.audience(*READERS)
def contributions_download(request, suffix):
    """The same list as a table, in the shape in which contributions come in."""
    rows = contribution_rows(_asked_for(request).qs)
    return downloads.table(CONTRIBUTIONS, rows, name="dong gop", suffix=suffix)


@require_safe
@access.audience(*READERS)
def by_commune(request):
    """The sums by receiving commune and year."""
    found = _asked_for(request)
    page = Paginator(questions.by_commune(found.qs), PER_PAGE).get_page(request.GET.get("trang"))
    context = {"filter": found, "page": page, "totals": questions.totals(found.qs)}
    return render(request, "campaign/contributions_by_commune.html", context)


@require_safe
@access.audience(*READERS)
def by_commune_download(request, suffix):
    """The same sums as a table."""
    rows = exports.commune_sum_rows(questions.by_commune(_asked_for(request).qs))
    return downloads.table(exports.COMMUNE_SUMS, rows, name="dong gop theo xa", suffix=suffix)


@form_page
@access.audience(*RECORDERS)
def contribution_add(request):
    """Record what one enterprise gave to one commune in one year."""
    refusal = permissions.keeps_contributions(request.user)
    if refusal:
        messages.error(request, refusal)
        return redirect("campaign:contributions")
    form = ContributionForm(request.POST or None, user=request.user)
    if form.is_valid():
        row = form.contribution()
        if attempt_in(form, lambda: actions.save_contribution(row, by=request.user)):
            messages.success(request, f"Đã ghi đóng góp: {row}.")
            return redirect("campaign:contributions")
    return render(request, "campaign/contribution_add.html", {"form": form})


def _recordable(request, pk):
    """A contribution that the user may correct; what others record is not told."""
    rows = questions.contributions_for(request.user).filter(permissions.recordable(request.user))
    return get_object_or_404(rows, pk=pk)


@form_page
@access.audience(*RECORDERS)
def contribution(request, pk):
    """Correct the figures of a contribution."""
    row = _recordable(request, pk)
    figures = {name: getattr(row, name) for name in ("amount", "households", "jobs")}
    form = CorrectionForm(request.POST or None, initial=figures)
    if form.is_valid() and attempt_in(form, lambda: _corrected(row, form, by=request.user)):
        messages.success(request, f"Đã lưu đóng góp: {row}.")
        return redirect("campaign:contributions")
    context = {"form": form, "row": row, "removal": RemovalForm(auto_id="xoa_%s")}
    return render(request, "campaign/contribution.html", context)


def _corrected(row, form, *, by):
    for name, value in form.figures().items():
        setattr(row, name, value)
    return actions.save_contribution(row, by=by, reason=form.cleaned_data["reason"])


@require_POST
@access.audience(*RECORDERS)
def contribution_remove(request, pk):
    """Take a contribution out of the ledger."""
    row, form = _recordable(request, pk), RemovalForm(request.POST)
    if not accepts(request, form):
        return redirect("campaign:contribution", pk)
    said = f"Đã xóa đóng góp: {row}."
    reason = form.cleaned_data["reason"]
    attempt(request, lambda: actions.remove_contribution(row, by=request.user, reason=reason), said)
    return redirect("campaign:contributions")
