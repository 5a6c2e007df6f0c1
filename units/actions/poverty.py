"""Writes of the poverty figures that stand for themselves: the national standards."""

from django.db import transaction

from units.actions.units import save_standard
from units.models import PovertyStandard, User
from units.poverty.standards import shipped_standards


@transaction.atomic
def load_standards(*, by: User | None = None) -> int:
    """Bring the shipped standards in; the number of new ones. Those on file stay as they are:

    an administrator may have corrected them since.
    """
    kept = set(PovertyStandard.objects.values_list("code", flat=True))
    new = [PovertyStandard(**row) for row in shipped_standards() if row["code"] not in kept]
    for standard in new:
        save_standard(standard, by=by)
    return len(new)
