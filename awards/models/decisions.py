"""What goes out: submissions to the deciding office, decisions and their lines, presentations."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from awards import names
from awards.kinds import AwardType, DecisionKind, Office, Recipient
from awards.models.forms import AwardForm
from awards.models.honours import Honour
from awards.models.nominations import Nomination
from awards.models.rounds import Round
from awards.models.rule_sets import RuleSet
from awards.states import SubmissionState
from config import clock
from config.fields import ByteOrderField
from units.kinds import Kind, Role
from units.models import Unit


def left_to_board() -> Q:
    """What a unit that has ended left behind is for the board to bring to its end."""
    return Q(unit__valid_to__lte=clock.today())


class SubmissionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The unit's own, for its people; the province's and ended units' for the board."""
        own = Q(unit__in=[*user.units_as(*Role.OF_UNIT), *user.taken_over()])
        if Role.BOARD in user.role_names():
            own |= Q(unit__kind=Kind.PROVINCE) | left_to_board()
        return self.filter(own)


class Submission(models.Model):
    """A tờ trình: one unit submits nominations of one type, for one decider, to one addressee.

    What may not be mixed never is: type, and the head of state's forms with the Prime Minister's
    (note to the forms of NĐ 98/2023).
    """

    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="submissions", verbose_name="đơn vị trình"
    )
    round = models.ForeignKey(
        Round, models.PROTECT, related_name="submissions", verbose_name="đợt khen thưởng"
    )
    award_type = models.CharField("loại khen thưởng", max_length=12, choices=AwardType)
    decider = models.CharField("người có thẩm quyền quyết định", max_length=200)
    addressee = models.CharField("kính gửi", max_length=200)
    state = models.CharField(
        "trạng thái",
        max_length=10,
        choices=SubmissionState,
        default=SubmissionState.DRAFT,
        editable=False,
    )
    number = models.CharField("số tờ trình", max_length=100, blank=True)
    dated_on = models.DateField("ngày tờ trình", null=True, blank=True)
    made_at = models.DateTimeField("lập lúc", editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False
    )
    content = models.JSONField("nội dung đã chốt", null=True, editable=False)
    sha256 = models.CharField("dấu vân SHA-256", max_length=64, blank=True, editable=False)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = "tờ trình khen thưởng"
        verbose_name_plural = "tờ trình khen thưởng"
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft")
                | Q(state="sent", dated_on__isnull=False, content__isnull=False)
                & ~Q(number="")
                & ~Q(sha256=""),
                name="submission_sent_is_numbered",
                violation_error_message="Tờ trình đã trình phải có số và ngày.",
            ),
            models.UniqueConstraint(
                fields=["unit", "number", "dated_on"],
                condition=Q(state="sent"),
                name="submission_number_once",
                violation_error_message="Số và ngày tờ trình này đã được nhập.",
            ),
        ]

    def __str__(self):
        return f"Tờ trình {self.number or '(dự thảo)'}: {self.get_award_type_display()}"

    def get_absolute_url(self):
        return reverse("awards:submission", args=[self.pk])


class SubmissionLine(models.Model):
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="lines")
    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="submissions")
    position = models.PositiveSmallIntegerField("thứ tự")

    class Meta:
        verbose_name = "dòng của tờ trình"
        verbose_name_plural = "dòng của tờ trình"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["nomination"],
                name="submission_line_once",
                violation_error_message="Hồ sơ này đã có trong một tờ trình.",
            )
        ]

    def __str__(self):
        return str(self.nomination)


class DecisionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The issuing unit's people; the board for the province's, those from above, and those of

        units that have ended.
        """
        own = Q(unit__in=[*user.units_as(*Role.OF_UNIT), *user.taken_over()])
        if Role.BOARD in user.role_names():
            own |= Q(unit__kind=Kind.PROVINCE) | left_to_board()
        return self.filter(own)


class Decision(models.Model):
    """A decision once it is there, with its number and date: never changed (trigger).

    ``unit`` keeps it: the one that decided, or the province for decisions from above. A mistake is
    mended by a further decision. Money follows the rule set and the base salary of
    ``decided_on``.
    """

    kind = models.CharField(
        "loại quyết định", max_length=12, choices=DecisionKind, default=DecisionKind.AWARD
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="decisions", verbose_name="đơn vị ra, nhận quyết định"
    )
    round = models.ForeignKey(
        Round, models.PROTECT, related_name="decisions", verbose_name="đợt khen thưởng"
    )
    submission = models.ForeignKey(
        Submission,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name="tờ trình",
    )
    form = models.ForeignKey(
        AwardForm, models.PROTECT, related_name="decisions", verbose_name="hình thức khen thưởng"
    )
    award_type = models.CharField("loại khen thưởng", max_length=12, choices=AwardType)
    office = models.CharField("cấp quyết định", max_length=12, choices=Office)
    decider = models.CharField("người quyết định", max_length=200)
    signer = models.CharField("người ký", max_length=150, blank=True)
    number = models.CharField("số quyết định", max_length=100)
    number_key = ByteOrderField(max_length=100, editable=False)
    decided_on = models.DateField("ngày quyết định")
    rule_set = models.ForeignKey(
        RuleSet, models.PROTECT, related_name="decisions", verbose_name="bộ quy định áp dụng"
    )
    fund = models.CharField("nguồn tiền thưởng", max_length=200)
    reason = models.TextField("lý do hủy bỏ", blank=True)
    issued_at = models.DateTimeField("nhập lúc", editable=False)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False
    )
    content = models.JSONField("nội dung đã chốt", editable=False)
    sha256 = models.CharField("dấu vân SHA-256", max_length=64, editable=False)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "quyết định khen thưởng"
        verbose_name_plural = "quyết định khen thưởng"
        ordering = ["-decided_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "number", "decided_on"],
                name="decision_number_once",
                violation_error_message="Số và ngày quyết định này đã được nhập.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="revocation") | ~Q(reason=""),
                name="decision_revocation_says_why",
                violation_error_message="Hủy bỏ khen thưởng cần ghi lý do.",
            ),
        ]

    def __str__(self):
        return f"Quyết định số {self.number}"

    def get_absolute_url(self):
        return reverse("awards:decision", args=[self.pk])

    def fill_keys(self) -> None:
        """Set the text by which the number is found, however it is typed."""
        self.number_key = names.number_key(self.number)[:100]


class DecisionLine(models.Model):
    """One recipient of a decision, with the sum and everything it was worked out from (đồng).

    ``paid`` is empty where no figure is known (``problem`` says which). A line of a revocation
    points at the line it takes back; its ``paid`` is the sum to be refunded.
    """

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField("thứ tự")
    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="decision_lines")
    revokes = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="revoked_by", verbose_name="hủy bỏ dòng"
    )
    honour = models.OneToOneField(
        Honour, models.PROTECT, null=True, related_name="line", verbose_name="khen thưởng đã ghi"
    )
    recipient = models.CharField("đối tượng", max_length=12, choices=Recipient)
    name = models.CharField("tên", max_length=200)
    title = models.CharField("danh xưng", max_length=10, blank=True)
    post = models.CharField("chức vụ, nghề nghiệp", max_length=200, blank=True)
    address = models.CharField("đơn vị, địa chỉ", max_length=300, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị")
    achievement = models.CharField("thành tích", max_length=500, blank=True)
    period_from = models.DateField("thành tích từ ngày")
    period_to = models.DateField("thành tích đến hết ngày")
    woman = models.BooleanField("nữ", null=True)
    direct = models.BooleanField("trực tiếp", default=False)
    coefficient = models.DecimalField("hệ số", max_digits=5, decimal_places=2, null=True)
    salary = models.DecimalField("mức lương cơ sở", max_digits=12, decimal_places=0, null=True)
    product = models.DecimalField("tích", max_digits=14, decimal_places=2, null=True)
    paid = models.DecimalField("tiền thưởng", max_digits=14, decimal_places=2, null=True)
    problem = models.CharField("chưa tính được vì", max_length=300, blank=True)
    check_code = models.CharField("mã kiểm tra", max_length=40, unique=True, editable=False)

    class Meta:
        verbose_name = "dòng của quyết định"
        verbose_name_plural = "dòng của quyết định"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "nomination"], name="decision_line_once"),
            models.CheckConstraint(
                condition=Q(paid__isnull=True)
                | Q(coefficient__isnull=False, salary__isnull=False, product__isnull=False),
                name="decision_line_sum_has_its_parts",
            ),
        ]

    def __str__(self):
        return f"{self.name}: {self.decision}"

    @property
    def taken_back_by(self) -> "DecisionLine | None":
        """The line of a revocation that takes this one back."""
        return getattr(self, "revoked_by", None)

    @property
    def handed_over(self) -> "Presentation | None":
        return getattr(self, "presentation", None)


class MinorityCount(models.Model):
    """How many recipients of a kind in a decision are of an ethnic minority: a count, no names."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="minority_counts")
    recipient = models.CharField("đối tượng", max_length=12, choices=Recipient)
    number = models.PositiveIntegerField("trong đó dân tộc thiểu số")

    class Meta:
        verbose_name = "số lượng dân tộc thiểu số"
        verbose_name_plural = "số lượng dân tộc thiểu số"
        constraints = [
            models.UniqueConstraint(fields=["decision", "recipient"], name="minority_count_once")
        ]

    def __str__(self):
        return f"{self.decision}: {self.number}"


class Presentation(models.Model):
    """That an award was handed over: when, where."""

    line = models.OneToOneField(DecisionLine, models.PROTECT, related_name="presentation")
    presented_on = models.DateField("ngày trao")
    place = models.CharField("nơi trao", max_length=200, blank=True)

    class Meta:
        verbose_name = "lần trao thưởng"
        verbose_name_plural = "trao thưởng"

    def __str__(self):
        return f"{self.line.name}: {self.presented_on}"
