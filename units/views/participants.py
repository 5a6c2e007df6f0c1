"""Villages and enterprises entered, corrected and ended by the unit above them."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from config import access, clock
from config.refusals import attempt_in
from units import participants, queries
from units.actions import villages as actions
from units.kinds import Kind, Role
from units.participant_forms import CorrectionForm, EndForm, NewParticipantForm

KEEPERS = (*Role.OF_UNIT, Role.ADMINISTRATOR)
WORDS = {Kind.VILLAGE: "thôn, tổ dân phố", Kind.ENTERPRISE: "doanh nghiệp, tổ chức"}
form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
@access.audience(*KEEPERS)
def participant_add(request, pk, kind):
    """Enter a new village or enterprise below a unit."""
    place = get_object_or_404(participants.places_for(request.user, kind), pk=pk)
    initial = {"valid_from": queries.day_to_show(place, clock.today())}
    form = NewParticipantForm(request.POST or None, kind=kind, place=place, initial=initial)
    if form.is_valid():
        lives = attempt_in(form, lambda: actions.place_with_chain(form.filled(), by=request.user))
        if lives is not None:
            messages.success(request, f"Đã thêm {lives[0]}.")
            return redirect(lives[0])
    context = {"form": form, "unit": place, "button": f"Thêm {WORDS[kind]}"}
    context["heading"] = f"Thêm {WORDS[kind]} thuộc {place}"
    return render(request, "units/unit_form.html", context)


def _of(request, pk):
    return get_object_or_404(participants.kept_by(request.user), pk=pk)


@form_page
@access.audience(*KEEPERS)
def participant_edit(request, pk):
    """Correct name, type or note of a village or enterprise."""
    unit = _of(request, pk)
    form = CorrectionForm(request.POST or None, unit=unit)
    if form.is_valid() and attempt_in(
        form, lambda: actions.correct_chain(unit, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, "Đã ghi.")
        return redirect(unit)
    context = {
        "form": form,
        "unit": unit,
        "heading": f"Sửa thông tin {unit}",
        "button": "Lưu",
        "note": "Dùng để sửa chỗ ghi sai; tên được sửa trong mọi giai đoạn mang tên cũ.",
    }
    return render(request, "units/unit_form.html", context)


@form_page
@access.audience(*KEEPERS)
def participant_end(request, pk):
    """End a village or enterprise on a day."""
    unit = _of(request, pk)
    form = EndForm(request.POST or None)
    if form.is_valid():
        told = form.cleaned_data
        last = attempt_in(form, lambda: actions.end_chain(unit, by=request.user, **told))
        if last is not None:
            messages.success(request, "Đã ghi ngày kết thúc.")
            return redirect(last)
    context = {
        "form": form,
        "unit": unit,
        "heading": f"Kết thúc {unit}",
        "button": "Ghi ngày kết thúc",
        "note": "Báo cáo, số liệu đã có vẫn giữ nguyên. Sáp nhập, chia tách, đổi tên theo quyết "
        "định thì dùng mục sắp xếp đơn vị.",
    }
    return render(request, "units/unit_form.html", context)
