"""The catalogues kept by hand: sets, criteria, their parts, indicators, blocks and members."""

from django.db import transaction
from django.db.models import Model

from config.workflow import refuse
from criteria import rules
from criteria.models import BlockMember, CriteriaSet, Criterion, Item
from units.actions import record
from units.actions.checking import anew, differences, refuse_invalid, stored
from units.permissions import keeps_catalogues


@transaction.atomic
def save_catalogue(obj: Model, *, by) -> Model:
    """Make or correct one row of the catalogues, with what changed in the log.

    A set that a unit has opened a checklist by is closed: a new version takes the correction.
    """
    by = anew(by)
    refuse(keeps_catalogues(by), *obstacles(obj))
    before = stored(obj)
    refuse_invalid(obj)
    obj.save()
    names = tuple(field.name for field in obj._meta.concrete_fields if not field.primary_key)
    if changes := differences(before, obj, names):
        verb = "create" if before is None else "correct"
        record(f"criteria.{verb}_{obj._meta.model_name}", obj, by=by, changes=changes)
    return obj


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
