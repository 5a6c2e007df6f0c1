"""Whose households a commune knows by name once a village has moved."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from config import clock
from config.workflow import RuleViolation
from tests.factories.households import HouseholdFactory, as_csv, make_list, two_communes
from tests.factories.poverty import both_standards
from tests.factories.units import SuccessionFactory, VillageFactory, person
from units.actions import upload_import
from units.actions.households import save_household
from units.imports.kind import kind_of
from units.kinds import Role
from units.models import Import, Succession

pytestmark = pytest.mark.django_db
MOVED = date(2026, 1, 1)


@pytest.fixture(autouse=True)
def _clock(stop_clock):
    stop_clock(2026, 3, 2, 9)
    both_standards()


@pytest.fixture
def communes():
    return two_communes()


@pytest.fixture
def household(communes):
    return HouseholdFactory(
        code="0870700001",
        head="Triệu Thị Ngần",
        unit=communes[0][1][0],
        statuses={2024: "N", 2025: "CN"},
    )


def _names(client):
    return client.get(reverse("units:households")).content.decode()


@pytest.mark.parametrize("renamed_before", [False, True])
def test_a_village_that_moves_takes_its_households_to_the_other_commune(
    client, communes, household, renamed_before
):
    """The commune that it left neither reads nor writes them any more."""
    (old, [village, *_]), (new, _) = communes
    if renamed_before:
        village = _handed_over(village, old, MOVED - timedelta(days=365))
    heir = _handed_over(village, new, MOVED)
    page = reverse("units:household", args=[household.pk])

    client.force_login(person(Role.LEADER, old))
    assert client.get(page).status_code == 404
    assert household.head not in _names(client)
    told = _refusal_of_saving(household, person(Role.LEADER, old))
    assert "chỉ người lập báo cáo, lãnh đạo của chính xã, thôn đó" in told
    for seat in (new, heir):
        client.force_login(person(Role.LEADER, seat))
        assert client.get(page).status_code == 200
        assert household.head in _names(client)


def test_a_village_that_came_back_or_is_yet_to_move_stays_with_its_commune(
    client, communes, household
):
    (old, [village, *_]), (new, _) = communes
    back = _handed_over(_handed_over(village, new, MOVED), old, MOVED + timedelta(days=30))
    _handed_over(back, new, clock.today() + timedelta(days=30))

    client.force_login(person(Role.LEADER, old))

    assert client.get(reverse("units:household", args=[household.pk])).status_code == 200


def test_the_commune_that_a_village_left_brings_in_its_list_as_before(communes):
    (old, villages), (new, _) = communes
    _handed_over(villages[0], new, MOVED)
    leader = person(Role.LEADER, old)

    file = as_csv(make_list(villages[1:], 6))
    job = upload_import(kind_of("ho"), file, by=leader, options={"xa": old.pk})

    assert job.state == Import.State.WAITING, list(job.problems.all())


def _handed_over(village, commune, day):
    """The village goes on whole under the commune from that day on."""
    village.valid_to = day
    village.save()
    heir = VillageFactory(parent=commune, valid_from=day)
    way = Succession.Way.TRANSFER
    SuccessionFactory(predecessor=village, successor=heir, date=day, way=way)
    return heir


def _refusal_of_saving(household, by):
    with pytest.raises(RuleViolation) as refusal:
        save_household(household, by=by)
    return " ".join(refusal.value.args)
