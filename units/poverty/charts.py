"""Charts of the poverty figures: what is drawn here, how is known to the app that makes papers."""

from collections.abc import Callable, Iterable
from decimal import Decimal

from units.poverty.tables import ReviewRow
from units.poverty.unit_years import UnitYear

drawers: dict[str, Callable[..., str]] = {}
"""Kind of chart → how it is drawn as SVG; an app above fills this in from ``AppConfig.ready``.

``lines``: points (time, series, value) with ``breaks``; ``ranked_bars``: points (label, value).
"""

POOR, NEAR = "Hộ nghèo", "Hộ cận nghèo"
UNIT = "% số hộ dân cư"


def rates_over_years(name: str, years: Iterable[UnitYear]) -> str:
    """Both rates of a unit over its years; the lines are cut where the standard changes."""
    years = list(years)
    points = [
        (str(point.year), series, _plain(rate))
        for point in years
        for series, rate in ((POOR, point.poor_rate), (NEAR, point.near_rate))
    ]
    return drawers["lines"](
        points,
        unit=UNIT,
        title=f"Tỷ lệ hộ nghèo, hộ cận nghèo của {name}",
        alt=words_of_years(name, years),
        breaks=[str(point.year) for point in years if point.breaks],
    )


def rates_of_units(title: str, rows: Iterable[ReviewRow]) -> str:
    """The poverty rates of a table's units in one year, the highest first."""
    points = [(row.unit.short_name, _plain(row.figures.poor_rate)) for row in rows if row.figures]
    return drawers["ranked_bars"](points, unit=UNIT, title=title, alt=title)


def words_of_years(name: str, years: Iterable[UnitYear]) -> str:
    """What the chart over years shows, in words."""
    said = [
        f"{point.year}: {_written(point.poor_rate)} và {_written(point.near_rate)}"
        for point in years
    ]
    return f"Tỷ lệ hộ nghèo và hộ cận nghèo của {name} cuối năm: {'; '.join(said)}."


def _plain(rate: Decimal | None) -> float | None:
    return None if rate is None else float(rate)


def _written(rate: Decimal | None) -> str:
    return "chưa có" if rate is None else f"{rate}%".replace(".", ",")
