"""The criteria of the plan, open to everybody, and the board's scale of points."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from campaign.queries import current_campaign
from config import access, downloads
from config.refusals import attempt
from criteria import actions, exports, permissions, rules
from criteria.forms import PointsForm, VersionForm
from criteria.models import CriteriaSet
from criteria.queries import LOCAL_RULE
from criteria.queries import sets as questions
from units.kinds import Role


@require_safe
@access.audience(access.PUBLIC)
def plan_sets(request):
    """Section III.1: the criteria of all seven groups."""
    return render(request, "criteria/sets.html", {"sets": questions.plan_sets(current_campaign())})


@require_safe
@access.audience(access.PUBLIC)
def plan_sets_download(request, suffix):
    """The criteria of all groups in one table."""
    rows = exports.set_rows(questions.plan_sets(current_campaign()))
    return downloads.table(exports.SETS, rows, name="tieu chi thi dua", suffix=suffix)


@require_safe
@access.audience(access.PUBLIC)
def criteria_set(request, pk):
    """One group in full, with the local points; the board may set them."""
    return render(request, "criteria/set.html", _context(request, _found(pk)))


@require_safe
@access.audience(access.PUBLIC)
def set_download(request, pk, suffix):
    """The criteria of one group."""
    found = _found(pk)
    name = f"tieu chi nhom {found.letter} phien ban {found.version}"
    return downloads.table(exports.SETS, exports.set_rows([found]), name=name, suffix=suffix)


@require_POST
@access.audience(Role.BOARD)
def set_points(request, pk):
    """Save the scale of points of a set."""
    found = _found(pk)
    form = PointsForm(request.POST, shares=questions.shares_of(found))
    if form.is_valid() and attempt(
        request,
        lambda: actions.configure_points(found, form.points(), by=request.user),
        "Đã lưu thang điểm.",
    ):
        return redirect("criteria:set", pk=found.pk)
    return render(request, "criteria/set.html", _context(request, found, form=form))


@require_POST
@access.audience(Role.BOARD)
def set_version(request, pk):
    """Make the next version of a set, to hold from a year on."""
    found = _found(pk)
    form = VersionForm(request.POST)
    if form.is_valid() and (
        made := attempt(
            request,
            lambda: actions.new_version(found, by=request.user, **form.cleaned_data),
            "Đã lập phiên bản mới.",
        )
    ):
        return redirect("criteria:set", pk=made.pk)
    return render(request, "criteria/set.html", _context(request, found, version_form=form))


def _found(pk):
    return get_object_or_404(questions.with_criteria(CriteriaSet.objects), pk=pk)


def _context(request, found, form=None, version_form=None):
    shares = questions.shares_of(found)
    user = request.user
    board = user.is_authenticated and permissions.is_board(user) is None
    return {
        "set": found,
        "shares": shares,
        "versions": questions.versions_of(found),
        "local_rule": LOCAL_RULE,
        "board": board,
        "frozen": (rules.still_open(found) or "") if board else "",
        "form": (form or PointsForm(shares=shares)) if board else None,
        "version_form": (version_form or VersionForm()) if board else None,
    }
