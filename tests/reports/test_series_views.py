"""The pages of the series: what an address may ask, what opens, what is taken away."""

import re
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from tests.factories.poverty import PovertyReviewFactory, both_standards
from tests.factories.reports import accepted, started
from tests.factories.units import (
    CommuneFactory,
    DistrictFactory,
    ProvinceFactory,
    SuccessionFactory,
    person,
)
from tests.tables import csv_rows, xlsx_rows
from units.kinds import Role

pytestmark = pytest.mark.django_db
PAGE, PARTS = "reports:series", "reports:series_parts"
END = date(2025, 7, 1)
ON_NEW = {"dia_gioi": "2025-07-01", "cap": "commune"}


@pytest.fixture(autouse=True)
def _december(stop_clock):
    stop_clock(2023, 12, 20, 8)


@pytest.fixture
def district():
    both_standards()
    return DistrictFactory(parent=ProvinceFactory(), short_name="Lập Thạch")


@pytest.fixture
def reader(district, client):
    user = person(Role.REPORTER, district)
    client.force_login(user)
    return user


def ending(district, name, poor=20):
    unit = CommuneFactory(parent=district, short_name=name, valid_to=END)
    PovertyReviewFactory(unit=unit, poor_opening=poor)
    return unit


@pytest.fixture
def merged(district):
    """Xã Mới, made of Xã A (20 poor households) and Xã B (7); Xã Mất (5) has no known heir."""
    old = ending(district, "A"), ending(district, "B", 7)
    new = CommuneFactory(parent=district, short_name="Mới", valid_from=END)
    for unit in old:
        SuccessionFactory(predecessor=unit, successor=new)
    SuccessionFactory(predecessor=ending(district, "Mất", 5), successor=None, way="dissolve")
    return new


# The table


def test_without_figures_the_page_says_when_there_are_some(client, reader):
    assertContains(client.get(reverse(PAGE)), "Chưa có số liệu của năm nào")
    assert client.get(reverse("reports:series_download", args=[".xlsx"])).status_code == 404


@pytest.mark.parametrize("question", [{}, ON_NEW, {**ON_NEW, "so_lieu": "bc-van_ban"}])
def test_with_a_period_and_no_figures_yet_there_are_rows_and_dashes(client, question):
    case = started(tier="commune")
    CommuneFactory(parent=case.unit.parent, valid_from=END)
    for user in (case.board, person(Role.ADMINISTRATOR, case.year.board)):
        client.force_login(user)
        assert client.get(reverse(PAGE), question).status_code == 200


def test_everybody_signed_in_reads_the_review_as_reported(client, reader, district, merged):
    response = client.get(reverse(PAGE))

    assertContains(response, "Huyện Lập Thạch")
    assertContains(response, "Như báo cáo: mỗi năm theo đơn vị của năm đó.")
    assert [cell.text for cell in response.context["lines"][0].cells] == ["32"]
    assert response.context["series"].total.cells[0].text == "32"


def test_on_the_boundaries_of_a_day_the_total_stays_and_the_lost_stand_apart(
    client, reader, district, merged
):
    shown = client.get(reverse(PAGE), ON_NEW).context["series"]

    assert [(line.title, line.cells[0].text) for line in shown.leftovers] == [
        ("Chưa rõ đơn vị tiếp nhận", "5")
    ]
    assert shown.total.cells[0].text == "32"


def test_the_days_of_change_are_offered_with_their_numbers_of_units(client, reader, merged):
    choices = client.get(reverse(PAGE)).context["form"].fields["dia_gioi"].choices

    assert list(choices) == [
        ("bao-cao", "Như báo cáo"),
        ("2021-01-01", "Từ 01/01/2021 (3 xã, 1 huyện)"),
        ("2025-07-01", "Từ 01/07/2025 (1 xã, 1 huyện)"),
    ]


def test_any_other_day_may_be_typed(client, reader, merged):
    response = client.get(reverse(PAGE), {"ngay": "15/08/2026", "cap": "commune"})

    assert response.context["asked"].day == date(2026, 8, 15)
    assertContains(response, "Xã Mới")


@pytest.mark.parametrize(
    "asked",
    ["so_lieu=x", "cap=x", "cap=department", "tu=1999", "den=x", "dia_gioi=2024-01-01",
     "dia_gioi=x", "ngay=32/13/2024", "thuoc=999999", "thuoc=x"],
)  # fmt: skip
def test_an_address_that_cannot_be_read_still_shows_a_table(client, reader, merged, asked):
    response = client.get(f"{reverse(PAGE)}?{asked}")

    assertContains(response, "Chưa đọc được lựa chọn")
    assert response.context["lines"]


def test_a_unit_above_that_does_not_exist_on_the_day_is_told(client, reader, district, merged):
    gone = DistrictFactory(parent=district.parent, valid_to=END)

    response = client.get(reverse(PAGE), {**ON_NEW, "thuoc": gone.pk})

    assertContains(response, f"{gone.name} không hoạt động ngày 01/07/2025.")


def test_a_district_may_be_looked_at_alone(client, reader, district, merged):
    other = DistrictFactory(parent=district.parent)
    PovertyReviewFactory(unit=CommuneFactory(parent=other))

    shown = client.get(reverse(PAGE), {**ON_NEW, "thuoc": district.pk}).context["series"]

    assert [unit.short_name for unit in shown.units] == ["Mới"]
    assert (shown.total.title, shown.total.cells[0].text) == (f"Cộng {district.name}", "32")


@pytest.mark.parametrize("question", [{}, ON_NEW, {"so_lieu": "poor_rate", "cap": "province"}])
def test_a_page_costs_the_same_for_one_and_for_three_units(client, reader, merged, question):
    url = reverse(PAGE)
    client.get(url, question)
    with CaptureQueriesContext(connection) as one:
        client.get(url, question)
    for name in "CD":
        SuccessionFactory(
            predecessor=ending(merged.parent, name),
            successor=CommuneFactory(parent=merged.parent, valid_from=END),
        )
    with CaptureQueriesContext(connection) as three:
        client.get(url, question)
    assert len(one) == len(three) <= 35


def test_very_many_rows_come_in_pages_and_the_total_is_of_all(
    client, reader, district, monkeypatch
):
    monkeypatch.setattr("reports.views.series.PAGE", 2)
    for name in "ABC":
        ending(district, name)

    last = client.get(reverse(PAGE), {"cap": "commune", "trang": 2})

    assert [line.unit.short_name for line in last.context["lines"]] == ["C"]
    assert last.context["series"].total.cells[0].text == "60"


# One cell opened


def test_a_sum_opens_to_the_units_of_its_year_without_any_script(client, reader, merged):
    page = client.get(reverse(PAGE), ON_NEW).content.decode()
    (link,) = re.findall(rf'href="([^"]*dong={merged.pk})"', page)

    response = client.get(unescape(link))

    assert [(part.unit.short_name, part.given) for part in response.context["parts"]] == [
        ("A", "20"),
        ("B", "7"),
    ]
    assertContains(response, "<strong>27</strong>")
    assertContains(response, "ra-soat.xlsx")


def test_what_is_lost_opens_to_whom_and_why(client, reader, merged):
    response = client.get(reverse(PARTS), {**ON_NEW, "nam": 2023, "dong": "lost"})

    assertContains(response, "Chưa rõ đơn vị tiếp nhận, năm 2023")
    assertContains(response, "Xã Mất đã kết thúc hoạt động; sổ đơn vị chưa ghi đơn vị tiếp nhận.")


@pytest.mark.parametrize(
    "wrong",
    [{"nam": 1999}, {"nam": "x"}, {"nam": ""}, {"dong": "x"}, {"dong": 999999}, {"dong": "9" * 30},
     {"dong": "²"}, {"dong": ""}],
)  # fmt: skip
def test_a_cell_that_is_none_is_not_found(client, reader, merged, wrong):
    asked = {**ON_NEW, "nam": 2023, "dong": merged.pk} | wrong

    assert client.get(reverse(PARTS), asked).status_code == 404
    assert client.get(reverse(f"{PARTS}_download", args=[".csv"]), asked).status_code == 404


def test_figures_of_a_neighbours_report_are_not_found(client):
    case = accepted(tier="commune")
    question = {"so_lieu": "bc-van_ban", "cap": "commune", "nam": 2023, "dong": case.unit.pk}
    neighbour = person(Role.REPORTER, DistrictFactory(parent=case.year.province))

    client.force_login(neighbour)
    assert client.get(reverse(PARTS), question).status_code == 404
    assertNotContains(client.get(reverse(PAGE), question), case.unit.name)

    client.force_login(case.board)
    response = client.get(reverse(PARTS), question)
    assertContains(response, reverse("reports:detail", args=[case.report.pk]))


# Taken away


def test_the_whole_table_is_taken_away_with_its_marks_in_words(client, reader, district, merged):
    south = CommuneFactory(parent=district, short_name="Nam", valid_from=END)
    half = ending(district, "Tách", 9)
    SuccessionFactory(predecessor=half, successor=south, way="split", share="0.5")
    SuccessionFactory(predecessor=half, successor=merged, way="split", share="0.5")

    url = reverse("reports:series_download", args=[".xlsx"])
    lines = {row["Đơn vị"]: row for row in xlsx_rows(client.get(url, ON_NEW))}

    figure, remark = "Năm 2023 (chính thức)", "Ghi chú 2023"
    assert {name: row[figure] for name, row in lines.items()} == {
        "Xã Mới": 32,
        "Xã Nam": 4,
        "Chưa rõ đơn vị tiếp nhận": 5,
        "Tổng cộng": 41,
    }
    assert lines["Xã Nam"][remark] == "ước tính"


def test_the_units_behind_a_figure_are_taken_away_too(client, reader, merged):
    url = reverse(f"{PARTS}_download", args=[".csv"])

    lines = csv_rows(client.get(url, {**ON_NEW, "nam": 2023, "dong": merged.pk}))

    assert [(row["Đơn vị"], row["Số tính vào"], row["Phần tính vào"]) for row in lines] == [
        ("Xã A", "20", "toàn bộ"),
        ("Xã B", "7", "toàn bộ"),
    ]
