"""Decisions: entered once when the signed paper is there, with money, ledger and check codes.

A mistake is mended by a revocation (``awards.actions.revocations``) and a new decision.
"""

import secrets
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db import transaction

from awards import contents, deciding, permissions
from awards import decision_rules as rules
from awards.actions.honours import enter_decided
from awards.actions.law import seal_rule_set
from awards.actions.moving import locked, move
from awards.contents import Award, Deed
from awards.deciding import offices_of
from awards.heirs import unit_on
from awards.kinds import DecisionKind, Recipient
from awards.law import authorities_of, bonus_of, offering_problem, rule_set_on
from awards.models import (
    Decision,
    DecisionLine,
    Honour,
    MinorityCount,
    Nomination,
    Round,
    Submission,
    SubmissionLine,
)
from config import clock
from config.canonical import digest
from config.text import clean_line, vn_date
from config.workflow import RuleViolation, refuse
from units.actions import record
from units.actions.checking import anew, refuse_invalid
from units.models import Person, Unit, User

CODE_BYTES = 16
"""128 bits: nobody finds a certificate by guessing."""


@transaction.atomic
def issue_decision(
    lines: Iterable[SubmissionLine],
    *,
    number: str,
    decided_on: date,
    signer: str,
    fund: str,
    minority: Mapping[str, int] | None = None,
    units: Mapping[int, Unit] | None = None,
    by: User,
) -> Decision:
    """Enter the decision about lines of one tờ trình that ask for one form.

    ``minority``: recipients of an ethnic minority by kind, counts only. ``units``: by nomination
    the unit of that day, where the register cannot tell it (a split). Effects: decision and lines
    with their money, the ledger, ``decided`` nominations, sealed rule sets, mail to the proposers.
    """
    by, minority = anew(by), dict(minority or {})
    number, signer, fund = clean_line(number), clean_line(signer), clean_line(fund)
    submission, rows = _locked(lines)
    refuse(permissions.keeps_round(by, submission.round))
    refuse(
        *rules.told_whole(**{"Số quyết định": number, "Người ký": signer, "Nguồn tiền": fund}),
        *_about(submission, rows, decided_on),
        *rules.minority_fits(minority, [row.recipient for row in rows]),
    )
    issuer = _issuer(submission.round, decided_on)
    refuse(rules.number_free(issuer, number, decided_on))
    awards = awards_of(rows, decided_on, units or {})
    deed = _deed(submission, rows[0], issuer, number, decided_on, signer, fund)
    decision = _write(submission, awards, deed, minority, by=by)
    for rule_set in {deed.rule_set, *(row.rule_set for row in rows if row.rule_set)}:
        seal_rule_set(rule_set, by=by)
    note = f"Quyết định số {number} ngày {vn_date(decided_on)}"
    move(rows, "decide", by=by, note=note)
    record("issue_decision", decision, by=by, unit=decision.unit)
    return decision


def _locked(lines: Iterable[SubmissionLine]) -> tuple[Submission, list[Nomination]]:
    """The tờ trình, locked so that nobody decides twice, and its chosen rows as they stand."""
    lines = list(lines)
    refuse(rules.of_one_submission(lines))
    found = Submission.objects.select_for_update(of=("self",)).select_related(
        "round__unit", "round__campaign", "unit"
    )
    submission = found.get(pk=lines[0].submission_id)
    rows = locked(Nomination.objects.filter(submissions__in=[line.pk for line in lines]))
    return submission, contents.in_order(rows)


def _about(submission: Submission, rows: list[Nomination], decided_on: date) -> list[str | None]:
    earliest = submission.dated_on or decided_on
    found = [
        rules.was_sent(submission),
        rules.of_one_form(rows),
        *rules.still_proposed(rows),
        rules.day_fits(decided_on, clock.today(), earliest, "tờ trình"),
        offering_problem(rows[0].form, submission.round.unit.kind, decided_on),
    ]
    if rule_set_on(decided_on) is None:
        found.append(
            f"Ngày quyết định: cổng chưa có bộ quy định khen thưởng nào ngày {vn_date(decided_on)}."
        )
    return found


def _issuer(round: Round, day: date) -> Unit:
    """Who keeps the decision: the unit of the round, or what of its kind it has become.

    Locked, so that one number is entered at a time.
    """
    standing = unit_on(round.unit, day)
    if standing.unit is None or standing.unit.kind != round.unit.kind:
        told = standing.problem or f"{round.unit.name} không còn vào {vn_date(day)}"
        raise RuleViolation(f"Ngày quyết định: {told}; hãy kiểm tra ngày và cơ quan ký quyết định.")
    return Unit.objects.select_for_update(no_key=True).get(pk=standing.unit.pk)


def awards_of(
    rows: Sequence[Nomination], day: date, units: Mapping[int, Unit] | None = None
) -> list[Award]:
    """Each nomination with its unit of the day and its money; refused where the unit is unknown."""
    form, found, problems = rows[0].form, [], []
    sums = {kind: bonus_of(form, kind, day) for kind in {row.recipient for row in rows}}
    for row in rows:
        unit, problem = _unit_of(row, day, (units or {}).get(row.pk))
        if problem:
            problems.append(problem)
        code = secrets.token_urlsafe(CODE_BYTES)
        found.append(Award(row, unit, sums[row.recipient], code))
    refuse(*problems)
    return found


def _unit_of(row: Nomination, day: date, chosen: Unit | None) -> tuple[Unit | None, str | None]:
    standing = unit_on(row.unit, day)
    if standing.unit is not None:
        return standing.unit, None
    if chosen is None or chosen not in standing.choices:
        what = "hãy chọn đơn vị nhận" if standing.choices else "không khen theo đơn vị này được"
        return None, f"{row.name}: {standing.problem}; {what}."
    return _unit_of_heir(row, day, chosen)


def _unit_of_heir(row: Nomination, day: date, chosen: Unit) -> tuple[Unit | None, str | None]:
    """The heir that people chose may itself have been carried on since."""
    standing = unit_on(chosen, day)
    return standing.unit, None if standing.unit else f"{row.name}: {standing.problem}."


def _deed(submission, row: Nomination, unit, number, decided_on, signer, fund) -> Deed:
    round = submission.round
    authorities = authorities_of([row.form.code])
    holding = deciding.deciders_on(authorities, offices_of(round), row, decided_on)
    by_law = holding[0] if holding else None
    basis = (
        f"Theo đề nghị của {submission.unit.name} tại Tờ trình số {submission.number} ngày "
        f"{vn_date(submission.dated_on)}"
    )
    return Deed(
        unit=unit,
        number=number,
        decided_on=decided_on,
        signer=signer,
        fund=fund,
        decider=by_law.decider if by_law else submission.decider,
        office=by_law.office if by_law else round.unit.kind,
        basis=basis,
        rule_set=rule_set_on(decided_on),
    )


def _write(submission, awards: list[Award], deed: Deed, minority, *, by) -> Decision:
    honours = _honours(awards, deed)
    refuse(*rules.not_in_ledger(honours))
    content = contents.of_decision(submission.round, awards, deed)
    decision = save_decision(
        deed,
        kind=DecisionKind.AWARD,
        round=submission.round,
        submission=submission,
        form=awards[0].nomination.form,
        award_type=awards[0].nomination.award_type,
        content=content,
        by=by,
    )
    entered = enter_decided(honours)
    DecisionLine.objects.bulk_create(
        _line(decision, n, award, honour)
        for n, (award, honour) in enumerate(zip(awards, entered, strict=True), start=1)
    )
    count_minority(decision, minority)
    return decision


def save_decision(deed: Deed, *, content: dict, by: User, **told) -> Decision:
    """Write the head of a decision; its lines follow within the same transaction."""
    decision = Decision(
        unit=deed.unit,
        office=deed.office,
        decider=deed.decider,
        signer=deed.signer,
        number=deed.number,
        decided_on=deed.decided_on,
        rule_set=deed.rule_set,
        fund=deed.fund,
        reason=deed.reason,
        issued_at=clock.now(),
        issued_by=by,
        content=content,
        sha256=digest(content),
        **told,
    )
    decision.fill_keys()
    refuse_invalid(decision, ignore=("number_key",))
    decision.save()
    return decision


def count_minority(decision: Decision, minority: Mapping[str, int]) -> None:
    MinorityCount.objects.bulk_create(
        MinorityCount(decision=decision, recipient=kind, number=number)
        for kind, number in minority.items()
    )


def _honours(awards: list[Award], deed: Deed) -> list[Honour]:
    """The entries of the ledger; of two of one name in one unit each says who is meant."""
    same = Counter(_named(award) for award in awards)
    found = [_honour(award, deed, told=same[_named(award)] > 1) for award in awards]
    left = Counter((row.recipient, row.unit.pk, row.name) for row in found)
    refuse(
        *(
            f"{name}: có {number} hồ sơ trùng tên, trùng đơn vị trong quyết định; hãy trả lại để "
            "ghi chức vụ, địa chỉ phân biệt."
            for (_, _, name), number in left.items()
            if number > 1
        )
    )
    return found


def _named(award: Award) -> tuple:
    return award.nomination.recipient, award.unit.pk, award.nomination.name


def _honour(award: Award, deed: Deed, *, told: bool) -> Honour:
    row = award.nomination
    beside = row.post or row.address if told else ""
    return Honour(
        recipient=row.recipient,
        name=f"{row.name} ({beside})"[:200] if beside else row.name,
        unit=award.unit,
        form=row.form,
        number=deed.number,
        decided_on=deed.decided_on,
        issuer=deed.decider,
        achievement=row.achievement,
        period_from=row.period_from.year,
        period_to=row.period_to.year,
        award_type=row.award_type,
    )


def _line(decision: Decision, position: int, award: Award, honour: Honour) -> DecisionLine:
    row, bonus = award.nomination, award.bonus
    return DecisionLine(
        decision=decision,
        position=position,
        nomination=row,
        honour=honour,
        recipient=row.recipient,
        name=row.name,
        title=contents.title_of(row),
        post=row.post,
        address=row.address,
        unit=award.unit,
        achievement=row.achievement,
        period_from=row.period_from,
        period_to=row.period_to,
        woman=_is_woman(row),
        direct=row.direct,
        coefficient=bonus.coefficient,
        salary=bonus.salary.amount if bonus.salary else None,
        product=bonus.product,
        paid=bonus.paid,
        problem=bonus.problem,
        check_code=award.check_code,
    )


def _is_woman(row: Nomination) -> bool | None:
    if row.recipient != Recipient.PERSON or not row.person.sex:
        return None
    return row.person.sex == Person.Sex.FEMALE
