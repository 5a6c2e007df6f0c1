"""Việc của tôi: what the council agreed to and what waits for its decision."""

import pytest

from config import clock
from reports.queries.decision_tasks import decision_tasks
from reports.queries.tasks import tasks_for
from tests.factories.campaign import CampaignFactory
from tests.factories.decisions import a_lawful_scene, brought_to, decided, sent_submission
from tests.factories.units import VillageFactory
from units.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(stop_clock):
    stop_clock(2023, 11, 24, 9)


def titles(user):
    return [task.title for task in decision_tasks(User.objects.get(pk=user.pk))]


def test_the_keeper_is_told_what_waits_and_nobody_else(client):
    scene = a_lawful_scene(CampaignFactory())
    assert titles(scene.board) == []
    submission = sent_submission(scene)
    for _ in range(2):
        brought_to(scene, "voted", unit=VillageFactory(parent=scene.commune))

    assert titles(scene.board) == [
        "2 hồ sơ Hội đồng đã thông qua, chờ lập tờ trình",
        "1 hồ sơ chờ nhập quyết định",
    ]
    assert titles(scene.commune_leader) == titles(scene.district_leader) == []
    found = tasks_for(User.objects.get(pk=scene.board.pk), scene.round.campaign, clock.now())
    assert titles(scene.board)[0] in [task.title for task in found]
    client.force_login(scene.board)
    assert titles(scene.board)[0] in client.get("/viec-cua-toi/").content.decode()

    decided(scene, submission=submission)
    assert len(titles(scene.board)) == 1
