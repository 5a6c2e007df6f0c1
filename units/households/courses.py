"""A household's statuses through the years: what cannot be, and what each year counts.

Nothing here asks the database.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from units.models.households import HouseholdStatus

POOR, NEAR_POOR = HouseholdStatus.POOR.value, HouseholdStatus.NEAR_POOR.value
ESCAPED, OUT = HouseholdStatus.ESCAPED.value, HouseholdStatus.OUT.value
LISTED = (POOR, NEAR_POOR)
"""What a household is first: by income and deprivations (NĐ 07/2021/NĐ-CP Đ3)."""
GAP, IMPOSSIBLE = "status_gap", "impossible_status"

COUNTED = (
    "poor",
    "near_poor",
    "newly_escaped",
    "escaped",
    "arisen",
    "relapsed",
    "poor_ethnic",
    "poor_unable",
    "near_ethnic",
)
"""The counts of a unit and year, as ``PovertyTally`` names them; all are households."""
(
    _POOR,
    _NEAR,
    _NEWLY,
    _ESCAPED,
    _ARISEN,
    _RELAPSED,
    _POOR_ETHNIC,
    _POOR_UNABLE,
    _NEAR_ETHNIC,
) = range(len(COUNTED))
MOVED = (_ARISEN, _RELAPSED)
"""What nobody knows of the first year of a list: there is no year before."""
DERIVED = COUNTED[:6]
"""The counts that statuses alone tell; the others are told by a list and kept by nobody."""
SENSITIVE = COUNTED[6:]
_OF_STATUS = {POOR: _POOR, NEAR_POOR: _NEAR, ESCAPED: _NEWLY}
_OF_ETHNIC = {POOR: _POOR_ETHNIC, NEAR_POOR: _NEAR_ETHNIC}

Marks = tuple[tuple[int, int], ...]


class Course(NamedTuple):
    """One way through the years. Places count years from the first; -1 where there is none.

    ``fault`` is (place, rule) of the first status that cannot be. ``marks`` are the (place,
    column of ``COUNTED``) that the household adds one to: four of them, for a household that is
    of an ethnic minority (+1), unable to work (+2), both (+3) or neither (0).
    """

    first: int
    last: int
    fault: tuple[int, str] | None
    marks: tuple[Marks, Marks, Marks, Marks]


def course_of(statuses: Sequence[str]) -> Course:
    """Judge and count statuses in the order of the years; "" where not on the list yet."""
    told = [place for place, status in enumerate(statuses) if status]
    first, last = (told[0], told[-1]) if told else (-1, -1)
    fault = next(_faults(statuses, first, last), None)
    marks = tuple(
        tuple(_marks(statuses, ethnic=ethnic, unable=unable))
        for unable in (False, True)
        for ethnic in (False, True)
    )
    return Course(first, last, fault, marks)


def _faults(statuses: Sequence[str], first: int, last: int) -> Iterable[tuple[int, str]]:
    """In the order of the years.

    A household is poor or near-poor when it is first listed; it stays on the list from then on;
    it has newly escaped only after having been poor, near-poor or newly escaped the year before.
    """
    before = ""
    for place in range(first, last + 1) if first >= 0 else ():
        status = statuses[place]
        if not status:
            yield place, GAP
        elif (place == first and status not in LISTED) or (status == ESCAPED and before == OUT):
            yield place, IMPOSSIBLE
        before = status or before


def _marks(statuses: Sequence[str], *, ethnic: bool, unable: bool) -> Iterable[tuple[int, int]]:
    for place, status in enumerate(statuses):
        if status in _OF_STATUS:
            yield place, _OF_STATUS[status]
        if ethnic and status in _OF_ETHNIC:
            yield place, _OF_ETHNIC[status]
        if unable and status == POOR:
            yield place, _POOR_UNABLE
        for column in _moves(statuses, place):
            yield place, column


def _moves(statuses: Sequence[str], place: int) -> Iterable[int]:
    """Arisen counts whoever is poor and was not the year before, relapsed those poor earlier.

    Relapsed lies within arisen; nobody has arisen in the first year.
    """
    status = statuses[place]
    was_poor = place > 0 and statuses[place - 1] == POOR
    if was_poor and status and status != POOR:
        yield _ESCAPED
    if place > 0 and status == POOR and not was_poor:
        yield _ARISEN
        if POOR in statuses[:place]:
            yield _RELAPSED


class Courses(dict):
    """Statuses → their course; there are few ways through the years, so each is judged once."""

    def __missing__(self, statuses: tuple[str, ...]) -> Course:
        self[statuses] = found = course_of(statuses)
        return found
