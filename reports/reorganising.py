"""What a reorganisation of units does to reports, and what of summaries stands against an undo.

A report stays with the unit that existed then: nobody signs for a unit that has ended. What it
had sent is still received, by its receiver or by whoever took that over, else by the board.
"""

from campaign.models import Period
from config import clock
from config.text import vn_date, vn_number
from reports.models import Report, Summary
from reports.states import State, SummaryState
from units.models import Reorganisation
from units.reorganising.drawing import Drawing
from units.reorganising.effects import Effect, ended_units

TABLE = "Báo cáo"
OPEN = (*State.UNSENT, State.RETURNED)


def effects(drawing: Drawing) -> list[Effect]:
    units = ended_units(drawing)
    return [
        *_unsent(units, drawing.day),
        *_waiting(units),
        *_to_ended(units),
        *_of_later_periods(units, drawing.day),
        *_accepted(units),
        *_periods(drawing.day),
    ]


def _unsent(units, day) -> list[Effect]:
    """Drafts, reports at the leader's and returned ones of periods that are not locked yet."""
    open_still = Report.objects.filter(
        unit__in=units, state__in=OPEN, period__deadlines__lock__gte=clock.now()
    )
    number = open_still.distinct().count()
    if not number:
        return []
    sentence = (
        f"{vn_number(number)} báo cáo chưa gửi (đang soạn, chờ ký hoặc bị trả lại) giữ ở đơn vị "
        f"cũ. Chỉ người của đơn vị cũ ký, gửi được, đến hết {vn_date(_day_before(day))}; từ "
        f"{vn_date(day)} không ai gửi thay, đơn vị mới lập báo cáo của mình."
    )
    return [Effect(TABLE, sentence, warns=True)]


def _day_before(day):
    return day.fromordinal(day.toordinal() - 1)


def _waiting(units) -> list[Effect]:
    waiting = Report.objects.filter(unit__in=units, state=State.SUBMITTED).exclude(
        receiver__in=units
    )
    number = waiting.count()
    if not number:
        return []
    sentence = f"{vn_number(number)} báo cáo đã gửi: đơn vị nhận vẫn nhận hoặc trả lại được."
    return [Effect(TABLE, sentence)]


def _to_ended(units) -> list[Effect]:
    """What waits for a receiver that ends."""
    number = Report.objects.filter(receiver__in=units, state=State.SUBMITTED).count()
    if not number:
        return []
    sentence = (
        f"{vn_number(number)} báo cáo đang chờ đơn vị kết thúc nhận: đơn vị mới nhận trọn đơn vị "
        "đó sẽ nhận; nơi không có đơn vị như vậy thì Ban TĐKT nhận."
    )
    return [Effect(TABLE, sentence, warns=True)]


def _of_later_periods(units, day) -> list[Effect]:
    later = Report.objects.filter(unit__in=units, period__reference_date__gte=day)
    number = later.count()
    if not number:
        return []
    sentence = (
        f"{vn_number(number)} báo cáo đã lập cho kỳ mà đơn vị không còn vào ngày xác định đơn vị: "
        "không tính vào tiến độ của kỳ; đơn vị mới phải lập báo cáo kỳ đó."
    )
    return [Effect(TABLE, sentence, warns=True)]


def _accepted(units) -> list[Effect]:
    number = Report.objects.filter(unit__in=units, state=State.ACCEPTED).count()
    if not number:
        return []
    sentence = (
        f"{vn_number(number)} báo cáo đã nhận giữ nguyên, đứng tên đơn vị cũ; đơn vị mới nhận trọn "
        "được đọc."
    )
    return [Effect(TABLE, sentence)]


def _periods(day) -> list[Effect]:
    """From which period on the new units report: the register of each period is that of a day."""
    asking = Period.objects.asking().filter(reference_date__gte=day, starts__lte=clock.today())
    titles = list(asking.order_by("reference_date").values_list("title", flat=True))
    if not titles:
        return []
    sentence = f"Đơn vị mới nộp {', '.join(titles)}; hạn nộp theo nhóm đơn vị, không đổi."
    return [Effect("Hạn nộp", sentence)]


def objections(done: Reorganisation) -> list[str]:
    """A summary frozen since then speaks of the new units, for periods that have them."""
    frozen = Summary.objects.filter(
        state=SummaryState.FROZEN,
        frozen_at__gte=done.done_at,
        period__reference_date__gte=done.date,
    )
    return [
        f"{summary}: đã chốt sau khi sắp xếp, có số liệu theo các đơn vị mới."
        for summary in frozen.select_related("period").order_by("pk")
    ]
