"""Signing and sending: once, however often the button is hit, and also without JavaScript."""

import pytest
from playwright.sync_api import expect

from reports.models import Report, Version
from reports.states import State
from tests.browser.pages import Home, ReportPages, Review
from tests.factories.reports import filled, handed_over

pytestmark = pytest.mark.browser


def to_the_signature(page):
    home = Home(page)
    home.open()
    home.take_up("Ký, gửi")
    return page.get_by_role("button", name="Ký, gửi", exact=True)


def sendings_of(page) -> list[str]:
    """The addresses that forms are sent to from now on."""
    found = []
    page.on("request", lambda sent: found.append(sent.url) if sent.method == "POST" else None)
    return found


@pytest.mark.parametrize("script", [True, False])
def test_a_double_click_on_send_makes_one_version(window, script):
    case = handed_over()
    page = window(case.leader, java_script_enabled=script)
    button, sendings = to_the_signature(page), sendings_of(page)

    button.dblclick()

    expect(page.get_by_text(f"BN-2023-{case.report.pk:06d}-01").first).to_be_visible()
    assert Version.objects.filter(report=case.report).count() == 1
    assert Report.objects.get().state == State.SUBMITTED
    assert len(sendings) == 1 or not script  # the script spares the server the second one


def test_two_windows_of_the_leader_make_one_version(window):
    case = handed_over()
    first, second = window(case.leader), window(case.leader)
    buttons = [to_the_signature(page) for page in (first, second)]

    for button in buttons:
        button.click()

    expect(first.get_by_role("heading", name="Biên nhận báo cáo")).to_be_visible()
    expect(second.get_by_role("alert")).to_contain_text("Không thể ký, gửi")
    assert Version.objects.filter(report=case.report).count() == 1


def test_filling_handing_over_signing_and_returning_need_no_javascript(window):
    case = filled()
    title = case.report.sections.get().outline.title
    reporter = window(case.reporter, java_script_enabled=False)
    reporter.goto(case.report.get_absolute_url())
    report = ReportPages(reporter)
    report.open_part(title)
    report.text.fill("Viết không cần mã lệnh.")
    report.save_and_go_on()
    report.look_over()
    report.step("Trình ký")
    expect(reporter.get_by_role("status")).to_contain_text("Đã trình ký.")

    leader = window(case.leader, java_script_enabled=False)
    to_the_signature(leader).click()
    expect(leader.get_by_role("heading", name="Biên nhận báo cáo")).to_be_visible()

    board = window(case.board, java_script_enabled=False)
    review = Review(board)
    review.open_from_queue(case.unit.name)
    expect(review.report).to_contain_text("Viết không cần mã lệnh.")
    review.return_item("Mục", title, "Ghi số văn bản.")
    expect(board.get_by_role("status")).to_contain_text("Đã trả lại báo cáo.")
    assert Report.objects.get().state == State.RETURNED
