"""What happened to a report: its steps, the versions sent and the receiver's remarks."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from config import clock
from reports.models.report import Report
from reports.states import ItemKind, State, Timeliness


class ReportStep(models.Model):
    """One step taken: by whom, when, why. The table only grows (database trigger)."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="steps")
    name = models.CharField("bước", max_length=20)
    label = models.CharField("việc", max_length=60)
    source = models.CharField("từ", max_length=20, choices=State)
    target = models.CharField("đến", max_length=20, choices=State)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("lúc")
    note = models.TextField("ý kiến", blank=True)

    class Meta:
        verbose_name = "bước xử lý"
        verbose_name_plural = "bước xử lý"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name__in=["return", "reopen"]) | ~Q(note=""),
                name="report_step_back_says_why",
                violation_error_message="Trả lại hoặc mở lại báo cáo cần ghi lý do.",
            )
        ]

    def __str__(self):
        return f"{self.label} – {clock.said(self.at)}"


class VersionQuerySet(models.QuerySet):
    def with_receipt(self, receipt):
        """The version of a receipt without its content, or None."""
        return self.filter(receipt=receipt).select_related("report__unit").defer("content").first()


class Version(models.Model):
    """The frozen content of one sending, and its receipt. Never changed (database trigger).

    ``sha256`` is over the canonical JSON of ``content``; ``receipt`` is unique province-wide.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("lần gửi")
    receipt = models.CharField("số biên nhận", max_length=60, unique=True)
    content = models.JSONField("nội dung")
    sha256 = models.CharField("dấu vân SHA-256", max_length=64)
    timeliness = models.CharField("thời hạn", max_length=10, choices=Timeliness)
    sent_at = models.DateTimeField("gửi lúc")
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = "bản đã gửi"
        verbose_name_plural = "bản đã gửi"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="version_number_once")
        ]

    def __str__(self):
        return f"{self.receipt} (lần {self.number})"


class Remark(models.Model):
    """What the receiver asks to mend, item by item; belongs to the step that returned it."""

    step = models.ForeignKey(ReportStep, models.PROTECT, related_name="remarks")
    kind = models.CharField("loại mục", max_length=10, choices=ItemKind)
    key = models.CharField("mã mục", max_length=60)
    label = models.CharField("mục", max_length=300)
    text = models.TextField("yêu cầu")

    class Meta:
        verbose_name = "yêu cầu sửa"
        verbose_name_plural = "yêu cầu sửa"
        constraints = [
            models.UniqueConstraint(fields=["step", "kind", "key"], name="remark_once_per_item"),
            models.CheckConstraint(condition=~Q(text=""), name="remark_says_what"),
        ]

    def __str__(self):
        return f"{self.label}: {self.text[:60]}"
