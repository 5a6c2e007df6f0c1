"""Candidates pointed out to the unit in charge, and its answers."""

from django.db import transaction

from awards import permissions
from awards.models import Flag, Nomination
from awards.rules import LONGEST_REASON
from config import clock, mail
from config.text import clean_text, vn_number
from config.workflow import refuse
from units.actions import record
from units.actions.checking import anew, refuse_invalid, tidy
from units.kinds import Role
from units.models import User
from units.queries import people_as


@transaction.atomic
def flag_candidate(flag: Flag, *, by: User) -> Flag:
    """Point a candidate out to the unit that would propose it ("giới thiệu").

    Effects: the flag, open; a log row and a mail to the unit's people, neither with a name.
    """
    by, now = anew(by), clock.now()
    refuse(*permissions.obstacles_to_flagging(by, flag, clock.day_of(now)))
    tidy(flag, ("name",))
    flag.reason = clean_text(flag.reason)
    flag.by, flag.at = by, now
    refuse_invalid(flag)
    flag.save()
    record("flag_candidate", flag, by=by, unit=flag.unit, label=_label(flag))
    lines = [
        f"{flag.from_unit} giới thiệu một {flag.get_recipient_display()} để {flag.unit} xem xét "
        "đề nghị khen thưởng.",
        "Đăng nhập cổng thi đua, mục “Việc của tôi”, để xem và trả lời.",
    ]
    people = people_as(*Role.OF_UNIT, day=clock.day_of(now), unit=flag.unit)
    mail.send_after_commit(
        to=list(people.values_list("email", flat=True)),
        subject="[Thi đua] Giới thiệu khen thưởng",
        body="\n".join(lines),
    )
    return flag


@transaction.atomic
def decline_flag(flag: Flag, *, by: User, answer: str) -> Flag:
    """Tell who pointed the candidate out why no dossier is begun."""
    by, answer = anew(by), clean_text(answer)
    flag = _open_flag(flag, by=by)
    refuse(
        None if answer.strip() else "Trả lời: cần ghi vì sao không lập hồ sơ.",
        None
        if len(answer) <= LONGEST_REASON
        else f"Trả lời: dài quá {vn_number(LONGEST_REASON)} ký tự; hãy rút gọn.",
    )
    flag.answer = answer
    _answer(flag, Flag.State.DECLINED, by=by, now=clock.now())
    record("decline_flag", flag, by=by, unit=flag.unit, label=_label(flag))
    return flag


def mark_taken(flag: Flag, nomination: Nomination, *, by: User | None, now) -> None:
    """A dossier was begun on it; part of the act that begins the dossier."""
    flag = _open_flag(flag, by=by)
    refuse(
        None
        if flag.unit in nomination.proposer.ground()
        else f"Giới thiệu này gửi {flag.unit}; hãy lập hồ sơ với tư cách đơn vị đó."
    )
    flag.nomination = nomination
    _answer(flag, Flag.State.TAKEN, by=by, now=now)


def put_back(nomination: Nomination) -> None:
    """The dossier begun on them is taken away: they wait for an answer again."""
    for flag in nomination.flags.select_for_update():
        flag.nomination = None
        _answer(flag, Flag.State.OPEN, by=None, now=None)


def _answer(flag: Flag, state: str, *, by, now) -> None:
    flag.state, flag.answered_by, flag.answered_at = state, by, now
    names = ["state", "nomination", "answer", "answered_by", "answered_at"]
    flag.save(update_fields=names)


def _open_flag(flag: Flag, *, by: User | None) -> Flag:
    rows = Flag.objects.select_for_update(of=("self",)).select_related("unit", "from_unit")
    flag = rows.get(pk=flag.pk)
    refuse(by and permissions.answers_flag(by, flag))
    refuse(None if flag.state == Flag.State.OPEN else "Giới thiệu này đã được trả lời.")
    return flag


def _label(flag: Flag) -> str:
    """Without the name: administrators read the log."""
    return f"giới thiệu số {flag.pk}: {flag.get_recipient_display()}"
