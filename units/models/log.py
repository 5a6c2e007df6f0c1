"""The log of writes: who did what to which row, when and why. It only grows."""

from django.conf import settings
from django.db import models

from config import clock
from units.models.tree import Unit


class LogEntry(models.Model):
    """One act. Written by actions in the transaction of the act itself.

    A database trigger refuses every UPDATE of this table (and DELETE on PostgreSQL).
    """

    at = models.DateTimeField("lúc")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="người thực hiện",
    )
    action = models.CharField("việc", max_length=60)
    model = models.CharField("loại", max_length=60)
    object_id = models.BigIntegerField("số hiệu", null=True)
    label = models.CharField("đối tượng", max_length=300)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="+", verbose_name="đơn vị"
    )
    changes = models.JSONField("thay đổi", default=dict)
    reason = models.TextField("lý do", blank=True)

    class Meta:
        verbose_name = "nhật ký"
        verbose_name_plural = "nhật ký"
        indexes = [
            models.Index(fields=["model", "object_id"], name="log_object"),
            models.Index(fields=["at"], name="log_at"),
        ]

    def __str__(self):
        return f"{clock.said(self.at)} {self.action}: {self.label}"
