"""Pages of the plan: the plan itself, its duties, its deadlines, and leave to send later."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from campaign import actions, exports, permissions, queries
from campaign.forms import DeadlineForm, ExtensionForm, SearchForm
from campaign.models import Deadline, Period
from campaign.rules import not_after
from config import access, clock, downloads
from config.refusals import attempt_in
from units.filters import DayForm
from units.kinds import Role

PER_PAGE = 50
READERS = (*Role.OF_UNIT, *Role.PROVINCE_WIDE)
GRANTERS = (Role.LEADER, Role.BOARD)
form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@access.audience(access.PUBLIC)
def plan(request):
    """What the plan says, with its clauses: goals, participants, contents, phases, calendar."""
    campaign = queries.current_campaign()
    if campaign is None:
        return render(request, "campaign/no_plan.html")
    user = request.user
    context = {
        "plan": queries.plan_page(campaign, clock.today()),
        "now": clock.now(),
        "sets_deadlines": user.is_authenticated and not permissions.sets_deadlines(user),
    }
    return render(request, "campaign/plan.html", context)


@require_safe
@access.audience(access.PUBLIC)
def calendar_download(request, suffix):
    """The due and lock dates of the whole campaign."""
    periods = queries.periods_of(queries.current_campaign())
    rows = exports.calendar_rows(queries.calendar(periods, clock.today()))
    return downloads.table(exports.CALENDAR, rows, name="lich bao cao", suffix=suffix)


@require_safe
@access.audience(access.SIGNED_IN)
def duties(request):
    """Who holds which duty of the plan on a day, and who held it before and after."""
    form = DayForm(request.GET, clock.today())
    rows = queries.duties_on(queries.current_campaign(), form.day)
    return render(request, "campaign/duties.html", {"form": form, "day": form.day, "rows": rows})


@require_safe
@access.audience(access.SIGNED_IN)
def duties_download(request, suffix):
    """The holders of a day, as the page lists them."""
    day = DayForm(request.GET, clock.today()).day
    rows = exports.duty_rows(queries.duties_on(queries.current_campaign(), day))
    return downloads.table(exports.DUTIES, rows, name=f"nhiem vu {day:%Y-%m-%d}", suffix=suffix)


@require_safe
@access.audience(Role.BOARD)
def deadlines(request):
    """Due and lock of every tier in every period, and who set them last."""
    now = clock.now()
    periods = queries.deadlines_by_period(queries.current_campaign(), now)
    return render(request, "campaign/deadlines.html", {"periods": periods, "now": now})


@require_safe
@access.audience(Role.BOARD)
def deadlines_download(request, suffix):
    """The dates of every tier in every period."""
    periods = queries.deadlines_by_period(queries.current_campaign(), clock.now())
    rows = exports.deadline_rows(periods)
    return downloads.table(exports.DEADLINES, rows, name="han bao cao", suffix=suffix)


@form_page
@access.audience(Role.BOARD)
def deadline(request, pk):
    """Set due and lock of one tier in one period."""
    row = get_object_or_404(Deadline.objects.select_related("period"), pk=pk)
    past = not not_after(clock.now(), row.due)
    dates = {"due": row.due, "lock": row.lock}
    form = DeadlineForm(request.POST or None, initial=dates, due_is_past=past)
    if form.is_valid() and attempt_in(
        form, lambda: actions.set_deadline(row, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, f"Đã đặt hạn: {row}.")
        return redirect("campaign:deadlines")
    context = {"form": form, "deadline": row, "acts": queries.acts_on(row), "due_is_past": past}
    return render(request, "campaign/deadline.html", context)


@require_safe
@access.audience(*READERS)
def extensions(request):
    """The leave that the user may see: to whom, until when, who allowed it and why."""
    form, found = _extensions_asked_for(request)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("trang"))
    context = {"form": form, "page": page, "may_grant": permissions.gives_leave(request.user)}
    return render(request, "campaign/extensions.html", context)


def _extensions_asked_for(request):
    """The form of the search, and the leave that it finds among what the user may see."""
    campaign = queries.current_campaign()
    periods = queries.asking_periods(campaign)
    form = SearchForm(request.GET, periods=periods, every_period=True)
    asked = {"period": form.period(), "words": form.words()}
    return form, queries.extensions_for(request.user, campaign, **asked)


@require_safe
@access.audience(*READERS)
def extensions_download(request, suffix):
    """The same list as a table."""
    _, found = _extensions_asked_for(request)
    rows = exports.extension_rows(found)
    return downloads.table(exports.EXTENSIONS, rows, name="gia han", suffix=suffix)


@require_safe
@access.audience(*GRANTERS)
def extension_choose(request):
    """Find the unit that is to get more time, among those the user may give it to."""
    campaign = queries.current_campaign()
    periods = queries.asking_periods(campaign)
    present = queries.period_at(periods, clock.today())
    asked = {"ky": present.code if present else ""} | request.GET.dict()
    form = SearchForm(asked, periods=periods)
    period = form.period()
    units = queries.units_to_extend(request.user, period, form.words()) if period else []
    page = Paginator(units, PER_PAGE).get_page(request.GET.get("trang"))
    context = {"form": form, "page": page, "period": period}
    return render(request, "campaign/extension_choose.html", context)


@form_page
@access.audience(*GRANTERS)
def extension_grant(request, code, pk):
    """Give one unit leave to send its report of one period later."""
    period = get_object_or_404(Period, campaign=queries.current_campaign(), code=code)
    unit = get_object_or_404(queries.units_to_extend(request.user, period), pk=pk)
    row = get_object_or_404(period.deadlines, tier=unit.tier)
    form = ExtensionForm(request.POST or None)
    if form.is_valid() and attempt_in(
        form, lambda: actions.grant_extension(row, unit, by=request.user, **form.cleaned_data)
    ):
        until = clock.said(form.cleaned_data["until"])
        messages.success(request, f"Đã gia hạn cho {unit} đến {until}.")
        return redirect("campaign:extensions")
    context = {"form": form, "unit": unit, "deadline": row, "given": queries.leave_of(row, unit)}
    return render(request, "campaign/extension_grant.html", context)
