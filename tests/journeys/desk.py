"""A person at the portal in the plain client, and the walk through every page of a report."""

import re
from html import unescape

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

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

    def fetch(self, address) -> bytes:
        """A file."""
        self.client.force_login(self.user)
        return self.client.get(address).content

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
    values = {**dict.fromkeys(names, "1"), "fund_for_poor_raised": "4.321,5"}
    desk.post(figures, {"revision": revision_of(page), **values})
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
