"""The import road as people walk it: choose a kind, take the template, bring the file, look, write.

Which kinds there are, and who may bring them in, the kinds say themselves; the door is therefore
open to every signed-in user and each page asks the kind.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST, require_safe

from config import access, clock, downloads, sheets
from config.paging import KeyedPaginator
from config.refusals import attempt, attempt_in
from config.text import slug as plain_name
from config.upload_handlers import refusal_of
from config.uploads import CSV, XLSX
from config.workflow import RuleViolation, Stale
from units import exports
from units.actions import (
    cancel_import,
    confirm_import,
    resume_import,
    undo_import,
    upload_import,
)
from units.import_forms import FileForm, SameFileForm
from units.imports.kind import allowed_to, kind_of
from units.imports.road import history, known, options, preview
from units.imports.road.returning import marked, marked_stored
from units.imports.road.steps import takes_over
from units.models import Import

HISTORY = 30


@require_safe
@access.audience(access.SIGNED_IN)
def home(request):
    """The kinds that the user may bring in, in the order of loading, and what came in before."""
    kinds = allowed_to(request.user)
    pages = KeyedPaginator(history.imports_of(request.user), HISTORY)
    context = {
        "kinds": kinds,
        "waiting": history.waiting_for(request.user),
        "page": history.page_of(pages.get_page(request.GET.get("trang")), request.user),
    }
    return render(request, "units/import_home.html", context)


@require_safe
@access.audience(access.SIGNED_IN)
def history_download(request, suffix):
    """What came in before, as far as the page lists it."""
    rows = exports.import_rows(history.imports_of(request.user), request.user)
    return downloads.table(exports.IMPORTS, rows, name="cac lan nhap du lieu", suffix=suffix)


def _kind(request, slug):
    """The kind of the address, for those who may bring it in."""
    kind = kind_of(slug)
    if kind is None:
        raise Http404
    if refusal := kind.refusal(request.user):
        raise PermissionDenied(refusal)
    return kind


# A file in


@access.audience(access.SIGNED_IN)
def start(request, slug):
    """Choose what the file is about, take the template, bring the filled-in file."""
    kind = _kind(request, slug)
    chosen = options.Choice(kind, request.user, request.POST or request.GET)
    upload = FileForm()
    if request.method == "POST":
        upload = FileForm(request.POST, request.FILES, refusal=refusal_of(request))
        if chosen.refusal is None and upload.is_valid():
            job = attempt_in(upload, lambda: _uploaded(request, kind, chosen, upload), field="tep")
            if job:
                return redirect(job)
    context = {"kind": kind, "chosen": chosen, "upload": upload, "before": history.before(kind)}
    return render(request, "units/import_start.html", context)


def _uploaded(request, kind, chosen, upload) -> Import:
    file = upload.cleaned_data["tep"]
    return upload_import(kind, file, by=request.user, options=chosen.options)


@require_safe
@access.audience(access.SIGNED_IN)
def template(request, slug, suffix):
    """The file to fill in, with what is on file already."""
    kind = _kind(request, slug)
    chosen = options.Choice(kind, request.user, request.GET)
    if chosen.refusal:
        messages.error(request, chosen.refusal)
        return redirect("imports:start", slug)
    definition = kind.definition(chosen.options)
    name = f"mau {slug} {' '.join(value for _, value in chosen.words)}"
    rows = kind.rows(chosen.options, request.user)
    if suffix == f".{CSV.extensions[0]}":
        return downloads.table(definition, rows, name=name, suffix=suffix)
    about = "; ".join(f"{label}: {value}" for label, value in chosen.words)
    try:
        return _workbook(sheets.template(definition, rows, about=about), name)
    except sheets.SheetError as refusal:
        messages.error(request, *refusal.args)
        return redirect("imports:start", slug)


def _workbook(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX.content_type)
    response["Content-Disposition"] = f'attachment; filename="{plain_name(name)}.xlsx"'
    return response


# One import


def _job(request, token) -> Import:
    """One's own, all for administrators, or one that a colleague left behind."""
    if job := history.imports_of(request.user).filter(token=token).first():
        return job
    job = get_object_or_404(Import.objects.for_list(), token=token)
    if not takes_over(request.user, job):
        raise Http404
    return job


def _own(request, token) -> Import:
    """An import whose content only the person who brought it in may see."""
    return get_object_or_404(Import.objects.of(request.user), token=token)


@require_safe
@access.audience(access.SIGNED_IN)
def detail(request, token):
    """Where an import stands: being worked on, waiting with its preview, written, given up."""
    job = _job(request, token)
    context = {
        "job": job,
        "kind": kind_of(job.kind),
        "title": history.title_of(job),
        "state": history.state_of(job),
        "counts": known.counts_for(job, request.user),
        "words": options.told_of(job, request.user),
        "steps": preview.offered(job, request.user, clock.now()),
        **preview.NOTHING_SHOWN,
    }
    if job.state in Import.State.AT_WORK:
        context["progress"] = preview.progress(job)
        return render(request, "units/import_progress.html", context)
    if context["kind"] and job.uploaded_by_id == request.user.pk:
        context |= preview.content(job, context["kind"], request.user, request.GET)
        if "lines" in context:
            context["kind"].note_shown(job, by=request.user)
        context["sums"] = _sums(request, job, context["kind"])
    return render(request, "units/import_detail.html", context)


def _sums(request, job, kind) -> str:
    """What the kind itself has to show beside the difference."""
    shown = kind.summary(job)
    return render_to_string(*shown, request=request) if shown else ""


@require_safe
@access.audience(access.SIGNED_IN)
def progress(request, token):
    """The progress by itself, for the page that asks now and then; nothing once it is over."""
    job = _job(request, token)
    if job.state not in Import.State.AT_WORK:
        return HttpResponse(status=204)
    context = {"job": job, "progress": preview.progress(job)}
    return render(request, "units/_import_progress.html", context)


@access.audience(access.SIGNED_IN)
def returned(request, token):
    """The sender's own workbook with every finding in its cell.

    Where the portal has not kept the file, it is chosen once more, answered and forgotten.
    """
    job = _own(request, token)
    if request.method == "POST":
        form = SameFileForm(request.POST, request.FILES, refusal=refusal_of(request))
        if form.is_valid():
            file = form.cleaned_data["tep"]
            found = attempt_in(form, lambda: _returned(job, marked(job, file)), field="tep")
            if found:
                return found
    elif job.file:
        found = attempt(request, lambda: _returned(job, marked_stored(job)))
        return found or redirect(job)
    else:
        form = SameFileForm()
    context = {"job": job, "title": history.title_of(job), "form": form}
    return render(request, "units/import_returned.html", context)


def _returned(job, content: bytes):
    """The marked workbook."""
    return _workbook(content, f"{job.name.rpartition('.')[0]} loi can sua")


@require_safe
@access.audience(access.SIGNED_IN)
def source(request, token):
    """The file as it came in, for the person who brought it, where it was kept."""
    job = _own(request, token)
    if not job.file:
        raise Http404
    return FileResponse(job.file.open("rb"), as_attachment=True, filename=job.name)


# Steps


@require_POST
@access.audience(access.SIGNED_IN)
def step(request, token, name):
    """Confirm, cancel, resume or undo; the page then shows where the import stands."""
    job = _job(request, token)
    if name not in _STEPS:
        raise Http404
    act, words = _STEPS[name]
    try:
        job = act(job, request)
    except Stale as refusal:
        messages.warning(request, *refusal.args)
    except RuleViolation as refusal:
        for reason in refusal.args:
            messages.error(request, reason)
    else:
        messages.success(request, words[job.state]) if job.state in words else None
    return redirect(job)


def _confirm(job, request):
    return confirm_import(job, by=request.user, seen=request.POST.get("seen", ""))


State = Import.State
_STEPS = {
    "confirm": (_confirm, {State.DONE: "Đã ghi dữ liệu của tệp."}),
    "cancel": (
        lambda job, request: cancel_import(job, by=request.user),
        {State.CANCELLED: "Đã hủy; không có dòng nào được ghi."},
    ),
    "resume": (lambda job, request: resume_import(job, by=request.user), {}),
    "undo": (
        lambda job, request: undo_import(job, by=request.user),
        {State.UNDONE: "Đã hoàn tác: dữ liệu trở lại như trước lần nhập này."},
    ),
}
