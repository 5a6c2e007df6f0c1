"""The checks of a nomination: one pure function each, from plain facts to findings.

``CHECKS`` is the table, in the order of the page. Severities follow what the law lets people
decide: a hold asks for somebody's recorded decision, a warning for attention. That a lower form
came before a higher one is no check (NĐ 98/2023 Đ4 k1), maternity leave counts (k5).
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

from awards.eligibility import by_dossier, by_ledger, by_unit
from awards.eligibility.facts import Facts
from awards.eligibility.finding import Finding
from awards.kinds import Check, Severity

ORDER = {severity: place for place, severity in enumerate(Severity)}


class Judge(NamedTuple):
    """One check: whose clause it cites, what it tells, whether people may set it aside."""

    check: Check
    tells: Callable[[Facts], Iterator[Finding]]
    overridable: bool = True


CHECKS = (
    Judge(Check.SAME, by_ledger.same_achievement),
    Judge(Check.SAME, by_ledger.nominated_elsewhere),
    Judge(Check.NEXT_PERIOD, by_ledger.before_next_period),
    Judge(Check.MERIT_BASIS, by_ledger.merit_on_movement),
    Judge(Check.INQUIRY, by_dossier.under_inquiry, overridable=False),
    Judge(Check.DISCIPLINE, by_dossier.after_discipline),
    Judge(Check.WOMEN, by_unit.women_first),
    Judge(Check.STATE_ONCE, by_ledger.state_level_again),
    Judge(Check.TWO_ORDERS, by_ledger.two_orders),
    Judge(Check.DISSOLVED, by_unit.dissolved),
    Judge(Check.HEIRS, by_unit.went_over),
    Judge(Check.OBLIGATIONS, by_dossier.obligations_met),
    Judge(Check.CONSULTED, by_dossier.never_consulted, overridable=False),
    Judge(Check.CONSULTED, by_dossier.consultation_answered),
    Judge(Check.POSTED, by_dossier.posted_long_enough, overridable=False),
    Judge(Check.POSTED, by_dossier.opinions_handled, overridable=False),
    Judge(Check.ALIKE, by_dossier.report_is_own),
    Judge(Check.DOSSIER, by_dossier.papers_complete),
    Judge(Check.AUTHORITY, by_unit.decider_known),
    Judge(Check.AUTHORITY, by_unit.form_is_for),
    Judge(Check.QUOTA, by_unit.within_quota),
    Judge(Check.NAMESAKES, by_ledger.namesakes),
    Judge(Check.DIRECT, by_unit.share_of_direct),
)
"""A hold is lifted, a posting waited for, an opinion answered: those are not set aside."""


def judge(facts: Facts) -> list[Finding]:
    """All findings, the weightiest first, each with the clause and the law it rests on."""
    found = [
        replace(
            finding,
            code=check.value,
            clause=finding.clause or facts.law.clause_of(check).clause,
            law=facts.law.name,
            overridable=overridable and finding.stops,
        )
        for check, tells, overridable in CHECKS
        for finding in tells(facts)
    ]
    return sorted(found, key=lambda finding: ORDER[finding.severity])


def tie_key(recipient: str, woman: bool, women_share: int | None, share: int | None) -> int:
    """Ties: women first, and collectives with that share of women (NĐ 98/2023 Đ4 k6)."""
    return 0 if by_unit.goes_first(recipient, woman, women_share, share) else 1
