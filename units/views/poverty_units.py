"""The poverty figures of one unit over the years it lives, down to the villages of a commune."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from config import access, downloads
from units import permissions, poverty
from units.forms import VillageYear
from units.kinds import Kind
from units.pages import follows
from units.poverty import charts, exports, exports_compared
from units.poverty.compared import Comparison
from units.poverty.unit_years import UnitFigures

SVG = "image/svg+xml"


def drawing(svg: str) -> HttpResponse:
    """A chart as a picture of its own, so that the page need not wait for it."""
    return HttpResponse(svg, content_type=SVG)


@require_safe
@access.audience(access.SIGNED_IN)
def poverty_unit(request, pk):
    """All years of a unit: both stages, its plan, the counts of its households, its villages."""
    unit = get_object_or_404(poverty.counted_units(), pk=pk)
    known = UnitFigures(unit)
    form = VillageYear(request.GET, [point.year for point in known.years])
    context = {
        "unit": unit,
        "ancestors": poverty.above(unit),
        "years": known.years,
        "points": [point for point in known.years if point.poor_rate is not None],
        "chart_words": charts.words_of_years(unit.name, known.years),
        "results": known.results,
        "comparisons": _comparisons(known),
        "form": form,
        "villages": known.villages(form.year),
        "small": follows(request.user, unit),
        "small_note": exports.SMALL_NOTE,
        "imports_refusal": permissions.imports_reviews(request.user),
    }
    return render(request, "units/poverty_unit.html", context)


def _comparisons(known: UnitFigures) -> list[Comparison]:
    """The years in which households were counted as well, the newest first."""
    return [found for point in reversed(known.years) if (found := point.comparison)]


@require_safe
@access.audience(access.SIGNED_IN)
def poverty_chart(request, pk):
    """Both rates of a unit over its years."""
    unit = get_object_or_404(poverty.counted_units(), pk=pk)
    return drawing(charts.rates_over_years(unit.name, UnitFigures(unit).years))


@require_safe
@access.audience(access.SIGNED_IN)
def poverty_unit_download(request, pk, suffix):
    """All years of a unit: its reviews, or of a village what the locality tells."""
    unit = get_object_or_404(poverty.counted_units(), pk=pk)
    years, name = UnitFigures(unit).years, f"ho ngheo {unit.code} qua cac nam"
    if unit.kind == Kind.VILLAGE:
        told = exports.told_rows(years)
        table = exports.of_villages(exports.VILLAGE, small=follows(request.user, unit))
        return downloads.table(table, told, name=name, suffix=suffix)
    rows = exports.year_rows(years)
    return downloads.table(exports.BY_YEAR, rows, name=name, suffix=suffix)


@require_safe
@access.audience(access.SIGNED_IN)
def poverty_villages_download(request, pk, suffix):
    """The villages of a commune in the year of the page."""
    unit = get_object_or_404(poverty.counted_units(), pk=pk)
    known = UnitFigures(unit)
    year = VillageYear(request.GET, [point.year for point in known.years]).year
    rows, name = exports.village_rows(year, known.villages(year)), f"thon cua {unit.code} {year}"
    table = exports.of_villages(exports.VILLAGES, small=follows(request.user, unit))
    return downloads.table(table, rows, name=name, suffix=suffix)


@require_safe
@access.audience(access.SIGNED_IN)
def poverty_unit_compared_download(request, pk, suffix):
    """The reviews of a unit beside the counts of households, figure by figure."""
    unit = get_object_or_404(poverty.counted_units(), pk=pk)
    rows = exports_compared.compared_rows(_comparisons(UnitFigures(unit)))
    name = f"doi chieu {unit.code}"
    return downloads.table(exports_compared.COMPARED, rows, name=name, suffix=suffix)
