"""Candidates pointed out to the unit in charge: the list, a new one, one with its answer."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards import actions, permissions
from awards.models import Flag
from awards.nomination_exports import FLAGS, flag_rows
from awards.nomination_forms import DeclineForm, FlagForm
from config import access, downloads
from config.refusals import accepts, attempt, attempt_in
from units.actions.exports import note_taken_away
from units.kinds import Role

PER_PAGE = 50
WRITERS = (Role.REPORTER, Role.LEADER)
form_page = require_http_methods(["GET", "HEAD", "POST"])


def _listed(request):
    return Flag.objects.visible_to(request.user).for_list()


@require_safe
@access.audience(*WRITERS)
def flags(request):
    """Those to the user's units and those from them, the newest first."""
    page = Paginator(_listed(request), PER_PAGE).get_page(request.GET.get("trang"))
    return render(request, "awards/flags.html", {"page": page})


@require_safe
@access.audience(*WRITERS)
def flags_download(request, suffix):
    """The same list as a table."""
    note_taken_away(Flag, by=request.user)
    rows = flag_rows(_listed(request))
    return downloads.table(FLAGS, rows, name="gioi thieu khen thuong", suffix=suffix)


@form_page
@access.audience(*WRITERS)
def flag_add(request):
    """Point a candidate out to the unit in charge."""
    form = FlagForm(request.POST or None, user=request.user)

    def act():
        return actions.flag_candidate(form.instance, by=request.user)

    if form.is_valid() and (flag := attempt_in(form, act)):
        messages.success(request, f"Đã giới thiệu tới {flag.unit}.")
        return redirect(flag)
    return render(request, "awards/flag_form.html", {"form": form})


@require_safe
@access.audience(*WRITERS)
def flag(request, pk):
    """One flag: who, why, and the answer, or the two ways to answer."""
    found = get_object_or_404(_listed(request), pk=pk)
    answers = found.state == Flag.State.OPEN and not permissions.answers_flag(request.user, found)
    context = {"flag": found, "answers": answers, "form": DeclineForm(auto_id="tl_%s")}
    return render(request, "awards/flag.html", context)


@require_POST
@access.audience(*WRITERS)
def flag_decline(request, pk):
    """Answer that no dossier is begun, and why."""
    found = get_object_or_404(_listed(request), pk=pk)
    form = DeclineForm(request.POST)
    if accepts(request, form):
        answer = form.cleaned_data["answer"]
        attempt(
            request,
            lambda: actions.decline_flag(found, by=request.user, answer=answer),
            "Đã trả lời đơn vị giới thiệu.",
        )
    return redirect(found)
