"""A round of commendation as people type it; rules stand in ``awards.round_rules``."""

from django import forms
from django.forms.models import ModelChoiceField
from django.utils.text import capfirst

from awards.kinds import RoundKind
from awards.models import AwardForm, Round
from awards.round_page import forms_to_offer, holders_for, round_mark
from awards.round_rules import MOST
from awards.rules import LONGEST_REASON
from awards.states import RoundState
from config.forms import FlatSelect, NumberField
from units.models import Unit

DAYS = ("period_from", "period_to", "opens", "due", "council_on")


class RoundEntryForm(forms.ModelForm):
    """A round with its forms on offer: one box to tick and one number advised for each.

    The unit is asked for where the user holds the rounds of several.
    """

    forms = forms.MultipleChoiceField(
        label="Hình thức khen thưởng",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Hình thức nhận đề nghị trong đợt; người có thẩm quyền quyết định xét theo ngày "
        "họp Hội đồng, hoặc hạn nhận hồ sơ khi chưa định ngày họp. "
        "Chỉ tiêu ở dưới để tham khảo: vượt thì nhắc, không chặn.",
    )

    class Meta:
        model = Round
        fields = Round.FACTS
        widgets = {
            "kind": FlatSelect,
            **{
                name: forms.DateInput(
                    attrs={"placeholder": "ngày/tháng/năm", "autocomplete": "off"}
                )
                for name in DAYS
            },
        }
        help_texts = {
            "title": "Ví dụ: Khen thưởng hằng năm 2023.",
            "period_to": "Năm của đợt là năm của ngày này.",
            "due": "Nhận đến hết ngày này.",
            "council_on": "Để trống khi chưa định; cần có để tính ngày công khai muộn nhất.",
        }

    def __init__(self, *args, user, campaign, **kwargs):
        super().__init__(*args, **kwargs)
        self.holders = [self.instance.unit] if self.instance.pk else holders_for(user)
        if self.instance.pk is None:
            self.instance.campaign = campaign
        self.known = self._forms_to_offer()
        self._ask_for_kind()
        self._ask_for_unit()
        self._ask_for_forms()
        self._ask_why()
        if self.instance.pk:
            self.fields["seen"] = forms.CharField(
                initial=round_mark(self.instance), required=False, widget=forms.HiddenInput
            )
        self.order_fields(("unit", *Round.FACTS, "forms"))

    def _forms_to_offer(self) -> dict[str, AwardForm]:
        """By their key as text: what may be chosen, and what was chosen before."""
        found = list(forms_to_offer(self.instance.campaign, self.holders))
        found += [offer.form for offer in self._standing()]
        return {str(form.pk): form for form in found}

    def _standing(self):
        return self.instance.offers.select_related("form") if self.instance.pk else ()

    def _ask_for_kind(self) -> None:
        named = [(value, capfirst(label)) for value, label in RoundKind.choices]
        self.fields["kind"].choices = [("", "Chọn loại đợt"), *named]

    def _ask_for_unit(self) -> None:
        if len(self.holders) > 1:
            keys = [unit.pk for unit in self.holders]
            label = capfirst(Round._meta.get_field("unit").verbose_name)
            self.fields["unit"] = ModelChoiceField(
                Unit.objects.filter(pk__in=keys).in_order(), label=label, empty_label="Chọn đơn vị"
            )

    def _ask_for_forms(self) -> None:
        self.fields["forms"].choices = [(key, str(form)) for key, form in self.known.items()]
        standing = {str(offer.form_id): offer.quota for offer in self._standing()}
        self.initial["forms"] = list(standing)
        for key, form in self.known.items():
            self.fields[f"quota_{key}"] = NumberField(
                label=f"Chỉ tiêu – {form}",
                required=False,
                min_value=1,
                max_value=MOST,
                initial=standing.get(key),
            )

    def _ask_why(self) -> None:
        """Of a round that is open the kind stays, and a change is explained."""
        if self.instance.state != RoundState.OPEN:
            return
        del self.fields["kind"]
        self.fields["reason"] = forms.CharField(
            label="Lý do",
            max_length=LONGEST_REASON,
            help_text="Vì sao sửa đợt đang mở; được lưu vào nhật ký.",
            widget=forms.Textarea(attrs={"rows": 2}),
            error_messages={"required": "Cần ghi vì sao sửa đợt đang mở."},
        )

    def clean(self):
        chosen = self.cleaned_data.get("forms", ())
        for key, form in self.known.items():
            if key not in chosen and self.cleaned_data.get(f"quota_{key}"):
                words = f"Chưa chọn {form}; hãy chọn ở trên, hoặc để trống chỉ tiêu."
                self.add_error(f"quota_{key}", words)
        return self.cleaned_data

    def _post_clean(self):
        """The action validates the whole; here only what was typed goes onto the round."""
        if not self.errors:
            for name in Round.FACTS:
                if name in self.cleaned_data:
                    setattr(self.instance, name, self.cleaned_data[name])
            if self.instance.pk is None:
                self.instance.unit = self.cleaned_data.get("unit") or self.holders[0]

    def offers(self) -> dict[AwardForm, int | None]:
        """The forms on offer, each with the number advised."""
        numbers = {key: self.cleaned_data.get(f"quota_{key}") for key in self.known}
        return {
            self.known[key]: int(numbers[key]) if numbers[key] else None
            for key in self.cleaned_data["forms"]
        }

    def beside(self) -> dict[str, str]:
        """What the action asks beside the round: why, and what was there before."""
        return {name: self.cleaned_data.get(name, "") for name in ("reason", "seen")}
