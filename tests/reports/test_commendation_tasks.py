"""Việc của tôi: the dossiers, flags and rounds that wait for each person."""

from html import unescape

import pytest
from django.urls import reverse

from awards.actions import flag_candidate, take_nomination_step
from awards.models import Flag
from config import clock
from reports.queries.commendation import commendation_tasks
from tests.factories.nominations import a_scene, drafted, submitted
from tests.factories.units import DepartmentFactory, VillageFactory, person
from units.kinds import Role
from units.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(stop_clock):
    stop_clock(2023, 11, 24, 9)


@pytest.fixture
def scene():
    return a_scene()


def told(user):
    user = User.objects.get(pk=user.pk)
    return {task.title: task for task in commendation_tasks(user, clock.now())}


def test_an_open_round_waits_until_the_end_of_its_last_day(scene, stop_clock):
    title = f"Đề nghị khen thưởng: {scene.round.title}"
    for user in (scene.commune_leader, person(Role.REPORTER, scene.district)):
        assert told(user)[title].due == clock.now().replace(
            month=12, day=15, hour=23, minute=59, second=59
        )
    assert title not in told(scene.board)
    stop_clock(2023, 12, 16, 0)

    assert told(scene.commune_leader) == {}


def test_each_kind_of_work_is_one_task_with_its_list(client, scene):
    drafted(scene)
    village = VillageFactory(parent=scene.commune)
    sent = submitted(scene, unit=village, proposer=scene.commune)
    assert "1 hồ sơ khen thưởng đang lập, chưa trình" in told(scene.commune_leader)
    task = told(scene.district_leader)["1 hồ sơ khen thưởng chờ xem xét, chuyển lên"]
    client.force_login(scene.district_leader)
    assert list(client.get(task.url).context["page"]) == [sent]
    assert told(person(Role.REPORTER, scene.district)).keys() == {
        f"Đề nghị khen thưởng: {scene.round.title}"
    }

    take_nomination_step(sent, "endorse", by=scene.district_leader)
    assert "1 hồ sơ khen thưởng chờ thẩm định" in told(scene.board)

    take_nomination_step(sent, "return", by=scene.board, note="Bổ sung")
    assert told(scene.board) == {}
    title = "1 hồ sơ khen thưởng bị trả lại, cần sửa và trình lại"
    assert title in told(scene.commune_leader)


def test_a_flag_waits_for_the_unit_in_charge(scene):
    flag = Flag(unit=scene.commune, from_unit=scene.district, recipient="person", name="A",
                reason="B")  # fmt: skip
    flag_candidate(flag, by=scene.district_leader)

    assert "1 giới thiệu khen thưởng chờ trả lời" in told(scene.commune_leader)
    assert "1 giới thiệu khen thưởng chờ trả lời" not in told(scene.district_leader)


def test_home_shows_them_and_names_nobody(client, scene):
    nomination = drafted(scene, name="Tên Rất Riêng")
    client.force_login(scene.commune_leader)

    page = unescape(client.get(reverse("reports:home")).content.decode())

    assert "1 hồ sơ khen thưởng đang lập, chưa trình" in page
    assert nomination.name not in page


def test_others_are_asked_nothing(scene, django_assert_num_queries):
    viewer = person(Role.PROVINCE_VIEWER, DepartmentFactory(parent=scene.round.unit))
    viewer.seats()

    with django_assert_num_queries(0):
        assert list(commendation_tasks(viewer, clock.now())) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_tasks_cost_the_same_for_any_number_of_rows(scene, rows, django_assert_num_queries):
    for _ in range(rows):
        drafted(scene, unit=VillageFactory(parent=scene.commune), proposer=scene.commune)
    leader = User.objects.get(pk=scene.commune_leader.pk)

    with django_assert_num_queries(5):  # seats, what was taken over, and three questions
        assert len(list(commendation_tasks(leader, clock.now()))) == 2
