"""What anybody may ask: is a decision, a certificate genuine; which collectives were honoured."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from awards import decision_page, honoured
from awards.decision_filters import RollFilter
from config import access, downloads
from config.text import clean_line

PER_PAGE = 100
LONGEST_NUMBER = 100


def _unlisted(response):
    """Search engines keep nothing of it."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@require_safe
@access.audience(access.PUBLIC)
def decision_check(request):
    """Whether a decision of this number exists; persons and households are not named."""
    number = clean_line(request.GET.get("so", ""))[:LONGEST_NUMBER]
    found = decision_page.decisions_numbered(number)
    context = {"number": number, "found": found}
    return _unlisted(render(request, "awards/decision_check.html", context))


@require_safe
@access.audience(access.PUBLIC)
def award_check(request, code):
    """Whether the certificate is genuine that carries this code; the code is not to be guessed."""
    line = decision_page.line_with_code(code)
    status = 200 if line else 404
    return _unlisted(render(request, "awards/award_check.html", {"line": line}, status=status))


def _roll(request):
    return RollFilter(request.GET, honoured.roll_of_honour(), request=request)


@require_safe
@access.audience(access.PUBLIC)
def roll(request):
    """The collectives and enterprises honoured, by year and form."""
    found = _roll(request)
    page = Paginator(found.qs, PER_PAGE).get_page(request.GET.get("trang"))
    return render(request, "awards/roll.html", {"filter": found, "page": page})


@require_safe
@access.audience(access.PUBLIC)
def roll_download(request, suffix):
    """The same as a table."""
    rows = honoured.roll_rows(_roll(request).qs)
    return downloads.table(honoured.ROLL, rows, name="vinh danh", suffix=suffix)
