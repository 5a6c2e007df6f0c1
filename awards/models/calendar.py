"""What stands beside the rule sets and has days of its own: base salary, days off."""

from datetime import date

from django.db import models
from django.db.models import Q

from config.text import vn_date, vn_number
from units.kinds import Confidence


class BaseSalaryQuerySet(models.QuerySet):
    def on(self, day: date) -> "BaseSalary | None":
        """The amount that holds on the day of a decision (NĐ 98/2023 Đ53)."""
        return self.filter(valid_from__lte=day).order_by("-valid_from").first()


class BaseSalary(models.Model):
    """The base salary (mức lương cơ sở) from a day until the next amount begins."""

    amount = models.PositiveIntegerField("mức lương cơ sở (đồng)")
    valid_from = models.DateField("từ ngày", unique=True)
    clause = models.CharField("điều khoản", max_length=200)
    source = models.CharField("nguồn", max_length=300)
    confidence = models.CharField("độ tin cậy", max_length=12, choices=Confidence)
    note = models.TextField("ghi chú", blank=True)

    objects = BaseSalaryQuerySet.as_manager()

    class Meta:
        verbose_name = "mức lương cơ sở"
        verbose_name_plural = "mức lương cơ sở"
        ordering = ["valid_from"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="base_salary_positive")
        ]

    def __str__(self):
        return f"{vn_number(self.amount)} đồng từ {vn_date(self.valid_from)}"


class DayOff(models.Model):
    """A day that departs from the week: a holiday, or a weekend day that is worked in exchange."""

    date = models.DateField("ngày", unique=True)
    name = models.CharField("tên", max_length=200)
    working = models.BooleanField("làm bù", default=False)
    source = models.CharField("nguồn", max_length=300)
    confidence = models.CharField("độ tin cậy", max_length=12, choices=Confidence)

    class Meta:
        verbose_name = "ngày nghỉ, ngày làm bù"
        verbose_name_plural = "ngày nghỉ, ngày làm bù"
        ordering = ["date"]

    def __str__(self):
        return f"{vn_date(self.date)}: {self.name}"
