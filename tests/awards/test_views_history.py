"""The pages of a history: where each honour came from, and who may see it."""

from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.models import Honour
from tests.factories.awards import HonourFactory
from tests.factories.persons import PersonFactory
from tests.factories.units import (
    CommuneFactory,
    DepartmentFactory,
    DistrictFactory,
    SuccessionFactory,
    person,
)
from units.kinds import Role

pytestmark = pytest.mark.django_db
NAME = "Nguyễn Thị Bí Mật"


@pytest.fixture
def link():
    return SuccessionFactory(predecessor=CommuneFactory(valid_to=date(2023, 1, 1)))


def page_of(client, whom, user):
    client.force_login(user)
    name = "unit_history" if hasattr(whom, "valid_from") else "person_history"
    return client.get(reverse(f"awards:{name}", args=[whom.pk]))


def words(response):
    assert response.status_code == 200
    return " ".join(unescape(response.content.decode()).split())


def test_a_unit_s_page_leads_to_what_it_was_before_received(client, link):
    HonourFactory(unit=link.predecessor, period_from=2020, period_to=2021)
    viewer = person(Role.LEADER, DistrictFactory())

    text = words(page_of(client, link.successor, viewer))

    assert f"{link.predecessor.name} sáp nhập vào {link.successor.name} từ 01/01/2023" in text
    assert "1 khen thưởng ghi ở đơn vị khác" in text
    assert "<dd>31/12/2021 (Nghị định 98/2023/NĐ-CP, Điều 30 khoản 9)</dd>" in text
    address = reverse("awards:unit_history", args=[link.successor.pk])
    assert address in words(client.get(link.successor.get_absolute_url()))


def test_an_empty_history_says_so(client, link):
    text = words(page_of(client, link.successor, person(Role.BOARD, DepartmentFactory())))

    assert "Chưa ghi khen thưởng nào" in text


def test_a_person_is_shown_to_those_who_may_see_the_person(client, link):
    somebody = PersonFactory(unit=link.successor, name=NAME)
    given = {"name": NAME, "recipient": Honour.Recipient.PERSON}
    HonourFactory(unit=link.predecessor, **given)
    HonourFactory(unit=CommuneFactory(parent=link.successor.parent), number="99/QĐ", **given)
    start = {"starts": date(2023, 1, 1)}

    wide = words(page_of(client, somebody, person(Role.BOARD, DepartmentFactory())))
    own = words(page_of(client, somebody, person(Role.LEADER, link.successor, **start)))

    assert "Cần xem lại: Trùng tên ở đơn vị khác" in wide
    assert "99/QĐ" in wide
    assert "sáp nhập vào" in own
    assert "99/QĐ" not in own
    neighbour = person(Role.LEADER, DistrictFactory())
    assert page_of(client, somebody, neighbour).status_code == 404


def test_the_pages_cost_the_same_for_any_number_of_rows(client, link):
    board = person(Role.BOARD, DepartmentFactory())
    somebody = PersonFactory(unit=link.successor, name=NAME)

    def cost(whom):
        address = page_of(client, whom, board).request["PATH_INFO"]
        with CaptureQueriesContext(connection) as queries:
            words(client.get(address))
        return len(queries)

    def add():
        HonourFactory(unit=link.predecessor)
        HonourFactory(unit=link.successor, name=NAME, recipient=Honour.Recipient.PERSON)

    add()
    one = [cost(link.successor), cost(somebody)]
    add()
    add()

    assert [cost(link.successor), cost(somebody)] == one
    assert max(one) < 12
