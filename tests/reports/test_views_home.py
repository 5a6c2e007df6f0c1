"""Việc của tôi: what waits, what was sent and where it stands, where to look otherwise."""

import pytest
from django.urls import reverse

from tests.factories.campaign import CampaignFactory
from tests.factories.reports import accepted, sent, started
from tests.factories.units import DepartmentFactory, person
from units.kinds import Role

pytestmark = pytest.mark.django_db


def home(client, user):
    client.force_login(user)
    return " ".join(client.get(reverse("reports:home")).content.decode().split())


def test_a_draft_says_that_it_is_not_sent(client, stop_clock):
    stop_clock(2023, 11, 21, 9)
    page = home(client, started().reporter)

    assert "Hoàn thiện Báo cáo năm 2023" in page
    assert "CHƯA GỬI" in page


@pytest.mark.parametrize(("state", "words"), [(sent, "chờ {} nhận"), (accepted, "{} đã nhận")])
def test_what_was_sent_is_not_lost_from_sight(client, stop_clock, state, words):
    case = state()
    stop_clock(2023, 11, 22, 9)

    page = home(client, case.reporter)

    assert "Báo cáo đã gửi" in page
    assert words.format(case.report.receiver.name) in page
    assert "CHƯA GỬI" not in page


def test_who_has_nothing_to_do_is_shown_where_to_look(client):
    CampaignFactory()
    page = home(client, person(Role.PROVINCE_VIEWER, DepartmentFactory()))

    assert "Hiện không có việc nào chờ bạn." in page
    assert f'Các trang dành cho bạn: <a href="{reverse("reports:list")}">Báo cáo</a>' in page
