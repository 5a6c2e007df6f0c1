"""Rankings: computed as a draft, published as they stand."""

from playwright.sync_api import Locator, Page, expect


class Ranking:
    def __init__(self, page: Page):
        self.page = page

    def compute(self, period: str, scope: str):
        self.page.get_by_label("Kỳ báo cáo").first.select_option(period)
        self.page.get_by_label("Nhóm đơn vị hoặc cụm, khối").select_option(scope)
        self.page.get_by_role("button", name="Tính bảng xếp hạng").click()
        expect(self.page.get_by_role("heading", name="Xếp hạng", level=1)).to_be_visible()

    def row_of(self, unit: str) -> Locator:
        return self.page.get_by_role("row").filter(
            has=self.page.get_by_role("rowheader", name=unit)
        )

    def publish(self):
        self.page.locator("summary").filter(has_text="Công bố…").click()
        self.page.get_by_role("button", name="Công bố", exact=True).click()
        expect(self.page.get_by_text("đã công bố").first).to_be_visible()
