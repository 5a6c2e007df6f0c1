"""Criteria sets of Section III.1, versioned by year, and the numbers a report asks for."""

from django.db import models
from django.db.models import F, Q

from campaign.models import Campaign
from criteria.states import AnswerKind, Direction, Measure
from units.kinds import Tier


class CriteriaSetQuerySet(models.QuerySet):
    def for_year(self, tier, year):
        """The versions of a tier's set that hold for reports of that year; newest first."""
        return self.filter(
            Q(last_year__isnull=True) | Q(last_year__gte=year), tier=tier, first_year__lte=year
        ).order_by("-version")


class CriteriaSet(models.Model):
    """The criteria of one tier (letters a to f), in one version.

    Points are a local configuration of the portal: the plan itself gives none.
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="criteria_sets")
    letter = models.CharField("nhóm", max_length=2)
    tier = models.CharField("đối tượng", max_length=20, choices=Tier)
    version = models.PositiveSmallIntegerField("phiên bản", default=1)
    clause = models.CharField("điều khoản", max_length=50)
    title = models.CharField("tên bộ tiêu chí", max_length=300)
    first_year = models.PositiveSmallIntegerField("áp dụng từ năm")
    last_year = models.PositiveSmallIntegerField("đến hết năm", null=True, blank=True)
    points = models.DecimalField(
        "tổng điểm",
        max_digits=6,
        decimal_places=2,
        default=100,
        help_text="Thang điểm do địa phương đặt; Kế hoạch không quy định điểm.",
    )
    note = models.TextField("ghi chú", blank=True)

    objects = CriteriaSetQuerySet.as_manager()

    class Meta:
        verbose_name = "bộ tiêu chí"
        verbose_name_plural = "bộ tiêu chí"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "tier", "version"], name="criteria_set_version_once"
            ),
            models.CheckConstraint(condition=Q(points__gt=0), name="criteria_set_has_points"),
            models.CheckConstraint(
                condition=Q(last_year__isnull=True) | Q(last_year__gte=F("first_year")),
                name="criteria_set_years_in_order",
            ),
        ]

    def __str__(self):
        return f"{self.letter}) {self.title}"


class Criterion(models.Model):
    """One criterion with its clause: answered by a grade, or by a number against a threshold."""

    criteria_set = models.ForeignKey(CriteriaSet, models.PROTECT, related_name="criteria")
    number = models.PositiveSmallIntegerField("ý")
    clause = models.CharField("điều khoản", max_length=50)
    statement = models.TextField("nội dung")
    kind = models.CharField("cách trả lời", max_length=10, choices=AnswerKind)
    measure = models.CharField("cách tính", max_length=40, choices=Measure, blank=True)
    direction = models.CharField(
        "hướng",
        max_length=10,
        blank=True,
        choices=Direction,
    )
    threshold = models.DecimalField(
        "ngưỡng", max_digits=10, decimal_places=2, null=True, blank=True
    )
    unit = models.CharField("đơn vị tính", max_length=20, blank=True)
    baseline_year = models.PositiveSmallIntegerField("năm gốc", null=True, blank=True)
    evidence_hint = models.TextField("minh chứng cần có", blank=True)
    evidence_required = models.BooleanField("bắt buộc có minh chứng", default=False)
    points = models.DecimalField(
        "điểm tối đa",
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Để trống: chia đều tổng điểm của bộ.",
    )
    note = models.TextField("ghi chú", blank=True)

    class Meta:
        verbose_name = "tiêu chí"
        verbose_name_plural = "tiêu chí"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["criteria_set", "number"], name="criterion_number_once"
            ),
            models.CheckConstraint(
                condition=Q(kind="graded") | Q(threshold__isnull=False) & ~Q(direction=""),
                name="criterion_number_has_threshold",
                violation_error_message="Tiêu chí bằng số phải có ngưỡng và hướng.",
            ),
            models.CheckConstraint(
                condition=Q(points__isnull=True) | Q(points__gt=0),
                name="criterion_points_positive",
                violation_error_message="Điểm tối đa phải lớn hơn 0.",
            ),
        ]

    def __str__(self):
        return f"{self.clause}: {self.statement[:80]}"

    def satisfied_by(self, value) -> bool:
        """Whether a number reaches the threshold in the criterion's direction."""
        return {
            Direction.ABOVE: value > self.threshold,
            Direction.AT_LEAST: value >= self.threshold,
            Direction.BELOW: value < self.threshold,
        }[self.direction]


class Item(models.Model):
    """A checkable part of a compound criterion."""

    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField("thứ tự")
    statement = models.CharField("nội dung", max_length=500)

    class Meta:
        verbose_name = "ý kiểm"
        verbose_name_plural = "ý kiểm"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["criterion", "position"], name="item_position_once")
        ]

    def __str__(self):
        return self.statement


class Indicator(models.Model):
    """A number that reports of some tiers give, with its unit and the way it rolls up."""

    class Rollup(models.TextChoices):
        SUM = "sum", "cộng từ cấp dưới"
        LAST = "last", "lấy số mới nhất"
        NONE = "none", "không cộng"

    class Kind(models.TextChoices):
        INTEGER = "integer", "số nguyên"
        DECIMAL = "decimal", "số thập phân"

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="indicators")
    code = models.SlugField("mã", max_length=60)
    position = models.PositiveSmallIntegerField("thứ tự")
    section = models.CharField("mục của đề cương", max_length=40)
    label = models.CharField("chỉ tiêu", max_length=300)
    unit = models.CharField("đơn vị tính", max_length=30)
    kind = models.CharField("kiểu số", max_length=10, choices=Kind)
    rollup = models.CharField("cách tổng hợp", max_length=10, choices=Rollup)
    minimum = models.DecimalField(
        "nhỏ nhất", max_digits=18, decimal_places=2, null=True, blank=True
    )
    maximum = models.DecimalField(
        "lớn nhất", max_digits=18, decimal_places=2, null=True, blank=True
    )
    part_of = models.CharField("là một phần của chỉ tiêu", max_length=60, blank=True)
    tiers = models.JSONField("nhóm đơn vị", default=list)
    help = models.CharField("giải thích", max_length=500, blank=True)

    class Meta:
        verbose_name = "chỉ tiêu báo cáo"
        verbose_name_plural = "chỉ tiêu báo cáo"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "code"], name="indicator_code_once")
        ]

    def __str__(self):
        return self.label
