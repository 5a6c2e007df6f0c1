"""Marks of households: their status of a year, the outcome of a registration."""

from django import template
from django.utils.safestring import SafeString

from config.templatetags.portal import badge
from units.models import EscapeRegistration, HouseholdStatus

register = template.Library()

STATUS_TONES = {
    HouseholdStatus.POOR: "danger",
    HouseholdStatus.NEAR_POOR: "warning",
    HouseholdStatus.ESCAPED: "success",
}
OUTCOME_TONES = {
    EscapeRegistration.Outcome.OPEN: "info",
    EscapeRegistration.Outcome.REACHED: "success",
    EscapeRegistration.Outcome.MISSED: "warning",
}


@register.simple_tag
def household_status(status) -> SafeString | str:
    """The status in words; a dash where the household was not on the list."""
    if not status:
        return "–"
    return badge(HouseholdStatus(status).label, STATUS_TONES.get(status, "neutral"))


@register.simple_tag
def registration_outcome(outcome) -> SafeString:
    """What came of a registration, in words."""
    return badge(EscapeRegistration.Outcome(outcome).label, OUTCOME_TONES[outcome])
