"""Forms of the admin pages: they ask the rules of the actions, so that refusals stand there."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from units import permissions, rules, succession_rules
from units.actions.people import ACCOUNT_FIELDS
from units.actions.units import LINK_FIELDS, STANDARD_FIELDS, UNIT_FIELDS
from units.models import Appointment, PovertyStandard, Succession, Unit, User


class ActionForm(forms.ModelForm):
    """A form whose saving is an action; ``by`` is set by the admin page."""

    by = None

    def obstacles(self) -> list[str]:
        """What the domain holds against the row as filled in."""
        return []

    def _post_clean(self):
        super()._post_clean()
        if not self.errors:
            for reason in self.obstacles():
                self.add_error(None, reason)

    def save(self, commit=True):
        """The action writes; the admin wants the object and has nothing else to store."""
        self.save_m2m = lambda: None
        return self.instance


class UnitForm(ActionForm):
    class Meta:
        model = Unit
        fields = UNIT_FIELDS

    def obstacles(self):
        before = Unit.objects.filter(pk=self.instance.pk).first()
        return rules.obstacles_to_saving(self.instance, before)


class SuccessionForm(ActionForm):
    class Meta:
        model = Succession
        fields = LINK_FIELDS

    def obstacles(self):
        return succession_rules.obstacles_to_linking(self.instance)


class StandardForm(ActionForm):
    class Meta:
        model = PovertyStandard
        fields = STANDARD_FIELDS

    def obstacles(self):
        reason = rules.measures_alone(self.instance)
        return [reason] if reason else []


class UserForm(ActionForm):
    new_password = forms.CharField(
        label="Mật khẩu mới",
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Để trống thì giữ mật khẩu cũ; tài khoản mới chưa có mật khẩu thì chưa "
        "đăng nhập được. Người dùng đổi lại sau khi đăng nhập.",
    )

    class Meta:
        model = User
        fields = ACCOUNT_FIELDS

    def clean_new_password(self):
        password = self.cleaned_data["new_password"]
        if password:
            try:
                validate_password(password, self.instance)
            except ValidationError as errors:
                raise ValidationError(errors.messages) from errors
        return password

    def obstacles(self):
        before = User.objects.filter(pk=self.instance.pk).first()
        return rules.obstacles_to_account(self.instance, before)


class AppointmentForm(ActionForm):
    reason = forms.CharField(
        label="Lý do",
        required=False,
        max_length=500,
        help_text="Cần ghi khi kết thúc lãnh đạo cuối cùng của một đơn vị; được lưu vào nhật ký.",
    )

    class Meta:
        model = Appointment
        fields = ("user", "unit", "role", "starts", "ends", "basis")

    def obstacles(self):
        seat = self.instance
        told = [permissions.may_appoint(self.by, seat.unit, seat.role)]
        if seat.pk is None:
            told += [permissions.gives_to(self.by, seat.user)]
            told += rules.obstacles_to_appointing(seat)
        else:
            waived = bool(self.cleaned_data.get("reason", "").strip())
            told += rules.obstacles_to_ending(seat, waived=waived)
            told += [] if seat.ends else ["Hết từ ngày: hãy ghi ngày kết thúc phân công."]
        return [reason for reason in told if reason]
