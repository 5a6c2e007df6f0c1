"""A district's year in the plain client, from the first line to the papers of the summary."""

import re

import pytest
from django.urls import reverse

from criteria.models import Ranking
from reports.models import Report, Summary
from tests.journeys import papers
from tests.journeys.desk import Desk, fill, revision_of

MENDED = "Kế hoạch 45/KH-UBND, giao <9> xã & thị trấn."
TEXTS = {
    "assessment": "Phong trào đi vào nền nếp & <rộng khắp>.",
    "shortcomings": "- Báo cáo của nhiều đơn vị còn chậm.",
    "directions": "- Đôn đốc báo cáo trước ngày 01/12 hằng năm.",
}


def compose(desk):
    """The poverty desk's part: passage, texts, freeze; the three files by format."""
    desk.post(reverse("reports:summary_start", args=["interim-2023"]))
    summary = Summary.objects.get()
    of_draft = lambda name: reverse(f"reports:summary_{name}", args=[summary.pk])  # noqa: E731
    listed = desk.open(of_draft("passages") + "?q=tam+dao&muc=2")
    (address,) = re.findall(r'action="(/tong-hop/\d+/doan-trich/chon/\d+/)', listed)
    assert MENDED in desk.post(address, {"text": MENDED})
    seen = re.search(r'name="seen" value="(\w+)"', desk.open(of_draft("edit"))).group(1)
    desk.post(of_draft("edit"), {**TEXTS, "seen": seen})
    assert "đã chốt" in desk.post(of_draft("freeze"))
    args = [[summary.pk, form] for form in ("docx", "xlsx", "pdf")]
    return [desk.fetch(reverse("reports:summary_file", args=each)) for each in args]


def read(word, excel, pdf):
    """The district's own words and its figures stand in all three files."""
    for words in (papers.words_of_word(word), papers.words_of_pdf(pdf)):
        assert MENDED in words
        assert TEXTS["assessment"] in words
        assert "4.321,5" in words
    assert len(papers.pictures_of_word(word)) >= 2
    assert {MENDED, 4321.5} <= set(papers.cells_of_excel(excel))


def test_a_districts_report_is_filled_returned_mended_received_ranked_and_summed_up(
    portal, client, stop_clock
):
    reporter, leader, board, desk = (
        Desk(client, user) for user in (portal.reporter, portal.leader, portal.board, portal.desk)
    )
    stop_clock(2023, 11, 24, 9)
    assert "CHƯA GỬI" in reporter.open(reverse("reports:home"))
    reporter.post(reverse("reports:start", args=["2023", portal.district.pk]))
    report = Report.objects.get(unit=portal.district)
    fill(reporter, report)
    step = lambda name: reverse("reports:step", args=[report.pk, name])  # noqa: E731

    assert "chờ ký" in reporter.post(step("hand_over"))
    assert f"BN-2023-{report.pk:06d}-01" in leader.post(step("send"))

    review = reverse("reports:review", args=[report.pk])
    assert "Đã triển khai & báo cáo <đủ>." in board.open(review)
    board.post(step("return"), {"remark-section-2": "Ghi rõ số văn bản.", "note": ""})
    assert "Ghi rõ số văn bản." in reporter.open(report.get_absolute_url())

    section = reverse("reports:section", args=[report.pk, "2"])
    page = reporter.open(section)
    reporter.post(section, {"revision": revision_of(page), "text": MENDED})
    leader.post(step("send"))
    changes = board.open(reverse("reports:version", args=[report.pk, 2]))
    assert MENDED in changes

    assert "đã nhận" in board.post(step("accept"))
    answers = report.checklist.answers.values_list("pk", flat=True)
    board.post(reverse("reports:score", args=[report.pk]), {f"points-{pk}": "10" for pk in answers})
    board.post(reverse("criteria:ranking_compute"), {"period": "2023", "scope": "district"})
    ranking = Ranking.objects.get()
    board.post(reverse("criteria:ranking_publish", args=[ranking.pk]), {"step": "publish"})
    ranking.refresh_from_db()
    assert ranking.state == "published"

    read(*compose(desk))


@pytest.mark.parametrize("double", [1, 2, 3])
def test_starting_again_opens_the_same_report(portal, client, stop_clock, double):
    stop_clock(2023, 11, 24, 9)
    reporter = Desk(client, portal.reporter)
    for _ in range(double):
        reporter.post(reverse("reports:start", args=["2023", portal.district.pk]))

    assert Report.objects.count() == 1
