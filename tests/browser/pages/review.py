"""The receiver's queue and the page of one report with criteria and points beside it."""

from playwright.sync_api import Locator, Page, expect


class Review:
    def __init__(self, page: Page):
        self.page = page

    def open_from_queue(self, unit: str):
        self.page.goto("/ra-soat/")
        self.page.get_by_role("main").get_by_role("link", name=unit).click()
        expect(self.page.get_by_role("heading", name=unit, level=1)).to_be_visible()

    @property
    def report(self) -> Locator:
        """The report as it was sent, on the reading side."""
        return self.page.get_by_role("region", name="Báo cáo", exact=True)

    def return_item(self, group: str, label: str, remark: str):
        """Send the report back with a remark on one item."""
        self._unfold("Trả lại để sửa…")
        self._unfold(group)
        self.page.get_by_label(label, exact=True).fill(remark)
        self.page.get_by_role("button", name="Trả lại", exact=True).click()

    def _unfold(self, words: str):
        self.page.get_by_role("main").locator("summary").filter(has_text=words).click()

    def show_changes(self):
        self.page.get_by_role("link", name="thay đổi so với lần trước").click()
        expect(
            self.page.get_by_role("heading", name="Thay đổi so với lần gửi trước")
        ).to_be_visible()

    def change_of(self, place: str) -> Locator:
        return self.page.get_by_role("row").filter(
            has=self.page.get_by_role("rowheader", name=place)
        )

    def receive(self):
        self.page.get_by_role("button", name="Nhận báo cáo", exact=True).click()

    def score(self, points: str):
        """The same points for every criterion; saved together."""
        for field in self.page.get_by_label("Điểm III.").all():
            field.fill(points)
        self.page.get_by_role("button", name="Lưu điểm").click()
        expect(self.page.get_by_text("Đã lưu điểm.")).to_be_visible()
