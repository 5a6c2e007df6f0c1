"""The admin's own door for files, by django-import-export: the same kinds, the same road.

The package brings the form, the preview and the confirmation within a list of the admin; what a
file says is judged, kept and written by the road (``units.actions.upload_import`` and
``confirm_import``), so that both doors give the same verdict and the history tells of both.
"""

import uuid
from typing import NamedTuple

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files import File
from django.shortcuts import redirect
from django.urls import reverse
from import_export.admin import ImportMixin
from import_export.formats.base_formats import Format
from import_export.forms import ConfirmImportForm, ImportForm
from import_export.resources import Resource
from import_export.results import Error, Result
from import_export.tmp_storages import BaseStorage

from config import access
from config.workflow import RuleViolation, refuse
from units.actions import confirm_import, upload_import
from units.imports.kind import ImportKind, kind_of
from units.imports.road import options_form, preview, revision
from units.imports.road.options import Choice
from units.kinds import Role
from units.models import Import

State = Import.State
IN_HAND = "Tệp lớn nên đang được đọc dần; hãy theo dõi, xem trước và xác nhận ở trang Nhập dữ liệu."


class Sent(NamedTuple):
    """A file that has just come, or the token of the import that it has become since."""

    file: File | None
    token: str


class RoadStorage(BaseStorage):
    """Where a file stays between preview and confirmation: with the road, as an import."""

    file: File | None = None

    def read(self) -> Sent:
        return Sent(self.file, self.name or "")

    def remove(self) -> None:
        """The road lets go of what it keeps."""


class SheetFormat(Format):
    """Whatever the road reads; it tells the two kinds of file apart by itself."""

    def __init__(self, encoding=None):
        super().__init__()

    def get_title(self):
        return "Excel (.xlsx) hoặc CSV"

    def create_dataset(self, in_stream: Sent) -> Sent:
        return in_stream

    def can_import(self):
        return True


class FileForm(ImportForm):
    """The package's form in our words, without its script that guesses the format.

    What the kinds ask beside the file is asked here too; the road reads the answers.
    """

    media = forms.Media()

    def __init__(self, formats, resources, *, user, **kwargs):
        super().__init__(formats, resources, **kwargs)
        for resource in resources:
            asked = options_form(resource.kind, user, bound=False)
            for name, field in asked.fields.items():
                field.required = False  # told by the road, for the kind that is chosen
                self.fields.setdefault(name, field)
        self.fields["format"].widget = forms.HiddenInput()
        self.initial["format"] = "0"
        self.fields["resource"].label = "Loại dữ liệu"
        file = self.fields["import_file"]
        file.label, file.allow_empty_file = "Tệp đã điền", True  # the road's own sentence says more
        file.widget.attrs["accept"] = ".xlsx,.csv"
        file.error_messages["required"] = "Hãy chọn tệp Excel (.xlsx) hoặc CSV đã điền theo mẫu."


class ConfirmForm(ConfirmImportForm):
    """What was seen is what is confirmed."""

    format = forms.ChoiceField(widget=forms.HiddenInput, choices=[("0", "")])
    seen = forms.CharField(widget=forms.HiddenInput)


class KindResource(Resource):
    """One kind of the road in the package's clothes; subclasses name the kind."""

    kind: ImportKind

    @classmethod
    def get_display_name(cls):
        return cls.kind.title

    def import_data(self, dataset, dry_run=False, *, user, request, seen="", **others):
        result = Result()
        try:
            if dry_run:
                options = self._chosen(request)
                job = upload_import(self.kind, dataset.file, by=user, options=options)
                request.waiting_import = job
                self._show(result, job, user)
            else:
                job = confirm_import(_waiting(dataset.token, user), by=user, seen=seen)
                result.job = job
        except RuleViolation as refusal:
            for reason in refusal.args:
                result.append_base_error(Error(reason))
        return result

    def _chosen(self, request) -> dict:
        """The answers to what the kind asks beside the file."""
        chosen = Choice(self.kind, request.user, request.POST)
        wrong = [
            f"{chosen.form.fields[name].label}: {message}"
            for name, messages in chosen.form.errors.items()
            for message in messages
        ]
        refuse(*wrong)
        refuse(chosen.refusal)
        return chosen.options

    def _show(self, result: Result, job: Import, user) -> None:
        """Findings and difference; the package asks only whether anything is wrong."""
        result.job = job
        if job.state == State.READING:
            result.append_base_error(Error(IN_HAND))
            return
        result.shown = preview.content(job, self.kind, user, {})
        for problem in result.shown["errors"]:
            result.append_invalid_row(problem.number, {}, ValidationError(problem.message))


def _waiting(token: str, user) -> Import:
    """The user's own import that the token names."""
    try:
        found = Import.objects.of(user).filter(token=uuid.UUID(token)).first()
    except ValueError:
        found = None
    if found is None:
        raise RuleViolation("Không tìm thấy tệp chờ xác nhận; hãy tải tệp lên lại.")
    return found


def resource_of(kind: ImportKind) -> type[KindResource]:
    return type("RegisteredKindResource", (KindResource,), {"kind": kind})


class KindAdminMixin(ImportMixin):
    """A list of the admin whose rows may come in by file; ``kinds``: slugs of the road."""

    kinds: tuple[str, ...] = ()
    import_export_change_list_template = "admin/kind_change_list.html"
    import_template_name = "admin/kind_import.html"
    import_form_class = FileForm
    confirm_form_class = ConfirmForm
    tmp_storage_class = RoadStorage
    import_formats = [SheetFormat]

    def kinds_for(self, user) -> list[ImportKind]:
        found = (kind_of(slug) for slug in self.kinds)
        return [kind for kind in found if kind and kind.refusal(user) is None]

    def has_import_permission(self, request):
        return self.has_module_permission(request) and bool(self.kinds_for(request.user))

    def get_import_form_kwargs(self, request):
        return super().get_import_form_kwargs(request) | {"user": request.user}

    def get_import_resource_classes(self, request):
        return [resource_of(kind) for kind in self.kinds_for(request.user)]

    def choose_import_resource_class(self, form, request):
        """By the number that the form carries; a made-up one means the first."""
        offered = self.get_import_resource_classes(request)
        number = self.get_resource_index(form)
        return offered[number if number < len(offered) else 0]

    @access.audience(access.PUBLIC)
    def changelist_view(self, request, extra_context=None):
        """The list is the admin's, which asks at its own door as for all its lists."""
        return super().changelist_view(request, extra_context)

    @access.audience(Role.ADMINISTRATOR)
    def import_action(self, request, **kwargs):
        response = super().import_action(request, **kwargs)
        response.context_data |= {
            "title": "Nhập từ tệp",
            "kinds": self.kinds_for(request.user),
        }
        return response

    def write_to_tmp_storage(self, import_file, input_format):
        """The road reads the file itself, chunk by chunk."""
        storage = RoadStorage()
        storage.file = import_file
        return storage

    def get_import_data_kwargs(self, *, form=None, **kwargs):
        seen = form.cleaned_data.get("seen", "") if form else ""
        return super().get_import_data_kwargs(seen=seen, **kwargs)

    def get_confirm_form_initial(self, request, import_form):
        if import_form is None:
            return {}
        job = request.waiting_import
        return {
            "import_file_name": str(job.token),
            "original_file_name": job.name,
            "format": "0",
            "resource": import_form.cleaned_data["resource"],
            "seen": revision(job),
        }

    def process_result(self, result, request):
        """Back to the list when written, to the form when refused, with the reasons."""
        place = "admin:{}_{}_".format(*self.get_model_info())
        if result.has_errors():
            for error in result.base_errors:
                messages.error(request, error.error)
            return redirect(reverse(f"{place}import"))
        counts = result.job.counts
        messages.success(
            request,
            f"Đã ghi tệp {result.job.name}: {counts.get('new', 0)} mới, "
            f"{counts.get('changed', 0)} thay đổi, {counts.get('same', 0)} giữ nguyên.",
        )
        return redirect(reverse(f"{place}changelist"))
