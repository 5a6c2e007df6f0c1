"""The front door: what the campaign is and how far it has come. No personal data."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from campaign.queries import current_campaign
from config import access, clock
from reports.figures.goals import goals_with_progress
from reports.queries import expected


@require_safe
@access.audience(access.PUBLIC)
def front(request):
    """The public page."""
    campaign = current_campaign()
    context = {"campaign": campaign}
    if campaign:
        periods = expected.reporting_periods(campaign)
        period = expected.chosen_period(periods, None, clock.today())
        context |= {
            "goals": goals_with_progress(campaign, clock.today()),
            "phases": campaign.phases.all(),
            "period": period,
            "tiers": expected.completeness_by_tier(period) if period else [],
        }
    return render(request, "reports/front.html", context)
