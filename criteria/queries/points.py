"""Points: the share of each criterion, what a grade suggests, and the total of a column.

The plan gives no points (III.1). Everything here is the portal's local scale: a set has a total
(100 unless configured), each criterion an equal share unless the board gave it a number. A
criterion that did not arise is left out, and the sum of the others is scaled to the whole. Pages
print ``LOCAL_RULE`` beside every column of points.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from criteria.states import Grade

CENT = Decimal("0.01")

SUGGESTED_SHARE = {Grade.MET: Decimal(1), Grade.PARTLY: Decimal("0.5"), Grade.NOT_MET: Decimal(0)}
"""The part of a criterion's points that a grade suggests; not arisen suggests none."""

LOCAL_RULE = (
    "Thang điểm do địa phương đặt, Kế hoạch không quy định điểm. Gợi ý: đạt được trọn điểm tối đa, "
    "đạt một phần được một nửa, chưa đạt 0 điểm. Tiêu chí không phát sinh không tính điểm: tổng "
    "điểm của các tiêu chí còn lại được quy đổi theo thang của cả bộ."
)


def shares(total: Decimal, configured: dict[int, Decimal | None]) -> dict[int, Decimal]:
    """Maximum points per criterion: its own number, or an equal part of what is left.

    ``configured`` maps criterion pk to points or None, in the order of the criteria. Equal parts
    have two decimals; the last of them takes the rest, so that the sum is exact.
    """
    equal = [pk for pk, points in configured.items() if points is None]
    left = Decimal(total) - sum(points for points in configured.values() if points is not None)
    found = {pk: points for pk, points in configured.items() if points is not None}
    if equal:
        part = (left / len(equal)).quantize(CENT, ROUND_DOWN)
        found |= dict.fromkeys(equal, part)
        found[equal[-1]] = left - part * (len(equal) - 1)
    return {pk: found[pk] for pk in configured}


def max_points(criteria_set) -> dict[int, Decimal]:
    """Maximum points per criterion pk of a set; reads its criteria."""
    criteria = criteria_set.criteria.order_by("number")
    return shares(criteria_set.points, dict(criteria.values_list("pk", "points")))


def suggested_points(outcome: str, maximum: Decimal) -> Decimal | None:
    """What the grade suggests by the local rule; None where there is nothing to score."""
    if outcome not in SUGGESTED_SHARE:
        return None
    return (SUGGESTED_SHARE[outcome] * maximum).quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True)
class Total:
    """One column of points of one checklist.

    ``given`` of ``maximum`` points over ``scored`` of ``counted`` criteria; ``points`` is the
    same on the scale of the set, None while nothing is scored or nothing counts.
    """

    given: Decimal
    maximum: Decimal
    scored: int
    counted: int
    points: Decimal | None

    @property
    def complete(self) -> bool:
        return self.scored == self.counted


def total(points: Iterable[tuple[Decimal | None, Decimal]], whole: Decimal) -> Total:
    """The total of a column from (points or None, maximum) of each criterion that counts."""
    pairs = list(points)
    scored = [given for given, _ in pairs if given is not None]
    given = sum(scored, Decimal(0))
    maximum = sum((most for _, most in pairs), Decimal(0))
    on_scale = scale(given, maximum, whole) if scored else None
    return Total(given, maximum, len(scored), len(pairs), on_scale)


def scale(given: Decimal, maximum: Decimal, whole: Decimal) -> Decimal | None:
    """``given`` of ``maximum`` on the scale of ``whole``, two decimals, half rounds up.

    ``criteria.queries.standings`` computes the same in SQL.
    """
    if not maximum:
        return None
    return (given * whole / maximum).quantize(CENT, ROUND_HALF_UP)
