"""The nouns of ``campaign``: what the plan says, and when things are due."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from config import clock
from config.dated import DatedQuerySet, covers
from units.kinds import Confidence, Role, Tier
from units.models import Unit


class Campaign(models.Model):
    """One emulation campaign (phong trào thi đua) launched by a plan of a province."""

    code = models.SlugField("mã", unique=True)
    title = models.CharField("tên phong trào", max_length=300)
    short_title = models.CharField("tên gọn", max_length=150)
    slogan = models.CharField("khẩu hiệu", max_length=200, blank=True)
    province = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", verbose_name="tỉnh phát động"
    )
    plan_number = models.CharField("số, ký hiệu kế hoạch", max_length=50)
    plan_date = models.DateField("ngày ban hành")
    issuer = models.CharField("cơ quan ban hành", max_length=200, blank=True)
    signer = models.CharField("người ký", max_length=200)
    starts = models.DateField("từ ngày")
    ends = models.DateField("đến hết ngày")
    basis = models.TextField("căn cứ")
    summary = models.TextField("tóm tắt")

    class Meta:
        verbose_name = "phong trào"
        verbose_name_plural = "phong trào"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")), name="campaign_ends_after_start"
            )
        ]

    def __str__(self):
        return self.title


class Goal(models.Model):
    """A target of Section I.1 (T1–T4): measured by a named figure against a number."""

    class Measure(models.TextChoices):
        POOR_RATE = "poor_rate", "tỷ lệ hộ nghèo (từ kết quả rà soát)"
        ETHNIC_SHARE = "ethnic_share_of_poor", "tỷ trọng hộ nghèo DTTS trong tổng số hộ nghèo"
        INDICATOR_SHARE = "indicator_share", "tỷ lệ giữa hai chỉ tiêu của báo cáo"

    class Direction(models.TextChoices):
        BELOW = "below", "dưới"
        AT_LEAST = "at_least", "ít nhất"

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="goals", verbose_name="phong trào"
    )
    code = models.CharField("mã", max_length=10)
    position = models.PositiveSmallIntegerField("thứ tự")
    clause = models.CharField("điều khoản", max_length=50)
    statement = models.TextField("nội dung")
    measure = models.CharField("cách đo", max_length=30, choices=Measure)
    numerator = models.CharField("chỉ tiêu tử số", max_length=60, blank=True)
    denominator = models.CharField("chỉ tiêu mẫu số", max_length=60, blank=True)
    direction = models.CharField("hướng", max_length=10, choices=Direction)
    target = models.DecimalField("mức phấn đấu", max_digits=8, decimal_places=2)
    unit = models.CharField("đơn vị tính", max_length=20)
    due = models.DateField("đến ngày")
    baseline_year = models.PositiveSmallIntegerField("năm gốc", null=True, blank=True)
    note = models.TextField("ghi chú", blank=True)

    class Meta:
        verbose_name = "mục tiêu"
        verbose_name_plural = "mục tiêu"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["campaign", "code"], name="goal_code_once")]

    def __str__(self):
        return f"{self.code}. {self.statement}"

    def reached_by(self, value) -> bool:
        """Whether a value of the measure satisfies the target."""
        if self.direction == self.Direction.BELOW:
            return value < self.target
        return value >= self.target


class Passage(models.Model):
    """A sentence of the plan with its clause: participants (II.1), contents (II.2), solutions."""

    class Part(models.TextChoices):
        PARTICIPANT = "participant", "đối tượng tham gia"
        CONTENT = "content", "nội dung thi đua"
        SOLUTION = "solution", "giải pháp thực hiện"

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="passages", verbose_name="phong trào"
    )
    part = models.CharField("phần", max_length=20, choices=Part)
    position = models.PositiveSmallIntegerField("thứ tự")
    letter = models.CharField("điểm", max_length=5, blank=True)
    clause = models.CharField("điều khoản", max_length=50)
    statement = models.TextField("nội dung")
    tiers = models.JSONField("nhóm đối tượng", default=list, blank=True)

    class Meta:
        verbose_name = "nội dung của kế hoạch"
        verbose_name_plural = "nội dung của kế hoạch"
        ordering = ["part", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "part", "position"], name="passage_position_once"
            )
        ]

    def __str__(self):
        return f"{self.clause}: {self.statement[:60]}"


class Phase(models.Model):
    """A stage of the time table of Section IV."""

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="phases", verbose_name="phong trào"
    )
    position = models.PositiveSmallIntegerField("thứ tự")
    clause = models.CharField("điều khoản", max_length=50)
    title = models.CharField("giai đoạn", max_length=200)
    statement = models.TextField("nội dung")
    starts = models.DateField("từ ngày")
    ends = models.DateField("đến hết ngày")

    class Meta:
        verbose_name = "giai đoạn"
        verbose_name_plural = "giai đoạn"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "position"], name="phase_position_once"),
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="phase_in_order"),
        ]

    def __str__(self):
        return self.title


class PeriodQuerySet(models.QuerySet):
    def with_deadlines(self):
        """The periods with their deadlines in ``deadlines.all()``, two queries."""
        return self.prefetch_related("deadlines")

    def asking(self):
        """The periods for which units owe a report of their own."""
        return self.filter(deadlines__isnull=False).distinct()


class Period(models.Model):
    """A reporting period: a year, the interim or the final review of the campaign."""

    class Kind(models.TextChoices):
        YEARLY = "yearly", "báo cáo năm"
        INTERIM = "interim", "sơ kết"
        FINAL = "final", "tổng kết"

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="periods", verbose_name="phong trào"
    )
    code = models.SlugField("mã", max_length=30)
    kind = models.CharField("loại", max_length=10, choices=Kind)
    year = models.PositiveSmallIntegerField("năm")
    title = models.CharField("tên kỳ", max_length=200)
    clause = models.CharField("điều khoản", max_length=50)
    starts = models.DateField("từ ngày")
    ends = models.DateField("đến hết ngày")
    reference_date = models.DateField(
        "ngày xác định đơn vị", help_text="Danh sách đơn vị của kỳ là các đơn vị tồn tại ngày này."
    )
    note = models.TextField("ghi chú", blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = "kỳ báo cáo"
        verbose_name_plural = "kỳ báo cáo"
        ordering = ["year", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "code"], name="period_code_once"),
            models.UniqueConstraint(
                fields=["campaign", "kind", "year"],
                name="period_once_per_kind_year",
                violation_error_message="Phong trào đã có kỳ loại này của năm này.",
            ),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="period_in_order"),
        ]

    def __str__(self):
        return self.title


class Deadline(models.Model):
    """Two instants per period and tier: due (hạn nộp) and lock (khóa sổ).

    "Before 1 December" (V.4) is due at 30 November 23:59:59 Viet Nam time, that second included.
    """

    period = models.ForeignKey(
        Period, models.CASCADE, related_name="deadlines", verbose_name="kỳ báo cáo"
    )
    tier = models.CharField("nhóm đơn vị", max_length=20, choices=Tier)
    due = models.DateTimeField("hạn nộp")
    lock = models.DateTimeField("khóa sổ")
    note = models.CharField("ghi chú", max_length=300, blank=True)

    class Meta:
        verbose_name = "hạn báo cáo"
        verbose_name_plural = "hạn báo cáo"
        constraints = [
            models.UniqueConstraint(
                fields=["period", "tier"],
                name="deadline_once_per_period_tier",
                violation_error_message="Kỳ này đã có hạn cho nhóm đơn vị này.",
            ),
            models.CheckConstraint(
                condition=Q(lock__gte=F("due")),
                name="deadline_lock_not_before_due",
                violation_error_message="Khóa sổ không thể trước hạn nộp.",
            ),
        ]

    def __str__(self):
        return f"{self.period} – {self.get_tier_display()}"


class ExtensionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the own units and of all below them; all of them for the province's roles."""
        below = user.scope_as(*Role.OF_UNIT, field="unit__path")
        return self.filter(below | user.province_scope())

    def for_list(self):
        """What the list page prints, newest first, in one query."""
        related = ("unit__parent", "deadline__period", "granted_by")
        return self.select_related(*related).order_by("-granted_at", "-pk")


class Extension(models.Model):
    """Leave for one unit to send later than due: who allowed it, why, until when."""

    deadline = models.ForeignKey(
        Deadline, models.PROTECT, related_name="extensions", verbose_name="hạn báo cáo"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="extensions", verbose_name="đơn vị")
    until = models.DateTimeField("được nộp đến")
    reason = models.TextField("lý do")
    granted_at = models.DateTimeField("cho phép lúc")
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người cho phép"
    )

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        verbose_name = "gia hạn"
        verbose_name_plural = "gia hạn"
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="extension_says_why",
                violation_error_message="Cần ghi lý do gia hạn.",
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("granted_at")),
                name="extension_looks_forward",
                violation_error_message="Thời hạn mới phải ở sau thời điểm cho phép.",
            ),
        ]
        indexes = [models.Index(fields=["unit", "deadline"], name="extension_unit")]

    def __str__(self):
        return f"{self.unit} – đến {clock.said(self.until)}"


class Duty(models.Model):
    """Which unit holds a duty of the plan, from a date to the first day without it.

    Code asks for the duty, never for the name of a body.
    """

    class Kind(models.TextChoices):
        RECEIVES_REPORTS = "receives_reports", "đầu mối tiếp nhận, tổng hợp báo cáo"
        COUNCIL_STANDING = "council_standing", "thường trực Hội đồng Thi đua - Khen thưởng"
        POVERTY_LEAD = "poverty_lead", "theo dõi, công bố số liệu giảm nghèo"
        INTERIM_LEAD = "interim_lead", "chủ trì tham mưu sơ kết"
        FINAL_LEAD = "final_lead", "chủ trì tổng kết"
        PUBLICITY = "publicity", "hướng dẫn tuyên truyền"
        INSPECTION = "inspection", "chủ trì kiểm tra"
        BUDGET = "budget", "tổng hợp nhu cầu kinh phí"

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="duties", verbose_name="phong trào"
    )
    kind = models.CharField("nhiệm vụ", max_length=30, choices=Kind)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="duties", verbose_name="đơn vị")
    starts = models.DateField("từ ngày")
    ends = models.DateField("hết từ ngày", null=True, blank=True)
    clause = models.CharField("điều khoản", max_length=50)
    as_written = models.CharField("Kế hoạch ghi", max_length=200, blank=True)
    basis = models.CharField("căn cứ", max_length=300)
    confidence = models.CharField(
        "độ tin cậy", max_length=20, choices=Confidence, default=Confidence.CONFIRMED
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "nhiệm vụ theo kế hoạch"
        verbose_name_plural = "nhiệm vụ theo kế hoạch"
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "kind", "unit", "starts"], name="duty_once_per_start"
            ),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gt=F("starts")),
                name="duty_ends_after_start",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.unit}"

    def held_on(self, day) -> bool:
        return covers(self.starts, self.ends, day)


class ContributionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Given or received by the own units or those below; all for the province's roles."""
        given = user.scope_as(*Role.OF_UNIT, field="giver__path")
        received = user.scope_as(*Role.OF_UNIT, field="receiver__path")
        return self.filter(given | received | user.province_scope())

    def for_list(self):
        """What a list prints, newest year first, in one query."""
        order = ("-year", "receiver__sort_key", "giver__sort_key", "pk")
        return self.select_related("giver", "receiver__parent").order_by(*order)


class Contribution(models.Model):
    """What an enterprise or organisation gave to one commune in one year (III.1.f; annex B3)."""

    giver = models.ForeignKey(
        Unit, models.PROTECT, related_name="contributions", verbose_name="doanh nghiệp, tổ chức"
    )
    year = models.PositiveSmallIntegerField("năm")
    receiver = models.ForeignKey(
        Unit, models.PROTECT, related_name="received", verbose_name="xã, phường, thị trấn nhận"
    )
    amount = models.PositiveBigIntegerField("số tiền và hiện vật quy đổi (đồng)")
    households = models.PositiveIntegerField("số hộ được hỗ trợ", default=0)
    jobs = models.PositiveIntegerField("số việc làm", default=0)
    source = models.ForeignKey(
        "units.Import",
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name="tệp nguồn",
    )

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = "đóng góp"
        verbose_name_plural = "đóng góp"
        constraints = [
            models.UniqueConstraint(
                fields=["giver", "year", "receiver"],
                name="contribution_once",
                violation_error_message="Đã ghi đóng góp của đơn vị này cho xã này trong năm.",
            )
        ]
        indexes = [models.Index(fields=["year", "receiver"], name="contribution_received")]

    def __str__(self):
        return f"{self.giver} – {self.receiver}, {self.year}"
