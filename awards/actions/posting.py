"""Public lists: posted for the days that the form demands, opinions taken and answered."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from awards import permissions, posting_rules
from awards.actions.moving import locked, move
from awards.models import Nomination, Objection, PostedNomination, Posting, Round
from config import clock, mail
from config.text import clean_line, clean_text
from config.workflow import refuse
from units.actions import record
from units.actions.checking import anew, refuse_invalid
from units.kinds import Kind, Role
from units.models import User
from units.queries import people_as


@transaction.atomic
def post_list(
    round: Round, nominations: Iterable[Nomination], *, opens: date, closes: date, by: User
) -> Posting:
    """Post a list for opinions.

    Effects: the list with the words that the public will see, every nomination moved to
    ``posted``, a log row. Refused when the days are fewer than a form demands, or one of them
    lies in the past: what is read must have stood there for all of its days.
    """
    by, now = anew(by), clock.now()
    refuse(permissions.keeps_round(by, round))
    rows = locked(nominations)
    refuse(*posting_rules.faults_of_list(round, rows, opens, closes, today=clock.day_of(now)))
    posting = Posting(round=round, opens=opens, closes=closes, posted_at=now, posted_by=by)
    refuse_invalid(posting)
    posting.save()
    PostedNomination.objects.bulk_create(_line(posting, row) for row in rows)
    move(rows, "post", by=by, tell=False)
    told = {"nominations": ["", str(len(rows))], "closes": ["", str(closes)]}
    record("post_list", posting, by=by, unit=round.unit, changes=told, at=now)
    return posting


def _line(posting: Posting, row: Nomination) -> PostedNomination:
    """Least: who, where, for which form (Luật 91/2025/QH15 Đ16 on publishing by law)."""
    place = "" if row.is_open else row.unit.name
    return PostedNomination(
        posting=posting, nomination=row, name=row.name, place=place, form=row.form.name
    )


@transaction.atomic
def take_down(posting: Posting, *, by: User, reason: str) -> Posting:
    """Take a list off before its last day: its cases are as appraised, and may be posted anew."""
    by, today, reason = anew(by), clock.today(), clean_text(reason)
    posting = _locked(posting)
    refuse(permissions.keeps_round(by, posting.round))
    refuse(*posting_rules.faults_of_taking_down(posting, reason, today=today))
    posting.taken_down_on, posting.take_down_reason = today, reason
    posting.save(update_fields=["taken_down_on", "take_down_reason"])
    still = Nomination.objects.filter(postings__posting=posting, state="posted")
    move(still, "unpost", by=by, note=reason, tell=False)
    record("take_down_list", posting, by=by, unit=posting.round.unit, reason=reason)
    return posting


def _locked(posting: Posting) -> Posting:
    rows = Posting.objects.select_for_update(of=("self",))
    return rows.select_related("round__unit").get(pk=posting.pk)


@transaction.atomic
def give_opinion(
    line: PostedNomination, *, name: str, contact: str, text: str, by: None = None
) -> Objection:
    """Take an opinion on a candidate that is posted now; from the public, so ``by`` is nobody.

    Effects: the opinion, which holds the case until it is handled, and a mail to those who keep
    the round. The log names nobody.
    """
    now = clock.now()
    line = PostedNomination.objects.select_related("posting", "nomination").get(pk=line.pk)
    posting = _locked(line.posting)
    refuse(posting_rules.takes_opinions(posting, line.nomination, clock.day_of(now)))
    refuse(posting_rules.not_flooded(line, now))
    opinion = Objection(
        line=line,
        name=clean_line(name),
        contact=clean_line(contact),
        text=clean_text(text),
        received_at=now,
    )
    refuse_invalid(opinion)
    opinion.save()
    record("give_opinion", posting, by=by, unit=posting.round.unit, at=now)
    _tell_keepers(posting, now)
    return opinion


def _tell_keepers(posting: Posting, now) -> None:
    unit, day = posting.round.unit, clock.day_of(now)
    if unit.kind == Kind.PROVINCE:
        people = people_as(Role.BOARD, day=day)
    else:
        people = people_as(Role.LEADER, day=day, unit=unit)
    mail.send_after_commit(
        to=list(people.values_list("email", flat=True)),
        subject="[Thi đua] Có ý kiến về danh sách công khai",
        body=f"{posting.round.title}: có ý kiến mới lúc {clock.said(now)}, cần xem xét trước khi "
        "Hội đồng họp.\nĐăng nhập cổng thi đua, mục “Công khai lấy ý kiến”, để đọc và trả lời.",
    )


@transaction.atomic
def handle_opinion(opinion: Objection, *, outcome: str, answer: str, by: User) -> Objection:
    """Write what became of an opinion; once, the case goes on. One found right wants a decision

    about the case itself: return it, hold it or refuse it.
    """
    by, now, answer = anew(by), clock.now(), clean_text(answer)
    rows = Objection.objects.select_for_update(of=("self",))
    opinion = rows.select_related("line__posting__round__unit").get(pk=opinion.pk)
    round = opinion.line.posting.round
    refuse(permissions.keeps_round(by, round))
    refuse(*posting_rules.faults_of_answer(opinion, outcome, answer))
    opinion.outcome, opinion.answer = outcome, answer
    opinion.handled_at, opinion.handled_by = now, by
    refuse_invalid(opinion)
    opinion.save()
    record("handle_opinion", opinion.line.posting, by=by, unit=round.unit, at=now)
    return opinion
