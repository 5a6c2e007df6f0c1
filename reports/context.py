"""What every page shows around its content."""

from django.conf import settings

from campaign.queries import current_campaign
from config import clock


def portal(request):
    """The campaign's name, the user's seats and navigation, and the mark of a demonstration."""
    campaign = current_campaign()
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    return {
        "portal": {
            "campaign": campaign,
            "campaign_name": campaign.short_title if campaign else "Phong trào thi đua",
            "seats": user.seats() if signed_in else [],
            "nav": [],
            "demo": bool(settings.CLOCK_SHIFT_DAYS),
            "now": clock.now(),
        }
    }
