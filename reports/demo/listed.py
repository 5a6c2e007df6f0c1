"""The invented households behind the reviews: who stands on the list of a commune, year by year.

The statuses at the end of each year add up to the commune's review of that year. What moves
between 2021 and 2022 does not: the standard changed, and a list of names knows no recount. Heads
of households are invented ("Mẫu"), their identity numbers begin with 999, which no number does.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from reports.demo.dice import Dice, dice, spread
from reports.demo.people import invented_name
from units.households.courses import COUNTED, ESCAPED, NEAR_POOR, OUT, POOR, course_of
from units.imports.households.definition import status_name

YEARS = (2021, 2022, 2023)
VILLAGES = (4, 8)
"""How many villages a commune has: at least, at most."""
NAMES = (
    "Đồi Mẫu", "Đình Mẫu", "Chùa Mẫu", "Giếng Mẫu", "Suối Mẫu", "Trại Mẫu", "Đồng Mẫu", "Núi Mẫu",
)  # fmt: skip
STILL_NEAR = 2
"""One in so many households that leave poverty is near-poor afterwards."""
OFF_THE_LIST = 0.4
"""How many of the newly escaped are off the list a year later."""
MINORITIES = ("Sán Dìu", "Cao Lan", "Dao")
MAJORITY = "Kinh"


@dataclass(frozen=True)
class Village:
    """A village of the demonstration: its code, what it is called, all its households."""

    code: str
    name: str
    subtype: str
    households: int


@dataclass(eq=False)
class Listed:
    """A household on the list: its statuses, one a year; "" before it was listed."""

    statuses: list[str]
    village: str = ""
    ethnic: bool = False
    unable: bool = False


@dataclass
class CommuneList:
    """The villages and the listed households of one commune, from its reviews by year."""

    code: str
    urban: bool
    reviews: Mapping[int, Mapping[str, int]]
    villages: list[Village] = field(init=False)
    households: list[Listed] = field(init=False)

    def __post_init__(self):
        luck = dice("villages", self.code)
        sizes = [luck.uniform(0.6, 1.4) for _ in range(luck.randint(*VILLAGES))]
        subtype = "tổ dân phố" if self.urban else "thôn"
        every = spread(self.reviews[YEARS[-1]]["households"], sizes)
        self.villages = [
            Village(f"{self.code}{place:02}", f"{subtype.capitalize()} {name}", subtype, count)
            for place, (name, count) in enumerate(zip(NAMES, every, strict=False), start=1)
        ]
        self.households = _through_the_years(self.reviews, dice("listed", self.code))
        self._settle(luck)

    def _settle(self, luck: Dice) -> None:
        """Give each household its village; who is of a minority, who cannot work: as reviewed."""
        codes = [village.code for village in self.villages]
        weights = [village.households for village in self.villages]
        last = self.reviews[YEARS[-1]]
        for household in self.households:
            household.village = luck.choices(codes, weights)[0]
        for household in self.households[: last["poor_unable"]]:
            household.unable = True
        for status, name in ((POOR, "poor"), (NEAR_POOR, "near")):
            alike = [one for one in self.households if one.statuses[-1] == status]
            for household in luck.sample(alike, last[f"{name}_closing_ethnic"]):
                household.ethnic = True

    def rows(self) -> Iterator[dict]:
        """The list as a file has it, by the names of its columns."""
        for number, household in enumerate(self.households, start=1):
            luck = dice("household", self.code, number)
            statuses = zip(YEARS, household.statuses, strict=True)
            yield {
                "code": f"{self.code}{number:05}",
                "village": household.village,
                "commune": self.code,
                "head": invented_name(luck),
                "sex": luck.choice(("Nam", "Nữ")),
                "born": luck.randint(1938, 1998),
                "identity": f"999{self.code}{number:04}",
                "ethnic": luck.choice(MINORITIES) if household.ethnic else MAJORITY,
                "members": luck.randint(1, 6),
                "unable": int(household.unable),
                **{status_name(year): status for year, status in statuses},
            }

    def counts(self, village: str, year: int) -> dict[str, int]:
        """What the households of a village count at the end of a year, as a tally has it."""
        place, found = YEARS.index(year), dict.fromkeys(COUNTED, 0)
        for household in self.households:
            if household.village == village:
                told = household.ethnic + 2 * household.unable
                for at, column in course_of(household.statuses).marks[told]:
                    if at == place:
                        found[COUNTED[column]] += 1
        return found


def _through_the_years(reviews: Mapping[int, Mapping[str, int]], luck: Dice) -> list[Listed]:
    first = reviews[YEARS[0]]
    found = [Listed([POOR]) for _ in range(first["poor_closing"])]
    found += [Listed([NEAR_POOR]) for _ in range(first["near_closing"])]
    for place, year in enumerate(YEARS[1:], start=1):
        after = _a_year_later(found, reviews[year], luck)
        for household in found:
            household.statuses.append(after[household])
        for status, name in ((POOR, "poor"), (NEAR_POOR, "near")):
            missing = reviews[year][f"{name}_closing"] - list(after.values()).count(status)
            found += [Listed([""] * place + [status]) for _ in range(missing)]
    return found


def _a_year_later(
    households: Sequence[Listed], counts: Mapping[str, int], luck: Dice
) -> dict[Listed, str]:
    """The next status of each household; those unable to work, who come first, stay poor."""
    after = {one: _of_itself(one.statuses[-1], luck) for one in households}
    poor = [one for one in households if one.statuses[-1] == POOR]
    near = [one for one in households if one.statuses[-1] == NEAR_POOR]
    able = poor[counts["poor_unable"] :]
    leaving = max(min(counts["poor_escaped"], len(able)), len(poor) - counts["poor_closing"])
    going = max(min(counts["near_escaped"], len(near)), len(near) - counts["near_closing"])
    escaped, risen = luck.sample(able, leaving), luck.sample(near, going)
    after |= dict.fromkeys((*escaped, *risen), ESCAPED)
    room = counts["near_closing"] - len(near) + going
    after |= dict.fromkeys(escaped[: min(room, leaving // STILL_NEAR)], NEAR_POOR)
    room = counts["poor_closing"] - len(poor) + leaving
    after |= dict.fromkeys(risen[: min(room, counts["poor_arisen"])], POOR)
    return after


def _of_itself(status: str, luck: Dice) -> str:
    """What becomes of a household that nothing happens to."""
    return OUT if status == ESCAPED and luck.random() < OFF_THE_LIST else status
