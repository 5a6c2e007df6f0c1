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
    return entries(client.get(reverse(page)))


def entries(response):
    return [page for section in response.context["portal"]["nav"] for page in section["pages"]]


@pytest.mark.parametrize(
    ("role", "shown", "hidden"),
    [
        (
            Role.REPORTER,
            {"Danh sách báo cáo", "Rà soát", "Tiến độ"},
            {"Tổng hợp", "Quản trị", "Gia hạn"},
        ),
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


def test_entries_stand_in_sections_and_one_alone_stands_for_itself(client):
    CampaignFactory()
    client.force_login(person(Role.BOARD, DepartmentFactory()))
    nav = client.get(reverse("units:poverty")).context["portal"]["nav"]

    assert [section["label"] for section in nav if section["active"]] == ["Số liệu"]
    assert all(
        len(section["pages"]) > 1 or section["label"] == section["pages"][0]["label"]
        for section in nav
    )


def test_a_stranger_sees_the_plan_and_the_way_in(client):
    page = client.get(reverse("reports:front"))

    assert [door["label"] for door in entries(page)] == ["Kế hoạch"]
    assert reverse("account_login") in page.content.decode()
