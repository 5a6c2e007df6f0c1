"""Forms of the public lists; rules stand in ``awards.posting_rules``."""

from django import forms

from awards.models import Objection
from awards.rules import LONGEST_REASON
from config.forms import FlatSelect, LongTextField


def _day(label: str, help_text: str) -> forms.DateField:
    widget = forms.DateInput(attrs={"placeholder": "ngày/tháng/năm", "autocomplete": "off"})
    return forms.DateField(label=label, help_text=help_text, widget=widget)


class PostingForm(forms.Form):
    """Which appraised dossiers are posted, from when to when."""

    nominations = forms.ModelMultipleChoiceField(
        label="Danh sách",
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Chọn ít nhất một hồ sơ đã thẩm định."},
    )
    opens = _day("Công khai từ ngày", "Sớm nhất là hôm nay.")
    closes = _day("Công khai đến hết ngày", "Danh sách tự ẩn sau ngày này.")

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        known = {row.nomination.pk: row.nomination for row in rows}
        field = self.fields["nominations"]
        model = type(next(iter(known.values())))
        field.queryset = model.objects.filter(pk__in=known).for_list()
        field.label_from_instance = lambda row: f"{row.name} – {row.form}"


class TakeDownForm(forms.Form):
    reason = LongTextField(
        label="Lý do",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Vì sao gỡ trước hạn; các hồ sơ trở về trạng thái đã thẩm định.",
    )


class OpinionForm(forms.ModelForm):
    """What a citizen says about a posted candidate; a contact lets the keepers answer."""

    class Meta:
        model = Objection
        fields = ("name", "contact", "text")
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "text": forms.Textarea(attrs={"rows": 6}),
        }
        help_texts = {
            "contact": "Để cơ quan tổ chức đợt khen thưởng trả lời; không hiện công khai.",
            "text": "Nêu rõ sự việc, thời gian, địa điểm.",
        }


class AnswerForm(forms.Form):
    """What became of an opinion."""

    outcome = forms.ChoiceField(
        label="Kết quả xem xét",
        choices=[("", "Chọn kết quả"), *Objection.Outcome.choices],
        widget=FlatSelect,
    )
    answer = LongTextField(
        label="Nội dung trả lời", max_length=3_000, widget=forms.Textarea(attrs={"rows": 3})
    )
