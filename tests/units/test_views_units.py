"""The pages of the register: who may read, what they say, what a wrong address gets."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tests.factories.persons import PersonFactory
from tests.factories.units import (
    CommuneFactory,
    DepartmentFactory,
    DistrictFactory,
    ProvinceFactory,
    SuccessionFactory,
    UserFactory,
    VillageFactory,
    person,
)
from units.kinds import Role
from units.models import Succession, Unit
from units.register import load_register

pytestmark = pytest.mark.django_db
LIST = "units:list"


@pytest.fixture
def reader(client):
    """Somebody with an account and no role at all: the register is open to every user."""
    client.force_login(UserFactory())
    return client


@pytest.fixture
def cost(reader):
    """How many queries a page takes, apart from what is cached for the site."""

    def count(url):
        reader.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert reader.get(url).status_code == 200
        return len(queries)

    return count


def listed(response):
    return [unit.name for unit in response.context["page"]]


def page_of(unit):
    return reverse("units:detail", args=[unit.pk])


# The door


@pytest.mark.parametrize("url", ["/don-vi/", "/don-vi/1/"])
def test_a_stranger_is_sent_to_sign_in(client, url):
    response = client.get(url)

    assertRedirects(
        response, f"{reverse('account_login')}?next={url}", fetch_redirect_response=False
    )


@pytest.mark.parametrize("url", ["/don-vi/999999/", "/don-vi/abc/", "/don-vi/-1/"])
def test_a_unit_that_is_not_there_is_404(reader, url):
    assert reader.get(url).status_code == 404


def test_the_pages_are_for_reading_only(reader):
    assert reader.post(reverse(LIST)).status_code == 405
    assert reader.post(page_of(ProvinceFactory())).status_code == 405


# The list


def test_the_list_costs_the_same_for_any_number_of_rows(reader, cost):
    district = DistrictFactory()
    url = reverse(LIST, query={"cap": "commune", "q": "xã", "thuoc": district.pk})

    CommuneFactory(parent=district)
    one = cost(url)
    CommuneFactory.create_batch(2, parent=district)

    assert cost(url) == one <= 12
    assert len(listed(reader.get(url))) == 3


def test_without_a_date_the_list_is_of_today(reader, stop_clock):
    stop_clock(2023, 11, 20, 8)
    CommuneFactory(short_name="Cũ", valid_to=date(2022, 1, 1))
    CommuneFactory(short_name="Nay")

    response = reader.get(reverse(LIST), {"cap": "commune"})

    assert listed(response) == ["Xã Nay"]
    assertContains(response, "Sổ đơn vị ngày 20/11/2023")
    assertContains(response, 'value="20/11/2023"')


@pytest.mark.parametrize("written", ["30/06/2022", "30-6-2022", "2022-06-30", " 30/6/2022 "])
def test_the_list_as_of_a_date(reader, written):
    CommuneFactory(short_name="Cũ", valid_to=date(2025, 1, 1))
    CommuneFactory(short_name="Mới", valid_from=date(2025, 1, 1))

    response = reader.get(reverse(LIST), {"cap": "commune", "ngay": written})

    assert listed(response) == ["Xã Cũ"]
    assertContains(response, "Sổ đơn vị ngày 30/06/2022")


@pytest.mark.parametrize("wrong", ["31/02/2022", "hôm qua", "30/06/22222", "0/0/0", "🙂"])
def test_a_wrong_date_gets_a_kind_sentence_and_the_list_of_today(reader, stop_clock, wrong):
    stop_clock(2023, 11, 20, 8)
    CommuneFactory(short_name="Nay")

    response = reader.get(reverse(LIST), {"cap": "commune", "ngay": wrong})

    assertContains(response, "Ngày không đọc được. Hãy viết ngày/tháng/năm")
    assertContains(response, "danh sách dưới đây lấy theo hôm nay, 20/11/2023")
    assert listed(response) == ["Xã Nay"]


@pytest.mark.parametrize("words", ["tam duong", "TAM DƯƠNG", "Tam  Dương", "08869", "08869 "])
def test_search_by_name_without_diacritics_or_by_code(reader, words):
    CommuneFactory(short_name="Tam Dương", code="08869")
    CommuneFactory(short_name="Tam Đảo", code="08911")

    assert listed(reader.get(reverse(LIST), {"q": words})) == ["Xã Tam Dương"]


def test_search_tells_of_matches_on_other_days(reader):
    CommuneFactory(short_name="Trưng Nhị", valid_to=date(2025, 1, 1))

    response = reader.get(reverse(LIST), {"q": "trung nhi", "ngay": "02/01/2025"})

    assertContains(response, "Không có đơn vị nào khớp vào ngày này")
    assertContains(response, "Cũng khớp, nhưng không có vào ngày 02/01/2025")
    assertContains(response, "từ 01/01/2021 đến hết 31/12/2024")


def test_the_filter_by_the_unit_above_takes_the_whole_subtree(reader):
    district = DistrictFactory()
    village = VillageFactory(parent=CommuneFactory(parent=district))
    VillageFactory()

    response = reader.get(reverse(LIST), {"thuoc": district.pk})

    assert set(response.context["page"]) == {village, village.parent}
    assert listed(reader.get(reverse(LIST), {"thuoc": village.parent.pk})) == [village.name]


@pytest.mark.parametrize(
    "query",
    [
        {"cap": "nước"},
        {"thuoc": "999999"},
        {"thuoc": "abc"},
        {"thuoc": "9" * 40},
        {"q": "a" * 5000},
        {"trang": "abc"},
        {"trang": "99999999999999999999"},
    ],
)
def test_a_wrong_filter_never_breaks_the_page(reader, query):
    unit = ProvinceFactory()

    response = reader.get(reverse(LIST), query)

    assert response.status_code == 200
    assert listed(response) == [unit.name]


def test_the_list_is_cut_into_pages_and_can_be_shown_whole_for_print(reader):
    CommuneFactory.create_batch(55, parent=DistrictFactory())

    first = reader.get(reverse(LIST), {"cap": "commune"})
    second = reader.get(reverse(LIST), {"cap": "commune", "trang": "2"})
    whole = reader.get(reverse(LIST), {"cap": "commune", "in": "1"})

    assert [len(listed(page)) for page in (first, second, whole)] == [50, 5, 55]
    assertContains(first, "Hiện cả danh sách trên một trang để in")
    assertContains(whole, "Chia lại thành từng trang")


def test_names_are_text_not_markup(reader):
    unit = ProvinceFactory(short_name="<b>A & B</b> 🙂")

    for response in (reader.get(reverse(LIST)), reader.get(page_of(unit))):
        assertContains(response, "&lt;b&gt;A &amp; B&lt;/b&gt; 🙂")
        assertNotContains(response, "<b>A")


# The page of a unit


def test_the_page_names_the_chain_above_the_life_and_the_source(reader):
    commune = CommuneFactory(
        source="Danh mục X (loại A)", note="Có ghi chú", valid_to=date(2025, 7, 1), urban=True
    )

    response = reader.get(page_of(commune))

    for above in (commune.parent, commune.parent.parent):
        assertContains(response, f'href="{page_of(above)}"')
    for words in ("Danh mục X (loại A)", "Có ghi chú", "đã đối chiếu", "khu vực thành thị"):
        assertContains(response, words)
    assertContains(response, "Xã, hoạt động từ 01/01/2021 đến hết 30/06/2025")


def test_the_page_shows_where_a_unit_came_from_and_what_became_of_it(reader, stop_clock):
    stop_clock(2025, 3, 1, 8)
    link = SuccessionFactory(basis="Nghị quyết 1/NQ", confidence="inferred", note="Suy đoán")

    old, new = reader.get(page_of(link.predecessor)), reader.get(page_of(link.successor))

    for page, title, other in (
        (old, "Kết thúc và chuyển sang", link.successor),
        (new, "Được hình thành từ", link.predecessor),
    ):
        for words in (title, other.name, "01/01/2025", "sáp nhập", "Nghị quyết 1/NQ", "suy ra"):
            assertContains(page, words)
        assertContains(page, "Suy đoán")
    assertContains(old, "Đơn vị đã kết thúc hoạt động ngày 31/12/2024")
    assertNotContains(new, "đã kết thúc hoạt động")


@pytest.mark.parametrize(
    ("confidence", "words"),
    [
        ("partial", "chưa rõ đơn vị tiếp nhận"),
        ("confirmed", "không có đơn vị kế thừa cùng cấp"),
    ],
)
def test_an_end_without_heir_says_which_kind_it_is(reader, confidence, words):
    old = CommuneFactory(valid_to=date(2025, 1, 1))
    SuccessionFactory(
        predecessor=old, successor=None, way=Succession.Way.DISSOLVE, confidence=confidence
    )

    assertContains(reader.get(page_of(old)), words)


def test_the_units_below_are_those_of_the_chosen_day(reader):
    district = DistrictFactory()
    CommuneFactory(short_name="Cũ", parent=district, valid_to=date(2025, 1, 1))
    CommuneFactory(short_name="Mới", parent=district, valid_from=date(2025, 1, 1))

    before = reader.get(page_of(district), {"ngay": "31/12/2024"})
    after = reader.get(page_of(district), {"ngay": "01/01/2025"})

    assert (listed(before), listed(after)) == (["Xã Cũ"], ["Xã Mới"])


def test_a_wrong_day_on_the_page_gets_a_kind_sentence(reader, stop_clock):
    stop_clock(2023, 11, 20, 8)

    response = reader.get(page_of(DistrictFactory()), {"ngay": "31/04/2023"})

    assertContains(response, "Ngày không đọc được.")
    assertContains(response, "lấy theo ngày 20/11/2023")


def test_without_a_day_an_ended_unit_shows_its_last(reader, stop_clock):
    stop_clock(2026, 1, 1, 8)
    commune = CommuneFactory(
        parent=DistrictFactory(valid_to=date(2025, 7, 1)), valid_to=date(2025, 7, 1)
    )

    response = reader.get(page_of(commune.parent))

    assert listed(response) == [commune.name]
    assertContains(response, "Đơn vị trực thuộc ngày 30/06/2025")


def test_a_village_has_no_section_of_units_below(reader):
    assertNotContains(reader.get(page_of(VillageFactory())), "Đơn vị trực thuộc")


def test_the_page_costs_the_same_for_any_number_of_rows(cost):
    office = DepartmentFactory(valid_to=date(2025, 3, 1))

    def add_row():
        DepartmentFactory(parent=office, valid_to=date(2025, 3, 1))
        heir = DepartmentFactory(parent=office.parent, valid_from=date(2025, 3, 1))
        SuccessionFactory(predecessor=office, successor=heir, way=Succession.Way.SPLIT)

    add_row()
    one = cost(page_of(office))
    add_row()
    add_row()

    assert cost(page_of(office)) == one <= 12


def test_the_page_of_an_own_unit_costs_no_more_for_what_hangs_on_it(client):
    """Reports, households and persons are counted in one statement, whatever is below."""
    district = DistrictFactory()
    leader = person(Role.LEADER, district)
    client.force_login(leader)

    def cost():
        client.get(page_of(district))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page_of(district)).status_code == 200
        return len(queries)

    CommuneFactory(parent=district)
    one = cost()
    for _ in range(2):
        PersonFactory(unit=VillageFactory(parent=CommuneFactory(parent=district)))

    assert cost() == one < 12


def test_every_page_of_the_shipped_register_stands(reader, stop_clock):
    stop_clock(2025, 8, 1, 8)
    load_register()
    for code in ("26", "25", "SNV", "247", "08740", "09142"):
        for unit in Unit.objects.filter(code=code):
            assert reader.get(page_of(unit)).status_code == 200


def test_a_unit_with_poverty_figures_leads_to_them(reader):
    commune, department = CommuneFactory(), DepartmentFactory()
    address = reverse("units:poverty_unit", args=[commune.pk])
    assertContains(reader.get(page_of(commune)), f'href="{address}"')
    assertNotContains(reader.get(page_of(department)), "Hộ nghèo qua các năm")
