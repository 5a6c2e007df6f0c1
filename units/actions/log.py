"""The log row of an act, written by every action inside its own transaction."""

from config import clock
from units.models import LogEntry


def record(action, obj, *, by, unit=None, changes=None, reason="", at=None, label=""):
    """Write the log row of an act on ``obj``; called inside the transaction of the act."""
    return LogEntry.objects.create(
        at=at or clock.now(),
        by=by,
        action=action,
        model=obj._meta.label,
        object_id=obj.pk,
        label=(label or str(obj))[:300],
        unit=unit,
        changes=changes or {},
        reason=reason,
    )
