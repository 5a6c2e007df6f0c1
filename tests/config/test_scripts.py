"""The scripts of ``static/js`` in a real browser, on bare pages; no server, no database."""

import os
import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

STATIC = Path(__file__).resolve().parents[2] / "static"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
HOME = "http://portal.test/"
POLICY = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "default-src 'self'; img-src 'self' data:",
}


@pytest.fixture(scope="module")
def chromium(playwright):
    browser = playwright.chromium.launch(
        executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"]
    )
    yield browser
    browser.close()


@pytest.fixture
def page(chromium):
    """A page whose every request is answered by the test; a script error fails it."""
    page, errors = chromium.new_page(), []
    page.on("pageerror", lambda error: errors.append(error))
    yield page
    page.close()
    assert errors == []


class Server:
    """Answers autosaves as told, and remembers what was sent."""

    def __init__(self, page, body, script):
        self.sent, self.forms = [], 0
        self.answer = {"status": 200, "json": {"revision": 8, "saved_at": "14:05", "messages": []}}
        tag = f'<script type="module" src="/{script}"></script>'
        html = f"<!doctype html><title>Trang</title>{body}{tag}"
        self.page_answer = {"body": html, "headers": POLICY}
        page.route(f"{HOME}**", self.serve)
        page.goto(HOME)

    def serve(self, route):
        path = re.sub(r"[?#].*", "", route.request.url.removeprefix(HOME))
        if path == "luu":
            self.sent.append(route.request.post_data or "")
            if self.answer is None:
                return route.abort()
            return route.fulfill(**self.answer)
        if path.endswith(".js"):
            source = (STATIC / "js" / path).read_text(encoding="utf-8")
            return route.fulfill(body=source, content_type="text/javascript")
        self.forms += route.request.method == "POST"
        return route.fulfill(**self.page_answer)


REPORT = """<form method="post" action="/" data-autosave data-autosave-url="/luu">
  <input type="hidden" name="csrfmiddlewaretoken" value="abc">
  <input type="hidden" name="revision" value="7">
  <p role="status" data-autosave-state></p>
  <label for="ten">Tên</label><input id="ten" name="ten">
  <label for="ho">Hộ</label><input id="ho" name="ho">
  <input type="file" name="tep">
  <button>Gửi</button>
</form>"""


@pytest.fixture
def report(page):
    page.clock.install()
    return Server(page, REPORT, "autosave.js")


def state(page):
    return page.locator("[data-autosave-state]")


def write(page, text, field="#ten"):
    """Type, and let the pause pass after which the form is saved."""
    page.locator(field).press_sequentially(text)
    page.clock.fast_forward(2_000)


def expect_state(page, name, words):
    expect(state(page)).to_have_attribute("data-state", name)
    expect(state(page)).to_contain_text(words)


def test_another_form_of_the_page_waits_until_the_entries_are_saved(page):
    """Attaching a file right after typing loses nothing, and asks nothing."""
    asked = []
    page.clock.install()
    other = '<form method="post" action="/tep"><button>Đính kèm</button></form>'
    server = Server(page, REPORT + other, "autosave.js")
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    page.locator("#ten").press_sequentially("Hằng")
    with page.expect_navigation():
        page.get_by_role("button", name="Đính kèm").click()

    assert ["Hằng" in sent for sent in server.sent] == [True]
    assert server.forms == 1
    assert asked == []


def test_a_page_that_came_back_with_errors_claims_nothing_saved(page):
    asked = []
    Server(page, f"<div data-error-summary>Sai</div>{REPORT}", "autosave.js")
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    expect_state(page, "failed", "CHƯA LƯU – xem lý do ở khung đỏ phía trên")
    page.locator("#ten").click()
    page.goto("about:blank")
    assert asked == ["beforeunload"]


def test_saving_tells_when_and_carries_the_new_revision(page, report):
    expect_state(page, "idle", "lưu tự động")

    page.locator("#ten").press_sequentially("Hằng")
    expect_state(page, "editing", "chưa lưu")
    page.clock.fast_forward(2_000)

    expect_state(page, "saved", "Đã lưu lúc 14:05")
    expect(page.locator("[name=revision]")).to_have_value("8")
    (sent,) = report.sent
    assert 'name="revision"\r\n\r\n7' in sent
    assert "Hằng" in sent
    assert "csrfmiddlewaretoken" not in sent  # the header has it
    assert 'name="tep"' not in sent


def test_a_lost_connection_is_said_and_tried_again(page, report):
    answer, report.answer = report.answer, None
    write(page, "a")
    expect_state(page, "failed", "CHƯA LƯU – mất kết nối, sẽ thử lại")

    report.answer = answer
    page.clock.fast_forward(6_000)

    expect_state(page, "saved", "Đã lưu")


def test_a_busy_server_is_tried_again(page, report):
    report.answer = {"status": 503, "body": "…"}
    write(page, "a")

    expect_state(page, "failed", "máy chủ đang bận")


def test_errors_stand_at_their_field_until_mended(page, report):
    saved = report.answer
    report.answer = {"status": 400, "json": {"errors": {"ho": ["Số hộ phải từ 0 trở lên."]}}}
    write(page, "-3", "#ho")
    expect_state(page, "failed", "CHƯA LƯU – cần sửa")
    expect(page.locator("#ho")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("[data-autosave-error]")).to_have_text("Số hộ phải từ 0 trở lên.")
    page.clock.fast_forward(60_000)
    assert len(report.sent) == 1  # the same entry is not sent over and over

    report.answer = saved
    page.locator("#ho").fill("")
    write(page, "3", "#ho")

    expect_state(page, "saved", "Đã lưu")
    expect(page.locator("[data-autosave-error]")).to_have_count(0)
    expect(page.locator("#ho")).not_to_have_attribute("aria-invalid", "true")


def test_somebody_elses_writing_stops_the_saving(page, report):
    report.answer = {"status": 409, "json": {"message": "Bà Mai đã sửa lúc 14:02."}}
    write(page, "a")
    expect_state(page, "stopped", "CHƯA LƯU – Bà Mai đã sửa lúc 14:02.")

    write(page, "b")
    page.clock.fast_forward(60_000)

    assert len(report.sent) == 1
    expect_state(page, "stopped", "Tải lại trang")


@pytest.mark.parametrize(
    "answer", [{"status": 302, "headers": {"location": "/dang-nhap"}}, {"status": 403, "body": ""}]
)
def test_an_ended_session_is_named_and_saving_goes_on_after_signing_in(page, report, answer):
    saved, report.answer = report.answer, answer
    write(page, "a")
    expect_state(page, "failed", "phiên đăng nhập đã hết")

    report.answer = saved
    page.get_by_role("button", name="Lưu lại").click()

    expect_state(page, "saved", "Đã lưu")


def test_leaving_with_unsaved_entries_asks_first(page, report):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    report.answer = {"status": 409, "json": {"message": "Đã có người sửa."}}
    write(page, "a")
    expect_state(page, "stopped", "Đã có người sửa.")

    page.goto(HOME + "khac")

    assert asked == ["beforeunload"]


def test_leaving_after_saving_or_by_sending_asks_nothing(page, report):
    page.on("dialog", lambda dialog: pytest.fail(dialog.type))
    write(page, "a")
    expect_state(page, "saved", "Đã lưu")

    page.locator("#ten").press_sequentially("b")
    page.get_by_role("button", name="Gửi").click()

    expect_state(page, "idle", "lưu tự động")  # the page loaded anew
    assert report.forms == 1
    assert len(report.sent) == 1


def test_once_sends_a_form_once(page):
    body = '<form method="post" data-once><button name="step" value="sign">Ký</button></form>'
    server = Server(page, body, "once.js")
    page.route(
        HOME, lambda route: (setattr(server, "forms", server.forms + 1), route.fulfill(status=204))
    )

    page.evaluate("() => { const b = document.querySelector('button'); b.click(); b.click(); }")
    expect(page.get_by_role("button")).to_be_disabled()
    expect(page.get_by_role("button")).to_have_attribute("aria-busy", "true")

    assert server.forms == 1


def test_changed_forms_are_not_left_unasked(page):
    body = '<form method="post" data-warn-unsaved><input id="ten"><button>Lưu</button></form>'
    Server(page, body, "unsaved.js")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    page.locator("#ten").press_sequentially("a")
    page.get_by_role("button").click()
    page.goto(HOME + "khac")
    assert asked == []

    page.locator("#ten").press_sequentially("a")
    page.goto(HOME)
    assert asked == ["beforeunload"]


def test_the_summary_of_errors_is_read_first_and_leads_to_the_fields(page):
    body = """<div data-error-summary tabindex="-1">
      <a href="#ten">Tên</a><a href="#tc">Tiêu chí</a>
    </div>
    <input id="ten"><fieldset id="tc"><input type="radio" id="dat"></fieldset>"""
    Server(page, body, "errors.js")

    expect(page.locator("[data-error-summary]")).to_be_focused()
    expect(page).to_have_title("Lỗi: Trang")
    page.get_by_role("link", name="Tiêu chí").click()
    expect(page.locator("#dat")).to_be_focused()
    page.get_by_role("link", name="Tên").click()
    expect(page.locator("#ten")).to_be_focused()


TABLE = """<form method="post"><table data-cells><tbody>
  <tr><th>1</th><td><input id="a1"></td><td><input id="b1"></td></tr>
  <tr><th>2</th><td><input id="a2" readonly></td><td><input id="b2"></td></tr>
  <tr><th>3</th><td><input id="a3"></td><td><input id="b3"></td></tr>
</tbody></table><button>Lưu</button></form>"""


def test_enter_and_arrows_walk_the_column_and_never_send(page):
    server = Server(page, TABLE, "cells.js")
    page.locator("#a1").click()

    page.keyboard.press("Enter")
    expect(page.locator("#a3")).to_be_focused()  # the read-only cell is passed over
    page.keyboard.press("Enter")
    expect(page.locator("#a3")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#a1")).to_be_focused()

    assert server.forms == 0


def paste(page, text):
    page.evaluate(
        """text => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/plain", text);
          const paste = { clipboardData, bubbles: true, cancelable: true };
          document.activeElement.dispatchEvent(new ClipboardEvent("paste", paste));
        }""",
        text,
    )


def values(page):
    cells = "[...document.querySelectorAll('td input, td select')].map((cell) => cell.value)"
    return page.evaluate(cells)


def test_a_block_from_excel_is_pasted_cell_by_cell(page):
    Server(page, TABLE, "cells.js")
    page.evaluate("() => { window.heard = 0; addEventListener('input', () => heard++); }")
    page.locator("#a1").focus()

    paste(page, "12\t 3\r\n4\t5\r\n6\t7\r\n")

    assert values(page) == ["12", "3", "", "5", "6", "7"]
    assert page.evaluate("heard") == 5
    note = page.get_by_role("status")
    expect(note).to_have_text("CHƯA DÁN 1 ô nằm ngoài các cột của bảng: kiểm tra thứ tự cột.")


def test_lines_that_find_no_place_are_told(page):
    Server(page, TABLE, "cells.js")
    page.locator("#a3").focus()

    paste(page, "6\t7\n8\t9\n10\t11\n")

    assert values(page)[-2:] == ["6", "7"]
    expect(page.get_by_role("status")).to_have_text(
        "CHƯA DÁN 2 dòng cuối: bảng không còn dòng để nhận."
    )


def test_a_block_runs_on_into_the_next_table_of_the_form(page):
    cell = "<table data-cells><tbody><tr><td><input></td></tr></tbody></table>"
    Server(page, f"<form method='post'>{cell * 3}</form>", "cells.js")
    page.locator("input").first.focus()

    paste(page, "1\n2\n3\n")

    assert values(page) == ["1", "2", "3"]


GROWING = """<form method="post"><table data-cells data-grow="3"><tbody>
  <tr><td>1</td>
    <td><select name="r0-nguon" id="id_r0-nguon" aria-label="Dòng 1, Nguồn">
      <option value="">–</option><option value="dn">Doanh nghiệp</option></select></td>
    <td><input name="r0-tien" id="id_r0-tien" aria-label="Dòng 1, Tiền" aria-invalid="true">
      <div class="field__error">Sai</div></td></tr>
</tbody></table></form>"""


def test_a_growing_table_takes_all_lines_and_the_choices_of_its_lists(page):
    Server(page, GROWING, "cells.js")
    page.locator("select").focus()

    paste(page, "doanh nghiệp\t5\nKhông rõ\t6\nDoanh nghiệp\t7\nDoanh nghiệp\t8\n")

    assert values(page) == ["dn", "5", "", "6", "dn", "7"]
    last = page.locator("tr").last
    expect(last.locator("td").first).to_have_text("3")
    expect(last.locator("input")).to_have_attribute("name", "r2-tien")
    expect(last.locator("input")).to_have_attribute("aria-label", "Dòng 3, Tiền")
    expect(last.locator("input")).not_to_have_attribute("aria-invalid", "true")
    expect(last.locator(".field__error")).to_have_count(0)
    expect(page.get_by_role("status")).to_have_text(
        "CHƯA DÁN 1 dòng cuối: bảng không còn dòng để nhận. "
        "1 ô có danh sách không có mục khớp: hãy chọn lại trong danh sách."
    )


FILES = """<form method="post" id="luu"><button>Lưu</button></form>
<form method="post" data-files><input type="file"><button>Đính kèm</button></form>"""


def test_a_chosen_file_is_not_forgotten(page):
    server = Server(page, FILES, "files.js")
    file = {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"}
    page.locator("[type=file]").set_input_files(file)
    expect(page.get_by_role("status")).to_have_text(
        "Tệp đã chọn CHƯA được đính kèm: bấm “Đính kèm”."
    )

    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_role("button", name="Đính kèm")).to_be_focused()
    assert server.forms == 0

    with page.expect_navigation():
        page.get_by_role("button", name="Đính kèm").click()
    assert server.forms == 1
