"""The main pages at 360 px: nothing is wider than the screen, and axe finds no fault."""

from pathlib import Path

import pytest

from awards.models import RULES, RuleSet
from criteria.models import CriteriaSet
from reports.actions import summaries
from tests.browser import scenes

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[1] / "vendor" / "axe.min.js"
RUN = """async () => {
  const found = await axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]});
  const where = (fault) => fault.nodes.slice(0, 3).map((node) => node.target).join(" | ");
  return found.violations.map((fault) => `${fault.id}: ${where(fault)}`);
}"""
WIDER = """() => document.documentElement.scrollWidth > innerWidth"""


@pytest.fixture
def faults_of(window):
    """``faults_of(user, addresses)``: what is wrong with these pages on a phone."""
    axe = AXE.read_text(encoding="utf-8")

    def look(user, *addresses):
        page = window(user)
        page.set_viewport_size({"width": 360, "height": 740})
        found = []
        for address in addresses:
            response = page.goto(address)
            page.evaluate(axe)
            wrong = page.evaluate(RUN)
            wrong += ["wider than the screen"] * page.evaluate(WIDER)
            wrong += [str(response.status)] * (response.status != 200)
            found += [f"{address}: {fault}" for fault in wrong]
        page.context.close()
        return found

    return look


def test_pages_of_the_public(portal, faults_of):
    assert (
        faults_of(None, "/", "/tai-khoan/login/", "/ke-hoach/", "/tieu-chi/", "/bien-nhan/") == []
    )


def test_pages_of_the_unit(portal, faults_of):
    assert faults_of(portal.reporter, "/viec-cua-toi/") == []  # a report to begin
    report = scenes.written(portal)
    own = report.get_absolute_url()
    parts = ["muc/2/", "so-lieu/", "bieu/B1/", "bieu/B3/", "tieu-chi/", "kiem-tra/"]
    pages = ["/viec-cua-toi/", "/bao-cao/", own, *[own + part for part in parts]]

    assert faults_of(portal.reporter, *pages) == []

    scenes.sent(portal, report)
    assert faults_of(portal.leader, own, f"{own}ban/1/", f"{own}bien-nhan/1/") == []


def test_pages_of_the_board(portal, faults_of):
    report = scenes.sent(portal, scenes.written(portal))
    criteria_set = CriteriaSet.objects.get(tier="district")

    waiting = ["/viec-cua-toi/", "/ra-soat/", f"/ra-soat/{report.pk}/", "/tien-do/"]
    units = ["/don-vi/?q=tam+dao", portal.district.get_absolute_url()]
    plan = ["/tien-do/?nhom=commune", "/ke-hoach/han-bao-cao/", f"/tieu-chi/bo/{criteria_set.pk}/"]
    assert faults_of(portal.board, *waiting, *units, *plan) == []

    ranking = scenes.ranked(portal, report)
    assert faults_of(portal.board, "/tieu-chi/xep-hang/", ranking.get_absolute_url()) == []


def test_pages_of_the_law(portal, faults_of):
    rule_set = RuleSet.objects.get(code="nd-91-2017")
    head = f"/khen-thuong/quy-dinh/{rule_set.pk}/"
    pages = [f"{head}{name}/them/" for name in RULES]

    assert faults_of(portal.board, "/khen-thuong/quy-dinh/", head, *pages) == []


def test_pages_of_the_poverty_desk(portal, faults_of):
    report = scenes.sent(portal, scenes.written(portal))
    scenes.ranked(portal, report)
    draft = scenes.composed(portal)
    own = draft.get_absolute_url()

    unit = f"/don-vi/ngheo/{report.unit_id}/"
    poverty = ["/don-vi/ngheo/", unit, "/don-vi/ngheo/kiem-tra/", "/don-vi/ngheo/chi-tieu/"]
    parts = ["", "loi-van/", "doan-trich/", "ban-in/", "nguon/"]
    pages = ["/tong-hop/", *[own + part for part in parts]]
    assert faults_of(portal.desk, *poverty, *pages) == []

    summaries.freeze_summary(draft, by=portal.desk)
    assert faults_of(portal.desk, own) == []
