"""States of reports and summaries. Imports nothing of ours."""

from enum import nonmember

from django.db.models import TextChoices


class State(TextChoices):
    """Where a unit's report stands (design: draft → signing → submitted → accepted)."""

    DRAFT = "draft", "đang soạn"
    SIGNING = "signing", "chờ ký"
    SUBMITTED = "submitted", "đã gửi"
    RETURNED = "returned", "bị trả lại"
    ACCEPTED = "accepted", "đã nhận"

    # Tuples, so that the text of a migration stays stable.
    EDITABLE = nonmember(("draft", "returned"))
    UNSENT = nonmember(("draft", "signing"))
    SENT = nonmember(("submitted", "returned", "accepted"))


class Timeliness(TextChoices):
    """Decided once, by the server's clock at receipt."""

    ON_TIME = "on_time", "đúng hạn"
    LATE = "late", "nộp muộn"
    EXCUSED = "excused", "nộp muộn có phép"


class ItemKind(TextChoices):
    """What a remark of the receiver points at."""

    SECTION = "section", "mục"
    FIGURE = "figure", "chỉ tiêu"
    ANNEX = "annex", "phụ biểu"
    CRITERION = "criterion", "tiêu chí"


class SummaryState(TextChoices):
    DRAFT = "draft", "đang soạn"
    FROZEN = "frozen", "đã chốt"

    EDITABLE = nonmember(("draft",))
