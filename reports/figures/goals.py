"""Goals T1–T4 of the plan (I.1): value, path by year, state, and what each was computed from.

T1  poor households in % of all households, end of the year; T2  ethnic-minority poor households
in % of all poor households. Unit: %. Source: the yearly poverty review over the province's
ground of that year; figures on both sides of a change of standard are marked, never compared.

T3, T4  one or several pairs of indicators, numerator in % of denominator. Source: accepted
reports, each branch counted once (``counting``). A goal of several pairs is reached when every
pair is; its value is that of the lowest pair, never an average. A pair without subjects
(denominator 0) hinders nothing.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Sum

from campaign.models import Goal
from config.text import vn_number
from criteria.models import Indicator
from reports.figures.counting import Coverage, counted_figures, coverage, yearly_periods
from units import poverty
from units.kinds import TIER_OF_KIND
from units.poverty.figures import percent_of, rounded

REACHED, REACHED_SO_FAR, UNDERWAY, MISSED = "reached", "reached_so_far", "underway", "missed"
NOT_MEASURED, NO_DATA = "not_measured", "no_data"
STATES = {
    REACHED: ("đạt", "success"),
    REACHED_SO_FAR: ("đạt theo các báo cáo đã nhận", "info"),
    UNDERWAY: ("chưa đạt, đang phấn đấu", "warning"),
    MISSED: ("chưa đạt, đã đến hạn", "danger"),
    NOT_MEASURED: ("chưa có số liệu của năm đến hạn", "neutral"),
    NO_DATA: ("chưa có số liệu", "neutral"),
}


@dataclass(frozen=True)
class GoalPart:
    """A number that went into the value; ``code`` names the indicator it was summed from."""

    label: str
    value: int | Decimal
    unit: str = ""
    code: str = ""


@dataclass(frozen=True)
class GoalPoint:
    """The goal in one year. ``value`` has two decimals; ``reached`` is judged before rounding."""

    year: int
    value: Decimal | None
    reached: bool = False
    parts: tuple[GoalPart, ...] = ()
    note: str = ""
    source: str = ""
    breaks: bool = False


@dataclass(frozen=True)
class GoalProgress:
    """One goal with its newest value, the state it is in and the path to it."""

    goal: Goal
    value: Decimal | None
    year: int | None
    state: str
    state_label: str
    tone: str
    parts: tuple[GoalPart, ...]
    note: str
    source: str
    path: tuple[GoalPoint, ...]


def goals_with_progress(campaign, today: date) -> list[GoalProgress]:
    """Every goal of the campaign as it stands today; a fixed number of queries."""
    return goals_at(campaign, today)


def goals_at(campaign, day: date) -> list[GoalProgress]:
    """The goals from the figures of all years up to that of ``day``, judged on ``day``."""
    goals = list(campaign.goals.order_by("position"))
    last = min(day.year, campaign.ends.year)
    review = _Review(campaign, goals, last)
    pairs = _Pairs(campaign, goals, last)
    return [_progress(goal, _path(goal, review, pairs), pairs, day) for goal in goals]


def _path(goal, review, pairs):
    if goal.measure == Goal.Measure.INDICATOR_SHARE:
        return pairs.path(goal)
    return review.path(goal)


def _progress(goal, path, pairs, day) -> GoalProgress:
    known = [point for point in path if point.value is not None]
    newest = known[-1] if known else None
    state = _state(goal, newest, pairs, day)
    label, tone = STATES[state]
    last = newest or (path[-1] if path else None)
    return GoalProgress(
        goal=goal,
        value=newest.value if newest else None,
        year=newest.year if newest else None,
        state=state,
        state_label=label,
        tone=tone,
        parts=newest.parts if newest else (),
        note=_note(goal, path, last),
        source=newest.source if newest else "",
        path=tuple(path),
    )


def _state(goal, newest, pairs, day) -> str:
    """A goal fallen due is judged on figures of that year or later, never on older ones."""
    if newest is None:
        return NO_DATA
    if day >= goal.due and newest.year < goal.due.year:
        return NOT_MEASURED
    if newest.reached:
        whole = goal.measure != Goal.Measure.INDICATOR_SHARE or pairs.whole(newest.year)
        return REACHED if whole else REACHED_SO_FAR
    return MISSED if day >= goal.due else UNDERWAY


def _note(goal, path, last) -> str:
    """What to know of the newest value, and how the goal stood when it fell due."""
    at_due = next((point for point in path if point.year == goal.due.year), None)
    words = [last.note] if last and last.note else []
    if at_due and last and at_due.year < last.year and at_due.value is not None:
        words.append(f"Tại hạn (năm {at_due.year}): {vn_number(at_due.value)}{goal.unit}.")
    return " ".join(words)


class _Review:
    """The province's series of the poverty review, read once for the goals measured by it."""

    def __init__(self, campaign, goals, last):
        measured = [goal for goal in goals if goal.measure != Goal.Measure.INDICATOR_SHARE]
        first = min((goal.baseline_year or campaign.starts.year for goal in measured), default=None)
        years = range(first, last + 1) if first else []
        self.points = poverty.series(campaign.province, years) if years else []

    def path(self, goal) -> list[GoalPoint]:
        first = goal.baseline_year or 0
        return [_review_point(goal, point) for point in self.points if point.year >= first]


MEASURES = {
    Goal.Measure.POOR_RATE: (
        ("poor_closing", "Hộ nghèo cuối năm {year}"),
        ("households", "Tổng số hộ dân cư năm {year}"),
    ),
    Goal.Measure.ETHNIC_SHARE: (
        ("poor_closing_ethnic", "Hộ nghèo dân tộc thiểu số cuối năm {year}"),
        ("poor_closing", "Hộ nghèo cuối năm {year}"),
    ),
}


def _review_point(goal, point) -> GoalPoint:
    if point.figures is None:
        return GoalPoint(point.year, None, note=point.refusal, breaks=point.breaks)
    (part, _), (whole, _) = MEASURES[goal.measure]
    exact = percent_of(point.figures[part], point.figures[whole])
    parts = tuple(
        GoalPart(label.format(year=point.year), point.figures[name], "hộ")
        for name, label in MEASURES[goal.measure]
    )
    stage = point.stage.label if point.stage else ""
    notes = [point.caveat]
    if point.stage != "official":
        notes.append(f"Số liệu năm {point.year} là số sơ bộ.")
    return GoalPoint(
        year=point.year,
        value=rounded(exact),
        reached=exact is not None and goal.reached_by(exact),
        parts=parts,
        note=" ".join(note for note in notes if note),
        source=f"Kết quả rà soát hộ nghèo năm {point.year} ({stage})",
        breaks=point.breaks,
    )


class _Pairs:
    """The sums of the indicators that goals are measured by, read once: {year: {code: sum}}."""

    def __init__(self, campaign, goals, last):
        self.goals = [goal for goal in goals if goal.measure == Goal.Measure.INDICATOR_SHARE]
        codes = {code for goal in self.goals for pair in pairs_of(goal) for code in pair}
        found = Indicator.objects.filter(campaign=campaign, code__in=codes)
        self.indicators = {indicator.code: indicator for indicator in found}
        self.periods = {}
        self.sums = defaultdict(dict)
        self.counts = defaultdict(int)
        self.coverages: dict[int, Coverage] = {}
        if codes:
            self._read(campaign, codes, last)

    def _read(self, campaign, codes, last):
        periods = yearly_periods(campaign, campaign.starts.year, last)
        self.periods = {period.year: period for period in periods}
        figures = counted_figures(periods).filter(indicator__code__in=codes)
        rows = figures.values("indicator__code", "report__period__year").order_by()
        for row in rows.annotate(total=Sum("value"), reports=Count("report")):
            year = row["report__period__year"]
            self.sums[year][row["indicator__code"]] = row["total"]
            self.counts[year] = max(self.counts[year], row["reports"])
        tiers = {tier for indicator in self.indicators.values() for tier in indicator.tiers}
        newest = max(self.sums, default=None)
        if newest is not None:
            self.coverages[newest] = coverage(self.periods[newest], tiers & set(_head_tiers()))

    def whole(self, year) -> bool:
        return year in self.coverages and self.coverages[year].whole

    def path(self, goal) -> list[GoalPoint]:
        first = goal.baseline_year or 0
        return [self._point(goal, year) for year in sorted(self.periods) if year >= first]

    def _point(self, goal, year) -> GoalPoint:
        sums = self.sums.get(year, {})
        shares, parts = [], []
        for above, below in pairs_of(goal):
            if above in sums and below in sums:
                shares.append(percent_of(sums[above], sums[below]))
                parts += [self._part(code, sums[code]) for code in (above, below)]
        known = [share for share in shares if share is not None]
        complete = len(shares) == len(pairs_of(goal))
        lowest = min(known) if known and complete else None
        return GoalPoint(
            year=year,
            value=rounded(lowest),
            reached=lowest is not None and all(goal.reached_by(share) for share in known),
            parts=tuple(parts),
            note=self._note(year, shares),
            source=f"Báo cáo năm {year} đã nhận, mỗi địa bàn tính một lần" if known else "",
        )

    def _part(self, code, value) -> GoalPart:
        indicator = self.indicators[code]
        return GoalPart(indicator.label, Decimal(value).normalize() + 0, indicator.unit, code)

    def _note(self, year, shares) -> str:
        if not shares:
            return f"Chưa có báo cáo năm {year} được nhận."
        words = f"Cộng từ {self.counts[year]} báo cáo đã nhận năm {year}"
        found = self.coverages.get(year)
        if found is not None and not found.whole:
            return f"{words}; mới nhận {found.accepted}/{found.expected} đơn vị đầu mối."
        return f"{words}."


def pairs_of(goal) -> list[tuple[str, str]]:
    """The indicator pairs of a goal, numerator and denominator, in the order of the plan."""
    return list(zip(goal.numerator.split(), goal.denominator.split(), strict=True))


def _head_tiers():
    """Tiers whose units can stand at the head of a branch of territory."""
    return [tier for kind, tier in TIER_OF_KIND.items() if kind in ("district", "commune")]
