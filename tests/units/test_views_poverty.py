"""The pages of the poverty review: reading for all, entering for the desk."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tests.factories.poverty import (
    PovertyPlanFactory,
    PovertyReviewFactory,
    ReviewFileFactory,
    both_standards,
    two_districts,
)
from tests.factories.tallies import PovertyTallyFactory
from tests.factories.units import (
    CommuneFactory,
    DistrictFactory,
    ProvinceFactory,
    VillageFactory,
    person,
)
from tests.tables import csv_rows, sheet_cells, xlsx_rows
from units.kinds import Role
from units.models import PovertyPlan
from units.models.poverty import Stage

pytestmark = pytest.mark.django_db
TABLE = "units:poverty"
PLAN_COLUMN = "Chỉ tiêu giảm tỷ lệ hộ nghèo (điểm %)"


@pytest.fixture(autouse=True)
def _december(stop_clock):
    stop_clock(2023, 12, 20, 8)


@pytest.fixture
def province(db):
    both_standards()
    province, districts = two_districts()
    province.districts = districts
    return province


@pytest.fixture
def desk(province, client):
    user = person(Role.POVERTY_DESK, province)
    client.force_login(user)
    return user


@pytest.fixture
def reporter(province, client):
    user = person(Role.REPORTER, province.districts[0][0])
    client.force_login(user)
    return user


# Reading


def test_a_reporter_reads_sums_by_district_and_enters_nothing(client, province, reporter):
    for _, communes in province.districts:
        for commune in communes:
            PovertyReviewFactory(unit=commune, households=1234, poor_opening=13)

    response = client.get(reverse(TABLE))

    assert [row.figures["households"] for row in response.context["page"].rows] == [2468, 2468]
    assertContains(response, "4.936")
    assertContains(response, "1,05%")
    assertContains(response, "Số liệu chính thức")
    assertNotContains(response, reverse("units:poverty_plans"))


def test_a_district_opens_to_its_communes_with_their_files(client, province, reporter):
    district, (commune, missing) = province.districts[0]
    review = PovertyReviewFactory(unit=commune)

    response = client.get(reverse(TABLE), {"nam": 2023, "thuoc": district.pk})

    assert [row.unit for row in response.context["page"].rows] == [commune, missing]
    assertContains(response, f'href="#tep-{review.source_id}"')
    assertContains(response, "Chưa có số liệu")
    assertContains(response, "Mới có số liệu của 1/2 xã, phường, thị trấn")


@pytest.mark.parametrize("asked", ["nam=1999", "nam=x", "thuoc=999999", "thuoc=x", "muc=x"])
def test_an_address_that_cannot_be_read_still_shows_the_newest_table(
    client, province, reporter, asked
):
    PovertyReviewFactory(unit=province.districts[0][1][0])

    response = client.get(f"{reverse(TABLE)}?{asked}")

    assert len(response.context["page"].rows) == 2
    assert response.context["year"] == 2023
    assertContains(response, "Chưa đọc được lựa chọn")


def test_tiles_lead_to_the_districts_and_print_their_rates(client, province, reporter):
    for _, communes in province.districts:
        for commune in communes:
            PovertyReviewFactory(unit=commune, poor_opening=13)

    response = client.get(reverse(TABLE))

    assert [tile.value for tile in response.context["page"].tiles.tiles] == [Decimal("1.30")] * 2
    assertContains(response, "tile--1")
    assertContains(response, reverse("units:poverty_bars"))


def test_preliminary_and_official_stand_side_by_side(client, province, reporter):
    (_, (a, b)), (_, (c, _)) = province.districts
    for unit in (a, b, c):
        PovertyReviewFactory(unit=unit, poor_opening=20, stage=Stage.PRELIMINARY)
    for unit in (a, b):
        PovertyReviewFactory(unit=unit, poor_opening=18)

    response = client.get(reverse(TABLE), {"nam": 2023})

    (pair,) = response.context["page"].pairs
    assert (pair.unit, pair.poor_change) == (province.districts[0][0], -4)
    assertContains(response, "Số sơ bộ và số chính thức năm 2023")
    assertContains(response, "−4")


def test_a_break_of_the_standard_stands_between_the_years(client, province, reporter):
    for year in (2021, 2022):
        PovertyReviewFactory(unit=province.districts[0][1][0], year=year)

    response = client.get(reverse(TABLE))

    assertContains(response, "Từ năm 2022 đo theo chuẩn nghèo đa chiều giai đoạn 2022-2025")


def test_without_any_figure_the_page_says_who_enters_them(client, province, reporter):
    assertContains(client.get(reverse(TABLE)), "Chưa có kết quả rà soát nào")
    download = reverse("units:poverty_download", args=[".xlsx"])
    assertRedirects(client.get(download), reverse(TABLE))


def test_after_the_district_level_communes_stand_in_the_table(client, reporter):
    new = ProvinceFactory(valid_from=date(2025, 7, 1))
    commune = CommuneFactory(parent=new, valid_from=date(2025, 7, 1))
    CommuneFactory._meta.model.objects.filter(kind="commune").exclude(pk=commune.pk).update(
        valid_to=date(2025, 7, 1)
    )
    PovertyReviewFactory(unit=commune, year=2025)

    response = client.get(reverse(TABLE), {"nam": 2025})

    assert [row.unit for row in response.context["page"].rows] == [commune]
    assert response.context["page"].rows[0].sources


def test_the_downloaded_table_holds_numbers_and_no_formula(client, province, reporter):
    district, (commune, _) = province.districts[0]
    type(district).objects.filter(pk=district.pk).update(name='=HYPERLINK("http://x") & <b>')
    PovertyReviewFactory(unit=commune, poor_opening=13, source=ReviewFileFactory(name="+1.xlsx"))

    url = reverse("units:poverty_download", args=[".xlsx"])
    rows = {row["Mã đơn vị"]: row for row in xlsx_rows(client.get(url, {"nam": 2023}))}
    communes = xlsx_rows(client.get(reverse("units:poverty_communes_download", args=[".xlsx"])))
    own = next(row for row in communes if row["Mã đơn vị"] == commune.code)

    hostile = rows[district.code]
    assert hostile["Đơn vị"] == '=HYPERLINK("http://x") & <b>'
    names = sheet_cells(client.get(url, {"nam": 2023}), "Đơn vị")
    assert {cell.data_type for cell in names} == {"s"}
    assert (hostile["Số xã có số liệu"], hostile["Số xã"]) == (1, 2)
    assert own["Tổng số hộ dân cư"] == 1000
    assert own["Tỷ lệ hộ nghèo cuối năm (%)"] == pytest.approx(1.3)
    assert own["Tệp nguồn"] == "+1.xlsx (20/12/2023)"


def test_the_downloaded_rows_are_those_of_the_page(client, province, reporter):
    district, (commune, other) = province.districts[0]
    PovertyReviewFactory(unit=commune)
    asked = {"nam": 2023, "thuoc": district.pk}

    page = client.get(reverse(TABLE), asked).context["page"]
    rows = csv_rows(client.get(reverse("units:poverty_download", args=[".csv"]), asked))
    every = csv_rows(client.get(reverse("units:poverty_communes_download", args=[".csv"])))

    assert [row["Mã đơn vị"] for row in rows] == [row.unit.code for row in page.rows]
    assert {commune.code, other.code} < {row["Mã đơn vị"] for row in every}


def test_a_unit_its_villages_and_its_plan_are_taken_away(client, province, desk):
    district, (commune, _) = province.districts[0]
    village = VillageFactory(parent=commune, code="V77")
    PovertyReviewFactory(unit=commune, poor_opening=13)
    PovertyTallyFactory(unit=village, poor=4)
    PovertyPlanFactory(unit=commune, year=2023, rate_reduction="0.35")

    def rows(name, *args, **query):
        return csv_rows(client.get(reverse(f"units:{name}", args=[*args, ".csv"]), query))

    (year,) = rows("poverty_unit_download", commune.pk)
    (told,) = rows("poverty_unit_download", village.pk)
    (listed,) = rows("poverty_villages_download", commune.pk, nam=2023)
    plans = rows("poverty_plans_download", nam=2023, thuoc=district.pk)

    assert (year["Năm"], year["Mức số liệu"]) == ("2023", "chính thức")
    assert (told["Hộ nghèo"], listed["Hộ nghèo"], listed["Mã đơn vị"]) == ("4", "4", "V77")
    assert [row["Mã đơn vị"] for row in plans if "35" in row[PLAN_COLUMN]] == [commune.code]
    without = reverse("units:poverty_plans_download", args=[".csv"])
    assert client.get(without).status_code == 404


@pytest.mark.parametrize("districts", [1, 3])
def test_the_table_costs_the_same_for_any_number_of_rows(
    client, django_assert_num_queries, districts
):
    both_standards()
    province = ProvinceFactory()
    for _ in range(districts):
        commune = CommuneFactory(parent=DistrictFactory(parent=province))
        PovertyReviewFactory(unit=commune, source=ReviewFileFactory())
    client.force_login(person(Role.PROVINCE_VIEWER, province))
    client.get(reverse(TABLE))

    with django_assert_num_queries(20):
        response = client.get(reverse(TABLE))

    assert len(response.context["page"].rows) == districts


# Plans


def test_plan_figures_of_a_district_on_one_page(client, desk, province):
    district, (a, b) = province.districts[0]
    PovertyPlanFactory(unit=b, rate_reduction="0.20", basis="QĐ 9/QĐ-UBND")
    address = f"{reverse('units:poverty_plans')}?nam=2023&thuoc={district.pk}"

    page = client.get(address)
    assertContains(page, 'value="0,2"')
    assertContains(page, 'value="QĐ 9/QĐ-UBND"')
    data = {"basis": "QĐ 12/QĐ-UBND", f"plan_{a.pk}": "0,35", f"plan_{b.pk}": "0,20"}
    saved = client.post(address, data, follow=True)

    assertContains(saved, "1 xã có thay đổi")
    figures = dict(PovertyPlan.objects.values_list("unit", "rate_reduction"))
    assert figures == {a.pk: Decimal("0.35"), b.pk: Decimal("0.20")}


@pytest.mark.parametrize(
    ("figure", "basis", "says"),
    [
        ("0.35", "QĐ 1", "không phải là số"),
        ("-1", "QĐ 1", "Chỉ tiêu giảm không thể âm."),
        ("101", "QĐ 1", "không thể quá 100 điểm %"),
        ("0,3", "", "Hãy ghi văn bản giao chỉ tiêu."),
    ],
)
def test_a_wrong_plan_figure_is_told_at_its_field(client, desk, province, figure, basis, says):
    district, (a, _) = province.districts[0]
    address = f"{reverse('units:poverty_plans')}?nam=2023&thuoc={district.pk}"

    response = client.post(address, {"basis": basis, f"plan_{a.pk}": figure})

    assertContains(response, says)
    assert not PovertyPlan.objects.exists()


@pytest.mark.parametrize("query", [{}, {"nam": 2023, "thuoc": ""}])
def test_nothing_chosen_yet_is_no_mistake(client, desk, province, query):
    response = client.get(reverse("units:poverty_plans"), query)

    assertContains(response, "Chọn huyện, thành phố để nhập chỉ tiêu của các xã")
    assertNotContains(response, "field__error")


def test_a_district_without_communes_in_that_year_is_not_offered(client, desk):
    other = DistrictFactory(valid_from=date(2024, 1, 1))

    response = client.get(reverse("units:poverty_plans"), {"nam": 2023, "thuoc": other.pk})

    assert response.context["form"] is None
    assertContains(response, "không có xã nào vào cuối năm đã chọn")
