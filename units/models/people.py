"""Users and the dated appointments from which every right follows."""

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from config import clock
from config.dated import DatedQuerySet, holds_on
from units.kinds import ROLE_DESCRIPTIONS, Kind, Role
from units.models.tree import Succession, Unit, path_below

NAMED_WITHIN = (Kind.COMMUNE, Kind.VILLAGE)
"""Only here are households known by name; above there are counts."""
OFFICES = (Kind.PROVINCE, Kind.DEPARTMENT, Kind.DISTRICT)
"""The bodies above, whose people see no household by name."""


def kept_apart_from(kind: str) -> tuple[Kind, ...]:
    """The kinds of unit in which nobody works who works in one of this kind at the same time."""
    if kind in NAMED_WITHIN:
        return OFFICES
    return NAMED_WITHIN if kind in OFFICES else ()


def naming_ground(units: list[Unit]) -> list[int]:
    """The units whose households these communes or villages know by name.

    They themselves and what they took over whole, with the villages there, and with what each
    village was before: it may have come whole from a commune that was split. A village that went
    over whole goes with its heir, be it into another commune. Two queries.
    """
    if not units:
        return []
    ground = Unit.objects.on_ground_of(units).values("pk")
    villages = _not_taken_over().filter(kind=Kind.VILLAGE, parent__in=ground)
    within = Unit.objects.filter(Q(pk__in=ground) | Q(pk__in=villages.values("pk")))
    found = Unit.objects.on_ground_of(list(within.only("pk")))
    return sorted(found.values_list("pk", flat=True))


def _not_taken_over() -> QuerySet[Unit]:
    """The units that did not go over whole to one unit of their kind so far."""
    links = Succession.objects.filter(predecessor=OuterRef("pk"), date__lte=clock.today())
    taken = links.filter(successor__kind=OuterRef("kind")).exclude(way=Succession.Way.SPLIT)
    return Unit.objects.alias(links=Count("handovers")).exclude(Exists(taken), links=1)


class User(AbstractUser):
    """A person with an account. Rights come from appointments, never from the account."""

    first_name = None
    last_name = None
    full_name = models.CharField("họ và tên", max_length=150)
    position = models.CharField("chức vụ", max_length=150, blank=True)
    password_given = models.BooleanField(
        "mật khẩu do người khác cấp, phải đổi", default=False, db_default=False, editable=False
    )

    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = "tài khoản"
        verbose_name_plural = "tài khoản"

    def __str__(self):
        return self.full_name or self.username

    def get_full_name(self):
        return self.full_name

    def get_short_name(self):
        return self.full_name

    def seats(self):
        """The user's appointments in force today, in units that exist today.

        One query, remembered with the user object.
        """
        if not hasattr(self, "_seats"):
            found = self.appointments.in_force(clock.today()).select_related("unit")
            self._seats = list(found.order_by("pk"))
        return self._seats

    def role_names(self) -> set[str]:
        """The names of the roles held today."""
        return {seat.role for seat in self.seats()}

    def units_as(self, *roles) -> list[Unit]:
        """The units in which the user holds one of the roles today."""
        return [seat.unit for seat in self.seats() if seat.role in roles]

    def scope_as(self, *roles, field: str = "path") -> Q:
        """The subtrees of those units as one condition; nothing when there are none."""
        scope = Q(pk__in=[])
        for unit in self.units_as(*roles):
            scope |= path_below(unit.path, field)
        return scope

    def taken_over(self) -> list[Unit]:
        """The units that those the user works in took over whole; one query, remembered.

        Their papers may be read; nobody writes or signs for a unit that has ended.
        """
        seats = self.seats()
        if getattr(self, "_taken_over", (None, ()))[0] is not seats:
            own = self.units_as(*Role.OF_UNIT)
            older = Unit.objects.on_ground_of(own).exclude(pk__in=[unit.pk for unit in own])
            self._taken_over = (seats, list(older.order_by("-valid_from", "pk")))
        return self._taken_over[1]

    def works_for(self, unit: Unit) -> bool:
        """Whether the user does the unit's part as receiver: of the own unit, or of one that the

        own took over whole.
        """
        return unit in self.units_as(*Role.OF_UNIT) or unit in self.taken_over()

    def province_scope(self) -> Q:
        """Everything, for the roles that work for the whole province; else nothing.

        One portal serves one province and its legal predecessors, whose trees stay apart: the
        board of today must still read the reports of the units of yesterday.
        """
        wide = self.role_names() & set(Role.PROVINCE_WIDE)
        return Q(pk__isnull=False) if wide else Q(pk__in=[])

    def household_scope(self, field: str = "unit") -> Q:
        """Households by name: of the own commune or village, and of those it took over."""
        if not hasattr(self, "_household_units"):
            own = [unit for unit in self.units_as(*Role.OF_UNIT) if unit.kind in NAMED_WITHIN]
            self._household_units = naming_ground(own)
        return Q(**{f"{field}__in": self._household_units})

    def account_scope(self) -> Q:
        """Accounts that the user knows as a leader: their holders have, or had, a role in the

        units led or below them.
        """
        seats = Appointment.objects.filter(self.scope_as(Role.LEADER, field="unit__path"))
        return Q(pk__in=seats.order_by().values("user"))

    def person_scope(self) -> Q:
        """Persons who take part: of the own units, of those they took over, and of all below."""
        scope = self.scope_as(*Role.OF_UNIT, field="unit__path") | self.province_scope()
        for unit in self.taken_over():
            scope |= path_below(unit.path, "unit__path")
        return scope


class AppointmentQuerySet(DatedQuerySet):
    def in_force(self, day):
        """Those that count on the day: nobody works in a unit that has ended, or is yet to come."""
        unit_lives = holds_on(day, starts="unit__valid_from", ends="unit__valid_to")
        return super().in_force(day).filter(unit_lives)

    def beside(self, seat):
        """The other roles of the same person that count on a day on which ``seat`` does."""
        found = self.filter(user=seat.user).exclude(pk=seat.pk)
        for name in ("ends", "unit__valid_to"):
            open_end = Q(**{f"{name}__isnull": True})
            found = found.filter(open_end | Q(**{f"{name}__gt": seat.starts}))
        if ends := [day for day in (seat.ends, seat.unit.valid_to) if day]:
            found = found.filter(starts__lt=min(ends), unit__valid_from__lt=min(ends))
        return found

    def administrators(self, day):
        """The administrators of a day who can sign in."""
        return self.in_force(day).filter(role=Role.ADMINISTRATOR, user__is_active=True)

    def outliving(self, day):
        """Those that go on in name although their unit has ended by that day: nobody was asked

        what becomes of the person. One that was to start after the end never came to be.
        """
        went_on = Q(ends__isnull=True) | Q(ends__gt=F("unit__valid_to"))
        return self.filter(
            went_on, unit__valid_to__lte=day, starts__lt=F("unit__valid_to"), user__is_active=True
        )


class Appointment(models.Model):
    """A person's role in a unit from a date to the first day without it.

    It gives no right on a day on which the unit does not exist.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="appointments",
        verbose_name="người được giao",
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="appointments", verbose_name="đơn vị"
    )
    role = models.CharField("vai trò", max_length=20, choices=Role)
    starts = models.DateField("từ ngày")
    ends = models.DateField("hết từ ngày", null=True, blank=True)
    basis = models.CharField("căn cứ giao", max_length=300, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = "phân công"
        verbose_name_plural = "phân công"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "unit", "role"],
                condition=Q(ends__isnull=True),
                name="appointment_once_alive",
                violation_error_message="Người này đang giữ vai trò này ở đơn vị này.",
            ),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gt=F("starts")),
                name="appointment_ends_after_start",
                violation_error_message="Ngày hết phải sau ngày bắt đầu phân công.",
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.get_role_display()} – {self.unit}"

    @property
    def role_label(self) -> str:
        return self.get_role_display()

    @property
    def role_description(self) -> str:
        return ROLE_DESCRIPTIONS[self.role]
