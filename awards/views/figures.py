"""What the decisions come to: the fund sheet and the statistics."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from awards import decision_page, money, statistics
from awards.decision_forms import PeriodForm
from config import access, downloads
from units.kinds import Role

READERS = (Role.BOARD, Role.LEADER, Role.REPORTER)


def _funds(request):
    form = PeriodForm(request.GET or None)
    return form, money.fund_sheet(money.between(decision_page.decisions_for(request.user), form))


@require_safe
@access.audience(*READERS)
def funds(request):
    """By fund and decision what is paid and what comes back, between two days."""
    form, found = _funds(request)
    return render(request, "awards/funds.html", {"form": form, "funds": found})


@require_safe
@access.audience(*READERS)
def funds_download(request, suffix):
    """The same as a table."""
    rows = money.sheet_rows(_funds(request)[1])
    return downloads.table(money.FUNDS, rows, name="quy thuong", suffix=suffix)


@require_safe
@access.audience(access.SIGNED_IN)
def award_statistics(request):
    """How many were honoured by form, kind of recipient and year."""
    form = PeriodForm(request.GET or None)
    rows = statistics.honoured(*form.days())
    context = {"form": form, "rows": rows, "totals": statistics.totals(rows)}
    return render(request, "awards/statistics.html", context)


@require_safe
@access.audience(access.SIGNED_IN)
def award_statistics_download(request, suffix):
    """The same as a table."""
    rows = statistics.statistic_rows(statistics.honoured(*PeriodForm(request.GET or None).days()))
    name = "thong ke khen thuong"
    return downloads.table(statistics.STATISTICS, rows, name=name, suffix=suffix)
