"""Emulation blocks (cụm, khối) and the rankings of a year within tier and block."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from campaign.models import Campaign, Period
from config.dated import DatedQuerySet
from criteria.states import RankingState
from units.kinds import Role, Tier
from units.models import Unit


class Block(models.Model):
    """A cụm or khối thi đua: units of one tier that are ranked against each other."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="blocks")
    name = models.CharField("cụm, khối", max_length=150)
    tier = models.CharField("nhóm đơn vị", max_length=20, choices=Tier)
    basis = models.CharField("căn cứ", max_length=300, blank=True)

    class Meta:
        verbose_name = "cụm, khối thi đua"
        verbose_name_plural = "cụm, khối thi đua"
        constraints = [
            models.UniqueConstraint(fields=["campaign", "tier", "name"], name="block_name_once")
        ]

    def __str__(self):
        return self.name


class BlockMember(models.Model):
    """A unit's membership in a block, from a date to the first day without it."""

    block = models.ForeignKey(Block, models.CASCADE, related_name="members")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="block_memberships")
    starts = models.DateField("từ ngày")
    ends = models.DateField("hết từ ngày", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "thành viên cụm, khối"
        verbose_name_plural = "thành viên cụm, khối"
        constraints = [
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(ends__isnull=True),
                name="block_member_one_block",
                violation_error_message="Đơn vị đang thuộc một cụm, khối khác.",
            ),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gt=F("starts")),
                name="block_member_in_order",
            ),
        ]

    def __str__(self):
        return f"{self.block}: {self.unit}"


class RankingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Drafts are the board's own; what is published is open to everybody signed in."""
        if Role.BOARD in user.role_names():
            return self
        return self.filter(state=RankingState.PUBLISHED)

    def for_list(self):
        """What the list page prints, in one query."""
        return self.select_related("period", "block").order_by(
            "-period__year", "period__kind", "tier", "block__name", "pk"
        )


class Ranking(models.Model):
    """The ranking of one tier, or of one block of it, in one period.

    A draft is computed anew at will; publishing freezes its rows. ``state`` is written by
    ``criteria.actions`` and nowhere else.
    """

    period = models.ForeignKey(Period, models.PROTECT, related_name="rankings")
    tier = models.CharField("nhóm đơn vị", max_length=20, choices=Tier)
    block = models.ForeignKey(Block, models.PROTECT, null=True, blank=True)
    state = models.CharField(
        "trạng thái", max_length=20, choices=RankingState, default=RankingState.DRAFT
    )
    scored = models.BooleanField("xếp theo điểm của Ban TĐKT", default=False, editable=False)
    computed_at = models.DateTimeField("tính lúc")
    published_at = models.DateTimeField("công bố lúc", null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    note = models.TextField("lý do công bố khi chưa chấm đủ", blank=True, editable=False)

    objects = RankingQuerySet.as_manager()

    class Meta:
        verbose_name = "bảng xếp hạng"
        verbose_name_plural = "bảng xếp hạng"
        constraints = [
            models.UniqueConstraint(
                fields=["period", "tier"],
                condition=Q(block__isnull=True),
                name="ranking_once_per_tier",
            ),
            models.UniqueConstraint(
                fields=["period", "tier", "block"], name="ranking_once_per_block"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", published_at__isnull=True, published_by__isnull=True)
                | Q(state="published", published_at__isnull=False, published_by__isnull=False),
                name="ranking_published_is_stamped",
            ),
        ]

    def __str__(self):
        return f"{self.period} – {self.block or self.get_tier_display()}"

    def get_absolute_url(self):
        return reverse("criteria:ranking", args=[self.pk])

    @property
    def is_editable(self) -> bool:
        return self.state in RankingState.EDITABLE


class RankingRow(models.Model):
    """One unit's place: points (or met counts), the tie it shares, and the board's departure."""

    ranking = models.ForeignKey(Ranking, models.CASCADE, related_name="rows")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    points = models.DecimalField("tổng điểm", max_digits=7, decimal_places=2)
    met = models.PositiveSmallIntegerField("số tiêu chí đạt")
    partly = models.PositiveSmallIntegerField("số tiêu chí đạt một phần")
    on_time = models.BooleanField("nộp đúng hạn")
    place = models.PositiveIntegerField("hạng")
    tied = models.BooleanField("đồng hạng", default=False)
    decided_place = models.PositiveIntegerField("hạng Ban TĐKT quyết định", null=True, blank=True)
    reason = models.TextField("lý do thay đổi hạng", blank=True)

    class Meta:
        verbose_name = "dòng xếp hạng"
        verbose_name_plural = "dòng xếp hạng"
        constraints = [
            models.UniqueConstraint(fields=["ranking", "unit"], name="ranking_row_once"),
            models.CheckConstraint(
                condition=Q(decided_place__isnull=True) | ~Q(reason=""),
                name="ranking_departure_says_why",
                violation_error_message="Cần ghi lý do khi quyết định hạng khác hạng đã tính.",
            ),
            models.CheckConstraint(
                condition=Q(place__gte=1)
                & (Q(decided_place__isnull=True) | Q(decided_place__gte=1)),
                name="ranking_places_start_at_one",
                violation_error_message="Hạng bắt đầu từ 1.",
            ),
        ]

    def __str__(self):
        return f"{self.place}. {self.unit}"

    @property
    def final_place(self) -> int:
        """The place that counts: the board's decision, else the computed one."""
        return self.decided_place or self.place
