"""People of a unit as leaders type them; the rules themselves stand in ``units.rules``."""

from django import forms

from units import staffing
from units.kinds import ROLE_DESCRIPTIONS
from units.models import Appointment, Unit, User
from units.participant_forms import day_field, reason_field

LONGEST_BASIS = 300


def _basis() -> forms.CharField:
    return forms.CharField(
        label="Căn cứ",
        max_length=LONGEST_BASIS,
        required=False,
        help_text="Số, ngày của quyết định hoặc văn bản phân công.",
    )


class FindForm(forms.Form):
    """An account by its exact name: whom a role is to be given to."""

    tk = forms.CharField(
        label="Tên đăng nhập hoặc thư điện tử",
        max_length=254,
        help_text="Nhập đúng và đủ; cổng không cho xem danh sách tài khoản.",
        error_messages={"required": "Hãy nhập tên đăng nhập hoặc địa chỉ thư."},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )

    def __init__(self, query, *, reader: User, label: str = ""):
        super().__init__(query if "tk" in query else None)
        if label:
            self.fields["tk"].label = label
        self.reader, self.account = reader, None
        self.is_valid()

    def clean_tk(self) -> str:
        self.account = staffing.account_named(self.cleaned_data["tk"], self.reader)
        return self.cleaned_data["tk"]


class _RoleForm(forms.Form):
    """One of the roles that the user may hand out here, from a day on."""

    role = forms.ChoiceField(label="Vai trò", widget=forms.RadioSelect)
    starts = day_field("Từ ngày")
    basis = _basis()

    def __init__(self, *args, user: User, unit: Unit, **options):
        super().__init__(*args, **options)
        roles = staffing.grantable(user, unit)
        self.fields["role"].choices = [
            (role.value, f"{role.label}: {ROLE_DESCRIPTIONS[role]}") for role in roles
        ]
        self.fields["role"].error_messages["required"] = "Hãy chọn vai trò."


class GiveForm(_RoleForm):
    """A role for an account that is there."""

    ends = day_field("Hết từ ngày", required=False, help_text="Để trống: chưa định ngày hết.")
    field_order = ("role", "starts", "ends", "basis")


class OpenForm(_RoleForm):
    """A new account with its first role."""

    full_name = forms.CharField(
        label="Họ và tên", max_length=150, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    position = forms.CharField(label="Chức vụ", max_length=150, required=False)
    username = forms.CharField(
        label="Tên đăng nhập",
        max_length=150,
        help_text="Chữ cái không dấu, chữ số, dấu chấm, gạch nối; không đổi được về sau.",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    email = forms.EmailField(
        label="Thư điện tử",
        required=False,
        help_text="Có địa chỉ: người dùng nhận thư để tự đặt mật khẩu. Để trống: cổng cấp mật khẩu "
        "dùng một lần, hiện cho bạn đúng một lần.",
        error_messages={"invalid": "Địa chỉ thư chưa đúng; nhập theo dạng ten@vinhphuc.gov.vn."},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    field_order = ("full_name", "position", "username", "email", "role", "starts", "basis")

    def account(self) -> User:
        """The account as the form tells it, not saved."""
        names = ("full_name", "position", "username", "email")
        return User(**{name: self.cleaned_data[name] for name in names})


class EndRoleForm(forms.Form):
    """The first day without the role."""

    ends = day_field("Hết từ ngày", help_text="Ngày đầu tiên không còn vai trò này.")
    reason = reason_field(
        required=False,
        help_text="Được lưu vào nhật ký. Quản trị hệ thống phải ghi khi kết thúc lãnh đạo cuối "
        "cùng của đơn vị.",
    )


class HandOverForm(forms.Form):
    """Which roles go over, from when, on what ground."""

    seats = forms.MultipleChoiceField(
        label="Vai trò bàn giao",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Hãy chọn ít nhất một vai trò để bàn giao."},
    )
    day = day_field("Từ ngày", help_text="Ngày đầu tiên người nhận giữ vai trò.")
    basis = _basis()

    def __init__(self, *args, seats: list[Appointment], **options):
        super().__init__(*args, **options)
        self._seats = {str(seat.pk): seat for seat in seats}
        self.fields["seats"].choices = [
            (key, f"{seat.role_label} – {seat.unit}") for key, seat in self._seats.items()
        ]
        self.fields["seats"].initial = list(self._seats)

    def chosen(self) -> list[Appointment]:
        return [self._seats[key] for key in self.cleaned_data["seats"]]
