"""Whether a plan may be carried out: everything that stands in the way, with where to mend it.

The rules of the register itself stand in ``units.rules``; here is what a decision adds to them.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from django.core.exceptions import ValidationError

from config import clock
from config.text import fold, vn_date
from units import rules
from units.administrators import Span, first_gap, span, span_within
from units.kinds import Kind
from units.models import Appointment, Unit
from units.reorganising.drawing import Drawing, Fate, New, Old
from units.reorganising.plan import ELSEWHERE, ENDS, KEY, Ending, Group, Way

HEAD, UNITS, CHILDREN, PEOPLE = "head", "units", "children", "people"
"""The steps of the preparation; an obstacle names the one at which it is mended."""
STEPS = {
    HEAD: ("1. Văn bản và ngày hiệu lực", "units:reorganisation_head"),
    UNITS: ("2. Đơn vị kết thúc và đơn vị mới", "units:reorganisation_units"),
    CHILDREN: ("3. Đơn vị trực thuộc", "units:reorganisation_children"),
    PEOPLE: ("4. Người giữ vai trò", "units:reorganisation_people"),
}
"""What each step is called, and its page."""
NAMED = 3
FARTHEST = timedelta(days=3 * 366)
"""A guard against a mistyped year: no register is planned further ahead."""


class Obstacle(NamedTuple):
    """A reason against, the step at which it is mended, and the group it speaks of."""

    step: str
    sentence: str
    group: int | None = None


def obstacles(reorganisation, drawing: Drawing) -> list[Obstacle]:
    """Everything that stands against carrying the draft out; empty means nothing."""
    found = [
        *_of_head(reorganisation, drawing),
        *(Obstacle(UNITS, told, number) for number, told in _of_groups(drawing)),
        *(Obstacle(CHILDREN, told) for told in _of_children(drawing)),
        *(Obstacle(PEOPLE, told) for told in _of_people(drawing)),
    ]
    return list(dict.fromkeys(found))


def doubts(drawing: Drawing) -> list[str]:
    """What is worth a second look, and stops nothing."""
    return [told for group in drawing.plan.groups for told in _doubts_of(group, drawing)]


def _of_head(reorganisation, drawing: Drawing) -> Iterator[Obstacle]:
    if reorganisation.decided_on is None:
        yield Obstacle(HEAD, "Ngày ban hành: chưa ghi; hãy ghi ngày của quyết định, nghị quyết.")
    if drawing.day > clock.today() + FARTHEST:
        sentence = "Có hiệu lực từ ngày: quá ba năm kể từ hôm nay; hãy kiểm tra lại năm đã nhập."
        yield Obstacle(HEAD, sentence)
    if not drawing.plan.groups:
        yield Obstacle(UNITS, "Chưa có nhóm đơn vị nào; hãy thêm nhóm đơn vị cần sắp xếp.")


# Groups


def label(group: Group, drawing: Drawing) -> str:
    """A group as sentences call it: its number and what it does."""
    old = [ending.name or ending.code for ending in group.endings]
    new = [starting.name or starting.code for starting in group.startings]
    if not old:
        return f"Nhóm {group.number}"
    arrow = f" → {some([name for name in new if name])}" if any(new) else ""
    return f"Nhóm {group.number} ({some(old)}{arrow})"


def some(names: list[str]) -> str:
    return ", ".join(names[:NAMED]) + ("…" if len(names) > NAMED else "")


def _of_groups(drawing: Drawing) -> Iterator[tuple[int, str]]:
    named = Counter(ending.code for _, ending in drawing.plan.endings())
    codes = Counter(new.unit.code for new in drawing.news.values() if new.unit.code)
    for group in drawing.plan.groups:
        told = [*_shape(group), *_of_endings(group, drawing, named), *_of_shares(group)]
        told += _what_changes(group, drawing)
        for starting in group.startings:
            told += _of_new(drawing.news[starting.key], drawing, codes)
        for each in told:
            yield group.number, f"{label(group, drawing)}: {each}"
    for new in drawing.news.values():
        if new.group is None:
            for each in _of_new(new, drawing, codes):
                yield None, each


def _shape(group: Group) -> Iterator[str]:
    """How many units end and start: one for a new name or place, two and more for the others."""
    endings, startings = len(group.endings), len(group.startings)
    if not endings:
        yield "chưa chọn đơn vị kết thúc; hãy chọn."
    if group.way in (Way.RENAME, Way.TRANSFER) and (endings > 1 or startings != 1):
        yield "đổi tên, đổi loại hoặc chuyển cấp trên là việc của từng đơn vị một; hãy tách nhóm."
    if group.way == Way.MERGE and startings != 1:
        yield "sáp nhập phải có đúng một đơn vị mới; hãy khai lại."
    if group.way == Way.SPLIT and startings < 2:
        yield "chia tách phải có ít nhất hai đơn vị mới; hãy thêm đơn vị."
    if group.way == Way.DISSOLVE:
        if startings:
            yield "kết thúc hoạt động thì không có đơn vị mới; hãy bỏ đơn vị mới."
        if not group.reason.strip():
            yield "kết thúc mà không có đơn vị kế thừa thì phải ghi lý do."


def _of_endings(group: Group, drawing: Drawing, named: Counter) -> Iterator[str]:
    olds = [drawing.listed[code] for code in group.codes if code in drawing.listed]
    if len({old.unit.kind for old in olds}) > 1:
        yield "các đơn vị không cùng cấp; hãy tách thành nhóm khác."
    for ending in group.endings:
        if named[ending.code] > 1:
            yield f"{ending.name or ending.code} được chọn hai lần; hãy bỏ một lần."
        if ending.code in drawing.missing:
            yield _not_then(ending, drawing)
        else:
            old = drawing.listed[ending.code]
            yield from _of_name(ending, old.unit, drawing)
            yield from _of_old(old, drawing)


def _not_then(ending: Ending, drawing: Drawing) -> str:
    """A unit ends on a day of its life; a code of another time may be that of an earlier step."""
    unit, day = drawing.missing[ending.code], vn_date(drawing.day)
    if unit is None:
        return f"mã {ending.code} không có trong sổ đơn vị; hãy bỏ ra và chọn lại."
    until = f" đến hết {vn_date(unit.last_day)}" if unit.last_day else ""
    return (
        f"{unit.name} (mã {unit.code}) hoạt động từ {vn_date(unit.valid_from)}{until}, không thể "
        f"kết thúc từ {day}; hãy sửa ngày hiệu lực hoặc chọn đơn vị khác."
    )


def _of_name(ending: Ending, unit: Unit, drawing: Drawing) -> Iterator[str]:
    if not ending.name or fold(ending.name) in (fold(unit.name), fold(unit.short_name)):
        return
    yield (
        f"trước ngày {vn_date(drawing.day)} mã {unit.code} là {unit.name}, không phải "
        f"{ending.name}; hãy thực hiện trước việc đổi đơn vị này, hoặc bỏ ra và chọn lại."
    )


def _of_old(old: Old, drawing: Drawing) -> Iterator[str]:
    """A unit ends once, and with whatever stands under it."""
    unit = old.unit
    if old.handed_over:
        yield (
            f"{unit.name}: sổ đã ghi đơn vị kế thừa từ {vn_date(drawing.day)}; hãy bỏ khỏi nhóm."
        )
    if not old.heirs and old.future and old.future.links:
        yield (
            f"{unit.name}: sổ đã ghi kết thúc từ {vn_date(old.future.ends)} và đơn vị kế thừa khi "
            "đó; hãy hoàn tác hoặc sửa việc đó trước."
        )
    if later := drawing.later.get(unit.pk):
        yield (
            f"{some([each.name for each in later])} sẽ bắt đầu từ "
            f"{vn_date(later[0].valid_from)} và được ghi thuộc {unit.name}; hãy thực hiện sau ngày "
            "đó, hoặc hoàn tác việc đó trước."
        )


def _of_shares(group: Group) -> Iterator[str]:
    """Each part of a split goes somewhere; shares are told for all parts or for none."""
    if group.way != Way.SPLIT or not group.endings:
        return
    parts = [group.heirs_of(ending) for ending in group.endings]
    if max(map(len, parts)) < 2:
        yield "chưa có đơn vị nào được chia cho từ hai đơn vị mới; hãy ghi phần chuyển sang."
    if not all(parts):
        yield "có đơn vị kết thúc chưa ghi chuyển sang đơn vị mới nào; hãy ghi."
    taken = {heir.key for part in parts for heir in part}
    if any(starting.key not in taken for starting in group.startings):
        yield "có đơn vị mới không nhận phần nào; hãy ghi phần chuyển sang hoặc bỏ đơn vị đó."
    for part in parts:
        told = [heir.share for heir in part if heir.share is not None]
        if told and len(told) < len(part):
            yield "tỷ lệ chuyển sang phải ghi cho mọi phần, hoặc để trống tất cả."
        elif told and sum(told) != 1:
            yield "tỷ lệ chuyển sang của các phần phải cộng lại bằng 100%."


def _what_changes(group: Group, drawing: Drawing) -> Iterator[str]:
    """A new name or type is new; a transfer leads under another unit."""
    if group.way not in (Way.RENAME, Way.TRANSFER) or len(group.codes) != 1:
        return
    old, (starting, *_) = drawing.listed.get(group.codes[0]), group.startings or (None,)
    if old is None or starting is None:
        return
    new = drawing.news[starting.key].unit
    moved = _identity(old.unit.parent) != _identity(new.parent)
    if group.way == Way.TRANSFER and not moved:
        yield f"{new.name} vẫn thuộc đơn vị cấp trên như cũ; hãy chọn đơn vị cấp trên mới."
    same = all(
        getattr(old.unit, name) == getattr(new, name)
        for name in ("code", "name", "short_name", "subtype", "urban")
    )
    if group.way == Way.RENAME and same and not moved:
        yield "tên, loại và mã vẫn như cũ; hãy ghi tên hoặc loại mới."


def _identity(unit: Unit | None):
    return None if unit is None else (unit.pk, unit.code)


# Units that start


def _of_new(new: New, drawing: Drawing, codes: Counter) -> Iterator[str]:
    unit = new.unit
    yield from _of_fields(unit)
    if unit.kind:
        yield from _of_place(new, drawing)
    if codes[unit.code] > 1:
        yield f"mã {unit.code} được ghi cho {codes[unit.code]} đơn vị mới; mỗi đơn vị một mã."
    for other in drawing.taken.get(unit.code, ()):
        if unit.valid_to is None or other.valid_from < unit.valid_to:
            yield rules.code_is_taken(unit, other)
            break
    if not _future_is_clear(new):
        yield _unclear_future(new)


def _of_place(new: New, drawing: Drawing) -> Iterator[str]:
    """Where the unit stands: under one of a fitting kind, which lives as long."""
    unit = new.unit
    if unit.kind == Kind.PROVINCE:
        if unit.parent is not None:
            yield f"{unit.name} là tỉnh nên không có đơn vị cấp trên; hãy bỏ trống."
    elif unit.parent is None:
        yield _no_parent(new, drawing)
    elif _in_circle(new):
        yield f"{unit.name}: đơn vị cấp trên quay vòng; hãy chọn lại."
    else:
        yield from filter(None, (rules.fits_under_parent(unit), rules.lives_within_parent(unit)))


def _of_fields(unit: Unit) -> Iterator[str]:
    """What the register asks of each field, in the words of its labels."""
    name = unit.name or unit.code or "đơn vị mới"
    try:
        unit.clean_fields(exclude=("parent", "path", "search", "sort_key", "kind"))
    except ValidationError as errors:
        for field, messages in errors.message_dict.items():
            for message in messages:
                yield f"{name}, {Unit._meta.get_field(field).verbose_name}: {message}"


def _no_parent(new: New, drawing: Drawing) -> str:
    name = new.unit.name or new.unit.code or "đơn vị mới"
    if not new.parent or new.parent.startswith(KEY):
        return f"{name}: chưa chọn đơn vị cấp trên; hãy chọn."
    return (
        f"{name}: ngày {vn_date(drawing.day)} sổ không có đơn vị mang mã {new.parent} để làm đơn "
        "vị cấp trên; hãy chọn đơn vị khác, hoặc thực hiện trước việc lập đơn vị đó."
    )


def _in_circle(new: New) -> bool:
    seen, above = {new.key}, new.above
    while above is not None:
        if above.key in seen:
            return True
        seen.add(above.key)
        above = above.above
    return False


def _future_is_clear(new: New) -> bool:
    """Whether what the register knows of the old units' later life can be told of the new one.

    It goes on as known where all its predecessors were to go the same way. Which part of a split
    goes where later on, or what is left of two units that were to part again, nobody can tell.
    """
    futures = {(old.future.ends, old.future.heirs) if old.future else None for old in new.olds}
    if len(futures) > 1:
        return False
    if new.future is None or len(new.future.heirs) < 2:
        return True
    return len(new.olds) == 1 and len(new.olds[0].heirs) == 1


def _unclear_future(new: New) -> str:
    known = next(old for old in new.olds if old.future)
    return (
        f"{new.unit.name}: sổ đã ghi {known.unit.name} kết thúc từ {vn_date(known.future.ends)}; "
        "không suy ra được đơn vị mới sẽ ra sao khi đó. Hãy hoàn tác việc đó, hoặc ghi ngày hiệu "
        "lực sau ngày đó."
    )


# What stands below, and people


def _of_children(drawing: Drawing) -> Iterator[str]:
    undecided = drawing.below(Fate.UNDECIDED)
    if undecided:
        names = some([old.unit.name for old in undecided])
        yield (
            f"{len(undecided)} đơn vị trực thuộc chưa được chọn chuyển về đâu ({names}); hãy chọn "
            "cho từng đơn vị."
        )
    for old in drawing.olds.values():
        if old.above and old.group is None and old.fate != Fate.ELSEWHERE:
            yield from _of_old(old, drawing)
    for old in drawing.below(Fate.ELSEWHERE):
        if old.future and old.future.links:
            yield from _of_old(old, drawing)


def _of_people(drawing: Drawing) -> Iterator[str]:
    undecided = drawing.undecided_seats()
    if undecided:
        yield (
            f"{len(undecided)} người giữ vai trò ở đơn vị kết thúc chưa được chọn đi đâu; hãy chọn "
            "cho từng người: chuyển sang đơn vị mới hay thôi giữ vai trò."
        )
    for seat in drawing.seats:
        place = drawing.destination(drawing.choice(seat))
        if place is not None and place.kind:
            told = rules.seat_fits_role(place, seat.role)
            if told:
                yield f"{seat.user}: {told}"
    if gap := first_gap(lambda seat: _administers(seat, drawing)):
        yield (
            f"Từ {vn_date(gap)} cổng không còn quản trị hệ thống nào; hãy chuyển ít nhất một quản "
            "trị hệ thống sang đơn vị mới, hoặc giao vai trò này cho người khác trước."
        )


def _administers(seat: Appointment, drawing: Drawing) -> list[Span]:
    """When an administrator still is one afterwards: somebody must be able to undo this."""
    old = drawing.olds.get(seat.unit_id)
    choice = drawing.choice(seat) if seat in drawing.seats else ENDS
    if old is None or old.fate == Fate.UNDECIDED or choice == "":
        return [span(seat)]  # stays; or told already: not chosen yet
    new = drawing.destination(choice)
    goes_on = [span_within(seat, new.valid_from, new.valid_to)] if new else []
    return [span_within(seat, seat.unit.valid_from, drawing.day), *goes_on]


# Doubts


def _doubts_of(group: Group, drawing: Drawing) -> Iterator[str]:
    name = label(group, drawing)
    if group.way == Way.MERGE and len(group.endings) == 1:
        yield (
            f"{name}: sáp nhập nhưng chỉ có một đơn vị của sổ; chỉ đúng khi các đơn vị kia nằm "
            "ngoài sổ."
        )
    parts = [group.heirs_of(ending) for ending in group.endings]
    if group.way == Way.SPLIT and any(
        len(part) > 1 and any(heir.share is None for heir in part) for part in parts
    ):
        yield (
            f"{name}: chưa ghi tỷ lệ chia nên số liệu các năm trước không chuyển sang đơn vị mới "
            "được; các bảng sẽ đánh dấu."
        )
    for starting in group.startings:
        new = drawing.news[starting.key]
        if new.future:
            yield (
                f"{name}: {new.unit.name} kết thúc từ {vn_date(new.future.ends)} như sổ đã ghi cho "
                "đơn vị cũ."
            )


def answers(old: Old, drawing: Drawing) -> list[tuple[str, str]]:
    """What may be chosen for a unit below one that ends: value and words."""
    keys = dict.fromkeys((*old.above.places, *_places_above(old, drawing)))
    found = [(key, drawing.news[key].unit) for key in keys]
    above = old.above.unit.parent
    if above is not None and above.pk not in drawing.olds and above.exists_on(drawing.day):
        found.append((above.code, above))
    return [
        *((value, f"Chuyển về {unit.name or unit.code}") for value, unit in found),
        (ENDS, "Kết thúc cùng ngày, không có đơn vị kế thừa"),
        (ELSEWHERE, "Kết thúc cùng ngày theo quyết định khác (khai ở việc sắp xếp khác)"),
    ]


def _places_above(old: Old, drawing: Drawing) -> tuple[str, ...]:
    """Where no unit took over the one above, its own superior's heirs may take in."""
    above = drawing.olds.get(old.above.unit.parent_id)
    return above.places if above and not old.above.heirs else ()
