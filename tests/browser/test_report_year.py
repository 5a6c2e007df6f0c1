"""A district's year through real windows, from the first line to the papers of the summary."""

import pytest
from playwright.sync_api import expect
from pypdf import PdfWriter

from reports.models import Report
from tests.browser.pages import Home, Ranking, ReportPages, Review, SignIn, Summary
from tests.journeys import papers
from tests.journeys.conftest import PASSWORD

pytestmark = pytest.mark.browser

DISTRICT = "huyện Tam Đảo"
STEERING = "Công tác lãnh đạo, chỉ đạo"
FIRST = "Huyện ban hành kế hoạch & giao <9> xã, thị trấn thực hiện."
MENDED = "Huyện ban hành Kế hoạch 45/KH-UBND & giao <9> xã, thị trấn thực hiện."
REMARK = "Ghi rõ số, ký hiệu kế hoạch của huyện."
FIGURES = {
    "Hộ tự nguyện đăng ký thoát nghèo, thoát cận nghèo trong năm": "137",
    "Quỹ “Vì người nghèo”: số tiền vận động được": "1.234,5",
}
DONATION = {
    "Nguồn": "Doanh nghiệp, tổ chức, cá nhân",
    "Đơn vị đóng góp": "Hợp tác xã Su su & Rau sạch",
    "Tiền mặt": "86,5",
    "Nội dung hỗ trợ": "Giống cây trồng",
    "Số hộ hưởng": "43",
}
MODEL = {
    "Tên mô hình, điển hình": "Su su sạch & du lịch bản làng",
    "Nơi thực hiện": "Thị trấn Tam Đảo",
    "Lĩnh vực": "Trồng trọt, dịch vụ",
    "Kết quả": "Mỗi hộ thêm 30 triệu đồng một năm",
    "Nhân rộng": "Đã nhân rộng",
}
INTERIM = "Sơ kết phong trào năm 2023"
TEXTS = {
    "Đánh giá chung": "Phong trào đi vào nền nếp; Tam Đảo & các huyện đã <hưởng ứng>.",
    "Hạn chế, nguyên nhân": "- Báo cáo của nhiều đơn vị còn chậm.",
    "Phương hướng, kiến nghị": "- Đôn đốc báo cáo trước ngày 01/12 hằng năm.",
}


@pytest.fixture
def paper(tmp_path):
    """A real PDF, as a scanner would leave it."""
    path = tmp_path / "Kế hoạch 45.pdf"
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.write(path)
    return path


def signed_in(window, name):
    """A window of its own for this person, who came in by the front door."""
    page = window()
    SignIn(page).enter(name, PASSWORD)
    return page


def words_for(title):
    return FIRST if title == STEERING else f"{title}: huyện đã thực hiện đủ."


def fill(page, evidence):
    """Every part of the report, as its list names them."""
    report = ReportPages(page)
    report.open_part("Đặc điểm tình hình")
    report.write("Huyện miền núi, 9 xã, thị trấn.")
    report.save_and_go_on()
    report.write_sections(words_for)
    report.enter_figures(FIGURES, other="0")
    for title, row in (("Biểu B3", DONATION), ("Biểu B5", MODEL)):
        report.leave_for_list()
        report.open_part(title)
        report.enter_row(row)
        report.save_and_go_on()
    report.leave_for_list()
    report.open_part("Bảng tự đánh giá tiêu chí")
    for clause in report.criteria():
        if report.demands_evidence(clause):
            report.attach(clause, evidence)
        report.answer(clause, "Đạt", f"Theo kế hoạch của huyện, {clause}.")


def hand_over(page, evidence):
    home = Home(page)
    expect(home.waiting("CHƯA GỬI")).to_be_visible()
    home.start("Lập Báo cáo năm 2023")
    fill(page, evidence)
    report = ReportPages(page)
    report.look_over()
    report.step("Trình ký")
    expect(page.get_by_text("chờ ký").first).to_be_visible()


def sign(page, task, receipt):
    home = Home(page)
    home.open()
    home.take_up(task)
    ReportPages(page).step("Ký, gửi")
    expect(page.get_by_role("heading", name="Biên nhận báo cáo")).to_be_visible()
    expect(page.get_by_text(receipt)).to_be_visible()


def return_one_item(page):
    review = Review(page)
    review.open_from_queue(DISTRICT)
    expect(review.report).to_contain_text(FIRST)
    expect(review.report).to_contain_text(DONATION["Tiền mặt"])
    review.return_item("Mục", STEERING, REMARK)
    expect(page.get_by_text("Đã trả lại báo cáo.")).to_be_visible()


def mend(page):
    home, report = Home(page), ReportPages(page)
    home.open()
    expect(home.waiting("bị trả lại").first).to_be_visible()
    home.take_up("Sửa")
    expect(report.part(STEERING)).to_contain_text("cần sửa")
    report.open_part(STEERING)
    expect(page.get_by_text(REMARK)).to_be_visible()
    report.write(MENDED)
    report.save_and_go_on()
    report.look_over()
    report.step("Trình ký")


def receive_and_score(page):
    review = Review(page)
    review.open_from_queue(DISTRICT)
    review.show_changes()
    expect(review.change_of(STEERING)).to_contain_text(MENDED)
    review.open_from_queue(DISTRICT)
    review.receive()
    expect(page.get_by_text("Đã nhận báo cáo.")).to_be_visible()
    review.score("9,5")


def rank(page):
    ranking = Ranking(page)
    Home(page).go_to("Thi đua, khen thưởng", "Xếp hạng")
    ranking.compute("2023", "district")
    expect(ranking.row_of(DISTRICT)).to_contain_text("1")
    ranking.publish()


def compose(page):
    """The poverty desk: passage, texts, freeze, three files."""
    summary = Summary(page)
    Home(page).go_to("Báo cáo", "Tổng hợp")
    summary.begin(INTERIM)
    expect(summary.missing).to_contain_text("đơn vị chưa có báo cáo")
    summary.pick_passage("Tam Đảo", STEERING)
    summary.back(INTERIM)
    summary.write_texts(TEXTS)
    summary.freeze()
    return [summary.download(kind) for kind in ("Word", "Excel", "PDF")]


def read(word, excel, pdf):
    """The district's own words, its figures and its place stand in all three."""
    for words in (papers.words_of_word(word), papers.words_of_pdf(pdf)):
        assert MENDED in words
        assert "Tam Đảo & các huyện đã <hưởng ứng>" in words
        for figure in ("1.234,5", "137", DONATION["Tiền mặt"]):
            assert figure in words
    assert len(papers.pictures_of_word(word)) >= 2
    cells = papers.cells_of_excel(excel)
    assert {MENDED, MODEL["Tên mô hình, điển hình"]} <= set(cells)
    assert {86.5, 1234.5, 137} <= {cell for cell in cells if not isinstance(cell, str)}


def test_from_the_first_line_to_the_papers_of_the_summary(portal, window, paper):
    hand_over(signed_in(window, portal.reporter.username), paper)
    number = Report.objects.get(unit=portal.district).pk
    leader = signed_in(window, portal.leader.username)
    sign(leader, "Ký, gửi", f"BN-2023-{number:06d}-01")

    board = signed_in(window, portal.board.username)
    return_one_item(board)
    mend(signed_in(window, portal.reporter.username))
    sign(leader, "Ký, gửi", f"BN-2023-{number:06d}-02")

    receive_and_score(board)
    rank(board)

    read(*compose(signed_in(window, portal.desk.username)))
