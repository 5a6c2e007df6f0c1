"""The appraisal: the queue, one dossier's findings and verdict, verdicts applied together."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards import actions
from awards.appraisal_forms import (
    QUEUE,
    AnswerForm,
    HoldForm,
    OpinionForm,
    QueueFilter,
    ReasonForm,
    VerdictForm,
    queue_rows,
)
from awards.appraisal_page import findings_for_page, lines_of, pending_for, queue_for
from awards.models import Nomination
from awards.similarity import side_by_side
from config import access, downloads
from config.refusals import accepts, attempt
from units.actions.exports import note_taken_away
from units.kinds import Role

PER_PAGE = 50
form_page = require_http_methods(["GET", "HEAD", "POST"])
APPRAISERS = (Role.BOARD, Role.LEADER)


def _asked_for(request):
    return QueueFilter(request.GET, queue_for(request.user), request=request)


@require_safe
@access.audience(*APPRAISERS)
def appraisals(request):
    """What lies at the user's desk, with findings, rank and pending verdict."""
    found = _asked_for(request)
    page = Paginator(found.qs, PER_PAGE).get_page(request.GET.get("trang"))
    context = {"filter": found, "page": page, "lines": lines_of(list(page))}
    return render(request, "awards/appraisals.html", context)


@require_safe
@access.audience(*APPRAISERS)
def appraisals_download(request, suffix):
    """The same list as a table."""
    note_taken_away(Nomination, by=request.user)
    rows = queue_rows(_asked_for(request).qs)
    return downloads.table(QUEUE, rows, name="ho so cho tham dinh", suffix=suffix)


@require_POST
@access.audience(*APPRAISERS)
def appraisals_back(request):
    """Take the appraisal of the chosen dossiers back, with one reason, all or none."""
    form = ReasonForm(request.POST)
    chosen = queue_for(request.user).in_list(request.POST.getlist("ho_so"))
    if accepts(request, form):
        reason = form.cleaned_data["reason"]
        attempt(
            request,
            lambda: actions.move(chosen, "take_back", by=request.user, note=reason),
            "Đã bỏ kết quả thẩm định của các hồ sơ đã chọn.",
        )
    return redirect("awards:appraisals")


@require_POST
@access.audience(*APPRAISERS)
def appraisals_verdict(request):
    """One verdict for the chosen dossiers, to wait with the others; each is judged by itself."""
    form = VerdictForm(request.POST)
    chosen = queue_for(request.user).in_list(request.POST.getlist("ho_so"))
    if not chosen:
        messages.error(request, "Hãy chọn ít nhất một hồ sơ trong danh sách.")
    elif accepts(request, form):
        attempt(
            request,
            lambda: actions.set_verdicts(chosen, by=request.user, **form.cleaned_data),
            "Đã ghi kết luận; kết luận chờ áp dụng.",
        )
    return redirect("awards:appraisals")


@form_page
@access.audience(*APPRAISERS)
def appraisals_apply(request):
    """Every name with its verdict, then all applied by one act, or none."""
    rows = pending_for(request.user)
    if request.method == "POST":
        shown = set(request.POST.getlist("ket_luan"))
        verdicts = [row.pending for row in rows if row.pending.mark in shown]

        def act():
            return actions.apply_verdicts(verdicts, by=request.user, expected=len(shown))

        if attempt(request, act, f"Đã áp dụng {len(verdicts)} kết luận thẩm định."):
            return redirect("awards:appraisals")
        rows = pending_for(request.user)
    return render(request, "awards/appraisals_apply.html", {"lines": lines_of(rows)})


# One dossier


def _nomination(request, pk):
    rows = Nomination.objects.visible_to(request.user).for_list().select_related("pending")
    return get_object_or_404(rows, pk=pk)


@require_safe
@access.audience(access.SIGNED_IN)
def appraisal(request, pk):
    """The findings of one dossier, its papers, holds, opinions and the verdict."""
    nomination = _nomination(request, pk)
    context = {
        "nomination": nomination,
        "page": findings_for_page(nomination, request.user),
        "verdict": VerdictForm(auto_id="ket_luan_%s"),
        "hold": HoldForm(auto_id="tam_dung_%s"),
        "opinion": OpinionForm(auto_id="hiep_y_%s"),
        "answer": AnswerForm(auto_id=False),
    }
    return render(request, "awards/appraisal.html", context)


def _done(request, nomination, form, act, success):
    """Do what a small form of the panel asks for, and go back to the panel."""
    if accepts(request, form):
        attempt(request, lambda: act(**form.cleaned_data, by=request.user), success)
    return redirect("awards:appraisal", nomination.pk)


@require_POST
@access.audience(*APPRAISERS)
def appraisal_verdict(request, pk):
    """Note the verdict on one dossier, or take it back."""
    nomination = _nomination(request, pk)
    if "bo" in request.POST:
        attempt(
            request,
            lambda: actions.clear_verdict(nomination, by=request.user),
            "Đã bỏ kết luận chờ áp dụng.",
        )
        return redirect("awards:appraisal", pk)

    def act(**told):
        return actions.set_verdict(nomination, **told)

    return _done(request, nomination, VerdictForm(request.POST), act, "Đã ghi kết luận.")


@require_POST
@access.audience(*APPRAISERS)
def appraisal_override(request, pk):
    """Set one finding aside with a reason."""
    nomination = _nomination(request, pk)
    code, mark = request.POST.get("code", ""), request.POST.get("mark", "")

    def act(**told):
        return actions.override_finding(nomination, code, mark, **told)

    return _done(request, nomination, ReasonForm(request.POST), act, "Đã ghi quyết định.")


@require_POST
@access.audience(*APPRAISERS)
def appraisal_hold(request, pk):
    """Let the dossier wait."""
    nomination = _nomination(request, pk)

    def act(**told):
        return actions.hold(nomination, **told)

    return _done(request, nomination, HoldForm(request.POST), act, "Đã tạm dừng xét hồ sơ.")


@require_POST
@access.audience(*APPRAISERS)
def appraisal_lift(request, pk, hold_pk):
    """End a hold."""
    nomination = _nomination(request, pk)
    standing = get_object_or_404(nomination.holds, pk=hold_pk)

    def act(**told):
        return actions.lift_hold(standing, **told)

    return _done(request, nomination, ReasonForm(request.POST), act, "Đã bỏ tạm dừng.")


@require_POST
@access.audience(*APPRAISERS)
def appraisal_ask(request, pk):
    """Note that a body was asked for its opinion."""
    nomination = _nomination(request, pk)

    def act(**told):
        return actions.ask_opinion(nomination, **told)

    return _done(request, nomination, OpinionForm(request.POST), act, "Đã ghi việc hỏi hiệp y.")


@require_POST
@access.audience(*APPRAISERS)
def appraisal_answer(request, pk, opinion_pk):
    """Write what the body answered."""
    nomination = _nomination(request, pk)
    asked = get_object_or_404(nomination.consultations, pk=opinion_pk)

    def act(**told):
        return actions.record_opinion(asked, **told)

    return _done(request, nomination, AnswerForm(request.POST), act, "Đã ghi ý kiến trả lời.")


@require_safe
@access.audience(access.SIGNED_IN)
def alike_reports(request, pk, other):
    """Two achievement reports side by side, for whoever may see both dossiers."""
    one, two = _nomination(request, pk), _nomination(request, other)
    context = {"nomination": one, "other": two, "pair": side_by_side(one, two)}
    return render(request, "awards/alike_reports.html", context)
