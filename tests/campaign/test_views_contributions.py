"""The pages of the ledger of contributions: what they show to whom, and what they let do."""

from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaign.models import Contribution
from config import clock
from tests.factories.campaign import instant, reporting_year
from tests.factories.contributions import ContributionFactory
from tests.factories.units import CommuneFactory, DistrictFactory, EnterpriseFactory, person
from tests.tables import csv_rows, xlsx_rows
from units.kinds import Role

pytestmark = pytest.mark.django_db
LIST = "/ke-hoach/dong-gop/"


@pytest.fixture(autouse=True)
def year():
    with clock.frozen(instant(2023, 11, 24, 9)):
        yield reporting_year(2023)


@pytest.fixture
def board(year, client):
    user = person(Role.BOARD, year.board)
    client.force_login(user)
    return user


@pytest.fixture
def commune():
    return CommuneFactory(code="08923", name="Xã Đại Đình", short_name="Đại Đình")


def words(response):
    assert response.status_code == 200
    return " ".join(unescape(response.content.decode()).split())


def typed(**fields):
    return {"giver": "2500123456", "receiver": "dai dinh", "year": "2023",
            "amount": "50.000.000", "households": "4", "jobs": ""} | fields  # fmt: skip


# The list


def test_the_list_shows_each_gift_and_the_sums(client, board, commune):
    ContributionFactory(receiver=commune, amount=1_500_000)
    ContributionFactory(receiver=commune, amount=500_000, year=2022)

    text = words(client.get(LIST))

    assert "1.500.000" in text
    assert "2.000.000" in text
    assert "Xã Đại Đình" in text


@pytest.mark.parametrize(
    ("query", "amounts"),
    [
        ({"q": "det may"}, [1]),
        ({"q": "2500123456"}, [1]),
        ({"xa": "DAI DINH"}, [1, 2]),
        ({"xa": "08923", "nam": "2022"}, [2]),
        ({"nam": "1999"}, [1, 2, 3]),
    ],
)
def test_filters_go_without_diacritics(client, board, commune, query, amounts):
    giver = EnterpriseFactory(code="2500123456", name="Công ty Dệt May", short_name="Dệt May")
    ContributionFactory(giver=giver, receiver=commune, amount=1)
    ContributionFactory(receiver=commune, amount=2, year=2022)
    ContributionFactory(amount=3, year=2022)

    page = client.get(LIST, query).context["page"]

    assert sorted(row.amount for row in page) == amounts


def test_the_pages_cost_the_same_for_any_number_of_rows(client, board):
    def cost(url):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    urls = [LIST, f"{LIST}theo-xa/", f"{LIST}bang.csv"]
    ContributionFactory()
    one = [cost(url) for url in urls for _ in range(2)][1::2]
    ContributionFactory.create_batch(2)

    assert [cost(url) for url in urls] == one
    assert max(one) <= 14


def test_a_commune_reads_its_own_and_corrects_what_it_received(client, commune):
    received = ContributionFactory(receiver=commune)
    given = ContributionFactory(giver=EnterpriseFactory(parent=commune))
    other = ContributionFactory()
    client.force_login(person(Role.LEADER, commune))

    page = client.get(LIST).context["page"]

    assert {row.pk: row.is_recordable for row in page} == {received.pk: True, given.pk: False}
    for row, status in ((received, 200), (given, 404), (other, 404)):
        assert client.get(f"{LIST}{row.pk}/").status_code == status


def test_the_table_has_the_columns_that_come_in(client, board, commune):
    ContributionFactory(receiver=commune, amount=1_500_000)
    ContributionFactory()

    rows = xlsx_rows(client.get(f"{LIST}bang.xlsx", {"xa": "dai dinh"}))

    assert [(row["Mã xã nhận"], row["Số tiền (đồng)"]) for row in rows] == [("08923", 1_500_000)]


def test_sums_by_commune_as_page_and_table(client, board, commune):
    ContributionFactory(receiver=commune, amount=1)
    ContributionFactory(receiver=commune, amount=2)

    page = client.get(f"{LIST}theo-xa/").context["page"]
    (row,) = csv_rows(client.get(f"{LIST}theo-xa/bang.csv"))

    assert [(line["name"], line["amount"], line["givers"]) for line in page] == [
        ("Xã Đại Đình", 3, 2)
    ]
    assert (row["Xã nhận"], row["Số tiền (đồng)"]) == ("Xã Đại Đình", "3")


# By hand


def test_a_gift_is_recorded_by_code_and_by_name(client, board, commune):
    EnterpriseFactory(code="2500123456")

    response = client.post(f"{LIST}ghi/", typed(), follow=True)

    assert "Đã ghi đóng góp" in words(response)
    row = Contribution.objects.get()
    assert (row.receiver, row.amount, row.households, row.jobs) == (commune, 50_000_000, 4, 0)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"giver": "khong co"}, "Không có doanh nghiệp, tổ chức nào khớp “khong co” trong năm"),
        ({"receiver": "xa"}, "Nhiều đơn vị khớp, hãy ghi mã của một đơn vị: Xã "),
        ({"amount": "0", "households": "0"}, "không thể cùng bằng 0"),
        ({"amount": "12.5"}, "không phải là số"),
        ({"year": "2019"}, "Hãy chọn một năm của phong trào"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(client, board, commune, fields, told):
    EnterpriseFactory(code="2500123456")
    CommuneFactory()

    text = words(client.post(f"{LIST}ghi/", typed(**fields)))

    assert told in text
    assert not Contribution.objects.exists()


def test_a_commune_chooses_among_its_own(client, commune):
    EnterpriseFactory(code="2500123456")
    CommuneFactory(code="08924")
    client.force_login(person(Role.REPORTER, commune))

    text = words(client.post(f"{LIST}ghi/", typed(receiver="08924")))
    assert "Hãy chọn xã của mình" in text
    client.post(f"{LIST}ghi/", typed(receiver="08923"))

    assert Contribution.objects.get().receiver == commune


def test_who_keeps_no_ledger_is_told_so(client):
    client.force_login(person(Role.LEADER, DistrictFactory()))

    text = words(client.get(f"{LIST}ghi/", follow=True))

    assert "mới được ghi đóng góp" in text


def test_figures_are_corrected_on_the_page(client, board):
    row = ContributionFactory(amount=1)

    client.post(f"{LIST}{row.pk}/", {"amount": "2", "households": "", "jobs": "0", "reason": ""})

    row.refresh_from_db()
    assert (row.amount, row.households) == (2, 0)


def test_a_gift_is_removed_with_a_reason(client, board):
    row = ContributionFactory()
    url = f"{LIST}{row.pk}/xoa/"

    assert "Cần ghi vì sao xóa" in words(client.post(url, {"reason": " "}, follow=True))
    assert "Đã xóa đóng góp" in words(client.post(url, {"reason": "Ghi nhầm"}, follow=True))
    assert not Contribution.objects.exists()
