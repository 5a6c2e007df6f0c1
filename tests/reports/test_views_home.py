"""Việc của tôi: what waits, what was sent and where it stands, where to look otherwise."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories.campaign import CampaignFactory
from tests.factories.poverty import both_standards
from tests.factories.reports import accepted, sent, started
from tests.factories.units import CommuneFactory, DepartmentFactory, DistrictFactory, person
from tests.units.review_workbooks import BALANCED, filled, read
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
    assert (
        f'Các trang dành cho bạn: <a href="{reverse("reports:list")}">Danh sách báo cáo</a>' in page
    )


def test_an_own_file_that_waits_is_not_forgotten(client, stop_clock):
    stop_clock(2023, 11, 21, 9)
    CampaignFactory()
    desk, other = (person(Role.POVERTY_DESK, DepartmentFactory()) for _ in range(2))
    both_standards()
    CommuneFactory(parent=DistrictFactory())
    read(filled(BALANCED, name="ra-soat-2023.xlsx"), by=desk)

    page = home(client, desk)
    assert "Tệp nhập “ra-soat-2023.xlsx”: chờ xác nhận" in page
    assert "09:00 ngày 22/11/2023" in page
    assert "ra-soat-2023" not in home(client, other)


def test_administrators_are_told_before_the_last_of_them_is_locked_out(client, stop_clock):
    stop_clock(2025, 5, 20, 9)
    CampaignFactory()
    office = DepartmentFactory(valid_to=date(2025, 7, 1))
    keeper = person(Role.ADMINISTRATOR, office)
    page = home(client, keeper)
    assert "cổng không còn quản trị hệ thống nào" in page
    assert "1 vai trò ở đơn vị đã hoặc sắp kết thúc chưa được bố trí" in page

    person(Role.ADMINISTRATOR, DepartmentFactory())
    assert "cổng không còn quản trị hệ thống nào" not in home(client, keeper)
    assert "vai trò ở đơn vị" not in home(client, person(Role.BOARD, office))
