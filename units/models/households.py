"""Poor, near-poor and newly escaped households: tier đ of the plan (III.1.đ).

A household is registered with the name of its head, its village or commune, its status of each
year and its registrations to leave poverty – and nothing else: ethnicity, health and deprivation
are counted when a list is imported (``PovertyTally``) and stored nowhere.
"""

from django.db import models
from django.db.models import F, Q

from config.fields import ByteOrderField
from units.models.tree import Unit


class HouseholdStatus(models.TextChoices):
    """What a household is at the end of a year (NĐ 07/2021/NĐ-CP Đ3; letters of the lists)."""

    POOR = "N", "hộ nghèo"
    NEAR_POOR = "CN", "hộ cận nghèo"
    ESCAPED = "MTN", "hộ mới thoát nghèo"
    OUT = "K", "đã thoát hẳn"


class HouseholdQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Named households: those of the own commune, and of the communes it took over."""
        return self.filter(user.household_scope())

    def matching(self, folded):
        """Households whose head's name or code holds the folded text."""
        return self.filter(Q(search__contains=folded) | Q(code=folded.upper()))

    def in_order(self):
        return self.order_by("unit__sort_key", "sort_key", "pk")


class Household(models.Model):
    """A household on the list of its commune, under the village (or commune) that existed then."""

    code = models.CharField("mã hộ", max_length=20)
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="households", verbose_name="thôn hoặc xã"
    )
    head = models.CharField("họ tên chủ hộ", max_length=150)
    search = models.CharField(max_length=200, editable=False)
    sort_key = ByteOrderField(max_length=200, editable=False)
    source = models.ForeignKey(
        "Import",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="households",
        verbose_name="tệp nguồn",
    )

    objects = HouseholdQuerySet.as_manager()

    class Meta:
        verbose_name = "hộ"
        verbose_name_plural = "hộ"
        constraints = [
            models.UniqueConstraint(
                fields=["code"],
                name="household_code_once",
                violation_error_message="Đã có hộ mang mã này.",
            )
        ]
        indexes = [models.Index(fields=["unit", "sort_key"], name="household_order")]

    def __str__(self):
        return f"hộ {self.code}"


class HouseholdYear(models.Model):
    """A household's status at the end of a year, with the unit it belonged to on that day."""

    household = models.ForeignKey(
        Household, models.CASCADE, related_name="years", verbose_name="hộ"
    )
    year = models.PositiveSmallIntegerField("năm")
    status = models.CharField("tình trạng", max_length=3, choices=HouseholdStatus)
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="household_years", verbose_name="thôn hoặc xã"
    )

    class Meta:
        verbose_name = "tình trạng hộ"
        verbose_name_plural = "tình trạng hộ"
        constraints = [
            models.UniqueConstraint(
                fields=["household", "year"],
                name="household_year_once",
                violation_error_message="Hộ đã có tình trạng của năm này.",
            )
        ]
        indexes = [models.Index(fields=["year", "unit", "status"], name="household_year_count")]

    def __str__(self):
        return f"{self.household}, năm {self.year}: {self.get_status_display()}"


class EscapeRegistration(models.Model):
    """A household's own registration to leave poverty within a year, and its outcome (annex B7)."""

    class Outcome(models.TextChoices):
        OPEN = "open", "đang thực hiện"
        REACHED = "reached", "đạt"
        MISSED = "missed", "không đạt"

    household = models.ForeignKey(
        Household, models.PROTECT, related_name="registrations", verbose_name="hộ"
    )
    year = models.PositiveSmallIntegerField("năm")
    registered_on = models.DateField("ngày đăng ký")
    outcome = models.CharField("kết quả", max_length=8, choices=Outcome, default=Outcome.OPEN)
    decided_on = models.DateField("ngày ghi kết quả", null=True, blank=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)

    class Meta:
        verbose_name = "đăng ký thoát nghèo"
        verbose_name_plural = "đăng ký thoát nghèo"
        constraints = [
            models.UniqueConstraint(
                fields=["household", "year"],
                name="escape_registration_once",
                violation_error_message="Hộ đã đăng ký thoát nghèo trong năm này.",
            ),
            models.CheckConstraint(
                condition=Q(outcome="open", decided_on__isnull=True)
                | ~Q(outcome="open") & Q(decided_on__gte=F("registered_on")),
                name="escape_outcome_is_dated",
                violation_error_message="Kết quả đạt hoặc không đạt phải ghi ngày, không trước "
                "ngày đăng ký.",
            ),
        ]

    def __str__(self):
        return f"{self.household}, đăng ký thoát nghèo năm {self.year}"
