"""The unit fills its report: one task list, one page a part, a last look, then the signature."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaign.models import Period
from campaign.queries import current_campaign
from campaign.rules import deadline_of
from config import access, clock
from config.refusals import attempt
from config.workflow import RuleViolation, Stale
from reports import actions, checks
from reports.annexes import MAX_ROWS
from reports.forms import AnnexForm, FiguresForm, SectionForm
from reports.models import Annex, Report, Section
from reports.permissions import reads_as_heir, receives, works_in_unit
from reports.queries import parts
from reports.queries.below import below, with_sums
from reports.queries.ledger import gifts_beside
from reports.queries.versions import versions_for
from reports.steps import STEPS
from reports.views.loading import OTHER_STEPS, asked_of, own_report, steps_of, visible_report
from units.kinds import Role
from units.models import Unit

FILLERS = (Role.REPORTER, Role.LEADER)


@require_POST
@access.audience(*FILLERS)
def start(request, code, unit_pk):
    """Open the unit's report of a period and go to it."""
    period = get_object_or_404(Period, campaign=current_campaign(), code=code)
    unit = get_object_or_404(Unit, pk=unit_pk)
    report = attempt(request, lambda: actions.start_report(unit, period, by=request.user))
    return redirect(report or "reports:home")


@require_safe
@access.audience(access.SIGNED_IN)
def detail(request, pk):
    """Where the report stands, what is left to do, what was said to it and what happened."""
    report = visible_report(request, pk)
    mine = works_in_unit(request.user, report) is None
    context = {
        "report": report,
        "mine": mine,
        "as_heir": reads_as_heir(request.user, report),
        "receives": receives(request.user, report) is None,
        "deadline": deadline_of(report.period, report.tier),
        "tasks": parts.task_list(report) if mine and report.is_editable else [],
        "remarks": parts.open_remarks(report),
        "steps": steps_of(request, report),
        "timeline": parts.timeline(report),
        "versions": versions_for(request.user, report).defer("content"),
    }
    return render(request, "reports/report_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access.audience(*FILLERS)
def section(request, pk, code):
    """One heading: its question, its text."""
    report = own_report(request, pk)
    part = get_object_or_404(
        Section.objects.select_related("outline", "edited_by"), report=report, outline__code=code
    )
    asked_of(report, part.outline)
    initial = {"text": part.text, "revision": part.revision}
    form = SectionForm(request.POST or None, initial=initial)

    def save(revision):
        text = form.cleaned_data["text"]
        return actions.save_section(report, code, text, by=request.user, revision=revision).revision

    page = PartPage("reports/section_form.html", report, ("section", code), {"part": part})
    return page.answer(request, form, save, saved=f"Đã lưu phần “{part.outline.title}”.")


@require_http_methods(["GET", "HEAD", "POST"])
@access.audience(*FILLERS)
def figures(request, pk):
    """All figures on one page."""
    report = own_report(request, pk)
    sums = below(report)
    shown = with_sums(parts.figures_of(report), sums)
    form = FiguresForm(request.POST or None, figures=shown)

    def save(revision):
        return actions.save_figures(report, form.values(), by=request.user, revision=revision)

    context = {"groups": parts.titled(report, form.groups()), "below": sums}
    page = PartPage("reports/figures_form.html", report, ("figures",), context)
    return page.answer(request, form, save, saved="Đã lưu số liệu.")


@require_POST
@access.audience(*FILLERS)
def take_over(request, pk):
    """Fill the empty figures with the sums of what was accepted below."""
    report = own_report(request, pk)
    count = attempt(request, lambda: actions.take_over_sums(report, by=request.user))
    if count is not None:
        messages.success(request, f"Đã điền {count} ô trống bằng tổng các báo cáo đã nhận.")
    return redirect("reports:figures", pk=report.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@access.audience(*FILLERS)
def annex(request, pk, code):
    """One annex table; a computed one (B1) is only shown."""
    report = own_report(request, pk)
    annex = asked_of(report, get_object_or_404(Annex, campaign=report.period.campaign, code=code))
    if annex.computed:
        context = {"report": report, "annex": annex, **parts.computed_annex(report)}
        context |= parts.around(report, "annex", code)
        return render(request, "reports/annex_computed.html", context)
    rows, revision, editor = parts.annex_rows(report, annex)
    form = AnnexForm(request.POST or None, annex=annex, rows=rows, revision=revision)

    def save(revision):
        rows = form.raw_rows()
        return actions.save_annex(report, annex, rows, by=request.user, revision=revision).revision

    context = {"annex": annex, "editor": editor, "most_rows": MAX_ROWS}
    context["gifts"] = gifts_beside(report, annex)
    page = PartPage("reports/annex_form.html", report, ("annex", code), context)
    return page.answer(request, form, save, saved=f"Đã lưu biểu {annex.code}.")


@dataclass(frozen=True)
class PartPage:
    """The page of one part: shown, saved by the script or by the button, refused in words."""

    template: str
    report: Report
    place: tuple[str, ...]
    context: dict

    def answer(self, request, form, save, *, saved: str):
        """``save(revision)`` writes and gives the new revision; ``saved`` is then told."""
        if request.method == "POST":
            stay = "them" in request.POST
            onward = request.path if stay else parts.after(self.report, *self.place)
            reply = saved_or_refused(
                request, form, lambda: save(form.cleaned_data["revision"]), onward, saved
            )
            if reply:
                return reply
        context = {"report": self.report, "form": form, **self.context}
        return render(request, self.template, context | parts.around(self.report, *self.place))


@require_safe
@access.audience(*FILLERS)
def check(request, pk):
    """The whole report on one page, with what is missing, before it is signed and sent."""
    report = own_report(request, pk)
    context = {
        "report": report,
        "wrong": [problem for problem in checks.problems(report) if problem.stops],
        "doubtful": [problem for problem in checks.problems(report) if not problem.stops],
        "content": parts.whole(report),
        "steps": steps_of(request, report),
    }
    return render(request, "reports/report_check.html", context)


@require_POST
@access.audience(access.SIGNED_IN)
def step(request, pk, name):
    """Take one step; a double click finds the second one refused by the state."""
    if name not in STEPS:
        raise Http404
    report = visible_report(request, pk)
    note, remarks = request.POST.get("note", ""), posted_remarks(request.POST, report)
    done = attempt(
        request,
        lambda: actions.take_step(report, name, by=request.user, note=note, remarks=remarks),
        DONE[name],
    )
    if name == "send" and done:
        return redirect("reports:receipt", pk=report.pk, number=report.versions.count())
    if name in OTHER_STEPS and receives(request.user, report) is None:
        return redirect("reports:review", pk=report.pk)
    return redirect(report)


DONE = {
    "hand_over": "Đã trình ký. Báo cáo chờ lãnh đạo đơn vị ký, gửi.",
    "take_back": "Đã lấy lại để sửa.",
    "send": "Đã gửi báo cáo. Hãy in hoặc lưu biên nhận này.",
    "withdraw": "Đã rút báo cáo. Báo cáo trở lại bản đang soạn và coi như chưa gửi.",
    "accept": "Đã nhận báo cáo.",
    "return": "Đã trả lại báo cáo. Đơn vị thấy yêu cầu sửa ở từng mục.",
    "reopen": "Đã mở lại báo cáo để đơn vị sửa.",
}


def posted_remarks(data, report):
    """(kind, key, label, text) of each item marked; fields are ``remark-<kind>-<key>``."""
    found = []
    for kind, key, label in parts.items_of(report):
        text = data.get(f"remark-{kind}-{key}", "")
        if text.strip():
            found.append((kind, key, label, text))
    return found


def saved_or_refused(request, form, save, next_url, told):
    """The answer to a posted part: saved and on, refused in words, or None to show the form again.

    Autosave asks for JSON (``Accept``) and gets revision and time; a person gets the next page.
    """
    by_script = request.accepts("application/json") and not request.accepts("text/html")
    try:
        if not form.is_valid():
            return JsonResponse({"errors": form.errors}, status=400) if by_script else None
        revision = save()
    except Stale as refusal:
        if by_script:
            return JsonResponse({"message": " ".join(refusal.args)}, status=409)
        form.add_error(None, list(refusal.args))
        return None
    except RuleViolation as refusal:
        if by_script:
            return JsonResponse({"errors": {"__all__": list(refusal.args)}}, status=400)
        form.add_error(None, list(refusal.args))
        return None
    if by_script:
        at = clock.said(clock.now()).split(" ")[0]
        return JsonResponse({"revision": revision, "saved_at": at, "messages": []})
    messages.success(request, told)
    return redirect(next_url)
