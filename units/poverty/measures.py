"""The numbers of Section III.1, each with the parts it was computed from."""

from dataclasses import dataclass
from decimal import Decimal

from units.kinds import Kind
from units.models import PovertyPlan, PovertyTally, Unit
from units.poverty.compared import NAMES, Counted, tallies_of
from units.poverty.figures import Figures, percent_of, rounded
from units.poverty.standards import standard_for
from units.poverty.tables import SeriesPoint, unit_year


@dataclass(frozen=True)
class Measured:
    """One figure and where it comes from.

    ``value`` has two decimals; None means it cannot be told, and ``reason`` says why. With a
    value, ``reason`` says what to know when reading it. ``exact`` is the unrounded value, for
    judging against a threshold. ``parts`` are (label, value) pairs of households or rates.
    """

    value: Decimal | None
    parts: tuple[tuple[str, int | Decimal], ...] = ()
    reason: str = ""
    exact: Decimal | None = None


def _measured(exact: Decimal | None, parts=(), *reasons: str) -> Measured:
    said = " ".join(reason for reason in reasons if reason)
    return Measured(rounded(exact), tuple(parts), said, exact)


def _in_year(unit: Unit, year: int) -> SeriesPoint:
    return unit_year(unit, year, standard_for(year))


def _about(point: SeriesPoint) -> str:
    """What to know of the figures of a year: their stage, if not final, and their ground."""
    stage = "" if point.stage == "official" else f"Số liệu năm {point.year} là số sơ bộ."
    return " ".join(part for part in (stage, point.caveat) if part)


def poor_near_reduction(unit: Unit, year: int, baseline_year: int) -> Measured:
    """By how many percent poor and near-poor households fell since the end of the baseline year.

    III.1.b, ý 8: "giảm trên 50% so với đầu kỳ", over the period, not of one year; poor and
    near-poor together. A rise is negative.

    The baseline must be measured by the standard of ``year``. Where the standard changed right
    after the baseline year (2021|2022), the end of that year was counted anew by the new
    standard, and stands in the review of the year after as its opening figures: so the start of
    the period is the opening of 2022, not the closing of 2021, which the old standard measured.
    Any other change of standard in between leaves no baseline: that is for the board to decide.
    """
    if year <= baseline_year:
        return Measured(None, reason=f"Mức giảm được tính từ sau năm gốc {baseline_year}.")
    now = _in_year(unit, year)
    if now.figures is None:
        return Measured(None, reason=now.refusal)
    start = _baseline(unit, baseline_year, now)
    if isinstance(start, str):
        return Measured(None, reason=start)
    parts = (*start.parts, *_closing_parts(year, now.figures))
    if not start.total:
        return Measured(None, parts, f"Đầu kỳ {unit.name} không có hộ nghèo, hộ cận nghèo.")
    fall = percent_of(start.total - now.figures.poor_and_near, start.total)
    return _measured(fall, parts, start.about, _about(now))


@dataclass(frozen=True)
class _Baseline:
    """Poor and near-poor households at the start of the period."""

    poor: int
    near: int
    label: str
    about: str

    @property
    def total(self) -> int:
        return self.poor + self.near

    @property
    def parts(self) -> tuple:
        return (
            (f"Hộ nghèo {self.label}", self.poor),
            (f"Hộ cận nghèo {self.label}", self.near),
        )


def _closing_parts(year: int, figures: Figures) -> tuple:
    """The end of the year; the group that cannot leave poverty by work stands beside it."""
    return (
        (f"Hộ nghèo cuối năm {year}", figures["poor_closing"]),
        (f"Hộ cận nghèo cuối năm {year}", figures["near_closing"]),
        (f"Trong đó hộ nghèo không có khả năng lao động năm {year}", figures["poor_unable"]),
    )


def _baseline(unit: Unit, baseline_year: int, now: SeriesPoint) -> _Baseline | str:
    """The start of the period by the standard of ``now``, or why there is none."""
    standard = standard_for(baseline_year)
    if now.standard is None:
        return f"Chưa khai báo chuẩn nghèo đo năm {now.year}."
    if standard == now.standard:
        point = _in_year(unit, baseline_year)
        counts, label, about = "closing", f"cuối năm {baseline_year}", ""
    elif now.standard.first_year == baseline_year + 1:
        first = baseline_year + 1
        point = now if now.year == first else unit_year(unit, first, now.standard)
        counts, label = "opening", f"đầu năm {first}"
        about = (
            f"Đầu kỳ lấy số đầu năm {first} (cuối năm {baseline_year} theo chuẩn "
            f"{now.standard.code}), vì số cuối năm {baseline_year} đo theo chuẩn cũ."
        )
    else:
        return (
            f"Năm {baseline_year} và năm {now.year} đo theo hai chuẩn nghèo khác nhau, không so "
            "sánh được; cần cấp có thẩm quyền quyết định số gốc."
        )
    if point.figures is None:
        return point.refusal
    poor, near = point.figures[f"poor_{counts}"], point.figures[f"near_{counts}"]
    return _Baseline(poor, near, label, " ".join(filter(None, (about, point.caveat))))


def rate_reduction_over_plan(unit: Unit, year: int) -> Measured:
    """By how many percentage points the fall of the poverty rate went beyond its plan figure.

    III.1.c, ý 5 and III.1.d, ý 5: above nought is beyond the plan, nought is not. The fall is
    the closing rate of the year before less the closing rate of the year, both with the two
    decimals in which they are published, so that anyone can check the sum. Where the year before
    has no comparable figures (another standard, another ground, none on file), the opening
    figures of the year take their place. A village has counts of its households instead.
    """
    if unit.kind == Kind.VILLAGE:
        return _village_over_plan(unit, year)
    now = _in_year(unit, year)
    if now.figures is None:
        return Measured(None, reason=now.refusal)
    plan = PovertyPlan.objects.filter(unit=unit, year=year).first()
    before, label, about = _rate_before(unit, year, now)
    after = now.figures.poor_rate
    if before is None or after is None:
        return Measured(None, reason=f"{unit.name} chưa có tổng số hộ dân cư năm {year}.")
    parts = (
        (label, before),
        (f"Tỷ lệ hộ nghèo cuối năm {year} (%)", after),
        ("Mức giảm trong năm (điểm %)", before - after),
    )
    if plan is None:
        return Measured(None, parts, f"Chưa nhập chỉ tiêu giảm nghèo năm {year} của {unit.name}.")
    parts = (*parts, ("Chỉ tiêu được giao (điểm %)", plan.rate_reduction))
    return _measured(before - after - plan.rate_reduction, parts, about, _about(now))


def _rate_before(unit: Unit, year: int, now: SeriesPoint) -> tuple[Decimal | None, str, str]:
    """The rate at the start of the year, what it is, and what to know of it."""
    standard = standard_for(year - 1)
    if standard is not None and standard == now.standard:
        point = unit_year(unit, year - 1, standard)
        if point.figures is not None:
            label = f"Tỷ lệ hộ nghèo cuối năm {year - 1} (%)"
            return point.figures.poor_rate, label, _about(point)
        why = point.refusal
    else:
        why = f"Năm {year - 1} không đo theo chuẩn của năm {year}."
    about = (
        f"{why} Tỷ lệ đầu năm được tính từ số hộ nghèo đầu năm trên tổng số hộ của bảng năm {year}."
    )
    return now.figures.opening_rate, f"Tỷ lệ hộ nghèo đầu năm {year} (%)", about


def _village_over_plan(unit: Unit, year: int) -> Measured:
    """The same of a village, from the locality's table or else the list of its households.

    Both ends of the year are of one source and one standard; there is no opening figure to fall
    back on.
    """
    if standard_for(year) is None or standard_for(year) != standard_for(year - 1):
        return Measured(None, reason=f"Năm {year - 1} không đo theo chuẩn của năm {year}.")
    counted = tallies_of(unit)
    for origin in (PovertyTally.Origin.STATEMENT, PovertyTally.Origin.REGISTER):
        rates = [_rate_told(counted.get((when, origin))) for when in (year - 1, year)]
        if None not in rates:
            return _village_measured(unit, year, rates, NAMES[origin])
    return Measured(
        None,
        reason=f"Chưa có đủ số hộ nghèo và tổng số hộ của {unit.name} năm {year - 1} và năm "
        f"{year}; hãy nhập bảng số liệu.",
    )


def _rate_told(counted: Counted | None) -> Decimal | None:
    return counted.poor_rate if counted else None


def _village_measured(unit: Unit, year: int, rates: list[Decimal], source: str) -> Measured:
    before, after = rates
    parts = (
        (f"Tỷ lệ hộ nghèo cuối năm {year - 1} (%)", before),
        (f"Tỷ lệ hộ nghèo cuối năm {year} (%)", after),
        ("Mức giảm trong năm (điểm %)", before - after),
    )
    plan = PovertyPlan.objects.filter(unit=unit, year=year).first()
    if plan is None:
        return Measured(None, parts, f"Chưa nhập chỉ tiêu giảm nghèo năm {year} của {unit.name}.")
    parts = (*parts, ("Chỉ tiêu được giao (điểm %)", plan.rate_reduction))
    return _measured(before - after - plan.rate_reduction, parts, f"Nguồn: {source.lower()}.")
