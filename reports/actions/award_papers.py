"""A paper of commendation that leaves the portal names people, so taking it is noted."""

from django.db import transaction
from django.db.models import Model

from units.actions import record
from units.actions.checking import anew
from units.models import Unit, User


@transaction.atomic
def note_paper(what: str, noun: Model, *, by: User, unit: Unit) -> None:
    """Log who took which paper away; ``what`` names no person."""
    record("take_award_paper", noun, by=anew(by), unit=unit, label=f"Tải về {what}")
