"""What a report of a tier consists of: its sections and its annex tables."""

from django.db import models

from campaign.models import Campaign


class OutlineQuerySet(models.QuerySet):
    def for_tier(self, tier):
        """The parts that reports of the tier have, in order. The lists are short: filtered here

        because SQLite cannot ask whether a JSON list contains a value.
        """
        return [part for part in self.order_by("position") if tier in part.tiers]


class OutlineSection(models.Model):
    """A heading of the report with the question it asks (outline of the yearly report)."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="outline")
    code = models.SlugField("mã", max_length=40)
    position = models.PositiveSmallIntegerField("thứ tự")
    tiers = models.JSONField("nhóm đơn vị", default=list)
    title = models.CharField("đề mục", max_length=300)
    clause = models.CharField("điều khoản", max_length=100, blank=True)
    prompt = models.TextField("hướng dẫn viết", blank=True)
    required = models.BooleanField("bắt buộc", default=True)
    passage = models.BooleanField("dùng để trích vào báo cáo tổng hợp", default=False)

    objects = OutlineQuerySet.as_manager()

    class Meta:
        verbose_name = "mục của đề cương"
        verbose_name_plural = "đề cương báo cáo"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "code"], name="outline_code_once")
        ]

    def __str__(self):
        return self.title


class Annex(models.Model):
    """An annex table (B1–B7) with its columns; B1 is computed from the poverty review.

    ``columns``: list of {name, label, kind, unit, required, choices, total}.
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="annexes")
    code = models.SlugField("mã", max_length=10)
    position = models.PositiveSmallIntegerField("thứ tự")
    title = models.CharField("tên biểu", max_length=300)
    tiers = models.JSONField("nhóm đơn vị", default=list)
    computed = models.BooleanField("do hệ thống tính", default=False)
    columns = models.JSONField("các cột", default=list)
    help = models.TextField("hướng dẫn", blank=True)

    objects = OutlineQuerySet.as_manager()

    class Meta:
        verbose_name = "phụ biểu"
        verbose_name_plural = "phụ biểu"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["campaign", "code"], name="annex_code_once")]

    def __str__(self):
        return f"Biểu {self.code}. {self.title}"
