"""What a reorganisation of units does to the calendar, to leave and to the duties of the plan."""

from campaign.models import Contribution, Duty, Extension
from config.dated import holds_on
from config.text import vn_date, vn_number
from units.reorganising.drawing import Drawing
from units.reorganising.effects import Effect, ended_units


def effects(drawing: Drawing) -> list[Effect]:
    """Counts of rows of units that end; nothing is moved by itself."""
    units = ended_units(drawing)
    return [*_duties(units, drawing.day), *_leave(units, drawing.day), *_gifts(units, drawing.day)]


def _duties(units, day) -> list[Effect]:
    """A duty is told by the day; a body that has ended holds none."""
    held = Duty.objects.filter(holds_on(day), unit__in=units).select_related("unit")
    names = [f"{duty.get_kind_display()} ({duty.unit.name})" for duty in held.order_by("pk")]
    if not names:
        return []
    sentence = (
        f"Đơn vị kết thúc đang giữ nhiệm vụ: {'; '.join(names)}. Nhiệm vụ không tự chuyển; sau khi "
        f"thực hiện, hãy giao cho đơn vị mới từ {vn_date(day)} ở trang Quản trị."
    )
    return [Effect("Nhiệm vụ theo kế hoạch", sentence, warns=True)]


def _leave(units, day) -> list[Effect]:
    """Leave is given to a unit; who took it over owes a report of its own."""
    number = Extension.objects.filter(unit__in=units, until__date__gte=day).count()
    if not number:
        return []
    sentence = (
        f"{vn_number(number)} gia hạn của đơn vị kết thúc còn thời hạn sau {vn_date(day)}: không "
        "chuyển cho đơn vị mới, từ ngày đó không ai gửi thay được."
    )
    return [Effect("Gia hạn", sentence, warns=True)]


def _gifts(units, day) -> list[Effect]:
    number = Contribution.objects.filter(receiver__in=units).count()
    if not number:
        return []
    sentence = f"{vn_number(number)} đóng góp đã ghi giữ nguyên ở đơn vị nhận khi đó."
    return [Effect("Đóng góp", sentence)]
