"""Papers of commendation to take away: Word, PDF, Excel; each starts from what the user may see."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from awards.models import Decision, Nomination, Round, Session, Submission
from config import access
from config.text import slug
from reports.actions.award_papers import note_paper
from reports.documents import files
from reports.documents.awards import (
    achievement,
    bonus,
    certificate,
    decision,
    minutes,
    notice,
    submission,
)
from reports.documents.awards.reading import revokes
from reports.papers import certificates
from reports.queries import award_papers as queries
from units.models import Unit

WORD, PDF, EXCEL = "docx", "pdf", "xlsx"
MOST = 500
"""So many certificates in one file; a larger decision is printed in parts."""


def _visible(model, request, pk, *related):
    rows = model.objects.visible_to(request.user).select_related(*related)
    return get_object_or_404(rows, pk=pk)


def _taken(request, paper, form, what, noun, unit, forms=files.FORMATS):
    """The paper as a file of that form, and a line in the log."""
    if form not in forms:
        raise Http404
    content = files.made(paper, form)
    note_paper(f"{what} ({form})", noun, by=request.user, unit=unit)
    return _attachment(content, form, f"{what} {noun.pk}")


def _attachment(content, form, name):
    response = HttpResponse(content, content_type=files.CONTENT_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{slug(name)}.{form}"'
    return response


@require_safe
@access.audience(access.SIGNED_IN)
def submission_paper(request, pk, form):
    """Tờ trình with its list; as Excel the list and the counts alone."""
    related = ("unit__parent", "round__unit", "round__campaign__province")
    found = _visible(Submission, request, pk, *related)
    content = queries.submission_content(found)
    if not content:
        raise Http404
    return _taken(request, submission.collect(content), form, "to trinh", found, found.unit)


@require_safe
@access.audience(access.SIGNED_IN)
def list_paper(request, pk, unit_pk, form):
    """What a unit puts forward in a round; “nhom” chooses the type and decider, one paper each."""
    found = _visible(Round, request, pk, "unit", "campaign")
    unit = get_object_or_404(Unit, pk=unit_pk)
    contents = queries.lists_of(found, unit, request.user)
    chosen = request.GET.get("nhom", "1")
    if not chosen.isdecimal() or not 0 < int(chosen) <= len(contents):
        raise Http404
    paper = submission.collect(contents[int(chosen) - 1])
    return _taken(request, paper, form, "danh sach de nghi", found, unit)


@require_safe
@access.audience(access.SIGNED_IN)
def lists(request, pk):
    """The lists that the user's units put forward in a round, to print."""
    found = _visible(Round, request, pk, "unit", "campaign")
    context = {"round": found, "lists": queries.own_lists(found, request.user)}
    return render(request, "reports/award_lists.html", context)


@require_safe
@access.audience(access.SIGNED_IN)
def decision_papers(request, pk):
    """All papers of a decision, with the lines to choose certificates from."""
    found = _visible(Decision, request, pk, "unit")
    content = found.content
    context = {
        "decision": found,
        "issued_here": decision.issued_here(content),
        "awards": not revokes(content),
        "lines": content["lines"],
        "most": MOST,
        "units": queries.proposers_of(found),
    }
    return render(request, "reports/award_papers.html", context)


@require_safe
@access.audience(access.SIGNED_IN)
def decision_paper(request, pk, form):
    """Quyết định of the unit itself; what the centre decides, the centre prints."""
    found = _visible(Decision, request, pk, "unit")
    if not decision.issued_here(found.content):
        raise Http404
    paper = decision.collect(found.content)
    return _taken(request, paper, form, "quyet dinh khen thuong", found, found.unit)


@require_safe
@access.audience(access.SIGNED_IN)
def notice_paper(request, pk, unit_pk, form):
    """Công văn thông báo kết quả to one of the units that proposed."""
    found = _visible(Decision, request, pk, "unit")
    unit = get_object_or_404(Unit, pk=unit_pk)
    positions = queries.proposed_by(found, unit)
    if not positions:
        raise Http404
    paper = notice.collect(notice.of_lines(found.content, positions), queries.body_of(unit))
    return _taken(request, paper, form, "thong bao ket qua", found, unit, (WORD, PDF))


@require_safe
@access.audience(access.SIGNED_IN)
def bonus_paper(request, pk, form):
    """Bảng tiền thưởng of a decision."""
    found = _visible(Decision, request, pk, "unit", "rule_set")
    paper = bonus.collect(found.content, queries.bonus_grounds(found))
    return _taken(request, paper, form, "bang tien thuong", found, found.unit)


@require_safe
@access.audience(access.SIGNED_IN)
def certificates_paper(request, pk):
    """Giấy khen, bằng khen: all lines or those of “dong”; “chi-chu” leaves the frame out."""
    found = _visible(Decision, request, pk, "unit")
    if revokes(found.content) or not decision.issued_here(found.content):
        raise Http404
    chosen = frozenset(int(n) for n in request.GET.getlist("dong") if n.isdecimal()) or None

    def check_url(code):
        return request.build_absolute_uri(reverse("awards:check_code", args=[code]))

    pages = certificate.collect(found.content, check_url, chosen)
    if not 0 < len(pages) <= MOST:
        raise Http404
    content = certificates.pdf(pages, text_only="chi-chu" in request.GET)
    note_paper("giấy khen, bằng khen (pdf)", found, by=request.user, unit=found.unit)
    return _attachment(content, PDF, f"giay khen {found.pk}")


@require_safe
@access.audience(access.SIGNED_IN)
def minutes_paper(request, pk, form):
    """Biên bản họp Hội đồng."""
    found = _visible(Session, request, pk, "council__unit__parent", "round__unit")
    paper = minutes.collect(*queries.session_minutes(found))
    return _taken(request, paper, form, "bien ban hop hoi dong", found, found.council.unit)


@require_safe
@access.audience(access.SIGNED_IN)
def achievement_paper(request, pk, form):
    """Báo cáo thành tích of a dossier."""
    related = ("offer__form", "offer__round", "proposer__parent", "unit__parent", "person")
    found = _visible(Nomination, request, pk, *related)
    paper = achievement.collect(queries.achievement_of(found))
    taken = (request, paper, form, "bao cao thanh tich", found, found.proposer)
    return _taken(*taken, (WORD, PDF))
