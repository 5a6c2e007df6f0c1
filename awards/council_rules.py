"""Whether a dossier may come before the council, and whether a session may go on."""

from collections.abc import Iterable
from math import ceil

from awards.kinds import CouncilPost, Presence, VoteWay
from awards.models import Nomination, Session, Timing
from awards.models.law import UNKNOWN
from config.text import vn_number

# A nomination: rules (nomination, note, now) of ``awards.steps``


def posted_if_demanded(nomination: Nomination, note, now):
    """Where the law demands opinions, the list was posted since the appraisal (NĐ 98/2023 Đ46 k2).

    What the rule set leaves open is not demanded. A list that was taken down does not count.
    """
    timing = Timing.objects.filter(
        rule_set=nomination.rule_set_id, form__code=nomination.form.code, posts=True
    ).first()
    if timing is None:
        return None
    lines = nomination.postings.filter(posting__taken_down_on__isnull=True)
    if lines.filter(posting__posted_at__gte=nomination.appraised_at).exists():
        return None
    clause = f" ({timing.clause})" if timing.clause else ""
    return f"Phải công khai lấy ý kiến trước khi Hội đồng họp{clause}."


# A session: rules (session, note, now)


def taking_part(session: Session) -> list:
    """The seats that are present or answer in writing."""
    return [seat for seat in session.seats.all() if seat.presence in Presence.TAKING_PART]


def quorum_reached(session: Session, note, now):
    """Enough members take part, those who answer in writing too; no known quorum asks nothing."""
    share, members = session.council.quorum, session.seats.all()
    if share is None:
        return None
    needed, here = ceil(share * len(members)), len(taking_part(session))
    if here >= needed:
        return None
    return (
        f"Mới có {vn_number(here)}/{vn_number(len(members))} thành viên dự họp hoặc cho ý kiến "
        f"bằng văn bản; cần ít nhất {vn_number(needed)} ({session.council.quorum_source})."
    )


def quorum_words(session: Session) -> str:
    """The quorum as the minutes tell it."""
    share = session.council.quorum
    if share is None:
        return f"số thành viên dự họp tối thiểu: {UNKNOWN}"
    needed = ceil(share * len(session.seats.all()))
    return f"cần ít nhất {vn_number(needed)} thành viên ({session.council.quorum_source})"


def has_a_chair(session: Session, note, now):
    """The chair, or a vice chair, is present."""
    chairs = (CouncilPost.CHAIR, CouncilPost.VICE_CHAIR)
    here = (seat for seat in session.seats.all() if seat.presence == Presence.PRESENT)
    if any(seat.post in chairs for seat in here):
        return None
    return "Chưa có Chủ tịch hoặc Phó Chủ tịch Hội đồng có mặt để chủ trì; hãy điểm danh."


def has_cases(session: Session, note, now):
    if session.cases.all():
        return None
    return "Phiên họp chưa có hồ sơ nào; hãy thêm vào chương trình."


def presence_marked(session: Session, note, now):
    """Everybody invited is present, in writing or absent."""
    unknown = [seat for seat in session.seats.all() if seat.presence == Presence.UNKNOWN]
    if not unknown:
        return None
    return f"Còn {vn_number(len(unknown))} thành viên chưa điểm danh."


def paper_confirmed(session: Session, note, now):
    """What one person entered from paper ballots, another has confirmed."""
    on_paper = any(seat.on_paper for seat in session.seats.all())
    if not on_paper or session.confirmed_at:
        return None
    if session.paper_at is None:
        return "Có thành viên bỏ phiếu giấy nhưng chưa nhập phiếu giấy."
    return "Phiếu giấy chưa được người thứ hai xác nhận."


def counting_agreed(session: Session, note, now):
    """Where no share of votes is known, the council has said how many it asks for."""
    cases = session.cases.all()
    open_ones = [case for case in cases if case.rule_id is None and case.needed is None]
    if not open_ones:
        return None
    return (
        f"{vn_number(len(open_ones))} hồ sơ {UNKNOWN} về tỷ lệ phiếu: Hội đồng thống nhất số phiếu "
        "cần có trước khi kiểm phiếu."
    )


def votes_missing(session: Session) -> list:
    """The seats that take part, may vote on something, and have not voted."""
    return [seat for seat in voters(session) if not hasattr(seat, "vote")]


def voters(session: Session) -> list:
    """The seats that take part and are not recused from every case; from what was read before."""
    number = len(session.cases.all())
    return [seat for seat in taking_part(session) if len(seat.recusals.all()) < number]


def voted(session: Session) -> list:
    """The seats that have voted."""
    return [seat for seat in session.seats.all() if hasattr(seat, "vote")]


def voted_on_paper(session: Session) -> list:
    return [seat for seat in voted(session) if seat.vote.way == VoteWay.PAPER]


def paper_seats(session: Session) -> list:
    """Whose ballots are on paper."""
    return [seat for seat in session.seats.all() if seat.on_paper]


def may_vote_on(case, seats: Iterable) -> list:
    """Of the seats those that are not recused on the case."""
    recused = {recusal.seat_id for recusal in case.recusals.all()}
    return [seat for seat in seats if seat.pk not in recused]
