"""Receiving: the queue, the page side by side, points, remarks, and what others see of it."""

import pytest
from django.urls import reverse

from reports import actions
from reports.models import Report
from tests.factories.reports import WORKDAY, accepted, filled, returned, sent, started
from tests.factories.units import DistrictFactory, person
from units.kinds import Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _tuesday(stop_clock):
    stop_clock(2023, 11, 21, 9)


def text(response):
    return response.content.decode()


def test_the_queue_shows_what_waits_and_the_filter_shows_the_rest(client):
    waiting = sent()
    done = accepted(year=waiting.year, unit=DistrictFactory(parent=waiting.year.province))
    client.force_login(waiting.board)

    queue = client.get(reverse("reports:queue")).context["page"]
    assert list(queue) == [waiting.report]
    received = client.get(reverse("reports:queue"), {"trang_thai": "accepted"}).context["page"]
    assert list(received) == [done.report]


def test_the_queue_of_a_district_holds_its_communes_only(client):
    commune = sent(tier="commune")
    sent(tier="commune", year=commune.year)
    client.force_login(person(Role.LEADER, commune.report.receiver))

    page = client.get(reverse("reports:queue")).context["page"]

    assert [report.pk for report in page] == [commune.report.pk]


@pytest.mark.parametrize("state", [started, returned])
def test_the_board_reads_what_was_sent_and_not_what_is_being_written(client, state):
    case = state()
    section = case.report.sections.get()
    section.text = "Nội dung đang sửa"
    section.save()
    client.force_login(case.board)

    response = client.get(reverse("reports:review", args=[case.report.pk]))

    if case.report.submitted_at is None:
        assert response.status_code == 404
    else:
        assert "Nội dung đang sửa" not in text(response)
        assert "Đã ban hành đủ văn bản." in text(response)


def test_opening_marks_the_report_as_read(client):
    case = sent()
    client.force_login(case.board)

    client.get(reverse("reports:review", args=[case.report.pk]))

    assert case.anew().report.read_at is not None


@pytest.mark.parametrize("role", [Role.POVERTY_DESK, Role.PROVINCE_VIEWER, Role.COUNCIL])
def test_the_page_of_the_receiver_is_closed_to_others(client, role):
    case = sent()
    client.force_login(person(role, case.year.province))

    assert client.get(reverse("reports:review", args=[case.report.pk])).status_code == 403
    assert case.anew().report.read_at is None


def test_a_district_does_not_open_what_the_board_receives(client):
    case = sent()
    client.force_login(person(Role.LEADER, DistrictFactory(parent=case.year.province)))

    assert client.get(reverse("reports:review", args=[case.report.pk])).status_code == 404


def test_points_are_saved_for_the_whole_checklist(client):
    case = sent()
    client.force_login(case.board)
    answers = case.report.checklist.answers.order_by("pk")
    points = {f"points-{answer.pk}": "45,5" for answer in answers}

    page = client.post(reverse("reports:score", args=[case.report.pk]), points, follow=True)

    assert "Đã lưu điểm." in text(page)
    assert [str(a.scores.get(current=True).points) for a in answers] == ["45.50", "45.50"]


def test_one_wrong_point_saves_none(client):
    case = sent()
    client.force_login(case.board)
    first, second = case.report.checklist.answers.order_by("pk")

    page = client.post(
        reverse("reports:score", args=[case.report.pk]),
        {f"points-{first.pk}": "10", f"points-{second.pk}": "10.5"},
    )

    assert "không phải là số" in text(page)
    assert not first.scores.exists()


def test_every_wrong_line_of_points_is_told_at_its_field(client, stop_clock):
    case = sent()
    stop_clock(2023, 11, 21, 9)
    client.force_login(case.board)
    first, second = case.report.checklist.answers.order_by("criterion__number")
    address = reverse("reports:score", args=[case.report.pk])
    values = {f"points-{first.pk}": "900", f"points-{second.pk}": "-1"}

    response = client.post(address, values)

    errors = response.context["form"].errors
    assert list(errors) == [f"points-{first.pk}", f"points-{second.pk}"]
    assert errors[f"points-{first.pk}"] == ["Điểm 900 ở ngoài khoảng từ 0 đến 50 của ý này."]
    review = reverse("reports:review", args=[case.report.pk])
    assert client.get(address)["Location"] == review


@pytest.mark.parametrize("name", ["accept", "return"])
def test_the_receiver_stays_at_the_review_with_the_next_report_at_hand(client, stop_clock, name):
    case = sent()
    stop_clock(2023, 11, 21, 9)
    client.force_login(case.board)

    response = client.post(reverse("reports:step", args=[case.report.pk, name]), {"note": ""})

    assert response["Location"] == reverse("reports:review", args=[case.report.pk])


def test_the_next_waiting_report_is_one_click_away(client):
    first = sent()
    second = sent(year=first.year, unit=DistrictFactory(parent=first.year.province))
    client.force_login(first.board)

    page = client.get(reverse("reports:review", args=[first.report.pk]))

    assert page.context["following"] == second.report
    assert page.context["previous"] is None
    assert page.context["waiting"] == 2


def test_the_home_page_counts_what_waits_for_the_board(client):
    case = sent()
    client.force_login(case.board)

    assert "1 báo cáo chờ nhận" in text(client.get(reverse("reports:home")))


def test_progress_counts_each_state_once(client):
    case = sent()
    year, province = case.year, case.year.province
    returned(year=year, unit=DistrictFactory(parent=province))
    started(year=year, unit=DistrictFactory(parent=province))
    DistrictFactory(parent=province)
    client.force_login(case.board)

    page = client.get(reverse("reports:progress"), {"ky": "2023", "nhom": "district"})

    district = next(row for row in page.context["tiers"] if row.key == "district")
    counts = (district.expected, district.started, district.sent, district.returned)
    assert counts == (4, 3, 2, 1)
    assert district.missing == 2
    assert [row.expected for row in page.context["parents"]] == [4]


def test_what_is_mended_shows_only_once_it_is_sent_again(client):
    case = filled(returned())
    answer = case.report.checklist.answers.first()
    values = {"grade": "partly", "explanation": "Lời đang sửa"}
    actions.save_answer(case.report, answer, values, by=case.reporter, revision=answer.revision)
    client.force_login(case.board)

    for step in ("hand_over", "take_back"):
        actions.take_step(case.report, step, by=case.reporter)
        page = text(client.get(reverse("reports:review", args=[case.report.pk])))
        assert "Đơn vị đang sửa" in page
        assert "Lời đang sửa" not in page

    actions.take_step(case.report, "send", by=case.leader)
    assert "Lời đang sửa" in text(client.get(reverse("reports:review", args=[case.report.pk])))


def test_a_receipt_is_checked_by_anybody_and_shows_no_content(client):
    case = sent()
    receipt = case.report.versions.get().receipt

    page = text(client.get(reverse("reports:receipt_check"), {"so": f" {receipt.lower()} "}))

    assert "Biên nhận có thật" in page
    assert case.unit.name in page
    assert "Đã ban hành đủ văn bản." not in page
    assert "Không có biên nhận" in text(
        client.get(reverse("reports:receipt_check"), {"so": "BN-1"})
    )


@pytest.mark.parametrize("name", ["queue", "progress", "home"])
def test_pages_cost_the_same_for_one_and_three_reports(client, name, django_assert_max_num_queries):
    case = sent(at=WORKDAY)
    client.force_login(case.board)
    costs = []
    for more in (0, 2):
        for _ in range(more):
            sent(year=case.year, unit=DistrictFactory(parent=case.year.province))
        with django_assert_max_num_queries(13) as queries:
            client.get(reverse(f"reports:{name}"), {"nhom": "district"})
        costs.append(len(queries))

    assert costs[0] == costs[1]
    assert Report.objects.count() == 3
