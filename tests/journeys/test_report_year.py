"""A district's year in the plain client: filled, signed, returned, mended, received, ranked."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from criteria.models import Ranking
from reports.models import Report
from tests.journeys.conftest import PDF


class Desk:
    """One person at the portal: opens pages, fills forms, presses buttons."""

    def __init__(self, client, user):
        self.client, self.user = client, user

    def open(self, address):
        self.client.force_login(self.user)
        response = self.client.get(address)
        assert response.status_code == 200, f"{address}: {response.status_code}"
        return unescape(response.content.decode())

    def post(self, address, data=None):
        self.client.force_login(self.user)
        response = self.client.post(address, data or {}, follow=True)
        assert response.status_code == 200
        return unescape(response.content.decode())


def revision_of(page):
    return re.search(r'name="revision" value="(\d+)"', page).group(1)


def fill(desk, report):
    """Every page of the report, as its task list names them."""
    listed = desk.open(report.get_absolute_url())
    for address in dict.fromkeys(re.findall(rf"/bao-cao/{report.pk}/muc/[\w-]+/", listed)):
        page = desk.open(address)
        desk.post(address, {"revision": revision_of(page), "text": "Đã triển khai & báo cáo <đủ>."})
    figures = reverse("reports:figures", args=[report.pk])
    page = desk.open(figures)
    names = re.findall(r'<input type="text" name="(\w+)"', page)
    assert names
    desk.post(figures, {"revision": revision_of(page), **dict.fromkeys(names, "1")})
    answer(desk, report)


def answer(desk, report):
    for row in report.checklist.answers.select_related("criterion"):
        args = [report.pk, row.criterion_id]
        if row.criterion.evidence_required:
            file = SimpleUploadedFile("quyet-dinh.pdf", PDF, "application/pdf")
            desk.post(reverse("reports:attach", args=args), {"evidence": file})
        said = {"revision": row.revision, "explanation": "Theo kế hoạch của huyện."}
        if row.criterion.kind == "graded":
            said["grade"] = "met"
        desk.post(reverse("reports:answer", args=args), said)


def test_a_districts_report_is_filled_returned_mended_received_scored_and_ranked(
    portal, client, stop_clock
):
    reporter, leader, board = (
        Desk(client, user) for user in (portal.reporter, portal.leader, portal.board)
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
    reporter.post(section, {"revision": revision_of(page), "text": "Kế hoạch 45/KH-UBND."})
    leader.post(step("send"))
    changes = board.open(reverse("reports:version", args=[report.pk, 2]))
    assert "Kế hoạch 45/KH-UBND." in changes

    assert "đã nhận" in board.post(step("accept"))
    answers = report.checklist.answers.values_list("pk", flat=True)
    board.post(reverse("reports:score", args=[report.pk]), {f"points-{pk}": "10" for pk in answers})
    board.post(reverse("criteria:ranking_compute"), {"period": "2023", "scope": "district"})
    ranking = Ranking.objects.get()
    board.post(reverse("criteria:ranking_publish", args=[ranking.pk]), {"step": "publish"})
    ranking.refresh_from_db()
    assert ranking.state == "published"


@pytest.mark.parametrize("double", [1, 2, 3])
def test_starting_again_opens_the_same_report(portal, client, stop_clock, double):
    stop_clock(2023, 11, 24, 9)
    reporter = Desk(client, portal.reporter)
    for _ in range(double):
        reporter.post(reverse("reports:start", args=["2023", portal.district.pk]))

    assert Report.objects.count() == 1
