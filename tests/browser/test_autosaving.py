"""Autosave and the real server: a second tab is told, an ended session loses nothing."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from reports.models import Section
from tests.browser.pages import ReportPages, SignIn
from tests.factories.reports import started

pytestmark = pytest.mark.browser
PASSWORD = "mot-mat-khau-dai-2023"


@pytest.fixture
def case():
    return started()


def address(case):
    return f"{case.report.get_absolute_url()}muc/chi-dao/"


def kept():
    return Section.objects.get().text


def test_the_second_of_two_tabs_is_told_and_loses_nothing(case, window, faults):
    faults.expect("409")  # the refusal that this test is about
    first = window(case.reporter)
    second = first.context.new_page()
    for page in (first, second):
        page.goto(address(case))
    ReportPages(first).write("Thẻ thứ nhất.")

    told = ReportPages(second)
    told.text.fill("Thẻ thứ hai.")

    expect(told.saving).to_contain_text("CHƯA LƯU")
    expect(told.saving).to_contain_text("Chính bạn, ở một cửa sổ khác, đã sửa phần này")
    expect(told.text).to_have_value("Thẻ thứ hai.")
    assert kept() == "Thẻ thứ nhất."

    told.save()  # pressing the button all the same
    expect(second.get_by_role("alert")).to_contain_text("chưa được lưu")
    expect(told.text).to_have_value("Thẻ thứ hai.")
    assert kept() == "Thẻ thứ nhất."


def test_a_session_that_ends_while_writing_loses_nothing(case, window):
    case.reporter.set_password(PASSWORD)
    case.reporter.save()
    page = window(case.reporter)
    page.goto(address(case))
    report = ReportPages(page)
    report.write("Trước khi hết phiên.")

    Session.objects.all().delete()
    report.text.fill("Viết tiếp khi phiên đã hết.")
    expect(report.saving).to_contain_text("phiên đăng nhập đã hết")
    assert kept() == "Trước khi hết phiên."

    other = page.context.new_page()
    SignIn(other).enter(case.reporter.username, PASSWORD)
    other.close()
    page.get_by_role("button", name="Lưu lại").click()

    expect(report.saving).to_contain_text("Đã lưu lúc")
    assert kept() == "Viết tiếp khi phiên đã hết."
