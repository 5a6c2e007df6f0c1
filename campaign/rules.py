"""Whether it is still time. Each function names its clause; instants are compared by the second."""

from django.db.models import Max

from campaign.models import Deadline, Extension


def deadline_of(period, tier) -> Deadline | None:
    return Deadline.objects.filter(period=period, tier=tier).first()


def extended_until(deadline, unit):
    """The latest instant up to which the unit has leave to send, or None."""
    return Extension.objects.filter(deadline=deadline, unit=unit).aggregate(last=Max("until"))[
        "last"
    ]


def not_after(now, limit) -> bool:
    """Whether ``now`` is within the second of ``limit`` or before.

    "Before 1 December" (V.4) means received no later than 30 November 23:59:59 Viet Nam time;
    23:59:59.9 is still that second.
    """
    return limit is not None and now.replace(microsecond=0) <= limit
