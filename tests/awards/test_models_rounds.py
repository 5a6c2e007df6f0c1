"""Whose rounds a person sees: the province's, those of the own unit and of every unit above."""

from datetime import date

import pytest

from awards.models import Round
from awards.states import RoundState
from config import clock
from tests.factories.awards import RoundFactory
from tests.factories.campaign import CampaignFactory
from tests.factories.units import (
    CommuneFactory,
    DepartmentFactory,
    DistrictFactory,
    SuccessionFactory,
    UserFactory,
    VillageFactory,
    person,
)
from units.kinds import Role

pytestmark = pytest.mark.django_db
OPENS, DUE = date(2023, 11, 15), date(2023, 12, 15)
STAMPS = {
    RoundState.DRAFT: (),
    RoundState.OPEN: ("opened_at",),
    RoundState.CLOSED: ("opened_at", "closed_at"),
}


@pytest.fixture(autouse=True)
def _now(stop_clock):
    stop_clock(2023, 11, 24, 9)


def round_of(unit, state, campaign):
    stamps = dict.fromkeys(STAMPS[state], clock.now())
    return RoundFactory(
        campaign=campaign, unit=unit, state=state, kind="thematic", title=unit.kind, **stamps
    )


@pytest.fixture
def places():
    """A round of the province, a district and a commune, all in the state asked for."""
    campaign = CampaignFactory()
    district = DistrictFactory(parent=campaign.province)
    commune = CommuneFactory(parent=district)
    return {
        "campaign": campaign, "province": campaign.province, "district": district,
        "commune": commune, "village": VillageFactory(parent=commune),
        "sister": CommuneFactory(parent=district), "elsewhere": DistrictFactory(),
        "department": DepartmentFactory(parent=campaign.province),
    }  # fmt: skip


ALL, UPPER, TOP = {"province", "district", "commune"}, {"province", "district"}, {"province"}


@pytest.mark.parametrize("role", [Role.REPORTER, Role.LEADER])
@pytest.mark.parametrize("state", [RoundState.OPEN, RoundState.CLOSED])
@pytest.mark.parametrize(
    ("place", "seen"),
    [
        ("village", ALL), ("commune", ALL), ("sister", UPPER), ("district", UPPER),
        ("department", TOP), ("elsewhere", TOP),
    ],
)  # fmt: skip
def test_what_is_opened_is_seen_in_the_unit_and_below(places, role, state, place, seen):
    for name in ALL:
        round_of(places[name], state, places["campaign"])

    found = Round.objects.visible_to(person(role, places[place]))

    assert {round.title for round in found} == seen


@pytest.mark.parametrize(
    ("role", "place", "seen"),
    [
        (Role.BOARD, "department", {"province"}),
        (Role.LEADER, "district", {"district"}),
        (Role.LEADER, "commune", {"commune"}),
        (Role.REPORTER, "district", set()),
        (Role.PROVINCE_VIEWER, "province", set()),
        (Role.ADMINISTRATOR, "province", set()),
        (Role.COUNCIL, "department", set()),
    ],
)
def test_a_draft_is_seen_by_those_who_keep_it(places, role, place, seen):
    for name in ALL:
        round_of(places[name], RoundState.DRAFT, places["campaign"])
    user = person(role, places[place])

    assert {round.title for round in Round.objects.visible_to(user)} == seen
    assert {round.title for round in Round.objects.kept_by(user)} == seen


def test_everybody_signed_in_sees_the_provinces_rounds(places):
    round_of(places["province"], RoundState.OPEN, places["campaign"])

    assert Round.objects.visible_to(UserFactory()).count() == 1


def test_the_rounds_above_a_unit_that_was_taken_over_whole_stay_in_sight(places):
    old = CommuneFactory(parent=places["district"], valid_to=date(2023, 7, 1))
    new = SuccessionFactory(
        predecessor=old, successor__parent=places["elsewhere"], successor__valid_from=old.valid_to
    ).successor
    round_of(places["district"], RoundState.CLOSED, places["campaign"])

    assert Round.objects.visible_to(person(Role.REPORTER, new)).count() == 1


@pytest.mark.parametrize(
    ("state", "day", "receives"),
    [
        (RoundState.OPEN, date(2023, 11, 14), False),
        (RoundState.OPEN, date(2023, 11, 15), True),
        (RoundState.OPEN, date(2023, 12, 15), True),
        (RoundState.OPEN, date(2023, 12, 16), False),
        (RoundState.DRAFT, date(2023, 11, 15), False),
        (RoundState.CLOSED, date(2023, 11, 15), False),
    ],
)
def test_nominations_are_received_from_the_first_to_the_last_day(state, day, receives):
    assert Round(opens=OPENS, due=DUE, state=state).receives_on(day) == receives
