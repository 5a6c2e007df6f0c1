"""Moving a report along the arrows of ``reports.steps.STEPS``."""

from django.db import transaction

from config import clock, mail
from config.text import clean_text
from config.workflow import refuse
from criteria import actions as criteria_actions
from reports import freezing, rules
from reports.actions.starting import lay_out
from reports.models import Remark, Report, ReportStep, Version
from reports.permissions import receives_from_others
from reports.states import State, Timeliness
from reports.steps import STEPS
from units.actions import record
from units.actions.checking import anew
from units.kinds import Role
from units.queries import people_as

STAMPS = [
    "state",
    "timeliness",
    "submitted_at",
    "submitted_by",
    "read_at",
    "accepted_at",
    "accepted_by",
]


@transaction.atomic
def take_step(report, name, *, by, note="", remarks=()):
    """Move a report along one arrow and record it, or refuse with the reasons.

    Effects, in order: the row is locked and read anew; obstacles refuse; state and stamps are
    written; the checklist follows; a sending freezes a version with its receipt; the step is
    logged with the receiver's remarks (kind, key, label, text); mail goes after the commit.
    """
    step, now = STEPS[name], clock.now()
    report, by, note = _locked(report), anew(by), clean_text(note)
    remarks = [(*item, said) for *item, text in remarks if (said := clean_text(text))]
    if remarks and not note:
        note = f"{len(remarks)} mục cần sửa, xem yêu cầu ở từng mục."
    refuse(
        *step.obstacles(report, by=by, note=note, now=now), *rules.faults_of_words(note, remarks)
    )
    source, report.state = report.state, step.target
    EFFECTS.get(name, _nothing)(report, by=by, now=now)
    report.save(update_fields=STAMPS)
    taken = ReportStep.objects.create(
        report=report,
        name=name,
        label=step.label,
        source=source,
        target=step.target,
        by=by,
        at=now,
        note=note,
    )
    Remark.objects.bulk_create(
        Remark(step=taken, kind=kind, key=key, label=label, text=text)
        for kind, key, label, text in remarks
    )
    _announce(report, taken)
    return report


def mark_read(report, *, by) -> None:
    """Note that the receiver has opened the report: from now on it cannot be withdrawn.

    Anybody else's look, and every further one, takes no lock and writes nothing.
    """
    if _awaits_reader(report) and receives_from_others(by, report) is None:
        _mark_read(report, by=by, now=clock.now())


def _awaits_reader(report) -> bool:
    return report.state == State.SUBMITTED and report.read_at is None


@transaction.atomic
def _mark_read(report, *, by, now):
    locked = _locked(report)
    if _awaits_reader(locked):
        report.read_at = locked.read_at = now
        locked.save(update_fields=["read_at"])
        record("read_report", locked, by=by, unit=locked.unit, at=now)


def _locked(report):
    rows = Report.objects.select_for_update(of=("self",))
    return rows.select_related("unit", "period__campaign", "receiver", "checklist").get(
        pk=report.pk
    )


def _nothing(report, *, by, now):
    """A step whose only effect is the state."""


def _send(report, *, by, now):
    report.timeliness = rules.timeliness(report, now)
    report.submitted_at, report.submitted_by, report.read_at = now, by, None
    criteria_actions.hand_in(
        report.checklist, by=by, at=now, on_time=report.timeliness != Timeliness.LATE
    )
    content, number = freezing.content_of(report), report.versions.count() + 1
    sha256 = freezing.digest(content)
    Version.objects.create(
        report=report,
        number=number,
        content=content,
        sha256=sha256,
        receipt=f"BN-{report.period.code}-{report.pk:06d}-{number:02d}-{sha256[:6]}".upper(),
        timeliness=report.timeliness,
        sent_at=now,
        sent_by=by,
    )


def _withdraw(report, *, by, now):
    report.submitted_at = report.submitted_by = None
    report.timeliness = ""
    criteria_actions.reopen(report.checklist, by=by, at=now, withdrawn=True)
    lay_out(report)


def _accept(report, *, by, now):
    report.accepted_at, report.accepted_by = now, by
    report.read_at = report.read_at or now
    criteria_actions.accept(report.checklist, by=by, at=now)


def _give_back(report, *, by, now):
    report.accepted_at = report.accepted_by = None
    report.read_at = report.read_at or now
    criteria_actions.reopen(report.checklist, by=by, at=now)
    lay_out(report)


EFFECTS = {
    "send": _send,
    "withdraw": _withdraw,
    "accept": _accept,
    "return": _give_back,
    "reopen": _give_back,
}


def _announce(report, taken):
    """Tell the side that must act next, by mail; the words hold no content of the report."""
    if taken.name in ("send", "withdraw"):
        to = _receivers(report, taken.at)
    elif taken.name == "hand_over":
        to = _people(report.unit, taken.at, Role.LEADER)
    else:
        to = _people(report.unit, taken.at, *Role.OF_UNIT)
    lines = [
        f"{report}: {taken.label} lúc {clock.said(taken.at)}.",
        f"Người thực hiện: {taken.by}.",
    ]
    if taken.note:
        lines.append(f"Ý kiến: {taken.note}")
    lines.append("Đăng nhập cổng thi đua, mục “Việc của tôi”, để xem và xử lý.")
    mail.send_after_commit(
        to=to, subject=f"[Thi đua] {report.unit}: {taken.label}", body="\n".join(lines)
    )


def _receivers(report, at):
    """The people of the unit above; for the holder of the province's duty, the board."""
    if report.goes_to_board:
        return _mail_of(people_as(Role.BOARD, day=clock.day_of(at)))
    return _people(report.receiver_today, at, *Role.OF_UNIT)


def _people(unit, at, *roles):
    return _mail_of(people_as(*roles, day=clock.day_of(at), unit=unit))


def _mail_of(people):
    return list(people.values_list("email", flat=True))
