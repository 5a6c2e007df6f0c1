"""For the machine that watches the portal."""

from django.db import connection
from django.http import JsonResponse
from django.views.decorators.http import require_safe

from config import access


@require_safe
@access.audience(access.PUBLIC)
def healthz(request):
    """200 when the database answers; a failure shows as the server's own 500."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"database": "ok"})
