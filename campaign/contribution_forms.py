"""Contributions as people type them; the rules themselves stand in ``campaign.rules``."""

from django import forms
from django.core.exceptions import ValidationError

from campaign.filters import years
from campaign.models import Contribution
from campaign.permissions import KEEPERS, receiving_communes
from campaign.queries.contributions import living_in
from campaign.rules import LARGEST_GIFT, LONGEST_REASON
from config.forms import NumberField
from units.choosing import the_one_meant
from units.kinds import Kind

MOST_COUNTED = 10**6


def _reason(help_text, *, required):
    return forms.CharField(
        label="Lý do",
        required=required,
        max_length=LONGEST_REASON,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Cần ghi vì sao xóa đóng góp."},
    )


class FiguresForm(forms.Form):
    """What was given."""

    amount = NumberField(
        label="Số tiền",
        min_value=0,
        max_value=LARGEST_GIFT,
        help_text="Tiền và hiện vật quy đổi trong cả năm, đơn vị tính: đồng.",
    )
    households = NumberField(
        label="Số hộ được hỗ trợ",
        required=False,
        min_value=0,
        max_value=MOST_COUNTED,
        help_text="Hộ nghèo, cận nghèo, mới thoát nghèo; để trống là 0.",
    )
    jobs = NumberField(
        label="Số việc làm",
        required=False,
        min_value=0,
        max_value=MOST_COUNTED,
        help_text="Số người được nhận vào làm việc; để trống là 0.",
    )

    def figures(self) -> dict[str, int]:
        return {
            name: int(self.cleaned_data[name] or 0) for name in ("amount", "households", "jobs")
        }


class CorrectionForm(FiguresForm):
    """Other figures for a contribution on file."""

    reason = _reason("Vì sao sửa; được lưu vào nhật ký.", required=False)


class RemovalForm(forms.Form):
    reason = _reason("Vì sao xóa; được lưu vào nhật ký.", required=True)


class ContributionForm(FiguresForm):
    """A new contribution. Units are typed by code or by name; a commune's people choose theirs."""

    giver = forms.CharField(
        label="Doanh nghiệp, tổ chức",
        max_length=200,
        help_text="Mã số thuế, hoặc tên như trong sổ đơn vị; gõ không dấu cũng được.",
    )
    receiver = forms.CharField(
        label="Xã nhận",
        max_length=200,
        help_text="Mã hoặc tên xã, phường, thị trấn; gõ không dấu cũng được.",
    )
    year = forms.TypedChoiceField(
        label="Năm",
        coerce=int,
        error_messages={"invalid_choice": "Hãy chọn một năm của phong trào."},
    )

    field_order = ("giver", "receiver", "year", "amount", "households", "jobs")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = years()
        if not user.role_names() & KEEPERS:
            own = [(unit.code, unit.name) for unit in receiving_communes(user)]
            told = {"invalid_choice": "Hãy chọn xã của mình."}
            self.fields["receiver"] = forms.ChoiceField(
                label="Xã nhận", choices=own, error_messages=told
            )
            self.order_fields(self.field_order)

    def clean(self):
        year = self.cleaned_data.get("year")
        for name, kind in (("giver", Kind.ENTERPRISE), ("receiver", Kind.COMMUNE)):
            if year and (words := self.cleaned_data.get(name)):
                try:
                    self.cleaned_data[name] = the_one_meant(
                        living_in(kind, year), words, noun=kind.label, when=f"trong năm {year}"
                    )
                except ValidationError as doubt:
                    self.add_error(name, doubt)
        return self.cleaned_data

    def contribution(self) -> Contribution:
        names = ("giver", "receiver", "year")
        return Contribution(**{n: self.cleaned_data[n] for n in names}, **self.figures())
