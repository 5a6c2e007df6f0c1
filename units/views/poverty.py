"""The poverty review: the table of a year for everybody, entering figures for the desk."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from config import access, clock, downloads
from config.refusals import attempt_in
from units import permissions, poverty
from units.actions import set_plans
from units.forms import PlanChoice, PlanForm, ReviewChoice
from units.imports.plans import DEFINITION as PLANS
from units.imports.plans import plan_rows
from units.kinds import Role
from units.models.poverty import Stage
from units.poverty import charts, exports, exports_compared
from units.poverty.plans import basis_of, plans_under
from units.poverty.year_page import year_page
from units.views.poverty_units import drawing

# Reading


@require_safe
@access.audience(access.SIGNED_IN)
def review_table(request):
    """Districts or communes of a year with their sums and rates, and the series over years."""
    refusal = permissions.imports_reviews(request.user)
    years = poverty.review_years()
    if not years:
        return render(request, "units/poverty_empty.html", {"imports_refusal": refusal})
    form = ReviewChoice(request.GET, years)
    shown = form.unit or poverty.founding_province()
    points = {point.year: point for point in poverty.series(shown, years)}
    context = {
        "form": form,
        "year": form.year,
        "stage": Stage(form.stage),
        "unit": form.unit,
        "standard": points[form.year].standard,
        "points": points.values(),
        "shown": shown,
        "files": poverty.source_files(form.year, form.stage),
        "imports_refusal": refusal,
        "page": year_page(form.year, Stage(form.stage), form.unit),
        "links": f"?nam={form.year}&muc={form.data.get('muc', '')}&thuoc=",
    }
    return render(request, "units/poverty_table.html", context)


@require_safe
@access.audience(access.SIGNED_IN)
def review_bars(request):
    """The poverty rates of the units of that table as a chart."""
    years = poverty.review_years()
    if not years:
        raise Http404
    form = ReviewChoice(request.GET, years)
    by = "commune" if form.unit else "district"
    rows = poverty.review_table(form.year, form.stage, by=by, under=form.unit)
    title = f"Tỷ lệ hộ nghèo cuối năm {form.year}, số liệu {Stage(form.stage).label}"
    return drawing(charts.rates_of_units(title, rows))


@require_safe
@access.audience(access.SIGNED_IN)
def review_download(request, suffix):
    """The table of the page: districts, or the communes of one."""
    return _table(request, suffix, "")


@require_safe
@access.audience(access.SIGNED_IN)
def communes_download(request, suffix):
    """All the communes of the year, or those of the district chosen."""
    return _table(request, suffix, "commune")


def _table(request, suffix, by):
    years = poverty.review_years()
    if not years:
        messages.info(request, "Chưa có số liệu để tải về.")
        return redirect("units:poverty")
    form = ReviewChoice(request.GET, years)
    year, stage, by = form.year, Stage(form.stage), by or ("commune" if form.unit else "district")
    rows = poverty.review_table(year, stage, by=by, under=form.unit)
    name = f"ho ngheo {year} {stage.label} {form.unit.code if form.unit else ''}"
    rows = exports.unit_rows(year, stage, rows)
    return downloads.table(exports.BY_UNIT, rows, name=name, suffix=suffix)


@require_safe
@access.audience(access.SIGNED_IN)
def pairs_download(request, suffix):
    """Preliminary beside official figures of the page's units."""
    form, page = _page(request)
    rows = exports_compared.pair_rows(form.year, page.pairs)
    return downloads.table(
        exports_compared.PAIRS, rows, name=f"so bo chinh thuc {form.year}", suffix=suffix
    )


@require_safe
@access.audience(access.SIGNED_IN)
def compared_download(request, suffix):
    """The page's units beside the counts of households, figure by figure."""
    form, page = _page(request)
    rows = exports_compared.compared_rows(page.comparisons)
    return downloads.table(
        exports_compared.COMPARED, rows, name=f"doi chieu {form.year}", suffix=suffix
    )


def _page(request):
    years = poverty.review_years()
    if not years:
        raise Http404
    form = ReviewChoice(request.GET, years)
    return form, year_page(form.year, Stage(form.stage), form.unit)


# Plan figures


@access.audience(Role.POVERTY_DESK)
def review_plans(request):
    """The plan figures of the communes of one district and year, on one page."""
    choice = PlanChoice(request.GET, clock.today())
    form = None
    if choice.unit:
        plans = plans_under(choice.unit, choice.year)
        form = PlanForm(request.POST or None, plans=plans, initial={"basis": basis_of(plans)})
        if request.method == "POST" and form.is_valid() and _planned(request, choice, form):
            return redirect(request.get_full_path())
    context = {"choice": choice, "form": form, "year": choice.year, "unit": choice.unit}
    return render(request, "units/poverty_plans.html", context)


@require_safe
@access.audience(Role.POVERTY_DESK)
def plans_download(request, suffix):
    """The plan figures of that page, in the shape in which they come in."""
    choice = PlanChoice(request.GET, clock.today())
    if choice.unit is None:
        raise Http404("Hãy chọn huyện, thành phố trước khi tải bảng.")
    rows = plan_rows(choice.year, plans_under(choice.unit, choice.year))
    name = f"chi tieu giam ngheo {choice.year} {choice.unit.code}"
    return downloads.table(PLANS, rows, name=name, suffix=suffix)


def _planned(request, choice, form) -> bool:
    """Whether the figures were written; refusals stand in the form."""
    basis = form.cleaned_data["basis"]
    changed = attempt_in(
        form, lambda: set_plans(choice.year, form.figures, by=request.user, basis=basis)
    )
    if changed is None:
        return False
    messages.success(request, f"Đã lưu chỉ tiêu năm {choice.year}: {changed} xã có thay đổi.")
    return True
