"""The nominations that are being checked: a few named by value, many by the query that chose them.

A database finds a few values by its indexes; what it must look up in a query it reads tables for,
which pays for a round and never for one dossier.
"""

from functools import cached_property

from django.db.models import F, Q, QuerySet

from awards.kinds import Recipient
from awards.models import Nomination, RoundForm
from units.models import Unit

LEAN = ("offer", "award_type", "recipient", "unit", "person", "household", "period_from")
LEAN += ("period_to", "women_share", "direct", "rule_set", "name_key")
FEW = 100


class Chosen:
    """The rows, lean, and what to filter by: ``keys`` and the values that they tell."""

    def __init__(self, asked: QuerySet[Nomination]):
        self._keys = asked.order_by().values("pk")
        rows = Nomination.objects.filter(pk__in=self._keys)
        self.rows: list[Nomination] = list(rows.annotate(sex=F("person__sex")).only(*LEAN))
        self.few = len(self.rows) <= FEW
        self._share()

    def _share(self) -> None:
        """Rows of one form or unit share its object."""
        offers = RoundForm.objects.select_related("form", "round__unit")
        offers = offers.in_bulk({row.offer_id for row in self.rows})
        units = {unit.pk: unit for unit in self.units}
        for row in self.rows:
            row.offer, row.unit = offers[row.offer_id], units[row.unit_id]

    @cached_property
    def keys(self):
        return [row.pk for row in self.rows] if self.few else self._keys

    @cached_property
    def units(self) -> QuerySet[Unit]:
        if self.few:
            return Unit.objects.filter(pk__in={row.unit_id for row in self.rows})
        return Unit.objects.filter(
            pk__in=Nomination.objects.filter(pk__in=self._keys).values("unit")
        )

    def told(self, name: str, *, openly: bool):
        """What those say under a name whose honours everybody sees, or what the others say."""
        if self.few:
            return {
                getattr(row, name)
                for row in self.rows
                if (row.recipient in Recipient.OPEN) == openly
            }
        opened = Q(recipient__in=Recipient.OPEN)
        rows = Nomination.objects.filter(opened if openly else ~opened, pk__in=self._keys)
        return rows.filter(**{f"{name}__isnull": False}).values(name)
