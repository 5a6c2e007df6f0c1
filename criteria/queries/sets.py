"""The criteria of the plan as pages show them, with the local scale beside."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Max, QuerySet

from criteria.models import CriteriaSet, Criterion
from criteria.queries.points import shares
from units.kinds import TIER_ORDER


@dataclass(frozen=True)
class Share:
    """A criterion with its maximum points; ``equal``: by division, not by the board's number."""

    criterion: Criterion
    points: Decimal
    equal: bool


def plan_sets(campaign) -> list[CriteriaSet]:
    """The newest version of each tier's set, letters a to f in the plan's order; three queries."""
    newest = CriteriaSet.objects.filter(campaign=campaign).values("tier").annotate(Max("version"))
    versions = {row["tier"]: row["version__max"] for row in newest.order_by()}
    sets = with_criteria(CriteriaSet.objects.filter(campaign=campaign)).order_by("clause", "pk")
    found = [one for one in sets if versions[one.tier] == one.version]
    return sorted(found, key=lambda one: TIER_ORDER[one.tier])


def with_criteria(sets) -> QuerySet:
    return sets.prefetch_related("criteria__items")


def shares_of(criteria_set: CriteriaSet) -> list[Share]:
    """The criteria of a set with their maximum points; reads what ``with_criteria`` fetched."""
    criteria = sorted(criteria_set.criteria.all(), key=lambda criterion: criterion.number)
    maximum = shares(criteria_set.points, {row.pk: row.points for row in criteria})
    return [Share(row, maximum[row.pk], row.points is None) for row in criteria]


def versions_of(criteria_set: CriteriaSet) -> list[CriteriaSet]:
    """All versions of the same tier's set, the newest first."""
    found = CriteriaSet.objects.filter(campaign=criteria_set.campaign_id, tier=criteria_set.tier)
    return list(found.order_by("-version"))
