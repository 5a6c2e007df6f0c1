"""The portal's addresses, and one page with nothing on it."""

from functools import cache

from django.http import HttpResponse
from django.template import engines
from django.urls import include, path
from django.views.decorators.http import require_safe

from config import access

EMPTY = """{% extends "base.html" %}
{% block title %}Trang trống{% endblock title %}
{% block heading %}Trang trống{% endblock heading %}"""


@cache
def _template():
    return engines["django"].from_string(EMPTY)


@require_safe
@access.audience(access.SIGNED_IN)
def empty(request):
    """What every page costs: session, user, seats, header and navigation."""
    return HttpResponse(_template().render({}, request))


urlpatterns = [path("trang-trong/", empty, name="empty"), path("", include("config.urls"))]
