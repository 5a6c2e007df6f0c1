"""Whether: each rule ``(report, note, now)`` returns a reason, or None; docstrings cite sources."""

from campaign.models import Deadline
from campaign.rules import deadline_of, extended_until, not_after
from config import clock
from criteria.queries import is_ranked
from reports import checks
from reports.states import Timeliness

LONGEST_NOTE, LONGEST_REMARK = 5_000, 2_000


def is_complete(report, note, now):
    """Everything that the outline, the indicators and the checklist demand is there (III, V.4)."""
    errors = [problem for problem in checks.problems(report) if problem.stops]
    if not errors:
        return None
    return (
        f"Báo cáo còn {len(errors)} chỗ phải hoàn thiện; xem danh sách ở trang “Xem lại toàn bộ”."
    )


def before_lock(report, note, now):
    """After the lock (khóa sổ) nothing is sent unless the unit was given leave."""
    deadline = deadline_of(report.period, report.tier)
    if deadline is None:
        return _no_deadline(report)
    if not_after(now, deadline.lock) or not_after(now, extended_until(deadline, report.unit)):
        return None
    return (
        f"Kỳ báo cáo đã khóa sổ lúc {clock.said(deadline.lock, seconds=True)}. "
        f"Đề nghị {report.receiver} gia hạn rồi gửi lại."
    )


def _no_deadline(report):
    return (
        f"{report.period} chưa đặt hạn cho nhóm “{report.get_tier_display()}”; "
        "đề nghị Ban Thi đua - Khen thưởng đặt hạn."
    )


def returned_unit_can_resend(report, note, now):
    """A report sent back after the lock could never come again: leave comes first."""
    if before_lock(report, note, now) is None:
        return None
    return "Đã quá khóa sổ nên đơn vị không gửi lại được: hãy gia hạn cho đơn vị trước khi trả lại."


def not_yet_read(report, note, now):
    """A sending can be withdrawn only while the receiver has not opened it (design 4)."""
    if report.read_at is None:
        return None
    return (
        f"{report.receiver} đã mở xem lúc {clock.said(report.read_at)}; "
        "nếu cần sửa, đề nghị đơn vị nhận trả lại."
    )


def says_why(report, note, now):
    """What goes back must say why."""
    return None if note.strip() else "Cần ghi lý do, hoặc yêu cầu sửa ở ít nhất một mục."


def faults_of_words(note, remarks) -> list[str]:
    """What is said to a report is read by people and goes out by mail: it has an end."""
    faults = []
    if len(note) > LONGEST_NOTE:
        faults.append(f"Ý kiến dài {len(note)} ký tự, tối đa {LONGEST_NOTE}; hãy rút gọn.")
    for _, _, label, text in remarks:
        if len(text) > LONGEST_REMARK:
            faults.append(
                f"{label}: yêu cầu dài {len(text)} ký tự, tối đa {LONGEST_REMARK}; hãy rút gọn."
            )
    return faults


def not_ranked(report, note, now):
    """A report that a published ranking rests on stays as it is."""
    if is_ranked(report.checklist):
        return "Báo cáo đã vào bảng xếp hạng được công bố nên không mở lại được."
    return None


def timeliness(report, now) -> str:
    """On time, late, or late with leave: decided once, by the server's clock at receipt.

    A report that came back for correction keeps the mark of its first sending: the unit had
    delivered. A withdrawn sending is as if never made.
    """
    if report.timeliness:
        return report.timeliness
    deadline = Deadline.objects.get(period=report.period, tier=report.tier)
    if not_after(now, deadline.due):
        return Timeliness.ON_TIME
    if not_after(now, extended_until(deadline, report.unit)):
        return Timeliness.EXCUSED
    return Timeliness.LATE
