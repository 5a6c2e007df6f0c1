"""The summary of a period: passages, texts, the freeze, the files."""

from pathlib import Path

from playwright.sync_api import Locator, Page, expect


class Summary:
    def __init__(self, page: Page):
        self.page = page

    def begin(self, title: str):
        """From the list of periods into the draft."""
        line = self.page.get_by_role("row").filter(has_text=title)
        line.get_by_role("button", name="Bắt đầu lập").click()
        expect(self.page.get_by_role("heading", name=title, level=1)).to_be_visible()

    @property
    def missing(self) -> Locator:
        """What the draft says it lacks."""
        return self.page.get_by_role("note").filter(has_text="Còn thiếu")

    def pick_passage(self, unit: str, section: str):
        """Look for the unit's section and copy its words."""
        self.page.get_by_role("link", name="Đoạn trích từ báo cáo của đơn vị").click()
        self.page.get_by_label("Đơn vị hoặc từ trong bài").fill(unit)
        self.page.get_by_role("button", name="Lọc").click()
        offered = self.page.get_by_role("article").filter(has_text=section)
        offered.get_by_role("button", name="Trích đoạn này").click()
        expect(self.page.get_by_text("Đã trích:")).to_be_visible()

    def write_texts(self, texts: dict[str, str]):
        """The free texts by their labels; saved together."""
        self.page.get_by_role("link", name=next(iter(texts))).click()
        for label, words in texts.items():
            self.page.get_by_label(label).fill(words)
        self.page.get_by_role("button", name="Lưu", exact=True).click()
        expect(self.page.get_by_text("Đã lưu phần lời của báo cáo.")).to_be_visible()

    def back(self, title: str):
        """From one of the draft's own pages to the draft."""
        crumbs = self.page.get_by_role("navigation", name="Đường dẫn")
        crumbs.get_by_role("link", name=title).click()

    def freeze(self):
        self.page.get_by_role("button", name="Chốt báo cáo", exact=True).click()
        expect(self.page.get_by_text("đã chốt").first).to_be_visible()

    def download(self, kind: str) -> bytes:
        """Fetch a file by its kind as the page names it: Word, Excel, PDF."""
        with self.page.expect_download() as waiting:
            self.page.get_by_role("link", name=f"Tải tệp {kind}").click()
        return Path(waiting.value.path()).read_bytes()
