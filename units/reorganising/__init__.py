"""Reorganisations: a decision written down as a plan, laid upon the register, judged, told.

- ``plan``: plain data and its JSON; pure functions that give a changed plan.
- ``drawing``: the plan laid upon the register of today: what ends, what starts, who is asked.
- ``rules``: everything that stands against carrying it out, with where to mend it.
- ``effects``: what happens to each table; apps above add theirs to the list ``effects.tellers``.
- ``ties``: what hangs on the new units, which stands against taking them back.
- ``people``: those whose unit has ended and whom nobody has placed.
- ``naming``, ``proposing``: a workbook of changes made into drafts.

Nothing here writes; ``units.actions.reorganising`` does.
"""

from units.reorganising.drawing import Drawing, Fate, draw
from units.reorganising.plan import (
    ELSEWHERE,
    ENDS,
    Ending,
    Group,
    Heir,
    Plan,
    Starting,
    as_json,
    from_json,
    with_starting,
)

__all__ = [
    "ELSEWHERE",
    "ENDS",
    "Drawing",
    "Ending",
    "Fate",
    "Group",
    "Heir",
    "Plan",
    "Starting",
    "as_json",
    "draw",
    "from_json",
    "with_starting",
]
