"""Revocations: a decision that takes awards back, with the sum to be refunded."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction

from awards import contents, permissions
from awards import decision_rules as rules
from awards.actions.decisions import CODE_BYTES, count_minority, save_decision
from awards.actions.honours import mark_revoked
from awards.actions.law import seal_rule_set
from awards.actions.moving import locked, move
from awards.actions.presenting import decision_lines
from awards.contents import Deed
from awards.heirs import unit_on
from awards.kinds import DecisionKind
from awards.law import authorities_of, rule_set_on
from awards.models import Decision, DecisionLine, Nomination
from config import clock
from config.text import clean_line, clean_text, vn_date
from config.workflow import refuse
from units.actions import record
from units.actions.checking import anew
from units.models import Unit, User


@transaction.atomic
def revoke_awards(
    lines: Iterable[DecisionLine],
    *,
    number: str,
    decided_on: date,
    signer: str,
    reason: str,
    minority: Mapping[str, int] | None = None,
    by: User,
) -> Decision:
    """Enter the decision by which awards of one decision are taken back, money refunded.

    ``minority``: how many of those taken back were of an ethnic minority, so that the counts stay
    right. Effects: a decision with lines that point at the old ones, ``revoked_on`` in the
    ledger, ``revoked`` nominations, mail to the proposers.
    """
    by, minority, lines = anew(by), dict(minority or {}), decision_lines(lines)
    number, signer, reason = clean_line(number), clean_line(signer), clean_text(reason)
    refuse(rules.of_one_decision(lines))
    old = lines[0].decision
    refuse(permissions.keeps_round(by, old.round))
    unit = unit_on(old.unit, decided_on).unit or old.unit
    Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)  # one number at a time
    rows = locked(Nomination.objects.filter(decision_lines__in=[line.pk for line in lines]))
    refuse(
        *rules.told_whole(**{"Số quyết định": number, "Người ký": signer}),
        rules.says_why(reason),
        rules.day_fits(decided_on, clock.today(), old.decided_on, "quyết định khen thưởng"),
        rules.number_free(unit, number, decided_on),
        *rules.not_revoked(lines),
        *rules.minority_fits(minority, [line.recipient for line in lines]),
    )
    deed = _deed(old, unit, number, decided_on, signer, reason)
    decision = _write(old, lines, deed, by=by)
    count_minority(decision, minority)
    seal_rule_set(deed.rule_set, by=by)
    mark_revoked([line.honour for line in lines if line.honour], decided_on)
    move(rows, "revoke", by=by, note=reason)
    record("revoke_awards", decision, by=by, unit=decision.unit, reason=reason)
    return decision


def _deed(old: Decision, unit: Unit, number, decided_on, signer, reason) -> Deed:
    """The same office takes back; whoever holds it on that day signs."""
    holding = [
        row
        for row in authorities_of([old.form.code])
        if row.office == old.office and row.holds_on(decided_on)
    ]
    return Deed(
        unit=unit,
        number=number,
        decided_on=decided_on,
        signer=signer,
        fund=old.fund,
        decider=holding[0].decider if holding else old.decider,
        office=old.office,
        basis=f"Quyết định số {old.number} ngày {vn_date(old.decided_on)}",
        rule_set=rule_set_on(decided_on) or old.rule_set,
        reason=reason,
    )


def _write(old: Decision, lines: list[DecisionLine], deed: Deed, *, by: User) -> Decision:
    content = contents.of_revocation(old.content, [line.position for line in lines], deed)
    decision = save_decision(
        deed,
        kind=DecisionKind.REVOCATION,
        round=old.round,
        submission=old.submission,
        form=old.form,
        award_type=old.award_type,
        content=content,
        by=by,
    )
    DecisionLine.objects.bulk_create(
        _taking_back(decision, n, line) for n, line in enumerate(lines, start=1)
    )
    return decision


KEPT = (
    "nomination_id",
    "recipient",
    "name",
    "title",
    "post",
    "address",
    "unit_id",
    "achievement",
    "period_from",
    "period_to",
    "woman",
    "direct",
    "coefficient",
    "salary",
    "product",
    "paid",
    "problem",
)
"""What a line that takes another back says just as that one; ``paid`` is to be refunded."""


def _taking_back(decision: Decision, position: int, line: DecisionLine) -> DecisionLine:
    return DecisionLine(
        decision=decision,
        position=position,
        revokes=line,
        check_code=secrets.token_urlsafe(CODE_BYTES),
        **{name: getattr(line, name) for name in KEPT},
    )
