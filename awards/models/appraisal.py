"""What people decide about a dossier while it is appraised: holds, overrides, pending verdicts."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from awards.kinds import HoldKind, Verdict
from awards.models.nominations import Nomination


class HoldQuerySet(models.QuerySet):
    def standing(self, day):
        """Those that hold a dossier on the day: not lifted, and no day set that has come."""
        return self.filter(Q(lifts_on__isnull=True) | Q(lifts_on__gt=day), lifted_at__isnull=True)


class Hold(models.Model):
    """A dossier waits: why, by what paper, until when (NĐ 98/2023 Đ4 k4)."""

    nomination = models.ForeignKey(
        Nomination, models.PROTECT, related_name="holds", verbose_name="hồ sơ"
    )
    kind = models.CharField("lý do tạm dừng", max_length=15, choices=HoldKind)
    reason = models.TextField("nội dung", max_length=2_000)
    lifts_on = models.DateField("hết tạm dừng từ ngày", null=True, blank=True)
    held_at = models.DateTimeField("tạm dừng lúc", editable=False)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False
    )
    lifted_at = models.DateTimeField("bỏ tạm dừng lúc", null=True, editable=False)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    lift_reason = models.TextField("lý do bỏ tạm dừng", blank=True, editable=False)

    objects = HoldQuerySet.as_manager()

    class Meta:
        verbose_name = "tạm dừng xét"
        verbose_name_plural = "tạm dừng xét"
        ordering = ["held_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True, lift_reason="")
                | Q(lifted_at__gte=F("held_at"), lifted_by__isnull=False) & ~Q(lift_reason=""),
                name="hold_lifted_says_why",
                violation_error_message="Bỏ tạm dừng cần ghi lý do.",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="hold_says_why"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.reason[:60]}"


class Override(models.Model):
    """A finding set aside by a person with a reason; it counts while the finding says the same.

    ``mark`` is a digest of what the finding said: once that changes, it is asked again. The table
    only grows (trigger).
    """

    nomination = models.ForeignKey(
        Nomination, models.PROTECT, related_name="overrides", verbose_name="hồ sơ"
    )
    code = models.CharField("điểm kiểm tra", max_length=40)
    mark = models.CharField(max_length=64)
    sentence = models.TextField("nội dung phát hiện")
    reason = models.TextField("lý do vẫn cho đi tiếp", max_length=2_000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("lúc")

    class Meta:
        verbose_name = "quyết định về điểm kiểm tra"
        verbose_name_plural = "quyết định về điểm kiểm tra"
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["nomination", "code", "mark"], name="override_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="override_says_why"),
        ]

    def __str__(self):
        return f"{self.code}: {self.reason[:60]}"


class PendingVerdict(models.Model):
    """An appraiser's verdict that waits to be applied together with others."""

    nomination = models.OneToOneField(
        Nomination, models.CASCADE, related_name="pending", verbose_name="hồ sơ"
    )
    verdict = models.CharField("kết luận", max_length=10, choices=Verdict)
    reason = models.TextField("lý do", blank=True, max_length=2_000)
    departure = models.TextField("lý do khác bảng xếp hạng", blank=True, max_length=2_000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("lúc")

    class Meta:
        verbose_name = "kết luận thẩm định chờ áp dụng"
        verbose_name_plural = "kết luận thẩm định chờ áp dụng"
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict="pass") | ~Q(reason=""),
                name="pending_verdict_says_why",
                violation_error_message="Trả lại hoặc không đề nghị khen thì cần ghi lý do.",
            )
        ]

    def __str__(self):
        return f"{self.nomination}: {self.get_verdict_display()}"

    @property
    def mark(self) -> str:
        """Which verdict a page showed; another one has another mark."""
        return f"{self.pk}-{self.at.timestamp()}"
