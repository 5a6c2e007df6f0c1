"""Ballots: the member's own, those on paper, recusals, and the count."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards import actions, permissions
from awards.council_forms import (
    AgreementForm,
    BallotForm,
    ClosingForm,
    PaperForm,
    ReasonForm,
    RecusalForm,
)
from awards.council_rules import paper_seats, votes_missing
from awards.models import Recusal
from awards.paper import paper_mark
from awards.session_page import (
    agreed_forms,
    seat_of,
    session_for,
    session_kept,
    session_page,
    why_no_ballot,
)
from awards.states import SessionState
from config import access
from config.refusals import accepts, attempt, attempt_in
from units.kinds import Role

KEEPERS = (Role.BOARD, Role.LEADER)
form_page = require_http_methods(["GET", "HEAD", "POST"])


@sensitive_post_parameters()
@sensitive_variables("choices", "form")
@form_page
@access.audience(access.SIGNED_IN)
def ballot(request, pk):
    """One member's whole ballot, on the own screen; what was chosen is never shown again."""
    row = get_object_or_404(session_for(request.user), pk=pk)
    seat = seat_of(row, request.user)
    if why := why_no_ballot(row, seat):
        messages.info(request, why)
        return redirect(row)
    form = BallotForm(request.POST or None, session=row, seat=seat)
    if request.method == "POST":
        form.full_clean()
        choices = form.choices()

        def act():
            return actions.vote(row, choices, by=request.user)

        if attempt(request, act, "Đã nhận phiếu của bạn. Nội dung phiếu được giữ kín."):
            return redirect(row)
        return redirect("awards:ballot", row.pk)
    return render(request, "awards/ballot.html", {"form": form, "session": row})


# Recusals


@form_page
@access.audience(access.SIGNED_IN)
def recusals(request, pk):
    """Who does not vote on what: a member declares a conflict, the keeper writes one down."""
    page = session_page(get_object_or_404(session_for(request.user), pk=pk), request.user)
    seat = None if page.keeps else page.seat
    form = RecusalForm(request.POST or None, session=page.session, seat=seat)

    def act():
        return actions.recuse(*form.told(), by=request.user, reason=form.cleaned_data["reason"])

    if form.is_valid() and attempt_in(form, act):
        messages.success(request, "Đã ghi không tham gia bỏ phiếu.")
        return redirect("awards:recusals", pk)
    context = {"form": form, "page": page, "session": page.session}
    return render(request, "awards/session_recusals.html", context)


@require_POST
@access.audience(access.SIGNED_IN)
def recusal_withdraw(request, pk, recusal):
    """Take back a recusal that was declared or found by mistake."""
    row = get_object_or_404(session_for(request.user), pk=pk)
    found = get_object_or_404(Recusal, pk=recusal, case__session=row)
    form = ReasonForm(request.POST)
    if accepts(request, form):
        reason = form.cleaned_data["reason"]

        def act():
            return actions.withdraw_recusal(found, by=request.user, reason=reason)

        attempt(request, act, "Đã bỏ dòng không tham gia bỏ phiếu.")
    return redirect("awards:recusals", pk)


# On paper


@form_page
@access.audience(*KEEPERS)
def paper(request, pk):
    """Enter the paper ballots as counts."""
    row = get_object_or_404(session_kept(request.user), pk=pk)
    form = PaperForm(request.POST or None, session=row)

    def act():
        typed, by = form.cleaned_data, request.user
        return actions.enter_paper(row, typed["seats"], form.counts(), by=by, seen=typed["seen"])

    if form.is_valid() and attempt_in(form, act):
        messages.success(request, "Đã nhập phiếu giấy; cần một người khác xác nhận.")
        return redirect(row)
    return render(request, "awards/session_paper.html", {"form": form, "session": row})


@form_page
@access.audience(access.SIGNED_IN)
def paper_confirm(request, pk):
    """A second person reads the counts as entered and confirms them."""
    row = get_object_or_404(session_for(request.user), pk=pk)
    if not row.paper_at or row.confirmed_at:
        messages.info(request, "Không có phiếu giấy nào chờ xác nhận.")
        return redirect(row)
    if request.method == "POST":
        seen = request.POST.get("seen", "")
        done = "Đã xác nhận phiếu giấy."
        attempt(request, lambda: actions.confirm_paper(row, by=request.user, seen=seen), done)
        return redirect(row)
    context = {
        "session": row,
        "seats": paper_seats(row),
        "mark": paper_mark(row),
        "why": permissions.confirms_paper(request.user, row),
    }
    return render(request, "awards/session_paper_confirm.html", context)


# The count


@require_safe
@access.audience(*KEEPERS)
def count(request, pk):
    """What the council agreed where no share is known, what is in the way, and the last word."""
    row = get_object_or_404(session_kept(request.user), pk=pk)
    if row.state != SessionState.VOTING:
        messages.info(request, "Phiên họp không ở giai đoạn bỏ phiếu.")
        return redirect(row)
    return _count_page(request, row, AgreementForm(forms_and_cases=agreed_forms(row)))


def _count_page(request, row, agreement):
    missing = votes_missing(row)
    page = session_page(row, request.user)
    closing = ClosingForm(missing=missing)
    context = {"page": page, "session": row, "agreement": agreement, "missing": missing}
    context["closing"] = closing
    return render(request, "awards/session_count.html", context)


@require_POST
@access.audience(*KEEPERS)
def conclude(request, pk):
    """Keep what the council agreed."""
    row = get_object_or_404(session_kept(request.user), pk=pk)
    form = AgreementForm(request.POST, forms_and_cases=agreed_forms(row))

    def act():
        return actions.conclude(row, form.agreed(), by=request.user)

    if form.is_valid() and attempt_in(form, act):
        messages.success(request, "Đã ghi điều Hội đồng thống nhất.")
        return redirect("awards:session_count", row.pk)
    return _count_page(request, row, form)


@require_POST
@access.audience(*KEEPERS)
def close(request, pk):
    """Open the boxes and close the session for good."""
    row = get_object_or_404(session_kept(request.user), pk=pk)
    despite = bool(request.POST.get("despite_missing"))

    def act():
        return actions.close_session(row, by=request.user, despite_missing=despite)

    done = attempt(request, act, "Đã kiểm phiếu và lập biên bản.")
    return redirect("awards:session_minutes" if done else "awards:session_count", row.pk)
