"""Points, in three columns. A change is a new row; the row before stays and says so."""

from decimal import Decimal

from django.db import transaction
from django.db.models import Prefetch

from config import clock
from config.text import clean_text
from config.workflow import RuleViolation, refuse
from criteria import permissions, rules
from criteria.actions.acting import locked_checklist
from criteria.models import Answer, Checklist, Score
from criteria.queries import max_points
from criteria.states import Side
from units.actions import record
from units.actions.checking import anew


def score(answer: Answer, side: str, points, *, by, reason: str = "") -> Score:
    """Give points to one answer; see ``score_all``. Returns the points in force."""
    score_all(answer.checklist, side, {answer.pk: (points, reason)}, by=by)
    return Score.objects.get(answer=answer, side=side, current=True)


@transaction.atomic
def score_all(checklist: Checklist, side: str, points: dict[int, tuple], *, by) -> list[Score]:
    """Fill one column of a checklist: answer pk → (points, reason); all or nothing.

    Refused with every reason at once: who may not score, a column that is not open, points out
    of range, a change or a departure from the column before without a reason. Points that stay
    as they are write nothing. ``None`` takes the own unit's points back while it drafts. One log
    row a call, unless the own unit is still drafting for the first time.
    """
    side = Side(side)
    checklist, by = locked_checklist(checklist.pk), anew(by)
    refuse(permissions.scores_as(by, checklist, side), rules.open_for(checklist, side))
    lines = _lines(checklist, points)
    refuse(*(fault for line in lines for fault in _faults(line, side)))
    now = clock.now()
    changed = [line for line in lines if _changes(line, side)]
    written = _write(changed, side, by=by, at=now)
    if changed and (side != Side.SELF or checklist.was_sent):
        changes = {line.answer.criterion.clause: line.change(side) for line in changed}
        record(
            f"criteria.score_{side}", checklist, by=by, unit=checklist.unit, changes=changes, at=now
        )
    return written


class _Line:
    """The points for one answer, beside what is in force."""

    def __init__(self, answer: Answer, points, reason: str, most: Decimal):
        self.answer = answer
        self.points = points
        self.reason = clean_text(reason or "")
        self.most = most
        self.current = {score.side: score for score in answer.in_force}

    def change(self, side) -> list[str]:
        before = self.current.get(side)
        return [str(before.points) if before else "", str(self.points), self.reason]


def _lines(checklist: Checklist, points: dict[int, tuple]) -> list[_Line]:
    maxima = max_points(checklist.criteria_set)
    answers = {answer.pk: answer for answer in _answers(checklist)}
    if strangers := points.keys() - answers.keys():
        raise RuleViolation(
            f"Có {len(strangers)} ý không thuộc bảng tự đánh giá này; hãy tải lại trang rồi chấm."
        )
    return [
        _Line(answer, *points[pk], maxima[answer.criterion_id])
        for pk, answer in answers.items()
        if pk in points
    ]


def _answers(checklist: Checklist):
    in_force = Score.objects.filter(current=True).select_related("by")
    rows = checklist.answers.select_related("criterion", "checklist").order_by("criterion__number")
    return rows.prefetch_related(Prefetch("scores", in_force, to_attr="in_force"))


def _faults(line: _Line, side: Side) -> list[str]:
    if line.points is None:
        found = _faults_of_nothing(line, side)
    else:
        found = rules.faults_of_points(
            line.answer, side, line.points, line.reason, most=line.most, current=line.current
        )
    return [f"{line.answer.criterion.clause}: {fault}" for fault in found]


def _faults_of_nothing(line: _Line, side: Side) -> list[str]:
    if side == Side.SELF or side not in line.current:
        return []
    return ["Điểm đã chấm không xóa được; nếu không cho điểm thì nhập 0 và ghi lý do."]


def _changes(line: _Line, side: Side) -> bool:
    present = line.current.get(side)
    if present is None or line.points is None:
        return (present is None) != (line.points is None)
    return present.points != rules.as_number(line.points)


def _write(lines: list[_Line], side: Side, *, by, at) -> list[Score]:
    answers = [line.answer for line in lines]
    Score.objects.filter(answer__in=answers, side=side, current=True).update(current=False)
    return Score.objects.bulk_create(
        Score(
            answer=line.answer,
            side=side,
            points=rules.as_number(line.points),
            reason=line.reason,
            by=by,
            at=at,
        )
        for line in lines
        if line.points is not None
    )
