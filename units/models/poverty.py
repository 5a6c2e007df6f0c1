"""Poverty figures: yearly rows per unit, preliminary and official, both kept."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from units.models.tree import Unit


class PovertyStandard(models.Model):
    """A national multidimensional standard and the years measured by it.

    Figures of different standards are shown side by side with a break mark, never compared.
    """

    code = models.CharField("mã chuẩn", max_length=20, unique=True)
    name = models.CharField("tên chuẩn", max_length=200)
    first_year = models.PositiveSmallIntegerField("năm đầu")
    last_year = models.PositiveSmallIntegerField("năm cuối")
    basis = models.CharField("căn cứ", max_length=300)
    note = models.CharField("ghi chú", max_length=500, blank=True)

    class Meta:
        verbose_name = "chuẩn nghèo"
        verbose_name_plural = "chuẩn nghèo"
        constraints = [
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")), name="standard_years_in_order"
            )
        ]

    def __str__(self):
        return self.name


class Stage(models.TextChoices):
    """The report is due before the review ends, so a year has two figures."""

    PRELIMINARY = "preliminary", "sơ bộ"
    OFFICIAL = "official", "chính thức"


class Area(models.TextChoices):
    URBAN = "urban", "thành thị"
    RURAL = "rural", "nông thôn"


def balance(prefix: str) -> Q:
    """Closing = opening − escaped + relapsed + arisen + adjustment (domain identity of 3.3)."""
    computed = (
        F(f"{prefix}_opening")
        - F(f"{prefix}_escaped")
        + F(f"{prefix}_relapsed")
        + F(f"{prefix}_arisen")
        + F(f"{prefix}_adjustment")
    )
    return Q(**{f"{prefix}_closing": computed})


class PovertyReviewQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Counts of households are nobody's secret inside the portal; names are not kept here."""
        return self.all() if user.is_authenticated else self.none()


class PovertyReview(models.Model):
    """The outcome of one unit's yearly review of poor and near-poor households.

    All figures are households. Columns after the summary table of the review (Mẫu số 3):
    opening, escaped (thoát), relapsed (tái nghèo), arisen (phát sinh mới), adjustment (moved in
    or out, split) and closing, for poor and near-poor alike.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="reviews", verbose_name="đơn vị")
    year = models.PositiveSmallIntegerField("năm")
    stage = models.CharField("mức số liệu", max_length=20, choices=Stage)
    area = models.CharField("khu vực", max_length=10, choices=Area)
    standard = models.ForeignKey(
        PovertyStandard, models.PROTECT, related_name="+", verbose_name="chuẩn nghèo"
    )
    households = models.PositiveIntegerField("tổng số hộ dân cư")
    ethnic_households = models.PositiveIntegerField("trong đó hộ DTTS")
    poor_opening = models.PositiveIntegerField("hộ nghèo đầu năm")
    poor_opening_ethnic = models.PositiveIntegerField("hộ nghèo đầu năm, hộ DTTS")
    poor_escaped = models.PositiveIntegerField("hộ thoát nghèo")
    poor_relapsed = models.PositiveIntegerField("hộ tái nghèo")
    poor_arisen = models.PositiveIntegerField("hộ nghèo phát sinh mới")
    poor_adjustment = models.IntegerField("hộ nghèo điều chỉnh (±)", default=0)
    poor_closing = models.PositiveIntegerField("hộ nghèo cuối năm")
    poor_closing_ethnic = models.PositiveIntegerField("hộ nghèo cuối năm, hộ DTTS")
    poor_unable = models.PositiveIntegerField("hộ nghèo không có khả năng lao động")
    near_opening = models.PositiveIntegerField("hộ cận nghèo đầu năm")
    near_opening_ethnic = models.PositiveIntegerField("hộ cận nghèo đầu năm, hộ DTTS")
    near_escaped = models.PositiveIntegerField("hộ thoát cận nghèo")
    near_relapsed = models.PositiveIntegerField("hộ tái cận nghèo")
    near_arisen = models.PositiveIntegerField("hộ cận nghèo phát sinh mới")
    near_adjustment = models.IntegerField("hộ cận nghèo điều chỉnh (±)", default=0)
    near_closing = models.PositiveIntegerField("hộ cận nghèo cuối năm")
    near_closing_ethnic = models.PositiveIntegerField("hộ cận nghèo cuối năm, hộ DTTS")
    source = models.ForeignKey(
        "Import", models.PROTECT, related_name="reviews", verbose_name="tệp nguồn"
    )

    objects = PovertyReviewQuerySet.as_manager()

    class Meta:
        verbose_name = "kết quả rà soát hộ nghèo"
        verbose_name_plural = "kết quả rà soát hộ nghèo"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year", "stage", "area"],
                name="review_once_per_unit_year_stage_area",
                violation_error_message="Đơn vị đã có số liệu năm này ở mức và khu vực này.",
            ),
            models.CheckConstraint(
                condition=balance("poor"),
                name="review_poor_balances",
                violation_error_message="Hộ nghèo cuối năm phải bằng đầu năm − thoát nghèo "
                "+ tái nghèo + phát sinh + điều chỉnh.",
            ),
            models.CheckConstraint(
                condition=balance("near"),
                name="review_near_balances",
                violation_error_message="Hộ cận nghèo cuối năm phải bằng đầu năm − thoát "
                "+ tái cận nghèo + phát sinh + điều chỉnh.",
            ),
            models.CheckConstraint(
                condition=Q(households__gte=F("poor_closing") + F("near_closing"))
                & Q(households__gte=F("ethnic_households")),
                name="review_parts_within_households",
                violation_error_message="Hộ nghèo, hộ cận nghèo và hộ DTTS không thể nhiều hơn "
                "tổng số hộ.",
            ),
            models.CheckConstraint(
                condition=Q(poor_opening__gte=F("poor_opening_ethnic"))
                & Q(poor_closing__gte=F("poor_closing_ethnic"))
                & Q(poor_closing__gte=F("poor_unable"))
                & Q(near_opening__gte=F("near_opening_ethnic"))
                & Q(near_closing__gte=F("near_closing_ethnic")),
                name="review_parts_within_wholes",
                violation_error_message="Số hộ DTTS hoặc hộ không có khả năng lao động "
                "không thể nhiều hơn tổng của chính cột đó.",
            ),
            models.CheckConstraint(
                condition=Q(
                    ethnic_households__gte=F("poor_closing_ethnic") + F("near_closing_ethnic")
                ),
                name="review_ethnic_within_ethnic",
                violation_error_message="Hộ nghèo DTTS và hộ cận nghèo DTTS không thể nhiều hơn "
                "số hộ DTTS.",
            ),
        ]
        indexes = [models.Index(fields=["year", "stage", "unit"], name="review_year_stage")]

    def __str__(self):
        return f"{self.unit} – {self.year} ({self.get_stage_display()})"


class PovertyPlan(models.Model):
    """What a unit was to reach in a year: the fall of its poverty rate, in percentage points."""

    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="poverty_plans", verbose_name="đơn vị"
    )
    year = models.PositiveSmallIntegerField("năm")
    rate_reduction = models.DecimalField(
        "chỉ tiêu giảm tỷ lệ hộ nghèo (điểm %)",
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    basis = models.CharField("căn cứ", max_length=300)

    class Meta:
        verbose_name = "chỉ tiêu giảm nghèo"
        verbose_name_plural = "chỉ tiêu giảm nghèo"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year"],
                name="poverty_plan_once_per_unit_year",
                violation_error_message="Đơn vị đã có chỉ tiêu của năm này.",
            ),
            models.CheckConstraint(
                condition=Q(rate_reduction__gte=0, rate_reduction__lte=100),
                name="poverty_plan_is_a_share",
                violation_error_message="Chỉ tiêu phải từ 0 đến 100 điểm %.",
            ),
        ]

    def __str__(self):
        return f"{self.unit} – {self.year}"
