"""States and choices of ``criteria``. Imports nothing of ours."""

from enum import nonmember

from django.db.models import TextChoices


class AnswerKind(TextChoices):
    """Whether a criterion is answered by words or by a number against a threshold."""

    GRADED = "graded", "mức đạt"
    NUMBER = "number", "số liệu"


class Grade(TextChoices):
    """How a criterion was met; the plan gives no points (III.1)."""

    MET = "met", "Đạt"
    PARTLY = "partly", "Đạt một phần"
    NOT_MET = "not_met", "Chưa đạt"
    NOT_ARISEN = "not_arisen", "Không phát sinh"


class Measure(TextChoices):
    """Numbers that the portal computes itself from the poverty review."""

    TYPED = "", "đơn vị tự nhập"
    POOR_NEAR_REDUCTION = (
        "poor_near_poor_reduction",
        "mức giảm tổng số hộ nghèo và hộ cận nghèo so với đầu kỳ (%)",
    )
    RATE_REDUCTION_OVER_PLAN = (
        "poor_rate_reduction_over_plan",
        "mức giảm tỷ lệ hộ nghèo vượt chỉ tiêu kế hoạch (điểm %)",
    )


class Direction(TextChoices):
    """How a number stands to the threshold when the criterion is met."""

    ABOVE = "above", "lớn hơn"
    AT_LEAST = "at_least", "ít nhất"
    BELOW = "below", "nhỏ hơn"


class Side(TextChoices):
    """Three columns of points, everywhere in this order."""

    SELF = "self", "Tự chấm"
    ABOVE = "above", "Cấp trên chấm"
    BOARD = "board", "Ban TĐKT chấm"


class ChecklistState(TextChoices):
    """Follows the report that carries the checklist; set by ``criteria.actions`` only."""

    OPEN = "open", "đang tự đánh giá"
    HANDED_IN = "handed_in", "đã nộp"
    ACCEPTED = "accepted", "đã nhận"


class RankingState(TextChoices):
    DRAFT = "draft", "dự thảo"
    PUBLISHED = "published", "đã công bố"

    EDITABLE = nonmember(("draft",))
