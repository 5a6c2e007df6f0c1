"""Whether: what an answer, a point and a ranking must satisfy; reasons in Vietnamese."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from config import clock
from config.text import clean_text, vn_number
from criteria.models import Answer, Criterion, Item, Score
from criteria.queries.points import CENT, shares
from criteria.queries.rankings import published_over, readiness
from criteria.states import AnswerKind, ChecklistState, Grade, Side

EXPLANATION_LIMIT = Answer._meta.get_field("explanation").max_length
REASON_LIMIT = 2_000
NAMES_SHOWN = 10


# Answers


@dataclass(frozen=True)
class Given:
    """What a unit says to one criterion, cleaned: fit to be stored."""

    grade: str
    value: Decimal | None
    explanation: str
    items: frozenset[int]


def given_by(data: dict) -> Given:
    """The input in one shape. ``items`` may be ids or ``Item`` rows; what is left out is empty."""
    items = data.get("items") or ()
    return Given(
        grade=str(data.get("grade") or ""),
        value=as_number(data.get("value")),
        explanation=clean_text(data.get("explanation") or ""),
        items=frozenset(int(getattr(item, "pk", item)) for item in items),
    )


def as_number(value) -> Decimal | None:
    """A number as a decimal, nothing as None; a text that is no number stays out as NaN."""
    if value is None or value == "":
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return Decimal("NaN")


def faults_of_answer(answer: Answer, given: Given) -> list[str]:
    """All that is wrong with an answer; an unfinished one may still be kept."""
    criterion = answer.criterion
    faults = [*_faults_of_grade(answer, given), *_faults_of_value(criterion, given)]
    known = {item.pk for item in Item.objects.filter(criterion=criterion)} if given.items else set()
    if given.items - known:
        faults.append("Có ý kiểm không thuộc tiêu chí này; hãy tải lại trang rồi chọn lại.")
    if len(given.explanation) > EXPLANATION_LIMIT:
        faults.append(
            f"Diễn giải dài {vn_number(len(given.explanation))} ký tự, tối đa "
            f"{vn_number(EXPLANATION_LIMIT)}; hãy rút gọn hoặc đưa vào tệp minh chứng."
        )
    return faults


def _faults_of_grade(answer: Answer, given: Given) -> Iterator[str]:
    if given.grade and given.grade not in Grade.values:
        yield f"Mức đạt “{given.grade[:20]}” không có trong danh sách; hãy chọn lại."
    elif given.grade and answer.criterion.kind == AnswerKind.NUMBER:
        if given.grade != Grade.NOT_ARISEN:
            yield "Tiêu chí này trả lời bằng số liệu, không chọn mức đạt."
        elif given.value is not None:
            yield "Đã nhập số liệu thì không chọn “Không phát sinh”; hãy xóa một trong hai."
        elif answer.computed is not None:
            yield (
                f"Hệ thống đã tính được số liệu ({vn_number(answer.computed)}) nên không chọn "
                "“Không phát sinh”."
            )


def _faults_of_value(criterion: Criterion, given: Given) -> Iterator[str]:
    if given.value is None:
        return
    if criterion.kind == AnswerKind.GRADED:
        yield "Tiêu chí này trả lời bằng mức đạt, không nhập số liệu."
    if not given.value.is_finite():
        yield "Số liệu không phải là số; hãy nhập theo dạng 1.250,5."
    elif given.value != round(given.value, 2):
        yield "Số liệu có tối đa hai chữ số phần lẻ."
    elif abs(given.value) >= 10**12:
        yield "Số liệu quá lớn; hãy kiểm tra lại đơn vị tính."


# Points


def open_for(checklist, side) -> str | None:
    """The own unit scores until it hands in; unit above and board afterwards, until publication."""
    if side == Side.SELF:
        if checklist.state == ChecklistState.OPEN:
            return None
        return "Bảng tự đánh giá đã nộp nên không sửa điểm tự chấm; cần được trả lại trước."
    if checklist.state == ChecklistState.OPEN:
        return f"{checklist.unit} chưa nộp bảng tự đánh giá nên chưa chấm điểm được."
    ranking = published_over(checklist)
    if ranking is None:
        return None
    return (
        f"Bảng xếp hạng “{ranking}” đã công bố lúc {clock.said(ranking.published_at)}; "
        "điểm không sửa được nữa."
    )


def faults_of_points(
    answer: Answer, side, points, reason: str, *, most: Decimal, current: dict[str, Score]
) -> list[str]:
    """What is wrong with points for one answer: their range, and a reason where one is due.

    ``current`` are the points in force by side. Points that change, or depart from the side
    before, say why; the own unit need not, its answer speaks for itself.
    """
    if answer.not_arisen:
        remedy = "hãy chọn mức đạt trước" if side == Side.SELF else "hãy trả lại để đơn vị sửa"
        return [f"Ghi “Không phát sinh” thì không chấm điểm; nếu có phát sinh, {remedy}."]
    number = as_number(points)
    if number is None or not number.is_finite():
        return [f"“{str(points)[:20]}” không phải là điểm; hãy nhập số từ 0 đến {vn_number(most)}."]
    faults = []
    if not 0 <= number <= most:
        faults.append(
            f"Điểm {vn_number(number)} ở ngoài khoảng từ 0 đến {vn_number(most)} của ý này."
        )
    elif number != number.quantize(CENT):
        faults.append("Điểm có tối đa hai chữ số phần lẻ.")
    if len(reason) > REASON_LIMIT:
        faults.append(f"Lý do dài quá {vn_number(REASON_LIMIT)} ký tự; hãy rút gọn.")
    if not reason and not faults and (why := _reason_due(side, number, current)):
        faults.append(why)
    return faults


def _reason_due(side, number: Decimal, current: dict[str, Score]) -> str | None:
    if side == Side.SELF:
        return None
    if (present := current.get(side)) is not None:
        if present.points == number:
            return None
        return (
            f"{present.by} đã chấm {vn_number(present.points)} điểm lúc {clock.said(present.at)}; "
            "muốn sửa thì ghi lý do."
        )
    before = side_before(side, current)
    if before is not None and before.points != number:
        return (
            f"Khác điểm {vn_number(before.points)} của cột “{before.get_side_display()}” nên cần "
            "ghi lý do."
        )
    return None


def side_before(side, current: dict[str, Score]) -> Score | None:
    """The points in force of the nearest column to the left that has any."""
    order = list(Side)
    return next(
        (current[other] for other in reversed(order[: order.index(side)]) if other in current), None
    )


# Sets


def still_open(criteria_set) -> str | None:
    """Points of a set change only while no unit has handed in by it: judged years stay."""
    sent = criteria_set.checklists.filter(handed_in_at__isnull=False).count()
    if not sent:
        return None
    return (
        f"{vn_number(sent)} đơn vị đã nộp bảng tự đánh giá theo phiên bản này nên điểm không đổi "
        "được; hãy lập phiên bản mới áp dụng từ năm sau."
    )


def sum_fits(whole: Decimal, wanted: dict[int, Decimal | None]) -> str | None:
    """Numbers for all criteria add up to the whole; numbers for some leave something to share."""
    given = sum((points for points in wanted.values() if points is not None), Decimal(0))
    if None in wanted.values():
        if min(shares(whole, wanted).values()) > 0:
            return None
        return (
            f"Các tiêu chí đã đặt điểm cộng lại {vn_number(given)}, không còn điểm để chia cho các "
            f"tiêu chí để trống (tổng của bộ là {vn_number(whole)})."
        )
    if given == whole or not wanted:
        return None
    return (
        f"Điểm các tiêu chí cộng lại {vn_number(given)}, phải bằng tổng điểm của bộ "
        f"{vn_number(whole)}."
    )


def not_opened(criteria_set) -> str | None:
    """The wording of a set changes only while no unit has opened a checklist by it."""
    opened = criteria_set.checklists.count() if criteria_set.pk else 0
    if not opened:
        return None
    return (
        f"{vn_number(opened)} đơn vị đã mở bảng tự đánh giá theo phiên bản {criteria_set.version} "
        "của bộ này nên không sửa được; hãy lập phiên bản mới rồi sửa ở đó."
    )


# Rankings: rules (ranking, note, now) of ``criteria.steps``


def has_rows(ranking, note, now):
    """An empty ranking tells nobody anything."""
    if readiness(ranking).has_rows:
        return None
    return "Chưa có đơn vị nào được nhận báo cáo nên chưa có gì để công bố."


def is_current(ranking, note, now):
    """What is published is what the answers and points say now, as the board has seen it."""
    if readiness(ranking).is_as_computed:
        return None
    return (
        f"Báo cáo hoặc điểm đã thay đổi sau lần tính lúc {clock.said(ranking.computed_at)}; hãy "
        "tính lại, xem lại rồi công bố."
    )


def fully_scored(ranking, note, now):
    """Where the board gives points, every unit of the ranking has them before publication."""
    waiting = readiness(ranking).unscored
    if not waiting:
        return None
    names = "; ".join(f"{row.unit_name} ({row.unscored} tiêu chí)" for row in waiting[:NAMES_SHOWN])
    more = f"; và {len(waiting) - NAMES_SHOWN} đơn vị khác" if len(waiting) > NAMES_SHOWN else ""
    return f"{len(waiting)} đơn vị chưa được chấm đủ điểm: {names}{more}."


def says_why(ranking, note, now):
    """A departure from the rule is explained, and the explanation is published with it."""
    return None if note.strip() else "Cần ghi lý do công bố khi chưa chấm đủ điểm."


# Blocks


def fits_block(member) -> str | None:
    """A block ranks units of one tier against each other."""
    if member.unit.tier == member.block.tier:
        return None
    return (
        f"{member.unit} không thuộc nhóm “{member.block.get_tier_display()}” của "
        f"{member.block}; hãy chọn đơn vị khác."
    )
