"""What was sent: each version as it was frozen, its receipt, and the check of a receipt."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from config import access
from reports.models import Version
from reports.queries import differences, parts
from reports.views.loading import visible_report


def _version(report, number):
    return get_object_or_404(report.versions.select_related("sent_by"), number=number)


@require_safe
@access.audience(access.SIGNED_IN)
def version(request, pk, number):
    """One sending as it was, and what changed since the one before."""
    report = visible_report(request, pk)
    sent = _version(report, number)
    before = report.versions.with_number(number - 1)
    context = {
        "report": report,
        "version": sent,
        "content": parts.readable(sent.content),
        "changes": differences.between(before.content, sent.content) if before else None,
    }
    return render(request, "reports/version.html", context)


@require_safe
@access.audience(access.SIGNED_IN)
def receipt(request, pk, number):
    """The receipt of a sending, to print."""
    report = visible_report(request, pk)
    return render(
        request, "reports/receipt.html", {"report": report, "version": _version(report, number)}
    )


@require_safe
@access.audience(access.PUBLIC)
def check_receipt(request):
    """Anybody with the number of a receipt can see that it is genuine; no content is shown."""
    number = request.GET.get("so", "").strip().upper()[:60]
    found = Version.objects.with_receipt(number) if number else None
    return render(request, "reports/receipt_check.html", {"number": number, "version": found})
