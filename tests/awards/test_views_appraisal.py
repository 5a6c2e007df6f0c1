"""The pages of the appraisal: who sees what, what a press does, constant queries."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from awards.actions import ask_opinion, hold, set_verdict
from awards.eligibility import findings_of
from awards.kinds import Document
from awards.models import Override, PendingVerdict
from awards.states import NominationState
from tests.factories.awards import DossierItemFactory
from tests.factories.nominations import a_scene, appraised, drafted, endorsed, submitted
from tests.factories.units import CommuneFactory, VillageFactory, person
from tests.tables import csv_rows
from units.kinds import Role
from units.models import LogEntry

pytestmark = pytest.mark.django_db
TODAY = date(2023, 11, 24)
QUEUE = "/khen-thuong/tham-dinh/"


@pytest.fixture(autouse=True)
def _now(stop_clock):
    stop_clock(2023, 11, 24, 9)


@pytest.fixture
def scene():
    return a_scene()


@pytest.fixture
def board(client, scene):
    client.force_login(scene.board)
    return client


def page(nomination, rest=""):
    return f"{QUEUE}{nomination.pk}/{rest}"


def words(response):
    assert response.status_code == 200
    return response.content.decode()


def at_board(scene, **fields):
    nomination = endorsed(scene, **fields)
    DossierItemFactory.create(
        rule_set=nomination.rule_set, form=scene.form, document=Document.MINUTES
    ) if not nomination.rule_set.dossieritem_set.exists() else None
    return nomination


def another(scene):
    return at_board(scene, unit=VillageFactory(parent=scene.commune), proposer=scene.commune)


def test_the_queue_holds_what_lies_at_the_own_desk(client, scene):
    at_district = submitted(scene)
    client.force_login(scene.district_leader)
    assert at_district.name in words(client.get(QUEUE))

    client.force_login(scene.board)
    assert at_district.name not in words(client.get(QUEUE))


def test_the_queue_tells_what_is_found_in_letters_and_words(board, scene):
    at_board(scene)

    text = words(board.get(QUEUE))

    assert ">Q1<" in text
    assert "1 cần quyết định" in text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"ket_luan": "co"}, 1),
        ({"ket_luan": "chua"}, 1),
        ({"ket_luan": "refuse"}, 1),
        ({"ket_luan": "pass"}, 0),
        ({"q": "khong co ai"}, 0),
        ({"trang_thai": "submitted"}, 2),
    ],
)
def test_the_queue_is_filtered_in_the_address(board, scene, asked, found):
    set_verdict(at_board(scene), "refuse", by=scene.board, reason="Chưa đủ")
    another(scene)

    response = board.get(QUEUE, asked)

    assert len(response.context["lines"]) == found


def test_the_queue_costs_the_same_for_any_number_of_rows(board, scene):
    counts = []
    at_board(scene)
    for more in (0, 2):
        for _ in range(more):
            another(scene)
        with CaptureQueriesContext(connection) as queries:
            board.get(QUEUE)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_the_queue_is_taken_away_with_its_findings(board, scene):
    nomination = at_board(scene)

    [row] = csv_rows(board.get(f"{QUEUE}bang.csv"))

    assert row["Số hồ sơ"] == str(nomination.pk)
    assert "Hồ sơ còn thiếu: biên bản" in row["Nội dung"]
    assert LogEntry.objects.filter(action="export_nomination").exists()


def test_one_dossier_shows_findings_papers_and_what_waits(board, scene):
    nomination = at_board(scene)
    hold(nomination, "press", by=scene.board, reason="Báo nêu ngày 1/11")
    ask_opinion(nomination, "Cục Thuế", by=scene.board, asked_on=TODAY)

    text = words(board.get(page(nomination)))

    assert "Báo nêu ngày 1/11" in text
    assert "còn thiếu" in text
    assert "Cục Thuế" in text
    assert "Ghi kết luận" in text


def test_the_proposer_reads_the_findings_and_decides_nothing(client, scene):
    nomination = at_board(scene)
    client.force_login(scene.commune_leader)

    text = words(client.get(page(nomination)))

    assert "Hồ sơ còn thiếu" in text
    assert "Vẫn cho đi tiếp" not in text
    assert "Ghi kết luận" not in text


def test_a_finding_is_set_aside_on_the_page(board, scene):
    nomination = at_board(scene)
    [found] = [each for each in findings_of(nomination, today=TODAY) if each.stops]
    told = {"code": found.code, "mark": found.mark, "reason": "Có bản giấy"}

    text = words(board.post(page(nomination, "quyet-dinh/"), told, follow=True))

    assert "Cho đi tiếp: Có bản giấy" in text
    assert Override.objects.get().by == scene.board


def test_holds_and_opinions_are_written_on_the_page(board, scene):
    nomination = at_board(scene)
    board.post(page(nomination, "tam-dung/"), {"kind": "press", "reason": "Báo nêu"})
    board.post(
        page(nomination, "hiep-y/"), {"body": "Cục Thuế", "asked_on": "24/11/2023", "due_on": ""}
    )
    [until], [asked] = nomination.holds.all(), nomination.consultations.all()

    board.post(page(nomination, f"tam-dung/{until.pk}/bo/"), {"reason": "Xong"})
    board.post(
        page(nomination, f"hiep-y/{asked.pk}/"),
        {"outcome": "agrees", "answered_on": "24/11/2023", "note": ""},
    )

    assert nomination.holds.get().lift_reason == "Xong"
    assert nomination.consultations.get().outcome == "agrees"


@pytest.mark.parametrize(
    "rest", ["ket-luan/", "quyet-dinh/", "tam-dung/", "hiep-y/", "tam-dung/1/bo/", "hiep-y/1/"]
)
def test_a_neighbour_reaches_no_part_of_a_dossier(client, scene, rest):
    nomination = at_board(scene)
    client.force_login(person(Role.LEADER, CommuneFactory(parent=scene.district)))

    assert client.get(page(nomination)).status_code == 404
    assert client.post(page(nomination, rest)).status_code == 404


def test_a_hold_of_another_dossier_is_not_found(board, scene):
    other = another(scene)
    until = hold(other, "press", by=scene.board, reason="Báo nêu")

    response = board.post(page(at_board(scene), f"tam-dung/{until.pk}/bo/"), {"reason": "Xong"})

    assert response.status_code == 404


def test_verdicts_for_several_are_shown_and_applied_at_once(board, scene):
    rows = [at_board(scene), another(scene)]
    told = {"ho_so": [row.pk for row in rows], "verdict": "refuse", "reason": "Chưa đủ"}
    board.post(f"{QUEUE}ket-luan/", told)
    shown = board.get(f"{QUEUE}ap-dung/")
    marks = [line.pending.mark for line in shown.context["lines"]]
    assert all(row.name in words(shown) for row in rows)

    board.post(f"{QUEUE}ap-dung/", {"ket_luan": marks})

    for row in rows:
        row.refresh_from_db()
        assert row.state == NominationState.REFUSED


def test_a_verdict_changed_in_another_window_is_shown_again(board, scene):
    nomination = at_board(scene)
    shown = set_verdict(nomination, "refuse", by=scene.board, reason="Chưa đủ")
    set_verdict(nomination, "return", by=scene.board, reason="Bổ sung")

    response = board.post(f"{QUEUE}ap-dung/", {"ket_luan": [shown.mark]})

    assert "vừa được sửa hoặc áp dụng" in words(response)
    nomination.refresh_from_db()
    assert nomination.state == NominationState.SUBMITTED


@pytest.mark.parametrize("keys", [[], ["abc"], ["9" * 40], ["-1"]])
def test_nothing_comes_of_numbers_that_name_nothing(board, scene, keys):
    at_board(scene)

    told = {"ho_so": keys, "verdict": "refuse", "reason": "Chưa đủ"}
    assert "Hãy chọn ít nhất một hồ sơ" in words(board.post(f"{QUEUE}ket-luan/", told, follow=True))
    assert not PendingVerdict.objects.exists()


def test_appraisals_are_taken_back_with_one_reason(board, scene):
    nomination = appraised(scene)

    board.post(f"{QUEUE}bo-ket-qua/", {"ho_so": [nomination.pk], "reason": "Xem lại"})

    nomination.refresh_from_db()
    assert nomination.state == NominationState.SUBMITTED


def test_a_verdict_is_noted_and_taken_back_on_the_page(board, scene):
    nomination = endorsed(scene)
    board.post(page(nomination, "ket-luan/"), {"verdict": "pass"})
    assert "Chờ áp dụng" in words(board.get(page(nomination)))

    board.post(page(nomination, "ket-luan/"), {"bo": "1"})

    assert not PendingVerdict.objects.exists()


def test_two_reports_are_read_by_who_may_see_both(client, scene):
    one = endorsed(scene)
    two = drafted(scene, unit=VillageFactory(parent=scene.commune), proposer=scene.commune)
    url = f"/khen-thuong/de-nghi/{one.pk}/giong/{two.pk}/"

    client.force_login(scene.board)
    assert client.get(url).status_code == 404
    client.force_login(scene.commune_leader)
    assert "<mark>" in words(client.get(url))
