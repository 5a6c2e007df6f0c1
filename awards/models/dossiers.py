"""What a dossier holds: the achievement report, the answers to criteria, files, consultations."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from awards.kinds import Document, Recipient
from awards.models.nominations import Nomination
from criteria.models import Criterion
from criteria.states import Grade
from units.kinds import Confidence, Role, Tier
from units.models import Unit


class OutlinePart(models.Model):
    """One part of the skeleton of an achievement report, for a kind of recipient.

    The skeletons agree with the forms annexed to NĐ 91/2017, NĐ 98/2023 (``source``); their
    wording is the portal's. A dossier keeps the titles it was begun with.
    """

    recipient = models.CharField("đối tượng", max_length=12, choices=Recipient)
    short = models.BooleanField("mẫu ngắn (chuyên đề, đột xuất)", default=True)
    code = models.SlugField("mã", max_length=30)
    position = models.PositiveSmallIntegerField("thứ tự")
    heading = models.CharField("mục lớn", max_length=120)
    title = models.CharField("mục", max_length=300)
    hint = models.TextField("gợi ý", blank=True)
    required = models.BooleanField("bắt buộc", default=True)
    prefill = models.CharField("điền sẵn từ", max_length=20, blank=True)
    source = models.CharField("nguồn", max_length=300)
    confidence = models.CharField("độ tin cậy", max_length=12, choices=Confidence)

    class Meta:
        verbose_name = "mục của mẫu báo cáo thành tích"
        verbose_name_plural = "mẫu báo cáo thành tích"
        ordering = ["recipient", "short", "position"]
        constraints = [
            models.UniqueConstraint(fields=["recipient", "short", "code"], name="outline_part_once")
        ]

    def __str__(self):
        return self.title


class AchievementPart(models.Model):
    """One part of a candidate's achievement report, with the title of the day it was begun."""

    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="parts")
    code = models.SlugField("mã", max_length=30)
    position = models.PositiveSmallIntegerField("thứ tự")
    heading = models.CharField("mục lớn", max_length=120)
    title = models.CharField("mục", max_length=300)
    hint = models.TextField("gợi ý", blank=True)
    required = models.BooleanField("bắt buộc", default=True)
    text = models.TextField("nội dung", blank=True, max_length=20_000)
    prefilled = models.TextField("điền sẵn", blank=True, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)
    edited_at = models.DateTimeField("sửa lúc", null=True, editable=False)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )

    class Meta:
        verbose_name = "mục của báo cáo thành tích"
        verbose_name_plural = "báo cáo thành tích"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["nomination", "code"], name="achievement_part_once")
        ]

    def __str__(self):
        return self.title


class NominationAnswer(models.Model):
    """What a candidate without a report of its own answers to one criterion of its group.

    Households (đ), cadres (e), enterprises and individuals (f); other tiers are read from their
    checklist of the period.
    """

    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="answers")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    grade = models.CharField("mức đạt", max_length=12, choices=Grade, blank=True)
    explanation = models.TextField("diễn giải", blank=True, max_length=5_000)

    class Meta:
        verbose_name = "tự đánh giá theo tiêu chí"
        verbose_name_plural = "tự đánh giá theo tiêu chí"
        constraints = [
            models.UniqueConstraint(
                fields=["nomination", "criterion"], name="nomination_answer_once"
            )
        ]

    def __str__(self):
        return f"{self.criterion.clause}: {self.get_grade_display()}"


def dossier_path(file, name):
    """Files lie under a name that tells nothing and never collides."""
    return f"dossiers/{file.sha256[:2]}/{file.sha256}-{file.token}"


class DossierFileQuerySet(models.QuerySet):
    def attached(self):
        return self.filter(removed_at__isnull=True)

    def visible_to(self, user):
        """The files of the nominations that the user may see."""
        return self.filter(nomination__in=Nomination.objects.visible_to(user))


class DossierFile(models.Model):
    """A private file of a dossier, as the document it is. Taken out, row and file stay."""

    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="files")
    document = models.CharField("loại tài liệu", max_length=20, choices=Document)
    token = models.UUIDField(unique=True, editable=False)
    file = models.FileField("tệp", upload_to=dossier_path, max_length=200)
    name = models.CharField("tên tệp", max_length=200)
    kind = models.CharField("loại tệp", max_length=10)
    size = models.PositiveIntegerField("dung lượng (byte)")
    sha256 = models.CharField("dấu vân SHA-256", max_length=64)
    added_at = models.DateTimeField("đính kèm lúc")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    removed_at = models.DateTimeField("gỡ lúc", null=True, blank=True)

    objects = DossierFileQuerySet.as_manager()

    class Meta:
        verbose_name = "tệp của hồ sơ khen thưởng"
        verbose_name_plural = "tệp của hồ sơ khen thưởng"
        constraints = [
            models.UniqueConstraint(
                fields=["nomination", "document", "sha256"],
                condition=Q(removed_at__isnull=True),
                name="dossier_file_once",
                violation_error_message="Tệp này đã có trong hồ sơ.",
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="dossier_file_is_not_empty"),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) | Q(removed_at__gte=F("added_at")),
                name="dossier_file_removed_after_added",
            ),
        ]

    def __str__(self):
        return self.name


class Consultation(models.Model):
    """An opinion asked of a competent body (hiệp y, NĐ 98/2023 Đ31). Silence lets it go on."""

    class Outcome(models.TextChoices):
        AGREES = "agrees", "nhất trí"
        OBJECTS = "objects", "không nhất trí"

    nomination = models.ForeignKey(
        Nomination, models.PROTECT, related_name="consultations", verbose_name="hồ sơ"
    )
    body = models.CharField("cơ quan được hỏi", max_length=200)
    asked_on = models.DateField("hỏi ngày")
    due_on = models.DateField("hạn trả lời", null=True, blank=True)
    answered_on = models.DateField("trả lời ngày", null=True, blank=True)
    outcome = models.CharField("ý kiến", max_length=10, choices=Outcome, blank=True)
    note = models.TextField("nội dung", blank=True, max_length=2_000)

    class Meta:
        verbose_name = "hiệp y"
        verbose_name_plural = "hiệp y"
        ordering = ["asked_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, outcome="")
                | Q(answered_on__gte=F("asked_on")) & ~Q(outcome=""),
                name="consultation_answer_is_dated",
                violation_error_message="Ý kiến trả lời phải ghi ngày, không trước ngày hỏi.",
            )
        ]

    def __str__(self):
        return f"{self.body}: {self.get_outcome_display() or 'chưa trả lời'}"


class FlagQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those to and from the units that the user works in, or whose heirs these are."""
        own = [*user.units_as(*Role.OF_UNIT), *user.taken_over()]
        return self.filter(Q(unit__in=own) | Q(from_unit__in=own))

    def waiting_for(self, user):
        """Those that the user's units have yet to answer."""
        own = [*user.units_as(*Role.OF_UNIT), *user.taken_over()]
        return self.filter(unit__in=own, state="open")

    def for_list(self):
        """What a list prints, the newest first, in one query."""
        return self.select_related("unit", "from_unit", "by").order_by("-at", "-pk")


class Flag(models.Model):
    """A candidate pointed out to the unit in charge, by any unit or the Front."""

    class State(models.TextChoices):
        OPEN = "open", "chưa trả lời"
        TAKEN = "taken", "đã lập hồ sơ"
        DECLINED = "declined", "không lập hồ sơ"

    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="flags", verbose_name="đơn vị phụ trách"
    )
    from_unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", verbose_name="đơn vị giới thiệu"
    )
    recipient = models.CharField("đối tượng", max_length=12, choices=Recipient)
    name = models.CharField("người, tập thể được giới thiệu", max_length=200)
    reason = models.TextField("thành tích", max_length=2_000)
    state = models.CharField(
        "trạng thái", max_length=10, choices=State, default=State.OPEN, editable=False
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False
    )
    at = models.DateTimeField("giới thiệu lúc", editable=False)
    nomination = models.ForeignKey(
        Nomination, models.PROTECT, null=True, related_name="flags", editable=False
    )
    answer = models.TextField("trả lời", blank=True, max_length=2_000)
    answered_at = models.DateTimeField("trả lời lúc", null=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )

    objects = FlagQuerySet.as_manager()

    class Meta:
        verbose_name = "giới thiệu khen thưởng"
        verbose_name_plural = "giới thiệu khen thưởng"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", answered_at__isnull=True, answered_by__isnull=True)
                | ~Q(state="open") & Q(answered_at__isnull=False, answered_by__isnull=False),
                name="flag_answer_is_stamped",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(answer=""),
                name="flag_declined_says_why",
                violation_error_message="Không lập hồ sơ thì cần ghi lý do.",
            ),
        ]

    def __str__(self):
        return f"{self.name}: {self.get_state_display()}"

    def get_absolute_url(self):
        return reverse("awards:flag", args=[self.pk])


TIER_OF_RECIPIENT = {Recipient.HOUSEHOLD: Tier.HOUSEHOLD, Recipient.ENTERPRISE: Tier.ENTERPRISE}
"""The group of Section III.1 whose criteria measure a candidate; see ``tier_of`` for the rest."""
