"""Dossiers: the list, the beginning of one, one with where it stands, its steps."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards import actions
from awards.appraisal_page import findings_for_page
from awards.candidates import SHOWN, candidate_of, candidates_for, found_by, proposers_for
from awards.models import Flag, Nomination
from awards.nomination_exports import NOMINATIONS, nomination_rows
from awards.nomination_filters import NominationFilter, numbers_by_state
from awards.nomination_forms import BeginForm, offers_for
from awards.nomination_page import nomination_page, nominations_for, sections_of
from awards.steps import BY_ONE, NOMINATION_STEPS
from config import access, clock, downloads
from config.paging import KeyedPaginator
from config.refusals import attempt
from units.actions.exports import note_taken_away
from units.kinds import Role

PER_PAGE = 50
WRITERS = (Role.REPORTER, Role.LEADER)
form_page = require_http_methods(["GET", "HEAD", "POST"])


def _asked_for(request):
    rows = Nomination.objects.visible_to(request.user).for_list()
    return NominationFilter(request.GET, rows, request=request)


@require_safe
@access.audience(access.SIGNED_IN)
def nominations(request):
    """The dossiers that the user may see, filtered in the address, with the numbers by state."""
    found = _asked_for(request)
    context = {
        "filter": found,
        "page": KeyedPaginator(found.qs, PER_PAGE).get_page(request.GET.get("trang")),
        "numbers": numbers_by_state(found.qs),
        "begins": bool(proposers_for(request.user)),
    }
    return render(request, "awards/nominations.html", context)


@require_safe
@access.audience(access.SIGNED_IN)
def nominations_download(request, suffix):
    """The same list as a table."""
    note_taken_away(Nomination, by=request.user)
    rows = nomination_rows(_asked_for(request).qs)
    return downloads.table(NOMINATIONS, rows, name="ho so de nghi khen thuong", suffix=suffix)


# Beginning one


@form_page
@access.audience(*WRITERS)
def nomination_begin(request):
    """First the form and the kind of candidate, then the candidate, found by a search."""
    chosen = "hinh_thuc" in request.GET and "doi_tuong" in request.GET
    form = BeginForm(request.GET if chosen else None, user=request.user, initial=request.GET.dict())
    if not (chosen and form.is_valid()):
        context = {"form": form, "any_offer": offers_for(request.user).exists()}
        return render(request, "awards/nomination_begin.html", context)
    if request.method == "POST":
        if nomination := _begun(request, form.cleaned_data):
            return redirect(nomination)
        return redirect(request.get_full_path())
    return render(request, "awards/nomination_candidate.html", _search(request, form))


def _search(request, form):
    """What the words of the address find among the unit's own."""
    data, words = form.cleaned_data, request.GET.get("q", "")[:100]
    rows = candidates_for(request.user, data["don_vi"], data["doi_tuong"], clock.today())
    found = found_by(rows, words)
    return {
        "data": data,
        "recipient": dict(form.fields["doi_tuong"].choices)[data["doi_tuong"]],
        "asked": {name: value for name, value in request.GET.items() if name not in ("q", "trang")},
        "words": words,
        "found": [
            candidate_of(data["doi_tuong"], whom, data["don_vi"], clock.today())
            for whom in found[:SHOWN]
        ],
        "more": len(found) > SHOWN,
        "flag": _flag(request, data),
    }


def _begun(request, data):
    """The dossier of the candidate that was chosen; None when refused, with the reasons told."""
    rows = candidates_for(request.user, data["don_vi"], data["doi_tuong"], clock.today())
    key = request.POST.get("ai", "")
    whom = get_object_or_404(rows, pk=int(key)) if key.isascii() and key.isdigit() else None
    if whom is None:
        messages.error(request, "Hãy chọn người, tập thể hoặc hộ được đề nghị.")
        return None
    candidate = candidate_of(data["doi_tuong"], whom, data["don_vi"], clock.today())
    told = {"proposer": data["don_vi"], "award_type": data["loai"], "flag": _flag(request, data)}
    return attempt(
        request,
        lambda: actions.start_nomination(data["hinh_thuc"], candidate, by=request.user, **told),
        "Đã lập hồ sơ. Những gì cổng đã biết được điền sẵn; hãy xem lại và điền tiếp từng phần.",
    )


def _flag(request, data):
    """The flag that led here, while it waits for the user's answer."""
    if data["gioi_thieu"] is None:
        return None
    return get_object_or_404(Flag.objects.waiting_for(request.user), pk=data["gioi_thieu"])


# One dossier


@require_safe
@access.audience(access.SIGNED_IN)
def nomination(request, pk):
    """The whole dossier on one page: who, for what, what was done, where it stands, what to do."""
    page = nomination_page(get_object_or_404(nominations_for(request.user), pk=pk), request.user)
    sections = sections_of(page) if page.may_edit else []
    context = {"page": page, "nomination": page.nomination, "sections": sections}
    context["findings"] = findings_for_page(page.nomination, request.user)
    return render(request, "awards/nomination.html", context)


@require_safe
@access.audience(*WRITERS)
def nomination_check(request, pk):
    """The last look before it is sent: everything that is missing, and the step itself."""
    row = get_object_or_404(nominations_for(request.user), pk=pk)
    page = nomination_page(row, request.user)
    if not page.may_edit:
        return redirect(row)
    context = {"page": page, "nomination": row, "sections": sections_of(page)}
    context["steps"] = [step for step in page.steps if step.name == "submit"]
    context["findings"] = findings_for_page(row, request.user)
    return render(request, "awards/nomination_check.html", context)


@require_POST
@access.audience(access.SIGNED_IN)
def nomination_step(request, pk, name):
    """Take one step; a double click finds the second one refused by the state."""
    if name not in BY_ONE:
        raise Http404
    row = get_object_or_404(nominations_for(request.user), pk=pk)
    note = request.POST.get("note", "")
    attempt(
        request,
        lambda: actions.take_nomination_step(row, name, by=request.user, note=note),
        f"Đã ghi nhận: {NOMINATION_STEPS[name].label}.",
    )
    visible = nominations_for(request.user).filter(pk=pk).exists()
    return redirect(row if visible else "awards:nominations")


@require_POST
@access.audience(*WRITERS)
def nomination_remove(request, pk):
    """Take a draft away."""
    row = get_object_or_404(nominations_for(request.user), pk=pk)

    def act():
        return actions.remove_nomination(row, by=request.user)

    removed = attempt(request, act, "Đã xóa hồ sơ đang lập.")
    return redirect(reverse("awards:nominations") if removed else row)
