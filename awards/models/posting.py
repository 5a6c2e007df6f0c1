"""Public lists of candidates, for the days that the form demands, and what people say to them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from awards.models.nominations import Nomination
from awards.models.rounds import Round
from config import clock


class PostingQuerySet(models.QuerySet):
    def shown_on(self, day):
        """The lists that the public sees on the day; they come and go by themselves."""
        return self.filter(
            Q(taken_down_on__isnull=True) | Q(taken_down_on__gt=day),
            opens__lte=day,
            closes__gte=day,
        )


class Posting(models.Model):
    """One list posted for opinions (NĐ 98/2023 Đ46 k2): who, of where, for which form – no more.

    ``closes`` is its last day. What it lists never changes.
    """

    round = models.ForeignKey(
        Round, models.PROTECT, related_name="postings", verbose_name="đợt khen thưởng"
    )
    opens = models.DateField("công khai từ ngày")
    closes = models.DateField("công khai đến hết ngày")
    posted_at = models.DateTimeField("đăng lúc", editable=False)
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False
    )
    taken_down_on = models.DateField("gỡ ngày", null=True, editable=False)
    take_down_reason = models.TextField("lý do gỡ", blank=True, editable=False)

    objects = PostingQuerySet.as_manager()

    class Meta:
        verbose_name = "danh sách công khai lấy ý kiến"
        verbose_name_plural = "danh sách công khai lấy ý kiến"
        ordering = ["-opens", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes__gte=F("opens")),
                name="posting_days_in_order",
                violation_error_message="Công khai đến hết ngày: không thể trước ngày đầu.",
            ),
            models.CheckConstraint(
                condition=Q(taken_down_on__isnull=True, take_down_reason="")
                | Q(taken_down_on__isnull=False) & ~Q(take_down_reason=""),
                name="posting_taken_down_says_why",
            ),
        ]

    def __str__(self):
        return f"Danh sách công khai – {self.round.title}"

    def get_absolute_url(self):
        return reverse("awards:posting", args=[self.pk])

    def is_shown_on(self, day) -> bool:
        """Whether the public sees it; its last day counts whole."""
        down = self.taken_down_on is not None and self.taken_down_on <= day
        return self.opens <= day <= self.closes and not down

    @property
    def is_over(self) -> bool:
        """Whether the public no longer sees it, nor will."""
        return self.taken_down_on is not None or self.closes < clock.today()

    @property
    def in_words(self) -> str:
        """Where the list stands today, in words."""
        if self.taken_down_on:
            return "đã gỡ"
        if self.is_over:
            return "đã hết hạn"
        return "đang công khai" if self.opens <= clock.today() else "chưa đến ngày"


class PostedNomination(models.Model):
    """One line of a list, with the words that the public saw."""

    posting = models.ForeignKey(Posting, models.PROTECT, related_name="lines")
    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="postings")
    name = models.CharField("tên", max_length=200)
    place = models.CharField("đơn vị", max_length=300)
    form = models.CharField("hình thức đề nghị", max_length=200)

    class Meta:
        verbose_name = "dòng của danh sách công khai"
        verbose_name_plural = "dòng của danh sách công khai"
        constraints = [
            models.UniqueConstraint(fields=["posting", "nomination"], name="posted_once")
        ]

    def __str__(self):
        return f"{self.name}: {self.form}"


class Objection(models.Model):
    """An opinion on a posted candidate, from whoever leaves a contact; handled with an answer."""

    class Outcome(models.TextChoices):
        UPHELD = "upheld", "ý kiến đúng"
        DISMISSED = "dismissed", "không có căn cứ"
        NOTED = "noted", "ghi nhận, không ảnh hưởng việc xét"

    line = models.ForeignKey(PostedNomination, models.PROTECT, related_name="objections")
    name = models.CharField("họ và tên người góp ý", max_length=150)
    contact = models.CharField("điện thoại hoặc thư điện tử", max_length=150)
    text = models.TextField("nội dung góp ý", max_length=3_000)
    received_at = models.DateTimeField("nhận lúc", editable=False)
    outcome = models.CharField("kết quả xem xét", max_length=10, choices=Outcome, blank=True)
    answer = models.TextField("nội dung trả lời", blank=True, max_length=3_000)
    handled_at = models.DateTimeField("xem xét xong lúc", null=True, editable=False)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )

    class Meta:
        verbose_name = "ý kiến về danh sách công khai"
        verbose_name_plural = "ý kiến về danh sách công khai"
        ordering = ["received_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(handled_at__isnull=True, handled_by__isnull=True, outcome="")
                | Q(handled_at__isnull=False, handled_by__isnull=False)
                & ~Q(outcome="")
                & ~Q(answer=""),
                name="objection_handled_whole",
                violation_error_message="Xem xét xong thì ghi cả kết quả và nội dung trả lời.",
            )
        ]

    def __str__(self):
        return f"Ý kiến về {self.line.name}"
