"""The law of commendation: what holds on a day, and the board's next edition of it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from awards import actions, exports, permissions
from awards.law_forms import HeadForm, rule_form
from awards.law_page import all_rule_sets, law_page, law_rows
from awards.models import RULES, RuleSet
from config import access, clock, downloads
from config.refusals import attempt_in
from config.text import vn_date
from units.filters import DayForm
from units.kinds import Role

KEEPERS = (Role.BOARD, Role.ADMINISTRATOR)
form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@access.audience(access.SIGNED_IN)
def rule_set(request):
    """The rule set in force on a day with its tables, sources and how sure each is."""
    form = DayForm(request.GET, clock.today())
    context = {
        "form": form,
        "page": law_page(form.day),
        "rule_sets": all_rule_sets(),
        "keeps": permissions.keeps_law(request.user) is None,
    }
    return render(request, "awards/rule_set.html", context)


@require_safe
@access.audience(access.SIGNED_IN)
def rule_set_download(request, suffix):
    """The same as one table."""
    day = DayForm(request.GET, clock.today()).day
    name = f"quy dinh khen thuong {day:%Y-%m-%d}"
    return downloads.table(exports.LAW, law_rows(law_page(day)), name=name, suffix=suffix)


@form_page
@access.audience(*KEEPERS)
def rule_set_head(request, pk):
    """Correct what a rule set says beside its tables: dates, rounding, sources."""
    edition = get_object_or_404(RuleSet, pk=pk)
    form = HeadForm(request.POST or None, instance=get_object_or_404(RuleSet, pk=pk))

    def act():
        return _revise(request, edition, form, head=form.head())

    if form.is_valid() and (made := attempt_in(form, act)):
        return _told(request, made)
    return _form_page(request, edition, form, "Sửa bộ quy định")


@form_page
@access.audience(*KEEPERS)
def rule_set_row(request, pk, name, row=None):
    """Correct one row of a table of a rule set, add one, or leave one out."""
    edition = get_object_or_404(RuleSet, pk=pk)
    if name not in RULES:
        raise Http404
    standing = row and get_object_or_404(RULES[name], pk=row, rule_set=edition)
    form = rule_form(name)(request.POST or None, instance=standing or None)

    def act():
        return _revise(request, edition, form, tables=form.tables(edition, name))

    if form.is_valid() and (made := attempt_in(form, act)):
        return _told(request, made)
    title = RULES[name]._meta.verbose_name
    return _form_page(request, edition, form, f"{'Sửa' if row else 'Thêm'} {title}")


def _revise(request, edition, form, **changed):
    reason = form.cleaned_data["reason"]
    return actions.revise_rule_set(edition, by=request.user, reason=reason, **changed)


def _told(request, edition):
    messages.success(request, f"Đã lập {edition}.")
    day = max(edition.valid_from, clock.today())
    if edition.valid_to and day >= edition.valid_to:
        day = edition.valid_from
    return redirect(reverse("awards:rule_set", query={"ngay": vn_date(day)}))


def _form_page(request, edition, form, title):
    context = {"rule_set": edition, "form": form, "title": title}
    return render(request, "awards/rule_set_form.html", context)
