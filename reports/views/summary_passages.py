"""Choosing passages of accepted reports for a draft summary."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from config import access
from config.refusals import attempt
from reports.actions import summaries as actions
from reports.figures.counting import covered_periods
from reports.queries import summaries as queries
from reports.summary_forms import PassageSearch
from reports.views.summaries import COMPOSERS, editable_or_told, visible_summary

PAGE = 20
DROP, UP, DOWN = "bo", "len", "xuong"
DEEDS = (DROP, UP, DOWN)


@require_safe
@access.audience(*COMPOSERS)
def passages(request, pk):
    """The passages chosen so far, and the sections to choose from."""
    draft = editable_or_told(request, pk)
    if draft is None:
        return redirect("reports:summary", pk)
    periods = covered_periods(draft.period)
    headings = queries.quotable_headings(draft.period.campaign)
    search = PassageSearch(request.GET, periods=periods, headings=headings)
    chosen = search.chosen()
    sections = queries.matching_sections(
        queries.quotable_sections(periods),
        q=chosen["q"], code=chosen["muc"], tier=chosen["nhom"], period=chosen["ky"],
    )  # fmt: skip
    page = Paginator(sections, PAGE).get_page(request.GET.get("trang"))
    selections = queries.chosen_selections(draft)
    context = {
        "summary": draft,
        "search": search,
        "page": page,
        "selections": selections,
        "taken": {selection.section_id for selection in selections},
        "longest": queries.PASSAGE_LENGTH,
    }
    return render(request, "reports/summary_passages.html", context)


@require_POST
@access.audience(*COMPOSERS)
def choose(request, pk, section_pk):
    """Copy the words into the draft."""
    draft = visible_summary(request, pk)
    section = get_object_or_404(
        queries.quotable_sections(covered_periods(draft.period)), pk=section_pk
    )
    text = request.POST.get("text", "")
    success = f"Đã trích: {section.report.unit}, {section.outline.title}."
    attempt(request, lambda: actions.choose_passage(draft, section, text, by=request.user), success)
    return redirect(_back(request, draft))


@require_POST
@access.audience(*COMPOSERS)
def change(request, pk, selection_pk, deed):
    """Take a passage out, or move it up or down."""
    if deed not in DEEDS:
        raise Http404
    draft = visible_summary(request, pk)
    selection = get_object_or_404(draft.selections, pk=selection_pk)
    attempt(request, lambda: _do(deed, selection, by=request.user))
    return redirect(_back(request, draft))


def _do(deed, selection, *, by):
    if deed == DROP:
        return actions.drop_passage(selection, by=by)
    return actions.move_passage(selection, up=deed == UP, by=by)


def _back(request, draft) -> str:
    """The same page with the same search."""
    query = request.META.get("QUERY_STRING", "")
    return reverse("reports:summary_passages", args=[draft.pk]) + (f"?{query}" if query else "")
