"""Files on their way in: a full disk and a file beyond all limits end in a sentence on the page.

The handler takes the place of Django's own (``FILE_UPLOAD_HANDLERS``). The rest of the request is
read to its end and thrown away, so that the browser gets an answer. What the form sent before the
file is there, the file is not; ``refusal_of(request)`` says why.
"""

from contextlib import suppress

from django.conf import settings
from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler

from config.uploads import megabytes

NO_ROOM = (
    "Cổng chưa nhận được tệp vì ổ đĩa của máy chủ hết chỗ hoặc đang hỏng; chưa có gì được ghi. Hãy "
    "thử lại sau và báo quản trị hệ thống."
)


def refusal_of(request) -> str:
    """Why a file of this request was not taken; "" when all were."""
    request.FILES  # noqa: B018  # the body is read on first use
    return getattr(request, "upload_refusal", "")


class BoundedDiskUploadHandler(TemporaryFileUploadHandler):
    """Files too large for memory go to disk, as long as there is room, up to the largest limit."""

    def new_file(self, *args, **options):
        self._received = 0
        try:
            super().new_file(*args, **options)
        except OSError as error:
            self._refuse(NO_ROOM, error)

    def receive_data_chunk(self, raw_data, start):
        self._received += len(raw_data)
        if self._received > settings.IMPORT_MAX_BYTES:
            most = megabytes(settings.IMPORT_MAX_BYTES)
            self._refuse(f"Tệp lớn hơn giới hạn {most}; hãy chia thành nhiều tệp.")
        try:
            super().receive_data_chunk(raw_data, start)
            self.file.flush()
        except OSError as error:
            self._refuse(NO_ROOM, error)

    def _refuse(self, reason: str, error: OSError | None = None):
        self.request.upload_refusal = reason
        with suppress(OSError):  # what is still in the buffer has no room either
            if hasattr(self, "file"):
                self.file.close()
        raise StopUpload(connection_reset=False) from error
