"""Every state × step × role × door of a nomination: what the table names happens, nothing else."""

from contextlib import contextmanager, suppress
from datetime import datetime
from typing import NamedTuple

import pytest
from django.contrib import admin
from django.db import transaction
from django.urls import reverse

from awards.actions import take_nomination_step
from awards.kinds import Verdict
from awards.models import Case, Nomination, NominationStep, PendingVerdict, Seat, Session
from awards.states import NominationState
from awards.steps import BY_ONE, NOMINATION_STEPS
from config.text import VIETNAM
from config.workflow import RuleViolation
from tests.factories.council import CouncilFactory, CouncilMemberFactory
from tests.factories.decisions import brought_to
from tests.factories.nominations import a_scene
from tests.factories.units import CommuneFactory, person
from units.kinds import Role
from units.models import User

pytestmark = pytest.mark.django_db

LEADER, ABOVE, BOARD = "leader", "above", "board"
ALLOWED = {
    "draft": {"submit": LEADER},
    "returned": {"submit": LEADER, "withdraw": LEADER},
    "below": {"withdraw": LEADER, "endorse": ABOVE, "return": ABOVE, "refuse": ABOVE},
    "submitted": {"withdraw": LEADER, "appraise": BOARD, "return": BOARD, "refuse": BOARD},
    "appraised": {
        "withdraw": LEADER,
        "return": BOARD,
        "refuse": BOARD,
        "take_back": BOARD,
        "post": BOARD,
        "table": BOARD,
    },
    "posted": {
        "withdraw": LEADER,
        "return": BOARD,
        "refuse": BOARD,
        "unpost": BOARD,
        "table": BOARD,
    },
    "in_session": {"untable": BOARD, "pass": BOARD, "fail": BOARD},
    "voted": {"propose": BOARD, "refuse": BOARD},
    "proposed": {"decide": BOARD, "refuse": BOARD},
    "decided": {"present": BOARD, "revoke": BOARD},
    "presented": {"revoke": BOARD},
    "withdrawn": {},
    "refused": {},
    "revoked": {},
}
"""By state the steps and who alone takes them; "below" is sent and still with the district."""
AT_PROPOSER = ("draft", "returned", "withdrawn")
VERDICTS = {
    "endorse": Verdict.PASS,
    "appraise": Verdict.PASS,
    "return": Verdict.RETURN,
    "refuse": Verdict.REFUSE,
}
"""What a verdict comes to when it is applied; passing on is one or the other step by the desk."""
AT_THE_DOORS = (LEADER, ABOVE, "another", BOARD)
"""Who tries the pages as well; the action itself is tried by everybody."""
WHY = "lý do"


class Setting(NamedTuple):
    nomination: Nomination
    people: dict[str, User]


def setting(place: str) -> Setting:
    """A nomination in the state, on the agenda of a council, and everybody who might try."""
    scene = a_scene()
    state = "submitted" if place == "below" else place
    desk = scene.commune if place in AT_PROPOSER else scene.round.unit
    desk = scene.district if place == "below" else desk
    nomination = brought_to(scene, state, desk=desk, rule_set=None)
    member = CouncilMemberFactory(council=CouncilFactory(unit=scene.round.unit))
    session = Session.objects.create(
        council=member.council, round=scene.round, place="Phòng họp",
        held_at=datetime(2023, 12, 20, 8, tzinfo=VIETNAM),
    )  # fmt: skip
    Seat.objects.create(session=session, member=member, name=member.name, post=member.post)
    Case.objects.create(session=session, nomination=nomination, position=1)
    office = scene.board.appointments.get().unit
    return Setting(
        nomination,
        {
            "reporter": person(Role.REPORTER, scene.commune),
            LEADER: scene.commune_leader,
            ABOVE: scene.district_leader,
            "another": person(Role.LEADER, CommuneFactory(parent=scene.district)),
            BOARD: scene.board,
            "member": member.user,
            "poverty desk": person(Role.POVERTY_DESK, office),
            "administrator": person(Role.ADMINISTRATOR, office),
        },
    )


@pytest.fixture(autouse=True)
def _now(stop_clock):
    stop_clock(2023, 11, 24, 9)


class _Back(Exception):
    """Ends a trial: what it wrote is undone."""


@contextmanager
def trial():
    try:
        with transaction.atomic():
            yield
            raise _Back
    except _Back:
        pass


def stands(row: Nomination) -> tuple:
    """All that a step writes."""
    found = Nomination.objects.filter(pk=row.pk).values_list("state", "desk", "appraised_at")
    return *found.get(), NominationStep.objects.filter(nomination=row).count()


def by_action(row, name, who, client):
    with suppress(RuleViolation):
        take_nomination_step(row, name, by=who, note=WHY)


def by_page(row, name, who, client):
    client.post(reverse("awards:nomination_step", args=[row.pk, name]), {"note": WHY})


def by_list(row, name, who, client):
    """The bulk pages of the appraisal: verdicts that are noted and applied, or one taken back."""
    chosen = {"ho_so": [row.pk], "reason": WHY}
    if name == "take_back":
        client.post(reverse("awards:appraisals_back"), chosen)
        return
    client.post(reverse("awards:appraisals_verdict"), chosen | {"verdict": VERDICTS[name]})
    marks = [each.mark for each in PendingVerdict.objects.all()] or ["x"]
    client.post(reverse("awards:appraisals_apply"), {"ket_luan": marks})


DOORS = {
    "action": (by_action, tuple(NOMINATION_STEPS)),
    "page": (by_page, BY_ONE),
    "list": (by_list, (*VERDICTS, "take_back")),
}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("place", ALLOWED)
def test_only_the_cells_of_the_table_move_a_nomination(place, door, client):
    found = setting(place)
    row, before = found.nomination, stands(found.nomination)
    act, names = DOORS[door]
    if door == "list":
        names = [name for name in names if name != ("appraise" if place == "below" else "endorse")]
    moved = set()
    for role, who in found.people.items():
        if door != "action" and role not in AT_THE_DOORS:
            continue
        client.force_login(who)
        for name in names:
            with trial():
                act(row, name, who, client)
                after = stands(row)
                if after != before:
                    moved.add((name, role))
                    assert after[0] == NOMINATION_STEPS[name].target
                    assert after[3] == before[3] + 1
                    assert row.steps.last().name == name

    assert moved == expected(place, door, names)


def expected(place: str, door: str, names) -> set:
    """What the table allows by the door; a list has only what waits for its verdict."""
    allowed = {(name, who) for name, who in ALLOWED[place].items() if name in names}
    if door == "list":
        waiting = place in ("submitted", "below")
        allowed = {(name, who) for name, who in allowed if waiting or name == "take_back"}
    return allowed


def test_the_table_knows_every_state_and_step():
    assert set(ALLOWED) - {"below"} == set(NominationState.values)
    assert {name for steps in ALLOWED.values() for name in steps} == set(NOMINATION_STEPS)


@pytest.mark.parametrize("name", [name for name in NOMINATION_STEPS if name not in BY_ONE])
def test_the_page_of_one_dossier_has_no_other_steps(name, client):
    found = setting("appraised")
    client.force_login(found.people[BOARD])
    address = reverse("awards:nomination_step", args=[found.nomination.pk, name])

    assert client.post(address, {"note": WHY}).status_code == 404


@pytest.mark.parametrize("model", [Nomination, NominationStep, PendingVerdict, Case])
def test_the_admin_has_no_door_to_a_state(model):
    assert model not in admin.site._registry
