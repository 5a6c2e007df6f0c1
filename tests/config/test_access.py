"""What the door does beside asking who comes: nothing is kept on the way, nothing unfit goes in."""

import pytest
from django.urls import reverse

from tests.factories.units import DistrictFactory, UserFactory, person
from units.kinds import Role

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("page", ["reports:home", "account_email", "units:list"])
def test_what_a_user_was_shown_is_kept_nowhere(client, page):
    client.force_login(UserFactory())

    assert "no-store" in client.get(reverse(page))["Cache-Control"]
    assert "private" in client.get(reverse(page))["Cache-Control"]


def test_the_public_page_may_be_kept(client):
    assert "Cache-Control" not in client.get(reverse("reports:front"))


@pytest.mark.parametrize(
    ("page", "query"),
    [("reports:receipt_check", "so=BN%00"), ("units:list", "%00=1"), ("admin:index", "q=%00")],
)
def test_a_nul_in_the_address_is_refused(client, page, query):
    client.force_login(person(Role.REPORTER, DistrictFactory()))

    assert client.get(f"{reverse(page)}?{query}").status_code == 400


def test_a_nul_in_a_form_is_refused(client):
    response = client.post(reverse("account_login"), {"login": "hang\0", "password": "sai"})

    assert response.status_code == 400
