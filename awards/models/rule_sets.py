"""Rule sets: what a decree orders about commendation, from when to when, in editions."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from awards.kinds import Rounding
from config.dated import holds_on
from units.kinds import Confidence


class RuleSetQuerySet(models.QuerySet):
    def in_force(self, day: date) -> Self:
        """The current editions whose law holds on the day: one, or none."""
        return self.filter(holds_on(day, starts="valid_from", ends="valid_to"), current=True)

    def on(self, day: date) -> "RuleSet | None":
        """The edition by which something is judged that happens on the day."""
        return self.in_force(day).first()

    def edition_of(self, code: str, edition: int) -> "RuleSet":
        """One edition, replaced or not: what was decided under it is read by it."""
        return self.get(code=code, edition=edition)


class RuleSet(models.Model):
    """What one decree orders about forms, offices, dossiers, times, votes and money.

    A sealed edition never changes, its tables neither (triggers): what was decided by it can be
    checked for ever. A correction makes the next edition.
    """

    HEAD = (
        "title",
        "decree",
        "law",
        "valid_from",
        "valid_to",
        "rounding",
        "rounding_unit",
        "rounding_clause",
        "rounding_note",
        "source",
        "confidence",
        "note",
    )
    """What an edition says beside its tables."""

    code = models.SlugField("ký hiệu", max_length=30)
    edition = models.PositiveSmallIntegerField("phiên bản", default=1)
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        related_name="replaced_by",
        editable=False,
        verbose_name="thay phiên bản",
    )
    current = models.BooleanField("đang dùng", default=True)
    title = models.CharField("tên bộ quy định", max_length=300)
    decree = models.CharField("nghị định", max_length=300)
    law = models.CharField("luật làm căn cứ", max_length=300)
    valid_from = models.DateField("hiệu lực từ")
    valid_to = models.DateField("hết hiệu lực từ", null=True, blank=True)
    rounding = models.CharField("cách làm tròn tiền thưởng", max_length=10, choices=Rounding)
    rounding_unit = models.PositiveIntegerField("làm tròn đến (đồng)", default=10_000)
    rounding_clause = models.CharField("điều khoản về làm tròn", max_length=200, blank=True)
    rounding_note = models.TextField("ghi chú về làm tròn", blank=True)
    source = models.CharField("nguồn", max_length=300)
    confidence = models.CharField("độ tin cậy", max_length=12, choices=Confidence)
    note = models.TextField("ghi chú", blank=True)
    sealed_at = models.DateTimeField("khóa lúc", null=True, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name="người sửa",
    )
    reason = models.TextField("lý do sửa", blank=True, editable=False)

    objects = RuleSetQuerySet.as_manager()

    class Meta:
        verbose_name = "bộ quy định khen thưởng"
        verbose_name_plural = "bộ quy định khen thưởng"
        ordering = ["valid_from", "edition"]
        constraints = [
            models.UniqueConstraint(fields=["code", "edition"], name="rule_set_edition_once"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(current=True), name="rule_set_one_current_edition"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="rule_set_days_in_order",
                violation_error_message="Ngày hết hiệu lực phải sau ngày có hiệu lực.",
            ),
            models.CheckConstraint(
                condition=Q(edition=1, replaces__isnull=True)
                | Q(edition__gt=1, replaces__isnull=False),
                name="rule_set_edition_replaces_one",
            ),
            models.CheckConstraint(
                condition=Q(rounding_unit__gt=0),
                name="rule_set_rounding_unit_positive",
                violation_error_message="Đơn vị làm tròn phải lớn hơn 0.",
            ),
        ]

    def __str__(self):
        return f"{self.title}, phiên bản {self.edition}"
