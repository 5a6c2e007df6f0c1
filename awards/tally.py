"""How a council's votes are counted: the share that a form needs, of whom, and the verdict.

The share is taken of all members, those absent too, as the absent are asked in writing (NĐ
91/2017 Đ45 k8); by the rule's base those who must not vote on a case are left out. What the rule
sets leave open is not guessed: then the council agrees itself how many votes it asks for. Ties
are not broken; too few votes are too few.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import ceil

from awards.kinds import VoteBase
from awards.models import Case, VoteRule
from awards.models.law import UNKNOWN
from config.text import vn_number


@dataclass(frozen=True)
class Verdict:
    """What a case came to: ``needed`` of ``base`` votes for it; ``words`` for the minutes."""

    base: int
    needed: int
    passed: bool
    words: str


def vote_rules_of(cases: Iterable[Case]) -> dict[int, VoteRule]:
    """By key of the case the share its form needs by the dossier's own rule set; one query.

    A case is left out where the rule set says nothing, or leaves the share open.
    """
    cases = list(cases)
    asked = {(case.nomination.rule_set_id, case.nomination.form.code): [] for case in cases}
    for case in cases:
        asked[case.nomination.rule_set_id, case.nomination.form.code].append(case.pk)
    rules = VoteRule.objects.filter(
        rule_set__in={rule_set for rule_set, _ in asked},
        form__code__in={code for _, code in asked},
        numerator__isnull=False,
    )
    told = {}
    for rule in rules.select_related("form", "rule_set"):
        for key in asked.get((rule.rule_set_id, rule.form.code), ()):
            told[key] = rule
    return told


def base_of(rule: VoteRule | None, members: int, recused: int) -> int:
    """The number of members that the share is taken of."""
    leaves_out = rule is not None and rule.base == VoteBase.LESS_RECUSALS
    return members - recused if leaves_out else members


def needed_of(share: Fraction, base: int) -> int:
    """The fewest votes that reach the share: 80% of 14 members are 11.2, so 12."""
    return ceil(share * base)


def verdict(
    rule: VoteRule | None, agreed: int | None, *, members: int, recused: int, votes_for: int
) -> Verdict | None:
    """The verdict by the rule, or by the number that the council agreed on; None without both."""
    base = base_of(rule, members, recused)
    needed = needed_of(rule.share, base) if rule else agreed
    if needed is None:
        return None
    passed = votes_for >= needed
    words = (
        f"{vn_number(votes_for)}/{vn_number(base)} phiếu đồng ý ({percent(votes_for, base)}), cần "
        f"ít nhất {vn_number(needed)} ({_why(rule, members, recused)}) – "
        f"{'đạt' if passed else 'không đạt'}"
    )
    return Verdict(base, needed, passed, words)


def _why(rule: VoteRule | None, members: int, recused: int) -> str:
    """Where the number of votes needed comes from."""
    if rule is None:
        return f"Hội đồng thống nhất; tỷ lệ theo quy định: {UNKNOWN}"
    base = base_of(rule, members, recused)
    told = f"{share_words(rule.share)} của {vn_number(base)}"
    if base == members:
        return f"{told} thành viên"
    return (
        f"{told} = {vn_number(members)} thành viên trừ {vn_number(recused)} người không tham gia "
        "bỏ phiếu"
    )


def share_words(share: Fraction) -> str:
    """A share as the law says it: "80%", or "2/3" where percent would not be whole."""
    whole = 100 * share
    if whole.denominator == 1:
        return f"{whole}%"
    return f"{share.numerator}/{share.denominator}"


def percent(part: int, whole: int) -> str:
    """A share of votes for reading; the verdict itself is taken from whole numbers."""
    if not whole:
        return "–"
    share = (Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{vn_number(share)}%"
