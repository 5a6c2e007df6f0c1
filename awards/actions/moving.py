"""Moving nominations along the arrows of ``awards.steps.NOMINATION_STEPS``, one or many."""

from collections.abc import Callable, Iterable

from django.db import transaction

from awards import appraisal_rules, desks
from awards.law import rule_set_on
from awards.models import Nomination, NominationStep, PendingVerdict
from awards.similarity import keep_sketches
from awards.steps import NOMINATION_STEPS
from config import clock, mail
from config.text import clean_text
from config.workflow import refuse
from units.actions.checking import anew
from units.kinds import Kind, Role
from units.queries import people_as

STAMPS = [
    "state",
    "desk",
    "rule_set",
    "received_on",
    "submitted_at",
    "submitted_by",
    "appraised_at",
    "appraised_by",
    "departure",
]


@transaction.atomic
def take_nomination_step(nomination: Nomination, name: str, *, by, note: str = "") -> Nomination:
    """Move one nomination along one arrow and record it, or refuse with the reasons.

    Effects, in order: the row is locked and read anew; obstacles refuse; state, desk and stamps
    are written; the step is logged; mail goes to whose turn it is after the commit.
    """
    return move([nomination], name, by=by, note=note)[0]


@transaction.atomic
def move(
    nominations: Iterable[Nomination],
    name: str,
    *,
    by,
    note: str = "",
    notes: dict[int, str] | None = None,
    tell: bool = True,
) -> list[Nomination]:
    """The same for many, all or none; ``notes`` by primary key where each has its own.

    With several each reason names its candidate.
    """
    by, now, step = anew(by), clock.now(), NOMINATION_STEPS[name]
    rows = locked(nominations)
    appraisal_rules.judge_together(rows, name, now)
    said = {row.pk: clean_text((notes or {}).get(row.pk, note)) for row in rows}
    reasons = {row: step.obstacles(row, by=by, note=said[row.pk], now=now) for row in rows}
    alone = len(rows) == 1
    refuse(*(told if alone else f"{row.name}: {told}" for row in rows for told in reasons[row]))
    taken = [_take(row, name, step, by=by, now=now, note=said[row.pk]) for row in rows]
    Nomination.objects.bulk_update(rows, STAMPS, batch_size=500)
    NominationStep.objects.bulk_create(taken)
    PendingVerdict.objects.filter(nomination__in=rows).delete()
    if name == "submit":
        keep_sketches(rows)
    if tell:
        announce(taken)
    return rows


def locked(nominations: Iterable[Nomination]) -> list[Nomination]:
    """The rows as they stand, locked in one order until the end of the act."""
    keys = [row.pk for row in nominations]
    rows = Nomination.objects.select_for_update(of=("self",)).filter(pk__in=keys)
    related = ("offer__form", "offer__round__unit", "offer__round__campaign", "proposer", "desk")
    related += ("unit", "person", "rule_set", "pending")
    found = list(rows.select_related(*related).order_by("pk"))
    missing = len(set(keys)) - len(found)
    refuse("Có hồ sơ không còn trong danh sách; hãy tải lại trang." if missing else None)
    return found


def _take(row: Nomination, name: str, step, *, by, now, note: str) -> NominationStep:
    source, desk, row.state = row.state, row.desk, step.target
    EFFECTS.get(name, _nothing)(row, by=by, now=now)
    return NominationStep(
        nomination=row,
        name=name,
        label=step.label,
        source=source,
        target=step.target,
        from_desk=desk,
        to_desk=row.desk,
        by=by,
        at=now,
        note=note,
    )


def _nothing(row, *, by, now):
    """A step whose only effect is the state."""


def _submit(row, *, by, now):
    """The day of the first receipt decides by which law the dossier is dealt with to its end."""
    day = clock.day_of(now)
    row.submitted_at, row.submitted_by = now, by
    row.received_on = row.received_on or day
    row.rule_set = row.rule_set or rule_set_on(row.received_on)
    row.desk = desks.next_desk(row.proposer, row.round.unit, day) or row.round.unit


def _endorse(row, *, by, now):
    row.desk = desks.next_desk(row.desk, row.round.unit, clock.day_of(now))


def _back_to_proposer(row, *, by, now):
    row.desk = row.proposer
    _forget_appraisal(row)


def _appraise(row, *, by, now):
    row.appraised_at, row.appraised_by = now, by
    pending = getattr(row, "pending", None)
    if pending is not None:
        row.departure = pending.departure


def _take_back(row, *, by, now):
    _forget_appraisal(row)


def _forget_appraisal(row):
    row.appraised_at = row.appraised_by = None
    row.departure = ""


EFFECTS: dict[str, Callable] = {
    "submit": _submit,
    "endorse": _endorse,
    "return": _back_to_proposer,
    "appraise": _appraise,
    "take_back": _take_back,
}


# Mail

TOLD_PROPOSER = ("return", "refuse", "fail", "decide", "revoke")
TOLD_DESK = ("submit", "endorse", "withdraw")


def announce(taken: list[NominationStep]) -> None:
    """One mail to each unit whose turn it is, or that proposed; it names forms, never persons."""
    letters: dict[tuple, list[NominationStep]] = {}
    for step in taken:
        if step.name in TOLD_PROPOSER:
            letters.setdefault((step.nomination.proposer, step.name), []).append(step)
        elif step.name in TOLD_DESK:
            letters.setdefault((step.to_desk, step.name), []).append(step)
    for (unit, _), steps in letters.items():
        _letter(unit, steps)


def _letter(unit, steps: list[NominationStep]) -> None:
    first = steps[0]
    day = clock.day_of(first.at)
    if unit.kind == Kind.PROVINCE:
        people = people_as(Role.BOARD, day=day)
    else:
        people = people_as(*Role.OF_UNIT, day=day, unit=unit)
    forms = sorted({str(step.nomination.form) for step in steps})
    lines = [
        f"{len(steps)} hồ sơ đề nghị khen thưởng: {first.label} lúc {clock.said(first.at)}.",
        f"Đợt: {first.nomination.round.title}. Hình thức: {'; '.join(forms)}.",
        f"Người thực hiện: {first.by}.",
        "Đăng nhập cổng thi đua, mục “Việc của tôi”, để xem và xử lý.",
    ]
    mail.send_after_commit(
        to=list(people.values_list("email", flat=True)),
        subject=f"[Thi đua] Khen thưởng: {first.label}",
        body="\n".join(lines),
    )
