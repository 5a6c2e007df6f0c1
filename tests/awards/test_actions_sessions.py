"""Sessions up to the vote: every state, act and role; members of the day, quorum, recusals."""

from datetime import date, timedelta

import pytest

from awards import actions
from awards.kinds import Presence
from awards.models import Council, Recusal, Session
from awards.recusals import IS_CANDIDATE, OF_CANDIDATE, OF_HOME, OF_PROPOSER, SAME_NAME
from config.workflow import RuleViolation
from tests.factories.awards import TimingFactory
from tests.factories.council import (
    WHEN,
    CouncilMemberFactory,
    a_council,
    agreed,
    attended,
    closed,
    convened,
    nominated,
    opened,
    voted,
)
from tests.factories.nominations import a_scene, appraised
from tests.factories.persons import PersonFactory
from tests.factories.units import AppointmentFactory, UserFactory, person
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


# Every state, act and role


def prepared(scene, state):
    walks = {
        "planned": lambda: attended(convened(scene)),
        "voting": lambda: agreed(voted(opened(scene), "+++++")),
        "closed": lambda: closed(scene),
    }
    return walks[state]()


def acts(sitting, by):
    session = sitting.session
    case, seat = session.cases.first(), session.seats.first()
    plan = {"held_at": session.held_at, "place": "Phòng khác", "agenda": ""}
    rows = [case.nomination for case in session.cases.all()]
    return {
        "change": lambda: actions.change_agenda(session, by=by, nominations=rows, **plan),
        "cancel": lambda: actions.cancel_session(session, by=by, reason="Bão"),
        "presence": lambda: actions.mark_presence(session, {seat.pk: seat.presence}, by=by),
        "recuse": lambda: actions.recuse(case, seat, by=by, reason="Người thân"),
        "open": lambda: actions.open_voting(session, by=by),
        "conclude": lambda: actions.conclude(session, {case.pk: (2, "x")}, by=by),
        "close": lambda: actions.close_session(session, by=by),
    }


ACTS = ["change", "cancel", "presence", "recuse", "open", "conclude", "close"]
MAY = {
    "planned": {"change", "cancel", "presence", "recuse", "open"},
    "voting": {"presence", "conclude", "close"},
    "closed": set(),
}


@pytest.mark.parametrize("role", ["board", "leader", "member", "viewer", "administrator"])
@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("state", MAY)
def test_every_state_act_and_role(scene, state, name, role):
    sitting = prepared(scene, state)
    seat = scene.board.seats()[0].unit
    by = {
        "board": scene.board,
        "leader": scene.district_leader,
        "member": sitting.users[1],
        "viewer": person(Role.PROVINCE_VIEWER, seat),
        "administrator": person(Role.ADMINISTRATOR, seat),
    }[role]
    entries = LogEntry.objects.count()

    if role == "board" and name in MAY[state]:
        acts(sitting, by)[name]()
    else:
        refused(acts(sitting, by)[name])
        assert LogEntry.objects.count() == entries
        assert sitting.fresh().state == state


# Convening


def test_the_members_of_the_day_are_invited(scene):
    council = a_council(scene, 2)
    CouncilMemberFactory(council=council, ends=date(2023, 12, 20))
    CouncilMemberFactory(council=council, starts=date(2023, 12, 21))
    last = CouncilMemberFactory(council=council, ends=date(2023, 12, 21))

    session = actions.convene_session(
        council, scene.round, nominated(scene, 1), by=scene.board, held_at=WHEN, place="P1"
    )

    assert session.seats.count() == 3
    assert session.seats.filter(member=last).exists()


def test_a_council_hears_the_rounds_of_its_own_unit_only(scene):
    council = Council.objects.create(unit=scene.district, name="Hội đồng huyện")
    CouncilMemberFactory(council=council)

    told = refused(
        lambda: actions.convene_session(
            council, scene.round, [], by=scene.district_leader, held_at=WHEN, place="P1"
        )
    )

    assert "trong đợt khen thưởng của chính đơn vị mình" in told


def test_where_posting_is_demanded_an_unposted_dossier_does_not_come_before_the_council(scene):
    council, (row,) = a_council(scene), nominated(scene, 1)
    TimingFactory(rule_set=row.rule_set, form=scene.form, posts=True, clause="Điều 46")

    told = refused(
        lambda: actions.convene_session(
            council, scene.round, [row], by=scene.board, held_at=WHEN, place="P1"
        )
    )

    assert "Phải công khai lấy ý kiến trước khi Hội đồng họp (Điều 46)." in told
    assert not Session.objects.exists()


def test_a_dossier_is_in_one_session_at_a_time(scene):
    sitting = convened(scene)
    row = sitting.session.cases.get().nomination

    refused(
        lambda: actions.convene_session(
            sitting.session.council, scene.round, [row], by=scene.board, held_at=WHEN, place="P1"
        )
    )


def test_a_session_is_told_in_the_log_without_names(scene):
    sitting = convened(scene)
    case, seat = sitting.session.cases.get(), sitting.session.seats.first()
    actions.recuse(case, seat, by=scene.board, reason="Người thân")

    told = " ".join(f"{row.label} {row.changes}" for row in LogEntry.objects.all())

    assert case.nomination.name not in told
    assert seat.name not in told


# Opening


@pytest.mark.parametrize(
    ("quorum", "absent", "opens"),
    [((2, 3), 1, True), ((2, 3), 2, False), (None, 3, True), ((3, 5), 2, True)],
)
def test_the_quorum_counts_those_present_and_in_writing(scene, quorum, absent, opens):
    sitting = attended(convened(scene), written=1, absent=absent)
    if quorum:
        fields = dict(zip(("quorum_numerator", "quorum_denominator"), quorum, strict=True))
        Council.objects.update(quorum_source="Quy chế, Điều 5", **fields)

    if opens:
        assert actions.open_voting(sitting.session, by=scene.board).state == "voting"
    else:
        assert "(Quy chế, Điều 5)" in refused(
            lambda: actions.open_voting(sitting.session, by=scene.board)
        )


def test_without_a_chair_present_no_vote_opens(scene):
    sitting = attended(convened(scene))
    chair = sitting.session.seats.get(post="chair")
    actions.mark_presence(sitting.session, {chair.pk: Presence.WRITTEN}, by=scene.board)

    assert "Chủ tịch hoặc Phó Chủ tịch" in refused(
        lambda: actions.open_voting(sitting.session, by=scene.board)
    )


def test_an_empty_agenda_opens_no_vote(scene):
    sitting = attended(convened(scene, nominations=[]))

    assert "chưa có hồ sơ nào" in refused(
        lambda: actions.open_voting(sitting.session, by=scene.board)
    )


def test_who_comes_late_is_marked_while_the_vote_runs_and_who_voted_stays(scene):
    sitting = voted(opened(scene, absent=1), "+")
    first, late = sitting.session.seats.first(), sitting.session.seats.last()

    actions.mark_presence(sitting.session, {late.pk: Presence.PRESENT}, by=scene.board)

    assert "đã bỏ phiếu nên không đổi" in refused(
        lambda: actions.mark_presence(sitting.session, {first.pk: Presence.ABSENT}, by=scene.board)
    )


# Recusals


def with_member(scene, **fields):
    """A council of one more member, convened on the nominations of ``scene``."""
    council = a_council(scene, 3)
    return CouncilMemberFactory(council=council, **fields)


def session_on(scene, member, row):
    told = {"by": scene.board, "held_at": WHEN, "place": "P1"}
    return actions.convene_session(member.council, scene.round, [row], **told)


def of_person(scene, name="Nguyễn Văn An"):
    candidate = PersonFactory(unit=scene.commune, name=name)
    return appraised(scene, recipient="person", person=candidate, name=f"Ông {name}")


@pytest.mark.parametrize(
    ("account", "unit", "reason"),
    [
        (True, "commune", IS_CANDIDATE),
        (True, "", None),
        (False, "", SAME_NAME),
    ],
)
def test_a_member_of_the_candidates_name_and_unit_does_not_vote(scene, account, unit, reason):
    row, user = of_person(scene), UserFactory() if account else None
    if unit:
        AppointmentFactory(user=user, unit=scene.commune, role=Role.REPORTER)
    member = with_member(scene, user=user, name="NGUYỄN VĂN AN")

    session_on(scene, member, row)

    told = list(Recusal.objects.values_list("seat__member", "reason", "derived"))
    assert told == ([(member.pk, reason, True)] if reason else [])


@pytest.mark.parametrize(
    ("works_at", "recipient", "reason"),
    [
        ("commune", "collective", OF_CANDIDATE),
        ("commune", "person", OF_HOME),
        ("district", "collective", None),
        ("proposer", "collective", OF_PROPOSER),
    ],
)
def test_a_member_who_works_for_the_candidate_or_the_proposer_does_not_vote(
    scene, works_at, recipient, reason
):
    if recipient == "person":
        row = of_person(scene)
    elif works_at == "proposer":
        (_, row) = nominated(scene, 2)
    else:
        row = appraised(scene)
    unit = scene.district if works_at == "district" else scene.commune
    member = with_member(scene, user=person(Role.LEADER, unit))

    session_on(scene, member, row)

    assert list(Recusal.objects.values_list("reason", flat=True)) == ([reason] if reason else [])


def test_an_account_given_after_the_invitation_is_looked_at_as_well(scene):
    member = with_member(scene, user=None)
    session_on(scene, member, appraised(scene))
    member.user = person(Role.REPORTER, scene.commune)

    actions.save_member(member, by=scene.board)

    assert list(Recusal.objects.values_list("seat__member", "reason")) == [
        (member.pk, OF_CANDIDATE)
    ]


def test_what_the_portal_found_is_set_aside_by_the_secretary_with_a_reason_only(scene):
    member = with_member(scene, user=person(Role.LEADER, scene.commune))
    session = session_on(scene, member, appraised(scene))
    row = session.cases.get().recusals.get()

    assert "mới lập Hội đồng" in refused(
        lambda: actions.withdraw_recusal(row, by=member.user, reason="Tôi muốn bỏ phiếu")
    )
    assert "cần ghi vì sao" in refused(lambda: actions.withdraw_recusal(row, by=scene.board))
    actions.withdraw_recusal(row, by=scene.board, reason="Đã thôi việc ở xã")
    assert not Recusal.objects.exists()


def test_a_recusal_is_declared_until_the_own_vote(scene):
    sitting = voted(opened(scene), "+")
    case, (first, second, *_) = sitting.session.cases.get(), sitting.session.seats.all()

    assert "đã bỏ phiếu" in refused(
        lambda: actions.recuse(case, first, by=sitting.users[0], reason="Người thân")
    )
    actions.recuse(case, second, by=sitting.users[1], reason="Người thân")
    voted(sitting._replace(users=sitting.users[2:]), "+++")
    agreed(sitting)
    actions.close_session(sitting.session, by=scene.board)

    case.refresh_from_db()
    assert (case.members, case.recused, case.votes_for) == (5, 1, 4)


def test_a_session_is_not_convened_for_a_time_that_has_passed(scene):
    council = a_council(scene)

    assert "đã qua" in refused(
        lambda: actions.convene_session(
            council,
            scene.round,
            nominated(scene, 1),
            by=scene.board,
            held_at=WHEN - timedelta(days=30),
            place="P1",
        )
    )
