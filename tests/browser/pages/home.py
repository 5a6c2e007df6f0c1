"""Việc của tôi, and the bar of tasks that stands on every page."""

from playwright.sync_api import Locator, Page, expect


class Home:
    def __init__(self, page: Page):
        self.page = page

    def open(self):
        self.page.goto("/viec-cua-toi/")

    def waiting(self, words: str) -> Locator:
        """The line of the list that holds these words."""
        return self.page.get_by_role("main").get_by_role("listitem").filter(has_text=words)

    def start(self, words: str):
        """Begin a report that is due."""
        self.page.get_by_role("button", name=f"Bắt đầu {words}").click()
        expect(self.page.get_by_role("heading", name="Các phần của báo cáo")).to_be_visible()

    def take_up(self, words: str):
        """Follow a line of the list to where the work is done."""
        self.page.get_by_role("main").get_by_role("link", name=words).click()

    def go_to(self, section: str, page: str):
        """Open a section of the bar, then the page within it."""
        bar = self.page.get_by_role("navigation", name="Công việc")
        for words in (section, page):
            bar.get_by_role("link", name=words).click()
