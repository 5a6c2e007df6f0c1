"""Members, secretaries and the closing at once, on PostgreSQL: sums equal votes, always."""

import os
import signal

import psycopg2
import pytest
from django.db import OperationalError, connection, connections, transaction

from awards import actions
from awards.ballot_box import BallotBoxes, Sums
from awards.models import Case, Nomination, Vote
from awards.paper import paper_mark
from config.workflow import RuleViolation
from tests.factories.awards import RoundFactory, RoundFormFactory
from tests.factories.council import (
    WHEN,
    CouncilFactory,
    CouncilMemberFactory,
    Sitting,
    agreed,
    attended,
    ballot,
    opened,
    sheet,
    voted,
)
from tests.factories.nominations import a_scene, drafted
from tests.factories.units import CommuneFactory, person
from tests.journeys.processes import PATIENCE, running
from tests.parallel import at_once
from units.kinds import Role

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def scene(transactional_db, stop_clock):
    if connection.vendor != "postgresql":
        pytest.skip("several writers at once need PostgreSQL")
    stop_clock(2023, 12, 14, 9)
    return a_scene()


def refusals(results):
    return [each for each in results if isinstance(each, RuleViolation)]


def sums(session):
    opener = BallotBoxes(session.pk)
    return [opener.open(case) for case in session.cases.order_by("pk")]


def assert_sums_equal_votes(session):
    ways = Vote.objects.filter(seat__session=session, way="screen").count()
    assert {each.ballots for each in sums(session)} == {ways}


def test_a_member_who_votes_four_times_at_once_has_voted_once(scene):
    sitting = opened(scene, cases=3)
    user = sitting.users[0]
    full = sheet(sitting.session, user)

    results = at_once(*(lambda: actions.vote(sitting.session, full, by=user) for _ in range(4)))

    assert len(refusals(results)) == 3
    assert sums(sitting.session) == [Sums(1), Sums(1), Sums(1)]


def test_everybody_votes_at_once_and_no_vote_is_lost(scene):
    sitting = opened(scene, cases=3, members=8)

    results = at_once(*(lambda user=user: ballot(sitting, user) for user in sitting.users))

    assert not refusals(results)
    assert sums(sitting.session) == [Sums(8)] * 3


@pytest.mark.parametrize("attempt", range(3))
def test_votes_while_the_session_closes_count_whole_or_not_at_all(scene, attempt):
    sitting = agreed(voted(opened(scene, cases=2, members=6), "++"))
    late = sitting.users[2:]

    def close():
        return actions.close_session(sitting.session, by=sitting.board, despite_missing=True)

    results = at_once(close, *(lambda user=user: ballot(sitting, user) for user in late))

    assert not isinstance(results[0], RuleViolation)
    counted = 2 + len(late) - len(refusals(results))
    assert Vote.objects.count() == counted
    assert set(sitting.session.cases.values_list("votes_for", flat=True)) == {counted}


def test_two_who_close_at_once_close_once(scene):
    sitting = agreed(voted(opened(scene), "+++++"))
    other = person(Role.BOARD, sitting.board.seats()[0].unit)

    results = at_once(
        *(
            lambda by=by: actions.close_session(sitting.session, by=by)
            for by in (scene.board, other)
        )
    )

    assert len(refusals(results)) == 1
    nomination = Nomination.objects.get()
    assert nomination.steps.filter(name="pass").count() == 1


def test_of_two_secretaries_who_enter_paper_at_once_one_is_told(scene):
    sitting = opened(scene, written=2)
    other = person(Role.BOARD, sitting.board.seats()[0].unit)
    seats = list(sitting.session.seats.filter(presence="written"))
    key, seen = sitting.session.cases.get().pk, paper_mark(sitting.session)

    def enter(by, told):
        return actions.enter_paper(sitting.session, seats, {key: told}, by=by, seen=seen)

    results = at_once(lambda: enter(scene.board, Sums(2)), lambda: enter(other, Sums(0, 2)))

    (refused,) = refusals(results)
    assert "đã sửa phiếu giấy" in refused.args[0]
    assert sum(Case.objects.values_list("paper_for", "paper_against").get()) == 2


def test_a_screen_vote_and_a_paper_ballot_of_one_member_at_once_are_one(scene):
    sitting = opened(scene, written=1)
    seat, user = sitting.session.seats.get(presence="written"), sitting.users[-1]
    key, seen = sitting.session.cases.get().pk, paper_mark(sitting.session)

    results = at_once(
        lambda: ballot(sitting, user),
        lambda: actions.enter_paper(
            sitting.session, [seat], {key: Sums(1)}, by=scene.board, seen=seen
        ),
    )

    assert len(refusals(results)) == 1
    seat.refresh_from_db()
    assert seat.on_paper != Vote.objects.filter(seat=seat).exists()


def district_session(scene):
    """A second council that votes in the same hour: the district's, on its own round."""
    by = scene.district_leader
    round = RoundFormFactory(
        round=RoundFactory(campaign=scene.round.campaign, unit=scene.district), form=scene.form
    ).round
    actions.take_round_step(round, "open", by=by)
    unit = CommuneFactory(parent=scene.district)
    row = drafted(scene, offer=round.offers.get(), unit=unit, proposer=scene.commune)
    row = actions.take_nomination_step(row, "submit", by=scene.commune_leader)
    row = actions.take_nomination_step(row, "appraise", by=by)
    council = CouncilFactory(unit=scene.district)
    users = [
        CouncilMemberFactory(council=council, post=post).user
        for post in ("chair", "member", "member", "member")
    ]
    session = actions.convene_session(council, round, [row], by=by, held_at=WHEN, place="Huyện")
    sitting = attended(Sitting(session, by, users))
    actions.open_voting(session, by=by)
    return sitting


def test_two_councils_vote_at_once_without_waiting_for_ever_or_mixing(scene):
    one = opened(scene, cases=2, members=4)
    other = district_session(scene)

    results = at_once(
        *(lambda user=user: ballot(one, user, "for") for user in one.users),
        *(lambda user=user: ballot(other, user, "against") for user in other.users),
    )

    assert not refusals(results)
    assert sums(one.session) == [Sums(4), Sums(4)]
    assert sums(other.session) == [Sums(0, 4)]


# Killed on the way

VOTER = """
import django, sys, time
django.setup()
from django.db import transaction
from awards import actions
from awards.models import Session
from units.models import User
session, user, key, when = sys.argv[1:]
with transaction.atomic():
    actions.vote(Session.objects.get(pk=session), {int(key): "for"}, by=User.objects.get(pk=user))
    if when == "before":
        print("voted", flush=True)
        time.sleep(60)
print("voted", flush=True)
time.sleep(60)
"""


@pytest.mark.parametrize(("when", "counted"), [("before", 0), ("after", 1)])
def test_a_process_killed_around_the_commit_leaves_a_whole_vote_or_none(scene, when, counted):
    sitting = opened(scene)
    user, key = sitting.users[0], sitting.session.cases.get().pk
    arguments = [str(each) for each in (sitting.session.pk, user.pk, key, when)]

    with running("-c", VOTER, *arguments) as process:
        assert process.stdout.readline().strip() == "voted"
        os.kill(process.pid, signal.SIGKILL)
        process.wait(PATIENCE)

    gone(sitting)
    assert Vote.objects.count() == counted
    assert_sums_equal_votes(sitting.session)
    if not counted:
        ballot(sitting, user)
        assert sums(sitting.session) == [Sums(1)]


def gone(sitting):
    """The dead process's transaction has ended: its lock is free."""
    with transaction.atomic():
        type(sitting.session).objects.select_for_update().get(pk=sitting.session.pk)


def test_a_connection_cut_before_the_commit_leaves_no_vote(scene):
    sitting = opened(scene)

    @transaction.atomic
    def vote_and_lose_the_line():
        ballot(sitting, sitting.users[0])
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    def cut_off():
        with pytest.raises((OperationalError, psycopg2.Error)):
            vote_and_lose_the_line()
        return True

    assert at_once(cut_off) == [True]
    assert not Vote.objects.exists()
    assert sums(sitting.session) == [Sums()]
