"""Summaries of a period: the list, one summary with its computed parts, texts, freeze, files."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaign.models import Period
from campaign.queries import current_campaign
from config import access, clock, downloads
from config.refusals import attempt
from config.text import slug
from config.workflow import RuleViolation, offers
from reports import exports
from reports.actions import summaries as actions
from reports.documents import files
from reports.documents.summary import collect
from reports.models import Summary
from reports.permissions import composes
from reports.queries import summaries as queries
from reports.queries import summary_page
from reports.summary_forms import IssueForm, TextsForm
from reports.summary_steps import SUMMARY_STEPS, TEXTS
from units.kinds import Role

VIEWERS = tuple(Role.PROVINCE_WIDE)
COMPOSERS = (Role.BOARD, Role.POVERTY_DESK)
SOURCES_SHOWN = 100


def visible_summary(request, pk):
    """The summary if the user may see it."""
    return get_object_or_404(Summary.objects.visible_to(request.user).for_page(), pk=pk)


@require_safe
@access.audience(*VIEWERS)
def summary_list(request):
    """Every period with the editions of its summary, and whether this user may begin one."""
    lines = _lines(request)
    obstacles = actions.start_obstacles_of(
        [line.period for line in lines], by=request.user, now=clock.now()
    )
    for line in lines:
        line.obstacles = obstacles[line.period.pk]
    return render(request, "reports/summary_list.html", {"lines": lines})


def _lines(request):
    campaign = current_campaign()
    return queries.periods_with_summaries(campaign, request.user) if campaign else []


@require_safe
@access.audience(*VIEWERS)
def summaries_download(request, suffix):
    """The same list as a table."""
    rows = exports.summary_rows(_lines(request))
    return downloads.table(exports.SUMMARIES, rows, name="bao cao tong hop", suffix=suffix)


@require_POST
@access.audience(*COMPOSERS)
def start(request, code):
    """Open the draft of a period."""
    period = get_object_or_404(Period, campaign=current_campaign(), code=code)
    summary = attempt(request, lambda: actions.start_summary(period, by=request.user))
    return redirect(summary or "reports:summaries")


@require_safe
@access.audience(*VIEWERS)
def summary(request, pk):
    """One summary: what is left to do, the computed parts with their sources, the files."""
    return _page(request, visible_summary(request, pk), IssueForm())


def _page(request, shown, issue_form):
    snapshot = summary_page.snapshot_of(shown)
    steps = offers(SUMMARY_STEPS, shown, by=request.user, now=clock.now())
    context = {
        "summary": shown,
        "snapshot": snapshot,
        "freeze": [step for step in steps if step.name == "freeze"],
        "issue": next((step for step in steps if step.name == "issue"), None),
        "issue_form": issue_form,
        "composes": composes(request.user, shown.period, clock.now()) is None,
        "texts": [(label, getattr(shown, name)) for name, label in TEXTS.items()],
        "warnings": summary_page.warnings(snapshot),
        "parts": summary_page.parts(snapshot),
        "indicators": summary_page.indicator_lines(snapshot),
        "files": queries.file_list(shown),
        "formats": files.FORMATS,
    }
    return render(request, "reports/summary.html", context)


def editable_or_told(request, pk):
    """The draft if this user may write in it; else None, and the reason is told."""
    found = visible_summary(request, pk)
    if refusal := composes(request.user, found.period, clock.now()):
        messages.error(request, refusal)
    elif found.is_frozen:
        messages.error(request, "Báo cáo đã chốt nên không sửa được; nếu cần sửa, lập bản mới.")
    else:
        return found
    return None


@require_http_methods(["GET", "HEAD", "POST"])
@access.audience(*COMPOSERS)
def edit(request, pk):
    """Write the three free texts."""
    draft = editable_or_told(request, pk)
    if draft is None:
        return redirect("reports:summary", pk)
    initial = {name: getattr(draft, name) for name in TEXTS} | {"seen": queries.texts_mark(draft)}
    form = TextsForm(request.POST or None, initial=initial)
    if form.is_valid():
        texts = dict(form.cleaned_data)
        seen = texts.pop("seen")
        try:
            actions.save_texts(draft, texts, by=request.user, seen=seen)
        except RuleViolation as refusal:
            form.add_error(None, list(refusal.args))
        else:
            messages.success(request, "Đã lưu phần lời của báo cáo.")
            return redirect(draft)
    return render(request, "reports/summary_edit.html", {"summary": draft, "form": form})


@require_POST
@access.audience(*COMPOSERS)
def freeze(request, pk):
    """Fix figures and words, and make the files."""
    found = visible_summary(request, pk)
    success = "Đã chốt báo cáo: số liệu và lời không thay đổi nữa. Tải tệp ở dưới."
    attempt(request, lambda: actions.freeze_summary(found, by=request.user), success)
    return redirect(found)


@require_POST
@access.audience(*COMPOSERS)
def issue(request, pk):
    """Enter number, date and signer of the signed paper."""
    found = visible_summary(request, pk)
    form = IssueForm(request.POST)
    if form.is_valid():
        try:
            actions.issue_summary(found, by=request.user, **form.cleaned_data)
        except RuleViolation as refusal:
            form.add_error(None, list(refusal.args))
        else:
            messages.success(request, "Đã ghi số, ngày ký: tệp không còn dấu DỰ THẢO.")
            return redirect(found)
    return _page(request, found, form)


@require_safe
@access.audience(*VIEWERS)
def reading(request, pk):
    """The paper as it is printed, to read on the screen."""
    found = visible_summary(request, pk)
    paper = collect(summary_page.snapshot_of(found), queries.signing_of(found))
    context = {"summary": found, "paper": summary_page.reading(paper)}
    return render(request, "reports/summary_reading.html", context)


@require_safe
@access.audience(*VIEWERS)
def parts(request, pk, code):
    """An indicator opened to the reports it was added from."""
    found = visible_summary(request, pk)
    row, rows = _opened(found, code)
    page = Paginator(rows, SOURCES_SHOWN).get_page(request.GET.get("trang"))
    context = {"summary": found, "indicator": row, "page": page}
    return render(request, "reports/summary_parts.html", context)


def _opened(found, code):
    opened = summary_page.opened_sum(summary_page.snapshot_of(found), code)
    if opened is None:
        raise Http404
    return opened


@require_safe
@access.audience(*VIEWERS)
def parts_download(request, pk, code, suffix):
    """All the reports that an indicator was added from."""
    found = visible_summary(request, pk)
    rows = exports.part_rows(_opened(found, code)[1])
    name = f"{found.period.code} {code} tung bao cao"
    return downloads.table(exports.PARTS, rows, name=name, suffix=suffix)


@require_safe
@access.audience(*VIEWERS)
def sources(request, pk):
    """The accepted reports behind the figures, with receipt and hash."""
    found = visible_summary(request, pk)
    rows = summary_page.snapshot_of(found)["sources"]
    page = Paginator(rows, SOURCES_SHOWN).get_page(request.GET.get("trang"))
    return render(request, "reports/summary_sources.html", {"summary": found, "page": page})


@require_safe
@access.audience(*VIEWERS)
def sources_download(request, pk, suffix):
    """All the accepted reports behind the figures."""
    found = visible_summary(request, pk)
    rows = exports.source_rows(summary_page.snapshot_of(found)["sources"])
    name = f"{found.period.code} bao cao lam nguon"
    return downloads.table(exports.SOURCES, rows, name=name, suffix=suffix)


@require_safe
@access.audience(*VIEWERS)
def file(request, pk, form):
    """A kept file of a frozen summary, or a draft made now from the live figures."""
    found = visible_summary(request, pk)
    if form not in files.FORMATS:
        raise Http404
    content = queries.file_content(found, form)
    if content is None:
        content = files.render(summary_page.snapshot_of(found), queries.signing_of(found), form)
    stage = f"ban-{found.edition}" if found.is_frozen else "du-thao"
    response = HttpResponse(content, content_type=files.CONTENT_TYPES[form])
    name = f"{slug(found.period.title)}-{stage}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
