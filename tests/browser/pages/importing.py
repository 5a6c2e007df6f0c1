"""Bringing a file in: choose the kind, send the file, look, write, take back."""

from playwright.sync_api import Page, expect


class Importing:
    def __init__(self, page: Page):
        self.page = page

    def open(self, title: str):
        self.page.goto("/nhap-lieu/")
        self.page.get_by_role("main").get_by_role("link", name=title).click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text(title)

    def send(self, path):
        self.page.get_by_label("Tệp đã điền", exact=True).set_input_files(path)
        self.page.get_by_role("button", name="Tải lên và xem trước").click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(path.name)

    def another(self):
        self.page.get_by_role("link", name="Tải tệp khác lên").click()

    def confirm(self):
        self.page.get_by_role("button", name="Xác nhận ghi").click()

    def undo(self):
        self.page.get_by_text("Hoàn tác…").click()
        self.page.get_by_role("button", name="Hoàn tác", exact=True).click()

    def says(self, *words: str):
        for each in words:
            expect(self.page.get_by_role("main")).to_contain_text(each)
