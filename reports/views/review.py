"""The receiver's work: a queue, and one page a report with report and criteria side by side."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from config import access, downloads
from config.paging import KeyedPaginator
from config.workflow import RuleViolation
from criteria import actions as criteria_actions
from criteria import queries as criteria_queries
from criteria.states import Side
from reports import actions, exports
from reports.filters import QueueFilter
from reports.forms import ScoreForm
from reports.queries import parts
from reports.queries.review import neighbours, queue_for
from reports.states import State
from reports.views.loading import steps_of
from units.kinds import Role

RECEIVERS = (*Role.OF_UNIT, Role.BOARD)
PAGE = 50


@require_safe
@access.audience(*RECEIVERS)
def queue(request):
    """Reports to receive: waiting ones unless the filter says otherwise."""
    filtered = _asked_for(request)
    page = KeyedPaginator(filtered.qs, PAGE).get_page(request.GET.get("trang"))
    return render(request, "reports/queue.html", {"filter": filtered, "page": page})


def _asked_for(request):
    data = request.GET.copy()
    data.setdefault("trang_thai", State.SUBMITTED)
    return QueueFilter(data, queue_for(request.user), request=request)


@require_safe
@access.audience(*RECEIVERS)
def queue_download(request, suffix):
    """The same queue as a table."""
    rows = exports.report_rows(_asked_for(request).qs)
    return downloads.table(exports.REPORTS, rows, name="ra soat bao cao", suffix=suffix)


def _received(request, pk):
    """A report that this user receives; 404 otherwise."""
    return get_object_or_404(queue_for(request.user).for_page(), pk=pk)


def side_of(report):
    """The column of points that the receiver of this report writes."""
    return Side.BOARD if report.goes_to_board else Side.ABOVE


@require_safe
@access.audience(*RECEIVERS)
def review(request, pk):
    """Report and evidence on one side, criteria, self-answer and points on the other.

    Opening it is noted (``read_at``): from then on the unit cannot withdraw the sending.
    """
    report = _received(request, pk)
    actions.mark_read(report, by=request.user)
    return render(request, "reports/review.html", _context(request, report))


@require_http_methods(["GET", "HEAD", "POST"])
@access.audience(*RECEIVERS)
def score(request, pk):
    """Save the receiver's points for the whole checklist; opened, the address shows the report."""
    report = _received(request, pk)
    if request.method != "POST":
        return redirect("reports:review", pk=report.pk)
    rows = criteria_queries.checklist_rows(report.checklist)
    form = ScoreForm(request.POST, rows=rows, side=side_of(report))
    if form.is_valid() and _scored(report, form, by=request.user):
        messages.success(request, "Đã lưu điểm.")
        return redirect("reports:review", pk=report.pk)
    return render(request, "reports/review.html", _context(request, report, form))


def _scored(report, form, *, by) -> bool:
    """Whether the points were written; refusals stand in the form."""
    try:
        criteria_actions.score_all(report.checklist, side_of(report), form.points(), by=by)
    except RuleViolation as refusal:
        form.refuse(refusal.args)
        return False
    return True


def _context(request, report, form=None):
    rows = criteria_queries.checklist_rows(report.checklist)
    form = form or ScoreForm(rows=rows, side=side_of(report))
    latest = report.versions.last()
    return {
        "report": report,
        "version": latest,
        "content": parts.readable(latest.content),
        "items": parts.grouped_items(report),
        "form": form,
        "rows": form.lines(),
        "totals": criteria_queries.totals(rows),
        "steps": steps_of(request, report),
        "remarks": parts.open_remarks(report),
        "side": side_of(report),
        "local_rule": criteria_queries.LOCAL_RULE,
        "scorable": report.state in (State.SUBMITTED, State.ACCEPTED),
        **neighbours(request.user, report),
    }
