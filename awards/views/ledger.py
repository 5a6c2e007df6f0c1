"""The ledger of honours: who was honoured, by whom, for what."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards import actions, likeness, queries
from awards.filters import HonourFilter
from awards.forms import HonourForm, RemovalForm
from awards.imports import HONOURS, honour_rows
from awards.models import Honour
from config import access, downloads
from config.paging import KeyedPaginator
from config.refusals import accepts, attempt, attempt_in
from units.actions.exports import note_taken_away
from units.kinds import Role
from units.models import Unit

PER_PAGE = 50
form_page = require_http_methods(["GET", "HEAD", "POST"])


def _asked_for(request, unit=None):
    return HonourFilter(request.GET, queries.honours_for(request.user, unit), request=request)


def _list(request, unit=None):
    found = _asked_for(request, unit)
    page = KeyedPaginator(found.qs, PER_PAGE).get_page(request.GET.get("trang"))
    keeps = Role.BOARD in request.user.role_names()
    context = {"filter": found, "page": page, "unit": unit, "keeps": keeps}
    return render(request, "awards/honours.html", context)


@require_safe
@access.audience(access.SIGNED_IN)
def honours(request):
    """The whole ledger, as far as the user may see it."""
    return _list(request)


@require_safe
@access.audience(access.SIGNED_IN)
def honours_download(request, suffix):
    """The same list as a table, in the shape in which honours come in."""
    note_taken_away(Honour, by=request.user)
    rows = honour_rows(_asked_for(request).qs)
    return downloads.table(HONOURS, rows, name="khen thuong", suffix=suffix)


@require_safe
@access.audience(access.SIGNED_IN)
def unit_honours(request, pk):
    """The honours of a unit and of all below it."""
    return _list(request, get_object_or_404(Unit, pk=pk))


@require_safe
@access.audience(access.SIGNED_IN)
def unit_honours_download(request, pk, suffix):
    """The same list as a table."""
    unit = get_object_or_404(Unit, pk=pk)
    note_taken_away(Honour, by=request.user, unit=unit)
    rows = honour_rows(_asked_for(request, unit).qs)
    return downloads.table(HONOURS, rows, name=f"khen thuong {unit.code}", suffix=suffix)


@form_page
@access.audience(Role.BOARD)
def honour_add(request):
    """Enter an award that was decided."""
    form = HonourForm(request.POST or None)
    if form.is_valid() and attempt_in(
        form, lambda: actions.save_honour(form.instance, by=request.user)
    ):
        messages.success(request, f"Đã ghi khen thưởng: {form.instance.name}.")
        _note_alike(request, form.instance)
        return redirect("awards:honours")
    return render(request, "awards/honour_form.html", {"form": form})


@form_page
@access.audience(Role.BOARD)
def honour(request, pk):
    """Correct an entry."""
    row = _found(request, pk)
    form = HonourForm(request.POST or None, instance=row)
    if form.is_valid() and attempt_in(form, lambda: _corrected(form, by=request.user)):
        messages.success(request, f"Đã lưu khen thưởng: {row.name}.")
        _note_alike(request, row)
        return redirect("awards:honours")
    context = {"form": form, "honour": row, "removal": RemovalForm(auto_id="xoa_%s")}
    return render(request, "awards/honour_form.html", context)


def _note_alike(request, row):
    """It is saved; whether it is one award entered twice, people tell."""
    for words in likeness.notes_on(row):
        messages.warning(request, words)


def _corrected(form, *, by):
    return actions.save_honour(form.instance, by=by, reason=form.cleaned_data["reason"])


def _found(request, pk) -> Honour:
    return get_object_or_404(queries.honours_for(request.user), pk=pk)


@require_POST
@access.audience(Role.BOARD)
def honour_remove(request, pk):
    """Take an entry out of the ledger."""
    row, form = _found(request, pk), RemovalForm(request.POST)
    if not accepts(request, form):
        return redirect("awards:honour", pk)
    said = f"Đã xóa khen thưởng: {row.name}."
    reason = form.cleaned_data["reason"]
    attempt(request, lambda: actions.remove_honour(row, by=request.user, reason=reason), said)
    return redirect("awards:honours")
