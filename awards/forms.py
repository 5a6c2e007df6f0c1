"""Entries of the ledger of honours as people type them; rules stand in ``awards.rules``."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst

from awards.models import Honour
from awards.queries import award_forms, register_starts
from awards.rules import LONGEST_REASON, day_of_unit
from config.text import vn_date
from units.choosing import the_one_meant
from units.models import Unit

FIELDS = (
    "recipient",
    "name",
    "form",
    "award_type",
    "number",
    "decided_on",
    "issuer",
    "achievement",
    "period_from",
    "period_to",
)


def _reason(help_text, *, required):
    return forms.CharField(
        label="Lý do",
        required=required,
        max_length=LONGEST_REASON,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Cần ghi vì sao xóa."},
    )


class RemovalForm(forms.Form):
    reason = _reason("Vì sao xóa; được lưu vào nhật ký.", required=True)


class HonourForm(forms.ModelForm):
    """One award. The unit is typed by code or by name, as of the day of the decision."""

    unit = forms.CharField(
        label="Đơn vị",
        max_length=200,
        help_text="Mã hoặc tên đơn vị được khen, hoặc đơn vị của người, hộ được khen; gõ không "
        "dấu cũng được.",
    )
    reason = _reason("Vì sao sửa; được lưu vào nhật ký.", required=False)
    field_order = ("recipient", "name", "unit")

    class Meta:
        model = Honour
        fields = FIELDS
        widgets = {
            "recipient": forms.RadioSelect,
            "achievement": forms.Textarea(attrs={"rows": 3}),
            "decided_on": forms.DateInput(attrs={"placeholder": "ngày/tháng/năm"}),
        }
        help_texts = {
            "name": "Chép như trong quyết định.",
            "issuer": "Cơ quan, người có thẩm quyền ký quyết định.",
            "period_from": "Để trống khi quyết định không ghi thời gian lập thành tích.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["form"].queryset = award_forms()
        self.fields["form"].empty_label = "Chọn hình thức"
        self.fields["recipient"].choices = [
            (value, capfirst(label)) for value, label in Honour.Recipient.choices
        ]
        if self.instance.pk:
            self.initial["unit"] = self.instance.unit.code
        else:
            del self.fields["reason"]

    def clean(self):
        words, decided_on = self.cleaned_data.get("unit"), self.cleaned_data.get("decided_on")
        if words and decided_on:
            day = day_of_unit(decided_on, register_starts())
            try:
                self.cleaned_data["unit"] = the_one_meant(
                    Unit.objects.as_of(day), words, noun="đơn vị", when=f"ngày {vn_date(day)}"
                )
            except ValidationError as doubt:
                self.add_error("unit", doubt)
        return self.cleaned_data

    def _post_clean(self):
        """The action validates the whole; here only what was typed goes onto the entry."""
        if not self.errors:
            for name in (*FIELDS, "unit"):
                setattr(self.instance, name, self.cleaned_data[name])
