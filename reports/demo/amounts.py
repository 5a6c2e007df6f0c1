"""Invented values of the indicators, of a size that fits the unit.

A commune's follow from its review of poverty, a district's are the sums of its communes plus
what the district does itself, a department's from the kind of body it is. Money in million đồng.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from reports.demo.dice import Dice, dice
from units.kinds import Kind
from units.models import Unit

Counts = Mapping[str, int]
Values = dict[str, Decimal]

OWN_ONLY = (
    "documents_issued",
    "documents_on_time",
    "inspections_held",
    "collectives_commended",
    "people_commended",
)
"""Indicators that count the unit's own doings and are not summed up."""

HEAVY_GIVERS = {
    "UBMTTQ": {"fund_for_poor_raised": 6200, "houses_supported": 46, "households_helped": 1850},
    "LDLD": {"community_cash": 940, "houses_supported": 12, "households_helped": 420},
    "HLHPN": {"community_cash": 620, "houses_supported": 9, "models_running": 14},
    "HND": {"community_cash": 480, "models_running": 18, "workers_trained_employed": 260},
    "TD": {"labour_days": 5200, "houses_supported": 6, "households_helped": 380},
    "HCCB": {"community_cash": 210, "labour_days": 1450, "houses_supported": 4},
    "CAT": {"community_cash": 560, "labour_days": 3900, "houses_supported": 8},
    "BCHQS": {"community_cash": 310, "labour_days": 4300, "houses_supported": 5},
    "SLDTBXH": {"publicity_sessions": 38, "workers_trained_employed": 610},
    "NHCSXH": {"households_helped": 7400, "publicity_sessions": 52},
    "BQLKCN": {"enterprise_cash": 1350, "workers_trained_employed": 340},
    "BVP": {"publicity_items": 210},
    "DPTTH": {"publicity_items": 260},
    "CTTGTDT": {"publicity_items": 190},
    "STTTT": {"publicity_items": 120, "publicity_sessions": 24},
}
"""Departments that do much more of something than the others."""


@dataclass(frozen=True)
class Amounts:
    """The values of every unit. ``reviews``: (commune code, year) → counts of the review then

    on file; ``communes``: district code → its communes.
    """

    reviews: Mapping[tuple[str, int], Counts]
    communes: Mapping[str, list[Unit]]

    def of(self, unit: Unit, year: int) -> Values:
        """Indicator code → value, for the indicators of the unit's tier."""
        luck = dice("amounts", unit.code, year)
        if unit.kind == Kind.COMMUNE:
            return _commune(unit, self.reviews[unit.code, year], luck)
        if unit.kind == Kind.DISTRICT:
            return self._district(unit, year, luck)
        return _department(unit, luck)

    def _district(self, unit: Unit, year: int, luck: Dice) -> Values:
        below = [self.of(commune, year) for commune in self.communes[unit.code]]
        values = {
            code: sum((one[code] for one in below), Decimal(0))
            for code in below[0]
            if code not in OWN_ONLY
        }
        for code, extra in _of_the_district(luck).items():
            values[code] = values.get(code, Decimal(0)) + extra
        return values | _doings(luck, documents=(9, 18))

    def review_of(self, unit: Unit, year: int) -> dict[str, int]:
        """The review of a commune, or the sum of a district's communes."""
        codes = [unit.code]
        if unit.kind == Kind.DISTRICT:
            codes = [commune.code for commune in self.communes[unit.code]]
        rows = [self.reviews[code, year] for code in codes]
        return {name: sum(row[name] for row in rows) for name in rows[0]}


def _whole(luck: Dice, low: float, high: float) -> Decimal:
    return Decimal(round(luck.uniform(low, high)))


def _money(luck: Dice, low: float, high: float) -> Decimal:
    """Million đồng, to the half million."""
    return Decimal(round(2 * luck.uniform(low, high))) / 2


def _most_of(luck: Dice, whole: Decimal, lowest: float = 0.93) -> Decimal:
    """All of it more often than not, else a little less."""
    return min(whole, Decimal(round(float(whole) * luck.uniform(lowest, 1.05))))


def _doings(luck: Dice, *, documents: tuple[int, int]) -> Values:
    issued = _whole(luck, *documents)
    return {
        "documents_issued": issued,
        "documents_on_time": _most_of(luck, issued, 0.8),
        "inspections_held": _whole(luck, 1, 4),
        "collectives_commended": _whole(luck, 1, 3),
        "people_commended": _whole(luck, 1, 8),
    }


def _commune(unit: Unit, review: Counts, luck: Dice) -> Values:
    poor_and_near = review["poor_closing"] + review["near_closing"]
    rural = Decimal(0 if unit.urban else 1)
    values = {
        "publicity_items": _whole(luck, 6, 30),
        "publicity_sessions": _whole(luck, 3, 14),
        "ntm_communes": rural,
        "ntm_communes_met": rural * (review["poor_closing"] * 100 < 2 * review["households"]),
        **_escapes(review, luck),
        **_services(poor_and_near, luck),
        **_resources(poor_and_near, luck),
        **_credit(poor_and_near + review["poor_escaped"], luck),
        "models_running": _whole(luck, 0, 2),
    }
    values["models_replicated"] = min(values["models_running"], _whole(luck, 0, 1))
    return values | _doings(luck, documents=(3, 6))


def _escapes(review: Counts, luck: Dice) -> Values:
    """Households that registered to leave poverty, and those that did: no more than escaped."""
    escaped = review["poor_escaped"] + review["near_escaped"]
    achieved = Decimal(round(escaped * luck.uniform(0.5, 0.85)))
    return {
        "escape_registered": achieved + _whole(luck, 0, 2 + escaped / 5),
        "escape_achieved": achieved,
    }


def _services(listed: int, luck: Dice) -> Values:
    """Who was due the five services of goal T4, and who got them in time."""
    due = {
        "health": _whole(luck, 2.6 * listed, 3.3 * listed),
        "education": _whole(luck, 0.6 * listed, 1.1 * listed),
        "legal": _whole(luck, 0, 4),
        "info": _whole(luck, 0.15 * listed, 0.35 * listed),
        "water": _whole(luck, 0.1 * listed, 0.3 * listed),
    }
    values = {}
    for name, count in due.items():
        values |= {f"{name}_due": count, f"{name}_met": _most_of(luck, count, 0.97)}
    return values


def _resources(listed: int, luck: Dice) -> Values:
    return {
        "fund_for_poor_raised": _money(luck, 18, 75),
        "enterprise_cash": _money(luck, 5, 110),
        "community_cash": _money(luck, 4, 40),
        "in_kind_value": _money(luck, 6, 60),
        "labour_days": _whole(luck, 30, 320),
        "local_budget": _money(luck, 120, 480),
        "households_helped": _whole(luck, 0.5 * listed, 0.9 * listed),
        "houses_supported": _whole(luck, 0.6, 2.4),
        "workers_trained_employed": _whole(luck, 0.1 * listed, 0.35 * listed),
    }


def _credit(customers: int, luck: Dice) -> Values:
    borrowers = _whole(luck, 0.2 * customers, 0.45 * customers)
    return {
        "credit_borrowers": borrowers,
        "credit_lent": borrowers * _whole(luck, 38, 62),
        "credit_outstanding": customers * _whole(luck, 30, 48),
    }


def _of_the_district(luck: Dice) -> Values:
    """What a district does besides its communes."""
    return {
        "publicity_items": _whole(luck, 20, 60),
        "publicity_sessions": _whole(luck, 4, 12),
        "fund_for_poor_raised": _money(luck, 250, 900),
        "enterprise_cash": _money(luck, 100, 700),
        "in_kind_value": _money(luck, 40, 200),
        "labour_days": _whole(luck, 100, 600),
        "local_budget": _money(luck, 2200, 7800),
        "households_helped": _whole(luck, 40, 150),
        "houses_supported": _whole(luck, 2, 8),
        "workers_trained_employed": _whole(luck, 30, 120),
    }


def _department(unit: Unit, luck: Dice) -> Values:
    values = {
        "publicity_items": _whole(luck, 3, 24),
        "publicity_sessions": _whole(luck, 1, 9),
        "fund_for_poor_raised": Decimal(0),
        "enterprise_cash": _money(luck, 5, 60),
        "community_cash": _money(luck, 8, 70),
        "in_kind_value": _money(luck, 5, 45),
        "labour_days": _whole(luck, 10, 160),
        "households_helped": _whole(luck, 5, 60),
        "houses_supported": _whole(luck, 0.6, 2.4),
        "workers_trained_employed": _whole(luck, 0, 15),
        "models_running": _whole(luck, 0, 2),
        "models_replicated": Decimal(0),
    }
    for code, usual in HEAVY_GIVERS.get(unit.code, {}).items():
        values[code] = _whole(luck, 0.9 * usual, 1.1 * usual)
    values["models_replicated"] = min(values["models_running"], _whole(luck, 0, 3))
    return values | _doings(luck, documents=(2, 9))
