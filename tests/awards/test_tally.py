"""The verdict's arithmetic: shares of whom, how many votes, in which words."""

from fractions import Fraction

import pytest

from awards.tally import needed_of, percent, share_words, verdict
from tests.factories.awards import VoteRuleFactory


def rule(numerator, denominator, base):
    return VoteRuleFactory.build(
        numerator=numerator, denominator=denominator, base=base, rule_set=None, form=None
    )


ALL, LESS = "all", "less_recusals"


@pytest.mark.parametrize(
    ("share", "base", "members", "recused", "base_is", "needed"),
    [
        ((80, 100), ALL, 15, 0, 15, 12),
        ((80, 100), ALL, 15, 1, 15, 12),
        ((80, 100), LESS, 15, 1, 14, 12),
        ((80, 100), LESS, 16, 1, 15, 12),
        ((90, 100), ALL, 15, 0, 15, 14),
        ((90, 100), LESS, 11, 1, 10, 9),
        ((2, 3), ALL, 9, 0, 9, 6),
        ((2, 3), ALL, 10, 0, 10, 7),
        ((1, 2), ALL, 5, 0, 5, 3),
        ((1, 2), ALL, 4, 0, 4, 2),
        ((100, 100), ALL, 7, 0, 7, 7),
        ((1, 3), LESS, 3, 3, 0, 0),
    ],
)
def test_the_votes_needed(share, base, members, recused, base_is, needed):
    told = {"members": members, "recused": recused}
    enough = verdict(rule(*share, base), None, votes_for=needed, **told)

    assert (enough.base, enough.needed, enough.passed) == (base_is, needed, True)
    if needed:
        assert not verdict(rule(*share, base), None, votes_for=needed - 1, **told).passed


def test_the_verdict_names_both_numbers_and_where_they_come_from():
    told = verdict(rule(80, 100, LESS), None, members=15, recused=1, votes_for=12)

    assert told.words == (
        "12/14 phiếu đồng ý (85,7%), cần ít nhất 12 (80% của 14 = 15 thành viên trừ 1 người "
        "không tham gia bỏ phiếu) – đạt"
    )


def test_who_must_not_vote_weighs_against_where_the_base_is_everybody():
    told = verdict(rule(80, 100, ALL), None, members=15, recused=4, votes_for=11)

    assert told.words == (
        "11/15 phiếu đồng ý (73,3%), cần ít nhất 12 (80% của 15 thành viên) – không đạt"
    )


def test_without_a_rule_the_council_says_how_many():
    told = {"members": 5, "recused": 1, "votes_for": 3}

    assert verdict(None, None, **told) is None
    assert verdict(None, 3, **told).words == (
        "3/5 phiếu đồng ý (60%), cần ít nhất 3 (Hội đồng thống nhất; tỷ lệ theo quy định: chưa "
        "có căn cứ) – đạt"
    )
    assert not verdict(None, 4, **told).passed


def test_shares_are_counted_whole_and_never_by_floating_point():
    assert needed_of(Fraction(80, 100), 15) == 12  # 0.8 * 15 is 12.000000000000002 in floats
    assert [share_words(Fraction(*pair)) for pair in ((80, 100), (2, 3))] == ["80%", "2/3"]
    assert percent(1, 0) == "–"
