"""Who leads the summary of a period: a question of duty and date, never of a body's name."""

from campaign.models import Duty, Period
from campaign.queries import duty_holder

DUTY_OF_KIND = {
    Period.Kind.YEARLY: Duty.Kind.RECEIVES_REPORTS,
    Period.Kind.INTERIM: Duty.Kind.INTERIM_LEAD,
    Period.Kind.FINAL: Duty.Kind.FINAL_LEAD,
}
"""Which duty leads the summary of a kind of period (V.4, IV.3, IV.4)."""


def lead_of(period, day):
    """The unit that leads the period's summary on that day, or None."""
    return duty_holder(period.campaign, DUTY_OF_KIND[period.kind], day)
