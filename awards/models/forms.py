"""Forms of commendation: the four families of the plan and the grades that the law knows."""

from django.db import models
from django.db.models import F, Q

from campaign.models import Campaign


class AwardFormQuerySet(models.QuerySet):
    def families(self):
        """What the plan itself names (III.2.a)."""
        return self.filter(family__isnull=True)

    def grades(self):
        """What the law tells apart within the families: grades and deciding offices."""
        return self.filter(family__isnull=False)


class AwardForm(models.Model):
    """One of the four families that the plan names (III.2.a), or a grade within one of them.

    The law speaks of grades ("hạng Ba", "của Chủ tịch UBND xã"); a family without grades is
    spoken of itself.
    """

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="award_forms", verbose_name="phong trào"
    )
    family = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="grades",
        verbose_name="thuộc hình thức",
    )
    code = models.SlugField("mã", max_length=30)
    position = models.PositiveSmallIntegerField("thứ tự")
    clause = models.CharField("điều khoản", max_length=50)
    name = models.CharField("hình thức khen thưởng", max_length=200)
    source = models.CharField("nguồn", max_length=300, blank=True)
    note = models.TextField("ghi chú", blank=True)

    objects = AwardFormQuerySet.as_manager()

    class Meta:
        verbose_name = "hình thức khen thưởng"
        verbose_name_plural = "hình thức khen thưởng"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "code"], name="award_form_once"),
            models.CheckConstraint(
                condition=Q(family__isnull=True) | ~Q(family=F("id")),
                name="award_form_not_its_own_family",
                violation_error_message="Hình thức không thể thuộc chính nó.",
            ),
        ]

    def __str__(self):
        return self.name
