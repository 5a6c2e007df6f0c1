"""A dossier, its appraisal, the council's session and what goes out, as people walk through."""

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

ONWARD = "Lưu và sang phần tiếp theo"


class Dossier:
    """The pages of one nomination for those who write it."""

    def __init__(self, page: Page):
        self.page = page

    @property
    def heading(self) -> Locator:
        return self.page.get_by_role("heading", level=1)

    def begin(self, form: str, recipient: str, candidate: str):
        """Choose form and kind, then the candidate by search."""
        self.page.goto("/khen-thuong/de-nghi/")
        self.page.get_by_role("main").get_by_role("link", name="Lập hồ sơ").first.click()
        choices = self.page.get_by_label("Hình thức, đợt khen thưởng")
        wanted = choices.locator("option", has_text=form).first.get_attribute("value")
        choices.select_option(value=wanted)
        self.page.get_by_role("radio", name=recipient).check()
        self.page.get_by_role("button", name="Tiếp tục").click()
        self.page.get_by_label("Tên hoặc mã", exact=True).fill(candidate)
        self.page.get_by_role("main").get_by_role("button", name="Tìm").click()
        self.page.get_by_role("radio").first.check()
        self.page.get_by_role("button", name="Lập hồ sơ").click()

    def open(self):
        """From the list of dossiers to the only one."""
        self.page.goto("/khen-thuong/de-nghi/")
        self.page.get_by_role("main").get_by_role("table").get_by_role("link").first.click()

    def tell(self, achievement: str, words: str):
        """Fill every part from the first on; what the portal filled in stays."""
        self.page.get_by_role("link", name="Người, tập thể được đề nghị").click()
        self.page.get_by_label("Thành tích ghi trong quyết định").fill(achievement)
        self._onward()
        while self.page.get_by_role("textbox", name="Nội dung").is_visible():
            box = self.page.get_by_role("textbox", name="Nội dung")
            if not box.input_value().strip():
                box.fill(words)
            self._onward()

    def _onward(self):
        here = self.heading.inner_text()
        self.page.get_by_role("button", name=ONWARD).click()
        expect(self.heading).not_to_have_text(here)

    def attach(self, document: str, path: Path):
        """Attach a file as a document of this kind (its key)."""
        self.page.get_by_label("Loại tài liệu").select_option(value=document)
        self.page.get_by_label("Tệp (PDF, ảnh, Word, Excel)").set_input_files(path)
        self.page.get_by_role("button", name="Đính kèm").click()

    def step(self, label: str):
        self.page.get_by_role("button", name=label, exact=True).click()


class Appraisal:
    """The queue of whoever appraises."""

    def __init__(self, page: Page):
        self.page = page

    def pass_all(self):
        self.page.goto("/khen-thuong/tham-dinh/")
        for box in self.page.get_by_role("main").get_by_role("checkbox").all():
            box.check()
        self.page.get_by_role("button", name="Ghi kết luận").click()
        self.page.goto("/khen-thuong/tham-dinh/ap-dung/")
        self.page.get_by_role("button", name="Áp dụng tất cả").click()


class CouncilSession:
    """A session for its keeper and for a member."""

    def __init__(self, page: Page):
        self.page = page

    def convene(self, day: str, hour: str, place: str):
        self.page.goto("/khen-thuong/hoi-dong/")
        self.page.get_by_role("main").get_by_role("link", name="Hội đồng").first.click()
        self.page.get_by_role("region", name="Triệu tập phiên họp").get_by_role("link").click()
        self.page.get_by_label("Ngày họp").fill(day)
        self.page.get_by_label("Giờ họp").fill(hour)
        self.page.get_by_label("Địa điểm").fill(place)
        for box in self.page.get_by_role("main").get_by_role("checkbox").all():
            box.check()
        self.page.get_by_role("button", name="Triệu tập").click()

    def call_the_roll(self):
        """Everybody is there."""
        self.page.get_by_role("main").get_by_role("link", name="Điểm danh").click()
        for radio in self.page.get_by_role("radio", name="có mặt").all():
            radio.check()
        self.page.get_by_role("button", name="Lưu điểm danh").click()

    def open_voting(self):
        """It cannot be taken back, so the page asks once more."""
        self.page.locator("summary", has_text="Mở bỏ phiếu").click()
        self.page.get_by_role("button", name="Mở bỏ phiếu").click()

    def vote(self, choice: str):
        """One choice for every case; the page afterwards tells nothing of it."""
        self.page.get_by_role("main").get_by_role("link", name="Bỏ phiếu").first.click()
        for radio in self.page.get_by_role("radio", name=choice, exact=True).all():
            radio.check()
        self.page.get_by_role("button", name="Gửi phiếu").click()

    def count(self, needed: str):
        """The council agrees on the votes needed where no share is known; then the boxes open."""
        self.page.get_by_role("main").get_by_role("link", name="Kiểm phiếu").click()
        agreement = self.page.get_by_label("Số phiếu đồng ý cần có")
        if agreement.count():
            agreement.fill(needed)
            self.page.get_by_label("Hội đồng thống nhất").fill("Quá nửa tổng số thành viên.")
            self.page.get_by_role("button", name="Lưu điều đã thống nhất").click()
        self.page.get_by_role("button", name="Kiểm phiếu, đóng phiên họp").click()


class Outgoing:
    """Tờ trình, decision and certificate."""

    def __init__(self, page: Page):
        self.page = page

    def submit(self, number: str, day: str):
        self.page.goto("/khen-thuong/to-trinh/")
        self.page.get_by_role("button", name="Lập dự thảo tờ trình").first.click()
        self.page.get_by_role("textbox", name="Số tờ trình").fill(number)
        self.page.get_by_role("textbox", name="Ngày tờ trình").fill(day)
        self.page.get_by_role("button", name="Ghi số, ngày và trình").click()

    def decide(self, number: str, day: str, signer: str, fund: str):
        self.page.get_by_role("link", name="Nhập quyết định").click()
        self.page.get_by_role("textbox", name="Số quyết định").fill(number)
        self.page.get_by_role("textbox", name="Ngày quyết định").fill(day)
        self.page.get_by_role("textbox", name="Người ký").fill(signer)
        self.page.get_by_role("textbox", name="Nguồn tiền").fill(fund)
        self.page.get_by_role("button", name="Xem trước").click()
        self.page.get_by_role("button", name="Xác nhận, ghi quyết định").click()

    def certificates(self) -> Path:
        """The file to print of all recipients."""
        self.page.get_by_role("link", name="Văn bản để in, tải về").click()
        with self.page.expect_download() as download:
            self.page.get_by_role("button", name="Tải tệp PDF để in").click()
        return download.value.path()
