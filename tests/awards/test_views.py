"""The pages of the ledger of honours: what they show to whom, and what the board does there."""

from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.models import Honour
from config import clock
from tests.factories.awards import AwardFormFactory, HonourFactory
from tests.factories.campaign import CampaignFactory, instant
from tests.factories.units import (
    CommuneFactory,
    DepartmentFactory,
    DistrictFactory,
    UserFactory,
    VillageFactory,
    person,
)
from tests.tables import csv_rows, xlsx_rows
from units.kinds import Role

pytestmark = pytest.mark.django_db
LIST = "/khen-thuong/"


@pytest.fixture(autouse=True)
def _now():
    with clock.frozen(instant(2023, 11, 24, 9)):
        yield


@pytest.fixture
def board(client):
    user = person(Role.BOARD, DepartmentFactory())
    client.force_login(user)
    return user


@pytest.fixture
def commune():
    return CommuneFactory(code="08923", name="Xã Đại Đình", short_name="Đại Đình")


@pytest.fixture
def form():
    return AwardFormFactory(campaign=CampaignFactory(), code="GK", name="Giấy khen")


def words(response):
    assert response.status_code == 200
    return " ".join(unescape(response.content.decode()).split())


def names(response):
    return [honour.name for honour in response.context["page"]]


# The list


def test_the_list_says_who_was_honoured_by_which_decision(client, board, commune):
    HonourFactory(unit=commune, number="15/QĐ-UBND", period_from=2021, period_to=2022)

    text = words(client.get(LIST))

    assert "Xã Đại Đình" in text
    assert "Số 15/QĐ-UBND, ngày 15/03/2023" in text
    assert "Năm 2021–2022" in text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "doan"}, ["Đoàn xã"]),
        ({"q": "77/qd"}, ["Đoàn xã"]),
        ({"q": "xa doan"}, ["Đoàn xã"]),
        ({"q": "BẮC, ấp"}, ["Ấp Bắc"]),
        ({"q": "bac xa"}, []),
        ({"don_vi": "DAI DINH"}, ["Ấp Bắc", "Đoàn xã"]),
        ({"don_vi": "08923", "doi_tuong": "household"}, ["Ấp Bắc"]),
        ({"hinh_thuc": "GK"}, ["Đoàn xã"]),
        ({"nam": "2022"}, ["Khác"]),
        ({"hinh_thuc": "KHONG-CO"}, ["Ấp Bắc", "Đoàn xã", "Khác"]),
    ],
)
def test_filters_go_without_diacritics(client, board, commune, form, query, found):
    HonourFactory(name="Đoàn xã", unit=commune, form=form, number="77/QĐ-UBND")
    HonourFactory(name="Ấp Bắc", unit=commune, recipient=Honour.Recipient.HOUSEHOLD)
    HonourFactory(name="Khác", decided_on="2022-03-15")

    assert names(client.get(LIST, query)) == found


def test_a_family_finds_what_was_given_of_its_grades(client, board, form):
    grade = AwardFormFactory(campaign=form.campaign, family=form, code="GK-XA")
    HonourFactory(name="Thôn Đông", form=grade)
    HonourFactory(name="Thôn Tây", form=form)

    assert names(client.get(LIST, {"hinh_thuc": "GK"})) == ["Thôn Đông", "Thôn Tây"]
    assert names(client.get(LIST, {"hinh_thuc": "GK-XA"})) == ["Thôn Đông"]


def test_the_pages_cost_the_same_for_any_number_of_rows(client, board, commune):
    def cost(url):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    urls = [LIST, f"{LIST}don-vi/{commune.pk}/", f"{LIST}bang.csv"]
    HonourFactory(unit=commune)
    one = [cost(url) for url in urls for _ in range(2)][1::2]
    HonourFactory.create_batch(2, unit=commune)

    assert [cost(url) for url in urls] == one
    assert one[0] < 12
    assert max(one) <= 12


@pytest.mark.parametrize("path", ["", "bang.csv", "?q=bi+mat", "bang.csv?q=bi+mat"])
def test_a_household_is_named_to_nobody_outside(client, commune, path):
    village = VillageFactory(parent=commune)
    HonourFactory(unit=village, recipient=Honour.Recipient.HOUSEHOLD, name="Nguyễn Thị Bí Mật")

    def told(user):
        client.force_login(user)
        response = client.get(f"{LIST}{path}")
        streamed = response.streaming
        content = b"".join(response.streaming_content) if streamed else response.content
        return "Bí Mật" in content.decode()

    assert told(person(Role.LEADER, commune))
    assert told(person(Role.PROVINCE_VIEWER, DepartmentFactory()))
    for outsider in (
        UserFactory(),
        person(Role.LEADER, DistrictFactory()),
        person(Role.ADMINISTRATOR, DepartmentFactory()),
        person(Role.COUNCIL, DepartmentFactory()),
    ):
        assert not told(outsider)


def test_the_table_has_the_columns_that_come_in(client, board, commune):
    HonourFactory(unit=commune)
    HonourFactory()

    rows = xlsx_rows(client.get(f"{LIST}bang.xlsx", {"don_vi": "dai dinh"}))

    assert [(row["Mã đơn vị"], row["Đối tượng"]) for row in rows] == [("08923", "tập thể")]


def test_a_unit_has_a_page_and_a_table_of_its_own(client, board, commune):
    HonourFactory(unit=commune)
    HonourFactory(name="Thôn Đông", unit=VillageFactory(parent=commune))
    HonourFactory()
    url = reverse("awards:unit_honours", args=[commune.pk])

    assert url in words(client.get(reverse("awards:unit_history", args=[commune.pk])))
    assert names(client.get(url)) == ["Thôn Đông", "Xã Đại Đình"]
    assert len(csv_rows(client.get(f"{url}bang.csv"))) == 2
    assert client.get(f"{LIST}don-vi/0/bang.csv").status_code == 404


# By hand


def typed(form, **fields):
    return {
        "recipient": "collective",
        "name": "Nhân dân xã Đại Đình",
        "unit": "dai dinh",
        "form": form.pk,
        "award_type": "movement",
        "number": "15/QĐ-UBND",
        "decided_on": "15/03/2023",
        "issuer": "Chủ tịch UBND tỉnh",
    } | fields


def test_the_board_enters_an_award(client, board, commune, form):
    text = words(client.post(f"{LIST}ghi/", typed(form), follow=True))

    assert "Đã ghi khen thưởng: Nhân dân xã Đại Đình" in text
    assert Honour.objects.get().unit == commune


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"unit": "khong co"}, "Không có đơn vị nào khớp “khong co” ngày 15/03/2023"),
        ({"decided_on": "15/03/2025"}, "15/03/2025 chưa đến"),
        ({"period_from": "2022"}, "cả năm đầu và năm cuối của thành tích"),
        ({"recipient": "enterprise"}, "thì ghi mã của doanh nghiệp"),
    ],
)
def test_what_is_wrong_is_told_on_the_form(client, board, commune, form, fields, told):
    assert told in words(client.post(f"{LIST}ghi/", typed(form, **fields)))
    assert not Honour.objects.exists()


def test_an_award_that_looks_like_one_on_file_is_noted_and_kept(client, board, commune, form):
    HonourFactory(unit=commune, name="NHÂN DÂN XÃ ĐẠI ĐÌNH", number="15 /QD-UBND")

    text = words(client.post(f"{LIST}ghi/", typed(form), follow=True))

    assert "Giống khen thưởng đã ghi theo quyết định số 15 /QD-UBND" in text
    assert Honour.objects.count() == 2
    other = client.post(f"{LIST}ghi/", typed(form, number="16/QĐ-UBND"), follow=True)
    assert "Giống khen thưởng" not in words(other)


def test_an_entry_is_corrected_with_a_reason(client, board, commune, form):
    honour = HonourFactory(unit=commune, form=form)
    url = f"{LIST}{honour.pk}/"
    assert 'value="08923"' in words(client.get(url))

    client.post(url, typed(form, unit="08923", name="Tên đúng", reason="Sửa tên"))

    honour.refresh_from_db()
    assert (honour.name, honour.search[:8]) == ("Tên đúng", "ten dung")


def test_an_entry_is_removed_with_a_reason(client, board):
    url = f"{LIST}{HonourFactory().pk}/xoa/"

    assert "Cần ghi vì sao xóa" in words(client.post(url, {"reason": ""}, follow=True))
    assert "Đã xóa khen thưởng" in words(client.post(url, {"reason": "Nhầm"}, follow=True))
    assert not Honour.objects.exists()
