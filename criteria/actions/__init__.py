"""Every write of ``criteria``, one module per noun. Page, import and command come through here."""

from criteria.actions.answers import save_answer
from criteria.actions.checklists import accept, hand_in, open_checklist, recompute, reopen
from criteria.actions.evidence import attach_evidence, open_evidence, remove_evidence
from criteria.actions.rankings import compute_ranking, decide_place, publish_ranking
from criteria.actions.scores import score, score_all
from criteria.actions.sets import configure_points, new_version

__all__ = [
    "accept",
    "attach_evidence",
    "compute_ranking",
    "configure_points",
    "decide_place",
    "hand_in",
    "new_version",
    "open_checklist",
    "open_evidence",
    "publish_ranking",
    "recompute",
    "remove_evidence",
    "reopen",
    "save_answer",
    "score",
    "score_all",
]
