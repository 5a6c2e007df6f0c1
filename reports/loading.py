"""The outline of the reports and their annexes: reading ``data/plan_166.json``."""

from pathlib import Path

from django.db import transaction

from campaign.actions import Outcome, log_load, write_rows
from campaign.loading import reading
from campaign.models import Campaign
from reports.actions.starting import lay_out_unsent

SHIPPED = Path(__file__).resolve().parent / "data" / "plan_166.json"

OUTLINE = ("code", "position", "title", "clause", "tiers", "required", "passage", "prompt")
ANNEX = ("code", "position", "title", "tiers", "computed", "columns", "help")


@transaction.atomic
def load(campaign: Campaign, *, by=None, path: Path = SHIPPED) -> Outcome:
    """Bring in the headings of the report and the columns of its annexes."""
    outcome = Outcome()
    with reading(path) as content:
        for standing, names, rows in (
            (campaign.outline.all(), OUTLINE, content["outline"]),
            (campaign.annexes.all(), ANNEX, content["annexes"]),
        ):
            wanted = [{n: row[n] for n in names} | {"campaign": campaign} for row in rows]
            write_rows(standing, ("code",), wanted, outcome=outcome)
    lay_out_unsent(campaign)
    log_load("reports", campaign, outcome, by=by)
    return outcome
