"""A council's vote in Chromium: without JavaScript, and every page of it on a phone."""

import pytest
from playwright.sync_api import expect

from awards.actions import close_session
from awards.models import Vote
from tests.browser.test_small_screens import faults_of  # noqa: F401  # the same look at pages
from tests.factories.council import agreed, convened, opened, voted
from tests.factories.nominations import a_scene

pytestmark = pytest.mark.browser


@pytest.fixture
def scene(live_server, transactional_db):
    return a_scene()


def test_a_member_votes_without_scripts(scene, window):
    sitting = opened(scene, cases=2)
    page = window(sitting.users[0], java_script_enabled=False)
    page.goto(sitting.session.get_absolute_url())

    page.get_by_role("link", name="Bỏ phiếu", exact=True).click()
    page.get_by_role("radio", name="Không đồng ý").first.check()
    page.get_by_role("button", name="Gửi phiếu").click()
    assert not Vote.objects.exists()  # the browser asks for the second case
    page.get_by_role("radio", name="Đồng ý", exact=True).last.check()
    page.get_by_role("button", name="Gửi phiếu").click()

    expect(page.get_by_text("Đã nhận phiếu của bạn")).to_be_visible()
    assert Vote.objects.get().way == "screen"


def test_pages_of_a_session_on_a_phone(scene, faults_of):  # noqa: F811
    sitting = convened(scene, cases=2)
    own, council = sitting.session.get_absolute_url(), sitting.session.council.get_absolute_url()
    parts = ["", "giay-moi/", "chuong-trinh/", "diem-danh/", "khong-bo-phieu/", "man-chieu/"]
    members = [f"{council}sua/", f"{council}thanh-vien/"]
    pages = ["/khen-thuong/hoi-dong/", council, *members, *[own + part for part in parts]]

    assert faults_of(scene.board, *pages) == []
    assert faults_of(sitting.users[0], own, own + "khong-bo-phieu/") == []


def test_pages_of_a_vote_on_a_phone(scene, faults_of):  # noqa: F811
    sitting = voted(opened(scene, cases=2, written=1), "+++")
    own = sitting.session.get_absolute_url()

    assert faults_of(sitting.users[3], own, own + "bo-phieu/") == []
    assert faults_of(scene.board, own, own + "phieu-giay/", own + "kiem-phieu/") == []

    close_session(agreed(sitting).session, by=scene.board, despite_missing=True)
    assert faults_of(scene.board, own, own + "bien-ban/", own + "man-chieu/") == []
