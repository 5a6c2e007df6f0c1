"""A council's session from the invitation to the opening of the vote.

Every act locks the session first and its nominations after, so that two never wait for each other.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from awards import permissions, recusals
from awards.actions.moving import move
from awards.ballot_box import BallotBoxes
from awards.kinds import Presence
from awards.models import Case, Council, Nomination, Recusal, Round, Seat, Session
from awards.states import SessionState
from awards.steps import SESSION_STEPS
from awards.tally import vote_rules_of
from config import clock, mail
from config.text import clean_line, clean_text, vn_number
from config.workflow import refuse
from units.actions import record
from units.actions.checking import anew, differences, refuse_invalid
from units.models import User

PLAN = ("held_at", "place", "agenda")
LONGEST_RECUSAL = 300
BEFORE_VOTING = "Phiên họp đã mở bỏ phiếu nên không sửa chương trình được nữa."


def locked_session(session: Session) -> Session:
    """The session as it stands, locked to the end of the act, with its council."""
    rows = Session.objects.select_for_update(of=("self",))
    return rows.select_related("council__unit", "round__unit").get(pk=session.pk)


def cases_of(session: Session) -> list[Case]:
    """The cases in one order, with what their rules ask for."""
    rows = session.cases.select_related("nomination__offer__form", "rule")
    return list(rows.order_by("pk"))


@transaction.atomic
def convene_session(
    council: Council,
    round: Round,
    nominations: Iterable[Nomination],
    *,
    by: User,
    held_at: datetime,
    place: str,
    agenda: str = "",
) -> Session:
    """Invite the members of the day to a session on nominations of a round.

    Effects: session, seats and cases; the nominations move to the council; who must not vote is
    marked; a log row; a mail without names of candidates to each member with an account.
    """
    by, council_pk = anew(by), council.pk
    council = Council.objects.select_for_update(of=("self",)).select_related("unit")
    council = council.get(pk=council_pk)
    refuse(permissions.keeps_council(by, council))
    session = Session(council=council, round=round)
    _plan(session, held_at, place, agenda)
    day = clock.day_of(held_at)
    members = list(council.members.in_force(day))
    ours = council.unit_id == round.unit_id
    refuse(
        None if ours else "Hội đồng chỉ xét hồ sơ trong đợt khen thưởng của chính đơn vị mình.",
        None if members else "Hội đồng chưa có thành viên nào vào ngày họp.",
        None if held_at > clock.now() else "Thời gian họp: đã qua.",
    )
    session.save()
    Seat.objects.bulk_create(_seat(session, member) for member in members)
    add_cases(session, list(nominations), by=by)
    record("convene_session", session, by=by, unit=council.unit)
    invite(session, "Mời họp")
    return session


def _plan(session: Session, held_at: datetime, place: str, agenda: str) -> None:
    session.held_at, session.place = held_at, clean_line(place)
    session.agenda = clean_text(agenda)
    refuse_invalid(session)


def _seat(session: Session, member) -> Seat:
    told = {"name": member.name, "position": member.position, "post": member.post}
    return Seat(session=session, member=member, **told)


def add_cases(session: Session, nominations: list[Nomination], *, by: User) -> None:
    """Put nominations of the round on the agenda and mark who must not vote on them."""
    foreign = any(row.offer.round_id != session.round_id for row in nominations)
    refuse("Có hồ sơ không thuộc đợt khen thưởng của phiên họp." if foreign else None)
    if not nominations:
        return
    moved = move(nominations, "table", by=by)
    last = max((case.position for case in session.cases.all()), default=0)
    ordered = sorted(moved, key=lambda row: (row.form.position, row.sort_key, row.pk))
    cases = Case.objects.bulk_create(
        Case(session=session, nomination=row, position=last + number)
        for number, row in enumerate(ordered, start=1)
    )
    mark_derived(session, cases, session.seats.select_related("member"))


def mark_derived(session: Session, cases: Iterable[Case], seats: Iterable[Seat]) -> None:
    """Mark who must not vote on what, by all that the portal knows of the day of the session."""
    now, found = clock.now(), recusals.derived(cases, seats, clock.day_of(session.held_at))
    Recusal.objects.bulk_create(
        Recusal(case=case, seat=seat, derived=True, reason=reason, at=now)
        for case, seat, reason in found
    )


@transaction.atomic
def change_agenda(
    session: Session,
    *,
    by: User,
    held_at: datetime,
    place: str,
    agenda: str,
    nominations: Iterable[Nomination],
) -> Session:
    """Before voting: another date, place or agenda; ``nominations`` are all its cases now.

    Effects: cases that come and go, with their nominations; a log row; when date or place change,
    a mail to the members. The members stay those invited.
    """
    by, session = anew(by), locked_session(session)
    refuse(permissions.keeps_session(by, session), _planned(session))
    before = Session.objects.get(pk=session.pk)
    _plan(session, held_at, place, agenda)
    changes = differences(before, session, PLAN)
    late = "held_at" in changes and held_at <= clock.now()
    refuse("Thời gian họp: đã qua." if late else None)
    wanted = {row.pk: row for row in nominations}
    cases = {case.nomination_id: case for case in cases_of(session)}
    going = [case for key, case in cases.items() if key not in wanted]
    coming = [row for key, row in wanted.items() if key not in cases]
    _take_off(going, by=by)
    session.save(update_fields=PLAN)
    add_cases(session, coming, by=by)
    if going or coming:
        changes["cases"] = [str(len(cases)), str(len(wanted))]
    if changes:
        record("change_session", session, by=by, unit=session.council.unit, changes=changes)
    if {"held_at", "place"} & set(changes):
        invite(session, "Thay đổi thời gian, địa điểm họp")
    return session


def _take_off(cases: list[Case], *, by: User) -> None:
    if cases:
        move([case.nomination for case in cases], "untable", by=by)
        Case.objects.filter(pk__in=[case.pk for case in cases]).delete()


def _planned(session: Session) -> str | None:
    return None if session.state == SessionState.PLANNED else BEFORE_VOTING


@transaction.atomic
def cancel_session(session: Session, *, by: User, reason: str) -> None:
    """Call off a session before voting: its nominations wait for another; a log row, a mail."""
    by, session, reason = anew(by), locked_session(session), clean_line(reason)
    refuse(permissions.keeps_session(by, session), _planned(session))
    refuse(None if reason else "Lý do: cần ghi vì sao hủy phiên họp.")
    record("cancel_session", session, by=by, unit=session.council.unit, reason=reason,
           label=session.council.name)  # fmt: skip
    invite(session, "Hủy phiên họp", reason)
    _take_off(cases_of(session), by=by)
    session.delete()


@transaction.atomic
def mark_presence(session: Session, presence: Mapping[int, str], *, by: User) -> Session:
    """Write by seat who is present, answers in writing or is absent.

    Who has voted, or whose paper ballot was entered, has taken part: that stays.
    """
    by, session = anew(by), locked_session(session)
    closed = session.state == SessionState.CLOSED
    refuse(
        permissions.keeps_session(by, session),
        "Phiên họp đã kiểm phiếu nên không sửa điểm danh được." if closed else None,
    )
    seats = {seat.pk: seat for seat in session.seats.select_related("vote")}
    refuse(*_faults_of_presence(seats, presence))
    changed = [seats[key] for key, told in presence.items() if seats[key].presence != told]
    for seat in changed:
        seat.presence = presence[seat.pk]
    Seat.objects.bulk_update(changed, ["presence"])
    if changed:
        told = {"presence": ["", f"{len(changed)} thành viên"]}
        record("mark_presence", session, by=by, unit=session.council.unit, changes=told)
    return session


def _faults_of_presence(seats: dict[int, Seat], presence: Mapping[int, str]):
    for key, told in presence.items():
        seat = seats.get(key)
        if seat is None or told not in Presence.values:
            yield "Điểm danh: có dòng không thuộc phiên họp này; hãy tải lại trang."
        elif seat.presence != told and (hasattr(seat, "vote") or seat.on_paper):
            yield f"{seat.name}: đã bỏ phiếu nên không đổi điểm danh."


# Recusals


@transaction.atomic
def recuse(case: Case, seat: Seat, *, by: User, reason: str) -> Recusal:
    """A member declares a conflict, or the secretary writes down one that was declared.

    Possible until the member has voted. Effects: the recusal and a log row without names.
    """
    by, session = anew(by), locked_session(case.session)
    case, seat = _pair(session, case, seat)
    reason = clean_line(reason)
    refuse(*_may_change_recusal(session, seat, by))
    refuse(
        None if reason else "Lý do: cần ghi vì sao không tham gia bỏ phiếu.",
        "Lý do: dài quá 300 ký tự; hãy rút gọn." if len(reason) > LONGEST_RECUSAL else None,
        "Đã ghi không tham gia bỏ phiếu hồ sơ này." if _recused(case, seat) else None,
    )
    told = {"case": case, "seat": seat, "reason": reason, "by": by, "at": clock.now()}
    row = Recusal.objects.create(**told)
    record("recuse", session, by=by, unit=session.council.unit)
    return row


@transaction.atomic
def withdraw_recusal(recusal: Recusal, *, by: User, reason: str = "") -> None:
    """Take back what was declared by mistake; what the portal found only the secretary, with why.

    Effects: the row goes, a log row stays.
    """
    by, session = anew(by), locked_session(recusal.case.session)
    case, seat = _pair(session, recusal.case, recusal.seat)
    recusal = Recusal.objects.filter(case=case, seat=seat).first()
    refuse(None if recusal else "Dòng này đã được bỏ; hãy tải lại trang.")
    refuse(*_may_change_recusal(session, seat, by))
    reason = clean_line(reason)
    if recusal.derived:
        refuse(
            permissions.keeps_session(by, session),
            "Không tự bỏ được cho chính mình; hãy nhờ người khác." if _own(seat, by) else None,
            None if reason else "Lý do: cần ghi vì sao thành viên này vẫn được bỏ phiếu.",
        )
    record("withdraw_recusal", session, by=by, unit=session.council.unit, reason=reason)
    recusal.delete()


def _pair(session: Session, case: Case, seat: Seat) -> tuple[Case, Seat]:
    seats = session.seats.select_related("member", "vote")
    found = session.cases.filter(pk=case.pk).first(), seats.filter(pk=seat.pk).first()
    refuse(None if all(found) else "Hồ sơ hoặc thành viên không còn trong phiên họp.")
    return found


def _recused(case: Case, seat: Seat) -> bool:
    return Recusal.objects.filter(case=case, seat=seat).exists()


def _own(seat: Seat, by: User) -> bool:
    return seat.member.user_id == by.pk


def _may_change_recusal(session: Session, seat: Seat, by: User):
    if not _own(seat, by):
        yield permissions.keeps_session(by, session)
    if session.state == SessionState.CLOSED:
        yield "Phiên họp đã kiểm phiếu."
    elif hasattr(seat, "vote") or seat.on_paper:
        yield "Thành viên này đã bỏ phiếu."


# Opening


@transaction.atomic
def open_voting(session: Session, *, by: User) -> Session:
    """Open the vote: from now on seats and cases stand, each case with its rule and its box.

    Effects: state and stamp, rules and empty boxes, a log row.
    """
    by, now, session = anew(by), clock.now(), locked_session(session)
    step = SESSION_STEPS["open"]
    refuse(*step.obstacles(session, by=by, now=now))
    cases = cases_of(session)
    rules = vote_rules_of(cases)
    for case in cases:
        case.rule = rules.get(case.pk)
    BallotBoxes(session.pk).empty(cases)
    Case.objects.bulk_update(cases, ["rule", "box"])
    session.state, session.opened_at = step.target, now
    session.save(update_fields=["state", "opened_at"])
    record("open_session", session, by=by, unit=session.council.unit)
    return session


# Mail


def invite(session: Session, what: str, why: str = "") -> None:
    """One mail to each member with an account; forms and numbers, never a candidate."""
    cases = cases_of(session)
    forms = sorted({str(case.nomination.form) for case in cases})
    seats = session.seats.filter(member__user__is_active=True)
    lines = [
        f"{session.council.name} – {session.round.title}.",
        f"Thời gian: {clock.said(session.held_at)}. Địa điểm: {session.place}.",
        f"Lý do: {why}." if why else "",
        f"Xét {vn_number(len(cases))} hồ sơ đề nghị: {'; '.join(forms)}." if cases else "",
        "Đăng nhập cổng thi đua, mục “Hội đồng”, để đọc hồ sơ, báo trường hợp không tham gia bỏ "
        "phiếu.",
    ]
    mail.send_after_commit(
        to=list(seats.values_list("member__user__email", flat=True)),
        subject=f"[Thi đua] {what}: {session.council.name}"[:150],
        body="\n".join(line for line in lines if line),
    )
