"""Which files are read and written within one request."""

from django.conf import settings

from config.uploads import CSV, extension
from units.models import Import


def is_page_sized(job: Import) -> bool:
    """Workbooks always: their sheets are bounded. Text files up to ``IMPORT_IN_REQUEST_BYTES``."""
    text = extension(job.name) in CSV.extensions
    return not text or job.size <= settings.IMPORT_IN_REQUEST_BYTES
