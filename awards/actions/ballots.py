"""The ballots: on the screen by the member alone, on paper by two people.

A choice lives as long as the request that brings it: it is added to sealed sums and is in no
row, log, message or address. That a member voted leaves no log row either, as its time beside the
next one's would tell the order.
"""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from awards import permissions
from awards.actions.sessions import cases_of, locked_session
from awards.ballot_box import BallotBoxes, Sums
from awards.council_rules import may_vote_on
from awards.kinds import Choice, Presence, VoteWay
from awards.models import Case, Seat, Session, Vote
from awards.paper import paper_mark
from awards.states import SessionState
from config import clock
from config.text import vn_number
from config.workflow import overwritten, refuse
from units.actions import record
from units.actions.checking import anew
from units.models import User

NOT_VOTING = "Phiên họp không ở giai đoạn bỏ phiếu; có thể Hội đồng vừa kiểm phiếu."


@sensitive_variables("choices")
@transaction.atomic
def vote(session: Session, choices: Mapping[int, str], *, by: User) -> None:
    """A member's whole ballot, once: ``choices`` by key of the case, a choice for each.

    Effects: that the seat voted; every box of the session sealed anew. No log row, no mail.
    """
    by, session = anew(by), locked_session(session)
    refuse(None if session.state == SessionState.VOTING else NOT_VOTING)
    seat = session.seats.filter(member__user=by.pk).select_related("vote").first()
    refuse(*_may_vote(seat))
    cases = cases_of(session)
    recused = set(seat.recusals.values_list("case", flat=True))
    refuse(*_faults_of_sheet({case.pk for case in cases} - recused, choices))
    Vote.objects.create(seat=seat, way=VoteWay.SCREEN)
    BallotBoxes(session.pk).cast(cases, dict(choices))
    Case.objects.bulk_update(cases, ["box"])


def _may_vote(seat: Seat | None):
    if seat is None:
        return ["Bạn không phải thành viên được mời dự phiên họp này."]
    if hasattr(seat, "vote"):
        return ["Bạn đã bỏ phiếu; mỗi thành viên bỏ phiếu một lần."]
    if seat.on_paper:
        return ["Thư ký đã nhập phiếu giấy của bạn, nên bạn không bỏ phiếu trên cổng nữa."]
    if seat.presence not in Presence.TAKING_PART:
        return ["Bạn chưa được điểm danh dự họp; hãy báo thư ký."]
    return []


@sensitive_variables("choices")
def _faults_of_sheet(asked: set[int], choices: Mapping[int, str]):
    if not asked:
        yield "Bạn không tham gia bỏ phiếu hồ sơ nào trong phiên họp này."
    if set(choices) - asked or any(choice not in Choice.values for choice in choices.values()):
        yield "Phiếu có dòng không thuộc phiếu của bạn; hãy tải lại trang rồi chọn lại."
    if missing := len(asked - set(choices)):
        yield f"Còn {vn_number(missing)} hồ sơ chưa chọn; hãy chọn lại đủ từng hồ sơ."


# On paper


@transaction.atomic
def enter_paper(
    session: Session,
    seats: Iterable[Seat],
    counts: Mapping[int, Sums],
    *,
    by: User,
    seen: str = "",
) -> Session:
    """The secretary enters whose ballots are on paper, and how many of them say what, by case.

    Effects: counts and marks; a confirmation given before is gone; a log row without counts.
    ``seen``: the mark of what the form was opened with.
    """
    by, session = anew(by), locked_session(session)
    refuse(
        permissions.keeps_session(by, session),
        None if session.state == SessionState.VOTING else NOT_VOTING,
    )
    if seen != paper_mark(session):
        raise overwritten("phiếu giấy của phiên họp này", session.paper_by, session.paper_at)
    chosen = {seat.pk for seat in seats}
    everybody = list(session.seats.select_related("vote"))
    cases = list(session.cases.prefetch_related("recusals").order_by("pk"))
    refuse(*_faults_of_paper(everybody, chosen))
    refuse(*_faults_of_counts(cases, [seat for seat in everybody if seat.pk in chosen], counts))
    for seat in everybody:
        seat.on_paper = seat.pk in chosen
    for case in cases:
        case.paper_for, case.paper_against, case.paper_invalid = counts.get(case.pk, Sums())
    Seat.objects.bulk_update(everybody, ["on_paper"])
    Case.objects.bulk_update(cases, ["paper_for", "paper_against", "paper_invalid"])
    _stamp_paper(session, by=by if chosen else None)
    told = {"paper": ["", str(len(chosen))]}
    record("enter_paper", session, by=by, unit=session.council.unit, changes=told)
    return session


def _stamp_paper(session: Session, *, by: User | None) -> None:
    session.paper_by, session.paper_at = by, clock.now() if by else None
    session.confirmed_by = session.confirmed_at = None
    session.save(update_fields=["paper_by", "paper_at", "confirmed_by", "confirmed_at"])


def _faults_of_paper(everybody: list[Seat], chosen: set[int]):
    """A ballot on paper comes from somebody who takes part and did not vote on the screen."""
    known = {seat.pk for seat in everybody}
    if chosen - known:
        yield "Người bỏ phiếu giấy: có người không được mời dự phiên họp này."
    for seat in everybody:
        way = seat.vote.way if hasattr(seat, "vote") else ""
        if seat.pk in chosen and way == VoteWay.SCREEN:
            yield f"Người bỏ phiếu giấy: {seat.name} đã bỏ phiếu trên cổng."
        elif seat.pk in chosen and seat.presence not in Presence.TAKING_PART:
            yield f"Người bỏ phiếu giấy: {seat.name} chưa được ghi là dự họp."
        elif seat.pk not in chosen and way == VoteWay.PAPER:
            yield f"Người bỏ phiếu giấy: phiếu giấy của {seat.name} đã được xác nhận."


def _faults_of_counts(cases: list[Case], seats: list[Seat], counts: Mapping[int, Sums]):
    """Of each case as many ballots as people on paper, less those who must not vote on it."""
    if set(counts) - {case.pk for case in cases}:
        yield "Có dòng không thuộc phiên họp này; hãy tải lại trang."
    for case in cases:
        voters = len(may_vote_on(case, seats))
        entered = counts.get(case.pk, Sums())
        if min(entered) < 0 or entered.ballots != voters:
            yield (
                f"Hồ sơ số {case.position}: nhập {vn_number(entered.ballots)} phiếu, nhưng có "
                f"{vn_number(voters)} người bỏ phiếu giấy về hồ sơ này."
            )


@transaction.atomic
def confirm_paper(session: Session, *, by: User, seen: str) -> Session:
    """A second person confirms the paper ballots as entered; ``seen`` is the mark of what was read.

    Effects: stamp; those on paper have voted; a log row.
    """
    by, session = anew(by), locked_session(session)
    refuse(
        permissions.confirms_paper(by, session),
        None if session.state == SessionState.VOTING else NOT_VOTING,
        None if session.paper_at else "Chưa có phiếu giấy nào được nhập.",
        "Phiếu giấy đã được xác nhận." if session.confirmed_at else None,
    )
    if seen != paper_mark(session):
        raise overwritten("phiếu giấy của phiên họp này", session.paper_by, session.paper_at)
    waiting = session.seats.filter(on_paper=True, vote__isnull=True)
    Vote.objects.bulk_create(Vote(seat=seat, way=VoteWay.PAPER) for seat in waiting)
    session.confirmed_by, session.confirmed_at = by, clock.now()
    session.save(update_fields=["confirmed_by", "confirmed_at"])
    record("confirm_paper", session, by=by, unit=session.council.unit)
    return session
