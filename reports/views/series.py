"""Figures over the years, as reported or on the boundaries of one day; each sum can be opened."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from campaign.queries import current_campaign
from config import access, clock, downloads
from config.text import vn_date
from reports.figures.carried import (
    Opened,
    Series,
    Shown,
    Span,
    definition,
    measures,
    offered_years,
    opened,
    parts_definition,
    parts_rows,
    taken_rows,
    told,
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


@dataclass(frozen=True)
class CellAsked:
    """One cell of the table, and the units behind it."""

    series: Series
    span: Span
    title: str
    cell: Shown
    parts: list[Opened]


def _cell(request) -> CellAsked:
    """The cell that the address names; 404 where there is none such."""
    form = _form(request)
    shown = Series(form.asked(request.user)) if form else None
    year = request.GET.get("nam", "")
    span = next((span for span in shown.spans if str(span.year) == year), None) if shown else None
    if span is None:
        raise Http404("no such year")
    row = _row(shown, request.GET.get("dong", ""))
    title = told(row) if isinstance(row, Why) else row.name
    return CellAsked(shown, span, title, *opened(shown, span, row))


@require_safe
@access.audience(access.SIGNED_IN)
def series_parts(request):
    """One cell opened to the units of its year, with their figures and where those come from."""
    found = _cell(request)
    context = {
        "asked": found.series.asked,
        "measure": found.series.measure,
        "back": _question(request),
        "span": found.span,
        "title": found.title,
        "cell": found.cell,
        "parts": found.parts,
    }
    return render(request, "reports/series_parts.html", context)


@require_safe
@access.audience(access.SIGNED_IN)
def series_parts_download(request, suffix):
    """The same units as a table."""
    found = _cell(request)
    columns = parts_definition(found.series, found.span, found.title)
    rows = parts_rows(found.series, found.parts)
    name = f"{found.title} {found.span.year} {found.series.measure.label[:40]}"
    return downloads.table(columns, rows, name=name, suffix=suffix)


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
