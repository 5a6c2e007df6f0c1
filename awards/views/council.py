"""Councils: the list of sessions, one council with its members, the forms of those who keep it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from awards import actions
from awards.council_exports import MEMBERS, SESSIONS, member_rows, session_rows
from awards.council_forms import CouncilForm, MemberForm
from awards.models import Council, CouncilMember
from awards.permissions import keeps_council
from awards.session_page import rounds_to_convene, sessions_for, units_without_council
from config import access, downloads
from config.refusals import attempt_in
from units.actions.exports import note_taken_away
from units.kinds import Role

PER_PAGE = 50
KEEPERS = (Role.BOARD, Role.LEADER)
form_page = require_http_methods(["GET", "HEAD", "POST"])
NO_COUNCIL = (
    "Không còn Hội đồng nào để bạn lập: Hội đồng tỉnh do Ban Thi đua - Khen thưởng lập, Hội đồng "
    "của sở, ban, ngành, huyện, xã do lãnh đạo đơn vị đó lập; mỗi đơn vị một Hội đồng."
)


@require_safe
@access.audience(access.SIGNED_IN)
def councils(request):
    """The councils that the user keeps or sits in, and their sessions."""
    context = {
        "councils": Council.objects.visible_to(request.user),
        "page": Paginator(sessions_for(request.user), PER_PAGE).get_page(request.GET.get("trang")),
        "adds": bool(units_without_council(request.user)),
    }
    return render(request, "awards/councils.html", context)


@require_safe
@access.audience(access.SIGNED_IN)
def councils_download(request, suffix):
    """The same list as a table."""
    rows = session_rows(sessions_for(request.user))
    return downloads.table(SESSIONS, rows, name="phien hop hoi dong", suffix=suffix)


@require_safe
@access.audience(access.SIGNED_IN)
def council(request, pk):
    """One council: its quorum, its members with their terms, what it may be convened for."""
    row = get_object_or_404(Council.objects.visible_to(request.user), pk=pk)
    keeps = keeps_council(request.user, row) is None
    context = {
        "council": row,
        "members": row.members.select_related("user"),
        "keeps": keeps,
        "rounds": rounds_to_convene(row) if keeps else [],
    }
    return render(request, "awards/council.html", context)


@require_safe
@access.audience(access.SIGNED_IN)
def council_download(request, pk, suffix):
    """The members as a table."""
    row = get_object_or_404(Council.objects.visible_to(request.user), pk=pk)
    note_taken_away(CouncilMember, by=request.user, unit=row.unit)
    rows = member_rows(row.members.all())
    return downloads.table(MEMBERS, rows, name=f"hoi dong {row.unit.code}", suffix=suffix)


@form_page
@access.audience(*KEEPERS)
def council_add(request):
    """Make the council of a unit."""
    units = units_without_council(request.user)
    if not units:
        messages.error(request, NO_COUNCIL)
        return redirect("awards:councils")
    return _council_form(request, CouncilForm(request.POST or None, units=units))


@form_page
@access.audience(*KEEPERS)
def council_edit(request, pk):
    """Correct its name and quorum."""
    row = get_object_or_404(Council.objects.kept_by(request.user), pk=pk)
    return _council_form(request, CouncilForm(request.POST or None, instance=row), row)


def _council_form(request, form, row=None):
    def act():
        return actions.save_council(form.instance, by=request.user)

    if form.is_valid() and (saved := attempt_in(form, act)):
        messages.success(request, f"Đã lưu {saved.name}.")
        return redirect(saved)
    return render(request, "awards/council_form.html", {"form": form, "council": row})


@form_page
@access.audience(*KEEPERS)
def member_add(request, pk):
    """Enter a member."""
    row = get_object_or_404(Council.objects.kept_by(request.user), pk=pk)
    form = MemberForm(request.POST or None, instance=CouncilMember(council=row))
    return _member_form(request, form, row)


@form_page
@access.audience(*KEEPERS)
def member_edit(request, pk, member):
    """Correct a member, or end the term."""
    row = get_object_or_404(Council.objects.kept_by(request.user), pk=pk)
    found = get_object_or_404(row.members.select_related("user"), pk=member)
    return _member_form(request, MemberForm(request.POST or None, instance=found), row)


def _member_form(request, form, row):
    def act():
        return actions.save_member(form.instance, by=request.user)

    if form.is_valid() and attempt_in(form, act):
        messages.success(request, "Đã lưu thành viên Hội đồng.")
        return redirect(row)
    return render(request, "awards/council_member.html", {"form": form, "council": row})
