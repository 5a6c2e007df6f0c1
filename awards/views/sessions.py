"""A council's session: convening, one session for keeper and member, presence, screen, minutes."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards import actions
from awards.council_exports import CASES, case_rows
from awards.council_forms import PresenceForm, ReasonForm, SessionForm
from awards.minutes import minutes_of
from awards.models import Council, Nomination
from awards.session_page import (
    nominations_to_table,
    rounds_to_convene,
    session_for,
    session_kept,
    session_page,
)
from awards.states import SessionState
from config import access, downloads
from config.refusals import accepts, attempt, attempt_in
from units.actions.exports import note_taken_away
from units.kinds import Role

KEEPERS = (Role.BOARD, Role.LEADER)
REFRESH = 10
"""Seconds after which the projector's page asks anew."""
form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
@access.audience(*KEEPERS)
def session_convene(request, pk, round_pk):
    """Invite the council to a session on dossiers of a round."""
    council = get_object_or_404(Council.objects.kept_by(request.user), pk=pk)
    round = get_object_or_404(rounds_to_convene(council), pk=round_pk)
    form = SessionForm(request.POST or None, nominations=nominations_to_table(round))

    def act():
        rows = form.cleaned_data["nominations"]
        return actions.convene_session(council, round, rows, by=request.user, **form.told())

    if form.is_valid() and (session := attempt_in(form, act)):
        messages.success(request, "Đã triệu tập phiên họp; thư mời đã gửi tới thành viên.")
        return redirect(session)
    context = {"form": form, "council": council, "round": round}
    return render(request, "awards/session_form.html", context)


@form_page
@access.audience(*KEEPERS)
def session_agenda(request, pk):
    """Before voting: another date or place, cases that come and go."""
    row = get_object_or_404(session_kept(request.user), pk=pk)
    form = SessionForm.of(row, request.POST or None, nominations_to_table(row.round, row))

    def act():
        rows = form.cleaned_data["nominations"]
        return actions.change_agenda(row, by=request.user, nominations=rows, **form.told())

    if form.is_valid() and attempt_in(form, act):
        messages.success(request, "Đã lưu chương trình phiên họp.")
        return redirect(row)
    context = {"form": form, "council": row.council, "round": row.round, "session": row}
    return render(request, "awards/session_form.html", context)


@require_POST
@access.audience(*KEEPERS)
def session_cancel(request, pk):
    """Call a session off before voting."""
    row, form = get_object_or_404(session_kept(request.user), pk=pk), ReasonForm(request.POST)
    if not accepts(request, form):
        return redirect(row)
    reason = form.cleaned_data["reason"]

    def act():
        return actions.cancel_session(row, by=request.user, reason=reason)

    gone = attempt(request, act, "Đã hủy phiên họp; hồ sơ chờ phiên khác.")
    return redirect("awards:councils" if gone else row)


@require_safe
@access.audience(access.SIGNED_IN)
def session(request, pk):
    """One session: where it stands, what the reader may do now; no interim result."""
    page = session_page(get_object_or_404(session_for(request.user), pk=pk), request.user)
    context = {"page": page, "session": page.session, "removal": ReasonForm(auto_id="huy_%s")}
    return render(request, "awards/session.html", context)


@require_safe
@access.audience(access.SIGNED_IN)
def session_download(request, pk, suffix):
    """The cases of a session as a table, results once they were counted."""
    row = get_object_or_404(session_for(request.user), pk=pk)
    note_taken_away(Nomination, by=request.user, unit=row.council.unit)
    return downloads.table(CASES, case_rows(row), name=f"phien hop {row.pk}", suffix=suffix)


@require_safe
@access.audience(access.SIGNED_IN)
def session_invitation(request, pk):
    """The invitation to print, without names of candidates."""
    page = session_page(get_object_or_404(session_for(request.user), pk=pk), request.user)
    context = {"page": page, "session": page.session, "forms": page.forms}
    return render(request, "awards/session_invitation.html", context)


@form_page
@access.audience(*KEEPERS)
def session_presence(request, pk):
    """Who is present, answers in writing, is absent."""
    row = get_object_or_404(session_kept(request.user), pk=pk)
    form = PresenceForm(request.POST or None, session=row)

    def act():
        return actions.mark_presence(row, form.told(), by=request.user)

    if form.is_valid() and attempt_in(form, act):
        messages.success(request, "Đã lưu điểm danh.")
        return redirect(row)
    return render(request, "awards/session_presence.html", {"form": form, "session": row})


@require_POST
@access.audience(*KEEPERS)
def session_step(request, pk, name):
    """Open the vote."""
    if name != "open":
        raise Http404
    row = get_object_or_404(session_kept(request.user), pk=pk)
    attempt(request, lambda: actions.open_voting(row, by=request.user), "Đã mở bỏ phiếu.")
    return redirect(row)


@require_safe
@access.audience(access.SIGNED_IN)
def session_screen(request, pk):
    """For the projector: numbers only while the vote runs, the results after."""
    page = session_page(get_object_or_404(session_for(request.user), pk=pk), request.user)
    context = {"page": page, "session": page.session}
    response = render(request, "awards/session_screen.html", context)
    if not page.is_closed:
        response["Refresh"] = str(REFRESH)
    return response


@require_safe
@access.audience(access.SIGNED_IN)
def session_minutes(request, pk):
    """What was decided, as frozen."""
    row = get_object_or_404(session_for(request.user), pk=pk)
    if row.state != SessionState.CLOSED:
        raise Http404
    context = {"session": row, "minutes": minutes_of(row)}
    return render(request, "awards/session_minutes.html", context)
