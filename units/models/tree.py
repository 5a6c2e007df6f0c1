"""The unit tree. Units live in time; a reorganisation ends units, starts others and links them."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL
from django.urls import reverse

from config.dated import covers, holds_on
from config.fields import ByteOrderField
from config.text import fold, sort_key
from units.kinds import TIER_OF_KIND, Confidence, Kind, Tier


def path_below(path: str, field: str = "path", *, inclusive: bool = True) -> Q:
    """The subtree of ``path`` as one index range.

    A range and not ``startswith``: Django adds ESCAPE to LIKE, which switches the index off on
    SQLite. "0" is the character after "/", so ["1/2/", "1/20") holds the unit and all below.
    """
    lower = "gte" if inclusive else "gt"
    return Q(**{f"{field}__{lower}": path, f"{field}__lt": path[:-1] + "0"})


def alive_on(day: date) -> Q:
    """The units that exist on that date; ``valid_to`` is the first day without the unit."""
    return holds_on(day, starts="valid_from", ends="valid_to")


TAKEN_OVER = """
WITH RECURSIVE ground(unit, kind) AS (
    SELECT id, kind FROM units_unit WHERE id IN ({places})
    UNION
    SELECT old.id, old.kind
    FROM units_succession link
    JOIN ground ON link.successor_id = ground.unit
    JOIN units_unit old ON old.id = link.predecessor_id AND old.kind = ground.kind
    WHERE link.way <> 'split' AND NOT EXISTS (
        SELECT 1 FROM units_succession other
        WHERE other.predecessor_id = link.predecessor_id AND other.id <> link.id
    )
)
SELECT unit FROM ground
"""
"""From some units back along the successions by which a unit went over whole, to one heir."""


class UnitQuerySet(models.QuerySet):
    def as_of(self, day):
        return self.filter(alive_on(day))

    def below(self, unit):
        """The unit and everything under it."""
        return self.filter(path_below(unit.path))

    def on_ground_of(self, units):
        """These units, and the units of their kind that they took over whole, back in time.

        A unit that was split has no single heir: nobody takes over its people's names, or its
        papers, with a part of its ground.
        """
        keys = [unit.pk for unit in units]
        sql = TAKEN_OVER.format(places=", ".join(["%s"] * len(keys)))
        return self.filter(pk__in=RawSQL(sql, keys)) if keys else self.none()  # noqa: S611

    def of_tiers(self, *tiers):
        """The units measured by the criteria of these groups (Section III.1)."""
        return self.filter(kind__in=[kind for kind, tier in TIER_OF_KIND.items() if tier in tiers])

    def matching(self, folded):
        """Units whose name or code holds the folded text, see ``config.text.fold``."""
        return self.filter(Q(search__contains=folded) | Q(code=folded.upper()))

    def in_order(self):
        return self.order_by("sort_key", "valid_from")


class Unit(models.Model):
    """A body of the register, from its first day to the first day without it.

    Key is ``(code, valid_from)``: official codes are reused for other areas. Parent, code and
    kind do not change while the unit lives.
    """

    code = models.CharField("mã", max_length=20)
    name = models.CharField("tên đầy đủ", max_length=200)
    short_name = models.CharField("tên gọn", max_length=120)
    kind = models.CharField("cấp", max_length=20, choices=Kind)
    subtype = models.CharField("loại", max_length=30, blank=True)
    urban = models.BooleanField("khu vực thành thị", default=False)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="đơn vị cấp trên",
    )
    path = ByteOrderField("đường dẫn", max_length=255, editable=False)
    valid_from = models.DateField("có từ ngày")
    valid_to = models.DateField("hết từ ngày", null=True, blank=True)
    search = models.CharField(max_length=400, editable=False)
    sort_key = ByteOrderField(max_length=400, editable=False)
    source = models.CharField("nguồn", max_length=400, blank=True)
    confidence = models.CharField(
        "độ tin cậy", max_length=20, choices=Confidence, default=Confidence.CONFIRMED
    )
    note = models.CharField("ghi chú", max_length=500, blank=True)
    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = "đơn vị"
        verbose_name_plural = "đơn vị"
        constraints = [
            models.UniqueConstraint(
                fields=["code", "valid_from"],
                name="unit_code_once_per_start",
                violation_error_message="Đã có đơn vị mang mã này từ ngày này.",
            ),
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(valid_to__isnull=True),
                name="unit_code_once_alive",
                violation_error_message="Mã này đang thuộc một đơn vị còn hoạt động.",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="unit_ends_after_start",
                violation_error_message="Ngày hết phải sau ngày bắt đầu của đơn vị.",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.PROVINCE, parent__isnull=True)
                | (~Q(kind=Kind.PROVINCE) & Q(parent__isnull=False)),
                name="unit_has_parent_unless_province",
                violation_error_message="Chỉ tỉnh không có đơn vị cấp trên.",
            ),
        ]
        indexes = [
            models.Index(fields=["path"], name="unit_path"),
            models.Index(fields=["kind", "valid_from", "valid_to"], name="unit_kind_validity"),
            models.Index(fields=["sort_key"], name="unit_sort"),
            models.Index(fields=["valid_to"], name="unit_end", condition=Q(valid_to__isnull=False)),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("units:detail", args=[self.pk])

    @property
    def tier(self) -> Tier | None:
        """The group of Section III.1 by which the unit is measured; a province has none."""
        return TIER_OF_KIND.get(self.kind)

    def fill_keys(self) -> None:
        """Set the texts to search in and to order by; every action does so before it writes.

        Territories stand in lists by their own name, as people look for them ("Bắc Bình", not
        "Xã Bắc Bình"), bodies by the full one.
        """
        territory = self.kind in (Kind.PROVINCE, Kind.DISTRICT, Kind.COMMUNE)
        order = f"{self.short_name} {self.name}" if territory else self.name
        self.search = fold(f"{self.name} {self.short_name} {self.code}")[:400]
        self.sort_key = sort_key(order)[:400]

    def place(self) -> str:
        """The path that belongs to the unit: the primary keys from the province down to it."""
        return f"{self.parent.path if self.parent else ''}{self.pk}/"

    @property
    def last_day(self) -> date | None:
        """The last day of the unit's life, as people say it; None while no end is set."""
        return self.valid_to - timedelta(days=1) if self.valid_to else None

    def exists_on(self, day) -> bool:
        return covers(self.valid_from, self.valid_to, day)

    def ground(self) -> list["Unit"]:
        """The unit itself, then those of its kind that it took over whole; one query."""
        older = Unit.objects.on_ground_of([self]).exclude(pk=self.pk)
        return [self, *older.order_by("-valid_from", "pk")]

    def contains(self, other) -> bool:
        """Whether ``other`` is the unit itself or lies below it."""
        return other.path.startswith(self.path)


class Succession(models.Model):
    """One predecessor handing over to one successor on a date, on a legal basis.

    ``successor`` is empty where the sources name no receiving unit: it is marked, not guessed.
    """

    class Way(models.TextChoices):
        MERGE = "merge", "sáp nhập"
        SPLIT = "split", "chia tách"
        RENAME = "rename", "đổi tên, đổi loại"
        TRANSFER = "transfer", "chuyển cấp trên"
        DISSOLVE = "dissolve", "kết thúc hoạt động"

    predecessor = models.ForeignKey(
        Unit, models.PROTECT, related_name="handovers", verbose_name="đơn vị cũ"
    )
    successor = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="takeovers",
        verbose_name="đơn vị mới",
    )
    date = models.DateField("từ ngày")
    way = models.CharField("hình thức", max_length=20, choices=Way)
    share = models.DecimalField(
        "tỷ lệ chuyển sang (phần)",
        max_digits=6,
        decimal_places=5,
        null=True,
        blank=True,
        help_text="Chỉ dùng khi chia tách; tổng các phần bằng 1.",
    )
    basis = models.CharField("căn cứ", max_length=300)
    confidence = models.CharField(
        "độ tin cậy", max_length=20, choices=Confidence, default=Confidence.CONFIRMED
    )
    note = models.CharField("ghi chú", max_length=500, blank=True)

    class Meta:
        verbose_name = "kế thừa đơn vị"
        verbose_name_plural = "kế thừa đơn vị"
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor"],
                name="succession_once_per_pair",
                violation_error_message="Đã ghi đơn vị mới kế thừa đơn vị cũ này.",
            ),
            models.UniqueConstraint(
                fields=["predecessor"],
                condition=Q(successor__isnull=True),
                name="succession_one_end_without_heir",
                violation_error_message="Đơn vị cũ: đã ghi kế thừa, kết thúc không có đơn vị mới.",
            ),
            models.UniqueConstraint(
                fields=["predecessor"],
                condition=~Q(way="split"),
                name="succession_whole_once",
                violation_error_message="Đơn vị cũ: đã ghi kế thừa; từ hai đơn vị mới trở lên thì "
                "mọi dòng phải ghi chia tách.",
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=False) | Q(way="dissolve"),
                name="succession_without_heir_is_an_end",
                violation_error_message="Chỉ khi kết thúc hoạt động mới không có đơn vị mới.",
            ),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__gt=0, share__lte=1),
                name="succession_share_is_a_part",
                violation_error_message="Tỷ lệ chuyển sang phải lớn hơn 0 và không quá 1.",
            ),
        ]

    def __str__(self):
        return f"{self.predecessor} → {self.successor or '(chưa rõ)'} ({self.date:%d/%m/%Y})"
