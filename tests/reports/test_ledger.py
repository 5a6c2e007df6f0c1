"""The ledger of contributions beside the annex that asks who gave."""

from html import unescape

import pytest
from django.urls import reverse

from tests.factories.contributions import ContributionFactory
from tests.factories.reports import AnnexFactory, started
from tests.factories.units import CommuneFactory

pytestmark = pytest.mark.django_db
GIVER = {"name": "giver", "label": "Đơn vị đóng góp", "kind": "text", "required": False,
         "choices": [], "unit": "", "total": False}  # fmt: skip


@pytest.fixture
def case(stop_clock):
    stop_clock(2023, 11, 20, 9)
    return started()


def words(client, case, annex):
    client.force_login(case.reporter)
    response = client.get(reverse("reports:annex", args=[case.report.pk, annex.code]))
    assert response.status_code == 200
    return " ".join(unescape(response.content.decode()).split())


def test_what_the_communes_received_stands_beside_the_annex(client, case):
    annex = AnnexFactory(campaign=case.year.campaign, code="B8", columns=[GIVER])
    commune = CommuneFactory(parent=case.unit)
    ContributionFactory(receiver=commune, amount=1_250_000_000, households=30)
    ContributionFactory(receiver=commune, amount=250_000_000, households=4)
    ContributionFactory(receiver=commune, year=2022)
    ContributionFactory()

    text = words(client, case, annex)

    assert "Sổ đóng góp năm 2023 ghi 2 doanh nghiệp, tổ chức, 1.500,0 triệu đồng, 34" in text


def test_nothing_is_said_where_nothing_is_recorded_or_asked(client, case):
    asked = AnnexFactory(campaign=case.year.campaign, code="B8", columns=[GIVER])
    other = AnnexFactory(campaign=case.year.campaign, code="B9")
    ContributionFactory()
    assert "Sổ đóng góp" not in words(client, case, asked)

    ContributionFactory(receiver=CommuneFactory(parent=case.unit))
    assert "Sổ đóng góp" not in words(client, case, other)
