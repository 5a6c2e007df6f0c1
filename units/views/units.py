"""The register of units as of any date: the list and the page of one unit."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from config import access, clock, downloads
from config.paging import KeyedPaginator
from units import exports, pages, participants, queries, rules
from units.filters import DayForm, UnitFilter
from units.kinds import Kind
from units.models import Unit

ROWS = 50
ROWS_FOR_PRINT = 1000


@require_safe
@access.audience(access.SIGNED_IN)
def unit_list(request):
    """Search and filter the units of a day; nothing of the register is secret within."""
    found = UnitFilter(request.GET, request=request)
    whole = "in" in request.GET
    paginator = KeyedPaginator(found.qs, ROWS_FOR_PRINT if whole else ROWS)
    page = paginator.get_page(request.GET.get("trang"))
    counts = queries.counts_by_kind(found.day)
    context = {
        "filter": found,
        "day": found.day,
        "page": page,
        "whole": whole,
        "kinds": [(kind, kind.label, counts[kind]) for kind in Kind if kind in counts],
        "of_other_days": found.of_other_days(),
        "doors": pages.doors_beside_list(request.user),
        "offers_print": not whole and ROWS < paginator.count <= ROWS_FOR_PRINT,
    }
    return render(request, "units/unit_list.html", context)


@require_safe
@access.audience(access.SIGNED_IN)
def unit_download(request, suffix):
    """The same list as a table: every unit that the filter finds."""
    found = UnitFilter(request.GET, request=request)
    name, rows = f"don vi {found.day:%Y-%m-%d}", exports.unit_rows(found.qs)
    return downloads.table(exports.UNITS, rows, name=name, suffix=suffix)


@require_safe
@access.audience(access.SIGNED_IN)
def unit_detail(request, pk):
    """What a unit is, when it lived, where it came from, what became of it, what is under it."""
    unit = get_object_or_404(queries.units_with_those_above(), pk=pk)
    today = clock.today()
    form = DayForm(request.GET, queries.day_to_show(unit, today))
    before, after = queries.successions_of(unit)
    context = {
        "unit": unit,
        "today": today,
        "ancestors": queries.those_above(unit),
        "predecessors": before,
        "successors": after,
        "heirs": _heirs(unit, after, today),
        "counts": pages.counts_of(unit, request.user),
        "links": pages.links_of(unit, request.user),
        "deeds": pages.deeds_of(unit, request.user),
        "form": form,
        "day": form.day,
        **_below(request, unit, form.day),
    }
    return render(request, "units/unit_detail.html", context)


def _heirs(unit, links, today):
    """Who carries an ended unit on; None while it lives. Asked only where its own heirs ended."""
    if unit.exists_on(today):
        return None
    return queries.heirs_by(links, today) or queries.heirs(unit, today)


def _below(request, unit, day):
    """The units under it on the day; of a village or enterprise, its lives one after the other."""
    if not rules.has_units_below(unit):
        return {"lives": participants.lives_of_code(unit)}
    children = Paginator(queries.children_on(unit, day), ROWS)
    return {"lives": (), "page": children.get_page(request.GET.get("trang"))}


@require_safe
@access.audience(access.SIGNED_IN)
def unit_below_download(request, pk, suffix):
    """The units under this one on a day, as its page lists them."""
    unit = get_object_or_404(Unit, pk=pk)
    form = DayForm(request.GET, queries.day_to_show(unit, clock.today()))
    rows = exports.unit_rows(queries.children_on(unit, form.day))
    name = f"don vi thuoc {unit.code} {form.day:%Y-%m-%d}"
    return downloads.table(exports.UNITS, rows, name=name, suffix=suffix)
