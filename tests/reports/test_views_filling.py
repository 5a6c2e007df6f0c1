"""Filling a report: what is saved, what is refused in words, what a neighbour sees (nothing)."""

import unicodedata

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from config import clock
from reports import actions
from reports.models import AnnexTable, Section
from tests.factories.campaign import instant
from tests.factories.reports import (
    WORKDAY,
    AnnexFactory,
    accepted,
    filled,
    handed_over,
    sent,
    started,
)
from tests.factories.units import CommuneFactory, DistrictFactory, person
from units.kinds import Role, Tier

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def case(stop_clock):
    stop_clock(2023, 11, 20, 9)
    return started()


@pytest.fixture
def desk(client, case):
    client.force_login(case.reporter)
    return client


def url(case, name, *args):
    return reverse(f"reports:{name}", args=[case.report.pk, *args])


def test_a_section_is_saved_and_leads_to_the_next_part(desk, case):
    address = url(case, "section", "chi-dao")

    response = desk.post(address, {"revision": 0, "text": "Đã ban hành."})

    assert response.status_code == 302
    assert response["Location"] == url(case, "figures")
    assert Section.objects.get(report=case.report).text == "Đã ban hành."


def test_a_text_is_kept_in_one_spelling_however_it_was_typed(desk, case):
    typed = unicodedata.normalize("NFD", "Hộ nghèo giảm.") + " \u200b\r\n\r\n\r\n\r\nHết.\t"

    desk.post(url(case, "section", "chi-dao"), {"revision": 0, "text": typed})

    assert Section.objects.get(report=case.report).text == "Hộ nghèo giảm.\n\nHết."


def test_the_same_words_again_from_an_older_page_change_nothing(desk, case):
    for _ in range(2):
        response = desk.post(
            url(case, "section", "chi-dao"), {"revision": 0, "text": "Đủ."}, **JSON
        )

    assert response.json()["revision"] == 1


def test_autosave_tells_the_new_revision_and_the_time_in_viet_nam(desk, case):
    address = url(case, "section", "chi-dao")

    response = desk.post(address, {"revision": 0, "text": "Đã ban hành."}, **JSON)

    assert response.json() == {"revision": 1, "saved_at": "09:00", "messages": []}


def test_a_second_tab_does_not_overwrite_the_first(desk, case):
    address = url(case, "section", "chi-dao")
    desk.post(address, {"revision": 0, "text": "Thẻ thứ nhất."})

    response = desk.post(address, {"revision": 0, "text": "Thẻ thứ hai."}, **JSON)

    assert response.status_code == 409
    assert "Chính bạn, ở một cửa sổ khác, đã sửa phần này" in response.json()["message"]
    assert Section.objects.get(report=case.report).text == "Thẻ thứ nhất."


def test_the_page_of_a_second_tab_keeps_what_was_typed(desk, case):
    address = url(case, "section", "chi-dao")
    desk.post(address, {"revision": 0, "text": "Thẻ thứ nhất."})

    response = desk.post(address, {"revision": 0, "text": "Thẻ thứ hai."})

    page = response.content.decode()
    assert "Thẻ thứ hai." in page
    assert "chưa được lưu" in page


def test_a_very_long_text_is_refused_with_the_limit(desk, case):
    response = desk.post(
        url(case, "section", "chi-dao"), {"revision": 0, "text": "a" * 50_001}, **JSON
    )

    assert response.status_code == 400
    assert "50.000 ký tự" in response.json()["errors"]["text"][0]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("mười", "không phải là số"),
        ("1.5", "không phải là số"),
        ("-1", "Không được nhỏ hơn 0"),
        ("1,5", "số nguyên"),
        ("9" * 16, "quá lớn"),
        ("NaN", "không phải là số"),
        ("1e9", "không phải là số"),
    ],
)
def test_a_wrong_figure_is_refused_with_rule_and_remedy(desk, case, typed, said):
    response = desk.post(url(case, "figures"), {"revision": 0, "van_ban": typed}, **JSON)

    assert response.status_code == 400
    assert said in " ".join(response.json()["errors"]["van_ban"])
    assert case.report.figures.get().value is None


@pytest.mark.parametrize(("typed", "kept"), [("1.250", 1250), ("7", 7), ("", None), (" 12 ", 12)])
def test_figures_are_read_as_officers_write_them(desk, case, typed, kept):
    desk.post(url(case, "figures"), {"revision": 0, "van_ban": typed})

    assert case.report.figures.get().value == kept


def test_annex_rows_are_checked_cell_by_cell(desk, case):
    rows = {"r0-source": "Trời cho", "r0-cash": "abc", "r0-day": "31/02/2023"}

    response = desk.post(url(case, "annex", "B3"), {"revision": 0, **rows})

    page = response.content.decode()
    for name, column in (("source", "Nguồn"), ("cash", "Tiền mặt"), ("day", "Ngày")):
        assert f'<a href="#id_r0-{name}">Dòng 1, {column}: ' in page
    assert not AnnexTable.objects.exists()


def test_a_wrong_cell_below_an_empty_row_is_marked_where_it_stands(desk, case):
    rows = {"r0-source": "", "r1-source": "Nhân dân", "r1-cash": "abc"}

    response = desk.post(url(case, "annex", "B3"), {"revision": 0, **rows}, **JSON)

    assert list(response.json()["errors"]) == ["r1-cash"]


def test_empty_annex_rows_are_left_out_and_numbers_kept_plain(desk, case):
    rows = {"r0-source": "", "r1-source": "Nhân dân", "r1-cash": "1.250,5", "r1-day": "05/01/2023"}

    desk.post(url(case, "annex", "B3"), {"revision": 0, **rows})

    assert AnnexTable.objects.get().rows == [
        {"source": "Nhân dân", "cash": "1250.5", "day": "05/01/2023"}
    ]


@pytest.mark.parametrize("typed", ["1.5", "12.50", "1e3", "1,2,3", "mười"])
def test_a_number_in_an_annex_that_could_be_misread_is_refused(desk, case, typed):
    rows = {"r0-source": "Nhân dân", "r0-cash": typed}

    response = desk.post(url(case, "annex", "B3"), {"revision": 0, **rows})

    assert f"“{typed}” không phải là số" in response.content.decode()
    assert not AnnexTable.objects.exists()


def test_numbers_of_an_annex_are_read_again_as_they_were_typed(desk, case):
    rows = {"r0-source": "Nhân dân", "r0-cash": "1.250,5"}
    desk.post(url(case, "annex", "B3"), {"revision": 0, **rows})

    for page in (url(case, "annex", "B3"), url(case, "check")):
        assert "1.250,5" in desk.get(page).content.decode()


PAGES = ("detail", "figures", "checklist", "check")


@pytest.mark.parametrize("name", PAGES)
def test_a_neighbour_does_not_learn_that_a_report_exists(client, case, name):
    client.force_login(person(Role.LEADER, DistrictFactory(parent=case.year.province)))

    assert client.get(url(case, name)).status_code == 404


def test_ids_of_another_report_are_looked_up_inside_the_own_one(client, case, stop_clock):
    other = started(unit=DistrictFactory(parent=case.year.province), year=case.year)
    client.force_login(other.reporter)
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.4\n%%EOF", "application/pdf")
    client.force_login(case.reporter)
    criterion = case.report.checklist.answers.first().criterion_id
    client.post(url(case, "attach", criterion), {"evidence": file})
    evidence = case.report.checklist.answers.first().evidence.first()
    assert evidence is not None
    client.force_login(other.reporter)

    foreign = reverse("reports:detach", args=[other.report.pk, evidence.pk])
    assert client.post(foreign).status_code == 404
    assert client.get(reverse("criteria:evidence", args=[evidence.pk])).status_code == 404
    assert client.post(url(other, "answer", 999_999)).status_code == 404
    assert client.get(url(other, "section", "khong-co")).status_code == 404


def test_a_part_that_is_not_asked_of_the_unit_is_not_there(desk, case):
    AnnexFactory(campaign=case.year.campaign, code="B6", tiers=["department"])
    case.year.campaign.outline.filter(code="chi-dao").update(tiers=["department"])

    for place in (("annex", "B6"), ("section", "chi-dao")):
        assert desk.get(url(case, *place)).status_code == 404
        assert desk.post(url(case, *place), {"revision": 0}).status_code == 404


@pytest.mark.parametrize("number", ["²", "9" * 500, "-1", ""])
def test_a_row_of_an_annex_without_a_proper_number_is_left_out(desk, case, number):
    cell = {f"r{number}-source": "Nhân dân", "revision": 0}

    assert desk.post(url(case, "annex", "B3"), cell).status_code == 302
    assert AnnexTable.objects.get(report=case.report).rows == []


@pytest.mark.parametrize("key", ["9" * 30, "-1", "²", "x"])
def test_an_item_that_cannot_be_is_refused_in_words(desk, case, key):
    answer = case.report.checklist.answers.first()
    answer.criterion.items.create(position=1, statement="Có kế hoạch.")

    response = desk.post(
        url(case, "answer", answer.criterion_id), {"revision": 0, "items": [key]}, **JSON
    )

    assert response.json()["errors"]["items"] == ["Có ý không thuộc tiêu chí này; tải lại trang."]


def test_a_criterion_beyond_all_numbers_is_not_there(desk, case):
    for name in ("answer", "attach"):
        assert desk.post(url(case, name, 2**63)).status_code == 404


def test_a_sent_report_is_not_written_any_more(client, stop_clock):
    case = sent()
    stop_clock(2023, 11, 21, 9)
    client.force_login(case.reporter)

    response = client.post(
        url(case, "section", "chi-dao"), {"revision": 1, "text": "Sửa lén."}, **JSON
    )

    assert response.status_code == 400
    assert "đã gửi" in response.json()["errors"]["__all__"][0]
    assert Section.objects.get(report=case.report).text != "Sửa lén."


def test_nothing_chosen_is_said_kindly(desk, case):
    criterion = case.report.checklist.answers.first().criterion_id

    response = desk.post(url(case, "attach", criterion), {}, follow=True)

    assert "Chưa chọn tệp" in response.content.decode()


def test_a_file_that_is_not_what_its_name_says_is_refused(desk, case):
    criterion = case.report.checklist.answers.first().criterion_id
    file = SimpleUploadedFile("quyet-dinh.pdf", b"MZ\x90\x00" + b"\x00" * 200, "application/pdf")

    response = desk.post(url(case, "attach", criterion), {"evidence": file}, follow=True)

    assert "quyet-dinh.pdf" in response.content.decode()
    assert not case.report.checklist.answers.first().evidence.exists()


def test_a_disabled_button_says_why_and_who_can_help(client, stop_clock):
    case = filled()
    stop_clock(2023, 11, 21, 9)
    client.force_login(case.reporter)

    page = client.get(url(case, "check")).content.decode()

    assert f"Người ký của đơn vị: {case.leader.full_name}." in page


def test_the_list_costs_the_same_for_any_number_of_rows(client, django_assert_num_queries):
    case = sent(at=WORKDAY)
    client.force_login(case.board)
    counts = []
    for more in (0, 2):
        for _ in range(more):
            sent(year=case.year, unit=DistrictFactory(parent=case.year.province))
        with clock.frozen(instant(2023, 11, 22, 9)), django_assert_num_queries(10) as found:
            client.get(reverse("reports:list"))
        counts.append(len(found))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("state", [handed_over, sent])
def test_answers_and_evidence_stand_still_once_the_report_is_handed_over(client, state, stop_clock):
    case = state()
    stop_clock(2023, 11, 21, 9)
    client.force_login(case.reporter)
    answer = case.report.checklist.answers.first()
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.4\n%%EOF", "application/pdf")

    client.post(url(case, "attach", answer.criterion_id), {"evidence": file})
    given = {"revision": answer.revision, "grade": "not_met", "explanation": "Sửa lén."}
    response = client.post(url(case, "answer", answer.criterion_id), given, **JSON)

    assert response.status_code == 400
    answer.refresh_from_db()
    assert answer.grade == "met"
    assert not answer.evidence.exists()


def test_saving_by_the_button_is_told_on_the_next_page(desk, case):
    values = {"revision": 0, "text": "Đã ban hành."}

    response = desk.post(url(case, "section", "chi-dao"), values, follow=True)

    assert "Đã lưu phần “" in response.content.decode()


def test_what_happened_to_a_criterion_is_told_in_its_place(desk, case):
    """The address leads down to the criterion; words at the head of the page would go unread."""
    criterion = case.report.checklist.answers.first().criterion
    values = {"revision": 0, "grade": "met", "explanation": "Đủ."}

    response = desk.post(url(case, "answer", criterion.pk), values, follow=True)

    page = response.content.decode()
    place = page.index(f'id="tieu-chi-{criterion.pk}"')
    assert page.count(f"Đã lưu tiêu chí {criterion.number}.") == 1
    assert page.index(f"Đã lưu tiêu chí {criterion.number}.") > place


def test_a_refused_answer_is_told_once_and_its_address_opens_the_page(desk, case):
    criterion = case.report.checklist.answers.first().criterion
    address = url(case, "answer", criterion.pk)

    page = desk.post(address, {"revision": 0, "grade": "met", "points": "900"}).content.decode()

    assert page.count("data-error-summary") == 1
    assert desk.get(address)["Location"].endswith(f"#tieu-chi-{criterion.pk}")


@pytest.mark.parametrize("place", [("figures",), ("annex", "B3"), ("section", "chi-dao")])
def test_a_report_that_cannot_be_written_offers_no_field_and_says_why(client, place, stop_clock):
    case = handed_over()
    stop_clock(2023, 11, 21, 9)
    client.force_login(case.reporter)

    page = client.get(url(case, *place)).content.decode()

    assert "ở trạng thái “chờ ký” nên phần này chỉ để đọc" in page
    assert 'type="text"' not in page
    assert "<textarea" not in page


def test_what_stops_the_sending_stands_apart_from_what_need_not_be(desk, case):
    page = desk.get(url(case, "check")).content.decode()

    assert "chỗ phải hoàn thiện trước khi trình ký, gửi" in page
    assert "Còn 1 chỗ nên xem lại, không bắt buộc" in page


def test_past_the_due_date_it_is_said_until_when_one_may_still_send(desk, case, stop_clock):
    words = "báo cáo được ghi là nộp muộn"
    assert words not in desk.get(url(case, "detail")).content.decode()
    stop_clock(2023, 12, 2, 9)

    assert words in desk.get(url(case, "detail")).content.decode()


def reported_below(case, *values, received=True):
    """Reports of communes under the case's district, each with this number of documents."""
    for value in values:
        unit = CommuneFactory(parent=case.unit)
        below = filled(year=case.year, unit=unit, tier=Tier.COMMUNE)
        figures = {figure.pk: value for figure in below.report.figures.all()}
        actions.save_figures(below.report, figures, by=below.reporter, revision=1)
        below = sent(below)
        if received:
            accepted(below)


def test_the_sums_of_what_was_accepted_below_are_shown_and_taken_over(desk, case):
    reported_below(case, 1200, 34)
    reported_below(case, 500, received=False)  # not accepted: not counted

    page = desk.get(url(case, "figures")).content.decode()
    assert "2 báo cáo cấp dưới đã nhận" in page
    assert "Tổng cấp dưới: <strong>1.234</strong>" in page
    told = desk.post(url(case, "take_over"), follow=True).content.decode()

    assert "Đã điền 1 ô trống bằng tổng các báo cáo đã nhận." in told
    assert case.report.figures.get().value == 1234


def test_a_figure_that_somebody_entered_is_not_replaced_by_the_sum(desk, case):
    reported_below(case, 1200)
    desk.post(url(case, "figures"), {"revision": 0, "van_ban": "7"})

    told = desk.post(url(case, "take_over"), follow=True).content.decode()

    assert "Đã điền 0 ô trống" in told
    assert case.report.figures.get().value == 7


def test_a_unit_without_units_below_is_offered_no_sums(desk, case):
    assert "Tổng cấp dưới" not in desk.get(url(case, "figures")).content.decode()
