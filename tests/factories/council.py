"""Councils and sessions, brought to a state by the acts that people take.

``a_council(scene, n)`` holds n members with accounts, the first the chair; ``convened``, ``opened``
walk a session on.
"""

from datetime import date, datetime
from typing import NamedTuple

import factory
from factory.django import DjangoModelFactory

from awards import actions
from awards.kinds import CouncilPost, Presence
from awards.models import Council, CouncilMember, Session
from config.text import VIETNAM
from tests.factories.nominations import Scene, appraised
from tests.factories.units import CommuneFactory, ProvinceFactory, UserFactory
from units.models import User

WHEN = datetime(2023, 12, 20, 8, tzinfo=VIETNAM)


class CouncilFactory(DjangoModelFactory):
    class Meta:
        model = Council

    unit = factory.SubFactory(ProvinceFactory)
    name = "Hội đồng Thi đua - Khen thưởng tỉnh"


class CouncilMemberFactory(DjangoModelFactory):
    """A member with an account of no other role."""

    class Meta:
        model = CouncilMember

    council = factory.SubFactory(CouncilFactory)
    user = factory.SubFactory(UserFactory)
    name = factory.Sequence(lambda n: f"Trần Văn Ủy {n}")
    post = CouncilPost.MEMBER
    place = factory.Sequence(lambda n: n)
    starts = date(2021, 1, 1)


class Sitting(NamedTuple):
    """A session with who keeps it and the accounts of its members, in order."""

    session: Session
    board: User
    users: list[User]

    def fresh(self) -> Session:
        return Session.objects.get(pk=self.session.pk)


def a_council(scene: Scene, members: int = 5, **fields) -> Council:
    """The council of the scene's province."""
    council = CouncilFactory(unit=scene.round.unit, **fields)
    for number in range(members):
        post = CouncilPost.MEMBER if number else CouncilPost.CHAIR
        CouncilMemberFactory(council=council, post=post)
    return council


def nominated(scene: Scene, number: int) -> list:
    """So many appraised nominations: the scene's commune and others beside it."""
    found = [appraised(scene)]
    for _ in range(number - 1):
        unit = CommuneFactory(parent=scene.district)
        found.append(appraised(scene, unit=unit, proposer=scene.commune))
    return found


def convened(scene: Scene, *, members: int = 5, cases: int = 1, nominations=None) -> Sitting:
    """Members invited, nothing marked yet."""
    council = a_council(scene, members)
    rows = nominated(scene, cases) if nominations is None else nominations
    told = {"held_at": WHEN, "place": "Phòng họp số 1", "agenda": "Xét khen thưởng"}
    session = actions.convene_session(council, scene.round, rows, by=scene.board, **told)
    seats = session.seats.select_related("member__user")
    return Sitting(session, scene.board, [seat.member.user for seat in seats])


def attended(sitting: Sitting, *, written: int = 0, absent: int = 0) -> Sitting:
    """Everybody present but the last: so many in writing, and behind them so many absent."""
    seats = list(sitting.session.seats.all())
    told = {seat.pk: Presence.PRESENT for seat in seats}
    for seat in seats[len(seats) - written - absent : len(seats) - absent]:
        told[seat.pk] = Presence.WRITTEN
    for seat in seats[len(seats) - absent :]:
        told[seat.pk] = Presence.ABSENT
    actions.mark_presence(sitting.session, told, by=sitting.board)
    return sitting


def opened(scene: Scene, *, written: int = 0, absent: int = 0, **told) -> Sitting:
    """The vote is open, everybody present unless told."""
    sitting = attended(convened(scene, **told), written=written, absent=absent)
    actions.open_voting(sitting.session, by=sitting.board)
    return sitting


def sheet(session: Session, user: User, choice: str = "for") -> dict[int, str]:
    """A whole ballot of a member with the same choice on every case."""
    mine = session.cases.exclude(recusals__seat__member__user=user)
    return dict.fromkeys(mine.values_list("pk", flat=True), choice)


def ballot(sitting: Sitting, user: User, choice: str = "for") -> None:
    actions.vote(sitting.session, sheet(sitting.session, user, choice), by=user)


def voted(sitting: Sitting, choices: str) -> Sitting:
    """The members vote in order, a letter each: + for, - against, 0 a blank."""
    words = {"+": "for", "-": "against", "0": "invalid"}
    for user, letter in zip(sitting.users, choices, strict=False):
        ballot(sitting, user, words[letter])
    return sitting


def agreed(sitting: Sitting, needed: int = 3) -> Sitting:
    """Where no rule is known, the council asks for so many votes."""
    cases = sitting.session.cases.filter(rule__isnull=True)
    told = {case.pk: (needed, "Quá nửa tổng số thành viên") for case in cases}
    actions.conclude(sitting.session, told, by=sitting.board)
    return sitting


def closed(scene: Scene, choices: str = "+++++", **told) -> Sitting:
    """A session to its end."""
    sitting = agreed(voted(opened(scene, **told), choices))
    actions.close_session(sitting.session, by=sitting.board, despite_missing=True)
    return sitting
