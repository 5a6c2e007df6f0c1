"""What the minutes of a session say, as plain data: frozen when the session is closed.

``minutes_of`` gives a dict of texts, numbers, booleans and lists, the same before and after
printing: the paper is made of it and of nothing else.
"""

from django.db.models import Prefetch, QuerySet

from awards.council_rules import quorum_words, voted
from awards.kinds import CouncilPost, Presence
from awards.models import Case, Seat, Session
from awards.states import SessionState
from awards.tally import percent
from config import clock

UNTOLD = ""


def sessions_with_parts() -> QuerySet[Session]:
    """Sessions with all that the pages, the count and the minutes read, in a fixed number of

    queries.
    """
    cases = Case.objects.select_related(
        "nomination__offer__form", "nomination__unit", "nomination__proposer", "rule__rule_set"
    )
    seats = Seat.objects.select_related("member__user", "vote")
    rows = Session.objects.select_related("council__unit", "round__unit", "paper_by", "closed_by")
    parts = (Prefetch("cases", cases), Prefetch("seats", seats))
    return rows.prefetch_related(*parts, "cases__recusals__seat", "seats__recusals")


def minutes_of(session: Session) -> dict:
    """The minutes: as frozen, or of a session under way as far as they are known."""
    if session.state == SessionState.CLOSED:
        return session.minutes
    return collected(sessions_with_parts().get(pk=session.pk))


def collected(session: Session) -> dict:
    """The minutes of a session read by ``sessions_with_parts``."""
    seats = list(session.seats.all())
    by_presence = {
        name: [_person(seat) for seat in seats if seat.presence == value]
        for name, value in (
            ("present", Presence.PRESENT),
            ("written", Presence.WRITTEN),
            ("absent", Presence.ABSENT),
        )
    }
    return {
        "council": session.council.name,
        "unit": session.council.unit.name,
        "round": session.round.title,
        "held_at": session.held_at.isoformat(),
        "held": clock.said(session.held_at),
        "closed": clock.said(session.closed_at) if session.closed_at else UNTOLD,
        "place": session.place,
        "agenda": session.agenda,
        "chair": _holder(seats, CouncilPost.CHAIR, CouncilPost.VICE_CHAIR),
        "secretary": _holder(seats, CouncilPost.SECRETARY),
        "members": len(seats),
        **by_presence,
        "quorum": quorum_words(session),
        "voters": len(voted(session)),
        "closed_by": str(session.closed_by) if session.closed_by else UNTOLD,
        "cases": [_case(case) for case in session.cases.all()],
    }


def _person(seat: Seat) -> dict:
    return {"name": seat.name, "position": seat.position, "post": seat.get_post_display()}


def _holder(seats: list[Seat], *posts: str) -> str:
    """Who held a post in the session: the first of the posts with somebody present."""
    for post in posts:
        for seat in seats:
            if seat.post == post and seat.presence == Presence.PRESENT:
                return seat.name
    return UNTOLD


def _case(case: Case) -> dict:
    nomination, rule = case.nomination, case.rule
    told = {
        "position": case.position,
        "nomination": case.nomination_id,
        "name": nomination.name,
        "post": nomination.post,
        "address": nomination.address,
        "recipient": nomination.get_recipient_display(),
        "proposer": nomination.proposer.name,
        "form": str(nomination.form),
        "achievement": nomination.achievement,
        "recusals": [
            {"name": recusal.seat.name, "reason": recusal.reason} for recusal in case.recusals.all()
        ],
        "rule": rule.in_words if rule else UNTOLD,
        "rule_clause": f"{rule.clause} – {rule.rule_set}" if rule else UNTOLD,
        "conclusion": case.conclusion,
        "counted": case.votes_for is not None,
    }
    return told | (_votes(case) if case.votes_for is not None else {})


def _votes(case: Case) -> dict:
    return {
        "members": case.members,
        "recused": case.recused,
        "base": case.base,
        "needed": case.needed,
        "for": case.votes_for,
        "against": case.votes_against,
        "invalid": case.votes_invalid,
        "percent": percent(case.votes_for, case.base),
        "passed": case.passed,
        "verdict": case.verdict,
    }
