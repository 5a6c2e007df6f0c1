"""What the units below have reported: sums for the unit above to begin from (design 5)."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from criteria.models import Indicator
from reports.models import Figure, Report, counted


@dataclass(frozen=True)
class Below:
    """The accepted reports of the units right below: how many, and their sums by indicator."""

    reports: int
    sums: dict[int, Decimal]


def accepted_below(report):
    """The reports of the same period that the unit has received from the units right below it."""
    return Report.objects.filter(
        counted(), unit__parent=report.unit, receiver=report.unit, period=report.period
    )


def below(report) -> Below:
    """Sums over what may be summed; an indicator that nobody below has given is left out."""
    given = (
        Figure.objects.filter(report__in=accepted_below(report), value__isnull=False)
        .exclude(indicator__rollup=Indicator.Rollup.NONE)
        .order_by()
        .values_list("indicator")
        .annotate(total=Sum("value"))
    )
    return Below(accepted_below(report).count(), dict(given))


def with_sums(figures, found: Below) -> list:
    """The report's figures, each with ``below``: the sum of the units below, or None."""
    for figure in figures:
        figure.below = found.sums.get(figure.indicator_id)
    return figures
