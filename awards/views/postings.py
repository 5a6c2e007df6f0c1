"""Public lists: the keepers' pages, and what the public reads and says."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards import actions
from awards import posting_page as pages
from awards.models import Objection, Round
from awards.posting_exports import OPINIONS, POSTINGS, opinion_rows, posting_rows
from awards.posting_forms import AnswerForm, OpinionForm, PostingForm, TakeDownForm
from config import access, downloads
from config.refusals import accepts, attempt, attempt_in
from units.actions.exports import note_taken_away
from units.kinds import Role

KEEPERS = (Role.BOARD, Role.LEADER)
form_page = require_http_methods(["GET", "HEAD", "POST"])
THANKS = (
    "Đã nhận ý kiến. Cơ quan tổ chức đợt khen thưởng xem xét trước khi Hội đồng họp và trả lời "
    "theo địa chỉ bạn ghi."
)


@require_safe
@access.audience(*KEEPERS)
def postings(request):
    """The lists of the rounds that the user keeps, and the rounds that wait for one."""
    context = {
        "postings": pages.postings_for(request.user),
        "rounds": pages.rounds_to_post(request.user),
    }
    return render(request, "awards/postings.html", context)


@require_safe
@access.audience(*KEEPERS)
def postings_download(request, suffix):
    """The same lists as a table."""
    rows = posting_rows(pages.postings_for(request.user))
    return downloads.table(POSTINGS, rows, name="danh sach cong khai", suffix=suffix)


@form_page
@access.audience(*KEEPERS)
def posting_add(request, pk):
    """Post a list of one round."""
    round = get_object_or_404(Round.objects.kept_by(request.user).for_list(), pk=pk)
    rows = pages.postable(round)
    if not rows:
        messages.error(request, "Đợt này chưa có hồ sơ đã thẩm định nào để công khai.")
        return redirect("awards:postings")
    opens, closes = pages.first_and_last_day(rows)
    chosen = [row.nomination.pk for row in rows if row.demanded]
    initial = {"nominations": chosen, "opens": opens, "closes": closes}
    form = PostingForm(request.POST or None, rows=rows, initial=initial)

    def act():
        told = form.cleaned_data
        return actions.post_list(
            round, told["nominations"], opens=told["opens"], closes=told["closes"], by=request.user
        )

    if form.is_valid() and (posting := attempt_in(form, act)):
        messages.success(request, "Đã đăng danh sách công khai.")
        return redirect(posting)
    context = {"round": round, "form": form, "rows": rows}
    return render(request, "awards/posting_form.html", context)


@require_safe
@access.audience(*KEEPERS)
def posting(request, pk):
    """One list with the opinions on it."""
    found = get_object_or_404(pages.postings_for(request.user), pk=pk)
    context = {
        "page": pages.posting_page(found, request.user),
        "posting": found,
        "take_down": TakeDownForm(auto_id="go_%s"),
        "answer": AnswerForm(auto_id=False),
    }
    return render(request, "awards/posting.html", context)


@require_safe
@access.audience(*KEEPERS)
def posting_download(request, pk, suffix):
    """The lines of one list with the opinions on each."""
    found = get_object_or_404(pages.postings_for(request.user), pk=pk)
    note_taken_away(Objection, by=request.user, unit=found.round.unit)
    page = pages.posting_page(found, request.user)
    return downloads.table(OPINIONS, opinion_rows(page), name=f"y kien {pk}", suffix=suffix)


@require_POST
@access.audience(*KEEPERS)
def posting_take_down(request, pk):
    """Take a list off before its last day."""
    found = get_object_or_404(pages.postings_for(request.user), pk=pk)
    form = TakeDownForm(request.POST)
    if accepts(request, form):
        reason = form.cleaned_data["reason"]
        attempt(
            request,
            lambda: actions.take_down(found, by=request.user, reason=reason),
            "Đã gỡ danh sách.",
        )
    return redirect(found)


@require_POST
@access.audience(*KEEPERS)
def opinion_handle(request, pk):
    """Write what became of an opinion."""
    opinion = get_object_or_404(pages.opinions_for(request.user), pk=pk)
    form = AnswerForm(request.POST)
    if accepts(request, form):
        told = form.cleaned_data
        attempt(
            request,
            lambda: actions.handle_opinion(opinion, by=request.user, **told),
            "Đã ghi kết quả xem xét.",
        )
    return redirect("awards:posting", opinion.line.posting_id)


# The public's


@require_safe
@access.audience(access.PUBLIC)
def public_lists(request):
    """The lists on which opinions are taken today: who, where, for which form; no more."""
    return render(request, "awards/public_lists.html", {"postings": pages.lists_shown()})


@form_page
@access.audience(access.PUBLIC)
def public_opinion(request, pk):
    """Give an opinion on one candidate."""
    line = get_object_or_404(pages.lines_shown(), pk=pk)
    form = OpinionForm(request.POST or None)
    if form.is_valid():
        told = form.cleaned_data
        if attempt_in(form, lambda: actions.give_opinion(line, **told)):
            messages.success(request, THANKS)
            return redirect("awards:public_lists")
    return render(request, "awards/public_opinion.html", {"line": line, "form": form})
