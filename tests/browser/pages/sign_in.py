"""The door: name and password."""

from playwright.sync_api import Page, expect


class SignIn:
    def __init__(self, page: Page):
        self.page = page

    def enter(self, name: str, password: str):
        """Sign in from the front page and arrive at what waits for this person."""
        self.page.goto("/")
        self.page.get_by_role("main").get_by_role("link", name="Đăng nhập").click()
        self.fill(name, password)
        expect(self.page.get_by_role("heading", name="Việc của tôi", level=1)).to_be_visible()

    def fill(self, name: str, password: str):
        self.page.get_by_label("Tên đăng nhập").fill(name)
        self.page.get_by_label("Mật khẩu").fill(password)
        self.page.get_by_role("main").get_by_role("button", name="Đăng nhập").click()

    def leave(self):
        self.page.get_by_role("button", name="Đăng xuất").click()
        expect(self.page.get_by_role("link", name="Đăng nhập").first).to_be_visible()
