"""Signing in: every page, refusal and letter of allauth speaks Vietnamese."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.urls import reverse
from pytest_django.asserts import assertRedirects

from tests.factories.units import UserFactory
from units import sign_in
from units.actions import save_user
from units.models import User

pytestmark = pytest.mark.django_db

PASSWORD = "Ruộng-bậc-thang-9"
ENGLISH = re.compile(
    r"\b(sign (in|up|out)|password|username|e-?mail address|your account|authenticator|recovery"
    r"|confirm|submit|please|code|incorrect|invalid)\b",
    re.IGNORECASE,
)


@pytest.fixture(autouse=True)
def _no_guesses_yet():
    """The limits on guessing live in the cache, which outlives a test."""
    cache.clear()


@pytest.fixture
def user():
    return UserFactory(
        username="hang", full_name="Nguyễn Thị Hằng", email="hang@example.vn", password=PASSWORD
    )


@pytest.fixture
def signed_in(client, user):
    """Through the real form, the password given once more as for a change to the account."""
    client.post(reverse("account_login"), {"login": "hang", "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def words_of(response):
    """What a reader sees: the page without its tags and without the user's own data."""
    page = re.sub(r"<(script|style|head).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"<[^>]+>", " ", page)


def assert_vietnamese(response):
    assert response.status_code == 200
    assert not (found := ENGLISH.search(words_of(response))), found


def totp_code(secret):
    counter = next(totp.yield_hotp_counters_from_time())
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def turn_on_totp(client):
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": totp_code(secret)})
    return secret


@pytest.mark.parametrize(
    "page", ["account_login", "account_signup", "account_reset_password", "account_inactive"]
)
def test_pages_before_signing_in_are_vietnamese(client, page):
    assert_vietnamese(client.get(reverse(page)))


@pytest.mark.parametrize(
    "page", ["account_change_password", "account_email", "account_logout", "mfa_index"]
)
def test_pages_of_the_own_account_are_vietnamese(signed_in, page):
    assert_vietnamese(signed_in.get(reverse(page)))


def test_nobody_can_sign_up(client):
    data = {"username": "moi", "password1": PASSWORD, "password2": PASSWORD}

    response = client.post(reverse("account_signup"), data)

    assert "không mở đăng ký" in response.content.decode()
    assert not User.objects.filter(username="moi").exists()


def test_a_wrong_password_is_refused_with_advice(client, user):
    response = client.post(reverse("account_login"), {"login": "hang", "password": "sai"})

    assert_vietnamese(response)
    assert "bộ gõ tiếng Việt" in response.content.decode()


def test_a_forgotten_field_is_named(client):
    response = client.post(reverse("account_login"), {"login": "", "password": ""})

    page = " ".join(response.content.decode().split())
    assert "Tên đăng nhập: Chưa nhập." in page
    assert "Mật khẩu: Chưa nhập." in page


def test_two_different_new_passwords_are_refused(signed_in):
    data = {"oldpassword": PASSWORD, "password1": "Núi-Tam-Đảo-88", "password2": "khác"}

    response = signed_in.post(reverse("account_change_password"), data)

    assert_vietnamese(response)
    assert response.context["form"].errors == {
        "password2": ["Hai lần nhập mật khẩu mới không giống nhau. Hãy nhập lại."]
    }


@pytest.mark.parametrize("weak", ["1a", "password", "12345678", "hang"])
def test_a_weak_new_password_is_refused_in_vietnamese(signed_in, weak):
    data = {"oldpassword": PASSWORD, "password1": weak, "password2": weak}

    response = signed_in.post(reverse("account_change_password"), data)

    assert_vietnamese(response)
    assert response.context["form"].errors["password1"]


def test_a_new_password_left_out_says_only_that(signed_in):
    data = {"oldpassword": "sai", "password1": "Núi-Tam-Đảo-88", "password2": ""}

    response = signed_in.post(reverse("account_change_password"), data)

    assert response.context["form"].errors == {
        "oldpassword": ["Mật khẩu hiện tại không đúng."],
        "password2": ["Chưa nhập."],
    }


def test_a_changed_password_is_told_to_its_owner(signed_in, mailoutbox):
    new = "Núi-Tam-Đảo-88"

    signed_in.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )

    assert User.objects.get(username="hang").check_password(new)
    (letter,) = mailoutbox
    assert letter.subject == "[Cổng thi đua] Đã đổi mật khẩu"
    assert not ENGLISH.search(letter.body)


def test_a_forgotten_password_is_set_anew_by_a_letter(client, user, mailoutbox):
    client.post(reverse("account_reset_password"), {"email": "hang@example.vn"})
    (letter,) = mailoutbox
    link = re.search(r"https?://testserver(/\S+)", letter.body)[1]
    form = client.get(link, follow=True)
    assert_vietnamese(form)
    assert "Tên đăng nhập: hang" in letter.body

    address = form.redirect_chain[-1][0]
    new = "Hồ-Đại-Lải-2023"
    done = client.post(address, {"password1": new, "password2": new}, follow=True)

    assert_vietnamese(done)
    assert User.objects.get(username="hang").check_password(new)
    assert_vietnamese(client.get(link, follow=True))  # used up


def test_an_unknown_address_learns_nothing_on_the_page(client, mailoutbox):
    response = client.post(
        reverse("account_reset_password"), {"email": "la@example.vn"}, follow=True
    )

    assert_vietnamese(response)
    assert "Nếu địa chỉ vừa nhập thuộc một tài khoản" in response.content.decode()
    assert [letter.to for letter in mailoutbox] == [["la@example.vn"]]
    assert "không có tài khoản nào" in mailoutbox[0].body


def test_an_address_never_confirmed_does_not_bar_the_second_factor(signed_in, user):
    signed_in.get(reverse("account_email"))  # copies the address, as not confirmed

    turn_on_totp(signed_in)

    assert Authenticator.objects.filter(user=user, type="totp").exists()


@pytest.mark.django_db(transaction=True)  # the letter leaves after the commit
def test_the_second_factor_is_turned_on_with_a_code_from_the_app(signed_in, user, mailoutbox):
    assert_vietnamese(signed_in.get(reverse("mfa_activate_totp")))
    wrong = signed_in.post(reverse("mfa_activate_totp"), {"code": "000000x"})
    assert wrong.context["form"].errors == {"code": [sign_in.WRONG_CODE]}

    turn_on_totp(signed_in)

    assert Authenticator.objects.filter(user=user, type="totp").exists()
    assert "[Cổng thi đua] Đã bật xác thực hai lớp" in [letter.subject for letter in mailoutbox]
    for page in ("mfa_index", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"):
        assert_vietnamese(signed_in.get(reverse(page)))
    assert_vietnamese(signed_in.get(reverse("mfa_deactivate_totp")))


def test_the_second_factor_is_asked_when_signing_in(signed_in, client, user):
    turn_on_totp(signed_in)
    code = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()[0]
    client.post(reverse("account_logout"))

    asked = client.post(
        reverse("account_login"), {"login": "hang", "password": PASSWORD}, follow=True
    )
    assert_vietnamese(asked)
    assert "_auth_user_id" not in client.session
    wrong = client.post(reverse("mfa_authenticate"), {"code": "sai"})
    assert sign_in.WRONG_CODE in wrong.content.decode()

    client.post(reverse("mfa_authenticate"), {"code": code})

    assert client.session["_auth_user_id"] == str(user.pk)


def test_the_password_is_asked_again_before_the_second_factor_changes(client, user):
    client.force_login(user)  # the password was never given in this session

    asked = client.get(reverse("mfa_activate_totp"), follow=True)

    assert_vietnamese(asked)
    assert "Xác nhận danh tính" in asked.content.decode()
    wrong = client.post(reverse("account_reauthenticate"), {"password": "sai"})
    assert wrong.context["form"].errors == {"password": ["Mật khẩu không đúng."]}


def test_the_address_before_sets_no_password_anew(signed_in, client, user, mailoutbox):
    signed_in.get(reverse("account_email"))  # copies the address
    user.email = "moi@example.vn"
    save_user(user, by=None)

    for address in ("hang@example.vn", "moi@example.vn"):
        client.post(reverse("account_logout"))
        client.post(reverse("account_reset_password"), {"email": address})

    told = {letter.to[0]: "/password/reset/key/" in letter.body for letter in mailoutbox}
    assert told == {"hang@example.vn": False, "moi@example.vn": True}


def test_the_password_is_asked_again_before_an_address_changes(client, user):
    client.force_login(user)  # a screen left open

    asked = client.post(
        reverse("account_email"), {"email": "la@example.com", "action_add": ""}, follow=True
    )

    assert_vietnamese(asked)
    assert asked.request["PATH_INFO"] == reverse("account_reauthenticate")
    assert not user.emailaddress_set.filter(email="la@example.com").exists()


def test_administrators_come_in_by_the_same_door(client, user):
    User.objects.update(is_staff=True)

    response = client.post(reverse("admin:login"), {"username": "hang", "password": PASSWORD})

    assertRedirects(response, f"{reverse('account_login')}?next=/quan-tri/login/")
    assert "_auth_user_id" not in client.session


def test_guesses_count_by_the_address_that_the_proxy_saw(rf, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    invented, seen = "10.0.0.1", "203.0.113.7"

    request = rf.get("/", headers={"x-forwarded-for": f"{invented}, {seen}"})

    assert sign_in.AccountAdapter().get_client_ip(request) == seen


def test_ways_to_confirm_who_one_is_have_vietnamese_names(signed_in, user):
    turn_on_totp(signed_in)

    ways = sign_in.AccountAdapter().get_reauthentication_methods(user)

    assert [way["description"] for way in ways] == [
        "Dùng mật khẩu",
        "Dùng mã xác thực hoặc mã dự phòng",
    ]
    assert_vietnamese(signed_in.get(reverse("mfa_reauthenticate")))


def test_every_refusal_of_allauth_in_use_is_vietnamese():
    ours = sign_in.AccountAdapter.error_messages | sign_in.MFAAdapter.error_messages
    unused = {"phone_password_mismatch", "phone_taken", "unknown_phone"}

    left = {key for key, words in ours.items() if ENGLISH.search(str(words))}

    assert left <= unused
