"""The tables of a rule set: each row with its clause, its source and how sure it is."""

from datetime import date
from fractions import Fraction

from django.db import models
from django.db.models import F, Q

from awards.kinds import Check, Document, Office, Recipient, VoteBase
from awards.models.forms import AwardForm
from awards.models.rule_sets import RuleSet
from config.dated import covers
from config.text import vn_date, vn_number
from units.kinds import Confidence

UNKNOWN = "chưa có căn cứ"


class Rule(models.Model):
    """One row of a table of a rule set, about one form."""

    FACTS = ()
    """What the row says beside whose it is and where it is written."""
    MARKS = ("clause", "source", "confidence", "note")

    rule_set = models.ForeignKey(RuleSet, models.CASCADE, verbose_name="bộ quy định")
    form = models.ForeignKey(AwardForm, models.PROTECT, verbose_name="hình thức khen thưởng")
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    clause = models.CharField("điều khoản", max_length=200, blank=True)
    source = models.CharField("nguồn", max_length=300)
    confidence = models.CharField("độ tin cậy", max_length=12, choices=Confidence)
    note = models.TextField("ghi chú", blank=True)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    def __str__(self):
        return f"{self.subject}: {self.in_words}"

    @property
    def subject(self) -> str:
        """Whom the row concerns."""
        return str(self.form) if self.form_id else "Mọi hình thức"

    @property
    def in_words(self) -> str:
        """The row as a sentence of the page and of the table to take away."""
        raise NotImplementedError

    def says(self) -> dict:
        """Everything the row says; two editions are compared by it."""
        told = {name: getattr(self, name) for name in (*self.FACTS, *self.MARKS)}
        return {"form": self.form.code if self.form_id else None} | told


def _days(number: int) -> str:
    return f"{vn_number(number)} ngày làm việc"


class Authority(Rule):
    """Who decides a form, for whom, from when to when within the life of the rule set."""

    FACTS = ("decider", "office", "recipients", "valid_from", "valid_to")

    decider = models.CharField("người quyết định", max_length=200)
    office = models.CharField("cấp của người quyết định", max_length=12, choices=Office)
    recipients = models.JSONField("đối tượng được khen", default=list, blank=True)
    valid_from = models.DateField("từ ngày", null=True, blank=True)
    valid_to = models.DateField("hết từ ngày", null=True, blank=True)

    class Meta(Rule.Meta):
        verbose_name = "thẩm quyền quyết định"
        verbose_name_plural = "thẩm quyền quyết định"
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gt=F("valid_from")),
                name="authority_days_in_order",
                violation_error_message="Ngày hết thẩm quyền phải sau ngày có thẩm quyền.",
            )
        ]

    @property
    def decider_by_clause(self) -> str:
        """ "Chủ tịch Ủy ban nhân dân huyện (Luật 2022, Điều 80 khoản 2)"."""
        return f"{self.decider} ({self.clause})" if self.clause else self.decider

    @property
    def ends(self) -> date | None:
        """The first day without it: its own or that of the rule set, whichever comes first."""
        return min(filter(None, (self.valid_to, self.rule_set.valid_to)), default=None)

    def holds_on(self, day: date) -> bool:
        starts = max(filter(None, (self.valid_from, self.rule_set.valid_from)))
        return covers(starts, self.ends, day)

    @property
    def in_words(self):
        told = self.decider
        if self.recipients:
            told += " – cho " + ", ".join(Recipient(each).label for each in self.recipients)
        if self.valid_from:
            told += f"; từ {vn_date(self.valid_from)}"
        return f"{told}; đến trước {vn_date(self.valid_to)}" if self.valid_to else told


class DossierItem(Rule):
    """One document of the dossier for a form; without a recipient it is asked of all."""

    FACTS = ("recipient", "document", "copies", "required")

    recipient = models.CharField("đối tượng", max_length=12, choices=Recipient, blank=True)
    document = models.CharField("tài liệu", max_length=20, choices=Document)
    copies = models.PositiveSmallIntegerField("số bản", null=True, blank=True)
    required = models.BooleanField("bắt buộc", default=True)

    class Meta(Rule.Meta):
        verbose_name = "thành phần hồ sơ"
        verbose_name_plural = "thành phần hồ sơ"
        constraints = [
            models.UniqueConstraint(
                fields=["rule_set", "form", "recipient", "document"],
                name="dossier_item_once",
                violation_error_message="Hồ sơ của hình thức này đã ghi tài liệu này.",
            )
        ]

    @property
    def in_words(self):
        whose = f" ({self.get_recipient_display()})" if self.recipient else ""
        copies = f"{vn_number(self.copies)} bản" if self.copies else f"số bản {UNKNOWN}"
        needed = "bắt buộc" if self.required else "nếu có"
        return f"{self.get_document_display()}{whose}: {copies}, {needed}"


class Timing(Rule):
    """Days that the steps of a form take, and whether opinions and posting are demanded.

    All are working days; empty means that no figure was found.
    """

    FACTS = (
        "processing_days",
        "processing_days_consulted",
        "consults",
        "consultation_days",
        "posts",
        "posting_days",
        "notice_days",
    )

    processing_days = models.PositiveSmallIntegerField("thời hạn xét", null=True, blank=True)
    processing_days_consulted = models.PositiveSmallIntegerField(
        "thời hạn xét khi lấy hiệp y", null=True, blank=True
    )
    consults = models.BooleanField("phải lấy hiệp y", null=True, blank=True)
    consultation_days = models.PositiveSmallIntegerField(
        "thời hạn trả lời hiệp y", null=True, blank=True
    )
    posts = models.BooleanField("phải công khai lấy ý kiến", null=True, blank=True)
    posting_days = models.PositiveSmallIntegerField(
        "thời gian công khai ít nhất", null=True, blank=True
    )
    notice_days = models.PositiveSmallIntegerField(
        "thời hạn thông báo kết quả", null=True, blank=True
    )

    class Meta(Rule.Meta):
        verbose_name = "thời hạn"
        verbose_name_plural = "thời hạn"
        constraints = [
            models.UniqueConstraint(fields=["rule_set", "form"], name="timing_once_per_form")
        ]

    @property
    def in_words(self):
        told = [
            f"{self._meta.get_field(name).verbose_name}: {_days(getattr(self, name))}"
            for name in self.FACTS
            if name.endswith(("days", "consulted")) and getattr(self, name) is not None
        ]
        for name in ("consults", "posts"):
            label, asked = self._meta.get_field(name).verbose_name, getattr(self, name)
            if asked is not None:
                told.append(label if asked else label.replace("phải", "không phải"))
        return "; ".join(told) or UNKNOWN


class VoteRule(Rule):
    """The share of votes that a form needs in the council."""

    FACTS = ("numerator", "denominator", "base", "secret")

    numerator = models.PositiveSmallIntegerField("số phiếu cần", null=True, blank=True)
    denominator = models.PositiveSmallIntegerField("trên tổng số", null=True, blank=True)
    base = models.CharField("tính trên", max_length=20, choices=VoteBase, default=VoteBase.ALL)
    secret = models.BooleanField("bỏ phiếu kín", null=True, blank=True)

    class Meta(Rule.Meta):
        verbose_name = "tỷ lệ phiếu"
        verbose_name_plural = "tỷ lệ phiếu"
        constraints = [
            models.UniqueConstraint(fields=["rule_set", "form"], name="vote_rule_once_per_form"),
            models.CheckConstraint(
                condition=Q(numerator__isnull=True, denominator__isnull=True)
                | Q(numerator__isnull=False, denominator__isnull=False)
                & Q(numerator__gt=0, numerator__lte=F("denominator")),
                name="vote_rule_share_whole",
                violation_error_message="Tỷ lệ phiếu: ghi cả hai số, lớn hơn 0, không quá 100%.",
            ),
        ]

    @property
    def share(self) -> Fraction | None:
        return None if self.numerator is None else Fraction(self.numerator, self.denominator)

    @property
    def in_words(self):
        if self.numerator is None:
            return UNKNOWN
        whole = 100 * self.share
        share = f"{whole}%" if whole.denominator == 1 else f"{self.numerator}/{self.denominator}"
        ways = {True: "bỏ phiếu kín", False: "không bắt buộc bỏ phiếu kín", None: ""}
        told = [f"từ {share} {self.get_base_display()}", ways[self.secret]]
        return ", ".join(part for part in told if part)


class Bonus(Rule):
    """How many times the base salary a form is worth to a kind of recipient."""

    FACTS = ("recipient", "coefficient")

    recipient = models.CharField("đối tượng", max_length=12, choices=Recipient)
    coefficient = models.DecimalField(
        "hệ số so với mức lương cơ sở", max_digits=5, decimal_places=2, null=True, blank=True
    )

    class Meta(Rule.Meta):
        verbose_name = "mức tiền thưởng"
        verbose_name_plural = "mức tiền thưởng"
        constraints = [
            models.UniqueConstraint(
                fields=["rule_set", "form", "recipient"],
                name="bonus_once",
                violation_error_message="Đã ghi mức tiền thưởng của đối tượng này.",
            ),
            models.CheckConstraint(
                condition=Q(coefficient__isnull=True) | Q(coefficient__gt=0),
                name="bonus_coefficient_positive",
                violation_error_message="Hệ số phải lớn hơn 0.",
            ),
        ]

    @property
    def in_words(self):
        known = self.coefficient is not None
        worth = f"hệ số {vn_number(self.coefficient)}" if known else UNKNOWN
        return f"{self.get_recipient_display()}: {worth}"


class Principle(Rule):
    """What a check of ``awards.eligibility`` rests on: its clause, its day and its number.

    A check that needs a day or a number tells nothing where the row is missing.
    """

    FACTS = ("point", "applies_from", "number")

    form = models.ForeignKey(
        AwardForm, models.PROTECT, null=True, blank=True, verbose_name="hình thức khen thưởng"
    )
    point = models.CharField("điểm kiểm tra", max_length=20, choices=Check)
    applies_from = models.DateField("với quyết định từ ngày", null=True, blank=True)
    number = models.PositiveSmallIntegerField("con số", null=True, blank=True)

    class Meta(Rule.Meta):
        verbose_name = "nguyên tắc, điều kiện xét"
        verbose_name_plural = "nguyên tắc, điều kiện xét"
        constraints = [
            models.UniqueConstraint(
                fields=["rule_set", "point"],
                name="principle_once",
                violation_error_message="Bộ quy định đã ghi điểm kiểm tra này.",
            )
        ]

    @property
    def in_words(self):
        told = [self.get_point_display()]
        if self.applies_from:
            told.append(f"với quyết định từ {vn_date(self.applies_from)}")
        if self.number is not None:
            told.append(f"con số: {vn_number(self.number)}")
        return "; ".join(told)


RULES: dict[str, type[Rule]] = {
    "authorities": Authority,
    "dossier_items": DossierItem,
    "timings": Timing,
    "vote_rules": VoteRule,
    "bonuses": Bonus,
    "principles": Principle,
}
"""The tables of a rule set by the name that files and actions call them."""
