"""Rounds of commendation: the list, one round with its steps, and the board's or leader's form."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards import actions, exports
from awards.filters import RoundFilter
from awards.forms import RemovalForm
from awards.models import Round
from awards.round_forms import RoundEntryForm
from awards.round_page import holders_for, round_page, rounds_for
from awards.steps import ROUND_STEPS
from campaign.queries import current_campaign
from config import access, downloads
from config.refusals import accepts, attempt, attempt_in
from units.kinds import Role

PER_PAGE = 50
KEEPERS = (Role.BOARD, Role.LEADER)
form_page = require_http_methods(["GET", "HEAD", "POST"])
NO_HOLDER = (
    "Bạn không lập được đợt khen thưởng: đợt của tỉnh do Ban Thi đua - Khen thưởng lập, đợt của "
    "sở, ban, ngành, đoàn thể, huyện, xã do lãnh đạo của chính đơn vị đó lập."
)


def _asked_for(request):
    return RoundFilter(request.GET, rounds_for(request.user))


@require_safe
@access.audience(access.SIGNED_IN)
def rounds(request):
    """The rounds of the province, of the own unit and of those above it."""
    found = _asked_for(request)
    context = {
        "filter": found,
        "page": Paginator(found.qs, PER_PAGE).get_page(request.GET.get("trang")),
        "adds": bool(current_campaign() and holders_for(request.user)),
    }
    return render(request, "awards/rounds.html", context)


@require_safe
@access.audience(access.SIGNED_IN)
def rounds_download(request, suffix):
    """The same list as a table."""
    rows = exports.round_rows(_asked_for(request).qs)
    return downloads.table(exports.ROUNDS, rows, name="dot khen thuong", suffix=suffix)


@require_safe
@access.audience(access.SIGNED_IN)
def round_detail(request, pk):
    """One round: its dates, its forms, what the law demands, and what may be done now."""
    page = round_page(get_object_or_404(rounds_for(request.user), pk=pk), request.user)
    context = {"page": page, "round": page.round, "removal": RemovalForm(auto_id="xoa_%s")}
    return render(request, "awards/round.html", context)


@form_page
@access.audience(*KEEPERS)
def round_add(request):
    """Make a round as a draft."""
    campaign = current_campaign()
    if campaign is None or not holders_for(request.user):
        messages.error(request, NO_HOLDER)
        return redirect("awards:rounds")
    return _form_page(request, RoundEntryForm(request.POST or None, **_told(request, campaign)))


@form_page
@access.audience(*KEEPERS)
def round_edit(request, pk):
    """Correct a round that is not closed."""
    row = get_object_or_404(Round.objects.kept_by(request.user).for_list(), pk=pk)
    if not row.is_editable:
        messages.error(request, "Đợt đã đóng nên không sửa được; hãy mở lại đợt trước.")
        return redirect(row)
    told = _told(request, row.campaign)
    return _form_page(request, RoundEntryForm(request.POST or None, instance=row, **told), row)


def _told(request, campaign):
    return {"user": request.user, "campaign": campaign}


def _form_page(request, form, row=None):
    def act():
        return actions.save_round(form.instance, form.offers(), by=request.user, **form.beside())

    if form.is_valid() and (saved := attempt_in(form, act)):
        messages.success(request, f"Đã lưu đợt khen thưởng: {saved.title}.")
        return redirect(saved)
    context = {"form": form, "round": row, "heading": form.initial.get("title", "")}
    return render(request, "awards/round_form.html", context)


@require_POST
@access.audience(*KEEPERS)
def round_step(request, pk, name):
    """Open, close or reopen a round."""
    if name not in ROUND_STEPS:
        raise Http404
    row = get_object_or_404(rounds_for(request.user), pk=pk)
    note = request.POST.get("note", "")
    attempt(
        request,
        lambda: actions.take_round_step(row, name, by=request.user, note=note),
        f"Đã ghi nhận: {ROUND_STEPS[name].label}.",
    )
    return redirect(row)


@require_POST
@access.audience(*KEEPERS)
def round_remove(request, pk):
    """Take a draft away."""
    row = get_object_or_404(Round.objects.kept_by(request.user), pk=pk)
    form = RemovalForm(request.POST)
    if not accepts(request, form):
        return redirect(row)
    reason = form.cleaned_data["reason"]

    def act():
        return actions.remove_round(row, by=request.user, reason=reason)

    removed = attempt(request, act, f"Đã xóa đợt khen thưởng: {row.title}.")
    return redirect("awards:rounds" if removed else row)
