"""What is taken away is what is on the screen: the same rows, for every role, over all pages."""

from types import SimpleNamespace

import pytest

from awards.models import Honour
from config import clock
from tests.factories.awards import HonourFactory, RoundFactory
from tests.factories.campaign import ExtensionFactory, instant
from tests.factories.contributions import ContributionFactory
from tests.factories.criteria import RankingFactory, RankingRowFactory
from tests.factories.imports import ImportFactory
from tests.factories.persons import PersonFactory
from tests.factories.reports import accepted, sent, started
from tests.factories.units import (
    CommuneFactory,
    DistrictFactory,
    EnterpriseFactory,
    UserFactory,
    VillageFactory,
    person,
)
from tests.tables import csv_rows
from units.kinds import Role, Tier

pytestmark = pytest.mark.django_db
NOW = instant(2023, 11, 24, 9)


@pytest.fixture(autouse=True)
def _now():
    with clock.frozen(NOW):
        yield


@pytest.fixture
def scene():
    """Two districts with reports in several states, gifts, honours, leave; a long register."""
    ours = started()
    year, district = ours.year, ours.unit
    other = sent(year=year)
    commune = CommuneFactory(parent=district)
    village = VillageFactory(parent=commune)
    accepted(tier=Tier.COMMUNE, year=year, unit=commune)
    started(tier=Tier.COMMUNE, year=year, unit=CommuneFactory(parent=other.unit))
    CommuneFactory.create_batch(55, parent=other.unit)
    for unit in (district, other.unit):
        ExtensionFactory(unit=unit, deadline=year.deadlines[Tier.DISTRICT])
    for receiver in (commune, CommuneFactory(parent=other.unit)):
        giver = EnterpriseFactory(parent=receiver)
        ContributionFactory(giver=giver, receiver=receiver)
    for kind in Honour.Recipient.values:
        for unit in (village, other.unit):
            HonourFactory(recipient=kind, unit=unit, name=f"Tên {kind}")
    for unit in (year.province, district, commune, other.unit):
        told = {"campaign": year.campaign, "unit": unit, "kind": "thematic"}
        RoundFactory(**told, title=f"Đợt soạn {unit}")
        RoundFactory(**told, title=f"Đợt mở {unit}", state="open", opened_at=NOW)
    for unit in (village, commune, other.unit):
        PersonFactory(unit=unit)
        ImportFactory(uploaded_by=ours.leader, name=f"{unit.code}.xlsx")
    ranking = RankingFactory(period=year.period, tier=Tier.DISTRICT)
    RankingRowFactory(ranking=ranking, unit=other.unit)
    return SimpleNamespace(year=year, district=district, commune=commune, village=village,
                           ranking=ranking)  # fmt: skip


def people(scene):
    """Somebody of each kind: by role at the province, by place below it, and without any role."""
    found = {role: person(role, scene.year.board) for role in Role}
    for name in ("district", "commune", "village"):
        unit = getattr(scene, name)
        found[f"leader of the {name}"] = person(Role.LEADER, unit)
    found["reporter elsewhere"] = person(Role.REPORTER, DistrictFactory())
    return found | {"nobody in particular": UserFactory()}


def rows_of_pages(client, url, response, name="page"):
    """The rows that the pages of a list show, one page after the other."""
    while True:
        page = response.context[name]
        yield from page
        if not page.has_next():
            return
        response = client.get(url, _asked(url) | {"trang": page.next_page_number()})


def _asked(url):
    query = url.partition("?")[2]
    return dict(part.split("=") for part in query.split("&")) if query else {}


def of_context(name):
    return lambda client, url, response: response.context[name]


def flat(name, inner):
    return lambda client, url, response: [
        row for group in response.context[name] for row in getattr(group, inner)
    ]


def code_of(row):
    return row.unit.code


LISTS = {
    "/don-vi/": (rows_of_pages, lambda unit: unit.code, "Mã"),
    "/bao-cao/": (rows_of_pages, code_of, "Mã đơn vị"),
    "/ra-soat/": (rows_of_pages, code_of, "Mã đơn vị"),
    "/ra-soat/?trang_thai=accepted": (rows_of_pages, code_of, "Mã đơn vị"),
    "/tien-do/": (of_context("tiers"), lambda row: row.label, "Nhóm đơn vị"),
    "/tong-hop/": (flat("lines", "editions"), lambda row: str(row.edition), "Bản"),
    "/tieu-chi/xep-hang/": (rows_of_pages, lambda row: row.period.title, "Kỳ"),
    "/ke-hoach/gia-han/": (rows_of_pages, code_of, "Mã đơn vị"),
    "/ke-hoach/han-bao-cao/": (
        flat("periods", "rows"),
        lambda row: row.deadline.get_tier_display(),
        "Nhóm đơn vị",
    ),
    "/ke-hoach/nhiem-vu/": (flat("rows", "holders"), code_of, "Mã đơn vị"),
    "/ke-hoach/dong-gop/": (rows_of_pages, lambda row: row.receiver.code, "Mã xã nhận"),
    "/ke-hoach/dong-gop/theo-xa/": (rows_of_pages, lambda row: row["code"], "Mã xã nhận"),
    "/don-vi/ca-nhan/": (rows_of_pages, lambda row: row.name, "Họ và tên"),
    "/nhap-lieu/": (rows_of_pages, lambda row: row.name, "Tệp"),
    "/khen-thuong/": (rows_of_pages, lambda row: row.name, "Tên được ghi trong quyết định"),
    "/khen-thuong/dot/": (rows_of_pages, lambda row: row.title, "Đợt"),
}
"""Address of a list → how the screen's rows are found, what names a row, in which column."""

ELSEWHERE = {
    "/tien-do/?nhom=commune": (
        "/tien-do/don-vi/",
        of_context("units"),
        lambda unit: unit.code,
        "Mã đơn vị",
    ),
    "/tien-do/?nhom=village": (
        "/tien-do/cap-tren/",
        of_context("parents"),
        lambda row: row.label,
        "Đơn vị cấp trên",
    ),
}
"""The same for tables that stand on a page of another address."""


def assert_same_rows(client, who, url, base, shown, key, column):
    page, table = client.get(url), client.get(f"{base}bang.csv", _asked(url))
    assert page.status_code == table.status_code, f"{url} for {who}"
    if page.status_code == 200:
        seen = sorted(key(row) for row in shown(client, url, page))
        taken = sorted(row[column] for row in csv_rows(table) if row[column])
        assert taken == seen, f"{url} for {who}"


def test_rows_taken_away_are_those_on_the_screen(client, scene):
    for who, user in people(scene).items():
        client.force_login(user)
        for url, reading in LISTS.items():
            assert_same_rows(client, who, url, url.partition("?")[0], *reading)
        for url, reading in ELSEWHERE.items():
            assert_same_rows(client, who, url, *reading)


def test_rows_of_one_thing_are_those_of_its_page(client, scene):
    commune, ranking = scene.commune, scene.ranking
    lists = {
        f"/tieu-chi/xep-hang/{ranking.pk}/": (of_context("page"), code_of, "Mã đơn vị"),
        f"/don-vi/{commune.pk}/": (rows_of_pages, lambda unit: unit.code, "Mã"),
        f"/khen-thuong/don-vi/{commune.pk}/": (
            rows_of_pages,
            lambda row: row.name,
            "Tên được ghi trong quyết định",
        ),
    }
    for who, user in people(scene).items():
        client.force_login(user)
        for url, reading in lists.items():
            assert_same_rows(client, who, url, url, *reading)
