"""Pages of the summaries: what each role sees, what is refused in words, files and their parts."""

import re

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from reports.actions import summaries as actions
from reports.models import Selection, Summary
from reports.states import SummaryState
from tests.factories.campaign import GoalFactory
from tests.factories.summaries import (
    TEXTS,
    drafted,
    frozen,
    indicators,
    issued,
    reported,
    scene,
    written,
)
from tests.factories.units import DepartmentFactory, person
from units.kinds import Role

pytestmark = pytest.mark.django_db
TEXT = "Huyện đã vận động 120 triệu đồng. Xây 05 nhà."


@pytest.fixture
def place(stop_clock):
    stop_clock(2023, 12, 28, 9)
    found = scene(communes=1)
    indicators(found.campaign, "tien")
    GoalFactory(campaign=found.campaign, baseline_year=2022)
    return found


@pytest.fixture
def desk(client, place):
    client.force_login(place.desk)
    return client


def url(summary, name="", *args):
    return reverse(f"reports:summary{name}", args=[summary.pk, *args])


# Rights


@pytest.mark.parametrize(
    ("role", "draft", "frozen_one"),
    [("desk", 200, 200), ("board", 200, 200), ("viewer", 404, 200), ("reporter", 403, 403)],
)
def test_who_sees_a_draft_and_who_a_frozen_summary(client, place, role, draft, frozen_one):
    people = {
        "desk": place.desk,
        "board": place.board(),
        "viewer": place.viewer(),
        "reporter": person(Role.REPORTER, place.districts[0][0]),
    }
    client.force_login(people[role])
    pages = ("", "_reading", "_sources")

    summary = written(place)
    assert {client.get(url(summary, page)).status_code for page in pages} == {draft}
    summary = actions.freeze_summary(summary, by=place.desk)
    assert {client.get(url(summary, page)).status_code for page in pages} == {frozen_one}
    assert client.get(url(summary, "_file", "pdf")).status_code == frozen_one


def test_the_viewer_can_write_nothing(client, place):
    summary = drafted(place)
    client.force_login(place.viewer())

    for name in ("_freeze", "_issue", "_edit"):
        assert client.post(url(summary, name)).status_code == 403
    assert client.post(reverse("reports:summary_start", args=["2023"])).status_code == 403


def test_the_board_reads_the_interim_draft_and_is_told_who_writes_it(client, place):
    summary = drafted(place)
    client.force_login(place.board())

    response = client.post(url(summary, "_edit"), TEXTS, follow=True)

    assertContains(response, "đơn vị chủ trì tham mưu sơ kết")
    assert Summary.objects.get().assessment == ""


def test_the_list_offers_each_person_what_they_may_begin(client, place):
    client.force_login(place.board())
    response = client.get(reverse("reports:summaries"))

    assertContains(response, reverse("reports:summary_start", args=["2023"]))
    assertNotContains(response, reverse("reports:summary_start", args=["interim-2023"]))
    assertContains(response, "chủ trì tham mưu sơ kết")


def test_before_the_plan_is_loaded_there_is_nothing_to_compose(client):
    client.force_login(person(Role.POVERTY_DESK, DepartmentFactory()))

    assertContains(client.get(reverse("reports:summaries")), "Chưa có kỳ báo cáo nào.")


# Composing


def test_the_desk_begins_and_sees_what_is_missing(desk, place):
    waiting = reported(place.year, place.districts[0][0], state="submitted").unit

    response = desk.post(reverse("reports:summary_start", args=["interim-2023"]), follow=True)

    summary = Summary.objects.get()
    assertRedirects(response, url(summary))
    assertContains(response, f"1 báo cáo đã gửi, chưa được nhận nên chưa tính: {waiting.name}")
    assertContains(response, place.districts[1][0].name)
    assertContains(response, "Chưa viết phần đánh giá chung")


def test_texts_are_saved_and_a_second_tab_is_told(desk, place):
    summary = drafted(place)
    seen = re.search(rb'name="seen" value="(\w+)"', desk.get(url(summary, "_edit")).content)[1]

    first = desk.post(url(summary, "_edit"), {**TEXTS, "seen": seen.decode()})
    second = desk.post(url(summary, "_edit"), {"assessment": "Khác", "seen": seen.decode()})

    assertRedirects(first, url(summary))
    assertContains(second, "Người khác đã sửa phần lời")
    assertContains(second, "Khác")
    assert Summary.objects.get().assessment == TEXTS["assessment"]


def test_passages_are_found_by_unit_without_diacritics_chosen_and_dropped(desk, place):
    case = reported(place.year, place.districts[0][0], text=TEXT)
    reported(place.year, place.districts[1][0], text="Nơi khác.")
    summary = drafted(place)
    page = url(summary, "_passages")
    name = case.unit.short_name.lower().replace("ô", "o").replace("ơ", "o").replace("đ", "d")

    found = desk.get(page, {"q": name})
    section = case.report.sections.get()
    chosen = desk.post(url(summary, "_choose", section.pk) + "?muc=", {"text": TEXT}, follow=True)

    assertContains(found, TEXT)
    assertNotContains(found, "Nơi khác.")
    assertContains(chosen, "Đã trích")
    selection = Selection.objects.get()
    desk.post(url(summary, "_selection", selection.pk, "bo"))
    assert not Selection.objects.exists()


@pytest.mark.parametrize(
    "query", [{"muc": "khong-co"}, {"nhom": "x"}, {"ky": "1999"}, {"trang": "9"}]
)
def test_a_search_that_makes_no_sense_is_no_error(desk, place, query):
    assert desk.get(url(drafted(place), "_passages"), query).status_code == 200


def test_a_passage_of_another_summary_is_not_found(desk, place):
    section = reported(place.year, place.districts[0][0], text=TEXT).report.sections.get()
    summary = drafted(place)
    selection = actions.choose_passage(summary, section, TEXT, by=place.desk)
    other = actions.start_summary(place.year.period, by=place.board())

    response = desk.post(url(other, "_selection", selection.pk, "bo"))

    assert response.status_code == 404
    assert Selection.objects.count() == 1


# Freezing, issuing, files


def test_the_desk_freezes_and_downloads_three_files(desk, place):
    summary = written(place)

    response = desk.post(url(summary, "_freeze"), follow=True)

    assertContains(response, "Đã chốt báo cáo")
    assert Summary.objects.get().state == SummaryState.FROZEN
    for form, start in (("docx", b"PK"), ("xlsx", b"PK"), ("pdf", b"%PDF")):
        file = desk.get(url(summary, "_file", form))
        assert file.content.startswith(start)
        assert f'filename="so-ket-phong-trao-nam-2023-ban-1.{form}"' in file["Content-Disposition"]
    assert desk.get(url(summary, "_file", "exe")).status_code == 404


def test_freezing_by_double_click_is_told_and_freezes_once(desk, place):
    summary = written(place)
    desk.post(url(summary, "_freeze"))
    sha256 = Summary.objects.get().sha256

    response = desk.post(url(summary, "_freeze"), follow=True)

    assertContains(response, "Không thể chốt báo cáo")
    assert Summary.objects.get().sha256 == sha256


def test_a_draft_is_previewed_and_marked_as_one(desk, place):
    summary = drafted(place)

    response = desk.get(url(summary, "_file", "pdf"))

    assert 'filename="so-ket-phong-trao-nam-2023-du-thao.pdf"' in response["Content-Disposition"]
    assert not summary.files.exists()


def test_a_wrong_number_is_told_at_the_form_and_kept_there(desk, place):
    summary = frozen(place)
    given = {
        "number": "12/BC", "signed_on": "28/12/2023", "signer": "Vũ A", "signer_post": "Giám đốc",
    }  # fmt: skip

    wrong = desk.post(url(summary, "_issue"), given)
    right = desk.post(url(summary, "_issue"), given | {"number": "12"}, follow=True)

    assertContains(wrong, "ghi phần số")
    assertContains(wrong, "Vũ A")
    assertContains(right, "đã ban hành")
    assert Summary.objects.get().number == "12"


def test_the_reading_page_says_what_the_paper_says(desk, place):
    response = desk.get(url(issued(place), "_reading"))

    assertContains(response, "VII. PHƯƠNG HƯỚNG, KIẾN NGHỊ")
    assertContains(response, "Số: 412/BC-UBND")
    assertContains(response, "Đôn đốc các đơn vị chưa gửi báo cáo.")
    assertContains(response, "data:image/svg+xml;base64,")
    assertNotContains(response, "DỰ THẢO")


# Figures that open to their parts


def test_a_figure_opens_to_the_reports_it_was_added_from(desk, place):
    case = reported(place.year, place.districts[0][0], {"tien": 1250})
    summary = drafted(place)

    page = desk.get(url(summary))
    parts = desk.get(url(summary, "_parts", "tien"))

    assertContains(page, url(summary, "_parts", "tien"))
    assertContains(parts, "1.250")
    assertContains(parts, case.report.get_absolute_url())
    assertContains(parts, case.report.versions.get().receipt)
    assert desk.get(url(summary, "_parts", "khong-co")).status_code == 404


def test_frozen_parts_stay_as_they_were(desk, place):
    reported(place.year, place.districts[0][0], {"tien": 1250})
    summary = frozen(place)
    reported(place.year, place.districts[1][0], {"tien": 4321})

    response = desk.get(url(summary, "_parts", "tien"))

    assertContains(response, "1.250")
    assertNotContains(response, "4.321")


@pytest.mark.parametrize("districts", [1, 3])
def test_pages_cost_the_same_for_any_number_of_units(
    client, stop_clock, districts, django_assert_num_queries
):
    stop_clock(2023, 12, 28, 9)
    place = scene(districts=districts, communes=1)
    for district, _ in place.districts:
        reported(place.year, district, text=TEXT)
    summary, draft = frozen(place), drafted(place)
    client.force_login(place.desk)

    with django_assert_num_queries(8):
        client.get(url(summary))
    with django_assert_num_queries(5):
        client.get(url(summary, "_sources"))
    with django_assert_num_queries(10):
        client.get(reverse("reports:summaries"))
    with django_assert_num_queries(11):
        client.get(url(draft, "_passages"))
    with django_assert_num_queries(50):  # the figures are composed anew
        client.get(url(draft))
