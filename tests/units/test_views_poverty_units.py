"""The page of one unit over its years, and the charts: each level, and what each costs."""

from datetime import date

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from tests.factories.poverty import (
    PovertyPlanFactory,
    PovertyReviewFactory,
    both_standards,
    two_districts,
)
from tests.factories.tallies import PovertyTallyFactory
from tests.factories.units import (
    CommuneFactory,
    DepartmentFactory,
    DistrictFactory,
    ProvinceFactory,
    VillageFactory,
    person,
)
from tests.tables import xlsx_rows
from units.kinds import Role
from units.models.poverty import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _december(stop_clock):
    stop_clock(2023, 12, 20, 8)
    both_standards()


@pytest.fixture
def reader(client):
    client.force_login(person(Role.REPORTER, DepartmentFactory()))
    return client


def page(reader, unit, **query):
    return reader.get(reverse("units:poverty_unit", args=[unit.pk]), query)


def reviewed(unit, year, poor, **figures):
    return PovertyReviewFactory(unit=unit, year=year, poor_opening=poor, **figures)


def test_a_commune_shows_both_stages_the_break_and_its_plan(reader):
    commune = CommuneFactory()
    reviewed(commune, 2021, 31)
    reviewed(commune, 2022, 20)
    reviewed(commune, 2023, 14, stage=Stage.PRELIMINARY)
    reviewed(commune, 2023, 13)
    PovertyPlanFactory(unit=commune, rate_reduction="0.35", basis="QĐ 12/QĐ-UBND")

    response = page(reader, commune)

    assertContains(response, "2023, sơ bộ")
    assertContains(response, "2023, chính thức")
    assertContains(response, "Từ năm 2022 đo theo chuẩn nghèo đa chiều giai đoạn 2022-2025")
    assertContains(response, "Vượt chỉ tiêu")
    assertContains(response, "+0,35")
    assertContains(response, "QĐ 12/QĐ-UBND")
    assertContains(response, reverse("units:poverty_chart", args=[commune.pk]))


def test_figures_of_some_communes_are_marked_and_make_no_rate(reader):
    _, ((district, (a, _)), _) = two_districts()
    reviewed(a, 2023, 14)

    response = page(reader, district)

    assertContains(response, "1/2")
    assert response.context["points"] == []


def test_a_commune_leads_to_its_villages_of_a_year(reader):
    commune = CommuneFactory()
    village = VillageFactory(parent=commune, short_name="Đồi")
    for year in (2022, 2023):
        PovertyTallyFactory(unit=village, year=year, poor=year - 2015)
        PovertyTallyFactory(unit=commune, year=year)

    newest, earlier = page(reader, commune), page(reader, commune, nam=2022)

    assert newest.context["villages"][0].statement["poor"] == 8
    assert earlier.context["villages"][0].statement["poor"] == 7
    assertContains(newest, reverse("units:poverty_unit", args=[village.pk]))
    assert page(reader, commune, nam="x").context["form"].year == 2023


def test_a_village_shows_what_its_table_and_its_list_tell(reader):
    village = VillageFactory()
    PovertyTallyFactory(unit=village, poor=4)
    PovertyTallyFactory(unit=village, origin="register", poor=5, households=None)

    response = page(reader, village)

    assertContains(response, "2023, bảng số liệu")
    assertContains(response, "2023, danh sách hộ")
    assertNotContains(response, "Kết quả rà soát qua các năm")


SMALL_COLUMNS = {"Hộ nghèo dân tộc thiểu số", "Hộ nghèo không có khả năng lao động"}


def seats(commune, village):
    """Readers of a commune's page and of its village's, and whether they follow either."""
    above, office = commune.parent, DepartmentFactory()
    return {
        "own": (Role.REPORTER, commune, True, True),
        "village": (Role.REPORTER, village, False, True),
        "other village": (Role.REPORTER, VillageFactory(parent=commune), False, False),
        "district": (Role.LEADER, above, True, True),
        "neighbour": (Role.LEADER, CommuneFactory(parent=above), False, False),
        "department": (Role.REPORTER, office, False, False),
        "administrator": (Role.ADMINISTRATOR, office, False, False),
        **{role: (role, office, True, True) for role in Role.PROVINCE_WIDE},
    }


READERS = ("own", "village", "other village", "district", "neighbour", "department",
           "administrator", *Role.PROVINCE_WIDE)  # fmt: skip


@pytest.mark.parametrize("reader_is", READERS)
def test_small_counts_of_a_village_are_for_those_who_follow_it(client, reader_is):
    """Everybody else sees how many poor households there are, which the law has posted anyway."""
    village = VillageFactory()
    commune = village.parent
    for unit in (village, commune):
        PovertyTallyFactory(unit=unit, poor=8, poor_ethnic=3, poor_unable=2)
    role, seat, of_commune, of_village = seats(commune, village)[reader_is]
    client.force_login(person(role, seat))

    for unit, follows in ((commune, of_commune), (village, of_village)):
        name = "poverty_villages_download" if unit == commune else "poverty_unit_download"
        rows = xlsx_rows(client.get(reverse(f"units:{name}", args=[unit.pk, ".xlsx"])))
        assert rows[0]["Hộ nghèo"] == 8
        assert (rows[0].keys() >= SMALL_COLUMNS) == follows
        shown = page(client, unit).content.decode()
        assert ("Nghèo DTTS</abbr>" in shown) == follows
        assert ("chỉ hiện với người theo dõi đơn vị" in shown) != follows
        if not follows:
            assert not rows[0].keys() & SMALL_COLUMNS


def test_a_unit_of_which_nothing_is_known_says_so(reader):
    assertContains(page(reader, CommuneFactory()), "Chưa có số liệu của đơn vị này")


def test_a_unit_that_counts_no_households_has_no_such_page(reader):
    department = DepartmentFactory()

    assert page(reader, department).status_code == 404
    assert reader.get(reverse("units:poverty_chart", args=[department.pk])).status_code == 404


def test_years_in_which_the_unit_did_not_live_are_left_out(reader):
    commune = CommuneFactory(valid_from=date(2023, 4, 10))
    PovertyPlanFactory(unit=commune, year=2022)
    reviewed(commune, 2023, 5)

    assert [point.year for point in page(reader, commune).context["years"]] == [2023]


@pytest.mark.parametrize("role", [Role.POVERTY_DESK, Role.REPORTER])
def test_only_the_desk_is_led_to_the_import(client, role):
    unit = CommuneFactory()
    client.force_login(person(role, unit))

    found = reverse("imports:start", args=["so-lieu"]) in page(client, unit).content.decode()

    assert found == (role == Role.POVERTY_DESK)


def scene(rows, level):
    """A unit of the level with so many units below it on each level, all counted."""
    province = ProvinceFactory()
    units = {"province": province}
    for _ in range(rows):
        units["district"] = DistrictFactory(parent=province)
        for _ in range(rows):
            units["commune"] = CommuneFactory(parent=units["district"])
            reviewed(units["commune"], 2023, 5)
            reviewed(units["commune"], 2022, 6)
            PovertyTallyFactory(unit=units["commune"])
            for _ in range(rows):
                units["village"] = VillageFactory(parent=units["commune"])
                PovertyTallyFactory(unit=units["village"])
    return units[level]


@pytest.mark.parametrize(
    ("level", "queries"), [("province", 11), ("district", 11), ("commune", 11), ("village", 9)]
)
@pytest.mark.parametrize("rows", [1, 2])
def test_a_page_costs_less_than_twelve_queries_whatever_lies_below(
    reader, django_assert_num_queries, level, queries, rows
):
    unit = scene(rows, level)
    page(reader, unit)

    with django_assert_num_queries(queries):
        assert page(reader, unit).status_code == 200


# Charts


def test_the_chart_of_a_unit_is_drawn_with_its_words_and_its_break(reader):
    commune = CommuneFactory(short_name="Yên Lạc")
    for year, poor in ((2021, 31), (2022, 20), (2023, 13)):
        reviewed(commune, year, poor)

    response = reader.get(reverse("units:poverty_chart", args=[commune.pk]))

    drawn = response.content.decode()
    assert response["Content-Type"] == "image/svg+xml"
    assert "đổi chuẩn" in drawn
    assert "2023: 1,30% và 3,00%" in drawn


def test_the_chart_of_a_year_has_a_bar_for_each_unit_with_figures(reader):
    _, ((_, (a, b)), (_, (c, _))) = two_districts()
    for unit in (a, b, c):
        reviewed(unit, 2023, 13)

    drawn = reader.get(reverse("units:poverty_bars"), {"nam": 2023}).content.decode()

    assert "Lập Thạch" in drawn
    assert "Yên Lạc" in drawn
    assert "số liệu chính thức" in drawn


def test_there_is_no_chart_of_nothing(reader):
    assert reader.get(reverse("units:poverty_bars")).status_code == 404
