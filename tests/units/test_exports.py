"""The register as a table: the rows of the screen, text as text, days as days."""

from datetime import datetime

import pytest
from django.urls import reverse

from tests.factories.imports import ImportFactory
from tests.factories.reorganising import ReorganisationFactory
from tests.factories.units import CommuneFactory, DistrictFactory, ProvinceFactory, person
from tests.tables import csv_rows, sheet_cells, xlsx_rows
from units.kinds import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def district():
    return DistrictFactory(short_name="Tam Đảo", name="Huyện Tam Đảo", code="251")


@pytest.fixture
def commune(district):
    return CommuneFactory(parent=district, short_name="Đại Đình", name="Xã Đại Đình", code="08923")


@pytest.fixture
def reader(client, district):
    client.force_login(person(Role.REPORTER, district))
    return client


def test_the_workbook_holds_what_the_filter_finds(reader, commune):
    CommuneFactory(short_name="Khác")
    asked = {"q": "dai dinh", "ngay": "24/11/2023", "trang": "7"}

    rows = xlsx_rows(reader.get(reverse("units:download", args=[".xlsx"]), asked))

    assert [(row["Mã"], row["Tên đầy đủ"]) for row in rows] == [("08923", "Xã Đại Đình")]
    assert (rows[0]["Mã đơn vị cấp trên"], rows[0]["Đơn vị cấp trên"]) == ("251", "Huyện Tam Đảo")
    assert rows[0]["Có từ ngày"] == datetime(2021, 1, 1)
    assert rows[0]["Hết từ ngày"] is None


def test_the_same_as_text(reader, commune):
    rows = csv_rows(reader.get(reverse("units:download", args=[".csv"]), {"q": "dai dinh"}))

    assert [row["Mã"] for row in rows] == ["08923"]


def test_a_name_that_looks_like_a_formula_stays_text(reader):
    CommuneFactory(name='=HYPERLINK("x")', short_name="Lạ")
    url = reverse("units:download", args=[".xlsx"])

    cells = sheet_cells(reader.get(url, {"cap": "commune"}), "Tên đầy đủ")

    assert [(cell.value, cell.data_type) for cell in cells] == [('=HYPERLINK("x")', "s")]


def test_another_ending_is_no_address(reader):
    assert reader.get("/don-vi/bang.pdf").status_code == 404


def test_the_units_below_one_are_those_of_its_page(reader, district, commune):
    CommuneFactory(parent=DistrictFactory())
    url = reverse("units:below_download", args=[district.pk, ".csv"])

    assert [row["Mã"] for row in csv_rows(reader.get(url))] == ["08923"]
    assert csv_rows(reader.get(url, {"ngay": "31/12/2020"})) == []


def test_units_below_a_unit_that_is_not_there_are_404(reader):
    assert reader.get(reverse("units:below_download", args=[0, ".csv"])).status_code == 404


def test_the_list_links_to_its_tables_with_the_filter(reader, commune):
    page = reader.get(reverse("units:list"), {"q": "dai", "trang": "1"}).content.decode()

    assert 'href="bang.xlsx?q=dai"' in page
    assert 'href="bang.csv?q=dai"' in page


def test_a_table_costs_the_same_for_any_number_of_rows(reader, django_assert_num_queries):
    url = reverse("units:download", args=[".csv"])
    province = ProvinceFactory()
    for number in (1, 3):
        DistrictFactory.create_batch(number, parent=province)
        with django_assert_num_queries(3):
            csv_rows(reader.get(url))


def test_what_came_in_by_file_is_listed_without_its_rows(client, district):
    user = person(Role.REPORTER, district)
    mine = ImportFactory(uploaded_by=user, name="cua-toi.xlsx", counts={"new": 3, "same": 1})
    ImportFactory(name="cua-nguoi-khac.xlsx")
    client.force_login(user)

    (row,) = csv_rows(client.get(reverse("imports:history_download", args=[".csv"])))

    assert (row["Tệp"], row["Dòng mới"], row["Dấu vân SHA-256"]) == (mine.name, "3", mine.sha256)


def test_reorganisations_are_listed_for_administrators(client, district):
    made = ReorganisationFactory()
    client.force_login(person(Role.ADMINISTRATOR, district))

    (row,) = csv_rows(client.get(reverse("units:reorganisations_download", args=[".csv"])))

    assert (row["Quyết định, nghị quyết"], row["Nội dung"]) == (made.number, made.title)
