"""The pages of a council's sessions: what a reader sees of one, and what may be done next."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from awards import council_rules, permissions
from awards.kinds import Presence
from awards.minutes import sessions_with_parts
from awards.models import Case, Council, Nomination, Round, Seat, Session, Vote
from awards.round_page import holders_for
from awards.states import NominationState, SessionState
from awards.steps import SESSION_STEPS
from config import clock
from config.text import vn_number
from config.workflow import Offer, offers
from units.models import Unit, User

# Councils


def units_without_council(user: User) -> list[Unit]:
    """The units for which the user may make a council."""
    units = holders_for(user)
    having = set(Council.objects.filter(unit__in=units).values_list("unit", flat=True))
    return [unit for unit in units if unit.pk not in having]


def rounds_to_convene(council: Council) -> QuerySet[Round]:
    """The rounds of the council's unit that have dossiers waiting for it, the newest first."""
    waiting = Q(offers__nominations__state__in=(NominationState.APPRAISED, NominationState.POSTED))
    found = Round.objects.filter(unit=council.unit).annotate(
        waiting=Count("offers__nominations", filter=waiting)
    )
    return found.filter(waiting__gt=0).order_by("-due", "-pk")


def nominations_to_table(round: Round, session: Session | None = None) -> QuerySet[Nomination]:
    """What may come before a session: appraised or posted; those it has already."""
    ready = Q(state__in=(NominationState.APPRAISED, NominationState.POSTED))
    if session is not None:
        ready |= Q(cases__session=session)
    return Nomination.objects.filter(ready, offer__round=round).for_list().distinct()


def sessions_for(user: User) -> QuerySet[Session]:
    """The sessions the user may see, as a list prints them."""
    cases = Count("cases", distinct=True)
    return Session.objects.visible_to(user).for_list().annotate(number=cases)


def session_for(user: User) -> QuerySet[Session]:
    """Sessions the user may see, with all that their pages read."""
    return sessions_with_parts().filter(pk__in=Session.objects.visible_to(user).values("pk"))


def session_kept(user: User) -> QuerySet[Session]:
    return sessions_with_parts().filter(pk__in=Session.objects.kept_by(user).values("pk"))


# One session


@dataclass(frozen=True)
class Stage:
    """One stage on the way of a session, as ``components/task_list.html`` prints it."""

    label: str
    state: str
    url: str = ""
    note: str = ""

    @property
    def tone(self) -> str:
        return {"xong": "success", "đang làm": "info"}.get(self.state, "neutral")


@dataclass(frozen=True)
class CaseLine:
    """A case as the reader meets it: whether it is the reader's to vote on."""

    case: Case
    recusals: list
    own: object = None

    @property
    def reads(self) -> str:
        return self.case.nomination.get_absolute_url()


@dataclass(frozen=True)
class SessionPage:
    """Everything that the page of one session tells its reader; those who keep it more."""

    session: Session
    keeps: bool
    seat: Seat | None
    stages: list[Stage]
    lines: list[CaseLine]
    steps: list[Offer]
    count: "Turnout"
    why_no_ballot: str
    confirms: str | None

    @property
    def forms(self) -> dict:
        """The forms on the agenda, each with its number of cases."""
        found: dict = {}
        for line in self.lines:
            form = line.case.nomination.form
            found[form] = found.get(form, 0) + 1
        return found

    @property
    def is_planned(self) -> bool:
        return self.session.state == SessionState.PLANNED

    @property
    def is_voting(self) -> bool:
        return self.session.state == SessionState.VOTING

    @property
    def is_closed(self) -> bool:
        return self.session.state == SessionState.CLOSED

    @property
    def has_voted(self) -> bool:
        return self.seat is not None and hasattr(self.seat, "vote")

    @property
    def may_vote(self) -> bool:
        return self.seat is not None and not self.why_no_ballot

    @property
    def may_recuse(self) -> bool:
        """Until the own vote, and while there is a session to vote in."""
        free = self.seat is not None and not (self.has_voted or self.seat.on_paper)
        return free and not self.is_closed


@dataclass(frozen=True)
class Turnout:
    """Numbers that everybody may know while a vote runs."""

    members: int
    present: int
    written: int
    absent: int
    voters: int
    voted: int
    on_paper: int


def turnout(session: Session) -> Turnout:
    """From what was read with the session."""
    seats = session.seats.all()

    def number(presence: str) -> int:
        return sum(seat.presence == presence for seat in seats)

    return Turnout(
        len(seats),
        number(Presence.PRESENT),
        number(Presence.WRITTEN),
        number(Presence.ABSENT),
        len(council_rules.voters(session)),
        len(council_rules.voted(session)),
        len(council_rules.paper_seats(session)),
    )


def session_page(session: Session, user: User) -> SessionPage:
    """The page of a session read by ``session_for``."""
    keeps = permissions.keeps_session(user, session) is None
    seat = seat_of(session, user)
    waits = session.state == SessionState.VOTING and session.paper_at and not session.confirmed_at
    return SessionPage(
        session,
        keeps,
        seat,
        stages(session, keeps=keeps),
        case_lines(session, seat),
        offers(SESSION_STEPS, session, by=user, now=clock.now()) if keeps else [],
        turnout(session),
        why_no_ballot(session, seat),
        permissions.confirms_paper(user, session) if waits else "",
    )


def seat_of(session: Session, user: User) -> Seat | None:
    return next((seat for seat in session.seats.all() if seat.member.user_id == user.pk), None)


def case_lines(session: Session, seat: Seat | None) -> list[CaseLine]:
    lines = []
    for case in session.cases.all():
        recusals = list(case.recusals.all())
        own = next((row for row in recusals if seat and row.seat_id == seat.pk), None)
        lines.append(CaseLine(case, recusals, own))
    return lines


def why_no_ballot(session: Session, seat: Seat | None) -> str:
    """Why the reader cannot vote now; "" when nothing is in the way."""
    if seat is None:
        return "Bạn không phải thành viên được mời dự phiên họp này."
    if hasattr(seat, "vote"):
        return "Bạn đã bỏ phiếu."
    if session.state != SessionState.VOTING:
        return "Phiên họp chưa mở bỏ phiếu, hoặc đã kiểm phiếu."
    if seat.on_paper:
        return "Thư ký đã nhập phiếu giấy của bạn."
    if seat.presence not in Presence.TAKING_PART:
        return "Bạn chưa được điểm danh dự họp; hãy báo thư ký."
    if len(seat.recusals.all()) == len(session.cases.all()):
        return "Bạn không tham gia bỏ phiếu hồ sơ nào trong phiên họp này."
    return ""


def own_cases(session: Session, seat: Seat) -> list[Case]:
    """The cases on the ballot of a seat."""
    recused = {recusal.case_id for recusal in seat.recusals.all()}
    return [case for case in session.cases.all() if case.pk not in recused]


def stages(session: Session, *, keeps: bool) -> list[Stage]:
    """The way of a session from the invitation to the minutes; who keeps it is led to the pages."""
    count = turnout(session)
    voting, closed = (session.state == each for each in (SessionState.VOTING, SessionState.CLOSED))
    planned = not (voting or closed)
    unknown = count.members - count.present - count.written - count.absent
    seen = f"{vn_number(count.present + count.written)}/{vn_number(count.members)} dự họp"
    cast = f"đã bỏ phiếu {vn_number(count.voted)}/{vn_number(count.voters)}"

    def page(name: str, is_open: bool) -> str:
        return reverse(f"awards:session_{name}", args=[session.pk]) if is_open else ""

    presence, paper = page("presence", keeps and not closed), page("paper", keeps and voting)
    return [
        Stage("Triệu tập", "xong", page("agenda", keeps and planned)),
        Stage("Điểm danh", _state(not unknown, planned), presence, seen),
        Stage("Bỏ phiếu", _state(closed, voting), "", "" if planned else cast),
        Stage("Phiếu giấy", _state(closed, voting), paper, _paper_note(session, count.on_paper)),
        Stage("Kiểm phiếu", _state(closed, voting), page("count", keeps and voting)),
        Stage("Biên bản", _state(closed, False), page("minutes", closed)),
    ]


def _state(done: bool, at_hand: bool) -> str:
    if done:
        return "xong"
    return "đang làm" if at_hand else "chưa đến"


def _paper_note(session: Session, number: int) -> str:
    if not number:
        return "không có phiếu giấy"
    return f"{vn_number(number)} phiếu, {'đã' if session.confirmed_at else 'chưa'} xác nhận"


def agreed_forms(session: Session) -> list[tuple]:
    """The forms without a known share: each with its cases, and what the council agreed so far."""
    found: dict = {}
    for case in session.cases.all():
        if case.rule_id is None:
            found.setdefault(case.nomination.form, []).append(case)
    return sorted(found.items(), key=lambda pair: pair[0].position)


# What waits for a member


def sessions_to_vote(user: User) -> QuerySet[Session]:
    """Open votes in which the user takes part and has not voted."""
    seats = _own_seats(user).filter(presence__in=Presence.TAKING_PART, on_paper=False)
    return _with_cases(SessionState.VOTING, seats.exclude(_has_voted()))


def sessions_to_read(user: User) -> QuerySet[Session]:
    """Sessions to come to which the user is invited, with the number of dossiers to read."""
    return _with_cases(SessionState.PLANNED, _own_seats(user))


def _own_seats(user: User) -> QuerySet[Seat]:
    return Seat.objects.filter(member__user=user.pk)


def _has_voted() -> Exists:
    return Exists(Vote.objects.filter(seat=OuterRef("pk")))


def _with_cases(state: str, seats: QuerySet[Seat]) -> QuerySet[Session]:
    found = Session.objects.filter(state=state, pk__in=seats.values("session"))
    return found.select_related("council").annotate(number=Count("cases")).order_by("held_at", "pk")
