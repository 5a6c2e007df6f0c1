"""Who has reported: by tier, by the unit above, unit by unit."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from campaign.models import Period
from campaign.queries import current_campaign
from config import access, clock, downloads
from config.paging import KeyedPaginator
from reports import exports
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
    asked = _asked_for(request)
    period, tier = asked.period, asked.tier
    whole = bool(request.user.role_names() & set(Role.PROVINCE_WIDE))
    context = {"periods": asked.periods, "period": period, "tier": tier, "whole": whole}
    if period:
        context["tiers"] = expected.completeness_by_tier(period, asked.within)
    if period and tier:
        context |= _of_tier(request, asked)
    return render(request, "reports/progress.html", context)


@dataclass(frozen=True)
class Asked:
    """What the address asks for, within what the user follows."""

    periods: list[Period]
    period: Period | None
    tier: str
    within: Q


def _asked_for(request) -> Asked:
    periods = expected.reporting_periods(current_campaign())
    period = expected.chosen_period(periods, request.GET.get("ky"), clock.today())
    tier = request.GET.get("nhom") if request.GET.get("nhom") in Tier.values else ""
    return Asked(periods, period, tier, followed_scope(request.user))


def _parents(request, asked):
    """The units above the tier's, and the one of them that the address names."""
    parents = expected.completeness_by_parent(asked.period, asked.tier, asked.within)
    return parents, next((row for row in parents if row.key == request.GET.get("tren")), None)


def _units(asked, chosen):
    parent = chosen.parent_id if chosen else None
    return expected.units_with_state(asked.period, asked.tier, asked.within, parent=parent)


def _of_tier(request, asked):
    """The parents and the units below; of very many parents one is chosen first."""
    parents, chosen = _parents(request, asked)
    many = len(parents) > PAGE
    context = {"tier_label": Tier(asked.tier).label, "chosen": chosen}
    if many and not chosen:
        page = Paginator(parents, PAGE).get_page(request.GET.get("trang"))
        return context | {"parents": page, "page": page, "units": [], "noun": "đơn vị cấp trên"}
    count = sum(row.expected for row in ([chosen] if chosen else parents))
    page = KeyedPaginator(_units(asked, chosen), PAGE, count=count).get_page(
        request.GET.get("trang")
    )
    page.object_list = expected.described(list(page.object_list))
    shown = [chosen] if many else parents
    return context | {"parents": shown, "page": page, "units": page, "noun": "đơn vị"}


def _asked_for_tier(request) -> Asked:
    asked = _asked_for(request)
    if not (asked.period and asked.tier):
        raise Http404("Hãy chọn kỳ và nhóm đơn vị trước khi tải bảng.")
    return asked


@require_safe
@access.audience(*VIEWERS)
def tiers_download(request, suffix):
    """Completeness by tier."""
    asked = _asked_for(request)
    tiers = expected.completeness_by_tier(asked.period, asked.within) if asked.period else []
    rows = exports.completeness_rows(tiers)
    return downloads.table(exports.BY_TIER, rows, name="tien do theo nhom", suffix=suffix)


@require_safe
@access.audience(*VIEWERS)
def parents_download(request, suffix):
    """Completeness of a tier by the unit above."""
    parents, _ = _parents(request, _asked_for_tier(request))
    rows = exports.completeness_rows(parents)
    return downloads.table(exports.BY_PARENT, rows, name="tien do theo cap tren", suffix=suffix)


@require_safe
@access.audience(*VIEWERS)
def units_download(request, suffix):
    """The units of a tier, or those under one unit above, with the state of their report."""
    asked = _asked_for_tier(request)
    _, chosen = _parents(request, asked)
    rows = exports.expected_rows(_units(asked, chosen))
    return downloads.table(exports.BY_UNIT, rows, name="tien do tung don vi", suffix=suffix)
