"""Where people arrive: what waits for them, and the list of reports they may see."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from campaign.queries import current_campaign
from config import access, clock, downloads
from config.paging import KeyedPaginator
from reports import exports
from reports.filters import ReportFilter
from reports.models import Report
from reports.queries.tasks import tasks_for, under_way
from units import staffing

PAGE = 50


@require_safe
@access.audience(access.SIGNED_IN)
def home(request):
    """Việc của tôi: what is due, to mend, to sign, to receive, with days left; what is sent."""
    campaign, now = current_campaign(), clock.now()
    tasks = tasks_for(request.user, campaign, now)
    context = {
        "sent": under_way(request.user, campaign, now),
        "doing": [task for task in tasks if not task.post],
        "starting": [task for task in tasks if task.post],
        "seats": request.user.seats(),
        "lacking": staffing.lacking(request.user, clock.day_of(now)),
        "thin": staffing.count_thin(request.user, clock.day_of(now)),
    }
    return render(request, "reports/home.html", context)


@require_safe
@access.audience(access.SIGNED_IN)
def report_list(request):
    """The reports this user may see, filtered in the address."""
    filtered = _asked_for(request)
    page = KeyedPaginator(filtered.qs, PAGE).get_page(request.GET.get("trang"))
    return render(request, "reports/report_list.html", {"filter": filtered, "page": page})


def _asked_for(request):
    visible = Report.objects.visible_to(request.user).for_list()
    return ReportFilter(request.GET, visible, request=request)


@require_safe
@access.audience(access.SIGNED_IN)
def report_list_download(request, suffix):
    """The same list as a table."""
    rows = exports.report_rows(_asked_for(request).qs)
    return downloads.table(exports.REPORTS, rows, name="bao cao", suffix=suffix)
