"""Figures over the years, as reported or on the boundaries of one day; each sum can be opened."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from campaign.queries import current_campaign
from config import access, clock, downloads
from config.text import vn_date
from reports.figures.carried import (
    Series,
    definition,
    measures,
    offered_years,
    opened,
    taken_rows,
)
from reports.series_forms import SeriesForm
from units.boundaries import Why

PAGE = 100
LONGEST_KEY = 19


def _form(request) -> SeriesForm | None:
    """The question; None as long as there is no year with figures."""
    campaign = current_campaign()
    years = offered_years(campaign, clock.today())
    return SeriesForm(request.GET, groups=measures(campaign), years=years) if years else None


@require_safe
@access.audience(access.SIGNED_IN)
def series(request):
    """Units and years of one figure. Figures of reports are those that the user follows."""
    form = _form(request)
    if form is None:
        return render(request, "reports/series_empty.html")
    shown = Series(form.asked(request.user))
    page = Paginator(shown.units, PAGE).get_page(request.GET.get("trang"))
    lines = shown.lines(page.object_list)
    context = {
        "form": form,
        "asked": shown.asked,
        "measure": shown.measure,
        "series": shown,
        "page": page,
        "lines": lines,
        "legend": shown.legend(lines),
        "opens": _parts_of(request),
    }
    return render(request, "reports/series.html", context)


def _parts_of(request) -> str:
    """The address of a cell, up to its year and row; the question goes along."""
    question = _question(request)
    return f"{reverse('reports:series_parts')}?{question}{'&' if question else ''}"


def _question(request) -> str:
    """The query without page and cell."""
    query = request.GET.copy()
    for name in ("trang", "nam", "dong"):
        query.pop(name, None)
    return query.urlencode()


@require_safe
@access.audience(access.SIGNED_IN)
def series_parts(request):
    """One cell opened to the units of its year, with their figures and where those come from."""
    form = _form(request)
    shown = Series(form.asked(request.user)) if form else None
    year, row = request.GET.get("nam", ""), request.GET.get("dong", "")
    span = next((span for span in shown.spans if str(span.year) == year), None) if shown else None
    if span is None:
        raise Http404("no such year")
    of = _row(shown, row)
    cell, parts = opened(shown, span, of)
    context = {
        "asked": shown.asked,
        "measure": shown.measure,
        "back": _question(request),
        "span": span,
        "title": of.label.capitalize() if isinstance(of, Why) else of.name,
        "cell": cell,
        "parts": parts,
    }
    return render(request, "reports/series_parts.html", context)


def _row(shown: Series, key: str):
    """The row that an address names: a unit of the table, or a reason."""
    if key in Why.values:
        return Why(key)
    if not key.isdecimal() or len(key) > LONGEST_KEY - 1:
        raise Http404("no such row")
    return get_object_or_404(shown.units, pk=int(key))


@require_safe
@access.audience(access.SIGNED_IN)
def series_download(request, suffix):
    """The same table whole, with its marks in words."""
    form = _form(request)
    if form is None:
        raise Http404("no figures yet")
    shown = Series(form.asked(request.user))
    day = f"dia gioi {vn_date(shown.asked.day)}" if shown.asked.day else "nhu bao cao"
    name = f"chuoi so lieu {shown.measure.label[:40]} {day}"
    return downloads.table(definition(shown), taken_rows(shown), name=name, suffix=suffix)
