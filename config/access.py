"""The door: a page is closed unless it says for whom it is open.

Each view declares its audience. The middleware refuses a view that declares none, sends a
stranger to sign in, and answers 403 to a signed-in user without the role. What a user may see
*behind* the door is the row's question (``visible_to``), answered with 404.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured, PermissionDenied, SuspiciousOperation
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

PUBLIC = "public"
SIGNED_IN = "signed_in"


def audience(*names: str) -> Callable:
    """Open a view: to everybody (``PUBLIC``), to any user (``SIGNED_IN``) or to named roles."""

    def declare(view):
        view.audience = frozenset(names)
        return view

    return declare


def audience_of(view) -> frozenset[str] | None:
    """The declared audience of a view, also of the views of the packages we use."""
    declared = getattr(view, "audience", None)
    if declared is not None:
        return declared
    module = getattr(view, "__module__", "")
    for prefix, names in settings.PACKAGE_AUDIENCES.items():
        if module == prefix or module.startswith(prefix + "."):
            return frozenset(names)
    return None


class AccessMiddleware:
    """Ask at the door, for every request, before the view runs.

    What a user was shown is kept nowhere on the way, nor in a shared computer after signing out.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def process_view(self, request, view, args, kwargs):
        names = audience_of(view)
        if names is None:
            raise ImproperlyConfigured(f"{view.__module__}.{view.__name__} declares no audience")
        if PUBLIC in names:
            return None
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        if request.user.password_given:
            return _to_new_password(request)
        if SIGNED_IN in names or names & request.user.role_names():
            return None
        raise PermissionDenied("Trang này không thuộc nhiệm vụ được giao cho tài khoản của bạn.")


def _to_sign_in(request):
    """Send a stranger to sign in, then back to the page.

    What was posted is not kept: the user is told, and comes back to the page of the form.
    """
    if request.method in ("GET", "HEAD"):
        return redirect_to_login(request.get_full_path())
    if request.accepts("text/html"):
        messages.warning(
            request,
            "Phiên đăng nhập đã hết nên nội dung vừa gửi chưa được ghi nhận. Hãy đăng nhập, mở lại "
            "trang và gửi lại.",
        )
    return redirect_to_login(_page_of_form(request))


def _to_new_password(request):
    """A password that somebody else knows opens nothing but the page where it is changed."""
    messages.warning(
        request,
        "Mật khẩu của bạn do người khác cấp. Hãy đặt mật khẩu của riêng mình rồi tiếp tục.",
    )
    return redirect("account_change_password")


def _page_of_form(request) -> str:
    """The page a form was sent from, if it is one of ours; else where people arrive."""
    came_from = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(came_from, {request.get_host()}):
        return resolve_url(settings.LOGIN_REDIRECT_URL)
    place = urlsplit(came_from)
    return f"{place.path}?{place.query}" if place.query else place.path


class NullCharacterMiddleware:
    """Refuse what holds a NUL: nobody types one, and PostgreSQL neither stores nor compares it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        fields = (field for data in (request.GET, request.POST) for field in data.lists())
        if any("\0" in text for name, values in fields for text in (name, *values)):
            raise SuspiciousOperation("a NUL in the address or in the form")


class ContentSecurityPolicyMiddleware:
    """Send the policy of ``SECURE_CSP``; Django 6 brings this middleware and this setting."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.policy = "; ".join(
            f"{directive} {' '.join(sources)}" for directive, sources in settings.SECURE_CSP.items()
        )

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        return response
