"""Input of summaries → clean values; no writes."""

from django import forms

from campaign.models import Period
from config.text import vn_number
from reports.models import Summary
from reports.summary_steps import TEXTS
from units.kinds import reporting_tiers

HINTS = {
    "assessment": "Nhận định chung về phong trào trong kỳ, ngoài các số liệu hệ thống đã tính.",
    "shortcomings": "Việc chưa làm được, nguyên nhân. Mỗi ý một dòng, mở đầu bằng dấu gạch ngang.",
    "directions": "Việc sẽ làm, kiến nghị với ai. Mỗi ý một dòng, mở đầu bằng dấu gạch ngang.",
}


class TextsForm(forms.Form):
    """The three free texts; ``seen`` is the mark of the texts as they were when the page opened."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for name, label in TEXTS.items():
            longest = Summary._meta.get_field(name).max_length
            too_long = f"Dài quá {vn_number(longest)} ký tự; hãy rút gọn."
            self.fields[name] = forms.CharField(
                label=label.capitalize(),
                help_text=HINTS[name],
                required=False,
                max_length=longest,
                widget=forms.Textarea(attrs={"rows": 10}),
                error_messages={"max_length": too_long},
            )


class IssueForm(forms.Form):
    """What is entered once the paper is signed."""

    number = forms.CharField(
        label="Số văn bản",
        max_length=20,
        help_text="Chỉ phần số, ví dụ 123. Ký hiệu do hệ thống điền.",
        error_messages={"required": "Ghi số văn bản."},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    signed_on = forms.DateField(
        label="Ngày ký",
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"placeholder": "dd/mm/yyyy"}),
        error_messages={
            "required": "Ghi ngày ký.",
            "invalid": "Ngày ký ghi theo dạng 25/12/2023.",
        },
    )
    signer = forms.CharField(
        label="Người ký",
        max_length=150,
        error_messages={"required": "Ghi họ và tên người ký."},
    )
    signer_post = forms.CharField(
        label="Chức vụ người ký",
        max_length=150,
        help_text="Ví dụ: Phó Chủ tịch (bản in ghi KT. CHỦ TỊCH), Giám đốc.",
        error_messages={"required": "Ghi chức vụ người ký."},
    )


class PassageSearch(forms.Form):
    """Where to look for a passage: unit or words, year, heading, group of units."""

    q = forms.CharField(label="Đơn vị hoặc từ trong bài", required=False, max_length=100)
    ky = forms.ChoiceField(label="Kỳ", required=False)
    muc = forms.ChoiceField(label="Mục", required=False)
    nhom = forms.ChoiceField(label="Nhóm đơn vị", required=False)

    def __init__(self, *args, periods: list[Period], headings: list[tuple], **options):
        super().__init__(*args, **options)
        every = [("", "Tất cả")]
        self.fields["ky"].choices = every + [(p.code, p.title) for p in periods]
        self.fields["muc"].choices = every + headings
        self.fields["nhom"].choices = every + reporting_tiers()

    def chosen(self) -> dict:
        """The valid choices; a wrong one counts as none."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}
