"""Whether a dossier may go on: rules (nomination, note, now) of ``awards.steps``."""

from awards import desks
from awards.rules import LONGEST_REASON
from awards.states import NominationState, RoundState
from config import clock
from config.text import vn_date, vn_number


def round_receives(nomination, note, now):
    """New dossiers within the days of the round; one that was returned, until it is closed."""
    round, day = nomination.round, clock.day_of(now)
    if nomination.state == NominationState.RETURNED:
        return None if round.state == RoundState.OPEN else "Đợt khen thưởng đã đóng."
    if round.receives_on(day):
        return None
    if round.state != RoundState.OPEN:
        return f"Đợt “{round.title}” {round.get_state_display()} nên không nhận hồ sơ."
    return f"Đợt “{round.title}” nhận hồ sơ từ {vn_date(round.opens)} đến hết {vn_date(round.due)}."


def report_written(nomination, note, now):
    """Every part of the achievement report that the skeleton demands has its text."""
    missing = [
        part.title for part in nomination.parts.all() if part.required and not part.text.strip()
    ]
    if not missing:
        return None
    return "Báo cáo thành tích còn thiếu: " + "; ".join(missing) + "."


def criteria_answered(nomination, note, now):
    """Who sends no checklist of its own answers the criteria of its group here."""
    open_rows = nomination.answers.filter(grade="").select_related("criterion")
    missing = [row.criterion.clause for row in open_rows.order_by("criterion__number")]
    if not missing:
        return None
    return "Tự đánh giá theo tiêu chí còn thiếu mức đạt: " + "; ".join(missing) + "."


def achievement_named(nomination, note, now):
    """The decision names what is rewarded."""
    if nomination.achievement.strip():
        return None
    return "Thành tích ghi trong quyết định: cần ghi một câu."


def has_further_desk(nomination, note, now):
    """Endorsing sends upwards; at the end of the way the dossier is appraised."""
    if desks.next_desk(nomination.desk, nomination.round.unit, clock.day_of(now)):
        return None
    return "Hồ sơ đã ở đơn vị tổ chức đợt khen thưởng; việc tiếp theo là thẩm định."


def at_the_end(nomination, note, now):
    """Only the unit that holds the round appraises."""
    if nomination.desk_id == nomination.round.unit_id:
        return None
    return f"Hồ sơ chưa tới {nomination.round.unit}; cần {nomination.desk} chuyển lên trước."


def not_held(nomination, note, now):
    """What is being looked into waits (NĐ 98/2023 Đ4 k4)."""
    standing = nomination.holds.standing(clock.day_of(now))
    if not standing:
        return None
    return "Hồ sơ đang tạm dừng: " + "; ".join(str(hold) for hold in standing) + "."


def says_why(nomination, note, now):
    """Who sends back or refuses tells those who wrote."""
    if not note.strip():
        return "Cần ghi lý do."
    return note_fits(nomination, note, now)


def note_fits(nomination, note, now):
    if len(note) > LONGEST_REASON:
        return f"Ý kiến dài quá {vn_number(LONGEST_REASON)} ký tự; hãy rút gọn."
    return None
