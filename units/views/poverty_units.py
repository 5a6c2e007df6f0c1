"""The poverty figures of one unit over the years it lives, down to the villages of a commune."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from config import access
from units import permissions, poverty, queries
from units.forms import VillageYear
from units.kinds import Kind
from units.poverty import charts
from units.poverty.unit_years import plan_results, unit_years, village_rows

SVG = "image/svg+xml"


def drawing(svg: str) -> HttpResponse:
    """A chart as a picture of its own, so that the page need not wait for it."""
    return HttpResponse(svg, content_type=SVG)


@require_safe
@access.audience(access.SIGNED_IN)
def poverty_unit(request, pk):
    """All years of a unit: both stages, its plan, the counts of its households, its villages."""
    unit = get_object_or_404(poverty.counted_units(), pk=pk)
    years = unit_years(unit)
    form = VillageYear(request.GET, [point.year for point in years])
    context = {
        "unit": unit,
        "ancestors": queries.ancestors(unit),
        "years": years,
        "points": [point for point in years if point.poor_rate is not None],
        "chart_words": charts.words_of_years(unit.name, years),
        "results": plan_results(years),
        "comparisons": [found for point in reversed(years) if (found := point.comparison)],
        "form": form,
        "villages": village_rows(unit, form.year) if unit.kind == Kind.COMMUNE else [],
        "imports_refusal": permissions.imports_reviews(request.user),
    }
    return render(request, "units/poverty_unit.html", context)


@require_safe
@access.audience(access.SIGNED_IN)
def poverty_chart(request, pk):
    """Both rates of a unit over its years."""
    unit = get_object_or_404(poverty.counted_units(), pk=pk)
    return drawing(charts.rates_over_years(unit.name, unit_years(unit)))
