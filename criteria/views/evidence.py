"""Evidence is handed out by the portal itself, to those who may see it, and each time logged."""

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from config import access, uploads
from criteria import actions
from criteria.models import Evidence

SHOWN = ("pdf", "png", "jpeg")
"""Kinds that a browser shows by itself; the others are downloaded."""
POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'"
"""An uploaded file runs nothing, loads nothing, and is framed by the portal only."""


@require_safe
@access.audience(access.SIGNED_IN)
def evidence(request, pk):
    """One file, as what it is; what a user may not see does not exist."""
    rows = Evidence.objects.visible_to(request.user).select_related("answer__checklist__unit")
    found = get_object_or_404(rows, pk=pk)
    try:
        content = found.file.open("rb")
    except FileNotFoundError as lost:
        raise Http404("Tệp không còn trong kho lưu trữ.") from lost
    actions.open_evidence(found, by=request.user)
    return _response(found, content)


def _response(found, content):
    kind = uploads.KINDS[found.kind]
    response = FileResponse(
        content,
        as_attachment=found.kind not in SHOWN,
        filename=found.name,
        content_type=kind.content_type,
    )
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    add_never_cache_headers(response)
    return response
