"""Yearly reviews of the communes, invented household by household so that all sums hold.

Published, and met exactly (units are households, the whole province):

- 2020, end, standard 2016-2020: 3.465 poor and 6.628 near-poor, the opening figures of 2021
  (Quyết định 3443/QĐ-UBND ngày 31/12/2020);
- 2022, end: 3.405 poor; 2023, end: 2.094 poor of which 1.370 cannot leave poverty by work, 561 in
  towns and 1.533 in the countryside; four districts below 0,5 %, all below 1 % (press, 2023-2024);
- 343.279 households, implied by 2.094 = 0,61 %.

Everything else is an assumption: the end of 2021 by either standard, all near-poor households,
the flows between the states, who belongs to an ethnic minority, every figure of a single commune.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reports.demo.dice import Dice, dice, part, spread

RECOUNTED = 2021
"""The standard changed after this year: its end was counted anew, as the opening of the next."""
YEARS = (2022, 2023)
HOUSEHOLDS = 343_279
POOR = {2021: 5150, 2022: 3405, 2023: 2094}
NEAR = {2021: 7900, 2022: 6900, 2023: 6000}
OLD = {"poor": (3465, 2930), "near": (6628, 6050)}
"""Opening and closing of 2021 by the standard of that time."""
UNABLE = 1370
URBAN_POOR = 561 / 2094

LOW_RATE_DISTRICTS = {"243", "244", "247", "249"}
LOW_RATE, HIGH_RATE = 0.62, 1.17
PACE = {
    "243": {"poor": 0.85, "near": 0.68},
    "249": {"poor": 0.90, "near": 0.72},
    "244": {"poor": 0.96, "near": 0.90},
    "246": {"poor": 0.95, "near": 0.92},
}
"""What is left of the poor and near-poor after a year, against the pace of the province (1)."""
MINORITY = {"248": 0.40, "253": 0.10, "246": 0.08, "249": 0.06, "244": 0.06}
MINORITY_ELSEWHERE = 0.01

# Yearly flows, as shares of the group they leave.
NEWLY_POOR, NEWLY_NEAR = 0.03, 0.05
NEAR_TO_POOR, RELAPSE, NEAR_RELAPSE = 0.01, 0.01, 0.008
POOR_TO_NEAR = 0.6  # share of those leaving poverty who are still near-poor
MOVED_IN = 0.08  # share of the newly listed whom the review counts as adjustment


@dataclass(frozen=True)
class Place:
    """A commune as the simulation needs it; ``urban`` as at the end of 2023."""

    code: str
    district: str
    urban: bool


@dataclass(frozen=True)
class Share:
    """What a commune gets of the province's totals."""

    place: Place
    households: int
    minority: float
    unable: int
    totals: dict[tuple[str, int], int]
    """("poor" or "near", year) → households at the end of the year by the new standard."""
    old: dict[str, tuple[int, int]]
    """Opening and closing of 2021 by the old standard."""


def simulate(places: Iterable[Place]) -> dict[tuple[str, int], dict[str, int]]:
    """(code, year) → the counts of ``PovertyReview`` by field name, for 2021, 2022 and 2023.

    ``places`` are all communes of the province, in any order; the same give the same figures.
    """
    found = {}
    for share in _shares(sorted(places, key=lambda place: place.code)):
        luck, code = dice("households", share.place.code), share.place.code
        found[code, RECOUNTED] = _old_year(share, luck)
        for year, counts in _new_years(share, luck):
            found[code, year] = counts
    return found


def preliminary(counts: dict[str, int], code: str, year: int) -> dict[str, int]:
    """The figures weeks before the review ends: here and there an escape not yet recognised."""
    late = dice("preliminary", code, year).choice((0, 0, 0, 0, 0, 1, 2))
    late = min(late, counts["poor_escaped"])
    changes = {"poor_escaped": -late, "poor_closing": late}
    return counts | {name: counts[name] + change for name, change in changes.items()}


# The shares


def _shares(places: list[Place]) -> Iterator[Share]:
    luck = dice("shares")
    size = [luck.uniform(0.6, 1.5) * (1.2 if place.urban else 1.0) for place in places]
    low = [place.district in LOW_RATE_DISTRICTS for place in places]
    weights = [
        weight * luck.uniform(0.75, 1.25) * (LOW_RATE if is_low else HIGH_RATE)
        for weight, is_low in zip(size, low, strict=True)
    ]
    households = spread(HOUSEHOLDS, size)
    totals = {
        (state, year): _spread_by_area(places, _paced(places, weights, state, year), total, state)
        for state, by_year in (("poor", POOR), ("near", NEAR))
        for year, total in by_year.items()
    }
    unable = spread(UNABLE, totals["poor", 2023])
    old = {state: [spread(total, weights) for total in pair] for state, pair in OLD.items()}
    for i, place in enumerate(places):
        yield Share(
            place=place,
            households=households[i],
            minority=MINORITY.get(place.district, MINORITY_ELSEWHERE) * luck.uniform(0.7, 1.3),
            unable=unable[i],
            totals={key: parts[i] for key, parts in totals.items()},
            old={state: (opening[i], closing[i]) for state, (opening, closing) in old.items()},
        )


def _paced(places, weights, state, year) -> list[float]:
    """The weights after the years gone by, faster in some districts than in others."""
    return [
        weight * PACE.get(place.district, {}).get(state, 1) ** (year - RECOUNTED)
        for place, weight in zip(places, weights, strict=True)
    ]


def _spread_by_area(places, weights, total, state) -> list[int]:
    """The poor of towns and countryside apart, as published; the near-poor together."""
    if state == "near":
        return spread(total, weights)
    in_towns = round(total * URBAN_POOR)
    parts = [0] * len(places)
    for urban, amount in ((True, in_towns), (False, total - in_towns)):
        chosen = [i for i, place in enumerate(places) if place.urban == urban]
        for i, count in zip(chosen, spread(amount, [weights[i] for i in chosen]), strict=True):
            parts[i] = count
    return parts


# 2021, by the standard of that time


def _old_year(share: Share, luck: Dice) -> dict[str, int]:
    counts = {"households": share.households}
    for state in ("poor", "near"):
        opening, closing = share.old[state]
        relapsed = part(opening * RELAPSE, luck)
        arisen = part(opening * NEWLY_NEAR, luck)
        escaped = opening + relapsed + arisen - closing
        if escaped < 0:
            arisen, escaped = arisen - escaped, 0
        counts |= _flows(state, opening, escaped, relapsed, arisen, 0, closing)
        counts[f"{state}_opening_ethnic"] = part(opening * min(share.minority, 0.9), luck)
        counts[f"{state}_closing_ethnic"] = part(closing * min(share.minority, 0.9), luck)
    counts["poor_unable"] = min(counts["poor_closing"], share.unable)
    counts["ethnic_households"] = _ethnic_households(counts, share)
    return counts


def _ethnic_households(counts: dict[str, int], share: Share) -> int:
    listed = counts["poor_closing_ethnic"] + counts["near_closing_ethnic"]
    return max(round(share.households * share.minority), listed)


def _flows(state, opening, escaped, relapsed, arisen, adjustment, closing) -> dict[str, int]:
    values = (opening, escaped, relapsed, arisen, adjustment, closing)
    names = ("opening", "escaped", "relapsed", "arisen", "adjustment", "closing")
    return {f"{state}_{name}": value for name, value in zip(names, values, strict=True)}


# 2022 and 2023, household by household


@dataclass(eq=False, slots=True)
class Household:
    """A listed household: where it stood at the end of last year, and ever before."""

    ethnic: bool
    moved_in: bool
    unable: bool = False
    before: str = ""
    ever: frozenset = frozenset()


Groups = dict[str, list[Household]]


def _new_years(share: Share, luck: Dice) -> Iterator[tuple[int, dict[str, int]]]:
    """The years by the standard of 2022, starting from the recount of 2021."""
    groups: Groups = {"poor": [], "near": [], "out": []}
    for state in ("poor", "near"):
        groups[state] = _newcomers(share.totals[state, RECOUNTED], share, luck)
    for household in groups["poor"][: share.unable]:
        household.unable = True
    groups["out"] = _newcomers(share.totals["poor", RECOUNTED] // 2, share, luck)
    for household in groups["out"]:
        household.ever = frozenset({"poor", "near"})  # left the list before 2021
    _close(groups)
    for year in YEARS:
        wanted = {state: share.totals[state, year] for state in ("poor", "near")}
        groups = _moved(groups, wanted, share, luck)
        yield year, _counted(groups, share)
        _close(groups)


def _newcomers(count: int, share: Share, luck: Dice) -> list[Household]:
    likely = min(share.minority * 1.2, 0.9)
    return [Household(luck.random() < likely, luck.random() < MOVED_IN) for _ in range(count)]


def _moved(groups: Groups, wanted: dict[str, int], share: Share, luck: Dice) -> Groups:
    """The groups a year later: some rise, some fall, some come new; the totals wanted are met."""
    for group in groups.values():
        luck.shuffle(group)
    poor = sorted(groups["poor"], key=lambda household: not household.unable)  # these stay
    near, out = groups["near"], groups["out"]
    fallen, near = _split(near, part(len(near) * NEAR_TO_POOR, luck), wanted["poor"])
    relapsed, out = _split(out, part(len(out) * RELAPSE, luck), wanted["poor"] - len(fallen))
    room = wanted["poor"] - len(fallen) - len(relapsed)
    staying, leaving = _split(poor, room - part(len(poor) * NEWLY_POOR, luck), room)
    improved, risen = _split(leaving, int(len(leaving) * POOR_TO_NEAR), wanted["near"])
    back, out = _split(out, part(len(out) * NEAR_RELAPSE, luck), wanted["near"] - len(improved))
    room = wanted["near"] - len(improved) - len(back)
    staying_near, gone = _split(near, room - part(len(near) * NEWLY_NEAR, luck), room)
    after = {
        "poor": fallen + relapsed + staying,
        "near": improved + back + staying_near,
        "out": out + risen + gone,
    }
    for state, count in wanted.items():
        after[state] += _newcomers(count - len(after[state]), share, luck)
    return after


def _split(group: list[Household], count: int, most: int) -> tuple[list, list]:
    count = max(0, min(count, most))
    return group[:count], group[count:]


def _close(groups: Groups) -> None:
    """The end of a year: where each household stands becomes its past."""
    for state, group in groups.items():
        for household in group:
            household.before, household.ever = state, household.ever | {state}


def _counted(groups: Groups, share: Share) -> dict[str, int]:
    """The columns of the review, counted from the households before the year is closed."""
    everyone = [household for group in groups.values() for household in group]
    counts = {"households": share.households, "poor_unable": 0}
    for state in ("poor", "near"):
        before = [household for household in everyone if household.before == state]
        now = groups[state]
        entered = Counter(_way_in(household, state) for household in now)
        stayed = entered.pop("", 0)
        ways = (entered["relapsed"], entered["arisen"], entered["adjustment"])
        counts |= _flows(state, len(before), len(before) - stayed, *ways, len(now))
        counts[f"{state}_opening_ethnic"] = sum(household.ethnic for household in before)
        counts[f"{state}_closing_ethnic"] = sum(household.ethnic for household in now)
    counts["poor_unable"] = sum(household.unable for household in groups["poor"])
    counts["ethnic_households"] = _ethnic_households(counts, share)
    return counts


def _way_in(household: Household, state: str) -> str:
    """How a household came into the group this year; "" when it was there before."""
    if household.before == state:
        return ""
    if state in household.ever:
        return "relapsed"
    return "adjustment" if household.moved_in and not household.before else "arisen"
