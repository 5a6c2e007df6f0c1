"""The nouns of ``criteria``, one module each."""

from criteria.models.checklists import Answer, Checklist, Evidence, Score
from criteria.models.rankings import Block, BlockMember, Ranking, RankingRow
from criteria.models.sets import CriteriaSet, Criterion, Indicator, Item

__all__ = [
    "Answer",
    "Block",
    "BlockMember",
    "Checklist",
    "CriteriaSet",
    "Criterion",
    "Evidence",
    "Indicator",
    "Item",
    "Ranking",
    "RankingRow",
    "Score",
]
