"""Accounts and the dated roles in units from which every right follows."""

from datetime import date

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from config import clock, mail
from config.text import clean_line, vn_date
from config.workflow import RuleViolation, refuse
from units import permissions, rules
from units.actions.checking import anew, differences, refuse_invalid, stored, tidy
from units.actions.holding import hold_administrators
from units.actions.log import record
from units.kinds import Role
from units.models import Appointment, Unit, User

ACCOUNT_FIELDS = ("username", "full_name", "position", "email", "is_active")


@transaction.atomic
def save_user(user: User, *, by: User | None, password: str = "", reason: str = "") -> User:
    """Make or correct an account; ``password`` sets a new one, which ends its sessions.

    An account by itself gives no right: that takes an appointment. The log never holds a password.
    A new account that brings a hash (moved from elsewhere) keeps it; without any, nobody signs in.
    """
    by = anew(by)
    refuse(by and permissions.keeps_account(by, user))
    return write_account(user, by=by, password=password, reason=reason)


def write_account(user: User, *, by: User | None, password: str = "", reason: str = "") -> User:
    """Write an account once it is allowed, with its log row; inside the transaction of the act.

    A password that somebody else sets must be changed before anything else opens.
    """
    if user.pk and not user.is_active:
        hold_administrators()
    before = stored(user)
    tidy(user, ("full_name", "position"))
    if before is None and not password and not user.password:
        user.set_unusable_password()
    if password:
        _refuse_weak(password, user)
        user.set_password(password)
        user.password_given = by is not None and by.pk != user.pk
    refuse_invalid(user)
    refuse(*rules.obstacles_to_account(user, before))
    user.save()
    if before and before.email != user.email:
        # By these a forgotten password is set anew: whoever reads the old address must not.
        EmailAddress.objects.filter(user=user).delete()
    changes = differences(before, user, ACCOUNT_FIELDS)
    if password:
        changes["password"] = ["", "đã đặt mật khẩu mới"]
    if changes:
        verb = "create" if before is None else "correct"
        record(f"{verb}_user", user, by=by, changes=changes, reason=reason)
    return user


def _refuse_weak(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as errors:
        raise RuleViolation(*(f"Mật khẩu: {message}" for message in errors.messages)) from errors


@transaction.atomic
def appoint(
    user: User,
    unit: Unit,
    role: str,
    *,
    by: User | None,
    starts: date,
    ends: date | None = None,
    basis: str = "",
) -> Appointment:
    """Give ``user`` a role in ``unit`` from ``starts``; ``ends`` is the first day without it.

    ``by=None`` is the system: how the first administrator comes about (``manage.py appoint``).
    """
    by = anew(by)
    refuse(*_obstacles_to_giving(by, user, unit, role))
    return write_seat(user, unit, role, by=by, starts=starts, ends=ends, basis=basis)


def _obstacles_to_giving(by: User | None, user: User, unit: Unit, role: str) -> list[str | None]:
    """What stands against the giver; nothing where it is the system."""
    if by is None:
        return []
    return [permissions.may_appoint(by, unit, role), permissions.gives_to(by, user)]


def write_seat(
    user: User,
    unit: Unit,
    role: str,
    *,
    by: User | None,
    starts: date,
    ends: date | None = None,
    basis: str = "",
) -> Appointment:
    """Write a role once it is allowed, with its log row; inside the transaction of the act.

    Where somebody from outside gives it, the leaders of the unit get a mail after the commit.
    """
    User.objects.select_for_update().get(pk=user.pk)  # two at once must not both pass the rules
    seat = Appointment(user=user, unit=unit, role=role, starts=starts, ends=ends)
    seat.basis = clean_line(basis)
    refuse_invalid(seat)
    refuse(*rules.obstacles_to_appointing(seat))
    seat.save()
    told = differences(None, seat, ("role", "starts", "ends", "basis"))
    record("appoint", seat, by=by, unit=unit, changes=told)
    follow_up(user)
    _tell_leaders(seat, by)
    return seat


def _tell_leaders(seat: Appointment, by: User | None) -> None:
    """A unit hears of whoever is seated in it from above or by an administrator."""
    leaders = Appointment.objects.in_force(clock.today()).filter(unit=seat.unit, role=Role.LEADER)
    leaders = leaders.filter(user__is_active=True)
    told = dict(leaders.exclude(user=seat.user).values_list("user", "user__email"))
    if by is None or by.pk in told:
        return
    mail.send_after_commit(
        to=list(told.values()),
        subject=f"Vai trò mới ở {seat.unit}",
        body=f"{by} đã giao vai trò “{seat.role_label}” ở {seat.unit} cho {seat.user}, từ ngày "
        f"{vn_date(seat.starts)}.\n\nNếu đơn vị không biết việc này, hãy báo ngay cho quản trị "
        "hệ thống; vai trò có ở trang “Người của đơn vị”.",
    )


@transaction.atomic
def end_appointment(
    appointment: Appointment, *, by: User | None, ends: date, reason: str = ""
) -> Appointment:
    """Set the first day without the role, or move it.

    The last leader of a unit stays until there is a successor, unless an administrator says why
    not. ``by=None``, the system, is not held back.
    """
    if appointment.role == Role.ADMINISTRATOR:
        hold_administrators()
    seat, before, by = appointment, stored(appointment), anew(by)
    refuse(by and permissions.may_appoint(by, seat.unit, seat.role))
    seat.ends, reason = ends, clean_line(reason)
    if before.ends and ends > before.ends:  # what was over is given once more
        told = _obstacles_to_giving(by, seat.user, seat.unit, seat.role)
        refuse(*told, rules.keeps_names_apart(seat))
    waived = by is None or bool(reason) and permissions.is_administrator(by)
    refuse(*rules.obstacles_to_ending(seat, waived=waived))
    refuse_invalid(seat)
    seat.save(update_fields=["ends"])
    if changes := differences(before, seat, ("ends",)):
        record("end_appointment", seat, by=by, unit=seat.unit, changes=changes, reason=reason)
    follow_up(seat.user)
    return seat


def follow_up(user: User) -> None:
    """The door of the admin pages stands open to administrators only; the rows ask again."""
    seats = user.appointments.filter(role=Role.ADMINISTRATOR)
    lasting = Q(ends__isnull=True) | Q(ends__gt=clock.today())
    user.is_staff = seats.filter(lasting).exists()
    user.save(update_fields=["is_staff"])
    for name in ("_seats", "_household_units"):
        user.__dict__.pop(name, None)  # remembered with the object, now out of date
