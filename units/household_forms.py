"""Households as people type them; the rules themselves stand in ``units.household_rules``."""

from django import forms

from config import clock
from units.households import lists, scope
from units.models import EscapeRegistration, Household, HouseholdStatus

LONGEST_NOTE = 300
DAY = {"placeholder": "ngày/tháng/năm", "autocomplete": "off"}
BAD_DAY = "Ngày không đọc được. Hãy viết ngày/tháng/năm, ví dụ 30/06/2022."


def _day(label: str, **options) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs=DAY),
        error_messages={"invalid": BAD_DAY, "required": "Chưa ghi ngày."},
        **options,
    )


class HouseholdForm(forms.Form):
    """Who the household is, and where."""

    code = forms.CharField(
        label="Mã hộ",
        max_length=20,
        help_text="10 chữ số: 5 chữ số mã xã, 5 chữ số thứ tự của hộ.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    head = forms.CharField(
        label="Họ tên chủ hộ",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    unit = forms.ModelChoiceField(
        label="Thôn hoặc xã", queryset=None, empty_label="Chọn thôn, tổ dân phố"
    )

    def __init__(self, *args, user, household: Household | None = None, **options):
        told = {"code": household.code, "head": household.head} if household else {}
        super().__init__(*args, initial={**told, "unit": household and household.unit}, **options)
        homes = scope.homes_to_choose(user, clock.today())
        if household:
            homes = scope.with_home(homes, household.unit)
        self.fields["unit"].queryset = homes
        self.household = household or Household()

    def filled(self) -> Household:
        """The household as the form tells it, not saved."""
        for name in ("code", "head", "unit"):
            setattr(self.household, name, self.cleaned_data[name])
        return self.household


class StatusForm(forms.Form):
    """The status at the end of one year."""

    year = forms.TypedChoiceField(label="Năm", coerce=int)
    status = forms.ChoiceField(
        label="Tình trạng cuối năm",
        required=False,
        choices=[*HouseholdStatus.choices, ("", "chưa có tình trạng (bỏ)")],
    )
    reason = forms.CharField(
        label="Lý do",
        required=False,
        max_length=LONGEST_NOTE,
        help_text="Văn bản hoặc việc làm căn cứ; không ghi tên người.",
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        years = lists.years_to_show(clock.today())
        self.fields["year"].choices = [(year, str(year)) for year in years]


class RegistrationForm(forms.Form):
    """A household's own registration to leave poverty within a year."""

    year = forms.TypedChoiceField(
        label="Năm", coerce=int, help_text="Năm hộ đăng ký sẽ thoát nghèo."
    )
    registered_on = _day("Ngày đăng ký")
    note = forms.CharField(label="Ghi chú", required=False, max_length=LONGEST_NOTE)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        years = lists.years_to_register(clock.today())
        self.fields["year"].choices = [(year, str(year)) for year in years]


class OutcomeForm(forms.Form):
    """What came of a registration."""

    outcome = forms.ChoiceField(label="Kết quả", choices=EscapeRegistration.Outcome.choices)
    decided_on = _day(
        "Ngày ghi kết quả", required=False, help_text="Để trống khi còn đang thực hiện."
    )
    note = forms.CharField(label="Ghi chú", required=False, max_length=LONGEST_NOTE)


class WithdrawalForm(forms.Form):
    """Why a registration was entered by mistake."""

    reason = forms.CharField(
        label="Lý do bỏ đăng ký",
        max_length=LONGEST_NOTE,
        help_text="Chỉ bỏ khi ghi nhầm và chưa có kết quả; không ghi tên người.",
        error_messages={"required": "Cần ghi vì sao bỏ đăng ký."},
    )
