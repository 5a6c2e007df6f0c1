"""What was sent: each version as it was frozen, its receipt, and the check of a receipt."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from config import access, downloads
from reports import actions, frozen_tables
from reports.models import Version
from reports.queries import differences, parts
from reports.queries.versions import versions_for, withdrawn
from reports.views.loading import visible_report


@require_safe
@access.audience(access.SIGNED_IN)
def version(request, pk, number):
    """One sending as it was, and what changed since the one before.

    The receiver's look is noted here as well: a sending that was read is not withdrawn.
    """
    report = visible_report(request, pk)
    shown = versions_for(request.user, report)
    sent = get_object_or_404(shown, number=number)
    before = shown.filter(number__lt=number).last()
    actions.mark_read(report, by=request.user)
    context = {
        "report": report,
        "version": sent,
        "content": parts.readable(sent.content),
        "changes": differences.between(before.content, sent.content) if before else None,
    }
    return render(request, "reports/version.html", context)


def _read(request, pk, number) -> tuple[Version, str]:
    """A sending whose content is handed out, which is a look at it too; and a name for the file."""
    report = visible_report(request, pk)
    sent = get_object_or_404(versions_for(request.user, report), number=number)
    actions.mark_read(report, by=request.user)
    return sent, f"{report.unit.code} {report.period.code} lan {number}"


@require_safe
@access.audience(access.SIGNED_IN)
def figures_download(request, pk, number, suffix):
    """The figures of a sending."""
    sent, name = _read(request, pk, number)
    rows = frozen_tables.figure_rows(sent.content)
    name = f"so lieu {name}"
    return downloads.table(frozen_tables.FIGURES, rows, name=name, suffix=suffix)


@require_safe
@access.audience(access.SIGNED_IN)
def annex_download(request, pk, number, code, suffix):
    """One annex of a sending."""
    sent, name = _read(request, pk, number)
    annex = frozen_tables.annex_in(sent.content, code)
    if annex is None:
        raise Http404("Bản đã gửi không có biểu này.")
    definition, rows = frozen_tables.annex_definition(annex), frozen_tables.annex_rows(annex)
    return downloads.table(definition, rows, name=f"bieu {code} {name}", suffix=suffix)


@require_safe
@access.audience(access.SIGNED_IN)
def receipt(request, pk, number):
    """The receipt of a sending, to print."""
    report = visible_report(request, pk)
    sent = get_object_or_404(versions_for(request.user, report), number=number)
    return render(request, "reports/receipt.html", {"report": report, "version": sent})


@require_safe
@access.audience(access.PUBLIC)
def check_receipt(request):
    """Anybody with the number of a receipt can see that it is genuine; no content is shown."""
    number = request.GET.get("so", "").strip().upper()[:60]
    found = Version.objects.with_receipt(number) if number else None
    taken_back = found is not None and found.number in withdrawn(found.report)
    context = {"number": number, "version": found, "taken_back": taken_back}
    return render(request, "reports/receipt_check.html", context)
