"""Who has reported: by tier, by the unit above, unit by unit."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from campaign.queries import current_campaign
from config import access, clock
from config.paging import KeyedPaginator
from reports.queries import expected
from units.kinds import Role, Tier

VIEWERS = (*Role.OF_UNIT, *Role.PROVINCE_WIDE)
PAGE = 100


@require_safe
@access.audience(*VIEWERS)
def progress(request):
    """Completeness of a period: tiers; with a tier chosen, its parents and the units."""
    periods = expected.reporting_periods(current_campaign())
    period = expected.chosen_period(periods, request.GET.get("ky"), clock.today())
    tier = request.GET.get("nhom") if request.GET.get("nhom") in Tier.values else ""
    context = {"periods": periods, "period": period, "tier": tier}
    if period:
        context["tiers"] = expected.completeness_by_tier(period)
    if period and tier:
        context |= _of_tier(request, period, tier)
    return render(request, "reports/progress.html", context)


def _of_tier(request, period, tier):
    """The parents and the units below; of very many parents one is chosen first."""
    parents = expected.completeness_by_parent(period, tier)
    many = len(parents) > PAGE
    chosen = next((row for row in parents if row.key == request.GET.get("tren")), None)
    context = {"tier_label": Tier(tier).label, "chosen": chosen}
    if many and not chosen:
        page = Paginator(parents, PAGE).get_page(request.GET.get("trang"))
        return context | {"parents": page, "page": page, "units": [], "noun": "đơn vị cấp trên"}
    units = expected.units_with_state(
        period, tier=tier, parent=chosen.parent_id if chosen else None
    )
    count = sum(row.expected for row in ([chosen] if chosen else parents))
    page = KeyedPaginator(units, PAGE, count=count).get_page(request.GET.get("trang"))
    page.object_list = expected.described(list(page.object_list))
    shown = [chosen] if many else parents
    return context | {"parents": shown, "page": page, "units": page, "noun": "đơn vị"}
