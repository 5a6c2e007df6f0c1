"""The pages of the plan: what they say, to whom, and what they cost."""

from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from campaign.models import Campaign, Deadline, Duty, Extension
from config import clock
from tests.factories.campaign import (
    CampaignFactory,
    DeadlineFactory,
    DutyFactory,
    ExtensionFactory,
    instant,
    reporting_year,
)
from tests.factories.units import CommuneFactory, DepartmentFactory, DistrictFactory, person
from units.kinds import Role, Tier

pytestmark = pytest.mark.django_db
NOW = instant(2023, 11, 24, 9)


@pytest.fixture(autouse=True)
def _now():
    with clock.frozen(NOW):
        yield


@pytest.fixture
def year():
    return reporting_year(2023)


@pytest.fixture
def board(year, client):
    user = person(Role.BOARD, year.board)
    client.force_login(user)
    return user


def words(response):
    assert response.status_code == 200
    return " ".join(unescape(response.content.decode()).split())


# The plan


def test_the_board_finds_the_way_to_the_deadlines(year, board, client):
    text = words(client.get(reverse("campaign:plan")))

    assert reverse("campaign:deadlines") in text
    assert reverse("campaign:duties") in text


def test_without_a_plan_the_page_says_how_it_comes(client):
    assert not Campaign.objects.exists()

    assert "load_plan" in words(client.get(reverse("campaign:plan")))


def test_names_with_marks_of_html_are_shown_as_written(client):
    CampaignFactory(title="Phong trào <b>A & B</b> 🌾")

    page = client.get(reverse("campaign:plan")).content.decode()

    assert "Phong trào &lt;b&gt;A &amp; B&lt;/b&gt; 🌾" in page


# Duties


def test_duties_are_told_for_the_day_asked_for(year, client):
    before = Duty.objects.get()
    before.ends = date(2025, 3, 1)
    before.save()
    after = DutyFactory(campaign=year.campaign, starts=date(2025, 3, 1), as_written="Sở Nội vụ")
    client.force_login(person(Role.REPORTER, DistrictFactory(parent=year.province)))
    url = reverse("campaign:duties")

    today = words(client.get(url))
    later = words(client.get(url, {"ngay": "01/03/2025"}))

    assert "nhiệm vụ ngày 24/11/2023" in today
    assert today.index(before.unit.name) < today.index("Quá trình giữ nhiệm vụ")
    assert today.count("Ngày này chưa ghi đơn vị nào giữ nhiệm vụ.") == 7
    table = later[: later.index("Quá trình giữ nhiệm vụ")]
    assert after.unit.name in table
    assert "Kế hoạch ghi: Sở Nội vụ (V.4)" in table
    assert before.unit.name not in table


def test_a_day_that_cannot_be_read_is_told_and_today_shown(year, board, client):
    text = words(client.get(reverse("campaign:duties"), {"ngay": "31/02/2025"}))

    assert "Ngày không đọc được" in text
    assert "nhiệm vụ ngày 24/11/2023" in text


# Deadlines


def test_the_board_sees_all_deadlines_and_who_set_them(year, board, client):
    url = reverse("campaign:deadline", args=[year.deadlines[Tier.DISTRICT].pk])
    answer = client.post(
        url, {"due": "05/12/2023", "lock": "31/12/2023 23:59", "reason": "Theo công văn 12/SNV"}
    )
    assert answer["Location"] == reverse("campaign:deadlines")

    text = words(client.get(reverse("campaign:deadlines")))
    assert "Đã đặt hạn: Báo cáo năm 2023 – Huyện, thành phố." in text
    assert "23:59 ngày 05/12/2023" in text
    assert f"Ban TĐKT đặt</span> {board}, 09:00 ngày 24/11/2023: Theo công văn 12/SNV" in text
    assert year.deadlines[Tier.DISTRICT].period.title in text
    one = words(client.get(url))
    assert "Hạn nộp: từ 23:59 ngày 30/11/2023 sang 23:59 ngày 05/12/2023" in one


def test_a_wrong_deadline_is_told_at_its_field_and_changes_nothing(year, board, client):
    row = year.deadlines[Tier.DISTRICT]
    url = reverse("campaign:deadline", args=[row.pk])

    text = words(client.post(url, {"due": "01/11/2023", "lock": "31/12/2023", "reason": "x"}))

    assert 'href="#id_due">Hạn nộp: Mốc mới phải sau thời điểm hiện tại' in text
    assert "01/11/2023" in text  # what was typed stays
    assert Deadline.objects.get(pk=row.pk).due == row.due


def test_a_past_due_date_says_why_it_stands(year, board, client):
    url = reverse("campaign:deadline", args=[year.deadlines[Tier.COMMUNE].pk])

    assert "Hạn nộp đã qua nên không đổi được nữa" in words(client.get(url))


@pytest.mark.parametrize("page", ["deadlines", "deadline"])
def test_only_the_board_comes_to_the_deadlines(page, year, client):
    row = year.deadlines[Tier.DISTRICT]
    url = reverse(f"campaign:{page}", args=[row.pk] if page == "deadline" else [])
    assert client.get(url)["Location"].startswith("/tai-khoan/login/")
    client.force_login(person(Role.LEADER, DistrictFactory(parent=year.province)))

    assert client.get(url).status_code == 403
    assert client.post(url, {"due": "05/12/2023"}).status_code == 403


def test_a_deadline_that_does_not_exist_is_not_found(year, board, client):
    assert client.get(reverse("campaign:deadline", args=[0])).status_code == 404


# Leave


def grant_url(period, unit):
    return reverse("campaign:extension_grant", args=[period.code, unit.pk])


def test_a_district_finds_its_commune_and_gives_leave(year, client):
    district = DistrictFactory(parent=year.province)
    commune = CommuneFactory(parent=district, short_name="Đồng Ích")
    leader = person(Role.LEADER, district)
    client.force_login(leader)

    found = words(client.get(reverse("campaign:extension_choose"), {"q": "dong ich"}))
    url = grant_url(year.period, commune)
    assert url in found
    assert "Hạn nộp chung" in words(client.get(url))
    answer = client.post(url, {"until": "05/12/2023 12:00", "reason": "Bão số 5"}, follow=True)

    text = words(answer)
    assert f"Đã gia hạn cho {commune} đến 12:00 ngày 05/12/2023." in text
    assert f"{leader}, 09:00 ngày 24/11/2023" in text
    leave = Extension.objects.get()
    assert (leave.unit, leave.until) == (commune, instant(2023, 12, 5, 12, 0, 59))
    assert "Bão số 5" in words(client.get(url))  # what was given stands above the form


def test_a_second_click_gives_no_second_leave(year, board, client):
    unit = DistrictFactory(parent=year.province)
    data = {"until": "05/12/2023", "reason": "Bão"}
    client.post(grant_url(year.period, unit), data)

    text = words(client.post(grant_url(year.period, unit), data))

    assert "Đơn vị đã được gia hạn đến 23:59 ngày 05/12/2023" in text
    assert Extension.objects.count() == 1


def test_units_outside_the_own_subtree_are_not_found(year, client):
    district = DistrictFactory(parent=year.province)
    client.force_login(person(Role.LEADER, district))
    foreign = CommuneFactory(parent=DistrictFactory(parent=year.province))

    for unit in (foreign, district, year.board):
        assert client.get(grant_url(year.period, unit)).status_code == 404
        posted = client.post(grant_url(year.period, unit), {"until": "05/12/2023", "reason": "x"})
        assert posted.status_code == 404
    assert not Extension.objects.exists()


def test_a_unit_without_a_deadline_in_the_period_is_not_found(year, board, client):
    unit = DistrictFactory(parent=year.province)
    year.deadlines[Tier.DISTRICT].delete()

    assert client.get(grant_url(year.period, unit)).status_code == 404


@pytest.mark.parametrize("page", ["extension_choose", "extension_grant"])
def test_reporters_give_no_leave(page, year, client):
    district = DistrictFactory(parent=year.province)
    client.force_login(person(Role.REPORTER, district))
    url = grant_url(year.period, CommuneFactory(parent=district))
    url = url if page == "extension_grant" else reverse("campaign:extension_choose")

    assert client.get(url).status_code == 403


def test_reporters_see_the_leave_of_their_own_units_only(year, client):
    district = DistrictFactory(parent=year.province)
    mine = ExtensionFactory(
        deadline=year.deadlines[Tier.DISTRICT], unit=district, reason="Lý do của huyện"
    )
    ExtensionFactory(deadline=year.deadlines[Tier.DISTRICT], reason="Lý do của huyện khác")
    client.force_login(person(Role.REPORTER, district))

    text = words(client.get(reverse("campaign:extensions")))

    assert mine.reason in text
    assert "Lý do của huyện khác" not in text
    assert reverse("campaign:extension_choose") not in text


def cost(client, url):
    """How many queries a page takes, everything around its content included."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_the_list_of_leave_costs_the_same_for_any_number_of_rows(year, board, client):
    url = reverse("campaign:extensions")
    deadline = year.deadlines[Tier.DISTRICT]
    ExtensionFactory(deadline=deadline)
    for_one = cost(client, url)
    ExtensionFactory.create_batch(2, deadline=deadline)

    assert cost(client, url) == for_one <= 12
    assert len(client.get(url).context["page"]) == 3


def test_choosing_a_unit_costs_the_same_for_any_number_of_rows(year, board, client):
    url = reverse("campaign:extension_choose")
    DistrictFactory(parent=year.province)
    for_one = cost(client, url)
    DistrictFactory.create_batch(2, parent=year.province)

    assert cost(client, url) == for_one <= 12
    assert len(client.get(url).context["page"]) == 3


def test_the_list_of_deadlines_costs_the_same_for_any_number_of_periods(year, board, client):
    url = reverse("campaign:deadlines")
    for_one = cost(client, url)
    reporting_year(2024, campaign=year.campaign)

    assert cost(client, url) == for_one <= 12


def test_the_list_is_filtered_by_period_and_name(year, board, client):
    wanted = ExtensionFactory(deadline=year.deadlines[Tier.DISTRICT], unit__short_name="Sông Lô")
    ExtensionFactory(deadline=year.deadlines[Tier.DISTRICT])
    other = DeadlineFactory(period__campaign=year.campaign, period__year=2024)
    ExtensionFactory(deadline=other)
    url = reverse("campaign:extensions")

    assert len(client.get(url).context["page"]) == 3
    assert len(client.get(url, {"ky": "2023"}).context["page"]) == 2
    assert list(client.get(url, {"q": "song lo"}).context["page"]) == [wanted]
    assert len(client.get(url, {"ky": "1999"}).context["page"]) == 3


def test_departments_have_nobody_below(year, client):
    client.force_login(person(Role.LEADER, DepartmentFactory(parent=year.province)))

    text = words(client.get(reverse("campaign:extension_choose")))

    assert "Không có đơn vị nào khớp" in text
