"""Closing a session: sums, verdicts, the way of the nominations, minutes; nothing changes after."""

import pytest
from django.db import Error, connection, transaction

from awards import actions
from awards.ballot_box import Sums
from awards.minutes import minutes_of
from awards.models import Case, Nomination, Recusal, Seat, Session, Vote
from awards.paper import paper_mark
from config.canonical import digest
from config.workflow import RuleViolation
from tests.factories.awards import VoteRuleFactory
from tests.factories.council import (
    agreed,
    attended,
    closed,
    convened,
    opened,
    voted,
)
from tests.factories.nominations import a_scene
from tests.factories.units import person
from units.kinds import Role

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


def ruled(scene, **fields):
    """The form needs a share of votes by the law of the scene."""
    told = {"rule_set": rule_set_of_scene(), "form": scene.form} | fields
    return VoteRuleFactory(**told)


def rule_set_of_scene():
    return Nomination._meta.get_field("rule_set").related_model.objects.get()


def test_the_case_of_the_law_two_in_writing_and_one_who_must_not_vote(scene):
    """80% of 15 members, 2 of them in writing, 1 recused: 12 of 14."""
    ruled(scene, base="less_recusals")
    sitting = convened(scene, members=15)
    case, seats = sitting.session.cases.get(), list(sitting.session.seats.all())
    actions.recuse(case, seats[1], by=sitting.users[1], reason="Là vợ của người được đề nghị")
    attended(sitting, written=2)
    actions.open_voting(sitting.session, by=sitting.board)
    voters = sitting._replace(users=[sitting.users[0], *sitting.users[2:13]])
    voted(voters, "+++++++++++-")
    on_paper(sitting, seats[13:], Sums(1, 1))

    session = actions.close_session(sitting.session, by=sitting.board)

    case.refresh_from_db()
    assert (case.votes_for, case.votes_against, case.votes_invalid) == (12, 2, 0)
    assert case.verdict == (
        "12/14 phiếu đồng ý (85,7%), cần ít nhất 12 (80% của 14 = 15 thành viên trừ 1 người "
        "không tham gia bỏ phiếu) – đạt"
    )
    assert case.nomination.state == "voted"
    assert len(session.minutes["written"]) == 2


def on_paper(sitting, seats, *told):
    cases = sitting.session.cases.values_list("pk", flat=True)
    session = actions.enter_paper(
        sitting.session,
        seats,
        dict(zip(cases, told, strict=True)),
        by=sitting.board,
        seen=paper_mark(sitting.fresh()),
    )
    actions.confirm_paper(session, by=sitting.users[0], seen=paper_mark(session))


def test_too_few_votes_refuse_with_the_verdict_as_the_reason(scene):
    ruled(scene)
    sitting = closed(scene, "+++-0")

    step = sitting.session.cases.get().nomination.steps.last()

    assert (step.name, step.target) == ("fail", "refused")
    assert step.note == (
        "Hội đồng: 3/5 phiếu đồng ý (60%), cần ít nhất 4 (80% của 5 thành viên) – không đạt."
    )


def test_each_case_has_its_own_verdict(scene):
    sitting = agreed(opened(scene, cases=2))
    first, second = sitting.session.cases.values_list("pk", flat=True)
    for user in sitting.users:
        actions.vote(sitting.session, {first: "for", second: "against"}, by=user)

    actions.close_session(sitting.session, by=sitting.board)

    assert list(sitting.session.cases.values_list("passed", "nomination__state")) == [
        (True, "voted"),
        (False, "refused"),
    ]


def test_without_a_known_share_the_council_agrees_before_the_boxes_are_opened(scene):
    sitting = voted(opened(scene), "+++++")

    told = refused(lambda: actions.close_session(sitting.session, by=sitting.board))

    assert "1 hồ sơ chưa có căn cứ về tỷ lệ phiếu" in told
    agreed(sitting, 4)
    actions.close_session(sitting.session, by=sitting.board)
    case = sitting.session.cases.get()
    assert (case.needed, case.passed, case.conclusion) == (4, True, "Quá nửa tổng số thành viên")


@pytest.mark.parametrize(("needed", "words"), [(0, "x"), (6, "x"), (3, " "), (3, "x" * 1001)])
def test_what_the_council_agrees_is_a_number_of_members_with_words(scene, needed, words):
    sitting = opened(scene)
    key = sitting.session.cases.get().pk

    refused(lambda: actions.conclude(sitting.session, {key: (needed, words)}, by=sitting.board))


def test_a_known_share_is_not_agreed_away(scene):
    ruled(scene)
    sitting = opened(scene)
    key = sitting.session.cases.get().pk

    assert "đã có quy định" in refused(
        lambda: actions.conclude(sitting.session, {key: (1, "x")}, by=sitting.board)
    )


def test_missing_votes_are_told_and_closing_without_them_is_said(scene):
    sitting = agreed(voted(opened(scene), "+++"))

    told = refused(lambda: actions.close_session(sitting.session, by=sitting.board))
    assert "Còn 2 thành viên dự họp chưa bỏ phiếu" in told

    actions.close_session(sitting.session, by=sitting.board, despite_missing=True)
    assert sitting.fresh().state == "closed"


def test_a_session_closes_once_and_by_who_keeps_it(scene):
    sitting = agreed(voted(opened(scene), "+++++"))
    outsider = person(Role.LEADER, scene.commune)

    refused(lambda: actions.close_session(sitting.session, by=outsider))
    actions.close_session(sitting.session, by=sitting.board)

    assert "ở trạng thái" in refused(
        lambda: actions.close_session(sitting.session, by=sitting.board)
    )


def test_a_box_that_was_tampered_with_closes_nothing(scene):
    sitting = agreed(voted(opened(scene, cases=2), "+++++"))
    first, second = sitting.session.cases.all()
    Case.objects.filter(pk=second.pk).update(box=first.box)

    told = refused(lambda: actions.close_session(sitting.session, by=sitting.board))

    assert "Không mở được thùng phiếu" in told
    assert sitting.fresh().state == "voting"
    assert set(Nomination.objects.values_list("state", flat=True)) == {"in_session"}


def test_an_older_box_put_back_is_noticed_by_its_number_of_ballots(scene):
    sitting = agreed(voted(opened(scene), "++++"))
    older = sitting.session.cases.get().box
    voted(sitting._replace(users=sitting.users[4:]), "-")
    sitting.session.cases.update(box=older)

    told = refused(lambda: actions.close_session(sitting.session, by=sitting.board))

    assert "có 4 phiếu nhưng 5 người đã bỏ phiếu" in told


def test_the_minutes_are_frozen_with_their_digest_and_name_no_ballot(scene):
    session = closed(scene, "+++-0").fresh()

    told = minutes_of(session)

    assert session.sha256 == digest(told)
    assert told["chair"] == session.seats.first().name
    assert [person["name"] for person in told["present"]] == [
        seat.name for seat in session.seats.all()
    ]
    (case,) = told["cases"]
    assert (case["for"], case["against"], case["invalid"]) == (3, 1, 1)
    assert case["verdict"].endswith("– đạt")


def test_boxes_and_paper_counts_are_emptied_when_they_are_added_up(scene):
    closed(scene)

    row = Case.objects.values("box", "paper_for", "paper_against", "paper_invalid").get()
    assert set(row.values()) == {"", None}


CHANGES = [
    (Session, {"place": "Nơi khác"}),
    (Session, {"minutes": {}}),
    (Session, {"state": "voting"}),
    (Case, {"votes_for": 0}),
    (Case, {"conclusion": "khác"}),
    (Seat, {"presence": "absent"}),
    (Recusal, {"reason": "khác"}),
    (Vote, {"way": "paper"}),
]


@pytest.mark.parametrize(("model", "change"), CHANGES)
def test_a_closed_session_stands_against_sql(scene, model, change):
    end_with_a_recusal(scene)

    with pytest.raises(Error, match="frozen|append-only"), transaction.atomic():
        model.objects.update(**change)


def end_with_a_recusal(scene):
    sitting = convened(scene)
    case, seat = sitting.session.cases.get(), sitting.session.seats.last()
    actions.recuse(case, seat, by=sitting.users[-1], reason="Là người thân")
    agreed(voted(opened_anew(sitting), "++++"))
    actions.close_session(sitting.session, by=sitting.board)
    return sitting


def opened_anew(sitting):
    actions.open_voting(attended(sitting).session, by=sitting.board)
    return sitting


def test_nobody_is_added_to_a_closed_session_by_sql(scene):
    sitting = closed(scene, "++++")
    case, seat = sitting.session.cases.get(), sitting.session.seats.last()
    rows = [
        Vote(seat=seat, way="screen"),
        Recusal(case=case, seat=seat, reason="x", at=sitting.session.held_at),
        Seat(session=sitting.session, member=seat.member, name="x", post="member"),
    ]
    for row in rows:
        with pytest.raises(Error, match="frozen"), transaction.atomic():
            type(row).objects.bulk_create([row])


@pytest.mark.postgres
def test_nothing_goes_from_a_closed_session_by_sql(scene):
    end_with_a_recusal(scene)
    for table in ("awards_recusal", "awards_vote", "awards_case", "awards_seat"):
        with (
            pytest.raises(Error, match="frozen|append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608  # our own name
