"""A reorganisation of units, step by step."""

import re

from playwright.sync_api import Page, expect


class Reorganising:
    def __init__(self, page: Page):
        self.page = page

    def begin(self, way: str, **fields: str):
        """The first step: the decision; ``fields`` by label."""
        self.page.goto("/don-vi/sap-xep/")
        self.page.get_by_role("link", name="Chuẩn bị việc sắp xếp mới").click()
        self.page.get_by_label(way).check()
        for label, text in fields.items():
            self.page.get_by_label(label, exact=True).fill(text)
        self.page.get_by_role("button", name="Tiếp tục: chọn đơn vị").click()

    def group(self):
        self.page.get_by_role("button", name="Thêm nhóm").click()

    def add(self, words: str, name: str):
        """Find a unit that ends, by words without marks, and add it to the group."""
        search = self.page.get_by_label("Tên hoặc mã", exact=True)
        if not search.is_visible():
            self.page.get_by_text("Tìm và thêm đơn vị").click()
        search.fill(words)
        self.page.get_by_role("main").get_by_role("button", name="Lọc").first.click()
        self.page.get_by_label(name).check()
        self.page.get_by_role("button", name="Thêm các đơn vị đã chọn").click()
        expect(self.page.get_by_role("button", name="Bỏ ra").last).to_contain_text(name)

    def name(self, **fields: str):
        """What starts in their place; ``fields`` by label."""
        for label, text in fields.items():
            self.page.get_by_label(re.compile(rf"^\s*{label}(\s|$)")).fill(text)
        self.page.get_by_role("button", name="Lưu nhóm").click()

    def step(self, words: str):
        self.page.get_by_role("link", name=words).first.click()

    def place(self, person: str, where: str):
        """Choose where somebody goes; nobody is placed by itself."""
        self.page.get_by_label(person).select_option(label=where)
        self.page.get_by_role("button", name="Lưu lựa chọn").click()

    def carry_out(self):
        self.page.get_by_role("button", name="Xác nhận và thực hiện").click()

    def undo(self, reason: str):
        self.page.get_by_label("Lý do hoàn tác").fill(reason)
        self.page.get_by_role("button", name="Hoàn tác việc sắp xếp này").click()

    def says(self, *words: str):
        for each in words:
            expect(self.page.get_by_role("main")).to_contain_text(each)
