"""A unit's answers to the criteria of its tier in one period, their evidence and their points."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from campaign.models import Period
from criteria.models.sets import CriteriaSet, Criterion, Item
from criteria.states import AnswerKind, ChecklistState, Grade, Side
from units.kinds import Role
from units.models import Unit, path_below


class Checklist(models.Model):
    """One unit's checklist of one period. ``state`` follows the report that carries it."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="checklists")
    period = models.ForeignKey(Period, models.PROTECT, related_name="checklists")
    criteria_set = models.ForeignKey(CriteriaSet, models.PROTECT, related_name="checklists")
    state = models.CharField(
        "trạng thái", max_length=20, choices=ChecklistState, default=ChecklistState.OPEN
    )
    handed_in_at = models.DateTimeField("nộp lần gần nhất lúc", null=True, editable=False)
    on_time = models.BooleanField("nộp đúng hạn", null=True, editable=False)

    class Meta:
        verbose_name = "bảng tự đánh giá"
        verbose_name_plural = "bảng tự đánh giá"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "period"], name="checklist_once_per_unit_period"
            ),
            models.CheckConstraint(
                condition=Q(state="open") | Q(on_time__isnull=False, handed_in_at__isnull=False),
                name="checklist_handed_in_knows_time",
            ),
        ]
        indexes = [
            models.Index(fields=["period", "criteria_set", "state"], name="checklist_period")
        ]

    def __str__(self):
        return f"{self.unit} – {self.period}"

    @property
    def was_sent(self) -> bool:
        """Whether it has been handed in before; from then on every change is logged."""
        return self.handed_in_at is not None


class Answer(models.Model):
    """What the unit says to one criterion: a grade or a number, with its explanation."""

    checklist = models.ForeignKey(Checklist, models.CASCADE, related_name="answers")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="answers")
    grade = models.CharField("mức đạt", max_length=12, choices=Grade, blank=True)
    value = models.DecimalField("số liệu", max_digits=14, decimal_places=2, null=True, blank=True)
    computed = models.DecimalField(
        "số do hệ thống tính", max_digits=14, decimal_places=2, null=True, editable=False
    )
    computed_met = models.BooleanField("số tính đạt ngưỡng", null=True, editable=False)
    computed_from = models.JSONField("cách tính", default=dict, editable=False)
    explanation = models.TextField("diễn giải", blank=True, max_length=10_000)
    items = models.ManyToManyField(Item, blank=True, verbose_name="các ý đã làm")
    revision = models.PositiveIntegerField(default=0, editable=False)
    edited_at = models.DateTimeField("sửa lúc", null=True, editable=False)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )

    class Meta:
        verbose_name = "trả lời tiêu chí"
        verbose_name_plural = "trả lời tiêu chí"
        constraints = [
            models.UniqueConstraint(
                fields=["checklist", "criterion"], name="answer_once_per_criterion"
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(grade=""),
                name="answer_grade_or_number",
                violation_error_message="Một tiêu chí trả lời bằng mức đạt hoặc bằng số liệu.",
            ),
            models.CheckConstraint(
                condition=Q(computed__isnull=True, computed_met__isnull=True)
                | Q(computed__isnull=False, computed_met__isnull=False),
                name="answer_computed_is_judged",
            ),
        ]

    def __str__(self):
        return f"{self.criterion.clause}: {self.get_grade_display()}"

    def clean(self):
        if self.criterion.criteria_set_id != self.checklist.criteria_set_id:
            raise ValidationError("Tiêu chí không thuộc bộ tiêu chí của đơn vị.")

    @property
    def number(self):
        """The number that counts: the computed one, else the one the unit typed."""
        return self.value if self.computed is None else self.computed

    @property
    def not_arisen(self) -> bool:
        """Left out of the points: there was nothing to do for this unit in this period."""
        return self.grade == Grade.NOT_ARISEN

    @property
    def outcome(self) -> str:
        """The grade; for a number the grade that follows from the threshold. "" = no answer."""
        if self.criterion.kind == AnswerKind.GRADED or self.not_arisen:
            return self.grade
        if self.number is None:
            return ""
        if self.computed is None:
            met = self.criterion.satisfied_by(self.value)
        else:
            met = self.computed_met  # judged before rounding: 50.004 is above 50
        return Grade.MET if met else Grade.NOT_MET


class Score(models.Model):
    """Points given to an answer by one side. A change is a new row; the old ones stay."""

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="scores")
    side = models.CharField("bên chấm", max_length=10, choices=Side)
    points = models.DecimalField("điểm", max_digits=6, decimal_places=2)
    reason = models.TextField("lý do", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("lúc")
    current = models.BooleanField("đang dùng", default=True)

    class Meta:
        verbose_name = "điểm"
        verbose_name_plural = "điểm"
        constraints = [
            models.UniqueConstraint(
                fields=["answer", "side"], condition=Q(current=True), name="score_one_current"
            ),
            models.CheckConstraint(condition=Q(points__gte=0), name="score_not_negative"),
        ]

    def __str__(self):
        return f"{self.get_side_display()}: {self.points}"


def evidence_path(evidence, name):
    """Files lie under a name that tells nothing and never collides."""
    return f"evidence/{evidence.sha256[:2]}/{evidence.sha256}-{evidence.token}"


class EvidenceQuerySet(models.QuerySet):
    def attached(self):
        """What belongs to the answers now; a removed file stays for the versions that name it."""
        return self.filter(removed_at__isnull=True)

    def visible_to(self, user):
        """All of the own unit; from above and for the province, what was sent with a report.

        What a unit that the own one took over whole had sent, is read on.
        """
        own = Q(answer__checklist__unit__in=user.units_as(*Role.OF_UNIT))
        field = "answer__checklist__unit__path"
        above = user.scope_as(*Role.OF_UNIT, field=field) | user.province_scope()
        for unit in user.taken_over():
            above |= path_below(unit.path, field)
        return self.filter(own | above & Q(sent_at__isnull=False))


class Evidence(models.Model):
    """A private file that supports an answer. Taken out of a draft, the row and file stay:

    a version already sent may name it.
    """

    answer = models.ForeignKey(Answer, models.PROTECT, related_name="evidence")
    token = models.UUIDField(unique=True, editable=False)
    file = models.FileField("tệp", upload_to=evidence_path, max_length=200)
    name = models.CharField("tên tệp", max_length=200)
    kind = models.CharField("loại tệp", max_length=10)
    size = models.PositiveIntegerField("dung lượng (byte)")
    sha256 = models.CharField("dấu vân SHA-256", max_length=64)
    added_at = models.DateTimeField("đính kèm lúc")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField("gửi đi lần đầu lúc", null=True, editable=False)
    removed_at = models.DateTimeField("gỡ lúc", null=True, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = "minh chứng"
        verbose_name_plural = "minh chứng"
        constraints = [
            models.UniqueConstraint(
                fields=["answer", "sha256"],
                condition=Q(removed_at__isnull=True),
                name="evidence_once_per_answer",
                violation_error_message="Tệp này đã được đính kèm cho tiêu chí này.",
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="evidence_is_not_empty"),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) | Q(removed_at__gte=F("added_at")),
                name="evidence_removed_after_added",
            ),
        ]

    def __str__(self):
        return self.name
