"""The poverty review: the table of a year for everybody, entering figures for the desk."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from config import access, clock
from config.refusals import attempt_in
from config.sheets import returned
from config.text import slug
from config.uploads import XLSX
from config.workflow import RuleViolation, Stale, refuse
from units import imports, permissions, poverty
from units.actions import import_reviews, set_plans, upload_reviews
from units.forms import PeriodForm, PlanChoice, PlanForm, ReviewChoice, ReviewUploadForm
from units.kinds import Role
from units.models import ReviewFile
from units.models.poverty import Stage
from units.poverty.export import table_workbook
from units.poverty.plans import basis_of, plans_under

LONGEST_KEY, NOTHING_SEEN = 19, -1
PROBLEMS_SHOWN = 100
"""The page names so many findings; the returned workbook holds all."""


def _workbook(content: bytes, name: str) -> HttpResponse:
    """A workbook to download under a name of plain letters."""
    response = HttpResponse(content, content_type=XLSX.content_type)
    response["Content-Disposition"] = f'attachment; filename="{slug(name)}.xlsx"'
    return response


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
        **_rows(form),
    }
    return render(request, "units/poverty_table.html", context)


def _rows(form: ReviewChoice) -> dict:
    """The rows of the table, their sums, and where a row that can be opened leads."""
    by = "commune" if form.unit else "district"
    rows = poverty.review_table(form.year, form.stage, by=by, under=form.unit)
    return {
        "rows": rows,
        "total": poverty.total_row(rows),
        "counted": any(row.opens for row in rows),
        "areas": poverty.area_rows(form.year, form.stage, form.unit),
        "links": f"?nam={form.year}&muc={form.data.get('muc', '')}&thuoc=",
    }


@require_safe
@access.audience(access.SIGNED_IN)
def review_download(request):
    """The whole table of a year and stage, communes under their districts."""
    years = poverty.review_years()
    if not years:
        messages.info(request, "Chưa có số liệu để tải về.")
        return redirect("units:poverty")
    form = ReviewChoice(request.GET, years)
    name = f"ho ngheo {form.year} {Stage(form.stage).label}"
    return _workbook(table_workbook(form.year, form.stage), name)


# Entering


@require_safe
@access.audience(Role.POVERTY_DESK)
def review_template(request):
    """The workbook of a period, filled in as far as known."""
    year, stage = PeriodForm(request.GET, clock.today()).period
    name = f"ra soat ho ngheo {year} {Stage(stage).label}"
    return _workbook(imports.template_for(year, stage), name)


@access.audience(Role.POVERTY_DESK)
def review_import(request):
    """Choose a period, take the template, bring the filled-in workbook."""
    today = clock.today()
    period = PeriodForm(request.POST if request.method == "POST" else request.GET, today)
    year, stage = period.period
    upload = ReviewUploadForm(None, today, initial={"nam": year, "muc": stage})
    if request.method == "POST":
        upload = ReviewUploadForm(request.POST, today, files=request.FILES)
        if upload.is_valid() and (file := _uploaded(request, upload)):
            return redirect("units:poverty_preview", file.token)
    context = {
        "period": period,
        "year": year,
        "year_before": year - 1,
        "stage": Stage(stage),
        "upload": upload,
        "waiting": ReviewFile.objects.waiting_for(request.user, clock.now()),
        "files": ReviewFile.objects.sources()[:20],
    }
    return render(request, "units/poverty_import.html", context)


def _uploaded(request, form) -> ReviewFile | None:
    """The file as it waits; a refusal stands at the field of the form."""
    (year, stage), upload = form.period, form.cleaned_data["tep"]
    return attempt_in(
        form, lambda: upload_reviews(upload, by=request.user, year=year, stage=stage), field="tep"
    )


@require_safe
@access.audience(Role.POVERTY_DESK)
def review_preview(request, token):
    """All errors and doubts, the difference and the sums, before anything is written."""
    file = get_object_or_404(ReviewFile.objects.of(request.user), token=token)
    seen = imports.revision(file.year, file.stage)
    try:
        refuse(file.no_longer_waits(clock.now()))
        checked = imports.check_file(file)
    except RuleViolation as refusal:
        return _back(request, refusal, file)
    rows = imports.district_sums(checked)
    context = {
        "file": file,
        "checked": checked,
        "errors": imports.placed(checked, checked.errors[:PROBLEMS_SHOWN]),
        "warnings": imports.placed(checked, checked.warnings[:PROBLEMS_SHOWN]),
        "rows": rows,
        "total": poverty.total_row(rows),
        "areas": imports.area_sums(checked),
        "changes": imports.changes(checked),
        "seen": seen,
    }
    return render(request, "units/poverty_preview.html", context)


def _back(request, refusal: RuleViolation, file: ReviewFile):
    """Say why, and go to where the file's figures are, or where a file is chosen."""
    for reason in refusal.args:
        messages.error(request, reason)
    file.refresh_from_db(fields=["confirmed_at"])
    return redirect(_table_of(file) if file.confirmed_at else reverse("units:poverty_import"))


def _table_of(file: ReviewFile) -> str:
    return reverse("units:poverty", query={"nam": file.year, "muc": file.stage})


@require_safe
@access.audience(Role.POVERTY_DESK)
def review_returned(request, token):
    """The sender's own workbook with every finding in its cell."""
    file = get_object_or_404(ReviewFile.objects.of(request.user), token=token)
    try:
        checked = imports.check_file(file)
    except RuleViolation as refusal:
        return _back(request, refusal, file)
    workbook = imports.upload_as_file(file.content, file.name)
    content = returned(workbook, imports.DEFINITION, checked.problems)
    return _workbook(content, f"{file.name.removesuffix('.xlsx')} loi can sua")


@require_POST
@access.audience(Role.POVERTY_DESK)
def review_confirm(request, token):
    """Write the figures once; a second click or an overtaken preview writes nothing."""
    file = get_object_or_404(ReviewFile.objects.of(request.user), token=token)
    seen = request.POST.get("seen", "")
    number = int(seen) if seen.isdecimal() and len(seen) < LONGEST_KEY else NOTHING_SEEN
    try:
        file = import_reviews(file, by=request.user, seen=number)
    except Stale as refusal:
        messages.warning(request, *refusal.args)
        return redirect("units:poverty_preview", token)
    except RuleViolation as refusal:
        return _back(request, refusal, file)
    messages.success(request, _told(file))
    return redirect(_table_of(file))


def _told(file: ReviewFile) -> str:
    counts = file.counts
    return (
        f"Đã ghi số liệu {file.get_stage_display()} năm {file.year}: {counts['new']} dòng mới, "
        f"{counts['changed']} dòng thay đổi, {counts['same']} dòng giữ nguyên, "
        f"{counts['removed']} dòng bỏ."
    )


@require_safe
@access.audience(Role.POVERTY_DESK)
def review_source(request, pk):
    """The file that figures came from, as it was confirmed."""
    file = get_object_or_404(ReviewFile.objects.confirmed(), pk=pk)
    return _workbook(bytes(file.content), file.name.removesuffix(".xlsx"))


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
