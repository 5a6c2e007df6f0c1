"""Questions to checklists, points and rankings, one module per noun."""

from criteria.queries.checklists import (
    Missing,
    Row,
    checklist_rows,
    doubts,
    frozen,
    missing,
    totals,
)
from criteria.queries.points import (
    LOCAL_RULE,
    Total,
    max_points,
    scale,
    shares,
    suggested_points,
    total,
)
from criteria.queries.rankings import is_ranked, published_over, unscored
from criteria.queries.standings import standings

__all__ = [
    "LOCAL_RULE",
    "Missing",
    "Row",
    "Total",
    "checklist_rows",
    "doubts",
    "frozen",
    "is_ranked",
    "max_points",
    "missing",
    "published_over",
    "scale",
    "shares",
    "standings",
    "suggested_points",
    "total",
    "totals",
    "unscored",
]
