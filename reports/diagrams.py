"""The workflows as Mermaid diagrams, drawn from their step tables into README.md."""

import re
from pathlib import Path

from django.conf import settings

from awards.states import NominationState, RoundState, SessionState
from awards.steps import NOMINATION_STEPS, ROUND_STEPS, SESSION_STEPS
from config.workflow import mermaid
from criteria.states import RankingState
from criteria.steps import RANKING_STEPS
from reports.states import State, SummaryState
from reports.steps import STEPS
from reports.summary_steps import SUMMARY_STEPS

README = Path(settings.BASE_DIR) / "README.md"
WORKFLOWS = {
    "report": (STEPS, State),
    "ranking": (RANKING_STEPS, RankingState),
    "round": (ROUND_STEPS, RoundState),
    "nomination": (NOMINATION_STEPS, NominationState),
    "session": (SESSION_STEPS, SessionState),
    "summary": (SUMMARY_STEPS, SummaryState),
}


def drawn(text: str) -> str:
    """The text with each block ``<!-- workflow: NAME -->`` … ``<!-- end -->`` drawn anew."""
    for name, (steps, states) in WORKFLOWS.items():
        diagram = mermaid(steps, dict(states.choices), states.values[0])
        block = f"<!-- workflow: {name} -->\n```mermaid\n{diagram}\n```\n<!-- end -->"
        pattern = rf"<!-- workflow: {name} -->.*?<!-- end -->"
        text = re.sub(pattern, lambda _, block=block: block, text, flags=re.DOTALL)
    return text
