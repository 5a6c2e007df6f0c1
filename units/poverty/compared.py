"""One year told in several ways: the review, the lists of households, the locality's own table.

Counts from the lists and from tables (``PovertyTally``) stand beside the review of the same unit
and year, never in its place; where both cover the whole unit the difference is told.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, F, Max, Q, QuerySet, Sum, Value

from config.text import vn_number
from units.boundaries.levels import row_key
from units.kinds import Kind
from units.models import PovertyTally, Unit, path_below
from units.models.poverty import Stage
from units.poverty.figures import Figures, percent_of, rounded

Origin = PovertyTally.Origin
COUNTS = (
    "households",
    "poor",
    "near_poor",
    "newly_escaped",
    "poor_ethnic",
    "poor_unable",
    "near_ethnic",
    "escaped",
    "arisen",
    "relapsed",
)
SUMS = {f"sum_{name}": Sum(name) for name in COUNTS}
SUMS |= {f"told_{name}": Count(name) for name in COUNTS}
SUMS |= {"parts": Count("pk")}
STANDARD = {"measured": Max("standard"), "measured_name": Max("standard__name")}
"""The standard of a year's figures; one standard measures a year."""

FIGURES: tuple[tuple[str, str, Callable[[Figures], int]], ...] = (
    ("households", "Tổng số hộ", lambda figures: figures["households"]),
    ("poor", "Hộ nghèo", lambda figures: figures["poor_closing"]),
    ("near_poor", "Hộ cận nghèo", lambda figures: figures["near_closing"]),
    ("poor_ethnic", "Hộ nghèo DTTS", lambda figures: figures["poor_closing_ethnic"]),
    ("near_ethnic", "Hộ cận nghèo DTTS", lambda figures: figures["near_closing_ethnic"]),
    ("poor_unable", "Hộ nghèo không KNLĐ", lambda figures: figures["poor_unable"]),
    ("escaped", "Thoát nghèo trong năm", lambda figures: figures["poor_escaped"]),
    ("arisen", "Phát sinh nghèo (kể cả tái nghèo)",
     lambda figures: figures["poor_arisen"] + figures["poor_relapsed"]),
    ("relapsed", "Trong đó tái nghèo", lambda figures: figures["poor_relapsed"]),
)  # fmt: skip
"""Each count of a tally, what it is called, and the figure of the review that it should equal."""

NAMES = {Origin.REGISTER: "Danh sách hộ", Origin.STATEMENT: "Bảng số liệu"}
SPOKEN = {"poor": "hộ nghèo", "near_poor": "hộ cận nghèo"}


@dataclass(frozen=True)
class Counted:
    """The counts of one origin over a unit; what some part does not tell is None.

    ``parts``: how many communes (or villages) they are the sum of.
    """

    counts: dict[str, int | None]
    parts: int

    def __getitem__(self, name: str) -> int | None:
        return self.counts[name]

    @property
    def poor_rate(self):
        """Poor households, percent of all households; None where these are not told."""
        return _rate(self["poor"], self["households"])

    @property
    def near_rate(self):
        return _rate(self["near_poor"], self["households"])


def _rate(part: int | None, whole: int | None):
    return rounded(percent_of(part, whole)) if whole and part is not None else None


def _counted(line: dict) -> Counted:
    told = {name: line[f"told_{name}"] == line["parts"] for name in COUNTS}
    return Counted(
        {name: line[f"sum_{name}"] if told[name] else None for name in COUNTS}, line["parts"]
    )


def tallies_by_row(year: int, *, by: str, under: Unit | None = None) -> dict[tuple, Counted]:
    """(row, origin) → counts of the communes of each row of a year's table; one query."""
    found = PovertyTally.objects.filter(year=year, unit__kind=Kind.COMMUNE)
    if under is not None:
        found = found.filter(path_below(under.path, "unit__path"))
    lines = found.annotate(row=row_key(by, "unit__")).values("row", "origin")
    return {(line["row"], line["origin"]): _counted(line) for line in _summed(lines)}


def tallies_of(unit: Unit) -> dict[tuple[int, str], Counted]:
    """(year, origin) → a unit's counts, of what lies under it now; one query."""
    lines = _of(unit).values("year", "origin")
    return {(line["year"], line["origin"]): _counted(line) for line in _summed(lines)}


def _of(unit: Unit) -> QuerySet:
    if unit.kind in (Kind.VILLAGE, Kind.COMMUNE):
        return PovertyTally.objects.filter(unit=unit)
    below = path_below(unit.path, "unit__path")
    return PovertyTally.objects.filter(below, unit__kind=Kind.COMMUNE)


def _summed(lines: QuerySet) -> QuerySet:
    return lines.order_by().annotate(**SUMS)


@dataclass(frozen=True)
class AboutLine:
    """Counts of one unit, year and origin, and the standard that they were measured by."""

    counted: Counted
    standard: int
    standard_name: str


def tallies_about(unit: Unit) -> dict[tuple[int, int, str], AboutLine]:
    """(unit, year, origin) → counts of a unit and, of a commune, of each village; one query."""
    if unit.kind == Kind.COMMUNE:
        own = Q(unit=unit) | Q(unit__parent=unit, unit__kind=Kind.VILLAGE)
        lines = PovertyTally.objects.filter(own).values("year", "origin", about=F("unit"))
    else:
        lines = _of(unit).values("year", "origin", about=Value(unit.pk))
    return {
        (line["about"], line["year"], line["origin"]): AboutLine(
            _counted(line), line["measured"], line["measured_name"]
        )
        for line in _summed(lines).annotate(**STANDARD)
    }


# Side by side


@dataclass(frozen=True)
class Side:
    """A count of one origin beside the review's figure; ``difference``: how much more it tells."""

    count: int | None
    difference: int | None


@dataclass(frozen=True)
class ComparedLine:
    """One figure: what the review says, and what each origin says."""

    name: str
    label: str
    review: int
    sides: tuple[Side, ...]
    origins: tuple[str, ...]

    @property
    def named(self) -> list[tuple[str, Side]]:
        """What each origin says, with what it is called."""
        return [
            (NAMES[origin], side) for origin, side in zip(self.origins, self.sides, strict=True)
        ]

    @property
    def differs(self) -> bool:
        return any(side.difference for side in self.sides)


@dataclass(frozen=True)
class Comparison:
    """One unit in one year. ``origins`` are those that have counts, in a fixed order."""

    unit: Unit | None
    year: int
    stage: Stage
    origins: tuple[str, ...]
    lines: tuple[ComparedLine, ...]
    sentences: tuple[str, ...]

    @property
    def names(self) -> list[str]:
        return [NAMES[origin] for origin in self.origins]

    @property
    def shown(self) -> list[ComparedLine]:
        """The two figures that a table of many units has room for."""
        return [line for line in self.lines if line.name in SPOKEN]


def comparison(
    unit: Unit, year: int, stage: Stage, figures: Figures, counted: dict[str, Counted], expected=1
) -> Comparison | None:
    """The review of a unit beside its counts by origin; None where there are none."""
    origins = tuple(origin for origin in Origin if origin in counted)
    if not origins:
        return None
    whole = {origin for origin in origins if counted[origin].parts >= expected}
    lines = tuple(_line(line, figures, counted, origins, whole) for line in FIGURES)
    sentences = tuple(
        _sentence(origin, figures, counted[origin], expected, whole) for origin in origins
    )
    return Comparison(unit, year, stage, origins, lines, sentences)


def _line(line: tuple, figures: Figures, counted, origins, whole) -> ComparedLine:
    name, label, of_review = line
    review, sides = of_review(figures), []
    for origin in origins:
        count = counted[origin][name]
        differs = count is not None and origin in whole
        sides.append(Side(count, count - review if differs else None))
    return ComparedLine(name, label, review, tuple(sides), origins)


def _sentence(origin, figures: Figures, counted: Counted, expected: int, whole: set) -> str:
    name = NAMES[origin]
    if origin not in whole:
        return f"{name} mới có của {counted.parts}/{expected} xã nên chưa so sánh được."
    told = [
        _told(counted[key], of_review(figures), SPOKEN[key])
        for key, _, of_review in FIGURES
        if key in SPOKEN
    ]
    if not any(told):
        return f"{name} khớp với kết quả rà soát về số hộ nghèo, hộ cận nghèo."
    return f"{name} đếm được {'; '.join(filter(None, told))}. Hãy đối chiếu danh sách của xã."


def _told(count: int, review: int, words: str) -> str:
    if count == review:
        return ""
    more = "nhiều hơn" if count > review else "ít hơn"
    return f"{vn_number(count)} {words}, {more} kết quả rà soát {vn_number(abs(count - review))} hộ"
