"""Votes on the screen and on paper: once, whole, by the member alone; two people for paper."""

import pytest

from awards import actions
from awards.ballot_box import BallotBoxes, Sums
from awards.models import Vote
from awards.paper import paper_mark
from config.workflow import RuleViolation, Stale
from tests.factories.council import (
    agreed,
    attended,
    ballot,
    convened,
    opened,
    sheet,
    voted,
)
from tests.factories.nominations import a_scene
from tests.factories.units import UserFactory, person
from units.kinds import Role
from units.models import LogEntry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(stop_clock):
    stop_clock(2023, 12, 14, 9)


@pytest.fixture
def scene():
    return a_scene()


def refused(act):
    with pytest.raises(RuleViolation) as refusal:
        act()
    return " ".join(refusal.value.args)


def sums(sitting):
    boxes = BallotBoxes(sitting.session.pk)
    return [tuple(boxes.open(case)) for case in sitting.session.cases.all()]


# On the screen


def test_a_ballot_is_added_to_the_box_of_each_case(scene):
    sitting = opened(scene, cases=2)
    first, second = sitting.session.cases.values_list("pk", flat=True)

    actions.vote(sitting.session, {first: "for", second: "against"}, by=sitting.users[0])
    actions.vote(sitting.session, {first: "for", second: "invalid"}, by=sitting.users[1])

    assert sums(sitting) == [(2, 0, 0), (0, 1, 1)]
    assert Vote.objects.filter(way="screen").count() == 2


def test_a_member_votes_once(scene):
    sitting = voted(opened(scene), "+")

    told = refused(lambda: ballot(sitting, sitting.users[0], "against"))

    assert told == "Bạn đã bỏ phiếu; mỗi thành viên bỏ phiếu một lần."
    assert sums(sitting) == [(1, 0, 0)]


@pytest.mark.parametrize("who", ["board", "stranger", "absent"])
def test_only_a_member_who_takes_part_votes(scene, who):
    sitting = opened(scene, absent=1)
    people = {"board": scene.board, "stranger": UserFactory(), "absent": sitting.users[-1]}

    refused(lambda: actions.vote(sitting.session, sheet(sitting.session, people[who]),
                                 by=people[who]))  # fmt: skip

    assert not Vote.objects.exists()


def test_nobody_votes_before_the_opening(scene):
    sitting = attended(convened(scene))

    assert "giai đoạn bỏ phiếu" in refused(lambda: ballot(sitting, sitting.users[0]))


def test_nobody_votes_after_the_closing(scene):
    sitting = agreed(voted(opened(scene), "++++"))
    actions.close_session(sitting.session, by=sitting.board, despite_missing=True)

    assert "giai đoạn bỏ phiếu" in refused(lambda: ballot(sitting, sitting.users[4]))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda choices: dict(list(choices.items())[:1]), "Còn 1 hồ sơ chưa chọn"),
        (lambda choices: {}, "Còn 2 hồ sơ chưa chọn"),
        (lambda choices: choices | {0: "for"}, "dòng không thuộc phiếu của bạn"),
        (lambda choices: dict.fromkeys(choices, "yes"), "dòng không thuộc phiếu của bạn"),
    ],
)
def test_a_sheet_is_whole_and_holds_nothing_else(scene, change, told):
    sitting = opened(scene, cases=2)
    user = sitting.users[0]

    words = refused(lambda: actions.vote(sitting.session, change(sheet(sitting.session, user)),
                                         by=user))  # fmt: skip

    assert told in words
    assert not Vote.objects.exists()


def test_who_is_recused_has_no_line_for_the_case(scene):
    sitting = convened(scene, cases=2)
    case = sitting.session.cases.first()
    seat = sitting.session.seats.get(member__user=sitting.users[1])
    actions.recuse(case, seat, by=sitting.users[1], reason="Là anh em ruột")
    seats = {each.pk: "present" for each in sitting.session.seats.all()}
    actions.mark_presence(sitting.session, seats, by=scene.board)
    actions.open_voting(sitting.session, by=scene.board)
    every = dict.fromkeys(sitting.session.cases.values_list("pk", flat=True), "for")

    assert "không thuộc phiếu" in refused(
        lambda: actions.vote(sitting.session, every, by=sitting.users[1])
    )
    ballot(sitting, sitting.users[1])

    assert sums(sitting) == [(0, 0, 0), (1, 0, 0)]


def test_a_vote_leaves_no_row_in_the_log(scene):
    sitting = opened(scene)
    before = LogEntry.objects.count()

    voted(sitting, "+-0")

    assert LogEntry.objects.count() == before


# On paper


@pytest.fixture
def on_paper(scene):
    """Five members, two of them in writing."""
    return opened(scene, written=2, cases=2)


def written(sitting):
    return list(sitting.session.seats.filter(presence="written"))


def counts(sitting, *told):
    return dict(zip(sitting.session.cases.values_list("pk", flat=True), told, strict=True))


def entered(sitting, *told, seats=None):
    seen = paper_mark(sitting.fresh())
    chosen = written(sitting) if seats is None else seats
    return actions.enter_paper(
        sitting.session, chosen, counts(sitting, *told), by=sitting.board, seen=seen
    )


def test_paper_ballots_count_once_a_second_person_confirmed(on_paper):
    session = entered(on_paper, Sums(2), Sums(1, 1))
    assert not Vote.objects.exists()

    actions.confirm_paper(session, by=on_paper.users[0], seen=paper_mark(session))

    assert Vote.objects.filter(way="paper").count() == 2
    assert on_paper.fresh().confirmed_by == on_paper.users[0]


@pytest.mark.parametrize("who", ["board", "stranger"])
def test_paper_is_confirmed_by_another_person_who_belongs_there(on_paper, who):
    session = entered(on_paper, Sums(2), Sums(1, 1))
    by = {"board": on_paper.board, "stranger": UserFactory()}[who]

    refused(lambda: actions.confirm_paper(session, by=by, seen=paper_mark(session)))

    assert not Vote.objects.exists()


def test_entering_again_takes_the_confirmation_back(on_paper):
    session = entered(on_paper, Sums(2), Sums(1, 1))
    actions.confirm_paper(session, by=on_paper.users[0], seen=paper_mark(session))

    session = entered(on_paper, Sums(1, 1), Sums(1, 1))

    assert session.confirmed_at is None
    assert "chưa được người thứ hai xác nhận" in refused(
        lambda: actions.close_session(session, by=on_paper.board, despite_missing=True)
    )


def test_nobody_confirms_numbers_that_were_changed_since_they_were_read(on_paper):
    session = entered(on_paper, Sums(2), Sums(1, 1))
    seen = paper_mark(session)
    entered(on_paper, Sums(1, 1), Sums(1, 1))

    with pytest.raises(Stale):
        actions.confirm_paper(session, by=on_paper.users[0], seen=seen)


@pytest.mark.parametrize("told", [(Sums(1), Sums(2)), (Sums(3), Sums(2)), (Sums(2), Sums(3, -1))])
def test_there_are_as_many_ballots_as_people_on_paper(on_paper, told):
    assert "người bỏ phiếu giấy về hồ sơ này" in refused(lambda: entered(on_paper, *told))


def test_who_voted_on_the_screen_has_no_paper_ballot_and_the_other_way_round(on_paper):
    ballot(on_paper, on_paper.users[0])
    first = on_paper.session.seats.get(member__user=on_paper.users[0])
    assert "đã bỏ phiếu trên cổng" in refused(
        lambda: entered(on_paper, Sums(1), Sums(1), seats=[first])
    )
    entered(on_paper, Sums(2), Sums(2))

    assert "đã nhập phiếu giấy của bạn" in refused(lambda: ballot(on_paper, on_paper.users[4]))


def test_a_confirmed_paper_ballot_is_not_taken_back(on_paper):
    session = entered(on_paper, Sums(2), Sums(2))
    actions.confirm_paper(session, by=on_paper.users[0], seen=paper_mark(session))

    assert "đã được xác nhận" in refused(
        lambda: entered(on_paper, Sums(1), Sums(1), seats=written(on_paper)[:1])
    )


def test_a_second_secretary_does_not_write_over_the_first_unseen(on_paper):
    entered(on_paper, Sums(2), Sums(2))
    other = person(Role.BOARD, on_paper.board.seats()[0].unit)

    with pytest.raises(Stale):
        actions.enter_paper(on_paper.session, written(on_paper), counts(on_paper, Sums(2), Sums(2)),
                            by=other, seen="")  # fmt: skip
