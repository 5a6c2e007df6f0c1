"""What is kept of achievement reports so that copies are found without reading all anew."""

from django.db import models
from django.db.models import F, Q

from awards.models.nominations import Nomination


class ReportSketch(models.Model):
    """The signature of one report as it was sent; see ``awards.similarity``."""

    nomination = models.OneToOneField(Nomination, models.CASCADE, related_name="sketch")
    method = models.CharField("cách tính", max_length=30)
    signature = models.BinaryField("dấu vân văn bản")

    class Meta:
        verbose_name = "dấu vân báo cáo thành tích"
        verbose_name_plural = "dấu vân báo cáo thành tích"

    def __str__(self):
        return f"Dấu vân của hồ sơ {self.nomination_id}"


class ReportBand(models.Model):
    """One band of a signature: alike reports have some band in common."""

    sketch = models.ForeignKey(ReportSketch, models.CASCADE, related_name="bands")
    value = models.BigIntegerField("giá trị")

    class Meta:
        verbose_name = "dải dấu vân báo cáo"
        verbose_name_plural = "dải dấu vân báo cáo"
        indexes = [models.Index(fields=["value"], name="report_band_value")]

    def __str__(self):
        return f"{self.sketch_id}: {self.value}"


class ReportLikeness(models.Model):
    """Two reports with much in common; a pair has two rows, one from each side."""

    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="likenesses")
    other = models.ForeignKey(Nomination, models.CASCADE, related_name="+")
    percent = models.PositiveSmallIntegerField("giống nhau (%)")

    class Meta:
        verbose_name = "hai báo cáo giống nhau"
        verbose_name_plural = "hai báo cáo giống nhau"
        constraints = [
            models.UniqueConstraint(fields=["nomination", "other"], name="report_likeness_once"),
            models.CheckConstraint(
                condition=~Q(nomination=F("other")), name="report_likeness_of_two"
            ),
            models.CheckConstraint(
                condition=Q(percent__gt=0, percent__lte=100), name="report_likeness_is_share"
            ),
        ]

    def __str__(self):
        return f"{self.nomination_id} – {self.other_id}: {self.percent}%"
