"""Rounds of commendation: who gathers nominations, for which forms, from when to when."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from awards.kinds import RoundKind
from awards.models.forms import AwardForm
from awards.states import RoundState
from campaign.models import Campaign
from config import clock
from units.kinds import Kind, Role
from units.models import Unit


class RoundQuerySet(models.QuerySet):
    def kept_by(self, user) -> Self:
        """The rounds that the user makes and moves, see ``awards.permissions``."""
        return self.filter(_kept(user))

    def visible_to(self, user) -> Self:
        """The province's rounds for everybody, those of a unit for it and all below it.

        A draft only for those who keep it.
        """
        ours = Q(unit__kind=Kind.PROVINCE) | Q(unit__in=_own_and_above(user))
        return self.filter(_kept(user) | (ours & ~Q(state=RoundState.DRAFT)))

    def for_list(self) -> Self:
        """What a list prints, the latest first, in three queries."""
        found = self.select_related("unit", "campaign").prefetch_related("offers__form")
        return found.order_by("-year", "-due", "-pk")


def _kept(user) -> Q:
    led = user.units_as(Role.LEADER)
    kept = Q(unit__in=[unit.pk for unit in (*led, *(user.taken_over() if led else ()))])
    if Role.BOARD in user.role_names():
        kept |= Q(unit__kind=Kind.PROVINCE) | Q(unit__valid_to__lte=clock.today())
    return kept


def _own_and_above(user) -> list[int]:
    """The units the user works in, those they took over whole, and every unit above one."""
    units = [*(seat.unit for seat in user.seats()), *user.taken_over()]
    return sorted({int(key) for unit in units for key in unit.path.split("/") if key})


class Round(models.Model):
    """One round (đợt khen thưởng): a unit gathers nominations for what it decides itself.

    The province also gathers what it puts forward to the centre. ``state`` is written by
    ``awards.actions.rounds`` and nowhere else.
    """

    FACTS = ("kind", "title", "period_from", "period_to", "opens", "due", "council_on")
    """What people type beside the unit and the forms on offer."""

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="rounds", verbose_name="phong trào"
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="rounds", verbose_name="đơn vị tổ chức đợt"
    )
    kind = models.CharField("loại đợt", max_length=12, choices=RoundKind)
    title = models.CharField("tên đợt", max_length=200)
    period_from = models.DateField("thành tích từ ngày")
    period_to = models.DateField("thành tích đến hết ngày")
    year = models.PositiveSmallIntegerField("năm", editable=False)
    opens = models.DateField("nhận hồ sơ từ ngày")
    due = models.DateField("hạn nhận hồ sơ")
    council_on = models.DateField("ngày dự kiến họp Hội đồng", null=True, blank=True)
    state = models.CharField(
        "trạng thái", max_length=10, choices=RoundState, default=RoundState.DRAFT, editable=False
    )
    opened_at = models.DateTimeField("mở lúc", null=True, editable=False)
    closed_at = models.DateTimeField("đóng lúc", null=True, editable=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = "đợt khen thưởng"
        verbose_name_plural = "đợt khen thưởng"
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "unit", "kind", "year"],
                condition=Q(kind__in=RoundKind.ONCE_A_YEAR),
                name="round_once_a_year",
                violation_error_message="Loại đợt: đơn vị đã có đợt loại này của năm này; hãy sửa "
                "đợt đã có.",
            ),
            models.CheckConstraint(
                condition=Q(period_to__gte=F("period_from")),
                name="round_period_in_order",
                violation_error_message="Thành tích đến hết ngày: không thể trước ngày đầu của "
                "thành tích.",
            ),
            models.CheckConstraint(
                condition=Q(due__gte=F("opens")),
                name="round_due_after_opening",
                violation_error_message="Hạn nhận hồ sơ: không thể trước ngày bắt đầu nhận.",
            ),
            models.CheckConstraint(
                condition=Q(council_on__isnull=True) | Q(council_on__gte=F("due")),
                name="round_council_after_due",
                violation_error_message="Ngày dự kiến họp Hội đồng: không thể trước hạn nhận hồ "
                "sơ.",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", opened_at__isnull=True, closed_at__isnull=True)
                | Q(state="open", opened_at__isnull=False, closed_at__isnull=True)
                | Q(state="closed", opened_at__isnull=False, closed_at__isnull=False),
                name="round_state_is_stamped",
            ),
        ]
        indexes = [models.Index(fields=["-year", "-due"], name="round_list")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("awards:round", args=[self.pk])

    @property
    def is_editable(self) -> bool:
        return self.state in RoundState.EDITABLE

    @property
    def planned_day(self) -> date:
        """The day by which the offices that may decide are asked for: of the council, or else the

        last day of receiving.
        """
        return self.council_on or self.due

    def receives_on(self, day: date) -> bool:
        """Whether nominations are received; the last day counts whole."""
        return self.state == RoundState.OPEN and self.opens <= day <= self.due


class RoundForm(models.Model):
    """One form on offer in a round, with the number advised; more is warned of, never refused."""

    round = models.ForeignKey(
        Round, models.CASCADE, related_name="offers", verbose_name="đợt khen thưởng"
    )
    form = models.ForeignKey(
        AwardForm, models.PROTECT, related_name="+", verbose_name="hình thức khen thưởng"
    )
    quota = models.PositiveSmallIntegerField("chỉ tiêu", null=True, blank=True)

    class Meta:
        verbose_name = "hình thức của đợt khen thưởng"
        verbose_name_plural = "hình thức của đợt khen thưởng"
        ordering = ["form__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "form"], name="round_form_once"),
            models.CheckConstraint(
                condition=Q(quota__isnull=True) | Q(quota__gt=0),
                name="round_form_quota_positive",
                violation_error_message="Chỉ tiêu: phải lớn hơn 0, hoặc để trống.",
            ),
        ]

    def __str__(self):
        return f"{self.form}: {self.quota}" if self.quota else str(self.form)
