"""Accounts and roles brought in by file, one by one through the acts that pages use."""

from datetime import date

from django.db import connection, transaction
from django.db.models import QuerySet

from config import clock
from config.workflow import Stale, refuse
from units import permissions
from units.actions.accounts import open_account
from units.actions.checking import anew
from units.actions.log import record
from units.actions.people import appoint, follow_up
from units.dependents import built_upon as pointing_at
from units.invitations import known_origin
from units.models import Appointment, Import, ImportRow, User


@transaction.atomic
def write_role(row: ImportRow, new: ImportRow | None, *, by: User | None) -> Appointment:
    """Give the role of one row; ``new`` tells of the account where the file opens one.

    No password is made: a mail leads in, or the leader gives one later. ``Stale`` when somebody
    else has opened an account of that name, who may be another person. The row of the account
    learns which one it became.
    """
    told = {
        "starts": date.fromisoformat(row.values["starts"]),
        "basis": row.values["basis"],
    }
    account = User.objects.filter(username__iexact=row.values["username"]).first()
    if account is None and new is not None:
        told |= {"origin": known_origin(), "shown": False}
        user = User(**new.values)
        opened = open_account(user, row.unit, row.values["role"], by=by, **told)
        new.object_id = opened.user.pk
        new.save(update_fields=["object_id"])
        return opened.seat
    if account is None or new is not None and new.object_id != account.pk:
        raise Stale(
            f"Tài khoản “{row.values['username']}” vừa được người khác lập hoặc đổi tên. Chưa ghi "
            "gì; hãy tải tệp lên lại."
        )
    return appoint(account, row.unit, row.values["role"], by=by, **told)


def built_upon(job: Import) -> list[str]:
    """Why the roles of an import cannot be taken back: somebody has worked with them, or they

    have an end by now, which no file writes.
    """
    rows = job.rows.filter(part="", verdict=ImportRow.Verdict.NEW)
    seats = Appointment.objects.filter(pk__in=rows.values("object_id"))
    return _visits(job, seats) + _ends(seats)


def _ends(seats: QuerySet[Appointment]) -> list[str]:
    """Somebody ended a role by hand, or a reorganisation moved it into another unit."""
    ended = seats.exclude(ends=None).select_related("user", "unit").order_by("user__full_name")
    if not (found := list(ended[:4])):
        return []
    told = "; ".join(str(seat) for seat in found[:3]) + ("…" if len(found) > 3 else "")
    return [
        f"{told}: vai trò đã được ghi ngày hết hoặc chuyển theo sắp xếp đơn vị sau khi nhập tệp. "
        "Hãy sửa từng vai trò ở trang “Người của đơn vị” thay vì hoàn tác."
    ]


def _visits(job: Import, seats: QuerySet[Appointment]) -> list[str]:
    """Somebody has signed in since."""
    since = (job.confirmed_at or job.uploaded_at) - clock.shift()
    been = User.objects.filter(appointments__in=seats, last_login__gte=since).distinct()
    names = list(been.order_by("full_name").values_list("full_name", flat=True)[:4])
    if not names:
        return []
    told = ", ".join(names[:3]) + ("…" if len(names) > 3 else "")
    return [f"{told} đã đăng nhập sau khi nhập tệp; hãy kết thúc từng vai trò thay vì hoàn tác."]


@transaction.atomic
def take_back_role(row: ImportRow, *, by: User | None) -> None:
    """Undo one row: the role goes, and with the last one the account that came with it."""
    by = anew(by)
    seat = Appointment.objects.select_for_update(of=("self",)).select_related("unit", "user")
    seat = seat.filter(pk=row.object_id).first()
    if seat is None:
        raise Stale("Vai trò vừa nhập không còn; hãy tải lại trang.")
    refuse(by and permissions.may_appoint(by, seat.unit, seat.role))
    told = {"starts": [str(seat.starts), ""], "role": [seat.role, ""]}
    record("take_back_appointment", seat, by=by, unit=seat.unit, changes=told)
    user = seat.user
    seat.delete()
    if _came_with(row.source, user):
        record("take_back_user", user, by=by, changes={"username": [user.username, ""]})
        User.objects.filter(pk=user.pk)._raw_delete(connection.alias)
    else:
        follow_up(user)


def _came_with(job: Import, user: User) -> bool:
    """Whether the import opened the account, and nothing hangs on it: no other role, no visit."""
    opened = job.rows.exclude(part="").filter(object_id=user.pk)
    if user.last_login is not None or not opened.exists():
        return False
    return not pointing_at(User.objects.filter(pk=user.pk))
