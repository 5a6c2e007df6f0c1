"""What a household's statuses through the years may be, and what each year counts."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.text import fold, sort_key
from units.households.courses import COUNTED, GAP, IMPOSSIBLE, course_of
from units.households.names import order_of, search_of
from units.imports.households.seen import Seen


def statuses(words):
    return tuple("" if word == "." else word for word in words.split())


def counts(words, told=0):
    """Names of the counts that each year adds one to."""
    marks = Counter(course_of(statuses(words)).marks[told])
    assert set(marks.values()) <= {1}
    found = [[] for _ in words.split()]
    for place, column in sorted(marks):
        found[place].append(COUNTED[column])
    return found


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("N N CN MTN K", None),
        (". . CN N .", None),
        (". . . . .", None),
        ("CN MTN MTN N K", None),
        ("N K N K K", None),
        ("N . N N N", (1, GAP)),
        ("N . . CN .", (1, GAP)),
        ("MTN MTN K K K", (0, IMPOSSIBLE)),
        (". K K K K", (1, IMPOSSIBLE)),
        ("N K MTN K K", (2, IMPOSSIBLE)),
        ("MTN . N N N", (0, IMPOSSIBLE)),
    ],
)
def test_a_way_through_the_years_is_possible_or_not(words, fault):
    assert course_of(statuses(words)).fault == fault


def test_nobody_has_arisen_in_the_first_year():
    assert counts("N N CN") == [["poor"], ["poor"], ["near_poor", "escaped"]]


def test_whoever_was_never_poor_arises_and_whoever_was_relapses():
    assert counts("CN N MTN N") == [
        ["near_poor"],
        ["poor", "arisen"],
        ["newly_escaped", "escaped"],
        ["poor", "arisen", "relapsed"],
    ]


def test_a_new_household_arises_in_the_year_in_which_it_is_listed():
    assert counts(". N") == [[], ["poor", "arisen"]]


def test_a_list_that_ends_counts_nobody_as_escaped_after_its_end():
    assert counts("N .") == [["poor"], []]


def test_whoever_left_the_list_for_good_escaped_then():
    assert counts("N K K") == [["poor"], ["escaped"], []]


@pytest.mark.parametrize(
    ("told", "more"),
    [
        (0, [set(), set(), set()]),
        (1, [{"poor_ethnic"}, {"near_ethnic"}, set()]),
        (2, [{"poor_unable"}, set(), set()]),
        (3, [{"poor_ethnic", "poor_unable"}, {"near_ethnic"}, set()]),
    ],
)
def test_what_a_list_tells_of_a_household_is_counted_while_it_is_poor(told, more):
    plain, found = counts("N CN MTN"), counts("N CN MTN", told)
    assert [set(now) - set(before) for now, before in zip(found, plain, strict=True)] == more


NAMES = st.lists(
    st.sampled_from(
        ["Nguyễn", "Đặng", "ƯỚC", "Ẩn", "y", "Bru", "ﬁn", "ǅ", "Hòa", "O'Brien", "2", "Ê-đê", "Зоя"]
    ),
    min_size=1,
    max_size=6,
).map(" ".join)


@given(NAMES)
def test_names_are_searched_and_ordered_as_every_other_text(name):
    assert search_of(name) == fold(name)[:200]
    assert order_of(name) == sort_key(name)[:200]


@given(st.lists(st.integers(min_value=0, max_value=10**12), max_size=400))
def test_a_number_is_new_once(numbers):
    seen, known = Seen(), set()

    for number in numbers:
        assert seen.add(number) == (number not in known)
        known.add(number)


def test_many_numbers_are_all_remembered():
    seen = Seen()

    assert all(seen.add(999_000_000_000 + number) for number in range(20_000))
    assert not any(seen.add(999_000_000_000 + number) for number in range(20_000))
