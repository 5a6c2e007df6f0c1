"""Candidates pointed out: who may, who reads it, the two answers."""

from datetime import date
from html import unescape

import pytest
from django.core import mail
from django.urls import reverse

from awards import actions
from awards.models import Flag, Nomination
from config.workflow import RuleViolation
from tests.factories.nominations import a_scene
from tests.factories.units import CommuneFactory, DepartmentFactory, VillageFactory, person
from tests.tables import csv_rows
from units.kinds import Role
from units.models import LogEntry

pytestmark = pytest.mark.django_db
LIST, ADD = "/khen-thuong/gioi-thieu/", "/khen-thuong/gioi-thieu/lap/"


@pytest.fixture(autouse=True)
def _now(stop_clock):
    stop_clock(2023, 11, 24, 9)


@pytest.fixture
def scene():
    return a_scene()


@pytest.fixture
def front(scene):
    """Somebody of the Front, which is a department of the province."""
    return person(Role.REPORTER, DepartmentFactory(parent=scene.round.unit, subtype="mặt trận"))


def words(response):
    assert response.status_code == 200
    return " ".join(unescape(response.content.decode()).split())


def flagged(scene, by, **told):
    known = {"unit": scene.commune, "from_unit": by.seats()[0].unit, "recipient": "person"}
    known |= {"name": "Bà Lê Thị Quý", "reason": "Giúp mười hộ."}
    return actions.flag_candidate(Flag(**known | told), by=by)


def test_the_front_points_out_and_the_commune_takes_it(client, scene, front):
    client.force_login(front)
    village = VillageFactory(parent=scene.commune)
    told = {"unit_named": scene.commune.code, "recipient": "collective",
            "name": village.name, "reason": "Cả thôn giúp nhau."}  # fmt: skip
    page = words(client.post(ADD, told, follow=True))
    assert f"Đã giới thiệu tới {scene.commune}." in page
    assert "Lập hồ sơ đề nghị" not in page
    flag = Flag.objects.get()
    client.force_login(scene.commune_leader)
    assert "Lập hồ sơ đề nghị" in words(client.get(flag.get_absolute_url()))

    asked = {"hinh_thuc": scene.offer.pk, "doi_tuong": "collective", "don_vi": scene.commune.pk,
             "gioi_thieu": flag.pk}  # fmt: skip
    url = reverse("awards:nomination_begin", query=asked)
    assert f"Theo giới thiệu của {front.seats()[0].unit}" in words(client.get(url))
    client.post(url, {"ai": village.pk})

    flag.refresh_from_db()
    assert (flag.state, flag.nomination) == ("taken", Nomination.objects.get())
    assert client.post(url, {"ai": scene.commune.pk}).status_code == 404  # answered already


def test_declining_tells_why(client, scene, front):
    flag = flagged(scene, front)
    client.force_login(scene.commune_leader)
    url = reverse("awards:flag_decline", args=[flag.pk])

    page = words(client.post(url, {"answer": " "}, follow=True))
    assert "Cần ghi vì sao không lập hồ sơ." in page
    assert "Đã trả lời" in words(client.post(url, {"answer": "Đã khen năm 2022"}, follow=True))
    assert "đã được trả lời" in words(client.post(url, {"answer": "Lần nữa"}, follow=True))

    client.force_login(front)
    page = words(client.get(flag.get_absolute_url()))
    assert "Đã khen năm 2022" in page
    flag.refresh_from_db()
    assert (flag.state, flag.answered_by) == ("declined", scene.commune_leader)


def test_only_the_two_units_read_it(client, scene, front):
    flag = flagged(scene, front)
    others = (
        scene.district_leader,
        person(Role.LEADER, CommuneFactory(parent=scene.district)),
        person(Role.LEADER, DepartmentFactory(parent=scene.round.unit)),
    )
    for user in others:
        client.force_login(user)
        assert client.get(flag.get_absolute_url()).status_code == 404
        decline = reverse("awards:flag_decline", args=[flag.pk])
        assert client.post(decline, {"answer": "x"}).status_code == 404
        assert "Quý" not in words(client.get(LIST))
        assert csv_rows(client.get(f"{LIST}bang.csv")) == []


def test_the_sender_does_not_answer_for_the_unit_in_charge(scene, front):
    flag = flagged(scene, front)

    with pytest.raises(RuleViolation, match="mới trả lời được"):
        actions.decline_flag(flag, by=front, answer="Thôi")


def test_it_is_sent_in_the_own_name_to_a_unit_that_lives_and_proposes(scene, front):
    gone = CommuneFactory(parent=scene.district, valid_to=date(2023, 1, 1))
    for told, why in (
        ({"from_unit": scene.district}, "không giới thiệu thay được"),
        ({"unit": scene.round.unit}, "tỉnh không lập hồ sơ"),
        ({"unit": gone}, "không còn hoạt động"),
        ({"name": " "}, "Người, tập thể được giới thiệu"),
        ({"reason": ""}, "Thành tích"),
        ({"recipient": "dog"}, "Đối tượng"),
    ):
        with pytest.raises(RuleViolation, match=why):
            flagged(scene, front, **told)
    assert not Flag.objects.exists()


def test_a_doubtful_unit_is_asked_for_again(client, scene, front):
    client.force_login(front)
    told = {"recipient": "person", "name": "A", "reason": "B"}

    response = client.post(ADD, told | {"unit_named": "khong co xa nay"})
    assert "Không có đơn vị nào khớp" in response.context["form"].errors["unit_named"][0]
    assert not Flag.objects.exists()


def test_mail_and_log_name_nobody(scene, front, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        flagged(scene, front)

    (letter,) = mail.outbox
    assert letter.to == [scene.commune_leader.email]
    assert "Quý" not in letter.subject + letter.body
    entry = LogEntry.objects.get(action="flag_candidate")
    assert "Quý" not in f"{entry.label} {entry.changes} {entry.reason}"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_any_number_of_rows(
    client, scene, front, rows, django_assert_num_queries
):
    for _ in range(rows):
        flagged(scene, front)
    client.force_login(front)
    client.get(LIST)

    with django_assert_num_queries(8):
        response = client.get(LIST)

    assert len(response.context["page"]) == rows
