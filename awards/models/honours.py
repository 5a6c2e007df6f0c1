"""The ledger of honours."""

from django.db import models
from django.db.models import F, Q

from awards import kinds
from awards.models.forms import AwardForm
from config.fields import ByteOrderField
from config.text import fold, sort_key
from units.models import Unit


class HonourQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Collectives and enterprises are everybody's to see; persons and households by name are

        for their own unit, those above it and the province's roles.
        """
        return self.filter(Q(recipient__in=Honour.Recipient.OPEN) | user.person_scope())

    def for_list(self):
        """What a list prints, in Vietnamese order of names, in one query."""
        return self.select_related("unit__parent", "form").order_by("sort_key", "decided_on", "pk")


class Honour(models.Model):
    """One award in the ledger of honours: past ones are imported, later ones are decided here.

    The name is kept as the decision writes it; ``unit`` is the unit honoured, or the one that the
    honoured person or household belongs to.
    """

    Recipient = kinds.Recipient

    recipient = models.CharField("đối tượng", max_length=12, choices=Recipient)
    name = models.CharField("tên được ghi trong quyết định", max_length=200)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="honours", verbose_name="đơn vị")
    form = models.ForeignKey(
        AwardForm, models.PROTECT, related_name="honours", verbose_name="hình thức khen thưởng"
    )
    number = models.CharField("số quyết định", max_length=100)
    decided_on = models.DateField("ngày quyết định")
    issuer = models.CharField("cơ quan quyết định", max_length=200)
    achievement = models.CharField("thành tích", max_length=500, blank=True)
    period_from = models.PositiveSmallIntegerField("thành tích từ năm", null=True, blank=True)
    period_to = models.PositiveSmallIntegerField("thành tích đến năm", null=True, blank=True)
    search = models.CharField(max_length=400, editable=False)
    sort_key = ByteOrderField(max_length=200, editable=False)
    source = models.ForeignKey(
        "units.Import",
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name="tệp nguồn",
    )

    objects = HonourQuerySet.as_manager()

    class Meta:
        verbose_name = "khen thưởng đã có"
        verbose_name_plural = "khen thưởng đã có"
        constraints = [
            models.UniqueConstraint(
                fields=["number", "decided_on", "recipient", "unit", "name"],
                name="honour_once_per_decision",
                violation_error_message="Quyết định này đã ghi khen thưởng cho đối tượng này.",
            ),
            models.CheckConstraint(
                condition=Q(period_from__isnull=True, period_to__isnull=True)
                | Q(period_to__gte=F("period_from")),
                name="honour_period_in_order",
                violation_error_message="Năm cuối của thành tích không thể trước năm đầu.",
            ),
        ]
        indexes = [
            models.Index(fields=["sort_key"], name="honour_sort"),
            models.Index(fields=["unit", "decided_on"], name="honour_unit"),
        ]

    def __str__(self):
        return f"{self.name}: {self.form}, {self.number}"

    def fill_keys(self) -> None:
        """Set the texts to search in and to order by; every action does so before it writes."""
        self.search = fold(f"{self.name} {self.number}")[:400]
        self.sort_key = sort_key(self.name)[:200]

    @property
    def period(self) -> str:
        """The years of the achievement: "2021–2023", "2023", or nothing."""
        if self.period_from is None:
            return ""
        if self.period_from == self.period_to:
            return str(self.period_from)
        return f"{self.period_from}–{self.period_to}"
