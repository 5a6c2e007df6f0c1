"""Rankings: the board computes, decides and publishes; what is published everybody reads."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from campaign.queries import current_campaign
from config import access, clock, downloads
from config.paging import CountedPaginator
from config.refusals import accepts, attempt
from config.workflow import offers
from criteria import actions, exports, permissions
from criteria.filters import RankingFilter
from criteria.forms import ComputeForm, PlaceForm, PublishForm, scope_of
from criteria.models import Ranking
from criteria.queries import rankings as questions
from criteria.steps import RANKING_STEPS
from units.kinds import Role

PAGE = 50
PAGE_FOR_PRINT = 1000


@require_safe
@access.audience(access.SIGNED_IN)
def ranking_list(request):
    """Published rankings; for the board its drafts too, and the form to compute one."""
    return render(request, "criteria/rankings.html", _list_context(request))


@require_safe
@access.audience(access.SIGNED_IN)
def rankings_download(request, suffix):
    """The same list as a table."""
    rows = exports.ranking_list_rows(_asked_for(request).qs)
    return downloads.table(exports.RANKINGS, rows, name="cac bang xep hang", suffix=suffix)


@require_POST
@access.audience(Role.BOARD)
def compute(request):
    """Compute a draft, or compute it anew."""
    form = ComputeForm(request.POST, campaign=current_campaign())
    if form.is_valid():
        tier, block = form.cleaned_data["scope"]
        made = attempt(
            request,
            lambda: actions.compute_ranking(
                form.cleaned_data["period"], tier, block, by=request.user
            ),
            "Đã tính bảng xếp hạng.",
        )
        if made:
            return redirect(made)
    return render(request, "criteria/rankings.html", _list_context(request, form))


def _asked_for(request):
    return RankingFilter(request.GET, Ranking.objects.visible_to(request.user).for_list())


def _list_context(request, form=None):
    found = _asked_for(request)
    board = permissions.is_board(request.user) is None
    return {
        "filter": found,
        "page": Paginator(found.qs, PAGE).get_page(request.GET.get("trang")),
        "board": board,
        "form": form or (ComputeForm(campaign=current_campaign()) if board else None),
    }


@require_safe
@access.audience(access.SIGNED_IN)
def ranking(request, pk):
    """The table: place, unit, points, counts, ties and the board's decisions with their reason."""
    found = _found(request, pk)
    whole = "in" in request.GET
    size = PAGE_FOR_PRINT if whole else PAGE
    pages = CountedPaginator(questions.rows_in_order(found), size, count=found.units)
    page = pages.get_page(request.GET.get("trang"))
    context = {
        "ranking": found,
        "page": page,
        "lines": questions.lines(found, page),
        "unranked": questions.unranked(found),
        "whole": whole,
        "offers_print": not whole and PAGE < pages.count <= PAGE_FOR_PRINT,
        **_board_context(request, found),
    }
    return render(request, "criteria/ranking.html", context)


@require_safe
@access.audience(access.SIGNED_IN)
def ranking_download(request, pk, suffix):
    """The whole table of a ranking."""
    found = _found(request, pk)
    rows = exports.ranking_rows(found, questions.rows_in_order(found))
    return downloads.table(exports.RANKING, rows, name=f"xep hang {found}", suffix=suffix)


def _board_context(request, found):
    """What only the board sees: the steps with their obstacles, doubled places, the forms."""
    if permissions.is_board(request.user) or not found.is_editable:
        return {"steps": [], "doubled": [], "unscored": [], "editable": False, "scope": ""}
    incomplete = questions.readiness(found).unscored
    names = ["publish", "publish_incomplete"] if incomplete else ["publish"]
    steps = {name: RANKING_STEPS[name] for name in names}
    return {
        "steps": offers(steps, found, by=request.user, now=clock.now()),
        "doubled": questions.doubled_places(found) if found.decided else [],
        "unscored": [unit.unit_id for unit in incomplete],
        "editable": True,
        "scope": scope_of(found.tier, found.block),
    }


@require_POST
@access.audience(Role.BOARD)
def place(request, pk, row_pk):
    """Decide a unit's place, or take the decision back."""
    found = _found(request, pk)
    row = get_object_or_404(found.rows, pk=row_pk)
    form = PlaceForm(request.POST)
    if accepts(request, form):
        attempt(
            request,
            lambda: actions.decide_place(row, by=request.user, **form.cleaned_data),
            "Đã ghi quyết định về hạng.",
        )
    return redirect(found)  # to the head of the page, where the words stand


@require_POST
@access.audience(Role.BOARD)
def publish(request, pk):
    """Publish a draft for good."""
    found = _found(request, pk)
    form = PublishForm(request.POST)
    if accepts(request, form):
        attempt(
            request,
            lambda: actions.publish_ranking(found, by=request.user, override=form.override()),
            "Đã công bố bảng xếp hạng; điểm và thứ hạng không đổi được nữa.",
        )
    return redirect(found)


def _found(request, pk):
    return get_object_or_404(questions.rankings_for_page(request.user), pk=pk)
