"""Who has reported: by tier, by the unit above, unit by unit."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from campaign.queries import current_campaign
from config import access, clock
from reports.queries import expected
from units.kinds import Role, Tier

VIEWERS = (Role.LEADER, Role.REPORTER, *Role.PROVINCE_WIDE)
PAGE = 100


@require_safe
@access.audience(*VIEWERS)
def progress(request):
    """Completeness of a period: tiers; with a tier chosen, its parents; then the units."""
    periods = expected.reporting_periods(current_campaign())
    period = expected.chosen_period(periods, request.GET.get("ky"), clock.today())
    tier = request.GET.get("nhom") if request.GET.get("nhom") in Tier.values else ""
    parent = request.GET.get("tren", "")
    context = {"periods": periods, "period": period, "tier": tier, "parent": parent}
    if period:
        context["tiers"] = expected.completeness_by_tier(period)
    if period and tier:
        context["tier_label"] = Tier(tier).label
        context["parents"] = expected.completeness_by_parent(period, tier)
        units = expected.units_with_state(
            period, tier=tier, parent=parent if parent.isdigit() else None
        )
        page = Paginator(units, PAGE).get_page(request.GET.get("trang"))
        page.object_list = expected.described(list(page.object_list))
        context["page"] = page
    return render(request, "reports/progress.html", context)
