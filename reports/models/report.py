"""A unit's report of one period, with its texts, figures and annex rows."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse

from campaign.models import Period
from config import clock
from config.dated import holds_on
from criteria.models import Checklist, Indicator
from reports.models.outline import Annex, OutlineSection
from reports.states import State, Timeliness
from units.kinds import Kind, Role, Tier
from units.models import Succession, Unit, path_below

TO_BOARD = Q(unit__kind=Kind.DEPARTMENT) | ~Q(receiver=F("unit__parent"))
"""Reports that no unit above receives (``campaign.queries.unit_above``): those the board receives

for the holder of the receiving duty, wherever its people are seated.
"""


def counted(of: str = "") -> Q:
    """What sums take in: accepted reports of units on the register of their period.

    A unit that ended before the period's reference date owes it nothing; who took it over reports
    for all of the ground. ``of``: the way to the report ("report__").
    """
    day = F(f"{of}period__reference_date")
    lasting = Q(**{f"{of}unit__valid_to__isnull": True}) | Q(**{f"{of}unit__valid_to__gt": day})
    begun = Q(**{f"{of}unit__valid_from__lte": day})
    return lasting & begun & Q(**{f"{of}state": State.ACCEPTED})


def taken_over_by_nobody(day) -> QuerySet[Unit]:
    """The units that have ended by the day and that no living unit took over whole.

    What was sent to them and still waits is received by the board.
    """
    whole = Succession.objects.exclude(way=Succession.Way.SPLIT).filter(
        holds_on(day, starts="successor__valid_from", ends="successor__valid_to"),
        predecessor=OuterRef("pk"),
        successor__kind=OuterRef("kind"),
    )
    return Unit.objects.filter(~Exists(whole), valid_to__lte=day)


def left_to_board(day) -> Q:
    """Reports whose receiver has ended by the day without an heir that could receive them."""
    return Q(receiver__in=taken_over_by_nobody(day))


class ReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Own reports in every state; from above and for the province, what was sent.

        A unit's reporters and leaders see all below them once sent, and what the units that it
        took over whole, and those below them, had sent; the board, the poverty desk and the
        province's viewers see every report once sent.
        """
        own = Q(unit__in=user.units_as(*Role.OF_UNIT))
        above = user.scope_as(*Role.OF_UNIT, field="unit__path") | user.province_scope()
        for unit in user.taken_over():
            above |= path_below(unit.path, "unit__path")
        return self.filter(own | above & Q(submitted_at__isnull=False))

    def of_own_unit(self, user):
        """The reports that the user helps to write."""
        return self.filter(unit__in=user.units_as(*Role.OF_UNIT))

    def for_page(self):
        """What a page of one report needs at once."""
        return self.select_related(
            "unit", "period__campaign", "receiver", "checklist__criteria_set", "started_by"
        )

    def for_list(self):
        """What a list page prints, in one query."""
        return self.select_related("unit", "period").order_by(
            "-period__year", "unit__sort_key", "pk"
        )


class Report(models.Model):
    """One unit's report of one period.

    ``state`` is written by ``reports.actions`` and nowhere else. ``receiver`` is the unit that
    receives it: the unit above, or the holder of the receiving duty where no unit lies between.
    """

    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="reports", verbose_name="đơn vị báo cáo"
    )
    period = models.ForeignKey(
        Period, models.PROTECT, related_name="reports", verbose_name="kỳ báo cáo"
    )
    tier = models.CharField("nhóm đơn vị", max_length=20, choices=Tier)
    receiver = models.ForeignKey(
        Unit, models.PROTECT, related_name="received_reports", verbose_name="đơn vị nhận"
    )
    checklist = models.OneToOneField(
        Checklist, models.PROTECT, related_name="report", verbose_name="bảng tự đánh giá"
    )
    state = models.CharField("trạng thái", max_length=20, choices=State, default=State.DRAFT)
    timeliness = models.CharField("thời hạn", max_length=10, choices=Timeliness, blank=True)
    started_at = models.DateTimeField("bắt đầu lúc")
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField("gửi lúc", null=True, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    read_at = models.DateTimeField("đơn vị nhận mở xem lúc", null=True, editable=False)
    accepted_at = models.DateTimeField("nhận lúc", null=True, editable=False)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "báo cáo"
        verbose_name_plural = "báo cáo"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "period"],
                name="report_once_per_unit_period",
                violation_error_message="Đơn vị đã có báo cáo của kỳ này.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=State.UNSENT) | Q(submitted_at__isnull=False),
                name="report_sent_is_stamped",
                violation_error_message="Báo cáo đã gửi phải ghi ai gửi, lúc nào, có đúng hạn.",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, submitted_by__isnull=True, timeliness="")
                | Q(submitted_at__isnull=False, submitted_by__isnull=False) & ~Q(timeliness=""),
                name="report_sending_is_whole",
                violation_error_message="Ai gửi, lúc nào, có đúng hạn: ghi đủ hoặc không ghi gì.",
            ),
            models.CheckConstraint(
                condition=Q(state="accepted", accepted_at__isnull=False, accepted_by__isnull=False)
                | ~Q(state="accepted") & Q(accepted_at__isnull=True, accepted_by__isnull=True),
                name="report_accepted_is_stamped",
                violation_error_message="Báo cáo đã nhận phải ghi ai nhận, lúc nào.",
            ),
        ]
        indexes = [
            models.Index(fields=["period", "state"], name="report_period_state"),
            models.Index(fields=["receiver", "state"], name="report_receiver_state"),
        ]

    def __str__(self):
        return f"{self.period.title} – {self.unit.name}"

    def get_absolute_url(self):
        return reverse("reports:detail", args=[self.pk])

    @property
    def is_editable(self) -> bool:
        return self.state in State.EDITABLE

    @property
    def goes_to_board(self) -> bool:
        """``TO_BOARD`` of one report, or ``left_to_board`` today."""
        by_rule = self.unit.kind == Kind.DEPARTMENT or self.receiver_id != self.unit.parent_id
        return by_rule or self.receiver_today is None

    @property
    def receiver_today(self) -> Unit | None:
        """The receiver, or the living unit that took it over whole; None where there is none."""
        today = clock.today()
        if self.receiver.exists_on(today):
            return self.receiver
        whole = self.receiver.handovers.exclude(way=Succession.Way.SPLIT)
        heirs = Unit.objects.as_of(today).filter(takeovers__in=whole, kind=self.receiver.kind)
        return heirs.order_by("pk").first()


class Part(models.Model):
    """What each part of a report carries: who wrote last, and a revision against overwriting."""

    revision = models.PositiveIntegerField(default=0, editable=False)
    edited_at = models.DateTimeField("sửa lúc", null=True, editable=False)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )

    class Meta:
        abstract = True


class Section(Part):
    """The text of one heading."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="sections")
    outline = models.ForeignKey(OutlineSection, models.PROTECT, related_name="+")
    text = models.TextField("nội dung", blank=True, max_length=50_000)

    class Meta:
        verbose_name = "mục báo cáo"
        verbose_name_plural = "mục báo cáo"
        constraints = [
            models.UniqueConstraint(fields=["report", "outline"], name="section_once_per_report")
        ]

    def __str__(self):
        return self.outline.title


class Figure(Part):
    """The value of one indicator; None while it is not entered, which is not nought."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="figures")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="figures")
    value = models.DecimalField("số liệu", max_digits=18, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = "số liệu báo cáo"
        verbose_name_plural = "số liệu báo cáo"
        constraints = [
            models.UniqueConstraint(fields=["report", "indicator"], name="figure_once_per_report")
        ]
        indexes = [models.Index(fields=["indicator", "report"], name="figure_indicator")]

    def __str__(self):
        return self.indicator.label


class AnnexTable(Part):
    """The rows of one annex table: a list of cells by column name, checked against the annex."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="annex_tables")
    annex = models.ForeignKey(Annex, models.PROTECT, related_name="+")
    rows = models.JSONField("các dòng", default=list)

    class Meta:
        verbose_name = "phụ biểu của báo cáo"
        verbose_name_plural = "phụ biểu của báo cáo"
        constraints = [
            models.UniqueConstraint(fields=["report", "annex"], name="annex_table_once_per_report")
        ]

    def __str__(self):
        return str(self.annex)
