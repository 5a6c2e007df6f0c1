"""Whether a published table adds up: rates against counts, parts against the row of the total.

Tables of other bodies are quoted in reports, so their slips are found before. The check knows no
database: it takes the lines of a table and tells what cannot be true, what is missing, and which
differences follow from what it has told already.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import NamedTuple

from config.text import vn_number
from units.poverty.figures import percent_of

HOUSEHOLDS = "households"
RATES = {"poor": "poor_rate", "near_poor": "near_rate"}
"""Each count and its rate, in percent of all households of the row."""
COUNTS = (HOUSEHOLDS, *RATES)
FIGURES = ("households", "poor", "poor_rate", "near_poor", "near_rate")
WORDS = {
    "households": "tổng số hộ",
    "poor": "hộ nghèo",
    "poor_rate": "tỷ lệ hộ nghèo",
    "near_poor": "hộ cận nghèo",
    "near_rate": "tỷ lệ hộ cận nghèo",
}


@dataclass(frozen=True)
class Line:
    """One row as published: households, and percent of them; None where nothing stands."""

    number: int
    name: str
    households: int | None = None
    poor: int | None = None
    poor_rate: Decimal | None = None
    near_poor: int | None = None
    near_rate: Decimal | None = None
    is_total: bool = False


class Finding(NamedTuple):
    """What is to be said of one figure of the table; ``number`` is the row's."""

    number: int
    name: str
    column: str
    rule: str
    message: str


@dataclass(frozen=True)
class Verdict:
    """``faults`` cannot be true; ``gaps`` are figures that the table leaves out; ``followed`` are

    differences of sums that a right figure in the place of a fault or gap can explain.
    """

    faults: tuple[Finding, ...]
    gaps: tuple[Finding, ...]
    followed: tuple[Finding, ...]


def checked(lines: Sequence[Line]) -> Verdict:
    """All findings about a table, in the order of its rows."""
    halves = {rate: _half_place(lines, rate) for rate in RATES.values()}
    wrong = [fault for line in lines for fault in _row_faults(line, halves)]
    gaps = [gap for line in lines for gap in _gaps(line)]
    doubted = {(fault.number, fault.column) for fault in wrong if fault.rule == "rate_mismatch"}
    faults, followed = list(wrong), []
    for finding, explained in _sum_findings(lines, doubted, halves):
        (followed if explained else faults).append(finding)
    return Verdict(tuple(faults), tuple(gaps), tuple(followed))


def _half_place(lines: Sequence[Line], rate: str) -> Decimal:
    """Half a unit of the last place that the column's rates are written with."""
    written = [getattr(line, rate) for line in lines]
    exponents = [value.normalize().as_tuple().exponent for value in written if value is not None]
    return Decimal(5).scaleb(min(exponents, default=0) - 1) if exponents else Decimal(0)


# One row


def _row_faults(line: Line, halves: dict[str, Decimal]) -> Iterator[Finding]:
    for count, rate in RATES.items():
        part, told = getattr(line, count), getattr(line, rate)
        if part is None or told is None or not line.households:
            continue
        exact = percent_of(part, line.households)
        if abs(told - exact) > halves[rate]:
            places = -(halves[rate].as_tuple().exponent + 1)
            message = (
                f"{WORDS[count]}: {vn_number(part)}/{vn_number(line.households)} = "
                f"{vn_number(exact, max(places, 0))}%, bảng ghi {vn_number(told)}%"
            )
            yield Finding(line.number, line.name, rate, "rate_mismatch", message)
    listed = (line.poor or 0) + (line.near_poor or 0)
    if line.households is not None and listed > line.households:
        message = (
            f"hộ nghèo + hộ cận nghèo = {vn_number(listed)}, nhiều hơn tổng số hộ "
            f"{vn_number(line.households)}"
        )
        yield Finding(line.number, line.name, HOUSEHOLDS, "parts_exceed_total", message)


def _gaps(line: Line) -> Iterator[Finding]:
    for name in FIGURES:
        if getattr(line, name) is None:
            message = f"bảng để trống {WORDS[name]}"
            yield Finding(line.number, line.name, name, "missing_value", message)


# Parts and total


def _sum_findings(
    lines: Sequence[Line], doubted: set[tuple[int, str]], halves: dict[str, Decimal]
) -> Iterator[tuple[Finding, bool]]:
    """Differences of sums, and whether the doubted and missing figures can explain them."""
    parts = [line for line in lines if not line.is_total]
    if not parts:
        return
    sums = {count: _added(parts, count, doubted, halves) for count in COUNTS}
    for total in (line for line in lines if line.is_total):
        for count, parts_say in sums.items():
            told = getattr(total, count)
            if told is None or told == parts_say.added:
                continue
            explained = parts_say.least <= told <= parts_say.most
            message = _difference(count, told, parts_say, explained)
            yield Finding(total.number, total.name, count, "sum_mismatch", message), explained


class _Sum(NamedTuple):
    """One count of all parts; ``least`` and ``most``: what it may truly come to."""

    added: int
    incomplete: bool
    least: Decimal
    most: Decimal


def _added(
    parts: Sequence[Line], count: str, doubted: set[tuple[int, str]], halves: dict[str, Decimal]
) -> _Sum:
    known = [getattr(line, count) for line in parts]
    ranges = [_range(line, count, doubted, halves) for line in parts]
    least, most = (sum(bounds) for bounds in zip(*ranges, strict=True))
    return _Sum(sum(value for value in known if value is not None), None in known, least, most)


def _difference(count: str, told: int, parts: _Sum, explained: bool) -> str:
    what = "cộng các đơn vị có số" if parts.incomplete else "cộng các đơn vị"
    said = (
        f"{WORDS[count]}: {what} được {vn_number(parts.added)}, dòng tổng ghi {vn_number(told)}, "
        f"chênh {vn_number(abs(told - parts.added))} hộ"
    )
    if explained:
        return f"{said}; khớp được khi sửa, điền những ô đã nêu nên không tính là lỗi riêng"
    return said


def _range(
    line: Line, count: str, doubted: set[tuple[int, str]], halves: dict[str, Decimal]
) -> tuple[Decimal, Decimal]:
    """Between which numbers the true figure lies: itself, unless its rate contradicts it or it is

    missing; then what the rate says, or anything up to all households.
    """
    value, rate = getattr(line, count), RATES.get(count)
    if value is not None and (line.number, rate) not in doubted:
        return Decimal(value), Decimal(value)
    told = getattr(line, rate) if rate else None
    if told is None or line.households is None:
        most = Decimal("Infinity") if line.households is None else Decimal(line.households)
        return Decimal(0), most
    share = Decimal(line.households) / 100
    least = ((told - halves[rate]) * share).to_integral_value(ROUND_CEILING)
    most = ((told + halves[rate]) * share).to_integral_value(ROUND_FLOOR)
    known = [] if value is None else [Decimal(value)]
    return min(least, *known, most), max(most, *known, least)
