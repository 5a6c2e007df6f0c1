"""States of a round. Imports nothing of ours."""

from enum import nonmember

from django.db.models import TextChoices


class RoundState(TextChoices):
    DRAFT = "draft", "đang soạn"
    OPEN = "open", "đang mở"
    CLOSED = "closed", "đã đóng"

    EDITABLE = nonmember(("draft", "open"))
