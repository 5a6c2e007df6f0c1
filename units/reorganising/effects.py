"""What a reorganisation does to each table, told before it is confirmed.

``tellers`` is the list of those who can tell: this module for the tables of ``units``; each app
above fills in its own from ``AppConfig.ready``. An effect is a count and a sentence; nobody
decides here, and nothing is written.
"""

from collections.abc import Callable
from typing import NamedTuple

from django.db.models import Count

from config.text import vn_date, vn_number
from units.models import Household, Person, PovertyPlan, PovertyReview, PovertyTally
from units.poverty.territory import year_end
from units.reorganising.drawing import Drawing, Fate
from units.reorganising.plan import ENDS


class Effect(NamedTuple):
    """What happens to the rows of one table; ``warns`` where somebody must act afterwards."""

    table: str
    sentence: str
    warns: bool = False


tellers: list[Callable[[Drawing], list[Effect]]] = []


def told(drawing: Drawing) -> list[Effect]:
    """Every effect, those that ask for an act first."""
    found = [effect for tell in (_of_units, *tellers) for effect in tell(drawing)]
    return sorted(found, key=lambda effect: not effect.warns)


def ended_units(drawing: Drawing) -> list[int]:
    """Keys of all units that end on the day, for those who count what hangs on them."""
    return [old.unit.pk for old in drawing.ending]


def parted_units(drawing: Drawing) -> list[int]:
    """Keys of those that nobody takes over whole: split ones, and ends without an heir."""
    return [
        old.unit.pk for old in drawing.ending if len(old.heirs) != 1 and old.fate != Fate.ELSEWHERE
    ]


def _of_units(drawing: Drawing) -> list[Effect]:
    return [
        *_below(drawing),
        *_seats(drawing),
        *_households(drawing),
        *_persons(drawing),
        *_figures(drawing),
        *_plans(drawing),
    ]


def _below(drawing: Drawing) -> list[Effect]:
    words = {
        Fate.FOLLOWS: "kết thúc và hoạt động tiếp dưới đơn vị mới, giữ nguyên mã và tên; sổ ghi "
        "kế thừa",
        Fate.ENDS: "kết thúc cùng ngày, không có đơn vị kế thừa",
        Fate.ELSEWHERE: "kết thúc cùng ngày; đơn vị kế thừa do quyết định khác cùng ngày ghi",
    }
    return [
        Effect("Đơn vị trực thuộc", f"{vn_number(len(found))} đơn vị {sentence}.")
        for fate, sentence in words.items()
        if (found := drawing.below(fate))
    ]


def _seats(drawing: Drawing) -> list[Effect]:
    chosen = [drawing.choice(seat) for seat in drawing.seats]
    leaving = sum(choice == ENDS for choice in chosen)
    going = sum(choice not in ("", ENDS) for choice in chosen)
    found = []
    if going:
        sentence = f"{vn_number(going)} vai trò chuyển sang đơn vị mới từ {vn_date(drawing.day)}."
        found.append(Effect("Phân công", sentence))
    if leaving:
        sentence = f"{vn_number(leaving)} vai trò kết thúc từ {vn_date(drawing.day)}."
        found.append(Effect("Phân công", sentence))
    return found


def _households(drawing: Drawing) -> list[Effect]:
    """Households stay with the unit that existed then; whoever took it over whole reads on."""
    counted = _counted(Household, drawing)
    parted = sum(counted.get(pk, 0) for pk in parted_units(drawing))
    found = []
    if whole := sum(counted.values()) - parted:
        sentence = (
            f"{vn_number(whole)} hộ vẫn ghi ở đơn vị cũ; đơn vị mới nhận trọn xem và theo dõi tiếp."
        )
        found.append(Effect("Hộ nghèo, hộ cận nghèo", sentence))
    if parted:
        sentence = (
            f"{vn_number(parted)} hộ ở đơn vị bị chia hoặc không có đơn vị kế thừa: từ "
            f"{vn_date(drawing.day)} không ai xem được theo tên; các xã mới phải nhập lại danh "
            "sách hộ của mình."
        )
        found.append(Effect("Hộ nghèo, hộ cận nghèo", sentence, warns=True))
    return found


def _persons(drawing: Drawing) -> list[Effect]:
    counted = _counted(Person, drawing)
    if not counted:
        return []
    sentence = (
        f"{vn_number(sum(counted.values()))} cá nhân tham gia phong trào vẫn ghi ở đơn vị cũ; đơn "
        "vị mới nhận trọn xem được và cập nhật nơi công tác."
    )
    return [Effect("Cá nhân", sentence)]


def _counted(model, drawing: Drawing) -> dict[int, int]:
    """Rows of a table by unit that ends."""
    rows = model.objects.filter(unit__in=ended_units(drawing)).values("unit").order_by()
    return {row["unit"]: row["number"] for row in rows.annotate(number=Count("pk"))}


def _figures(drawing: Drawing) -> list[Effect]:
    """Figures of years that end after the day are those of the new units."""
    year = drawing.day.year
    units = ended_units(drawing)
    found = []
    for model, table in (
        (PovertyReview, "Kết quả rà soát hộ nghèo"),
        (PovertyTally, "Số liệu đếm hộ nghèo"),
    ):
        rows = model.objects.filter(unit__in=units)
        if before := rows.filter(year__lt=year).count():
            sentence = f"{vn_number(before)} dòng của các năm trước {year} giữ nguyên ở đơn vị cũ."
            found.append(Effect(table, sentence))
        if after := rows.filter(year__gte=year).count():
            sentence = (
                f"{vn_number(after)} dòng từ năm {year} đang ghi ở đơn vị không còn vào "
                f"{vn_date(year_end(year))}: phải nhập lại cho đơn vị mới."
            )
            found.append(Effect(table, sentence, warns=True))
    return found


def _plans(drawing: Drawing) -> list[Effect]:
    year = drawing.day.year
    rows = PovertyPlan.objects.filter(unit__in=ended_units(drawing), year__gte=year).count()
    if not rows:
        return []
    sentence = (
        f"{vn_number(rows)} chỉ tiêu từ năm {year} đã giao cho đơn vị cũ không tự chuyển sang; hãy "
        "giao lại cho đơn vị mới."
    )
    return [Effect("Chỉ tiêu giảm nghèo", sentence, warns=True)]
