"""The public page of the plan as shipped."""

from html import unescape

import pytest
from django.urls import reverse

from config import clock
from tests.factories.campaign import instant
from tests.factories.plan import standing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now():
    with clock.frozen(instant(2023, 11, 24, 9)):
        yield


def words(response):
    assert response.status_code == 200
    return " ".join(unescape(response.content.decode()).split())


@pytest.fixture(scope="module", autouse=True)
def _plan(django_db_setup, django_db_blocker):
    with standing(django_db_blocker):
        yield


def test_a_stranger_reads_the_whole_plan(client):
    text = words(client.get(reverse("campaign:plan")))

    for piece in (
        "Kế hoạch số 166/KH-UBND ngày 29 tháng 6 năm 2022 của Ủy ban nhân dân tỉnh Vĩnh Phúc",
        "Quyết định số 666/QĐ-TTg",
        "T2. Đến cuối năm 2025, tỷ lệ hộ nghèo dân tộc thiểu số",
        "Dưới 0,5%",
        "100%",
        "I.1, ý 3",
        "Các sở, ban, ngành",
        "đ)</strong> Thôn, khu dân cư, cộng đồng",
        "(II.2.đ)",
        "Ban Thi đua - Khen thưởng tỉnh chủ trì",
        "Sơ kết phong trào",
        "23:59 ngày 30/11/2023",
        "còn 6 ngày",
        "Số liệu đến 31/12/2023",
        "Huân chương Lao động",
    ):
        assert piece in text, piece
    assert reverse("campaign:deadlines") not in text
    assert reverse("campaign:duties") not in text


def test_the_plan_page_costs_the_same_for_everybody_who_is_not_signed_in(
    client, django_assert_max_num_queries
):
    with django_assert_max_num_queries(10):
        client.get(reverse("campaign:plan"))
