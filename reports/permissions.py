"""Who: each predicate returns a reason in Vietnamese, or None when nothing is in the way."""

from units.kinds import Kind, Role
from units.models import Appointment


def people_of(unit, *roles, day):
    """The names of those who hold one of the roles in the unit; for "who can help"."""
    seats = Appointment.objects.in_force(day).filter(
        unit=unit, role__in=roles, user__is_active=True
    )
    return sorted({seat.user.full_name for seat in seats.select_related("user")})


def works_in_unit(user, report, now=None):
    """The reporters and leaders of the unit write its report."""
    if report.unit in user.units_as(Role.REPORTER, Role.LEADER):
        return None
    return f"Chỉ người lập báo cáo hoặc lãnh đạo của {report.unit} mới làm được việc này."


def leads_unit(user, report, now):
    """Only the unit's leader signs and sends (design 1)."""
    if report.unit in user.units_as(Role.LEADER):
        return None
    names = people_of(report.unit, Role.LEADER, day=now.date())
    who = f" Người ký của đơn vị: {', '.join(names)}." if names else ""
    return f"Chỉ lãnh đạo {report.unit} mới ký, gửi được.{who}"


def receives(user, report, now=None):
    """The unit above receives; where the receiver holds the province's duty, the board does."""
    receiver = report.receiver
    if receiver.kind == Kind.DEPARTMENT:
        allowed = Role.BOARD in user.role_names()
        who = "Ban Thi đua – Khen thưởng"
    else:
        allowed = receiver in user.units_as(Role.REPORTER, Role.LEADER)
        who = receiver.name
    return None if allowed else f"Chỉ {who} mới nhận hoặc trả lại được báo cáo này."
