"""The year 2025 with the real register: no districts any more, communes report to the province.

The districts end on 2025-07-01 and 36 communes of Phú Thọ follow; nothing in the portal knows it
but the register, the calendar and the duties. The final summary still holds 2021–2025 together.
"""

import re
from datetime import date

import pytest
from django.core.management import call_command
from django.urls import reverse

from campaign.models import Period
from criteria.models import Answer
from reports.models import Report, Summary
from reports.queries.expected import completeness_by_tier
from tests.factories.poverty import PovertyReviewFactory
from tests.factories.units import AppointmentFactory, UserFactory
from tests.journeys import papers
from tests.journeys.desk import Desk, fill
from units.kinds import Kind, Role
from units.models import Unit

REPORTED = date(2025, 11, 24)
TEXTS = {
    "assessment": "Năm năm thực hiện, hộ nghèo giảm đều.",
    "shortcomings": "- Sắp xếp đơn vị làm thay đổi người theo dõi.",
    "directions": "- Tiếp tục phong trào ở cấp xã.",
}
POOR = {2022: 20, 2023: 15, 2024: 11, 2025: 4}
"""Poor households at the end of the year in each commune of the year, of 1,000 in all."""


def unit(code, day=REPORTED):
    return Unit.objects.as_of(day).get(code=code)


@pytest.fixture
def desks(db, client):
    """Reporter and leader of one of the new communes, and the board of the new province."""
    call_command("load_register", verbosity=0)
    call_command("load_plan", verbosity=0)
    for year, poor in POOR.items():
        for commune in Unit.objects.as_of(date(year, 12, 31)).filter(kind=Kind.COMMUNE):
            PovertyReviewFactory(
                unit=commune, year=year, households=1000, poor_opening=poor, near_opening=0
            )
    commune = Unit.objects.as_of(REPORTED).filter(kind=Kind.COMMUNE).in_order().first()

    def desk(role, seat):
        user = UserFactory()
        AppointmentFactory(user=user, unit=seat, role=role, starts=seat.valid_from)
        return Desk(client, user)

    board = desk(Role.BOARD, unit("BTDKT"))
    return commune, desk(Role.REPORTER, commune), desk(Role.LEADER, commune), board


def send(commune, reporter, leader) -> Report:
    """From the first line to the sending."""
    assert "Báo cáo năm 2025" in reporter.open(reverse("reports:home"))
    reporter.post(reverse("reports:start", args=["2025", commune.pk]))
    report = Report.objects.get(unit=commune)
    fill(reporter, report)
    reporter.post(reverse("reports:step", args=[report.pk, "hand_over"]))
    assert f"BN-2025-{report.pk:06d}-01" in leader.post(
        reverse("reports:step", args=[report.pk, "send"])
    )
    report.refresh_from_db()
    return report


def test_a_commune_of_2025_reports_to_the_province_without_a_special_case(desks, stop_clock):
    commune, reporter, leader, board = desks
    assert commune.parent == unit("25")
    stop_clock(2025, 11, 24, 9)

    report = send(commune, reporter, leader)

    assert (report.receiver, report.goes_to_board) == (unit("BTDKT"), True)
    assert report.timeliness == "on_time"
    assert report.unit.name in board.open(reverse("reports:queue"))
    assert "đã nhận" in board.post(reverse("reports:step", args=[report.pk, "accept"]))


def test_the_reduction_beyond_the_plan_is_computed_on_the_communes_ground(desks, stop_clock):
    commune, reporter, _, _ = desks
    stop_clock(2025, 11, 24, 9)
    reporter.post(reverse("reports:start", args=["2025", commune.pk]))

    (answer,) = Answer.objects.exclude(criterion__measure="")

    assert "Chưa nhập chỉ tiêu giảm nghèo năm 2025" in answer.computed_from["reason"]
    assert ["Tỷ lệ hộ nghèo cuối năm 2025 (%)", "0.40"] in answer.computed_from["parts"]


def test_the_units_of_the_period_are_those_of_its_reference_date(desks):
    expected = {
        code: {row.key: row.expected for row in completeness_by_tier(Period.objects.get(code=code))}
        for code in ("2024", "2025")
    }

    assert (expected["2024"]["district"], expected["2024"]["commune"]) == (9, 136)
    assert "district" not in expected["2025"]
    assert expected["2025"]["commune"] == 36


def test_the_final_summary_holds_districts_and_communes_together(desks, stop_clock):
    commune, reporter, leader, board = desks
    stop_clock(2025, 11, 24, 9)
    report = send(commune, reporter, leader)
    board.post(reverse("reports:step", args=[report.pk, "accept"]))
    stop_clock(2025, 12, 29, 9)

    board.post(reverse("reports:summary_start", args=["final-2025"]))
    summary = Summary.objects.get()
    seen = re.search(
        r'name="seen" value="(\w+)"', board.open(reverse("reports:summary_edit", args=[summary.pk]))
    ).group(1)
    board.post(reverse("reports:summary_edit", args=[summary.pk]), {**TEXTS, "seen": seen})
    assert "đã chốt" in board.post(reverse("reports:summary_freeze", args=[summary.pk]))

    summary.refresh_from_db()
    years = {row["year"]: row for row in summary.snapshot["poverty"]}
    assert [len(years[year]["rows"]) for year in (2022, 2023, 2024, 2025)] == [9, 9, 9, 36]
    assert years[2025]["total"]["counts"]["poor_closing"] == 36 * POOR[2025]
    (reduced,) = [goal for goal in summary.snapshot["goals"] if goal["goal_code"] == "T1"]
    assert (reduced["value"], reduced["state"]) == ("0.4", "reached")
    file = reverse("reports:summary_file", args=[summary.pk, "docx"])
    words = papers.words_of_word(board.fetch(file))
    assert "TỈNH PHÚ THỌ" in words
    assert commune.name in words
    assert TEXTS["assessment"] in words
