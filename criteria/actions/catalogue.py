"""The catalogues kept by hand: sets, criteria, their parts, indicators, blocks and members."""

from django.db import transaction
from django.db.models import Model

from campaign import actions as campaign_actions
from config.workflow import refuse
from criteria import rules
from criteria.models import BlockMember, CriteriaSet, Criterion, Item


@transaction.atomic
def save_catalogue(obj: Model, *, by) -> Model:
    """Make or correct one row of the catalogues (``campaign.actions.save_catalogue``).

    A set that a unit has opened a checklist by is closed: a new version takes the correction.
    """
    refuse(*obstacles(obj))
    return campaign_actions.save_catalogue(obj, by=by)


def obstacles(obj: Model) -> list[str]:
    """What the domain holds against saving the row as it is."""
    found = []
    if isinstance(obj, CriteriaSet):
        configured = dict(obj.criteria.values_list("pk", "points")) if obj.pk else {}
        found = [rules.not_opened(obj), rules.sum_fits(obj.points, configured)]
    elif isinstance(obj, Criterion):
        found = [rules.not_opened(obj.criteria_set)]
    elif isinstance(obj, Item):
        found = [rules.not_opened(obj.criterion.criteria_set)]
    elif isinstance(obj, BlockMember):
        found = [rules.fits_block(obj)]
    return [reason for reason in found if reason]
