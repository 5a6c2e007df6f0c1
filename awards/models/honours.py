"""The ledger of honours."""

from django.db import models
from django.db.models import F, Q

from awards import kinds, names
from awards.models.forms import AwardForm
from config.fields import ByteOrderField
from config.text import fold, sort_key
from units.models import Unit


class HonourQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Collectives and enterprises are everybody's to see; persons and households by name are

        for their own unit, those above it and the province's roles.
        """
        return self.filter(Q(recipient__in=Honour.Recipient.OPEN) | user.person_scope())

    def found_by(self, text):
        """Those whose name or number has every word of the text, or words that begin so."""
        found = self
        for word in names.words_asked(text):
            found = found.filter(pk__in=HonourWord.objects.beginning(word).values("honour"))
        return found

    def for_list(self):
        """What a list prints, in Vietnamese order of names, in one query."""
        return self.select_related("unit__parent", "form").order_by("sort_key", "decided_on", "pk")


class Honour(models.Model):
    """One award in the ledger of honours: past ones are imported, later ones are decided here.

    The name is kept as the decision writes it; ``unit`` is the unit honoured, or the one that the
    honoured person or household belongs to.
    """

    Recipient = kinds.Recipient

    recipient = models.CharField("đối tượng", max_length=12, choices=Recipient)
    name = models.CharField("tên được ghi trong quyết định", max_length=200)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="honours", verbose_name="đơn vị")
    form = models.ForeignKey(
        AwardForm, models.PROTECT, related_name="honours", verbose_name="hình thức khen thưởng"
    )
    number = models.CharField("số quyết định", max_length=100)
    decided_on = models.DateField("ngày quyết định")
    issuer = models.CharField("cơ quan quyết định", max_length=200)
    achievement = models.CharField("thành tích", max_length=500, blank=True)
    period_from = models.PositiveSmallIntegerField("thành tích từ năm", null=True, blank=True)
    period_to = models.PositiveSmallIntegerField("thành tích đến năm", null=True, blank=True)
    award_type = models.CharField(
        "loại khen thưởng",
        max_length=12,
        choices=kinds.AwardType,
        default=kinds.AwardType.MOVEMENT,
    )
    revoked_on = models.DateField("hủy bỏ từ ngày", null=True, editable=False)
    search = models.CharField(max_length=400, editable=False)
    sort_key = ByteOrderField(max_length=200, editable=False)
    name_key = ByteOrderField(max_length=400, editable=False)
    source = models.ForeignKey(
        "units.Import",
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name="tệp nguồn",
    )

    objects = HonourQuerySet.as_manager()

    class Meta:
        verbose_name = "khen thưởng đã có"
        verbose_name_plural = "khen thưởng đã có"
        constraints = [
            models.UniqueConstraint(
                fields=["number", "decided_on", "recipient", "unit", "name"],
                name="honour_once_per_decision",
                violation_error_message="Quyết định này đã ghi khen thưởng cho đối tượng này.",
            ),
            models.CheckConstraint(
                condition=Q(period_from__isnull=True, period_to__isnull=True)
                | Q(period_to__gte=F("period_from")),
                name="honour_period_in_order",
                violation_error_message="Năm cuối của thành tích không thể trước năm đầu.",
            ),
        ]
        indexes = [
            models.Index(fields=["sort_key"], name="honour_sort"),
            models.Index(fields=["unit", "decided_on"], name="honour_unit"),
            models.Index(fields=["name_key"], name="honour_name"),
        ]

    def __str__(self):
        return f"{self.name}: {self.form}, {self.number}"

    def fill_keys(self) -> None:
        """Set the texts to search in, to order by and to compare names by; every action does so."""
        self.search = fold(f"{self.name} {self.number}")[:400]
        self.sort_key = sort_key(self.name)[:200]
        self.name_key = names.name_key(self.name, self.recipient)[:400]

    def word_rows(self) -> list["HonourWord"]:
        """The words by which a saved entry is found; every action writes them with it."""
        found = sorted(names.words_of(self.name, self.number))
        return [HonourWord(honour=self, word=word) for word in found]

    @property
    def period(self) -> str:
        """The years of the achievement: "2021–2023", "2023", or nothing."""
        if self.period_from is None:
            return ""
        if self.period_from == self.period_to:
            return str(self.period_from)
        return f"{self.period_from}–{self.period_to}"


class HonourWordQuerySet(models.QuerySet):
    def beginning(self, word):
        """One index range; LIKE would leave the index aside on SQLite."""
        return self.filter(word__gte=word, word__lt=f"{word}\U0010ffff")


class HonourWord(models.Model):
    """A folded word of an entry's name or number, so that both databases find it by an index."""

    honour = models.ForeignKey(
        Honour, models.CASCADE, related_name="words", verbose_name="khen thưởng"
    )
    word = ByteOrderField("từ", max_length=names.LONGEST_WORD)

    objects = HonourWordQuerySet.as_manager()

    class Meta:
        verbose_name = "từ để tìm khen thưởng"
        verbose_name_plural = "từ để tìm khen thưởng"
        constraints = [
            models.UniqueConstraint(fields=["word", "honour"], name="honour_word_once"),
        ]

    def __str__(self):
        return self.word
