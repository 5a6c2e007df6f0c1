"""The receiver's queue and its neighbours."""

from reports.models import Report
from reports.queries.tasks import receivable_by
from reports.states import State


def queue_for(user):
    """Reports that the user may receive or has received, waiting ones first, oldest first."""
    return (
        Report.objects.filter(receivable_by(user), submitted_at__isnull=False)
        .select_related("unit", "period")
        .order_by("submitted_at", "pk")
    )


def neighbours(user, report) -> dict:
    """The waiting reports before and after this one, and its place among them."""
    waiting = queue_for(user).filter(state=State.SUBMITTED, period=report.period, tier=report.tier)
    key = (report.submitted_at, report.pk)
    before = waiting.filter(submitted_at__lte=report.submitted_at).exclude(pk=report.pk)
    after = waiting.filter(submitted_at__gte=report.submitted_at).exclude(pk=report.pk)
    earlier = [row for row in before.reverse()[:2] if (row.submitted_at, row.pk) < key]
    later = [row for row in after[:2] if (row.submitted_at, row.pk) > key]
    return {
        "previous": earlier[0] if earlier else None,
        "following": later[0] if later else None,
        "waiting": waiting.count(),
    }
