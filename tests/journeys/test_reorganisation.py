"""Units change between two reporting years; people, reports, sums and rankings go along.

On the real register and plan: two communes of a district become one in 2024, and the districts end
in 2025 as the register knows it. Nothing in the portal knows either case but the register.
"""

import re
from datetime import date

import pytest
from django.urls import reverse

from campaign.models import Period
from criteria.actions import compute_ranking
from criteria.models import RankingRow
from reports.figures.counting import coverage
from reports.models import Report
from reports.queries.below import below
from reports.queries.expected import completeness_by_parent, completeness_by_tier
from tests.factories.poverty import PovertyReviewFactory
from tests.factories.units import AppointmentFactory, UserFactory
from tests.journeys.desk import Desk, fill
from units.kinds import Kind, Role, Tier
from units.models import Appointment, Unit

BEFORE = date(2023, 11, 20)
DISTRICT = "248"
CHOSEN = "seat_{}"


def unit(code, day):
    return Unit.objects.as_of(day).get(code=code)


def communes(day):
    return list(Unit.objects.as_of(day).filter(parent=unit(DISTRICT, day)).in_order())


@pytest.fixture
def desk(client):
    def seat(role, place, starts=None):
        user = UserFactory()
        AppointmentFactory(user=user, unit=place, role=role, starts=starts or place.valid_from)
        return Desk(client, user)

    return seat


@pytest.fixture
def admin(portal, desk):
    return desk(Role.ADMINISTRATOR, unit("SNV", BEFORE))


def report_of(place, period, reporter, leader):
    """From the first line to the sending."""
    reporter.post(reverse("reports:start", args=[period, place.pk]))
    report = Report.objects.get(unit=place, period__code=period)
    fill(reporter, report)
    reporter.post(reverse("reports:step", args=[report.pk, "hand_over"]))
    leader.post(reverse("reports:step", args=[report.pk, "send"]))
    report.refresh_from_db()
    assert report.state == "submitted", report.state
    return report


def received(report, by):
    assert "đã nhận" in by.post(reverse("reports:step", args=[report.pk, "accept"]))
    return report


def version_of(page):
    return re.search(r'name="version" value="(\d+)"', page).group(1)


def merged(admin, pair, choices):
    """Two communes become one on 1 January 2024, through the pages."""
    head = {
        "way": "merge", "number": "Nghị quyết 12/NQ-HĐND", "decided_on": "10/10/2023",
        "title": "Sáp nhập hai xã", "date": "01/01/2024",
    }  # fmt: skip
    page = admin.post(reverse("units:reorganisation_start"), head)
    address = re.search(r'href="(/don-vi/sap-xep/\d+/)"', page).group(1)
    units = f"{address}don-vi/"
    page = admin.post(units, {"way": "merge", "version": version_of(page)})
    codes = [each.code for each in pair]
    told = {"viec": "them", "don_vi": codes, "version": version_of(page)}
    page = admin.post(f"{units}1/sua/", told)
    new = {
        "m1-1-code": codes[0], "m1-1-short_name": "Hòa Lạc", "m1-1-subtype": "xã",
        "m1-1-parent": DISTRICT, "m1-1-name": "",
    }  # fmt: skip
    page = admin.post(f"{units}1/", {**new, "version": version_of(page)})
    admin.post(f"{address}nguoi/", {**choices, "version": version_of(page)})
    page = admin.open(f"{address}xem-truoc/")
    seen = re.search(r'name="seen" value="(\w+)"', page).group(1)
    result = admin.post(f"{address}thuc-hien/", {"version": version_of(page), "seen": seen})
    assert "Đã thực hiện sắp xếp đơn vị." in result
    return unit(codes[0], date(2024, 1, 1))


@pytest.fixture
def pair(portal, desk, stop_clock):
    """Two communes with their people."""
    stop_clock(2023, 11, 20, 9)
    first, second = communes(BEFORE)[:2]
    people = {
        each: (desk(Role.REPORTER, each), desk(Role.LEADER, each)) for each in (first, second)
    }
    return first, second, people


def test_a_merged_commune_takes_up_where_two_left_off(portal, admin, desk, pair, stop_clock):
    first, second, people = pair
    district = Desk(people[first][0].client, portal.leader)
    received(report_of(first, "2023", *people[first]), district)
    seats = Appointment.objects.filter(unit__in=(first, second))
    choices = {CHOSEN.format(seat.pk): "+1.1" for seat in seats}
    new = merged(admin, (first, second), choices)
    assert (new.name, new.valid_to) == ("Xã Hòa Lạc", first.valid_to)

    stop_clock(2024, 11, 18, 9)
    reporter, leader = people[second]
    old = Report.objects.get(unit=first)
    assert "Báo cáo của đơn vị cũ" in leader.open(old.get_absolute_url())
    PovertyReviewFactory(unit=new, year=2024, stage="preliminary")
    report = report_of(new, "2024", reporter, leader)
    assert report.receiver == portal.district
    assert new.name in district.open(reverse("reports:queue"))
    received(report, district)

    period = Period.objects.get(code="2024")
    rows = {row.parent_id: row for row in completeness_by_parent(period, Tier.COMMUNE)}
    here = rows[portal.district.pk]
    assert (here.expected, here.accepted) == (len(communes(BEFORE)) - 1, 1)
    own = _started(portal, district.client, "2024")
    assert below(own).reports == 1
    ranking = compute_ranking(period, Tier.COMMUNE, by=portal.board)
    assert list(RankingRow.objects.filter(ranking=ranking).values_list("unit", flat=True)) == [
        new.pk
    ]


def _started(portal, client, code):
    Desk(client, portal.reporter).post(reverse("reports:start", args=[code, portal.district.pk]))
    return Report.objects.get(unit=portal.district, period__code=code)


def test_who_leaves_with_the_old_unit_has_no_work_left(portal, admin, pair, stop_clock):
    first, second, people = pair
    seats = {seat.pk: seat for seat in Appointment.objects.filter(unit__in=(first, second))}
    leaving = people[second][0].user
    choices = {
        CHOSEN.format(pk): "end" if seat.user == leaving else "+1.1" for pk, seat in seats.items()
    }

    merged(admin, (first, second), choices)
    stop_clock(2024, 11, 18, 9)

    assert leaving.appointments.count() == 1
    assert "Lập Báo cáo năm 2024" not in people[second][0].open(reverse("reports:home"))
    assert "Lập Báo cáo năm 2024" in people[second][1].open(reverse("reports:home"))


def test_a_draft_left_behind_is_told_and_stays(portal, admin, desk, pair, stop_clock):
    """Nobody signs for a unit that has ended; the preview said so beforehand."""
    first, second, people = pair
    people[second][0].post(reverse("reports:start", args=["2023", second.pk]))
    draft = Report.objects.get(unit=second)
    seats = Appointment.objects.filter(unit__in=(first, second))

    merged(admin, (first, second), {CHOSEN.format(seat.pk): "+1.1" for seat in seats})
    stop_clock(2024, 1, 5, 9)

    leader = people[second][1]
    leader.client.force_login(leader.user)
    assert leader.client.get(draft.get_absolute_url()).status_code == 404
    draft.refresh_from_db()
    assert (draft.unit, draft.state) == (second, "draft")


# From three tiers to two


def test_people_are_placed_before_the_districts_end_and_report_to_the_province(
    portal, desk, stop_clock
):
    stop_clock(2025, 6, 10, 9)
    admin = desk(Role.ADMINISTRATOR, unit("SNV", date(2025, 6, 10)))
    day = date(2025, 6, 10)
    old = next(each for each in communes(day) if each.valid_to)
    reporter, leader = desk(Role.REPORTER, old), desk(Role.LEADER, old)
    board = desk(Role.BOARD, unit("BTDKT", day))
    heir = {each: each.handovers.get().successor for each in (old, unit("BTDKT", day))}
    new = heir[old]
    page = admin.open(reverse("units:unplaced"))
    told = {"basis": "Quyết định 1/QĐ-UBND"}
    for person in (reporter, leader, board, admin):
        seat = person.user.appointments.get()
        assert f"seat_{seat.pk}" in page
        told[f"seat_{seat.pk}"] = str(seat.unit.handovers.get().successor_id)
    assert "Đã bố trí 4 người." in admin.post(reverse("units:unplaced"), told)

    stop_clock(2025, 11, 24, 9)
    report = report_of(new, "2025", reporter, leader)

    assert (report.goes_to_board, report.timeliness) == (True, "on_time")
    assert new.name in board.open(reverse("reports:queue"))
    received(report, board)
    period = Period.objects.get(code="2025")
    tiers = {row.key: row for row in completeness_by_tier(period)}
    assert Tier.DISTRICT not in tiers
    assert (tiers[Tier.COMMUNE].expected, tiers[Tier.COMMUNE].accepted) == (36, 1)
    heads = coverage(period, [Tier.DISTRICT, Tier.COMMUNE])
    assert (heads.expected, heads.accepted) == (36, 1)
    ranking = compute_ranking(period, Tier.COMMUNE, by=board.user)
    assert [row.unit for row in ranking.rows.select_related("unit")] == [new]
    assert new.name in board.open(f"{reverse('reports:progress')}?ky=2025&nhom=commune&thuoc=")
    assert "Sắp xếp đơn vị" in admin.open(reverse("units:reorganisations"))


def test_whom_nobody_placed_loses_the_work_and_is_found(portal, desk, stop_clock):
    stop_clock(2025, 6, 10, 9)
    day = date(2025, 6, 10)
    left = desk(Role.LEADER, unit(DISTRICT, day))
    assert left.user.role_names() == {Role.LEADER}

    stop_clock(2025, 7, 1, 0)
    later = desk(Role.ADMINISTRATOR, unit("SNV", date(2025, 7, 1)))
    left.user.__dict__.pop("_seats")

    assert left.user.role_names() == set()
    left.client.force_login(left.user)
    assert left.client.get(reverse("reports:queue")).status_code == 403
    page = later.open(reverse("units:unplaced"))
    assert left.user.full_name in page
    assert "Thôi giữ vai trò" in page  # a district has no heir to go on in
    assert Unit.objects.as_of(date(2025, 7, 1)).filter(kind=Kind.DISTRICT).count() == 0
