"""Decisions as people type them; rules stand in ``awards.decision_rules``."""

from django import forms
from django.core.exceptions import ValidationError

from awards.decision_page import last_told, proposed_in
from awards.heirs import unit_on
from awards.kinds import Recipient
from awards.models import DecisionLine, Nomination, SubmissionLine
from awards.rules import LONGEST_REASON
from awards.submission_forms import DAY, NominationChoice
from config import clock
from config.forms import NumberField
from units.models import Unit

MOST = 1_000_000


def minority_fields(recipients) -> dict[str, NumberField]:
    """How many of an ethnic minority, kind by kind: counts, nobody's name."""
    return {
        f"minority_{kind}": NumberField(
            label=f"Trong đó dân tộc thiểu số – {Recipient(kind).label}",
            required=False,
            min_value=0,
            max_value=MOST,
        )
        for kind in Recipient.values
        if kind in recipients and kind in (Recipient.PERSON, Recipient.HOUSEHOLD)
    }


def minority_told(cleaned: dict) -> dict[str, int]:
    told = {kind: cleaned.get(f"minority_{kind}") for kind in Recipient.values}
    return {kind: int(number) for kind, number in told.items() if number is not None}


class DecisionForm(forms.Form):
    """The signed decision about nominations of one tờ trình."""

    nominations = NominationChoice(
        Nomination.objects.none(),
        label="Được khen theo quyết định này",
        error_messages={"required": "Chọn ít nhất một hồ sơ."},
        help_text="Mỗi quyết định một hình thức; hồ sơ chưa chọn chờ quyết định khác.",
    )
    number = forms.CharField(
        label="Số quyết định", max_length=100, help_text="Ví dụ: 1234/QĐ-UBND."
    )
    decided_on = forms.DateField(label="Ngày quyết định", widget=forms.DateInput(attrs=DAY))
    signer = forms.CharField(label="Người ký", max_length=150)
    fund = forms.CharField(
        label="Nguồn tiền",
        max_length=200,
        help_text="Quỹ thi đua, khen thưởng chi tiền thưởng.",
    )

    def __init__(self, *args, submission, **kwargs):
        super().__init__(*args, **kwargs)
        self.submission, self.rows = submission, proposed_in(submission)
        first = self.rows[0].form if self.rows else None
        self.initial |= last_told(submission)
        self.initial["nominations"] = [row.pk for row in self.rows if row.form == first]
        keys = [row.pk for row in self.rows]
        self.fields["nominations"].queryset = (
            Nomination.objects.filter(pk__in=keys)
            .select_related("offer__form")
            .order_by("submissions__position")
        )
        self.fields |= minority_fields({row.recipient for row in self.rows})
        self._ask_for_heirs()

    def _ask_for_heirs(self) -> None:
        """Of a unit that was split people tell to which part the candidate belongs."""
        today = clock.today()
        for row in self.rows:
            if choices := unit_on(row.unit, today).choices:
                self.fields[f"unit_{row.pk}"] = forms.ModelChoiceField(
                    Unit.objects.filter(pk__in=[unit.pk for unit in choices]).in_order(),
                    label=f"Đơn vị nhận của {row.name}",
                    required=False,
                    empty_label="Chọn đơn vị",
                    help_text=f"{row.unit.name} đã chia tách.",
                )

    def chosen(self) -> list[Nomination]:
        wanted = {row.pk for row in self.cleaned_data["nominations"]}
        return [row for row in self.rows if row.pk in wanted]

    def lines(self):
        return SubmissionLine.objects.filter(
            submission=self.submission, nomination__in=self.cleaned_data["nominations"]
        )

    def units(self) -> dict[int, Unit]:
        found = {row.pk: self.cleaned_data.get(f"unit_{row.pk}") for row in self.rows}
        return {key: unit for key, unit in found.items() if unit}

    def clean_nominations(self):
        rows = self.cleaned_data["nominations"]
        if len({row.form.pk for row in rows}) > 1:
            raise ValidationError("Chọn hồ sơ của một hình thức; hình thức khác nhập riêng.")
        return rows

    def told(self) -> dict:
        """What the action asks beside the lines."""
        names = ("number", "decided_on", "signer", "fund")
        return {name: self.cleaned_data[name] for name in names} | {
            "units": self.units(),
            "minority": minority_told(self.cleaned_data),
        }


class LineChoice(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj):
        return f"{obj.position}. {obj.name}"


class _LinesForm(forms.Form):
    lines = LineChoice(
        DecisionLine.objects.none(),
        label="Người, tập thể",
        error_messages={"required": "Chọn ít nhất một dòng."},
    )

    def __init__(self, *args, lines, **kwargs):
        super().__init__(*args, **kwargs)
        keys = [line.pk for line in lines]
        self.fields["lines"].queryset = DecisionLine.objects.filter(pk__in=keys).order_by(
            "position"
        )


class PresentForm(_LinesForm):
    """That awards were handed over."""

    presented_on = forms.DateField(label="Ngày trao", widget=forms.DateInput(attrs=DAY))
    place = forms.CharField(label="Nơi trao", max_length=200, required=False)

    def __init__(self, *args, lines, **kwargs):
        super().__init__(*args, lines=lines, **kwargs)
        self.initial["lines"] = [line.pk for line in lines]


class RevokeForm(_LinesForm):
    """The decision that takes awards back."""

    number = forms.CharField(label="Số quyết định", max_length=100)
    decided_on = forms.DateField(label="Ngày quyết định", widget=forms.DateInput(attrs=DAY))
    signer = forms.CharField(label="Người ký", max_length=150)
    reason = forms.CharField(
        label="Lý do", max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, lines, **kwargs):
        super().__init__(*args, lines=lines, **kwargs)
        self.fields |= minority_fields({line.recipient for line in lines})

    def told(self) -> dict:
        names = ("number", "decided_on", "signer", "reason")
        return {name: self.cleaned_data[name] for name in names} | {
            "minority": minority_told(self.cleaned_data)
        }


class PeriodForm(forms.Form):
    """Between which days of decision, both included."""

    tu = forms.DateField(label="Từ ngày", required=False, widget=forms.DateInput(attrs=DAY))
    den = forms.DateField(label="Đến hết ngày", required=False, widget=forms.DateInput(attrs=DAY))

    def days(self):
        """The days asked for; what cannot be read asks for none."""
        told = self.cleaned_data if self.is_valid() else {}
        return told.get("tu"), told.get("den")
