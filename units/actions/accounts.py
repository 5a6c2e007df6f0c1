"""Accounts opened together with a first role, and the first password given anew."""

from datetime import date
from typing import NamedTuple

from django.db import transaction

from config import clock
from config.workflow import refuse
from units import permissions
from units.actions.checking import anew
from units.actions.people import write_account, write_seat
from units.invitations import invite_after_commit, one_time_password
from units.models import Appointment, Unit, User
from units.staffing import lasting


class Opened(NamedTuple):
    """An account with its role; ``password``: to be shown once, "" where a mail leads in."""

    user: User
    seat: Appointment
    password: str


@transaction.atomic
def open_account(
    user: User,
    unit: Unit,
    role: str,
    *,
    by: User | None,
    starts: date,
    basis: str = "",
    origin: str = "",
    shown: bool = True,
) -> Opened:
    """Make a new account and give it a role, in one act.

    By administrators, or by whoever may hand out that role in that unit. With a mail address the
    person gets a link to set a password (``origin``: the portal's address); without one, a
    password that opens nothing before it is changed, told to the caller and kept nowhere; none
    at all where it cannot be ``shown`` to anybody.
    """
    by = anew(by)
    refuse(by and permissions.keeps_account(by, user, unit, role))
    password = one_time_password() if shown and not user.email else ""
    write_account(user, by=by, password=password)
    seat = write_seat(user, unit, role, by=by, starts=starts, basis=basis)
    if user.email:
        invite_after_commit(user, origin=origin)
    return Opened(user, seat, password)


@transaction.atomic
def renew_password(user: User, *, by: User, origin: str = "") -> str:
    """Give the first password of an account anew: by mail (""), or the one to be shown once."""
    by = anew(by)
    user = User.objects.select_for_update().get(pk=user.pk)
    refuse(permissions.renews_password(by, user, _seats(user)))
    if user.email:
        invite_after_commit(user, origin=origin)
        return ""
    password = one_time_password()
    write_account(user, by=by, password=password)
    return password


def _seats(user: User) -> list[Appointment]:
    """The roles that the account holds today or is to hold."""
    return lasting(user.appointments.select_related("unit", "user"), clock.today())
