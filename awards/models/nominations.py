"""Nominations: who is put forward for which form in a round, by whom, and where that stands."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from awards import names
from awards.kinds import AwardType, Recipient
from awards.models.rounds import RoundForm
from awards.models.rule_sets import RuleSet
from awards.states import NominationState
from config import clock
from config.fields import ByteOrderField
from config.text import fold, sort_key
from units.kinds import Kind, Role
from units.models import Household, Person, Unit, path_below


class NominationQuerySet(models.QuerySet):
    def visible_to(self, user) -> Self:
        """All of the own unit; what was sent, on its way up: for every unit above the proposer as

        far as the round's own, for the board in the province's rounds, and for the council whose
        session has it before it. Who took a unit over whole reads on.
        """
        own = [*user.units_as(*Role.OF_UNIT), *user.taken_over()]
        mine = Q(proposer__in=own)
        on_the_way = Q(pk__in=[])
        for unit in own:
            within = Q(offer__round__unit=unit) | ~Q(offer__round__unit__path__startswith=unit.path)
            on_the_way |= path_below(unit.path, "proposer__path") & within
            on_the_way |= Q(offer__round__unit=unit)
        if Role.BOARD in user.role_names():
            on_the_way |= Q(offer__round__unit__kind=Kind.PROVINCE)
            on_the_way |= Q(offer__round__unit__valid_to__lte=clock.today())
        at_council = Q(cases__session__seats__member__user=user.pk)
        sent = ~Q(state__in=NominationState.UNSENT)
        found = self.filter(mine | (on_the_way & sent)).values("pk")
        before_council = self.filter(at_council, sent).values("pk")
        return self.filter(Q(pk__in=found) | Q(pk__in=before_council))

    def for_list(self) -> Self:
        """What a list prints, in Vietnamese order of names, in one query."""
        return self.select_related(
            "offer__form", "offer__round__unit", "unit__parent", "proposer", "desk"
        ).order_by("sort_key", "pk")

    def living(self) -> Self:
        """Those that are still on their way or were honoured."""
        return self.exclude(state__in=NominationState.DEAD)

    def in_list(self, keys) -> Self:
        """Those whose numbers a form sent; what is no number names none."""
        return self.filter(pk__in=[key for key in keys if key.isdecimal() and len(key) < 18])

    def found_by(self, text) -> Self:
        return self.filter(search__contains=fold(text))


class Nomination(models.Model):
    """One candidate put forward for one form on offer in a round.

    ``unit`` is the collective or enterprise itself, or the unit that the person or household
    belongs to. ``desk`` is the unit whose turn it is. ``rule_set`` is the law of the day the
    dossier was received: procedure follows it to the end (NĐ 152/2025 Đ60 k3). ``state`` and
    ``desk`` are written by ``awards.actions.moving`` and nowhere else.
    """

    FACTS = (
        "award_type",
        "name",
        "post",
        "address",
        "period_from",
        "period_to",
        "achievement",
        "women_share",
        "direct",
    )
    """What people type beside the candidate, the form and the proposing unit."""

    offer = models.ForeignKey(
        RoundForm, models.PROTECT, related_name="nominations", verbose_name="hình thức đề nghị"
    )
    award_type = models.CharField(
        "loại khen thưởng", max_length=12, choices=AwardType, default=AwardType.MOVEMENT
    )
    recipient = models.CharField("đối tượng", max_length=12, choices=Recipient)
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="nominations", verbose_name="tập thể, nơi quản lý"
    )
    person = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="nominations",
        verbose_name="cá nhân",
    )
    household = models.ForeignKey(
        Household,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="nominations",
        verbose_name="hộ gia đình",
    )
    name = models.CharField("tên ghi trong quyết định", max_length=200)
    post = models.CharField("chức vụ, nghề nghiệp", max_length=200, blank=True)
    address = models.CharField("đơn vị công tác, địa chỉ", max_length=300, blank=True)
    proposer = models.ForeignKey(
        Unit, models.PROTECT, related_name="proposals", verbose_name="đơn vị đề nghị"
    )
    desk = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", verbose_name="đang ở đơn vị", editable=False
    )
    period_from = models.DateField("thành tích từ ngày")
    period_to = models.DateField("thành tích đến hết ngày")
    achievement = models.CharField(
        "thành tích ghi trong quyết định",
        max_length=500,
        blank=True,
        help_text="Một câu, ví dụ: Có thành tích xuất sắc trong phong trào thi đua …",
    )
    women_share = models.PositiveSmallIntegerField(
        "tỷ lệ nữ của tập thể (%)", null=True, blank=True
    )
    direct = models.BooleanField("người trực tiếp lao động, công tác; tập thể nhỏ", default=False)
    state = models.CharField(
        "trạng thái",
        max_length=12,
        choices=NominationState,
        default=NominationState.DRAFT,
        editable=False,
    )
    rule_set = models.ForeignKey(
        RuleSet,
        models.PROTECT,
        null=True,
        related_name="nominations",
        editable=False,
        verbose_name="bộ quy định áp dụng",
    )
    received_on = models.DateField("ngày nhận hồ sơ", null=True, editable=False)
    submitted_at = models.DateTimeField("trình lúc", null=True, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    appraised_at = models.DateTimeField("thẩm định lúc", null=True, editable=False)
    appraised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    departure = models.TextField("lý do khác bảng xếp hạng", blank=True, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)
    search = models.CharField(max_length=400, editable=False)
    sort_key = ByteOrderField(max_length=200, editable=False)
    name_key = ByteOrderField(max_length=400, editable=False)

    objects = NominationQuerySet.as_manager()

    class Meta:
        verbose_name = "hồ sơ đề nghị khen thưởng"
        verbose_name_plural = "hồ sơ đề nghị khen thưởng"
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    recipient__in=Recipient.OPEN, person__isnull=True, household__isnull=True
                )
                | Q(recipient="person", person__isnull=False, household__isnull=True)
                | Q(recipient="household", person__isnull=True, household__isnull=False),
                name="nomination_names_its_candidate",
                violation_error_message="Đối tượng: chọn đúng một tập thể, cá nhân hoặc hộ.",
            ),
            models.UniqueConstraint(
                fields=["offer", "unit"],
                condition=Q(recipient__in=Recipient.OPEN) & ~Q(state__in=NominationState.DEAD),
                name="nomination_collective_once",
                violation_error_message="Tập thể này đã được đề nghị hình thức này trong đợt.",
            ),
            models.UniqueConstraint(
                fields=["offer", "person"],
                condition=Q(person__isnull=False) & ~Q(state__in=NominationState.DEAD),
                name="nomination_person_once",
                violation_error_message="Người này đã được đề nghị hình thức này trong đợt.",
            ),
            models.UniqueConstraint(
                fields=["offer", "household"],
                condition=Q(household__isnull=False) & ~Q(state__in=NominationState.DEAD),
                name="nomination_household_once",
                violation_error_message="Hộ này đã được đề nghị hình thức này trong đợt.",
            ),
            models.CheckConstraint(
                condition=Q(period_to__gte=F("period_from")),
                name="nomination_period_in_order",
                violation_error_message="Thành tích đến hết ngày: không thể trước ngày đầu.",
            ),
            models.CheckConstraint(
                condition=Q(women_share__isnull=True) | Q(women_share__lte=100),
                name="nomination_women_share_is_share",
                violation_error_message="Tỷ lệ nữ: từ 0 đến 100.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=NominationState.UNSENT)
                | Q(
                    received_on__isnull=False,
                    submitted_at__isnull=False,
                    submitted_by__isnull=False,
                ),
                name="nomination_sent_is_stamped",
            ),
            models.CheckConstraint(
                condition=Q(appraised_at__isnull=True, appraised_by__isnull=True)
                | Q(appraised_at__isnull=False, appraised_by__isnull=False),
                name="nomination_appraisal_stamped_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["offer", "state"], name="nomination_offer_state"),
            models.Index(fields=["desk", "state"], name="nomination_desk"),
            models.Index(fields=["proposer", "state"], name="nomination_proposer"),
            models.Index(fields=["unit"], name="nomination_unit"),
            models.Index(fields=["name_key"], name="nomination_name"),
            models.Index(fields=["sort_key"], name="nomination_sort"),
        ]

    def __str__(self):
        return f"{self.name}: {self.offer.form}"

    def get_absolute_url(self):
        return reverse("awards:nomination", args=[self.pk])

    def fill_keys(self) -> None:
        """Set the texts to search in, to order by and to compare names by; every action does so."""
        self.search = fold(f"{self.name} {self.address}")[:400]
        self.sort_key = sort_key(self.name)[:200]
        self.name_key = names.name_key(self.name, self.recipient)[:400]

    @property
    def round(self):
        return self.offer.round

    @property
    def form(self):
        return self.offer.form

    @property
    def is_editable(self) -> bool:
        return self.state in NominationState.EDITABLE

    @property
    def is_open(self) -> bool:
        """Whether everybody may see the name once it is honoured."""
        return self.recipient in Recipient.OPEN


class NominationStep(models.Model):
    """One step taken: by whom, when, why, from desk to desk. The table only grows (trigger)."""

    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="steps")
    name = models.CharField("bước", max_length=20)
    label = models.CharField("việc", max_length=60)
    source = models.CharField("từ", max_length=12, choices=NominationState)
    target = models.CharField("đến", max_length=12, choices=NominationState)
    from_desk = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    to_desk = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("lúc")
    note = models.TextField("ý kiến", blank=True)

    class Meta:
        verbose_name = "bước xử lý hồ sơ khen thưởng"
        verbose_name_plural = "bước xử lý hồ sơ khen thưởng"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name__in=["return", "refuse", "withdraw", "take_back", "revoke"])
                | ~Q(note=""),
                name="nomination_step_back_says_why",
                violation_error_message="Bước này cần ghi lý do.",
            )
        ]

    def __str__(self):
        return f"{self.label} – {clock.said(self.at)}"
