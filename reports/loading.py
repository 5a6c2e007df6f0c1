"""The outline of the reports and their annexes: reading ``data/plan_166.json``."""

from pathlib import Path

from django.db import transaction

from campaign.actions import Outcome, log_load, write_rows
from campaign.loading import reading
from campaign.models import Campaign
from reports.models import Figure, Report, Section
from reports.states import State

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
    _complete_unsent_reports(campaign)
    log_load("reports", campaign, outcome, by=by)
    return outcome


def _complete_unsent_reports(campaign) -> None:
    """Reports still being written get an empty part for every heading and figure that came new.

    What was sent stays as it was sent.
    """
    unsent = Report.objects.filter(period__campaign=campaign)
    unsent = unsent.filter(state__in={*State.UNSENT, *State.EDITABLE})
    for model, name, wanted in (
        (Section, "outline", campaign.outline.all()),
        (Figure, "indicator", campaign.indicators.all()),
    ):
        model.objects.bulk_create(
            model(report=report, **{name: each})
            for each in wanted
            for report in unsent.filter(tier__in=each.tiers).exclude(
                pk__in=model.objects.filter(**{name: each}).values("report")
            )
        )
