"""The forms of commendation that the plan names (III.2): reading ``data/plan_166.json``."""

from pathlib import Path

from django.db import transaction

from campaign.actions import Outcome, log_load, write_rows
from campaign.loading import reading
from campaign.models import Campaign

SHIPPED = Path(__file__).resolve().parent / "data" / "plan_166.json"


@transaction.atomic
def load(campaign: Campaign, *, by=None, path: Path = SHIPPED) -> Outcome:
    """Bring the award forms in."""
    outcome = Outcome()
    names = ("code", "position", "clause", "name", "note")
    with reading(path) as content:
        rows = [
            {name: row[name] for name in names} | {"campaign": campaign} for row in content["forms"]
        ]
        write_rows(campaign.award_forms.all(), ("code",), rows, outcome=outcome)
    log_load("awards", campaign, outcome, by=by)
    return outcome
