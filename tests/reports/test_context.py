"""The navigation shows a person the doors of their roles, and where they are."""

import pytest
from django.urls import reverse

from tests.factories.campaign import CampaignFactory
from tests.factories.units import DepartmentFactory, person
from units.kinds import Role

pytestmark = pytest.mark.django_db


def doors(client, role, page="reports:home"):
    CampaignFactory()
    client.force_login(person(role, DepartmentFactory()))
    return client.get(reverse(page)).context["portal"]["nav"]


@pytest.mark.parametrize(
    ("role", "shown", "hidden"),
    [
        (Role.REPORTER, {"Báo cáo", "Rà soát", "Tiến độ"}, {"Tổng hợp", "Quản trị", "Gia hạn"}),
        (Role.BOARD, {"Rà soát", "Tổng hợp", "Gia hạn"}, {"Quản trị"}),
        (Role.PROVINCE_VIEWER, {"Tiến độ", "Tổng hợp"}, {"Rà soát", "Gia hạn"}),
        (Role.ADMINISTRATOR, {"Quản trị"}, {"Rà soát", "Tổng hợp"}),
    ],
)
def test_each_role_sees_its_own_doors(client, role, shown, hidden):
    labels = {door["label"] for door in doors(client, role)}

    assert shown <= labels
    assert not hidden & labels


def test_one_door_is_marked_as_here_even_where_addresses_nest(client):
    here = [door["label"] for door in doors(client, Role.BOARD, "units:poverty") if door["active"]]

    assert here == ["Hộ nghèo"]


def test_a_stranger_sees_the_plan_and_the_way_in(client):
    page = client.get(reverse("reports:front"))

    assert [door["label"] for door in page.context["portal"]["nav"]] == ["Kế hoạch"]
    assert reverse("account_login") in page.content.decode()
