"""Where figures go when boundaries change, reckoned on made-up registers."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories.boundaries import registers
from units.boundaries.fates import Link, Walk, Why, nowhere, spread, stays

A, B, C, D, E = range(1, 6)
unhurried = settings(deadline=None)


def onward(*links, there):
    return Walk([Link(*link) for link in links], lambda unit: unit in there, forward=True)


def back(*links, there):
    return Walk([Link(*link) for link in links], lambda unit: unit in there, forward=False)


def only(fate):
    """The one loose part of a fate that has nothing else."""
    assert not fate.sure
    (part,) = fate.loose
    return part


# What holds of any register


def weights(fate):
    return sum(share for _, share in fate.sure) + sum(part.weight for part in fate.loose)


@unhurried
@given(registers(), st.data())
def test_no_figure_is_lost_or_counted_twice_on_any_layer(register, data):
    start, end = (data.draw(st.integers(0, len(register.layers) - 1)) for _ in range(2))
    walk = register.walk(start, end)

    for unit in register.layers[start]:
        fate = walk.fate(unit)
        assert weights(fate) == 1
        assert fate.ends() <= register.layers[end]


@unhurried
@given(registers(), st.dictionaries(st.integers(1, 30), st.integers(-999, 9999)))
def test_the_total_is_the_same_on_every_layer(register, figures):
    given_ = {unit: figures.get(unit, unit) for unit in register.layers[0]}
    for end in range(len(register.layers)):
        walk, carried = register.walk(0, end), 0
        for unit, amount in given_.items():
            fate = walk.fate(unit)
            parts = [share for _, share in fate.sure] + [part.weight for part in fate.loose]
            carried += sum(spread(amount, parts))
        assert carried == sum(given_.values())


@unhurried
@given(registers(), st.data())
def test_a_unit_of_the_day_keeps_its_own(register, data):
    layer = data.draw(st.integers(0, len(register.layers) - 1))

    for unit in register.layers[layer]:
        assert register.walk(layer, layer).fate(unit) == stays(unit)


@unhurried
@given(registers(), st.booleans())
def test_carrying_on_from_a_day_in_between_comes_to_the_same(register, forward):
    last = len(register.layers) - 1
    start, end = (0, last) if forward else (last, 0)
    for middle in range(last + 1):
        first, second = register.walk(start, middle), register.walk(middle, end)
        straight = register.walk(start, end)
        for unit in register.layers[start]:
            assert first.fate(unit).then(second.fate) == straight.fate(unit)


@unhurried
@given(
    st.integers(-(10**9), 10**9),
    st.lists(st.integers(1, 1000), min_size=1, max_size=9),
    st.sampled_from([1, Decimal("0.01")]),
)
def test_rounding_keeps_the_sum_and_stays_within_one_step(steps, parts, step):
    amount, shares = steps * step, [Fraction(part, sum(parts)) for part in parts]

    spreaded = spread(amount, shares, step)

    assert sum(spreaded) == amount
    for part, share in zip(spreaded, shares, strict=True):
        assert abs(Fraction(part) - Fraction(amount) * share) < Fraction(step)


# On


def test_a_merger_goes_whole_and_a_chain_is_followed():
    walk = onward((A, C), (B, C), (C, D), there={D})

    assert walk.fate(A) == walk.fate(B) == stays(D)


def test_a_split_goes_by_its_shares():
    fate = onward((A, B, Decimal("0.3")), (A, C, Decimal("0.7")), there={B, C}).fate(A)

    assert fate.shares == {B: Fraction(3, 10), C: Fraction(7, 10)}
    assert fate.whole is None


def test_the_only_heir_without_a_share_takes_the_rest():
    fate = onward((A, B, Decimal("0.3")), (A, C), there={B, C}).fate(A)

    assert fate.shares == {B: Fraction(3, 10), C: Fraction(7, 10)}


def test_a_split_without_shares_is_not_guessed():
    part = only(onward((A, B), (A, C), there={B, C}).fate(A))

    assert (part.why, part.at, part.ends()) == (Why.UNSHARED, A, {B, C})


def test_shares_beyond_the_whole_are_no_shares():
    part = only(onward((A, B, Decimal("0.9")), (A, C, Decimal("0.9")), there={B, C}).fate(A))

    assert (part.why, part.weight) == (Why.UNSHARED, 1)


def test_shares_short_of_the_whole_leave_a_rest_without_place():
    fate = onward((A, B, Decimal("0.5")), (A, C, Decimal("0.4")), there={B, C}).fate(A)

    assert [(part.weight, part.why) for part in fate.loose] == [(Fraction(1, 10), Why.SHORT)]


@pytest.mark.parametrize("share", [None, Decimal("0.5")])
def test_parts_that_meet_again_are_whole(share):
    walk = onward((A, B, share), (A, C, share), (B, D), (C, D), there={D})

    assert walk.fate(A) == stays(D)


def test_an_unshared_part_that_goes_lost_leaves_all_in_doubt():
    part = only(onward((A, B), (A, C), (C, None), there={B}).fate(A))

    assert (part.why, part.ends()) == (Why.UNSHARED, {B})
    assert part.ways == {stays(B), nowhere(Why.LOST, C)}


@pytest.mark.parametrize("links", [[(A, None)], []])
def test_an_end_without_heir_has_no_place(links):
    part = only(onward(*links, there={B}).fate(A))

    assert (part.why, part.at, part.ends()) == (Why.LOST, A, set())


def test_a_circle_leads_nowhere_and_ends():
    walk = onward((A, B), (B, C), (C, A), there={D})

    assert {only(walk.fate(unit)).why for unit in (A, B, C)} == {Why.CIRCLE}


# Back


def test_a_renamed_unit_and_a_part_of_a_split_one_lie_in_what_they_were():
    walk = back((A, C), (B, D), (B, E), there={A, B})

    assert walk.fate(C) == stays(A)
    assert Counter(map(walk.fate, (D, E))) == {stays(B): 2}


def test_a_merged_unit_is_not_split_back():
    part = only(back((A, C), (B, C), there={A, B}).fate(C))

    assert (part.why, part.at, part.ends()) == (Why.JOINED, C, {A, B})


def test_halves_of_one_unit_that_were_merged_lie_in_it():
    assert back((A, B), (A, C), (B, D), (C, D), there={A}).fate(D) == stays(A)


def test_a_unit_made_of_nothing_known_has_no_place_before():
    assert only(back(there={A}).fate(B)).why == Why.NEW


# To rows


def test_what_may_be_in_either_of_two_communes_is_surely_in_their_district():
    fate = onward((A, B), (A, C), there={B, C}).fate(A)

    assert fate.then(lambda unit: stays(9)) == stays(9)


def test_a_lost_part_goes_where_the_caller_knows():
    fate = onward((A, None), there={B}).fate(A)

    assert fate.then(stays, lambda part: stays(7) if part.at == A else None) == stays(7)
    assert fate.then(stays, lambda part: None) == fate
