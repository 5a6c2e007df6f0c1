"""How a new person gets in: a link by mail, or a password that holds until it is changed."""

import secrets
from functools import partial

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django_tasks import task

from config.mail import deliver
from units.models import User

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that are taken for one another on paper: i, l, o, 0, 1."""
GROUPS, IN_GROUP = 3, 4
DAY_SECONDS = 24 * 60 * 60


def one_time_password() -> str:
    """A password to be read out once: three groups of four letters and figures."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(IN_GROUP)) for _ in range(GROUPS))
    return "-".join(groups)


def known_origin() -> str:
    """The portal's address where no page was asked, from the settings; "" when they do not tell."""
    if settings.CSRF_TRUSTED_ORIGINS:
        return settings.CSRF_TRUSTED_ORIGINS[0]
    host = next(iter(settings.ALLOWED_HOSTS), "")
    if not host or host.startswith((".", "*")):
        return ""
    return f"{'https' if settings.SECURE_SSL_REDIRECT else 'http'}://{host}"


def invite_after_commit(user: User, *, origin: str) -> None:
    """Queue the mail with the link by which the person sets a password of the own.

    ``origin`` is the portal's address as the inviting person sees it. The link is made when the
    mail is sent: no queue and no log holds it.
    """
    transaction.on_commit(partial(invite.enqueue, user.pk, origin), robust=True)


@task()
def invite(key: int, origin: str) -> int:
    """Send one invitation; the number of mails handed over."""
    user = User.objects.get(pk=key)
    body = (
        f"Kính gửi {user.full_name},\n\n"
        f"Bạn có tài khoản trên Cổng thi đua, tên đăng nhập: {user.username}\n\n"
        f"{_way_in(user, origin)}"
    )
    return deliver.call(user.email, "Tài khoản của bạn trên Cổng thi đua", body)


def _way_in(user: User, origin: str) -> str:
    otherwise = "hãy mở trang đăng nhập, chọn “Quên mật khẩu” và nhập địa chỉ thư này."
    if not origin:
        return f"Để đặt mật khẩu, {otherwise}"
    days = settings.PASSWORD_RESET_TIMEOUT // DAY_SECONDS
    return (
        f"Hãy đặt mật khẩu của bạn tại địa chỉ sau (dùng được một lần, trong {days} ngày):\n"
        f"{origin}{_path(user)}\n\n"
        f"Nếu địa chỉ đã hết hạn, {otherwise} Không chuyển thư này cho người khác."
    )


def _path(user: User) -> str:
    token = default_token_generator.make_token(user)
    asked = {"uidb36": user_pk_to_url_str(user), "key": token}
    return reverse("account_reset_password_from_key", kwargs=asked)
