"""Staff change: the roles of one person go over to another on a day."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from config import mail
from config.text import clean_line, vn_date
from config.workflow import refuse
from units import permissions, rules
from units.actions.checking import anew
from units.actions.log import record
from units.actions.people import appoint, end_appointment
from units.models import Appointment, User


@transaction.atomic
def hand_over(
    seats: Sequence[Appointment], heir: User, *, by: User, day: date, basis: str = ""
) -> list[Appointment]:
    """Give the roles of one person to ``heir`` from ``day`` on; the roles that the heir holds then.

    A role that the heir holds already simply ends for the one who leaves. Effects: roles given and
    ended with a log row each, one for the whole; a mail to both after the commit.
    """
    by, basis = anew(by), clean_line(basis)
    seats = list(Appointment.objects.filter(pk__in=[seat.pk for seat in seats]).select_related(
        "unit", "user").order_by("pk"))  # fmt: skip
    refuse(*_obstacles(seats, heir, by, day))
    leaver, taken = seats[0].user, []
    for seat in seats:
        kept = _held_by(heir, seat, day)
        taken.append(kept or appoint(heir, seat.unit, seat.role, by=by, starts=day, basis=basis))
    for seat in seats:
        end_appointment(seat, by=by, ends=day)
    told = {"to": [str(leaver), str(heir)], "day": ["", str(day)], "seats": ["", _named(seats)]}
    record("hand_over", leaver, by=by, unit=seats[0].unit, changes=told, reason=basis)
    _announce(seats, leaver, heir, day)
    return taken


def _obstacles(seats, heir: User, by: User, day: date) -> list[str]:
    """Everything that stands against it, of all the roles together."""
    if not seats:
        return ["Hãy chọn ít nhất một vai trò để bàn giao."]
    if any(seat.user_id != seats[0].user_id for seat in seats) or seats[0].user_id == heir.pk:
        return ["Người nhận: phải là người khác với người bàn giao."]
    found = [permissions.may_appoint(by, seat.unit, seat.role) for seat in seats]
    for seat in seats:
        if seat.starts >= day or (seat.ends and seat.ends <= day):
            told = f"{seat.get_role_display()} – {seat.unit}"
            found.append(f"Từ ngày: {vn_date(day)} không nằm trong thời gian giữ vai trò {told}.")
        elif _held_by(heir, seat, day) is None:
            found.append(permissions.gives_to(by, heir))
            asked = Appointment(user=heir, unit=seat.unit, role=seat.role, starts=day)
            found += rules.obstacles_to_appointing(asked)
    return list(dict.fromkeys(reason for reason in found if reason))


def _held_by(heir: User, seat: Appointment, day: date) -> Appointment | None:
    """The same role in the same unit, which the heir holds then with no end in sight."""
    held = heir.appointments.in_force(day).filter(unit=seat.unit, role=seat.role, ends=None)
    return held.select_related("unit").first()


def _named(seats: Sequence[Appointment]) -> str:
    return "; ".join(f"{seat.get_role_display()} – {seat.unit}" for seat in seats)


def _announce(seats, leaver: User, heir: User, day: date) -> None:
    """Both are told what changes for them, and when."""
    roles = "".join(f"- {seat.get_role_display()} – {seat.unit}\n" for seat in seats)
    subject = f"Bàn giao vai trò từ ngày {vn_date(day)}"
    mail.send_after_commit(
        to=[leaver.email],
        subject=subject,
        body=f"Từ ngày {vn_date(day)}, {heir} nhận các vai trò sau của bạn:\n{roles}\nĐến hết ngày "
        "hôm trước bạn vẫn làm việc như thường; tệp bạn đã tải lên mà chưa xác nhận, hãy xác nhận "
        "hoặc hủy trước ngày đó.",
    )
    mail.send_after_commit(
        to=[heir.email],
        subject=subject,
        body=f"Từ ngày {vn_date(day)}, bạn nhận các vai trò sau của {leaver}:\n{roles}\nBáo cáo "
        "đang lập của đơn vị có ở trang “Việc của tôi”.",
    )
