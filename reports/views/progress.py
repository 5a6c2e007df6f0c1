"""Who has reported: by tier, by the unit above, unit by unit."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from campaign.queries import current_campaign
from config import access, clock
from config.paging import KeyedPaginator
from reports.permissions import followed_scope
from reports.queries import expected
from units.kinds import Role, Tier

VIEWERS = (*Role.OF_UNIT, *Role.PROVINCE_WIDE)
PAGE = 100


@require_safe
@access.audience(*VIEWERS)
def progress(request):
    """Completeness of a period: tiers; with a tier chosen, its parents and the units.

    A unit follows itself and all below it, those who work for the province follow everybody.
    """
    periods = expected.reporting_periods(current_campaign())
    period = expected.chosen_period(periods, request.GET.get("ky"), clock.today())
    tier = request.GET.get("nhom") if request.GET.get("nhom") in Tier.values else ""
    whole = bool(request.user.role_names() & set(Role.PROVINCE_WIDE))
    context = {"periods": periods, "period": period, "tier": tier, "whole": whole}
    within = followed_scope(request.user)
    if period:
        context["tiers"] = expected.completeness_by_tier(period, within)
    if period and tier:
        context |= _of_tier(request, period, tier, within)
    return render(request, "reports/progress.html", context)


def _of_tier(request, period, tier, within):
    """The parents and the units below; of very many parents one is chosen first."""
    parents = expected.completeness_by_parent(period, tier, within)
    many = len(parents) > PAGE
    chosen = next((row for row in parents if row.key == request.GET.get("tren")), None)
    context = {"tier_label": Tier(tier).label, "chosen": chosen}
    if many and not chosen:
        page = Paginator(parents, PAGE).get_page(request.GET.get("trang"))
        return context | {"parents": page, "page": page, "units": [], "noun": "đơn vị cấp trên"}
    parent = chosen.parent_id if chosen else None
    units = expected.units_with_state(period, tier, within, parent=parent)
    count = sum(row.expected for row in ([chosen] if chosen else parents))
    page = KeyedPaginator(units, PAGE, count=count).get_page(request.GET.get("trang"))
    page.object_list = expected.described(list(page.object_list))
    shown = [chosen] if many else parents
    return context | {"parents": shown, "page": page, "units": page, "noun": "đơn vị"}
