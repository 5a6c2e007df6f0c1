"""Questions to the calendar and to the duties of the plan, one module per noun."""

from campaign.queries.deadlines import (
    acts_on,
    deadlines_by_period,
    extensions_for,
    in_order,
    last_acts,
    leave_of,
    units_owing,
    units_to_extend,
)
from campaign.queries.duties import duties_on, duty_holder, receiver_of, receiving_units, unit_above
from campaign.queries.plan import (
    FurtherPart,
    asking_periods,
    calendar,
    campaign_years,
    current_campaign,
    further_parts,
    period_at,
    periods_of,
    plan_page,
    stage_of,
)

__all__ = [
    "FurtherPart",
    "acts_on",
    "asking_periods",
    "calendar",
    "campaign_years",
    "current_campaign",
    "deadlines_by_period",
    "duties_on",
    "duty_holder",
    "extensions_for",
    "further_parts",
    "in_order",
    "last_acts",
    "leave_of",
    "period_at",
    "periods_of",
    "plan_page",
    "receiver_of",
    "receiving_units",
    "stage_of",
    "unit_above",
    "units_owing",
    "units_to_extend",
]
