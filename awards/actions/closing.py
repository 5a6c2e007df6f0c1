"""The end of a session: the boxes are opened once, added up, and nothing changes any more."""

from collections.abc import Mapping

from django.db import transaction

from awards import minutes, permissions, tally
from awards.actions.moving import move
from awards.actions.sessions import cases_of, locked_session
from awards.ballot_box import BallotBoxes, Sums
from awards.council_rules import may_vote_on, voted, voted_on_paper, votes_missing
from awards.models import Case, Session
from awards.states import SessionState
from awards.steps import SESSION_STEPS
from config import clock
from config.canonical import digest
from config.text import clean_text, vn_number
from config.workflow import RuleViolation, refuse
from units.actions import record
from units.actions.checking import anew
from units.models import User

LONGEST_CONCLUSION = 1_000
TALLY = [
    "members", "recused", "base", "needed", "passed", "verdict", "box",
    "votes_for", "votes_against", "votes_invalid", "paper_for", "paper_against", "paper_invalid",
]  # fmt: skip


@transaction.atomic
def conclude(session: Session, agreed: Mapping[int, tuple[int, str]], *, by: User) -> Session:
    """What the council agrees where no share of votes is known: by case the number of votes

    that it asks for and in what words, before the boxes are opened. Effects: cases, a log row.
    """
    by, session = anew(by), locked_session(session)
    voting = session.state == SessionState.VOTING
    refuse(
        permissions.keeps_session(by, session),
        None if voting else "Hội đồng chỉ thống nhất số phiếu cần có khi đang bỏ phiếu.",
    )
    cases = {case.pk: case for case in cases_of(session)}
    members = session.seats.count()
    refuse(*_faults_of_conclusions(cases, agreed, members))
    changed = [cases[key] for key in agreed]
    for case in changed:
        case.needed, case.conclusion = agreed[case.pk][0], clean_text(agreed[case.pk][1])
    Case.objects.bulk_update(changed, ["needed", "conclusion"])
    told = {"conclusions": ["", str(len(changed))]}
    record("conclude_session", session, by=by, unit=session.council.unit, changes=told)
    return session


def _faults_of_conclusions(cases: dict[int, Case], agreed: Mapping, members: int):
    for key, (needed, words) in agreed.items():
        case = cases.get(key)
        if case is None:
            yield "Có dòng không thuộc phiên họp này; hãy tải lại trang."
        elif case.rule_id is not None:
            yield f"Hồ sơ số {case.position}: tỷ lệ phiếu đã có quy định."
        elif not 0 < needed <= members:
            yield f"Số phiếu cần có: từ 1 đến {vn_number(members)}, là số thành viên Hội đồng."
        elif not clean_text(words):
            yield "Nội dung thống nhất: cần ghi."
        elif len(words) > LONGEST_CONCLUSION:
            yield f"Nội dung thống nhất: dài quá {vn_number(LONGEST_CONCLUSION)} ký tự."


@transaction.atomic
def close_session(session: Session, *, by: User, despite_missing: bool = False) -> Session:
    """Open the boxes, add the paper ballots, and finish.

    Effects: sums and verdict of each case, checked against the number of those who voted; the
    nominations pass or are refused with the verdict as the reason; minutes with their digest,
    frozen with the session; the boxes and the separate paper counts are emptied; a log row.
    """
    by, now, session = anew(by), clock.now(), locked_session(session)
    step = SESSION_STEPS["close"]
    refuse(*step.obstacles(session, by=by, now=now))
    session = _read_whole(session)
    missing = len(votes_missing(session))
    refuse(None if despite_missing or not missing else _missing(missing))
    refuse(None if voted(session) else "Chưa có thành viên nào bỏ phiếu.")
    cases = list(session.cases.all())
    for case in cases:
        _count(session, case)
    Case.objects.bulk_update(cases, TALLY)
    _move_on(cases, by=by)
    session.state, session.closed_at, session.closed_by = step.target, now, by
    session.minutes = minutes.collected(session)
    session.sha256 = digest(session.minutes)
    session.save(update_fields=["state", "closed_at", "closed_by", "minutes", "sha256"])
    told = {"sha256": ["", session.sha256]}
    record("close_session", session, by=by, unit=session.council.unit, changes=told, at=now)
    return session


def _read_whole(session: Session) -> Session:
    """The locked session with all that the count and the minutes read."""
    return minutes.sessions_with_parts().get(pk=session.pk)


def _missing(number: int) -> str:
    return (
        f"Còn {vn_number(number)} thành viên dự họp chưa bỏ phiếu; muốn kiểm phiếu khi thiếu phiếu "
        "thì đánh dấu xác nhận."
    )


def _count(session: Session, case: Case) -> None:
    """The sums of a case: as many ballots as voters, or nothing is closed."""
    paper = Sums(case.paper_for or 0, case.paper_against or 0, case.paper_invalid or 0)
    on_screen = BallotBoxes(session.pk).open(case)
    on_paper = may_vote_on(case, voted_on_paper(session))
    everybody = may_vote_on(case, voted(session))
    sums = on_screen.plus(paper)
    if (paper.ballots, sums.ballots) != (len(on_paper), len(everybody)):
        raise RuleViolation(
            f"Hồ sơ số {case.position}: có {vn_number(sums.ballots)} phiếu nhưng "
            f"{vn_number(len(everybody))} người đã bỏ phiếu; phiên họp chưa đóng, hãy báo quản trị "
            "hệ thống."
        )
    case.votes_for, case.votes_against, case.votes_invalid = sums
    case.members, case.recused = len(session.seats.all()), len(case.recusals.all())
    counted = {"members": case.members, "recused": case.recused, "votes_for": case.votes_for}
    told = tally.verdict(case.rule, case.needed, **counted)
    case.base, case.needed, case.passed = told.base, told.needed, told.passed
    case.verdict = told.words
    case.box, case.paper_for, case.paper_against, case.paper_invalid = "", None, None, None


def _move_on(cases: list[Case], *, by: User) -> None:
    notes = {case.nomination_id: f"Hội đồng: {case.verdict}." for case in cases}
    for name, passed in (("pass", True), ("fail", False)):
        if rows := [case.nomination for case in cases if case.passed == passed]:
            move(rows, name, by=by, notes=notes)
