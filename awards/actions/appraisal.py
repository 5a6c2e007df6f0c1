"""What people decide about a dossier while it is appraised: holds, opinions, overrides, verdicts.

The log names dossiers by their number, never a candidate.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.db import transaction

from awards import appraisal_rules as rules
from awards import permissions
from awards.actions.moving import locked, move
from awards.eligibility import findings_of
from awards.kinds import HoldKind, Verdict
from awards.models import Consultation, Hold, Nomination, Override, PendingVerdict
from awards.ranked import Ranks, departures
from awards.rules import LONGEST_REASON
from awards.steps import NOMINATION_STEPS
from config import clock, mail
from config.text import clean_line, clean_text
from config.workflow import RuleViolation, refuse
from units.actions import record
from units.actions.checking import anew, refuse_invalid
from units.kinds import Role
from units.queries import people_as

STALE = "Nội dung điểm kiểm tra này đã thay đổi; hãy tải lại trang rồi xem lại."


def _taken(nomination: Nomination, by, may) -> Nomination:
    """The dossier under lock, for someone who may."""
    row = locked([nomination])[0]
    refuse(may(by, row))
    return row


def _logged(action: str, nomination: Nomination, *, by, reason: str = "", **changes) -> None:
    label = f"Hồ sơ khen thưởng số {nomination.pk}"
    record(action, nomination, by=by, unit=nomination.desk, label=label, reason=reason,
           changes=changes)  # fmt: skip


def _reason(text: str, asked: str) -> str:
    text = clean_text(text)
    refuse(
        None if text else asked,
        f"Lý do: dài quá {LONGEST_REASON} ký tự; hãy rút gọn."
        if len(text) > LONGEST_REASON
        else None,
    )
    return text


@transaction.atomic
def hold(
    nomination: Nomination, kind: str, *, by, reason: str, lifts_on: date | None = None
) -> Hold:
    """Let a dossier wait while something is looked into; until a day, or until it is lifted.

    Effects: the hold and a log row; the steps onward refuse while it stands.
    """
    by, now = anew(by), clock.now()
    row = _taken(nomination, by, permissions.looks_into)
    reason = _reason(reason, "Nội dung: cần ghi vì sao tạm dừng, theo văn bản nào.")
    past = lifts_on is not None and lifts_on <= clock.day_of(now)
    refuse("Hết tạm dừng từ ngày: phải sau hôm nay." if past else None)
    made = Hold(
        nomination=row, kind=kind, reason=reason, lifts_on=lifts_on, held_at=now, held_by=by
    )
    refuse_invalid(made)
    made.save()
    _logged("hold", row, by=by, kind=str(HoldKind(kind).label))
    return made


@transaction.atomic
def lift_hold(standing: Hold, *, by, reason: str) -> Hold:
    """End a hold, saying why; effects: its stamps and a log row."""
    by = anew(by)
    row = _taken(standing.nomination, by, permissions.looks_into)
    standing = Hold.objects.select_for_update(of=("self",)).get(pk=standing.pk)
    refuse("Tạm dừng này đã được bỏ; hãy tải lại trang." if standing.lifted_at else None)
    standing.lift_reason = _reason(reason, "Lý do: cần ghi vì sao bỏ tạm dừng.")
    standing.lifted_at, standing.lifted_by = clock.now(), by
    standing.save(update_fields=["lift_reason", "lifted_at", "lifted_by"])
    _logged("lift_hold", row, by=by, kind=standing.get_kind_display())
    return standing


@transaction.atomic
def ask_opinion(
    nomination: Nomination, body: str, *, by, asked_on: date, due_on: date | None = None
) -> Consultation:
    """Note that a competent body was asked (hiệp y); effects: the row and a log row."""
    by = anew(by)
    row = _taken(nomination, by, permissions.looks_into)
    body = clean_line(body)
    early = due_on is not None and due_on < asked_on
    refuse(
        None if body else "Cơ quan được hỏi: cần ghi.",
        "Hỏi ngày: không thể ở tương lai." if asked_on > clock.today() else None,
        "Hạn trả lời: không thể trước ngày hỏi." if early else None,
    )
    made = Consultation(nomination=row, body=body, asked_on=asked_on, due_on=due_on)
    refuse_invalid(made)
    made.save()
    _logged("ask_opinion", row, by=by, body=body)
    return made


@transaction.atomic
def record_opinion(
    asked: Consultation, outcome: str, *, by, answered_on: date, note: str = ""
) -> Consultation:
    """Write what the body answered; effects: the answer and a log row. It is written once."""
    by = anew(by)
    row = _taken(asked.nomination, by, permissions.looks_into)
    asked = Consultation.objects.select_for_update(of=("self",)).get(pk=asked.pk)
    note = clean_text(note)
    objects_in_silence = outcome == Consultation.Outcome.OBJECTS and not note
    refuse(
        "Ý kiến của cơ quan này đã ghi; hãy tải lại trang." if asked.outcome else None,
        None if outcome in Consultation.Outcome.values else "Ý kiến: cần chọn.",
        "Trả lời ngày: không thể ở tương lai." if answered_on > clock.today() else None,
        "Nội dung: cần ghi vì sao không nhất trí." if objects_in_silence else None,
    )
    asked.outcome, asked.answered_on, asked.note = outcome, answered_on, note
    refuse_invalid(asked)
    asked.save(update_fields=["outcome", "answered_on", "note"])
    _logged("record_opinion", row, by=by, body=asked.body, outcome=asked.get_outcome_display())
    return asked


@transaction.atomic
def override_finding(nomination: Nomination, code: str, mark: str, *, by, reason: str) -> Override:
    """Set a finding aside with a reason; it counts while the finding says the same.

    Effects: the override with the sentence it answers, and a log row. Refused for what only time,
    a lifted hold or an answer ends.
    """
    by, now = anew(by), clock.now()
    row = _taken(nomination, by, permissions.decides_on_findings)
    reason = _reason(reason, "Lý do: cần ghi vì sao vẫn cho đi tiếp.")
    found = findings_of(row, today=clock.day_of(now))
    finding = next((each for each in found if (each.code, each.mark) == (code, mark)), None)
    refuse(STALE if finding is None else None)
    refuse(
        None
        if finding.overridable
        else f"Điểm kiểm tra này không bỏ qua được. {finding.mend}".strip()
    )
    known = row.overrides.filter(code=code, mark=mark).exists()
    refuse("Điểm kiểm tra này đã có quyết định; hãy tải lại trang." if known else None)
    made = row.overrides.create(
        code=code, mark=mark, sentence=finding.sentence, reason=reason, by=by, at=now
    )
    _logged("override_finding", row, by=by, code=code)
    return made


# Verdicts

STEP_OF = {Verdict.RETURN: "return", Verdict.REFUSE: "refuse"}


def step_of(nomination: Nomination, verdict: str) -> str:
    """The step that a verdict comes to: who is not at the end of the way passes a dossier on."""
    at_the_end = nomination.desk_id == nomination.round.unit_id
    return STEP_OF.get(verdict) or ("appraise" if at_the_end else "endorse")


@transaction.atomic
def set_verdict(
    nomination: Nomination, verdict: str, *, by, reason: str = "", departure: str = ""
) -> PendingVerdict:
    """Note what the appraisal of one dossier comes to, to be applied together with others.

    Effects: the pending verdict, instead of one that waited. Refused where the step itself would
    be; passing ahead of a better placed unit asks for ``departure``.
    """
    by, now = anew(by), clock.now()
    row = _taken(nomination, by, permissions.desk_of_others)
    refuse(None if verdict in Verdict.values else "Kết luận: cần chọn.")
    PendingVerdict.objects.filter(nomination=row).delete()
    made = PendingVerdict(nomination=row, verdict=verdict, by=by, at=now)
    made.reason, made.departure = clean_text(reason), clean_text(departure)
    name = step_of(row, verdict)
    rules.judge_together([row], name, now)
    if name == "appraise":
        beside = Nomination.objects.filter(pending__verdict=Verdict.PASS, offer__round=row.round)
        told = departures([row], Ranks([row]), together=[row, *beside])
        row.left_out = told.get(row.pk, [])
    refuse(*NOMINATION_STEPS[name].obstacles(row, by=by, note=made.reason, now=now))
    refuse_invalid(made)
    made.save()
    return made


@transaction.atomic
def set_verdicts(
    nominations: Iterable[Nomination], verdict: str, *, by, reason: str = "", departure: str = ""
) -> list[PendingVerdict]:
    """The same verdict for several, all or none; each reason names its candidate."""
    made, reasons = [], []
    for row in nominations:
        try:
            made.append(set_verdict(row, verdict, by=by, reason=reason, departure=departure))
        except RuleViolation as refusal:
            reasons += [f"{row.name}: {told}" for told in refusal.args]
    refuse(*reasons)
    return made


@transaction.atomic
def clear_verdict(nomination: Nomination, *, by) -> None:
    """Take a pending verdict back; effects: none is left."""
    row = _taken(nomination, anew(by), permissions.desk_of_others)
    PendingVerdict.objects.filter(nomination=row).delete()


@transaction.atomic
def apply_verdicts(
    pending: Iterable[PendingVerdict], *, by, expected: int | None = None
) -> list[Nomination]:
    """Apply the verdicts that were shown, all or none.

    Effects: every dossier takes the step of its verdict; one mail to each unit that proposed.
    Refused by name for each that cannot go on, and for a verdict that changed since it was shown;
    ``expected`` is how many a page showed.
    """
    by, shown = anew(by), {each.nomination_id: each for each in pending}
    fewer = expected is not None and len(shown) != expected
    refuse(
        "Có kết luận vừa được sửa hoặc áp dụng; hãy xem lại danh sách dưới đây." if fewer else None,
        None if shown else "Chưa có kết luận nào để áp dụng.",
    )
    rows = locked(Nomination.objects.filter(pk__in=shown))
    refuse(*(_changed(row, shown[row.pk]) for row in rows))
    groups: dict[str, list[Nomination]] = {}
    for row in rows:
        groups.setdefault(step_of(row, shown[row.pk].verdict), []).append(row)
    notes = {key: each.reason for key, each in shown.items()}
    moved, reasons = [], []
    for name, group in groups.items():
        moved += _moved(name, group, notes, reasons, by=by)
    refuse(*reasons)
    _tell(moved, {key: each.verdict for key, each in shown.items()}, by=by)
    return moved


def _changed(row: Nomination, shown: PendingVerdict) -> str | None:
    now = getattr(row, "pending", None)
    if now and (now.pk, now.at) == (shown.pk, shown.at):
        return None
    return f"{row.name}: kết luận vừa được người khác sửa; hãy tải lại trang."


def _moved(name, group, notes, reasons, *, by) -> list[Nomination]:
    """One step for those that come to it; its obstacles are collected with those of the others."""
    try:
        return move(group, name, by=by, notes=notes, tell=name == "endorse")
    except RuleViolation as refusal:
        named = refusal.args if len(group) > 1 else [f"{group[0].name}: {t}" for t in refusal.args]
        reasons += named
        return []


def _tell(rows: list[Nomination], verdicts: dict[int, str], *, by) -> None:
    """One mail to each proposing unit: how many came to what; no names."""
    units: dict = {}
    for row in rows:
        units.setdefault(row.proposer, []).append(row)
    day = clock.today()
    for unit, theirs in units.items():
        counts = Counter(Verdict(verdicts[row.pk]).label for row in theirs)
        people = people_as(*Role.OF_UNIT, day=day, unit=unit)
        lines = [f"Kết luận thẩm định {len(theirs)} hồ sơ đề nghị khen thưởng của {unit}:"]
        lines += [f"- {label}: {number} hồ sơ" for label, number in counts.items()]
        lines += [f"Người thực hiện: {by}.", "Đăng nhập cổng thi đua, mục “Việc của tôi”, để xem."]
        mail.send_after_commit(
            to=list(people.values_list("email", flat=True)),
            subject="[Thi đua] Khen thưởng: kết luận thẩm định",
            body="\n".join(lines),
        )
