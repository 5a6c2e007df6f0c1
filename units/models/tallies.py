"""Short yearly counts of a village or commune: counted from its households, or told in a table."""

from django.db import models
from django.db.models import F, Q

from units.models.poverty import PovertyStandard
from units.models.tree import Unit


class PovertyTally(models.Model):
    """Households of one unit at the end of a year, by status.

    ``origin`` tells who counted: the portal from the imported list of households, or the locality
    in its statistical table. Both are kept, beside the review (``PovertyReview``), so that the
    difference can be shown. Figures are households; ``ethnic`` and ``unable`` are counted while a
    list is read, and are None where it did not tell. ``relapsed`` lies within ``arisen``.
    """

    class Origin(models.TextChoices):
        REGISTER = "register", "đếm từ danh sách hộ"
        STATEMENT = "statement", "bảng số liệu của địa phương"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="tallies", verbose_name="đơn vị")
    year = models.PositiveSmallIntegerField("năm")
    origin = models.CharField("nguồn đếm", max_length=10, choices=Origin)
    standard = models.ForeignKey(
        PovertyStandard, models.PROTECT, related_name="+", verbose_name="chuẩn nghèo"
    )
    households = models.PositiveIntegerField("tổng số hộ dân cư", null=True)
    poor = models.PositiveIntegerField("hộ nghèo")
    near_poor = models.PositiveIntegerField("hộ cận nghèo")
    newly_escaped = models.PositiveIntegerField("hộ mới thoát nghèo")
    poor_ethnic = models.PositiveIntegerField("hộ nghèo DTTS", null=True)
    poor_unable = models.PositiveIntegerField("hộ nghèo không có khả năng lao động", null=True)
    near_ethnic = models.PositiveIntegerField("hộ cận nghèo DTTS", null=True)
    escaped = models.PositiveIntegerField("hộ thoát nghèo trong năm")
    arisen = models.PositiveIntegerField("hộ nghèo phát sinh trong năm")
    relapsed = models.PositiveIntegerField("trong đó tái nghèo")
    source = models.ForeignKey(
        "Import", models.PROTECT, null=True, related_name="tallies", verbose_name="tệp nguồn"
    )

    class Meta:
        verbose_name = "số đếm hộ nghèo"
        verbose_name_plural = "số đếm hộ nghèo"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year", "origin"],
                name="tally_once_per_unit_year_origin",
                violation_error_message="Đơn vị đã có số đếm của năm này từ nguồn này.",
            ),
            models.CheckConstraint(
                condition=Q(households__isnull=True)
                | Q(households__gte=F("poor") + F("near_poor")),
                name="tally_parts_within_households",
                violation_error_message="Hộ nghèo và hộ cận nghèo không thể nhiều hơn tổng số hộ.",
            ),
            models.CheckConstraint(
                condition=(Q(poor_ethnic__isnull=True) | Q(poor__gte=F("poor_ethnic")))
                & (Q(poor_unable__isnull=True) | Q(poor__gte=F("poor_unable")))
                & (Q(near_ethnic__isnull=True) | Q(near_poor__gte=F("near_ethnic")))
                & Q(arisen__gte=F("relapsed")),
                name="tally_parts_within_wholes",
                violation_error_message="Một phần không thể nhiều hơn tổng của chính nó.",
            ),
        ]
        indexes = [models.Index(fields=["year", "origin", "unit"], name="tally_year")]

    def __str__(self):
        return f"{self.unit} – {self.year} ({self.get_origin_display()})"
