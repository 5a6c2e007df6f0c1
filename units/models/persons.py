"""Persons who take part (II.1, III.1.e, f): cadres of poverty work, individuals here and abroad."""

from django.db import models
from django.db.models import F, Q

from config.fields import ByteOrderField
from units.models.tree import Unit


class PersonQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Persons of the own unit and of all below it; the province's roles see every one."""
        return self.filter(user.person_scope())

    def matching(self, folded):
        return self.filter(search__contains=folded)

    def in_order(self):
        return self.order_by("sort_key", "pk")


class Person(models.Model):
    """A person who takes part in the campaign, apart from any account.

    Least data: name, post, unit, and what the statistics of awards need (sex, direct worker).
    """

    class Kind(models.TextChoices):
        CADRE = "cadre", "cán bộ, công chức, viên chức, người làm công tác giảm nghèo"
        INDIVIDUAL = "individual", "cá nhân trong tỉnh"
        OVERSEAS = "overseas", "người Việt Nam ở nước ngoài"
        FOREIGNER = "foreigner", "người nước ngoài"

    class Sex(models.TextChoices):
        FEMALE = "female", "nữ"
        MALE = "male", "nam"

    name = models.CharField("họ và tên", max_length=150)
    kind = models.CharField("đối tượng", max_length=12, choices=Kind)
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="persons", verbose_name="đơn vị, nơi theo dõi"
    )
    position = models.CharField("chức vụ, nghề nghiệp", max_length=150, blank=True)
    sex = models.CharField("giới tính", max_length=6, choices=Sex, blank=True)
    direct_worker = models.BooleanField("người trực tiếp lao động, công tác", default=False)
    takes_part_from = models.DateField("tham gia từ ngày")
    takes_part_to = models.DateField("hết tham gia từ ngày", null=True, blank=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)
    search = models.CharField(max_length=400, editable=False)
    sort_key = ByteOrderField(max_length=200, editable=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = "cá nhân"
        verbose_name_plural = "cá nhân"
        constraints = [
            models.CheckConstraint(
                condition=Q(takes_part_to__isnull=True) | Q(takes_part_to__gt=F("takes_part_from")),
                name="person_leaves_after_joining",
                violation_error_message="Ngày hết tham gia phải sau ngày bắt đầu.",
            )
        ]
        indexes = [
            models.Index(fields=["unit", "sort_key"], name="person_unit"),
            models.Index(fields=["sort_key"], name="person_sort"),
        ]

    def __str__(self):
        return self.name
