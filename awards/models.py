"""The nouns of ``awards``."""

from django.db import models

from campaign.models import Campaign


class AwardForm(models.Model):
    """One of the four families of commendation that the plan names (III.2.a)."""

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="award_forms", verbose_name="phong trào"
    )
    code = models.SlugField("mã", max_length=30)
    position = models.PositiveSmallIntegerField("thứ tự")
    clause = models.CharField("điều khoản", max_length=50)
    name = models.CharField("hình thức khen thưởng", max_length=200)
    note = models.TextField("ghi chú", blank=True)

    class Meta:
        verbose_name = "hình thức khen thưởng"
        verbose_name_plural = "hình thức khen thưởng"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["campaign", "code"], name="award_form_once")]

    def __str__(self):
        return self.name
