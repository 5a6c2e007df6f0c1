"""A unit's report: its list of parts, each part, the last look, and the steps."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

ONWARD = "Lưu và sang phần tiếp theo"


class ReportPages:
    def __init__(self, page: Page):
        self.page = page

    @property
    def heading(self) -> Locator:
        return self.page.get_by_role("heading", level=1)

    @property
    def saving(self) -> Locator:
        """Where autosave tells the truth; one form a part, many on the checklist."""
        return self.page.get_by_role("status").first

    def part(self, label: str) -> Locator:
        """The line of the list of parts."""
        return self.page.get_by_role("listitem").filter(
            has=self.page.get_by_role("link", name=label)
        )

    def open_part(self, label: str):
        self.page.get_by_role("link", name=label).click()
        expect(self.heading).to_contain_text(label)

    # Sections

    @property
    def text(self) -> Locator:
        return self.page.get_by_role("textbox", name="Nội dung")

    def write(self, words: str):
        """Type into the section at hand and wait until autosave has kept it."""
        self.text.fill(words)
        expect(self.saving).to_contain_text("Đã lưu lúc")

    def save(self):
        self.page.get_by_role("button", name=ONWARD).click()

    def save_and_go_on(self):
        here = self.heading.inner_text()
        self.save()
        expect(self.heading).not_to_have_text(here)

    def write_sections(self, words: Callable[[str], str]):
        """Fill every section from here to the figures; ``words(title)`` says what."""
        while self.text.is_visible():
            self.text.fill(words(self.heading.inner_text()))
            self.save_and_go_on()

    # Figures and annexes

    def enter_figures(self, values: dict[str, str], other: str):
        """Every figure: the named ones as given, the rest alike; then on."""
        cells = self.page.get_by_role("main").get_by_role("table").get_by_role("textbox")
        for cell in cells.all():
            label = cell.get_attribute("aria-label")
            cell.fill(values.get(label, other))
        self.save_and_go_on()

    def enter_row(self, cells: dict[str, str]):
        """The first row of the annex at hand, cell by column."""
        row = self.page.get_by_role("table").get_by_role("row").nth(1)
        for column, value in cells.items():
            cell = row.get_by_label(f"Dòng 1, {column}", exact=True)
            if cell.evaluate("cell => cell.tagName") == "SELECT":
                cell.select_option(value)
            else:
                cell.fill(value)

    # Checklist

    def criterion(self, clause: str) -> Locator:
        return self.page.get_by_role("region", name=clause, exact=True)

    def criteria(self) -> list[str]:
        """The clauses of all criteria on the page."""
        return self.page.get_by_role("main").locator("h2 [id^=tc-]").all_inner_texts()

    def answer(self, clause: str, grade: str, explanation: str):
        """Choose a grade where there is one, explain it, save the criterion."""
        place = self.criterion(clause)
        choice = place.get_by_role("radio", name=grade, exact=True)
        if choice.count():
            choice.check()
        place.get_by_label("Diễn giải kết quả").fill(explanation)
        place.get_by_role("button", name="Lưu tiêu chí này").click()
        expect(self.criterion(clause).get_by_text("Sửa gần nhất")).to_be_visible()

    def attach(self, clause: str, file: Path):
        place = self.criterion(clause)
        place.get_by_label("Đính kèm tệp").set_input_files(file)
        place.get_by_role("button", name="Đính kèm", exact=True).click()
        expect(self.criterion(clause).get_by_role("link", name=file.name)).to_be_visible()

    def demands_evidence(self, clause: str) -> bool:
        heading = self.criterion(clause).get_by_role("heading", level=3)
        return "bắt buộc" in heading.inner_text()

    # The last look and the steps

    def leave_for_list(self):
        self.page.get_by_role("link", name="Danh sách các phần").click()
        expect(self.page.get_by_role("heading", name="Các phần của báo cáo")).to_be_visible()

    def look_over(self):
        """Back to the list of parts, then the whole report on one page."""
        self.leave_for_list()
        self.page.get_by_role("link", name="Xem lại toàn bộ, trình ký hoặc gửi").click()
        expect(self.heading).to_contain_text("Xem lại")

    def step(self, label: str):
        """Press the button of a step: Trình ký, Ký, gửi …"""
        self.page.get_by_role("button", name=label, exact=True).click()
