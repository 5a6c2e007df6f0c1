"""The council, its members and sessions as people type them; rules stand in the actions."""

from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError

from awards.ballot_box import Sums
from awards.kinds import Choice, Presence
from awards.models import Council, CouncilMember, Session
from awards.paper import paper_mark
from awards.rules import LONGEST_REASON
from awards.session_page import own_cases
from config.forms import FlatSelect, NumberField
from config.text import VIETNAM
from units.models import Unit, User

DAY = {"placeholder": "ngày/tháng/năm", "autocomplete": "off"}


class CouncilForm(forms.ModelForm):
    """A council; the unit is asked for where the user keeps those of several."""

    class Meta:
        model = Council
        fields = (
            "unit",
            "name",
            "quorum_numerator",
            "quorum_denominator",
            "quorum_source",
            "confidence",
        )
        widgets = {"confidence": FlatSelect}
        help_texts = {
            "quorum_numerator": "Ví dụ 2 trên 3 tổng số thành viên. Để trống khi chưa có căn cứ: "
            "cổng không chặn.",
            "quorum_source": "Quy chế, điều khoản quy định số thành viên dự họp tối thiểu.",
        }

    def __init__(self, *args, units=(), **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk or len(units) == 1:
            del self.fields["unit"]
        else:
            keys = [unit.pk for unit in units]
            self.fields["unit"].queryset = Unit.objects.filter(pk__in=keys).in_order()
        if not self.instance.pk and len(units) == 1:
            self.instance.unit = units[0]

    def _post_clean(self):
        """The action validates; here what was typed goes onto the row."""
        if not self.errors:
            for name, value in self.cleaned_data.items():
                setattr(self.instance, name, value)


class MemberForm(forms.ModelForm):
    """A member; the account is named by its sign-in name, and may be left out."""

    account = forms.CharField(
        label="Tài khoản",
        required=False,
        max_length=150,
        help_text="Tên đăng nhập trên cổng, để đọc hồ sơ và bỏ phiếu trên máy của mình. Không có "
        "thì bỏ phiếu giấy.",
    )

    class Meta:
        model = CouncilMember
        fields = ("name", "position", "post", "place", "starts", "ends", "basis")
        widgets = {
            "post": FlatSelect,
            "starts": forms.DateInput(attrs=DAY),
            "ends": forms.DateInput(attrs=DAY),
        }
        help_texts = {
            "place": "Số nhỏ đứng trước trong danh sách và biên bản.",
            "ends": "Ngày đầu tiên không còn là thành viên; để trống khi chưa biết.",
        }

    field_order = ("name", "position", "account")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.user_id:
            self.initial["account"] = self.instance.user.username

    def clean_account(self):
        name = self.cleaned_data["account"].strip()
        if not name:
            return None
        user = User.objects.filter(username=name, is_active=True).first()
        if user is None:
            raise ValidationError("Không có tài khoản đang hoạt động nào mang tên đăng nhập này.")
        return user

    def _post_clean(self):
        if not self.errors:
            for name in self.Meta.fields:
                setattr(self.instance, name, self.cleaned_data[name])
            self.instance.user = self.cleaned_data["account"]


class SessionForm(forms.Form):
    """When and where the council meets, and on which dossiers."""

    day = forms.DateField(label="Ngày họp", widget=forms.DateInput(attrs=DAY))
    hour = forms.TimeField(label="Giờ họp", widget=forms.TimeInput(attrs={"placeholder": "08:00"}))
    place = forms.CharField(label="Địa điểm", max_length=200)
    agenda = forms.CharField(
        label="Nội dung họp",
        required=False,
        max_length=3_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    nominations = forms.ModelMultipleChoiceField(
        label="Hồ sơ đưa ra Hội đồng",
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Hồ sơ đã thẩm định, hoặc đã công khai xong. Hồ sơ chưa đưa ra được thì cổng nói "
        "vì sao.",
    )

    def __init__(self, *args, nominations, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["nominations"]
        field.queryset = nominations
        field.label_from_instance = lambda row: f"{row.name} – {row.form} ({row.proposer.name})"

    @classmethod
    def of(cls, session: Session, data, nominations):
        """The form of a session that stands."""
        held = session.held_at.astimezone(VIETNAM)
        initial = {
            "day": held.date(),
            "hour": held.time(),
            "place": session.place,
            "agenda": session.agenda,
            "nominations": [case.nomination_id for case in session.cases.all()],
        }
        return cls(data, initial=initial, nominations=nominations)

    def told(self) -> dict:
        """What the actions take."""
        typed = self.cleaned_data
        return {
            "held_at": datetime.combine(typed["day"], typed["hour"], VIETNAM),
            "place": typed["place"],
            "agenda": typed["agenda"],
        }


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Lý do",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Cần ghi lý do."},
    )


class PresenceForm(forms.Form):
    """One choice for each member invited; those who have voted stay as they are."""

    def __init__(self, *args, session: Session, **kwargs):
        super().__init__(*args, **kwargs)
        self.seats = {f"s{seat.pk}": seat for seat in session.seats.all()}
        for name, seat in self.seats.items():
            self.fields[name] = forms.ChoiceField(
                label=f"{seat.name} – {seat.get_post_display()}",
                choices=Presence.choices,
                initial=seat.presence,
                widget=forms.RadioSelect,
                disabled=hasattr(seat, "vote") or seat.on_paper,
            )

    def told(self) -> dict[int, str]:
        return {seat.pk: self.cleaned_data[name] for name, seat in self.seats.items()}


class RecusalForm(forms.Form):
    """Who does not vote on which case, and why; a member only about the own vote."""

    seat = forms.ModelChoiceField(label="Thành viên", queryset=None, empty_label="Chọn thành viên")
    case = forms.ModelChoiceField(label="Hồ sơ", queryset=None, empty_label="Chọn hồ sơ")
    reason = forms.CharField(
        label="Lý do",
        max_length=300,
        help_text="Ví dụ: là người thân của người được đề nghị.",
        error_messages={"required": "Cần ghi vì sao không tham gia bỏ phiếu."},
    )

    def __init__(self, *args, session: Session, seat=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.own = seat
        if seat is not None:
            del self.fields["seat"]
        else:
            self.fields["seat"].queryset = session.seats.order_by("member__place", "pk")
        cases = session.cases.select_related("nomination__offer__form").order_by("position")
        self.fields["case"].queryset = cases
        self.fields["case"].label_from_instance = lambda row: f"{row.position}. {row.nomination}"

    def told(self) -> tuple:
        return self.cleaned_data["case"], self.own or self.cleaned_data["seat"]


class BallotForm(forms.Form):
    """The whole ballot of one member: a choice for each case. It is never shown filled in."""

    def __init__(self, *args, session: Session, seat, **kwargs):
        super().__init__(*args, **kwargs)
        self.cases = own_cases(session, seat)
        for case in self.cases:
            self.fields[f"h{case.pk}"] = forms.ChoiceField(
                label=f"{case.position}. {case.nomination.name}",
                choices=Choice.choices,
                widget=forms.RadioSelect(attrs={"autocomplete": "off"}),
                required=False,
            )

    def lines(self):
        """Each case with its field."""
        return [(case, self[f"h{case.pk}"]) for case in self.cases]

    def choices(self) -> dict[int, str]:
        """What was chosen; the action says what is missing."""
        told = ((case.pk, self.cleaned_data.get(f"h{case.pk}")) for case in self.cases)
        return {key: choice for key, choice in told if choice}


COUNTS = (("for", "đồng ý"), ("against", "không đồng ý"), ("invalid", "không hợp lệ"))


class PaperForm(forms.Form):
    """Whose ballots are on paper, and for each case how many say what."""

    seats = forms.ModelMultipleChoiceField(
        label="Người bỏ phiếu giấy",
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Người có mặt không dùng máy, người vắng mặt gửi phiếu bằng văn bản.",
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, session: Session, **kwargs):
        super().__init__(*args, **kwargs)
        taking_part = session.seats.filter(presence__in=Presence.TAKING_PART)
        free = taking_part.exclude(vote__way="screen").order_by("member__place", "pk")
        self.fields["seats"].queryset = free
        self.initial.setdefault("seats", [row.pk for row in free if row.on_paper])
        self.initial.setdefault("seen", paper_mark(session))
        self.cases = list(session.cases.all())
        for case in self.cases:
            for name, label in COUNTS:
                self.fields[f"{name}_{case.pk}"] = NumberField(
                    label=f"{case.position}. {case.nomination.name}: {label}",
                    min_value=0,
                    max_value=len(session.seats.all()),
                    required=False,
                    initial=getattr(case, f"paper_{name}"),
                )

    def lines(self):
        """Each case with its three fields."""
        return [(case, [self[f"{name}_{case.pk}"] for name, _ in COUNTS]) for case in self.cases]

    def counts(self) -> dict[int, Sums]:
        typed = self.cleaned_data
        return {
            case.pk: Sums(*(int(typed[f"{name}_{case.pk}"] or 0) for name, _ in COUNTS))
            for case in self.cases
        }


class AgreementForm(forms.Form):
    """How many votes the council asks for, by form without a known share."""

    def __init__(self, *args, forms_and_cases, **kwargs):
        super().__init__(*args, **kwargs)
        self.groups = {f"{form.pk}": (form, cases) for form, cases in forms_and_cases}
        for key, (form, cases) in self.groups.items():
            self.fields[f"so_{key}"] = NumberField(
                label=f"Số phiếu đồng ý cần có – {form}", min_value=1, initial=cases[0].needed
            )
            self.fields[f"loi_{key}"] = forms.CharField(
                label=f"Hội đồng thống nhất – {form}",
                max_length=1_000,
                initial=cases[0].conclusion,
                widget=forms.Textarea(attrs={"rows": 2}),
                help_text="Ghi như trong biên bản, ví dụ: quá nửa tổng số thành viên Hội đồng.",
            )

    def agreed(self) -> dict[int, tuple[int, str]]:
        typed = self.cleaned_data
        return {
            case.pk: (int(typed[f"so_{key}"]), typed[f"loi_{key}"])
            for key, (_, cases) in self.groups.items()
            for case in cases
        }


class ClosingForm(forms.Form):
    """The last word before the boxes are opened."""

    despite_missing = forms.BooleanField(
        label="Kiểm phiếu dù còn thành viên dự họp chưa bỏ phiếu", required=False
    )

    def __init__(self, *args, missing, **kwargs):
        super().__init__(*args, **kwargs)
        if not missing:
            del self.fields["despite_missing"]
