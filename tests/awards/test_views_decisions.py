"""The pages of tờ trình and decisions: from ready groups to the decision, and who sees what."""

from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from awards.models import Decision, Presentation, Submission
from config import clock
from tests.factories.campaign import CampaignFactory
from tests.factories.decisions import (
    NUMBER,
    a_lawful_scene,
    a_person,
    brought_to,
    decided,
    keeper,
    sent_submission,
)
from tests.factories.units import (
    CommuneFactory,
    SuccessionFactory,
    VillageFactory,
    person,
)
from tests.tables import csv_rows
from units.kinds import Role
from units.models import LogEntry, Succession

pytestmark = pytest.mark.django_db
SUBMISSIONS, DECISIONS = "/khen-thuong/to-trinh/", "/khen-thuong/quyet-dinh/"
TYPED = {"number": NUMBER, "decided_on": "24/11/2023", "signer": "Lê Ký", "fund": "Quỹ tỉnh"}


@pytest.fixture(autouse=True)
def _now(stop_clock):
    stop_clock(2023, 11, 24, 9)


@pytest.fixture
def scene(client):
    scene = a_lawful_scene(CampaignFactory())
    client.force_login(scene.board)
    return scene


def words(response):
    assert response.status_code == 200
    return " ".join(unescape(response.content.decode()).split())


def test_from_a_ready_group_to_a_numbered_submission(client, scene):
    nomination = brought_to(scene, "voted")
    page = words(client.get(SUBMISSIONS))
    assert "Chờ lập tờ trình" in page
    assert nomination.name in page

    url = reverse("awards:submission_add", args=[scene.round.pk])
    answer = client.post(url, {"nominations": [nomination.pk], "addressee": "Chủ tịch"})
    draft = Submission.objects.get()
    assert answer.url == draft.get_absolute_url()
    assert "Ghi số, ngày tờ trình đã ký" in words(client.get(answer.url))

    told = {"number": "7/TTr", "dated_on": "24/11/2023"}
    page = words(client.post(f"{answer.url}trinh/", told, follow=True))

    assert "hồ sơ chuyển sang chờ quyết định" in page
    assert "Nhập quyết định" in page
    assert "Chờ lập tờ trình" not in words(client.get(SUBMISSIONS))


def test_a_draft_is_changed_on_its_form_and_removed(client, scene):
    nomination = brought_to(scene, "voted")
    other = brought_to(scene, "voted", unit=VillageFactory(parent=scene.commune))
    url = reverse("awards:submission_add", args=[scene.round.pk])
    draft = client.post(url, {"nominations": [nomination.pk]}).url
    assert "Chọn ít nhất một hồ sơ." in words(client.post(f"{draft}sua/", {"addressee": "A"}))

    client.post(f"{draft}sua/", {"nominations": [other.pk], "addressee": "Ủy ban"})
    assert "Ủy ban" in words(client.get(draft))

    client.post(f"{draft}xoa/")
    assert not Submission.objects.exists()


def test_what_may_not_be_mixed_is_told_on_the_page(client, scene):
    rows = [brought_to(scene, "voted"), brought_to(
        scene, "voted", unit=VillageFactory(parent=scene.commune), award_type="merit")]  # fmt: skip
    url = reverse("awards:submission_add", args=[scene.round.pk])

    page = words(client.post(url, {"nominations": [row.pk for row in rows]}, follow=True))

    assert "Hãy lập 2 tờ trình" in page


def test_a_decision_is_shown_first_and_written_when_confirmed(client, scene):
    submission = sent_submission(scene)
    nomination = submission.lines.get().nomination
    url = reverse("awards:decision_add", args=[submission.pk])
    assert "Số và ngày chỉ nhập một lần, sau đó không sửa được" in words(client.get(url))
    told = TYPED | {"nominations": [nomination.pk]}

    page = words(client.post(url, told))
    assert "2 × 1.800.000 = 3.600.000 đồng" in page
    assert not Decision.objects.exists()

    page = words(client.post(url, told | {"confirm": "1"}, follow=True))
    assert "Đã nhập Quyết định số 15/QĐ-UBND." in page
    assert "3.600.000" in page


def test_a_refused_decision_says_why_and_keeps_what_was_typed(client, scene):
    submission = sent_submission(scene)
    url = reverse("awards:decision_add", args=[submission.pk])
    told = {"nominations": [submission.lines.get().nomination_id], "confirm": "1"}

    page = words(client.post(url, TYPED | told | {"decided_on": "25/11/2023"}))

    assert "25/11/2023 chưa đến" in page
    assert 'value="Lê Ký"' in page
    assert not Decision.objects.exists()


def test_the_form_asks_to_which_part_of_a_split_unit_a_candidate_belongs(client, scene):
    halves = CommuneFactory.create_batch(2, parent=scene.district, valid_from=date(2023, 11, 20))
    nomination = brought_to(scene, "voted")
    submission = sent_submission(scene, nomination)
    scene.commune.valid_to = date(2023, 11, 20)
    scene.commune.save()
    for half in halves:
        SuccessionFactory(
            predecessor=scene.commune, successor=half, way=Succession.Way.SPLIT, share="0.5"
        )
    url = reverse("awards:decision_add", args=[submission.pk])
    told = TYPED | {"nominations": [nomination.pk], "confirm": "1"}

    assert "hãy chọn đơn vị nhận" in words(client.post(url, told))
    page = words(client.post(url, told | {f"unit_{nomination.pk}": halves[0].pk}, follow=True))

    assert f"Kế thừa {scene.commune.name}" in page


def test_handing_over_and_taking_back_on_the_page(client, scene):
    decision = decided(scene)
    line, url = decision.lines.get(), decision.get_absolute_url()
    client.post(f"{url}trao/", {"lines": [line.pk], "presented_on": "24/11/2023"})
    assert Presentation.objects.get().line == line

    told = {"lines": [line.pk], "number": "20/QĐ", "decided_on": "24/11/2023", "signer": "Lê Ký"}
    assert "Lý do" in words(client.post(f"{url}huy-bo/", told, follow=True))
    page = words(client.post(f"{url}huy-bo/", told | {"reason": "Kê khai sai"}, follow=True))

    assert "Tiền thu hồi: <strong>3.600.000 đồng" in page
    assert "đã hủy bỏ" in words(client.get(url))
    assert "Chưa trao" not in page
    assert "đã hủy bỏ" in words(client.get("/khen-thuong/"))


@pytest.mark.parametrize("typed", ["15", "15/qd", "qđ ubnd"])
def test_decisions_are_found_by_number_without_marks(client, scene, typed):
    decision = decided(scene)

    assert decision.get_absolute_url() in words(client.get(DECISIONS, {"so": typed}))
    assert "Không có quyết định nào khớp" in words(client.get(DECISIONS, {"so": "16"}))


def test_lists_are_taken_away(client, scene):
    decision = decided(scene, brought_to(scene, "voted", **a_person(scene, name="Lê Thị Mới")))

    (row,) = csv_rows(client.get(f"{SUBMISSIONS}bang.csv"))
    assert row["Số tờ trình"] == "7/TTr-BTĐKT"
    (row,) = csv_rows(client.get(f"{DECISIONS}bang.csv"))
    assert row["Số quyết định"] == NUMBER
    (row,) = csv_rows(client.get(f"{decision.get_absolute_url()}bang.csv"))
    assert (row["Tên"], row["Tiền thưởng"]) == ("Lê Thị Mới", row["Tiền thưởng"])
    assert LogEntry.objects.get(action="export_decisionline").by == scene.board


# Who sees what


@pytest.mark.parametrize("level", ["province", "district", "commune"])
def test_a_decision_is_seen_by_its_unit_or_the_board_alone(client, level):
    codes = {"province": "BK-TINH", "district": "GK-HUYEN", "commune": "GK-XA"}
    scene = a_lawful_scene(CampaignFactory(), code=codes[level], level=level)
    decision = decided(scene)
    readers = {
        "province": [scene.board],
        "district": [scene.district_leader, person(Role.REPORTER, scene.district)],
        "commune": [scene.commune_leader, person(Role.REPORTER, scene.commune)],
    }
    everybody = [reader for each in readers.values() for reader in each]
    for user in everybody:
        client.force_login(user)
        sees = user in readers[level]
        status = client.get(decision.get_absolute_url()).status_code
        assert status == (200 if sees else 404), user
        assert (NUMBER in words(client.get(DECISIONS))) == sees


@pytest.mark.parametrize(
    "name", ["submission_send", "submission_remove", "decision_present", "decision_revoke"]
)
def test_a_stranger_posts_nothing(client, scene, name):
    submission = sent_submission(scene)
    decision = decided(scene, submission=submission)
    client.force_login(scene.commune_leader)
    pk = decision.pk if name.startswith("decision") else submission.pk

    assert client.post(reverse(f"awards:{name}", args=[pk])).status_code == 404


def test_a_reader_is_offered_nothing_to_do(client):
    scene = a_lawful_scene(CampaignFactory(), code="GK-XA", level="commune")
    decision = decided(scene)
    client.force_login(person(Role.REPORTER, scene.commune))

    page = words(client.get(decision.get_absolute_url()))

    assert "Ghi đã trao thưởng" not in page
    assert "Nhập quyết định hủy bỏ" not in page


@pytest.mark.parametrize("number", [1, 3])
def test_pages_cost_the_same_for_any_number_of_rows(
    client, scene, number, django_assert_max_num_queries
):
    rows = [
        brought_to(scene, "voted", unit=VillageFactory(parent=scene.commune)) for _ in range(number)
    ]
    submission = sent_submission(scene, *rows)
    decision = decided(scene, submission=submission)
    client.get(SUBMISSIONS)

    for url, most in (
        (SUBMISSIONS, 14),
        (submission.get_absolute_url(), 14),
        (DECISIONS, 12),
        (decision.get_absolute_url(), 16),
        ("/khen-thuong/quy-thuong/", 11),
        ("/khen-thuong/thong-ke/", 12),
        ("/vinh-danh/", 10),
    ):
        with django_assert_max_num_queries(most):
            client.get(url)


def test_the_keeper_of_an_ended_districts_round_is_the_board(client, stop_clock):
    stop_clock(2025, 6, 30, 9)
    scene = a_lawful_scene(CampaignFactory(), code="GK-HUYEN", level="district")
    submission = sent_submission(scene)
    assert keeper(scene) == scene.district_leader
    scene.district.valid_to = date(2025, 7, 1)
    scene.district.save()
    stop_clock(2025, 7, 2, 9)
    client.force_login(scene.board)
    url = reverse("awards:decision_add", args=[submission.pk])
    told = TYPED | {"nominations": [submission.lines.get().nomination_id], "confirm": "1"}

    page = words(client.post(url, told | {"decided_on": "01/07/2025"}))
    assert "chỉ đến hết 30/06/2025" in page
    client.post(url, told | {"decided_on": "30/06/2025"})

    assert Decision.objects.get().decided_on == date(2025, 6, 30)
    assert clock.today() == date(2025, 7, 2)
