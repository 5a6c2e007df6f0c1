"""What anybody may ask: decisions by number, certificates by code, the roll; nothing leaks."""

from html import unescape

import pytest

from awards.actions import revoke_awards
from config import clock
from tests.factories.awards import HonourFactory
from tests.factories.campaign import CampaignFactory
from tests.factories.decisions import (
    NUMBER,
    SIGNER,
    a_lawful_scene,
    a_person,
    brought_to,
    decided,
)
from tests.factories.units import EnterpriseFactory, VillageFactory
from tests.tables import csv_rows

pytestmark = pytest.mark.django_db
CHECK, ROLL = "/khen-thuong/kiem-tra/", "/vinh-danh/"


@pytest.fixture(autouse=True)
def _now(stop_clock):
    stop_clock(2023, 11, 24, 9)


@pytest.fixture
def scene():
    return a_lawful_scene(CampaignFactory())


@pytest.fixture
def decision(scene):
    """A village, an enterprise and a person honoured together."""
    enterprise = EnterpriseFactory(parent=scene.commune, short_name="May Mắn")
    return decided(
        scene,
        brought_to(scene, "voted", unit=VillageFactory(parent=scene.commune)),
        brought_to(scene, "voted", unit=enterprise, recipient="enterprise"),
        brought_to(scene, "voted", **a_person(scene, name="Lê Thị Kín", sex="female")),
    )


def words(response, status=200):
    assert response.status_code == status
    return " ".join(unescape(response.content.decode()).split())


def revoke(scene, lines):
    return revoke_awards(
        lines, number="20/QĐ-UBND", decided_on=clock.today(), signer=SIGNER,
        reason="Kê khai sai", by=scene.board,
    )  # fmt: skip


@pytest.mark.parametrize("typed", [NUMBER, "15 /qđ-ubnd", "15/QD–UBND"])
def test_a_decision_is_found_by_its_number_without_names_of_persons(client, decision, typed):
    page = words(client.get(CHECK, {"so": typed}))

    assert f"Quyết định số {NUMBER} có trong cổng" in page
    assert "24/11/2023" in page
    assert "Công ty May Mắn" in page
    for secret in ("Kín", "Bà", SIGNER, "1.800.000", decision.lines.get(position=1).check_code):
        assert secret not in page


@pytest.mark.parametrize("typed", ["15", "QĐ-UBND", "1", "%", "15/QĐ", "'", "Lê Thị Kín"])
def test_part_of_a_number_or_a_name_finds_nothing(client, decision, typed):
    page = words(client.get(CHECK, {"so": typed}))

    assert f"Không có quyết định số “{typed}”" in page
    assert "May Mắn" not in page


def test_a_certificate_is_checked_by_its_code_alone(client, decision):
    line = decision.lines.get(recipient="person")

    response = client.get(f"{CHECK}{line.check_code}/")

    page = words(response)
    assert "Khen thưởng có thật" in page
    assert "Bà Lê Thị Kín" in page
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    for code in (line.check_code[:-1], f"{line.check_code}x", str(line.pk), NUMBER.split("/")[0]):
        assert "Không có khen thưởng nào mang mã này" in words(client.get(f"{CHECK}{code}/"), 404)


def test_what_was_revoked_says_so_plainly(client, scene, decision):
    line = decision.lines.get(recipient="enterprise")
    revocation = revoke(scene, [line])

    page = words(client.get(f"{CHECK}{line.check_code}/"))
    assert "Khen thưởng này đã bị hủy bỏ" in page
    assert "Khen thưởng có thật" not in page
    told = words(client.get(CHECK, {"so": NUMBER}))
    assert "trong đó 1 đã bị hủy bỏ" in told
    assert "May Mắn" not in told
    assert "hủy bỏ khen thưởng, thu hồi" in words(client.get(CHECK, {"so": revocation.number}))
    code = revocation.lines.get().check_code
    assert client.get(f"{CHECK}{code}/").status_code == 404


def test_the_roll_names_collectives_and_enterprises_that_stand(client, scene, decision):
    HonourFactory(form=scene.form, name="Xã Cũ", decided_on="2022-05-01")
    revoke(scene, [decision.lines.get(recipient="collective")])

    page = words(client.get(ROLL))

    assert "Công ty May Mắn" in page
    assert "Xã Cũ" in page
    assert "Kín" not in page
    assert decision.lines.get(recipient="collective").name not in page
    assert "May Mắn" not in words(client.get(ROLL, {"nam": "2022"}))
    names = [row["Được khen thưởng"] for row in csv_rows(client.get(f"{ROLL}bang.csv"))]
    assert names == ["Công ty May Mắn", "Xã Cũ"]
