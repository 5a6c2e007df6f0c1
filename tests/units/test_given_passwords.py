"""A password that somebody else gave opens nothing but the page where it is changed."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from tests.factories.units import DepartmentFactory, UserFactory, person
from units.kinds import Role

pytestmark = pytest.mark.django_db
GIVEN, OWN = "Duoc-cap-mot-lan-7", "Tu-dat-lay-mot-minh-8"
CHANGE = "account_change_password"


@pytest.fixture
def newcomer(client):
    user = UserFactory(password=GIVEN, password_given=True)
    client.force_login(user)
    return user


@pytest.mark.parametrize("page", ["reports:home", "units:list"])
def test_every_page_leads_to_the_change(client, newcomer, page):
    response = client.get(reverse(page), follow=True)

    assertRedirects(response, reverse(CHANGE))
    assertContains(response, "Mật khẩu của bạn do người khác cấp.")


def test_public_pages_stay_open(client, newcomer):
    assert client.get(reverse("reports:front")).status_code == 200


def test_the_admin_stays_shut(client):
    admin = person(
        Role.ADMINISTRATOR, DepartmentFactory(), is_staff=True, password_given=True, password=GIVEN
    )
    client.force_login(admin)

    assert client.get(reverse("admin:units_user_changelist")).status_code == 403


def test_after_the_change_everything_is_as_usual(client, newcomer):
    asked = {"oldpassword": GIVEN, "password1": OWN, "password2": OWN}

    client.post(reverse(CHANGE), asked)

    newcomer.refresh_from_db()
    assert newcomer.check_password(OWN)
    assert not newcomer.password_given
    assert client.get(reverse("units:list")).status_code == 200
