"""A unit's council and its members with their terms."""

from django.db import transaction

from awards import permissions
from awards.actions.sessions import mark_derived
from awards.models import Council, CouncilMember, Seat
from awards.states import SessionState
from config.workflow import refuse
from units.actions import record
from units.actions.checking import anew, differences, refuse_invalid, stored, tidy
from units.models import User

COUNCIL_FACTS = ("name", "quorum_numerator", "quorum_denominator", "quorum_source", "confidence")
MEMBER_FACTS = ("user_id", "name", "position", "post", "place", "starts", "ends", "basis")
IN_LOG = ("post", "place", "starts", "ends", "basis")
"""What the log keeps of a member: no names."""


@transaction.atomic
def save_council(council: Council, *, by: User) -> Council:
    """Make the council of a unit, or correct its name and quorum.

    Effects: the row and a log row with what changed.
    """
    by, before = anew(by), stored(council)
    refuse(*{permissions.keeps_council(by, row) for row in (before, council) if row})
    refuse("Hội đồng đã lập thì không đổi đơn vị." if _moved(before, council) else None)
    tidy(council, ("name", "quorum_source"))
    refuse_invalid(council)
    share, source = council.quorum_numerator, council.quorum_source
    refuse("Căn cứ về số thành viên dự họp: cần ghi." if share and not source else None)
    if changes := differences(before, council, COUNCIL_FACTS):
        council.save()
        verb = "create" if before is None else "correct"
        record(f"{verb}_council", council, by=by, unit=council.unit, changes=changes)
    return council


def _moved(before: Council | None, council: Council) -> bool:
    return before is not None and before.unit_id != council.unit_id


@transaction.atomic
def save_member(member: CouncilMember, *, by: User) -> CouncilMember:
    """Enter a member, or correct one; those of past sessions stay as they were invited.

    Effects: the row and a log row without the name.
    """
    by, before = anew(by), stored(member)
    council = Council.objects.select_for_update(of=("self",)).select_related("unit")
    council = council.get(pk=member.council_id)
    refuse(permissions.keeps_council(by, council))
    moved = before is not None and before.council_id != member.council_id
    refuse("Thành viên đã ghi thì không đổi Hội đồng." if moved else None)
    tidy(member, ("name", "position", "basis"))
    refuse_invalid(member)
    given = before is not None and before.user_id != member.user_id
    refuse(_account_is_free(member), _one_chair(member), _seated(member) if given else None)
    if differences(before, member, MEMBER_FACTS):
        member.save()
        if given:
            _look_again(member)
        told = {"changes": differences(before, member, IN_LOG), "label": council.name}
        verb = "create" if before is None else "correct"
        record(f"{verb}_council_member", member, by=by, unit=council.unit, **told)
    return member


def _at_the_same_time(member: CouncilMember):
    """The other members whose terms meet this one's."""
    others = CouncilMember.objects.filter(council=member.council_id).exclude(pk=member.pk)
    return [
        other
        for other in others
        if (member.ends is None or other.starts < member.ends)
        and (other.ends is None or member.starts < other.ends)
    ]


def _account_is_free(member: CouncilMember) -> str | None:
    """One account sits once in a council, so that nobody votes twice."""
    if member.user_id is None:
        return None
    if all(other.user_id != member.user_id for other in _at_the_same_time(member)):
        return None
    return "Tài khoản: người này đang là thành viên Hội đồng trong thời gian đó."


def _seated(member: CouncilMember) -> str | None:
    """Nobody is given the seat of another while a vote runs, nor a second one in a session."""
    seats = Seat.objects.exclude(session__state=SessionState.CLOSED)
    own = seats.filter(member=member)
    if own.filter(session__state=SessionState.VOTING).exists():
        return "Tài khoản: phiên họp đang bỏ phiếu nên không đổi tài khoản của thành viên được."
    sessions = own.values("session")
    if not member.user_id or not seats.filter(
        session__in=sessions, member__user=member.user_id
    ).exclude(member=member):
        return None
    return "Tài khoản: người này đã được mời họp với tư cách thành viên khác."


def _look_again(member: CouncilMember) -> None:
    """An account given after the invitation tells where its holder works."""
    seats = Seat.objects.filter(member=member, session__state=SessionState.PLANNED)
    for seat in seats.select_related("member", "session"):
        free = seat.session.cases.exclude(recusals__seat=seat).select_related("nomination")
        mark_derived(seat.session, free, [seat])


def _one_chair(member: CouncilMember) -> str | None:
    if member.post != "chair":
        return None
    if all(other.post != "chair" for other in _at_the_same_time(member)):
        return None
    return "Chức danh trong Hội đồng: trong thời gian đó đã có Chủ tịch Hội đồng."
