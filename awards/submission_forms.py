"""Tờ trình as people type them; rules stand in ``awards.submission_rules``."""

from django import forms

from awards.models import Nomination
from awards.submission_page import nominations_to_choose

DAY = {"placeholder": "ngày/tháng/năm", "autocomplete": "off"}


class NominationChoice(forms.ModelMultipleChoiceField):
    """Nominations to tick, each with its form and state in words."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj):
        return f"{obj.name} – {obj.form.name}, {obj.get_recipient_display()}"


class ChosenForm(forms.Form):
    """What a tờ trình is made of, as the page's ready groups send it."""

    nominations = forms.ModelMultipleChoiceField(
        Nomination.objects.none(),
        label="Hồ sơ",
        error_messages={
            "required": "Chọn ít nhất một hồ sơ.",
            "invalid_choice": "Có hồ sơ không còn trong đợt; hãy tải lại trang.",
            "invalid_pk_value": "Có hồ sơ không còn trong đợt; hãy tải lại trang.",
        },
    )
    addressee = forms.CharField(label="Kính gửi", max_length=200, required=False)

    def __init__(self, *args, round, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["nominations"].queryset = Nomination.objects.filter(offer__round=round)


class SubmissionForm(forms.Form):
    """The draft of a tờ trình."""

    nominations = NominationChoice(
        Nomination.objects.none(),
        label="Hồ sơ",
        error_messages={"required": "Chọn ít nhất một hồ sơ."},
    )
    addressee = forms.CharField(label="Kính gửi", max_length=200, required=False)

    def __init__(self, *args, submission, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["nominations"].queryset = nominations_to_choose(submission)
        self.initial.setdefault("addressee", submission.addressee)
        chosen = submission.lines.values_list("nomination", flat=True)
        self.initial.setdefault("nominations", list(chosen))


class NumberForm(forms.Form):
    """Number and day of the signed paper."""

    number = forms.CharField(label="Số tờ trình", max_length=100, help_text="Ví dụ: 45/TTr-SNV.")
    dated_on = forms.DateField(label="Ngày tờ trình", widget=forms.DateInput(attrs=DAY))
