"""A dossier is filled in, part by part; its files are handed out to those who may see it."""

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards import actions, permissions
from awards.models import DossierFile
from awards.nomination_forms import AnswersForm, FactsForm, FileForm, PartForm
from awards.nomination_page import around, nomination_page, nominations_for, sections_of
from config import access, uploads
from config.refusals import accepts, attempt, attempt_in
from config.uploads import megabytes
from criteria.views.evidence import POLICY, SHOWN
from units.kinds import Role

WRITERS = (Role.REPORTER, Role.LEADER)
form_page = require_http_methods(["GET", "HEAD", "POST"])


def _own(request, pk):
    """The dossier of a unit for which the user writes; others do not find the form."""
    row = get_object_or_404(nominations_for(request.user), pk=pk)
    if permissions.writes_nomination(request.user, row):
        raise Http404
    return row


def _section_page(request, row, template, form, act, **context):
    """A section shown, or saved and on to the next; refused in words at its fields."""
    if not row.is_editable:
        messages.error(request, "Hồ sơ đã trình nên phần này không sửa được.")
        return redirect(row)
    sections = sections_of(nomination_page(row, request.user))
    place = around(row, sections, request.path)
    if form.is_valid() and attempt_in(form, act) is not None:
        messages.success(request, "Đã lưu.")
        following = place["following"]
        return redirect(following.url if following else "awards:nomination_check", *(
            () if following else (row.pk,)))  # fmt: skip
    context |= {"form": form, "nomination": row, **place}
    return render(request, template, context)


@form_page
@access.audience(*WRITERS)
def nomination_facts(request, pk):
    """Who is put forward and for what, as the decision will say it."""
    row = _own(request, pk)
    form = FactsForm(request.POST or None, instance=row)

    def act():
        revision = form.cleaned_data["revision"]
        return actions.save_nomination(row, form.facts(), by=request.user, revision=revision)

    return _section_page(request, row, "awards/nomination_facts.html", form, act)


@form_page
@access.audience(*WRITERS)
def nomination_part(request, pk, code):
    """One part of the achievement report."""
    row = _own(request, pk)
    part = get_object_or_404(row.parts.select_related("edited_by"), code=code)
    form = PartForm(request.POST or None, initial={"text": part.text, "revision": part.revision})

    def act():
        data = form.cleaned_data
        return actions.save_part(part, data["text"], by=request.user, revision=data["revision"])

    return _section_page(request, row, "awards/nomination_part.html", form, act, part=part)


@form_page
@access.audience(*WRITERS)
def nomination_answers(request, pk):
    """The criteria of the candidate's group, where no checklist of a unit tells of them."""
    row = _own(request, pk)
    rows = list(row.answers.select_related("criterion").order_by("criterion__number"))
    if not rows:
        raise Http404
    form = AnswersForm(request.POST or None, rows=rows)

    def act():
        seen = form.cleaned_data["seen"]
        return actions.save_answers(row, form.said(), by=request.user, seen=seen)

    return _section_page(request, row, "awards/nomination_answers.html", form, act)


# Files


@form_page
@access.audience(*WRITERS)
def nomination_files(request, pk):
    """The files of the dossier; each one sent is refused or kept on its own."""
    row = _own(request, pk)
    if not row.is_editable:
        return redirect(row)
    form = FileForm(request.POST or None)
    if request.method == "POST":
        if accepts(request, form):
            _attach(request, row, form.cleaned_data["document"])
        return redirect("awards:nomination_files", pk=pk)
    page = nomination_page(row, request.user)
    context = {
        "page": page,
        "nomination": row,
        "form": form,
        "size": megabytes(settings.EVIDENCE_MAX_BYTES),
        "most": settings.EVIDENCE_MAX_FILES,
        **around(row, sections_of(page), request.path),
    }
    return render(request, "awards/nomination_files.html", context)


def _attach(request, row, document):
    uploaded = request.FILES.getlist("tep")
    if not uploaded:
        messages.error(request, "Chưa chọn tệp. Bấm “Chọn tệp”, chọn tệp rồi bấm “Đính kèm”.")
    for upload in uploaded:
        attempt(
            request,
            lambda upload=upload: actions.attach_file(row, document, upload, by=request.user),
            f"Đã đính kèm “{upload.name}”.",
        )


@require_POST
@access.audience(*WRITERS)
def nomination_file_remove(request, pk, file_pk):
    """Take a file out of the dossier."""
    row = _own(request, pk)
    found = get_object_or_404(row.files.attached(), pk=file_pk)
    attempt(request, lambda: actions.remove_file(found, by=request.user), f"Đã gỡ “{found.name}”.")
    return redirect(reverse("awards:nomination_files", args=[pk]))


@require_safe
@access.audience(access.SIGNED_IN)
def nomination_file(request, pk):
    """One file, as what it is; what a user may not see does not exist. Each opening is logged."""
    rows = DossierFile.objects.visible_to(request.user).select_related(
        "nomination__proposer", "nomination__offer__form"
    )
    found = get_object_or_404(rows, pk=pk)
    try:
        content = found.file.open("rb")
    except FileNotFoundError as lost:
        raise Http404("Tệp không còn trong kho lưu trữ.") from lost
    actions.open_file(found, by=request.user)
    response = FileResponse(
        content,
        as_attachment=found.kind not in SHOWN,
        filename=found.name,
        content_type=uploads.KINDS[found.kind].content_type,
    )
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    add_never_cache_headers(response)
    return response
