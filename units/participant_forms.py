"""Villages and enterprises as people type them; the rules themselves stand in ``units.rules``."""

from django import forms

from config.forms import FlatSelect, LongTextField
from units.kinds import SUBTYPES, Kind
from units.models import Unit

LONGEST_NOTE, LONGEST_REASON = 500, 500
BAD_DAY = "Ngày không đọc được. Hãy viết ngày/tháng/năm, ví dụ 30/06/2022."
CODE_HELP = {
    Kind.VILLAGE: "Mã của thôn trong danh sách hộ; không đổi được về sau.",
    Kind.ENTERPRISE: "Mã số thuế 10 hoặc 13 chữ số. Tổ chức không có mã số thuế: tự đặt mã bắt đầu "
    "bằng chữ cái, ví dụ TC-001. Không đổi được về sau.",
}
NAME_HELP = {
    Kind.VILLAGE: "Ví dụ Thôn Đồi, Tổ dân phố số 3.",
    Kind.ENTERPRISE: "Tên đầy đủ như trong giấy chứng nhận đăng ký hoặc quyết định thành lập.",
}


def day_field(label: str, **options) -> forms.DateField:
    """A day as officers write it."""
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"placeholder": "ngày/tháng/năm", "autocomplete": "off"}),
        error_messages={"invalid": BAD_DAY, "required": "Chưa ghi ngày."},
        **options,
    )


def reason_field(*, required: bool, help_text: str) -> LongTextField:
    """Why something is done; kept in the log."""
    return LongTextField(
        label="Lý do",
        required=required,
        max_length=LONGEST_REASON,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Cần ghi lý do."},
    )


class _Participant(forms.Form):
    """Name, type and note of a village or enterprise."""

    name = forms.CharField(label="Tên đầy đủ", max_length=200)
    subtype = forms.ChoiceField(label="Loại", widget=FlatSelect)
    note = forms.CharField(label="Ghi chú", max_length=LONGEST_NOTE, required=False)

    def __init__(self, *args, kind: str, **options):
        super().__init__(*args, **options)
        self.kind = Kind(kind)
        self.fields["name"].help_text = NAME_HELP[self.kind]
        self.fields["subtype"].choices = [("", "Chọn loại")] + [
            (name, name) for name in SUBTYPES[self.kind]
        ]


class NewParticipantForm(_Participant):
    """A village or enterprise that the register does not hold yet."""

    code = forms.CharField(label="Mã", max_length=20)
    valid_from = day_field("Có từ ngày", help_text="Ngày đầu tiên đơn vị có trong sổ.")
    field_order = ("code", "name", "subtype", "valid_from", "note")

    def __init__(self, *args, place: Unit, **options):
        super().__init__(*args, **options)
        self.place = place
        self.fields["code"].help_text = CODE_HELP[self.kind]

    def filled(self) -> Unit:
        """The unit as the form tells it, not saved."""
        return Unit(kind=self.kind, parent=self.place, **self.cleaned_data)


class CorrectionForm(_Participant):
    """A village or enterprise whose name was written wrong."""

    reason = reason_field(required=False, help_text="Vì sao sửa; lý do được lưu vào nhật ký.")

    def __init__(self, *args, unit: Unit, **options):
        told = {name: getattr(unit, name) for name in ("name", "subtype", "note")}
        super().__init__(*args, kind=unit.kind, initial=told, **options)
        if unit.subtype and unit.subtype not in SUBTYPES[self.kind]:
            self.fields["subtype"].choices.append((unit.subtype, unit.subtype))


class EndForm(forms.Form):
    """The first day without the unit, and why."""

    ends = day_field("Ngày hết", help_text="Ngày đầu tiên đơn vị không còn.")
    reason = reason_field(
        required=True, help_text="Văn bản làm căn cứ, hoặc vì sao kết thúc; được lưu vào nhật ký."
    )
