"""The pages of the council: councils and members, convening, one session for each reader."""

from html import unescape

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards import actions
from awards.models import Council, CouncilMember, Session
from tests.factories.council import (
    CouncilMemberFactory,
    a_council,
    attended,
    closed,
    convened,
    nominated,
    opened,
    voted,
)
from tests.factories.nominations import a_scene, appraised
from tests.factories.units import CommuneFactory, UserFactory, person
from tests.tables import csv_rows
from units.kinds import Role
from units.models import LogEntry

pytestmark = pytest.mark.django_db
LIST = "/khen-thuong/hoi-dong/"


@pytest.fixture(autouse=True)
def _now(stop_clock):
    stop_clock(2023, 12, 14, 9)


@pytest.fixture
def scene(client):
    scene = a_scene()
    client.force_login(scene.board)
    return scene


def words(response):
    assert response.status_code == 200
    return " ".join(unescape(response.content.decode()).split())


def url(name, *args):
    return reverse(f"awards:{name}", args=args)


# Councils and members


def test_the_board_makes_the_council_of_the_province_with_its_members(client, scene):
    assert "Lập Hội đồng" in words(client.get(LIST))
    told = {"name": "Hội đồng TĐKT tỉnh", "confidence": "partial"}
    page = words(client.post(url("council_add"), told, follow=True))
    assert "Đã lưu Hội đồng TĐKT tỉnh" in page
    council = Council.objects.get()
    user = UserFactory()
    told = {"name": "Trần  Thị Bình", "post": "chair", "place": "1", "starts": "01/01/2023",
            "account": user.username}  # fmt: skip

    page = words(client.post(url("member_add", council.pk), told, follow=True))

    assert "Trần Thị Bình" in page
    assert "chưa có căn cứ" in page
    assert CouncilMember.objects.get().user == user
    assert not LogEntry.objects.filter(label__contains="Bình").exists()


def test_a_leader_makes_the_council_of_the_own_unit_only(client, scene):
    client.force_login(scene.district_leader)
    client.post(url("council_add"), {"name": "Hội đồng huyện", "confidence": "partial"})
    council = Council.objects.get()
    client.force_login(scene.commune_leader)

    assert council.unit == scene.district
    for name in ("council_edit", "member_add", "council"):
        assert client.get(url(name, council.pk)).status_code == 404


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"account": "khong-co"}, "Không có tài khoản đang hoạt động"),
        ({"post": "chair"}, "đã có Chủ tịch Hội đồng"),
        ({"ends": "01/01/2020"}, "Ngày hết phải sau ngày bắt đầu"),
    ],
)
def test_what_is_wrong_with_a_member_is_said(client, scene, told, why):
    council = a_council(scene, 1)
    typed = {"name": "A", "post": "member", "place": "1", "starts": "01/01/2023"} | told

    assert why in words(client.post(url("member_add", council.pk), typed))
    assert council.members.count() == 1


def test_one_account_sits_once_in_a_council(client, scene):
    council = a_council(scene, 2)
    first, second = council.members.all()
    told = {"name": "A", "post": "member", "place": "1", "starts": "01/01/2023"}

    page = words(
        client.post(url("member_edit", council.pk, second.pk),
                    told | {"account": first.user.username})
    )  # fmt: skip

    assert "đang là thành viên Hội đồng" in page


def test_nobody_gets_the_seat_of_another_while_a_vote_runs(client, scene):
    sitting = opened(scene)
    member = sitting.session.council.members.last()
    told = {"name": "A", "post": "member", "place": "1", "starts": "01/01/2023",
            "account": scene.board.username}  # fmt: skip

    page = words(client.post(url("member_edit", sitting.session.council.pk, member.pk), told))

    assert "đang bỏ phiếu nên không đổi tài khoản" in page


# Convening


def typed(*rows, **told):
    keys = [str(row.pk) for row in rows]
    return {"day": "20/12/2023", "hour": "08:00", "place": "Phòng họp số 1",
            "nominations": keys, **told}  # fmt: skip


def test_the_board_convenes_a_session_and_members_are_invited_without_names(
    client, scene, django_capture_on_commit_callbacks
):
    council, (row,) = a_council(scene, 3), nominated(scene, 1)
    assert "1 hồ sơ chờ đưa ra Hội đồng" in words(client.get(url("council", council.pk)))
    mail.outbox.clear()

    with django_capture_on_commit_callbacks(execute=True):
        page = words(
            client.post(url("session_convene", council.pk, scene.round.pk), typed(row), follow=True)
        )

    assert row.name in page
    row.refresh_from_db()
    assert row.state == "in_session"
    assert len(mail.outbox) == 3
    assert all(row.name not in letter.body for letter in mail.outbox)
    assert row.name not in words(client.get(url("session_invitation", Session.objects.get().pk)))


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"day": "01/12/2023"}, "đã qua"),
        ({"place": ""}, "Trường này"),
        ({"hour": "25:00"}, "Giờ họp"),
    ],
)
def test_a_session_is_not_convened_on_what_cannot_be(client, scene, told, why):
    council, (row,) = a_council(scene, 3), nominated(scene, 1)

    page = words(
        client.post(url("session_convene", council.pk, scene.round.pk), typed(row, **told))
    )

    assert why in page
    assert not Session.objects.exists()


def test_the_agenda_changes_before_the_vote_only(client, scene):
    sitting = convened(scene, cases=2)
    first, second = (case.nomination for case in sitting.session.cases.all())
    agenda = url("session_agenda", sitting.session.pk)

    client.post(agenda, typed(first))
    second.refresh_from_db()
    assert (second.state, sitting.session.cases.count()) == ("appraised", 1)
    client.post(agenda, typed(first, second))
    assert sitting.session.cases.count() == 2
    actions.open_voting(attended(sitting).session, by=scene.board)

    assert "đã mở bỏ phiếu" in words(client.post(agenda, typed(first)))
    assert sitting.session.cases.count() == 2


def test_a_session_that_is_called_off_gives_its_dossiers_back(client, scene):
    sitting = convened(scene)
    nomination = sitting.session.cases.get().nomination

    client.post(url("session_cancel", sitting.session.pk), {"reason": "Bão"})

    nomination.refresh_from_db()
    assert nomination.state == "appraised"
    assert not Session.objects.exists()


def test_presence_is_marked_on_one_page_and_opens_the_vote(client, scene):
    sitting = convened(scene)
    page = words(client.get(sitting.session.get_absolute_url()))
    assert "Còn 5 thành viên chưa điểm danh" in page
    told = {f"s{seat.pk}": "present" for seat in sitting.session.seats.all()}
    client.post(url("session_presence", sitting.session.pk), told)

    client.post(url("session_step", sitting.session.pk, "open"))

    assert sitting.fresh().state == "voting"
    assert client.post(url("session_step", sitting.session.pk, "close")).status_code == 404


# One session for each reader


def readers(sitting, scene):
    return {
        "board": scene.board,
        "member": sitting.users[0],
        "proposer": scene.commune_leader,
        "stranger": UserFactory(),
    }


@pytest.mark.parametrize("name", ["session", "session_screen", "session_invitation", "recusals"])
@pytest.mark.parametrize(
    ("who", "answer"), [("board", 200), ("member", 200), ("proposer", 404), ("stranger", 404)]
)
def test_a_session_is_read_by_who_keeps_it_and_who_is_invited(client, scene, name, who, answer):
    sitting = opened(scene)
    client.force_login(readers(sitting, scene)[who])

    assert client.get(url(name, sitting.session.pk)).status_code == answer


@pytest.mark.parametrize("name", ["session", "session_screen", "session_count"])
def test_no_page_shows_an_interim_result(client, scene, name):
    sitting = voted(opened(scene), "++-")

    page = words(client.get(url(name, sitting.session.pk)))

    assert "3/5" in page
    for told in ("đồng ý,", "không đồng ý", "Không đồng ý", "đạt<"):
        assert told not in page


def test_the_screen_refreshes_itself_until_the_results_stand(client, scene):
    sitting = closed(scene, "+++-0")
    response = client.get(url("session_screen", sitting.session.pk))

    assert "3 đồng ý, 1 không đồng ý, 1 không hợp lệ" in words(response)
    assert "Refresh" not in response


def test_the_minutes_are_read_once_the_session_is_closed(client, scene):
    sitting = closed(scene, "+++-0")

    page = words(client.get(url("session_minutes", sitting.session.pk)))

    assert "3/5 phiếu đồng ý (60%), cần ít nhất 3" in page
    assert sitting.fresh().sha256 in page


def test_there_are_no_minutes_of_a_vote_under_way(client, scene):
    sitting = opened(scene)

    assert client.get(url("session_minutes", sitting.session.pk)).status_code == 404


# Tables and numbers of queries


def test_members_sessions_and_results_are_taken_away(client, scene):
    sitting = closed(scene)
    session, council = sitting.session, sitting.session.council
    tables = [
        url("councils_download", ".csv"),
        url("council_download", council.pk, ".csv"),
        url("session_download", session.pk, ".csv"),
    ]

    sizes = [len(csv_rows(client.get(address))) for address in tables]

    assert sizes == [1, 5, 1]
    assert LogEntry.objects.filter(action="export_councilmember").exists()
    assert LogEntry.objects.filter(action="export_nomination").exists()


def test_pages_take_as_many_queries_for_three_cases_and_members_more_as_for_one(
    client, scene, django_assert_num_queries
):
    sitting = convened(scene, members=3)
    session = sitting.session
    pages = [session.get_absolute_url(), LIST, session.council.get_absolute_url()]
    numbers = [queries_of(client, page) for page in pages]
    for unit in CommuneFactory.create_batch(2, parent=scene.district):
        rows = [case.nomination for case in session.cases.all()]
        rows.append(appraised(scene, unit=unit, proposer=scene.commune))
        told = {"held_at": session.held_at, "place": session.place, "agenda": ""}
        actions.change_agenda(session, by=scene.board, nominations=rows, **told)
        member = CouncilMemberFactory(council=session.council)
        session.seats.create(member=member, name=member.name, post="member")

    for page, number in zip(pages, numbers, strict=True):
        with django_assert_num_queries(number):
            client.get(page)


def queries_of(client, page):
    client.get(page)
    with CaptureQueriesContext(connection) as asked:
        client.get(page)
    return len(asked)


def test_who_only_sits_in_a_council_finds_it_at_home(client, scene):
    sitting = convened(scene)
    client.force_login(sitting.users[1])

    assert "đọc 1 hồ sơ" in words(client.get(reverse("reports:home")))
    actions.open_voting(attended(sitting).session, by=scene.board)
    assert "bỏ phiếu" in words(client.get(reverse("reports:home")))
    voted(sitting._replace(users=[sitting.users[1]]), "+")
    assert "Phiên họp Hội đồng" not in words(client.get(reverse("reports:home")))


def test_the_council_has_its_door_for_those_who_keep_it(client, scene):
    client.force_login(person(Role.COUNCIL, scene.board.seats()[0].unit))

    assert LIST in words(client.get(reverse("reports:home")))
