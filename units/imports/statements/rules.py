"""What one row of the statistical table must fulfil: parts within their wholes, rates as counted.

A rule takes the row's values and yields (column, rule, sentence). A figure that could not be read
is None and breaks no rule here.
"""

from collections.abc import Iterator
from decimal import Decimal

from config.text import vn_number
from units.imports.statements.definition import RATES, label_of
from units.poverty.figures import percent_of, rounded

Found = Iterator[tuple[str, str, str]]

PARTS = (
    ("poor_ethnic", "poor"),
    ("poor_unable", "poor"),
    ("arisen", "poor"),
    ("relapsed", "arisen"),
)
"""Each figure that is a part of another; who became poor within the year is poor at its end."""
LISTED = ("poor", "near_poor", "newly_escaped")
"""Different households, all of them among the unit's households."""
HALF_PLACE = Decimal("0.005")
"""Half a unit of the last place of a rate: what rounding alone explains."""


def parts_within_wholes(values: dict) -> Found:
    """No part is larger than its whole."""
    for part, whole in PARTS:
        if _exceeds(values[part], values[whole]):
            yield (
                part,
                "parts_exceed_total",
                f"là một phần của “{label_of(whole)}” nên không thể nhiều hơn: ô ghi "
                f"{vn_number(values[part])}, “{label_of(whole)}” ghi {vn_number(values[whole])}; "
                "hãy sửa một trong hai ô.",
            )
    listed = [values[name] or 0 for name in LISTED]
    if _exceeds(sum(listed), values["households"]):
        told = " + ".join(map(vn_number, listed))
        yield (
            "households",
            "parts_exceed_total",
            f"không thể ít hơn hộ nghèo + hộ cận nghèo + hộ mới thoát nghèo: {told} = "
            f"{vn_number(sum(listed))}, ô ghi {vn_number(values['households'])}; hãy sửa ô sai.",
        )


def _exceeds(part: int | None, whole: int | None) -> bool:
    return part is not None and whole is not None and part > whole


def rates_as_counted(values: dict) -> Found:
    """A rate is its figure in percent of all households, to the last of its two decimals."""
    for name, counted in RATES.items():
        rate, count, households = values.get(name), values[counted], values["households"]
        if rate is None or count is None or not households:
            continue
        exact = percent_of(count, households)
        if abs(rate - exact) <= HALF_PLACE:
            continue
        said = f"{vn_number(count)}/{vn_number(households)} = {vn_number(rounded(exact), 2)}%"
        if abs(rate * 100 - exact) <= HALF_PLACE:
            message = (
                f"ô ghi {vn_number(rate)} là phân số, cột này ghi phần trăm: {said}; "
                f"hãy ghi {vn_number(rounded(exact), 2)}."
            )
            yield name, "rate_scale", message
        else:
            message = f"{said}, ô ghi {vn_number(rate)}; hãy sửa tỷ lệ hoặc số hộ."
            yield name, "rate_mismatch", message
