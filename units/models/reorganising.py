"""A reorganisation of units: the decision, what it does to the register, and what it did."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from units.models.tree import Succession


class ReorganisationQuerySet(models.QuerySet):
    def drafts(self):
        return self.filter(state=Reorganisation.State.DRAFT)

    def done(self):
        return self.filter(state=Reorganisation.State.DONE)

    def since(self, moment):
        """Carried out or undone after that moment."""
        return self.filter(Q(done_at__gt=moment) | Q(undone_at__gt=moment))

    def for_list(self):
        """What the list page prints, the latest day of effect first, in one query."""
        return self.select_related("made_by", "done_by").order_by("-date", "-pk")


class Reorganisation(models.Model):
    """Merge, split, rename, change of parent or end of units on one day, by one decision.

    ``plan`` holds the groups as JSON (``units.reorganising.Plan``): which units end, which start,
    with shares for splits, and what becomes of their people. ``effects`` holds the keys of all
    that was written when it was carried out, so that it can be undone while nothing was built upon
    it. A draft made from a file may not know yet when the decision was taken. ``state`` is written
    by ``units.actions``.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "đang chuẩn bị"
        DONE = "done", "đã thực hiện"
        UNDONE = "undone", "đã hoàn tác"

    way = models.CharField("hình thức", max_length=20, choices=Succession.Way)
    number = models.CharField("số, ký hiệu quyết định, nghị quyết", max_length=100)
    decided_on = models.DateField("ngày ban hành", null=True)
    date = models.DateField("có hiệu lực từ ngày")
    title = models.CharField("trích yếu", max_length=300)
    plan = models.JSONField("phương án", default=dict)
    effects = models.JSONField("đã ghi", default=dict, editable=False)
    state = models.CharField("trạng thái", max_length=8, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1, editable=False)
    made_at = models.DateTimeField("lập lúc", editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="người lập",
    )
    done_at = models.DateTimeField("thực hiện lúc", null=True, editable=False)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="người thực hiện",
    )
    undone_at = models.DateTimeField("hoàn tác lúc", null=True, editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="người hoàn tác",
    )

    objects = ReorganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "sắp xếp đơn vị"
        verbose_name_plural = "sắp xếp đơn vị"
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft") | Q(done_at__isnull=False, decided_on__isnull=False),
                name="reorganisation_done_is_stamped",
                violation_error_message="Việc sắp xếp đã thực hiện phải ghi lúc nào, theo quyết "
                "định ngày nào.",
            ),
            models.CheckConstraint(
                condition=~Q(state="undone") | Q(undone_at__isnull=False),
                name="reorganisation_undone_is_stamped",
                violation_error_message="Việc sắp xếp đã hoàn tác phải ghi lúc nào.",
            ),
        ]

    def __str__(self):
        return f"{self.number}: {self.title}"

    def get_absolute_url(self):
        return reverse("units:reorganisation", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def basis(self) -> str:
        """The decision as successions and appointments cite it, with its date once."""
        if self.decided_on is None or "ngày" in self.number:
            return self.number
        return f"{self.number} ngày {self.decided_on:%d/%m/%Y}"
