"""The summary of a period: passages, texts, the freeze, the files."""

from playwright.sync_api import Page


class Summary:
    def __init__(self, page: Page):
        self.page = page
