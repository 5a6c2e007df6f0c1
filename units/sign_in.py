"""Signing in, in Vietnamese: allauth's adapters and forms with our words.

allauth has no Vietnamese translation and the portal keeps no gettext catalogue, so the words are
set here and in ``templates/account`` and ``templates/mfa``. Nothing else changes: accounts are
given by administrators and leaders, so signing up is closed; rate limits and second factors are
allauth's.

Settings name these classes: ``ACCOUNT_ADAPTER``, ``MFA_ADAPTER``, ``ACCOUNT_FORMS``, ``MFA_FORMS``.
"""

from allauth.account import forms as account_forms
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.forms import EmailField

WRONG_CODE = (
    "Mã xác thực không đúng hoặc đã hết hiệu lực. Hãy nhập mã đang hiện trong ứng dụng, "
    "hoặc một mã dự phòng chưa dùng."
)


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are given, not taken: signing up is closed."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "Tài khoản này đang bị khóa. Hãy liên hệ quản trị viên.",
        "cannot_remove_primary_email": (
            "Không xóa được thư điện tử chính. Hãy chọn một địa chỉ khác làm địa chỉ chính trước."
        ),
        "duplicate_email": "Tài khoản của bạn đã có địa chỉ thư điện tử này.",
        "email_password_mismatch": "Địa chỉ thư điện tử hoặc mật khẩu không đúng.",
        "email_taken": "Địa chỉ thư điện tử này đã thuộc một tài khoản khác.",
        "enter_current_password": "Mật khẩu hiện tại không đúng.",
        "incorrect_code": "Mã không đúng.",
        "incorrect_password": "Mật khẩu không đúng.",
        "invalid_login": "Thông tin đăng nhập không hợp lệ.",
        "invalid_or_expired_key": "Liên kết không hợp lệ hoặc đã hết hạn.",
        "invalid_password_reset": (
            "Liên kết đặt lại mật khẩu không còn hiệu lực. Hãy yêu cầu liên kết mới."
        ),
        "max_email_addresses": "Mỗi tài khoản chỉ được có tối đa %d địa chỉ thư điện tử.",
        "rate_limited": "Thao tác quá nhiều lần liên tiếp. Hãy chờ vài phút rồi thử lại.",
        "same_as_current": "Giá trị mới phải khác giá trị hiện tại.",
        "select_only_one": "Chỉ được chọn một mục.",
        "too_many_login_attempts": (
            "Đăng nhập sai quá nhiều lần nên tạm khóa đăng nhập. Hãy thử lại sau ít phút, "
            "hoặc đặt lại mật khẩu."
        ),
        "unknown_email": "Không có tài khoản nào dùng địa chỉ thư điện tử này.",
        "unverified_primary_email": "Cần xác nhận địa chỉ thư điện tử chính trước.",
        "username_blacklisted": "Không dùng được tên đăng nhập này. Hãy chọn tên khác.",
        "username_password_mismatch": (
            "Tên đăng nhập hoặc mật khẩu không đúng. Mật khẩu phân biệt chữ hoa, chữ thường; "
            "hãy kiểm tra phím Caps Lock và bộ gõ tiếng Việt."
        ),
        "username_taken": "Tên đăng nhập đã được sử dụng.",
    }

    def is_open_for_signup(self, request):
        return False

    def set_password(self, user, password):
        """Whoever sets a password here sets the own one: nobody else knows it from now on."""
        user.password_given = False
        super().set_password(user, password)

    def format_email_subject(self, subject):
        return f"[Cổng thi đua] {subject}"

    def get_reauthentication_methods(self, user):
        words = {
            "reauthenticate": "Dùng mật khẩu",
            "mfa_reauthenticate": "Dùng mã xác thực hoặc mã dự phòng",
        }
        methods = super().get_reauthentication_methods(user)
        return [
            {**method, "description": words.get(method["id"], method["description"])}
            for method in methods
        ]


class MFAAdapter(DefaultMFAAdapter):
    """The second factor's refusals."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "add_email_blocked": (
            "Không thêm được địa chỉ thư điện tử khi tài khoản đang bật xác thực hai lớp."
        ),
        "cannot_delete_authenticator": "Không được tắt xác thực hai lớp.",
        "cannot_generate_recovery_codes": (
            "Chỉ tạo được mã dự phòng sau khi đã bật xác thực hai lớp."
        ),
        "incorrect_code": WRONG_CODE,
        "unverified_email": "Cần xác nhận địa chỉ thư điện tử trước khi bật xác thực hai lớp.",
    }


class PasswordLengthValidator(MinimumLengthValidator):
    """Django's Vietnamese has no sentence for a password that is too short."""

    def get_error_message(self):
        return f"Mật khẩu này ngắn quá; cần ít nhất {self.min_length} ký tự."


def _word(form, **labels) -> None:
    """Give fields their Vietnamese label; the label stands above, so no placeholder inside.

    A field may be missing: allauth drops some by its settings.
    """
    for name, label in labels.items():
        if field := form.fields.get(name):
            field.label = label
            field.widget.attrs.pop("placeholder", None)
            field.error_messages["required"] = "Chưa nhập."
            if isinstance(field, EmailField):
                field.error_messages["invalid"] = (
                    "Địa chỉ thư điện tử chưa đúng; nhập theo dạng ten@vinhphuc.gov.vn."
                )


class NewPasswordMixin:
    """The two entries of a new password must agree; allauth says so in English only."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _word(self, password1="Mật khẩu mới", password2="Nhập lại mật khẩu mới")  # noqa: S106

    def add_error(self, field, error):
        if field == "password2" and not isinstance(error, ValidationError):
            error = "Hai lần nhập mật khẩu mới không giống nhau. Hãy nhập lại."
        super().add_error(field, error)


class LoginForm(account_forms.LoginForm):
    """Sign in by user name."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _word(self, login="Tên đăng nhập", password="Mật khẩu", remember="Ghi nhớ đăng nhập")  # noqa: S106
        self.fields["login"].widget.attrs.update(autocapitalize="none", spellcheck="false")


class ReauthenticateForm(account_forms.ReauthenticateForm):
    """The password once more, before a change to the account."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _word(self, password="Mật khẩu")  # noqa: S106


class ResetPasswordForm(account_forms.ResetPasswordForm):
    """Ask for a link to set a new password."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _word(self, email="Địa chỉ thư điện tử của tài khoản")


class ResetPasswordKeyForm(NewPasswordMixin, account_forms.ResetPasswordKeyForm):
    """Set a new password by the link."""


class SetPasswordForm(NewPasswordMixin, account_forms.SetPasswordForm):
    """Set a first password."""


class ChangePasswordForm(NewPasswordMixin, account_forms.ChangePasswordForm):
    """Replace the password, knowing the present one."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _word(self, oldpassword="Mật khẩu hiện tại")  # noqa: S106


class AddEmailForm(account_forms.AddEmailForm):
    """Another address for notices and for a forgotten password."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _word(self, email="Địa chỉ thư điện tử")


class AuthenticateForm(mfa_forms.AuthenticateForm):
    """The second factor when signing in."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _word(self, code="Mã xác thực hoặc mã dự phòng")
        self.fields["code"].widget.attrs["autofocus"] = True


class ReauthenticateCodeForm(mfa_forms.ReauthenticateForm):
    """The second factor once more, before a change to the account."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _word(self, code="Mã xác thực hoặc mã dự phòng")


class ActivateTOTPForm(totp_forms.ActivateTOTPForm):
    """Prove that the authenticator app holds the secret."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _word(self, code="Mã gồm 6 chữ số đang hiện trong ứng dụng")
        self.fields["code"].widget.attrs["inputmode"] = "numeric"
