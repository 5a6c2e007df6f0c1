"""Who: each predicate returns a reason in Vietnamese, or None when nothing is in the way."""

from django.db.models import Q

from campaign.models import Duty
from campaign.queries import duty_holder
from config import clock
from reports.leading import DUTY_OF_KIND
from units.kinds import Role
from units.permissions import works_in
from units.queries import people_as


def works_in_unit(user, report, now=None):
    """The reporters and leaders of the unit write its report."""
    return works_in(user, report.unit)


def leads_unit(user, report, now):
    """Only the unit's leader signs and sends (design 1)."""
    if report.unit in user.units_as(Role.LEADER):
        return None
    leaders = people_as(Role.LEADER, day=clock.day_of(now), unit=report.unit)
    names = leaders.order_by("full_name").values_list("full_name", flat=True)
    who = f" Người ký của đơn vị: {', '.join(names)}." if names else ""
    return f"Chỉ lãnh đạo {report.unit} mới ký, gửi được.{who}"


def receives(user, report, now=None):
    """The unit above receives; for the holder of the province's duty, the board does.

    Once the unit above has ended, whoever took it over whole receives what was sent to it, and
    the board where there is nobody.
    """
    if report.goes_to_board:
        allowed = Role.BOARD in user.role_names()
    else:
        allowed = user.works_for(report.receiver)
    if allowed:
        return None
    receiver = report.receiver_today or report.receiver
    return f"Chỉ {receiver.name} mới nhận hoặc trả lại được báo cáo này."


def receives_from_others(user, report, now=None):
    """The same, but nobody receives or sends back what they write or sign themselves."""
    if refusal := receives(user, report):
        return refusal
    if works_in_unit(user, report):
        return None
    return (
        f"Bạn lập hoặc ký báo cáo của {report.unit} nên không tự nhận, trả lại báo cáo này; hãy "
        "nhờ người khác của đơn vị nhận."
    )


def reads_as_heir(user, report) -> bool:
    """Whether the user sees the report only because the own unit took over the one that sent it."""
    within = any(above.contains(report.unit) for above in user.units_as(*Role.OF_UNIT))
    if within or user.role_names() & set(Role.PROVINCE_WIDE):
        return False
    return any(older.contains(report.unit) for older in user.taken_over())


def followed_scope(user) -> Q:
    """The units whose progress the user follows, as one condition: the own ones and all below."""
    return user.scope_as(*Role.OF_UNIT) | user.province_scope()


# Summaries


def composes(user, period, now):
    """The unit that leads the summary composes it: IV.3, IV.4 by duty, V.4 the board.

    The board acts for the holder of the receiving duty, wherever its people are seated.
    """
    day = clock.day_of(now)
    kind = DUTY_OF_KIND[period.kind]
    leads = duty_holder(period.campaign, kind, day)
    if leads is None:
        return f"Chưa khai báo đơn vị giữ nhiệm vụ “{kind.label}” ngày {day:%d/%m/%Y}."
    if leads in user.units_as(Role.POVERTY_DESK, Role.BOARD):
        return None
    board = duty_holder(period.campaign, Duty.Kind.RECEIVES_REPORTS, day)
    if leads == board and Role.BOARD in user.role_names():
        return None
    return f"Chỉ {leads}, đơn vị {kind.label} (mục {period.clause}), mới lập được báo cáo này."


def composes_summary(user, summary, now):
    """The same, asked of a summary already begun."""
    return composes(user, summary.period, now)
