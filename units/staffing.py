"""Who works in a unit: its roles, how many can do its work, which accounts may be named.

A unit needs two who can write its report, so that it goes on when one of them leaves; and one of
them must be able to sign.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from config import clock
from units import permissions, rules
from units.kinds import Role
from units.models import Appointment, Unit, User

ENOUGH = 2
"""So many editors let a unit's work go on when one of them is away."""


@dataclass
class Staffing:
    """Those who do the work of one unit on a day: account (key and name) → the roles held."""

    unit: Unit
    roles: dict[tuple[int, str], set[str]] = field(default_factory=lambda: defaultdict(set))

    @property
    def lacks(self) -> str:
        """What is missing, in words that say what to do; "" when nothing is."""
        if not self.roles:
            return (
                f"{self.unit} chưa có ai lập hoặc ký báo cáo. Hãy giao vai trò cho ít nhất hai "
                "người."
            )
        if not any(Role.LEADER in held for held in self.roles.values()):
            return f"{self.unit} chưa có lãnh đạo ký báo cáo. Hãy giao vai trò này cho một người."
        if len(self.roles) < ENOUGH:
            _, name = next(iter(self.roles))
            return (
                f"{self.unit} chỉ còn một người làm được việc của đơn vị ({name}). Hãy giao vai "
                "trò cho thêm người, để việc không dừng khi người này vắng."
            )
        return ""


def staffing(units: Iterable[Unit], day: date) -> list[Staffing]:
    """How each unit is staffed on the day; accounts that are locked do not count. One query."""
    found = {unit.pk: Staffing(unit) for unit in units}
    seats = Appointment.objects.in_force(day).filter(unit__in=found, role__in=Role.OF_UNIT)
    seats = seats.filter(user__is_active=True).order_by("user__full_name", "pk")
    for unit, *account, role in seats.values_list("unit", "user", "user__full_name", "role"):
        found[unit].roles[tuple(account)].add(role)
    return list(found.values())


def lacking(user: User, day: date) -> list[Staffing]:
    """The units that the user leads and that lack people; one query, none for others."""
    led = user.units_as(Role.LEADER)
    return [each for each in staffing(led, day) if each.lacks] if led else []


def thinly_staffed(user: User, day: date) -> QuerySet[Unit]:
    """The units below those the user leads that have fewer than enough editors.

    For an administrator those of the whole register. Villages and enterprises count only where
    somebody works already: most of them report through the commune.
    """
    units = managed_units(user).as_of(day).select_related("parent")
    units = units.exclude(pk__in=[unit.pk for unit in user.units_as(Role.LEADER)])
    seats = Appointment.objects.in_force(day).filter(unit=OuterRef("pk"), role__in=Role.OF_UNIT)
    counted = seats.filter(user__is_active=True).order_by().values("unit")
    counted = counted.annotate(number=Count("user", distinct=True)).values("number")
    editors = Coalesce(Subquery(counted, output_field=IntegerField()), 0)
    found = units.annotate(editors=editors).filter(editors__lt=ENOUGH)
    reporting = ~Q(kind__in=permissions.CHAINED) & ~Q(parent=None)
    return found.filter(reporting | Q(editors__gt=0)).order_by("path")


def count_thin(user: User, day: date) -> int:
    """How many these are, for those who can do something about it; else none, unasked."""
    if not user.role_names() & {Role.LEADER, Role.ADMINISTRATOR}:
        return 0
    return thinly_staffed(user, day).count()


def managed_units(user: User) -> QuerySet[Unit]:
    """The units whose people the user manages."""
    if permissions.is_administrator(user):
        return Unit.objects.all()
    return Unit.objects.filter(user.scope_as(*permissions.GRANTS))


def seats_of(unit: Unit) -> QuerySet[Appointment]:
    """Every role ever held in the unit, the latest first."""
    seats = Appointment.objects.filter(unit=unit).select_related("user", "unit")
    return seats.order_by("-starts", "user__full_name", "pk")


def lasting(seats: Iterable[Appointment], day: date) -> list[Appointment]:
    """Those of today and to come, leaders first."""
    found = [seat for seat in seats if seat.ends is None or seat.ends > day]
    return sorted(found, key=lambda seat: (seat.role != Role.LEADER, seat.user.full_name, seat.pk))


@dataclass(frozen=True)
class Held:
    """A role as the page of a unit's people shows it: what the reader may do about it."""

    seat: Appointment
    may_end: bool
    may_renew: bool

    @property
    def last_in(self) -> datetime | None:
        """When the person signed in last."""
        stamped = self.seat.user.last_login
        return stamped and stamped + clock.shift()


def with_deeds(seats: list[Appointment], reader: User, day: date) -> list[Held]:
    """Each role with what may be done; one query, for the roles that the same people hold."""
    everywhere = defaultdict(list)
    others = Appointment.objects.filter(user__in={seat.user_id for seat in seats})
    for other in lasting(others.select_related("unit", "user"), day):
        everywhere[other.user_id].append(other)
    return [
        Held(
            seat,
            permissions.may_appoint(reader, seat.unit, seat.role) is None,
            permissions.renews_password(reader, seat.user, everywhere[seat.user_id]) is None,
        )
        for seat in seats
    ]


def to_hand_over(leaver: User, unit: Unit, reader: User, day: date) -> list[Appointment]:
    """The roles of the leaver in the unit that the reader may pass on."""
    seats = lasting(seats_of(unit).filter(user=leaver), day)
    return [seat for seat in seats if permissions.may_appoint(reader, unit, seat.role) is None]


def grantable(user: User, unit: Unit) -> list[Role]:
    """The roles that the user may hand out in the unit."""
    return [
        role
        for role in Role
        if not permissions.may_appoint(user, unit, role) and not rules.seat_fits_role(unit, role)
    ]


def account_named(words: str, reader: User) -> User:
    """The account of exactly this user name or mail address; nobody browses accounts.

    ``ValidationError`` when the reader knows none, or the address is that of several.
    """
    words, known = words.strip(), permissions.known_accounts(reader)
    by_name = known.filter(username__iexact=words).first() if words else None
    if by_name is not None:
        return by_name
    found = list(known.filter(email__iexact=words).order_by("pk")[:2]) if words else []
    if len(found) == 1:
        return found[0]
    if found:
        raise ValidationError(
            "Nhiều tài khoản dùng địa chỉ thư này. Hãy nhập tên đăng nhập của người cần giao."
        )
    if not permissions.is_administrator(reader):
        raise ValidationError(permissions.UNKNOWN_ACCOUNT)
    raise ValidationError(
        "Không có tài khoản nào đúng tên đăng nhập hoặc địa chỉ thư này. Hãy kiểm tra lại, hoặc "
        "lập tài khoản mới."
    )
