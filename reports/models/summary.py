"""Summaries of the province: composed, frozen as a snapshot, printed as official papers."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from campaign.models import Period
from reports.models.report import Section
from reports.states import SummaryState
from units.kinds import Role
from units.models import Unit


class SummaryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Drafts are for those who compose them; what is frozen, for all who work province-wide."""
        roles = user.role_names()
        if roles & {Role.BOARD, Role.POVERTY_DESK}:
            return self.all()
        if Role.PROVINCE_VIEWER in roles:
            return self.filter(state=SummaryState.FROZEN)
        return self.none()

    def for_list(self):
        """What the list page prints, newest edition first, in one query; without the snapshot."""
        related = self.select_related("period", "lead", "frozen_by")
        return related.defer("snapshot").order_by("-edition")

    def for_page(self):
        """What a page of one summary needs at once."""
        return self.select_related("period__campaign__province", "lead__parent", "frozen_by")


class Summary(models.Model):
    """One summary of a period: the yearly report to the Chairman, the interim or the final one.

    ``snapshot`` is what the papers are made from; once frozen it never changes and the same
    snapshot gives the same words and figures.
    """

    period = models.ForeignKey(Period, models.PROTECT, related_name="summaries")
    lead = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị chủ trì")
    state = models.CharField(
        "trạng thái", max_length=20, choices=SummaryState, default=SummaryState.DRAFT
    )
    edition = models.PositiveSmallIntegerField("bản", default=1)
    assessment = models.TextField("đánh giá chung", blank=True, max_length=20_000)
    shortcomings = models.TextField("hạn chế, nguyên nhân", blank=True, max_length=20_000)
    directions = models.TextField("phương hướng, kiến nghị", blank=True, max_length=20_000)
    number = models.CharField("số văn bản", max_length=20, blank=True)
    signed_on = models.DateField("ngày ký", null=True, blank=True)
    signer = models.CharField("người ký", max_length=150, blank=True)
    signer_post = models.CharField("chức vụ người ký", max_length=150, blank=True)
    snapshot = models.JSONField("bản chụp", null=True, editable=False)
    sha256 = models.CharField("dấu vân SHA-256", max_length=64, blank=True, editable=False)
    started_at = models.DateTimeField("bắt đầu lúc")
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField("chốt lúc", null=True, editable=False)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )

    objects = SummaryQuerySet.as_manager()

    class Meta:
        verbose_name = "báo cáo tổng hợp"
        verbose_name_plural = "báo cáo tổng hợp"
        constraints = [
            models.UniqueConstraint(fields=["period", "edition"], name="summary_edition_once"),
            models.UniqueConstraint(
                fields=["period"], condition=Q(state="draft"), name="summary_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", frozen_at__isnull=True, frozen_by__isnull=True)
                | Q(state="frozen", frozen_at__isnull=False, frozen_by__isnull=False)
                & Q(snapshot__isnull=False)
                & ~Q(sha256=""),
                name="summary_frozen_is_stamped",
            ),
            models.CheckConstraint(
                condition=Q(number="", signed_on__isnull=True, signer="", signer_post="")
                | Q(state="frozen", signed_on__isnull=False)
                & ~Q(number="")
                & ~Q(signer="")
                & ~Q(signer_post=""),
                name="summary_issued_as_a_whole",
                violation_error_message="Số, ngày ký, người ký, chức vụ: ghi đủ cho bản đã chốt.",
            ),
        ]

    def __str__(self):
        return f"{self.period.title} (bản {self.edition})"

    def get_absolute_url(self):
        return reverse("reports:summary", args=[self.pk])

    @property
    def is_frozen(self) -> bool:
        return self.state == SummaryState.FROZEN

    @property
    def is_issued(self) -> bool:
        """Number, date and signer are entered: no longer a draft paper."""
        return bool(self.number and self.signed_on and self.signer)


class Selection(models.Model):
    """A passage of a unit's report chosen for the summary, with its source.

    The text is copied at the choice, so that a later correction below does not change it unseen.
    """

    summary = models.ForeignKey(Summary, models.CASCADE, related_name="selections")
    section = models.ForeignKey(Section, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField("thứ tự")
    text = models.TextField("đoạn trích", max_length=5_000)
    chosen_at = models.DateTimeField("chọn lúc")
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "đoạn trích"
        verbose_name_plural = "đoạn trích"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["summary", "section"],
                name="selection_once_per_section",
                violation_error_message="Mục này đã được trích.",
            )
        ]

    def __str__(self):
        return f"{self.section.report.unit}: {self.text[:60]}"


class SummaryFile(models.Model):
    """An issued paper of a frozen summary with its bytes and hash."""

    class Format(models.TextChoices):
        DOCX = "docx", "Word"
        XLSX = "xlsx", "Excel"
        PDF = "pdf", "PDF"

    summary = models.ForeignKey(Summary, models.PROTECT, related_name="files")
    format = models.CharField("định dạng", max_length=5, choices=Format)
    content = models.BinaryField("nội dung")
    sha256 = models.CharField("dấu vân SHA-256", max_length=64)
    made_at = models.DateTimeField("tạo lúc")

    class Meta:
        verbose_name = "tệp báo cáo tổng hợp"
        verbose_name_plural = "tệp báo cáo tổng hợp"
        constraints = [
            models.UniqueConstraint(fields=["summary", "format"], name="summary_file_once")
        ]

    def __str__(self):
        return f"{self.summary} – {self.get_format_display()}"
