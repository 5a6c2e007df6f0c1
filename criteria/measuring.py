"""The numbers that the portal computes itself for a criterion, from the poverty review."""

from dataclasses import dataclass
from decimal import Decimal

from criteria.models import Criterion
from criteria.states import Measure
from units import poverty
from units.models import Unit


@dataclass(frozen=True)
class Reading:
    """A computed number as an answer keeps it.

    ``met`` is judged on the unrounded number. ``source`` holds ``parts``, pairs of label and
    number as text, and ``reason``: why there is no number, or what to know when reading it.
    """

    value: Decimal | None
    met: bool | None
    source: dict


NOTHING = Reading(None, None, {})


def reading(criterion: Criterion, unit: Unit, year: int) -> Reading:
    """The number of a criterion for a unit and year; ``NOTHING`` where the unit types its own."""
    measured = _measured(criterion, unit, year)
    if measured is None:
        return NOTHING
    source = {
        "parts": [[label, str(number)] for label, number in measured.parts],
        "reason": measured.reason,
    }
    if measured.value is None:
        return Reading(None, None, source)
    exact = measured.value if measured.exact is None else measured.exact
    return Reading(measured.value, criterion.satisfied_by(exact), source)


def _measured(criterion: Criterion, unit: Unit, year: int):
    if criterion.measure == Measure.POOR_NEAR_REDUCTION and criterion.baseline_year:
        return poverty.poor_near_reduction(unit, year, criterion.baseline_year)
    if criterion.measure == Measure.RATE_REDUCTION_OVER_PLAN:
        return poverty.rate_reduction_over_plan(unit, year)
    return None
