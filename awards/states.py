"""States of a round, a nomination and a council session. Imports nothing of ours."""

from enum import nonmember

from django.db.models import TextChoices


class RoundState(TextChoices):
    DRAFT = "draft", "đang soạn"
    OPEN = "open", "đang mở"
    CLOSED = "closed", "đã đóng"

    EDITABLE = nonmember(("draft", "open"))


class NominationState(TextChoices):
    DRAFT = "draft", "đang lập"
    SUBMITTED = "submitted", "đã trình"
    RETURNED = "returned", "bị trả lại"
    WITHDRAWN = "withdrawn", "đã rút"
    APPRAISED = "appraised", "đã thẩm định"
    POSTED = "posted", "đang công khai"
    IN_SESSION = "in_session", "đưa ra Hội đồng"
    VOTED = "voted", "Hội đồng đồng ý"
    PROPOSED = "proposed", "đã trình quyết định"
    DECIDED = "decided", "đã quyết định khen"
    PRESENTED = "presented", "đã trao"
    REFUSED = "refused", "không khen"
    REVOKED = "revoked", "đã hủy khen"

    EDITABLE = nonmember(("draft", "returned"))
    UNSENT = nonmember(("draft", "withdrawn"))
    """Nobody's business but the proposer's."""
    ON_THE_WAY = nonmember(("submitted", "appraised", "posted", "in_session", "voted", "proposed"))
    """Sent and not yet decided."""
    DEAD = nonmember(("withdrawn", "refused", "revoked"))
    """The same candidate may be nominated again."""
    HONOURED = nonmember(("decided", "presented"))


class SessionState(TextChoices):
    PLANNED = "planned", "đã triệu tập"
    VOTING = "voting", "đang bỏ phiếu"
    CLOSED = "closed", "đã kiểm phiếu"

    EDITABLE = nonmember(("planned",))


class SubmissionState(TextChoices):
    DRAFT = "draft", "dự thảo"
    SENT = "sent", "đã trình"
