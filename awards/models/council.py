"""The council: its members and terms, its sessions, presence, recusals and the tally.

How the secrecy of ballots is kept: ``Vote`` says that a seat has voted and not what; the choices
are added up in ``Case.box``, which is sealed with a key outside the database and written anew at
each vote, so that neither a row, an order nor a time ties a choice to a member.
"""

from fractions import Fraction

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from awards.kinds import CouncilPost, Presence, VoteWay
from awards.models.law import VoteRule
from awards.models.nominations import Nomination
from awards.models.rounds import Round
from awards.states import SessionState
from config import clock
from config.dated import DatedQuerySet
from units.kinds import Confidence, Kind, Role
from units.models import Unit


class CouncilQuerySet(models.QuerySet):
    def kept_by(self, user):
        """The councils whose members and sessions the user keeps, see ``awards.permissions``."""
        led = user.units_as(Role.LEADER)
        kept = Q(unit__in=[*led, *(user.taken_over() if led else ())])
        if Role.BOARD in user.role_names():
            kept |= Q(unit__kind=Kind.PROVINCE) | Q(unit__valid_to__lte=clock.today())
        return self.filter(kept)

    def visible_to(self, user):
        """Those kept, and those the user is or was a member of."""
        own = self.filter(members__user=user.pk).values("pk")
        found = self.filter(Q(pk__in=self.kept_by(user).values("pk")) | Q(pk__in=own))
        return found.select_related("unit").order_by("unit__path")


class Council(models.Model):
    """The emulation and commendation council of a unit, with the quorum of its own rules."""

    unit = models.OneToOneField(Unit, models.PROTECT, related_name="council", verbose_name="đơn vị")
    name = models.CharField("tên Hội đồng", max_length=200)
    quorum_numerator = models.PositiveSmallIntegerField(
        "số thành viên dự ít nhất", null=True, blank=True
    )
    quorum_denominator = models.PositiveSmallIntegerField("trên tổng số", null=True, blank=True)
    quorum_source = models.CharField("căn cứ về số thành viên dự họp", max_length=300, blank=True)
    confidence = models.CharField(
        "độ tin cậy", max_length=12, choices=Confidence, default=Confidence.PARTIAL
    )

    objects = CouncilQuerySet.as_manager()

    class Meta:
        verbose_name = "Hội đồng thi đua, khen thưởng"
        verbose_name_plural = "Hội đồng thi đua, khen thưởng"
        constraints = [
            models.CheckConstraint(
                condition=Q(quorum_numerator__isnull=True, quorum_denominator__isnull=True)
                | Q(quorum_numerator__gt=0, quorum_denominator__gte=F("quorum_numerator")),
                name="council_quorum_is_share",
                violation_error_message="Số thành viên dự họp: ghi cả hai số, không quá 100%.",
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("awards:council", args=[self.pk])

    @property
    def quorum(self) -> Fraction | None:
        """The share of the members that must take part; None where no rule is known."""
        if self.quorum_numerator is None:
            return None
        return Fraction(self.quorum_numerator, self.quorum_denominator)


class CouncilMember(models.Model):
    """A member of a council, from a date to the first day without; with an account or without."""

    council = models.ForeignKey(Council, models.PROTECT, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="council_memberships",
        verbose_name="tài khoản",
    )
    name = models.CharField("họ và tên", max_length=150)
    position = models.CharField("chức vụ", max_length=200, blank=True)
    post = models.CharField("chức danh trong Hội đồng", max_length=12, choices=CouncilPost)
    place = models.PositiveSmallIntegerField("thứ tự", default=0)
    starts = models.DateField("từ ngày")
    ends = models.DateField("hết từ ngày", null=True, blank=True)
    basis = models.CharField("quyết định cử", max_length=300, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "thành viên Hội đồng"
        verbose_name_plural = "thành viên Hội đồng"
        ordering = ["place", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gt=F("starts")),
                name="council_member_ends_after_start",
                violation_error_message="Ngày hết phải sau ngày bắt đầu.",
            ),
            models.UniqueConstraint(
                fields=["council", "user"],
                condition=Q(ends__isnull=True, user__isnull=False),
                name="council_member_once",
                violation_error_message="Người này đang là thành viên Hội đồng.",
            ),
        ]

    def __str__(self):
        return self.name


class SessionQuerySet(models.QuerySet):
    def kept_by(self, user):
        """The sessions that the user prepares and records."""
        return self.filter(council__in=Council.objects.kept_by(user).values("pk"))

    def visible_to(self, user):
        """Those kept, and those the user is invited to."""
        invited = self.filter(seats__member__user=user.pk).values("pk")
        return self.filter(Q(pk__in=self.kept_by(user).values("pk")) | Q(pk__in=invited))

    def for_list(self):
        return self.select_related("council__unit", "round__unit").order_by("-held_at", "-pk")


class Session(models.Model):
    """One session of a council on the nominations of a round.

    Seats and cases stand once voting has begun; once it is closed nothing changes (triggers).
    ``state`` is written by ``awards.actions.council`` and nowhere else.
    """

    council = models.ForeignKey(
        Council, models.PROTECT, related_name="sessions", verbose_name="Hội đồng"
    )
    round = models.ForeignKey(
        Round, models.PROTECT, related_name="sessions", verbose_name="đợt khen thưởng"
    )
    held_at = models.DateTimeField("thời gian họp")
    place = models.CharField("địa điểm", max_length=200)
    agenda = models.TextField("nội dung họp", blank=True, max_length=3_000)
    state = models.CharField(
        "trạng thái",
        max_length=10,
        choices=SessionState,
        default=SessionState.PLANNED,
        editable=False,
    )
    opened_at = models.DateTimeField("mở bỏ phiếu lúc", null=True, editable=False)
    closed_at = models.DateTimeField("đóng bỏ phiếu lúc", null=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    paper_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name="người nhập phiếu giấy",
    )
    paper_at = models.DateTimeField("nhập phiếu giấy lúc", null=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name="người xác nhận phiếu giấy",
    )
    confirmed_at = models.DateTimeField("xác nhận phiếu giấy lúc", null=True, editable=False)
    minutes = models.JSONField("biên bản", null=True, editable=False)
    sha256 = models.CharField("dấu vân SHA-256", max_length=64, blank=True, editable=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = "phiên họp Hội đồng"
        verbose_name_plural = "phiên họp Hội đồng"
        constraints = [
            models.CheckConstraint(
                condition=Q(state="planned", opened_at__isnull=True, closed_at__isnull=True)
                | Q(state="voting", opened_at__isnull=False, closed_at__isnull=True)
                | Q(
                    state="closed",
                    opened_at__isnull=False,
                    closed_at__isnull=False,
                    closed_by__isnull=False,
                    minutes__isnull=False,
                )
                & ~Q(sha256=""),
                name="session_stamped_by_state",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_at__isnull=False, paper_by__isnull=False)
                & ~Q(confirmed_by=F("paper_by")),
                name="session_paper_needs_two_people",
                violation_error_message="Phiếu giấy do một người nhập, một người khác xác nhận.",
            ),
        ]

    def __str__(self):
        return f"{self.council}: {self.round.title}"

    def get_absolute_url(self):
        return reverse("awards:session", args=[self.pk])


class Seat(models.Model):
    """A member in a session, as invited; how they take part."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="seats")
    member = models.ForeignKey(CouncilMember, models.PROTECT, related_name="seats")
    name = models.CharField("họ và tên", max_length=150)
    position = models.CharField("chức vụ", max_length=200, blank=True)
    post = models.CharField("chức danh trong Hội đồng", max_length=12, choices=CouncilPost)
    presence = models.CharField("dự họp", max_length=10, choices=Presence, default=Presence.UNKNOWN)
    on_paper = models.BooleanField("bỏ phiếu giấy", default=False)

    class Meta:
        verbose_name = "thành viên dự họp"
        verbose_name_plural = "thành viên dự họp"
        ordering = ["member__place", "pk"]
        constraints = [models.UniqueConstraint(fields=["session", "member"], name="seat_once")]

    def __str__(self):
        return self.name


class Case(models.Model):
    """One nomination before a session, with its tally once voting is closed.

    ``base`` is the number of members that the share is taken of, ``needed`` the votes that it
    asks for, ``passed`` the verdict. Where no rule is known, the council says itself how many
    votes it asks for, and why (``needed``, ``conclusion``), before the boxes are opened. The
    ``paper_…`` counts stand only until they are added up: of few paper ballots they tell whose.
    """

    session = models.ForeignKey(Session, models.PROTECT, related_name="cases")
    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="cases")
    position = models.PositiveSmallIntegerField("thứ tự")
    rule = models.ForeignKey(
        VoteRule,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name="quy định về tỷ lệ phiếu",
    )
    box = models.TextField(blank=True, editable=False)
    members = models.PositiveSmallIntegerField("tổng số thành viên", null=True, editable=False)
    recused = models.PositiveSmallIntegerField("không được bỏ phiếu", null=True, editable=False)
    base = models.PositiveSmallIntegerField("số thành viên để tính", null=True, editable=False)
    needed = models.PositiveSmallIntegerField("số phiếu cần", null=True, editable=False)
    paper_for = models.PositiveSmallIntegerField("phiếu giấy đồng ý", null=True, editable=False)
    paper_against = models.PositiveSmallIntegerField(
        "phiếu giấy không đồng ý", null=True, editable=False
    )
    paper_invalid = models.PositiveSmallIntegerField(
        "phiếu giấy không hợp lệ", null=True, editable=False
    )
    votes_for = models.PositiveSmallIntegerField("đồng ý", null=True, editable=False)
    votes_against = models.PositiveSmallIntegerField("không đồng ý", null=True, editable=False)
    votes_invalid = models.PositiveSmallIntegerField("không hợp lệ", null=True, editable=False)
    passed = models.BooleanField("được thông qua", null=True, editable=False)
    verdict = models.TextField("kết quả", blank=True, editable=False)
    conclusion = models.TextField("kết luận của Hội đồng", blank=True, editable=False)

    class Meta:
        verbose_name = "hồ sơ trong phiên họp"
        verbose_name_plural = "hồ sơ trong phiên họp"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "nomination"], name="case_once"),
            models.CheckConstraint(
                condition=Q(votes_for__isnull=True)
                | Q(
                    members__gte=F("recused")
                    + F("votes_for")
                    + F("votes_against")
                    + F("votes_invalid")
                ),
                name="case_no_more_votes_than_members",
            ),
        ]

    def __str__(self):
        return str(self.nomination)


class Recusal(models.Model):
    """A member who does not vote on a case: by the portal's knowledge, or by own word."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="recusals")
    seat = models.ForeignKey(Seat, models.CASCADE, related_name="recusals")
    derived = models.BooleanField("do hệ thống xác định", default=False)
    reason = models.CharField("lý do", max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    at = models.DateTimeField("lúc", editable=False)

    class Meta:
        verbose_name = "không tham gia bỏ phiếu"
        verbose_name_plural = "không tham gia bỏ phiếu"
        constraints = [
            models.UniqueConstraint(fields=["case", "seat"], name="recusal_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="recusal_says_why"),
        ]

    def __str__(self):
        return f"{self.seat}: {self.reason}"


class Vote(models.Model):
    """That a seat has voted, and by what way; once, and never what. The table only grows.

    The seat is the key: there is no number of its own that would tell in what order people voted.
    """

    seat = models.OneToOneField(Seat, models.PROTECT, primary_key=True, related_name="vote")
    way = models.CharField("cách bỏ phiếu", max_length=6, choices=VoteWay)

    class Meta:
        verbose_name = "lượt bỏ phiếu"
        verbose_name_plural = "lượt bỏ phiếu"

    def __str__(self):
        return f"{self.seat}: {self.get_way_display()}"
