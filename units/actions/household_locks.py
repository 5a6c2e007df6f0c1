"""Counts of one commune are written by one act at a time: whoever writes holds the commune first.

Counts are read before they are written, and those of a commune are sums of its villages', so two
people at two households would each miss what the other one writes.
"""

from collections.abc import Iterable

from django.db import connection
from django.db.models import QuerySet

from units.actions.holding import hold_register
from units.kinds import Kind
from units.models import Household, Import, Unit


def hold_communes(units: Iterable[int] | QuerySet) -> None:
    """Until the end of the transaction nobody else counts households of these units' communes.

    Taken before anything is looked at, and before any household is held.
    """
    if not connection.features.has_select_for_update:
        return
    hold_register()
    lives = Unit.objects.filter(pk__in=units).values_list("pk", "parent", "kind").order_by()
    communes = {parent if kind == Kind.VILLAGE else pk for pk, parent, kind in lives.iterator()}
    held = Unit.objects.filter(pk__in=communes).select_for_update(no_key=True)
    list(held.order_by("pk").values_list("pk"))


def hold_list(job: Import) -> None:
    """The communes of a list, those of the villages that it counts included."""
    rows = job.rows.filter(unit__isnull=False)
    hold_communes(rows.order_by().values("unit"))


def hold_household(household: Household, *units: int) -> Household | None:
    """The communes of a household and of its years, then the household itself, as it is now."""
    kept = household.years.values_list("unit", flat=True)
    now = Household.objects.filter(pk=household.pk).values_list("unit", flat=True)
    hold_communes([*kept, *now, *units])
    held = Household.objects.select_for_update(of=("self",)).select_related("unit__parent")
    return held.filter(pk=household.pk).first()
