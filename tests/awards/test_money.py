"""The fund sheet: sums by fund and decision, with the days of coefficient and salary, refunds."""

from datetime import date
from html import unescape

import pytest

from awards.actions import revoke_awards
from awards.models import Decision
from awards.money import fund_sheet
from config import clock
from tests.factories.campaign import CampaignFactory
from tests.factories.decisions import SIGNER, a_lawful_scene, a_person, brought_to, decided
from tests.factories.households import HouseholdFactory
from tests.factories.units import VillageFactory
from tests.tables import csv_rows

pytestmark = pytest.mark.django_db
URL = "/khen-thuong/quy-thuong/"


@pytest.fixture(autouse=True)
def _now(stop_clock):
    stop_clock(2023, 11, 24, 9)


@pytest.fixture
def scene():
    return a_lawful_scene(CampaignFactory())


def a_decision(scene):
    """Two persons, a village, and a household whose coefficient no law tells."""
    village = VillageFactory(parent=scene.commune)
    household = HouseholdFactory(unit=village)
    return decided(
        scene,
        brought_to(scene, "voted", unit=village),
        *(brought_to(scene, "voted", **a_person(scene)) for _ in range(2)),
        brought_to(
            scene, "voted", recipient="household", household=household, unit=village,
            name=household.head, proposer=scene.commune,
        ),
    )  # fmt: skip


def test_each_kind_of_recipient_has_its_row_with_both_days(scene):
    a_decision(scene)

    (fund,) = fund_sheet(Decision.objects.all())

    told = [(row.recipient, row.count, row.sum) for row in fund.rows]
    assert told == [
        ("collective", 1, 3_600_000),
        ("person", 2, 3_600_000),
        ("household", 1, None),
    ]
    first = fund.rows[0]
    assert (first.coefficient_from, first.salary_from) == (date(2017, 10, 1), date(2023, 7, 1))
    assert (fund.total, fund.unknown) == (7_200_000, 1)
    assert "chưa rõ hệ số" in fund.rows[2].problem


def test_a_revocation_is_a_refund_to_the_same_fund(scene):
    decision = a_decision(scene)
    lines = decision.lines.filter(recipient="collective")
    told = {"number": "20", "decided_on": clock.today(), "signer": SIGNER, "reason": "Sai"}
    revoke_awards(lines, by=scene.board, **told)

    (fund,) = fund_sheet(Decision.objects.all())

    assert (fund.paid, fund.refunded, fund.total) == (7_200_000, 3_600_000, 3_600_000)


def test_the_page_asks_for_days_and_is_taken_away(client, scene):
    a_decision(scene)
    client.force_login(scene.board)

    page = " ".join(unescape(client.get(URL).content.decode()).split())
    assert "còn <strong>7.200.000 đồng" in page
    assert "1 dòng chưa có căn cứ" in page
    assert "Chưa có quyết định nào" in client.get(URL, {"tu": "25/11/2023"}).content.decode()
    assert "Chưa đọc được ngày" in client.get(URL, {"tu": "hôm qua"}).content.decode()
    rows = csv_rows(client.get(f"{URL}bang.csv", {"den": "24/11/2023"}))
    assert [row["Số lượng"] for row in rows] == ["1", "2", "1"]


def test_others_see_no_sums_of_the_province(client, scene):
    a_decision(scene)
    client.force_login(scene.commune_leader)

    assert "Chưa có quyết định nào" in client.get(URL).content.decode()
