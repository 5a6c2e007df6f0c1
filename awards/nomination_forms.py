"""The steps of a dossier as people fill them in; rules stand in ``awards.proposing_rules``."""

from django import forms
from django.db.models import QuerySet
from django.forms.models import ModelChoiceField
from django.utils.text import capfirst

from awards.candidates import proposers_for, recipients_for, rounds_open_to
from awards.kinds import AwardType, Document, Recipient
from awards.models import Flag, Nomination, NominationAnswer, Round, RoundForm
from awards.nomination_page import mark_of
from awards.rules import LONGEST_REASON
from config import clock
from config.forms import FlatSelect, LongTextField, NumberField
from criteria.states import Grade
from units.choosing import the_one_meant
from units.kinds import Role
from units.models import Unit, alive_on


def offers_for(user) -> QuerySet[RoundForm]:
    """The forms on offer in the rounds that receive today and that the user may see."""
    rounds = rounds_open_to(Round.objects.visible_to(user), clock.today())
    found = RoundForm.objects.filter(round__in=rounds).select_related("form", "round__unit")
    return found.order_by("round__due", "round__title", "round", "form__position")


class OfferField(ModelChoiceField):
    def label_from_instance(self, offer):
        return f"{offer.form} – {offer.round.title}"


def _capitalized(choices):
    return [(value, capfirst(label)) for value, label in choices]


class BeginForm(forms.Form):
    """The first step: by which unit, for which form, for what kind of candidate. Sent by GET."""

    don_vi = ModelChoiceField(
        Unit.objects.none(), label="Đơn vị đề nghị", empty_label=None, widget=FlatSelect
    )
    hinh_thuc = OfferField(
        RoundForm.objects.none(),
        label="Hình thức, đợt khen thưởng",
        empty_label="Chọn hình thức",
        widget=FlatSelect,
        help_text="Chỉ hiện các đợt đang nhận hồ sơ hôm nay.",
    )
    doi_tuong = forms.ChoiceField(label="Đối tượng", widget=forms.RadioSelect)
    loai = forms.ChoiceField(
        label="Loại khen thưởng",
        choices=_capitalized(AwardType.choices),
        required=False,
        widget=FlatSelect,
        help_text="Theo phong trào, đột xuất: báo cáo thành tích theo mẫu ngắn.",
    )
    gioi_thieu = forms.IntegerField(required=False, widget=forms.HiddenInput)
    q = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.proposers = proposers_for(user)
        keys = [unit.pk for unit in self.proposers]
        self.fields["don_vi"].queryset = Unit.objects.filter(pk__in=keys).in_order()
        self.fields["hinh_thuc"].queryset = offers_for(user)
        known = {kind for unit in self.proposers for kind in recipients_for(unit)}
        choices = [(value, label) for value, label in Recipient.choices if value in known]
        self.fields["doi_tuong"].choices = _capitalized(choices)
        self.initial.setdefault("loai", AwardType.MOVEMENT)
        if len(keys) == 1:
            self.initial.setdefault("don_vi", keys[0])

    def clean_loai(self):
        return self.cleaned_data["loai"] or AwardType.MOVEMENT


class FactsForm(forms.ModelForm):
    """Who is put forward, for what, as the decision will say it."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    women_share = NumberField(
        label="Tỷ lệ nữ của tập thể (%)", required=False, min_value=0, max_value=100,
        help_text="Để xét ưu tiên khi bằng nhau; không có thì để trống.",
    )  # fmt: skip

    class Meta:
        model = Nomination
        fields = Nomination.FACTS
        widgets = {
            "award_type": FlatSelect,
            "achievement": forms.Textarea(attrs={"rows": 3}),
            **{
                name: forms.DateInput(
                    attrs={"placeholder": "ngày/tháng/năm", "autocomplete": "off"}
                )
                for name in ("period_from", "period_to")
            },
        }
        help_texts = {
            "name": "Viết đúng như sẽ ghi trong quyết định và bằng khen.",
            "award_type": "Đổi loại không đổi các mục của báo cáo thành tích đã lập.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["revision"] = self.instance.revision
        self.fields["award_type"].choices = _capitalized(AwardType.choices)
        if not self.instance.is_open:
            del self.fields["women_share"]
        else:
            del self.fields["post"]

    def _post_clean(self):
        """The action validates and writes; the row that the page shows stays as it is."""

    def facts(self) -> dict:
        found = {name: self.cleaned_data[name] for name in self.fields if name != "revision"}
        if found.get("women_share") is not None:
            found["women_share"] = int(found["women_share"])
        return found


class PartForm(forms.Form):
    """One part of the achievement report."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    text = LongTextField(
        label="Nội dung", required=False, strip=False, widget=forms.Textarea(attrs={"rows": 14})
    )


class AnswersForm(forms.Form):
    """What the candidate says to each criterion of its group."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, rows: list[NominationAnswer], **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = rows
        self.initial["seen"] = mark_of(rows)
        for row in rows:
            self.fields[f"grade_{row.criterion_id}"] = forms.ChoiceField(
                label=f"{row.criterion.clause} – mức đạt",
                choices=Grade.choices,
                required=False,
                initial=row.grade,
                widget=forms.RadioSelect,
            )
            self.fields[f"explanation_{row.criterion_id}"] = LongTextField(
                label=f"{row.criterion.clause} – diễn giải",
                required=False,
                initial=row.explanation,
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    def lines(self):
        """(criterion, grade, explanation) in the order of the criteria."""
        for row in self.rows:
            key = row.criterion_id
            yield row.criterion, self[f"grade_{key}"], self[f"explanation_{key}"]

    def said(self) -> dict[int, tuple[str, str]]:
        data = self.cleaned_data
        return {
            row.criterion_id: (
                data[f"grade_{row.criterion_id}"],
                data[f"explanation_{row.criterion_id}"],
            )
            for row in self.rows
        }


class FileForm(forms.Form):
    """As which document the files that are sent along are kept."""

    document = forms.ChoiceField(
        label="Loại tài liệu",
        choices=[("", "Chọn loại tài liệu"), *_capitalized(Document.choices)],
        widget=FlatSelect,
        error_messages={"required": "Hãy chọn loại tài liệu."},
    )


class FlagForm(forms.ModelForm):
    """A candidate pointed out: the unit in charge is named by its code or name."""

    unit_named = forms.CharField(
        label="Đơn vị phụ trách (tên hoặc mã)",
        max_length=100,
        help_text="Đơn vị trực tiếp quản lý người, tập thể được giới thiệu.",
    )

    class Meta:
        model = Flag
        fields = ("from_unit", "recipient", "name", "reason")
        widgets = {"recipient": forms.RadioSelect, "reason": forms.Textarea(attrs={"rows": 6})}
        help_texts = {"reason": "Việc đã làm, kết quả, vì sao nên khen; không ghi số định danh."}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.senders = {unit.pk: unit for unit in user.units_as(*Role.OF_UNIT)}
        self.fields["recipient"].choices = _capitalized(Recipient.choices)
        if len(self.senders) == 1:
            del self.fields["from_unit"]
            self.instance.from_unit = next(iter(self.senders.values()))
        else:
            rows = Unit.objects.filter(pk__in=self.senders).in_order()
            self.fields["from_unit"].queryset = rows
        self.order_fields(("from_unit", "unit_named", "recipient", "name", "reason"))

    def clean_unit_named(self):
        day = clock.today()
        rows = Unit.objects.filter(alive_on(day), parent__isnull=False)
        named = self.cleaned_data["unit_named"]
        self.instance.unit = the_one_meant(rows, named, noun="đơn vị", when="hôm nay")
        return named

    def _post_clean(self):
        """The action validates the whole; here what was typed goes onto the flag."""
        for name in ("from_unit", "recipient", "name", "reason"):
            if name in self.cleaned_data:
                setattr(self.instance, name, self.cleaned_data[name])


class DeclineForm(forms.Form):
    """Why no dossier is begun."""

    answer = forms.CharField(
        label="Trả lời",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Vì sao không lập hồ sơ; đơn vị giới thiệu đọc được.",
        error_messages={"required": "Cần ghi vì sao không lập hồ sơ."},
    )
