"""The charts that pages of lower apps show, drawn by the same hand as those of the papers."""

from reports.papers import charts
from units.poverty.charts import drawers


def lines(points, **options) -> str:
    """Lines over time as SVG, see ``papers.charts.lines``."""
    return charts.svg(charts.lines(points, **options))


def ranked_bars(points, **options) -> str:
    """Lying bars as SVG, the largest on top, see ``papers.charts.ranked_bars``."""
    return charts.svg(charts.ranked_bars(points, **options))


def register_all() -> None:
    """Tell the lower apps who draws; called by ``ReportsConfig.ready``."""
    drawers.update({"lines": lines, "ranked_bars": ranked_bars})
