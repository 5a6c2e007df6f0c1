"""Input → clean values; no writes."""

from django import forms

from campaign.models import Period
from config import clock
from config.forms import NumberField
from criteria.models import Block
from criteria.rules import REASON_LIMIT
from criteria.steps import RANKING_STEPS
from units.kinds import Tier


class ComputeForm(forms.Form):
    """Which ranking to compute: a period, and a tier or one block of it."""

    period = forms.ModelChoiceField(
        label="Kỳ báo cáo",
        queryset=Period.objects.none(),
        to_field_name="code",
        empty_label=None,
        error_messages={
            "required": "Chưa chọn kỳ báo cáo.",
            "invalid_choice": "Kỳ này chưa bắt đầu hoặc không có; hãy chọn lại.",
        },
    )
    scope = forms.ChoiceField(
        label="Nhóm đơn vị hoặc cụm, khối",
        error_messages={
            "required": "Chưa chọn nhóm đơn vị hoặc cụm, khối.",
            "invalid_choice": "Nhóm hoặc cụm, khối này không có; hãy chọn lại.",
        },
    )

    def __init__(self, *args, campaign, **options):
        super().__init__(*args, **options)
        today = clock.today()
        begun = Period.objects.filter(campaign=campaign, starts__lte=today, year__lte=today.year)
        yearly = begun.filter(kind=Period.Kind.YEARLY).order_by("year").last()
        self.fields["period"].queryset = begun
        self.fields["period"].initial = yearly and yearly.code
        self.blocks = {block.pk: block for block in Block.objects.filter(campaign=campaign)}
        self.fields["scope"].choices = list(self._scopes())

    def _scopes(self):
        """Each reporting tier as a whole, then its blocks."""
        for tier in Tier:
            if tier in Tier.REPORTING:
                yield scope_of(tier), tier.label
                for block in sorted(self.blocks.values(), key=lambda block: block.pk):
                    if block.tier == tier:
                        yield scope_of(tier, block), f"– {block.name}"

    def clean_scope(self):
        """(tier, block or None)"""
        tier, _, block = self.cleaned_data["scope"].partition(":")
        return tier, self.blocks[int(block)] if block else None


def scope_of(tier, block=None) -> str:
    """A tier or a block of it as one value of the form."""
    return f"{tier}:{block.pk}" if block else str(tier)


class PlaceForm(forms.Form):
    """The board's own place for a unit, with its reason; no place takes the decision back."""

    place = NumberField(label="Hạng do Ban TĐKT quyết định", required=False, min_value=1)
    reason = forms.CharField(
        label="Lý do",
        required=False,
        max_length=REASON_LIMIT,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": f"Lý do dài quá {REASON_LIMIT} ký tự; hãy rút gọn."},
    )

    def clean_place(self):
        place = self.cleaned_data["place"]
        return None if place is None else int(place)


class PublishForm(forms.Form):
    """The way of publishing, and the reason where one is asked."""

    step = forms.ChoiceField(choices=[(name, step.label) for name, step in RANKING_STEPS.items()])
    note = forms.CharField(label="Lý do", required=False, max_length=REASON_LIMIT)

    def override(self) -> str:
        """Why the ranking is published unfinished; "" for the ordinary way."""
        data = self.cleaned_data
        return data["note"] if data["step"] == "publish_incomplete" else ""


class PointsForm(forms.Form):
    """The maximum points of each criterion of a set; empty means an equal share."""

    def __init__(self, *args, shares, **options):
        super().__init__(*args, **options)
        self.shares = shares
        for share in shares:
            self.fields[_field(share.criterion)] = NumberField(
                label=f"Điểm tối đa {share.criterion.clause}",
                required=False,
                decimals=2,
                max_digits=6,
                initial=share.criterion.points,
                widget=forms.TextInput(attrs={"size": 6}),
            )

    def lines(self):
        """(share, bound field) in the order of the criteria."""
        return [(share, self[_field(share.criterion)]) for share in self.shares]

    def points(self) -> dict:
        """Criterion pk → points or None, as ``criteria.actions.configure_points`` takes them."""
        return {
            share.criterion.pk: self.cleaned_data[_field(share.criterion)] for share in self.shares
        }


def _field(criterion) -> str:
    return f"points-{criterion.pk}"


class VersionForm(forms.Form):
    """From which year on the next version of a set holds."""

    first_year = forms.IntegerField(
        label="Áp dụng từ năm",
        min_value=2021,
        max_value=2100,
        error_messages={
            "required": "Hãy ghi năm áp dụng.",
            "invalid": "Năm gồm bốn chữ số, ví dụ 2024.",
            "min_value": "Năm phải từ 2021.",
            "max_value": "Năm phải đến 2100.",
        },
    )
