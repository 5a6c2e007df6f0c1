"""Cases of the law from the first act to the finding or the verdict, under the shipped tables."""

import unicodedata
from datetime import date, datetime
from itertools import pairwise

import pytest

from awards import actions, permissions
from awards.eligibility import findings_of, standings_of
from awards.history import history_of
from awards.kinds import Check, CouncilPost, Presence
from awards.likeness import notes_on
from awards.models import Case, CouncilMember, Honour, RuleSet, Session
from awards.states import NominationState
from config.text import VIETNAM
from config.workflow import RuleViolation
from tests.factories.campaign import CampaignFactory
from tests.factories.council import CouncilFactory, CouncilMemberFactory
from tests.factories.decisions import a_lawful_scene, a_person, brought_to
from tests.factories.units import CommuneFactory, DistrictFactory, SuccessionFactory, person
from units.kinds import Role

pytestmark = pytest.mark.django_db
TODAY = date(2024, 12, 2)
WHEN = datetime(2024, 12, 20, 8, tzinfo=VIETNAM)


@pytest.fixture(autouse=True)
def _now(stop_clock):
    stop_clock(2024, 12, 2, 9)


def a_scene(**told):
    year = {"period_from": date(2024, 1, 1), "period_to": date(2024, 12, 31)}
    return a_lawful_scene(CampaignFactory(), **year | told)


def refused(act) -> str:
    with pytest.raises(RuleViolation) as refusal:
        act()
    return " ".join(refusal.value.args)


def in_law(scene, state, **fields):
    """A nomination received today."""
    return brought_to(scene, state, rule_set=RuleSet.objects.on(TODAY), **fields)


def honoured(scene, name, unit, **fields):
    told = {
        "recipient": "person", "name": name, "unit": unit, "form": scene.form,
        "number": "12/QĐ-UBND", "decided_on": date(2023, 12, 20), "issuer": "Chủ tịch UBND tỉnh",
        "achievement": "Xuất sắc",
    } | fields  # fmt: skip
    return actions.save_honour(Honour(**told), by=scene.board)


# From when the next achievement counts


@pytest.mark.parametrize(
    ("stated", "decided_on", "starts", "told"),
    [
        ((2022, 2024), date(2024, 3, 5), date(2024, 6, 1), "ghi thành tích đến 31/12/2024"),
        ((2022, 2023), date(2024, 3, 5), date(2024, 1, 1), ""),
        ((None, None), date(2024, 3, 5), date(2024, 3, 5), "không ghi thời gian thành tích"),
        ((None, None), date(2024, 3, 5), date(2024, 3, 6), ""),
    ],
)
def test_the_next_achievement_counts_after_the_stated_period_or_else_the_decision(
    stated, decided_on, starts, told
):
    scene = a_scene()
    row = in_law(scene, "submitted", period_from=starts, **a_person(scene, name="Lê Văn An"))
    first, last = stated
    honoured(scene, "Lê Văn An", scene.commune, decided_on=decided_on,
             period_from=first, period_to=last)  # fmt: skip

    found = [each for each in findings_of(row, today=TODAY) if each.code == Check.NEXT_PERIOD]

    assert [told in each.sentence for each in found] == ([True] if told else [])
    assert all("Điều 30" in each.clause for each in found)


# One name


SPELT = ("Nguyễn Thị Hoà", "NGUYỄN THỊ HÒA", unicodedata.normalize("NFD", "Nguyễn Thị Hòa"))


@pytest.mark.parametrize(("nominated", "on_file"), list(pairwise([*SPELT, SPELT[0]])))
def test_however_a_name_is_spelt_it_is_one_candidate(nominated, on_file):
    scene = a_scene()
    years = {"decided_on": date(2024, 3, 5), "period_from": 2023, "period_to": 2024}
    honour = honoured(scene, on_file, scene.commune, **years)
    row = in_law(scene, "submitted", **a_person(scene, name=nominated))

    assert [entry.honour for entry in history_of(row)] == [honour]
    codes = {each.code for each in findings_of(row, today=TODAY)}
    assert {Check.SAME, Check.NEXT_PERIOD} <= codes
    twin = honoured(scene, nominated, CommuneFactory(parent=scene.district), **years)
    assert len(notes_on(twin)) == 1


# The council


def all_clear(scene, row) -> None:
    """What stands on paper is set aside with a reason, the body that is asked agrees."""
    asked = actions.ask_opinion(row, "Sở Giáo dục", by=scene.board, asked_on=TODAY)
    actions.record_opinion(asked, "agrees", by=scene.board, answered_on=TODAY)
    for each in standings_of([row], today=TODAY)[row.pk]:
        if each.unresolved:
            code, mark = each.finding.code, each.finding.mark
            actions.override_finding(row, code, mark, by=scene.board, reason="Bản giấy có đủ")


def seated(scene, members: int, rows) -> Session:
    """The council of the round's unit, invited; the first is the chair."""
    council = CouncilFactory(unit=scene.round.unit)
    for place in range(members):
        post = CouncilPost.MEMBER if place else CouncilPost.CHAIR
        CouncilMemberFactory(council=council, place=place, post=post)
    keeper = scene.board if scene.round.unit.kind == "province" else scene.district_leader
    return actions.convene_session(
        council, scene.round, rows, by=keeper, held_at=WHEN, place="Phòng họp"
    )


def present(session, by, *, written: int = 0) -> list:
    """Everybody takes part, the last so many in writing; the vote is open."""
    seats = list(session.seats.select_related("member__user").order_by("member__place"))
    told = {seat.pk: Presence.PRESENT for seat in seats}
    told |= {seat.pk: Presence.WRITTEN for seat in seats[len(seats) - written :]}
    actions.mark_presence(session, told, by=by)
    actions.open_voting(session, by=by)
    return [seat.member.user for seat in seats]


@pytest.mark.parametrize(("against", "state"), [(2, "voted"), (3, "refused")])
def test_four_fifths_of_fifteen_count_the_absent_and_the_recused(against, state):
    """BK TTg: 80 % of all members are 12 of 15, though one may not vote and two write."""
    scene = a_scene(code="BKTTG")
    row = in_law(scene, "appraised")
    all_clear(scene, row)
    session = seated(scene, 15, [row])
    case = session.cases.get()
    first = session.seats.order_by("member__place").first()
    actions.recuse(case, first, by=scene.board, reason="Người thân của người được đề nghị")
    _, *voters = present(session, scene.board, written=2)
    for place, user in enumerate(voters):
        choice = "against" if place < against else "for"
        actions.vote(session, {case.pk: choice}, by=user)
    actions.close_session(session, by=scene.board)

    case, row = Case.objects.get(), type(row).objects.get()
    assert (case.members, case.recused, case.base, case.needed) == (15, 1, 15, 12)
    assert (case.votes_for, row.state) == (14 - against, state)
    assert "80% của 15 thành viên" in case.verdict


@pytest.fixture
def left_behind(stop_clock):
    """A district's session, and how its district ends on 1 January 2025."""
    scene = a_scene(code="GK-HUYEN", level="district")
    session = seated(scene, 3, [in_law(scene, "appraised")])

    def end(heir=None):
        scene.district.valid_to = date(2025, 1, 1)
        scene.district.save()
        if heir is not None:
            SuccessionFactory(predecessor=scene.district, successor=heir)
        stop_clock(2025, 1, 2, 9)

    return scene, session, end


def test_a_vote_that_the_units_end_overtook_is_closed_by_the_board(left_behind):
    scene, session, end = left_behind
    for user in present(session, scene.district_leader):
        actions.vote(session, {session.cases.get().pk: "for"}, by=user)
    end()
    agreed = {session.cases.get().pk: (2, "Quá nửa")}

    for by in (scene.district_leader, scene.commune_leader):
        assert "mới lập Hội đồng" in refused(lambda by=by: actions.conclude(session, agreed, by=by))
    actions.conclude(session, agreed, by=scene.board)
    actions.close_session(session, by=scene.board)

    assert Case.objects.get().nomination.state == NominationState.VOTED


def test_a_session_that_was_planned_is_called_off_by_the_heir(left_behind):
    scene, session, end = left_behind
    heir = DistrictFactory(parent=scene.district.parent, valid_from=date(2025, 1, 1))
    leader = person(Role.LEADER, heir, starts=date(2025, 1, 1))
    end(heir)

    assert list(Session.objects.kept_by(leader)) == [session]
    assert list(Session.objects.kept_by(scene.board)) == [session]
    actions.cancel_session(session, by=leader, reason="Huyện đã sáp nhập")

    assert scene.offer.nominations.get().state == NominationState.APPRAISED


def test_the_board_keeps_no_council_of_a_unit_that_lives(left_behind):
    scene, session, _ = left_behind

    assert permissions.keeps_session(scene.board, session)
    assert not Session.objects.kept_by(scene.board).exists()
    member = CouncilMember(council=session.council, name="Ai Đó", starts=TODAY, place=9)
    assert "mới lập Hội đồng" in refused(lambda: actions.save_member(member, by=scene.board))
