"""Reorganisations: prepared as a draft, carried out in one transaction, undone exactly.

``drafts``: the preparation. ``drafting``: many at once, from a list of changes. ``carrying``: the
day itself. ``undoing``: the way back. ``seating``: the roles of people. ``placing``: people whose
unit has ended without anybody asking what becomes of them.
"""

from units.actions.reorganising.carrying import carry_out, fingerprint
from units.actions.reorganising.drafting import draft_changes, drop_drafts, worked_on
from units.actions.reorganising.drafts import (
    Head,
    drop_reorganisation,
    save_head,
    save_plan,
    start_reorganisation,
)
from units.actions.reorganising.placing import place_people
from units.actions.reorganising.undoing import obstacles_to_undoing, undo_reorganisation

__all__ = [
    "Head",
    "carry_out",
    "draft_changes",
    "drop_drafts",
    "drop_reorganisation",
    "fingerprint",
    "obstacles_to_undoing",
    "place_people",
    "save_head",
    "save_plan",
    "start_reorganisation",
    "undo_reorganisation",
    "worked_on",
]
