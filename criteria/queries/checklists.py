"""A checklist as pages, checks and frozen versions read it, in a fixed number of queries."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch

from config.text import vn_number
from criteria.models import Answer, Checklist, Criterion, Evidence, Item, Score
from criteria.queries.points import Total, max_points, suggested_points, total
from criteria.states import AnswerKind, Grade, Side


@dataclass(frozen=True)
class Tick:
    """A checkable part of a criterion, and whether the unit says it is done."""

    item: Item
    done: bool


@dataclass(frozen=True)
class Row:
    """One criterion of a checklist with everything said, attached and scored for it."""

    criterion: Criterion
    answer: Answer
    items: tuple[Tick, ...]
    evidence: tuple[Evidence, ...]
    max_points: Decimal
    suggested: Decimal | None
    scores: dict[str, Score]
    """Points in force by side."""

    @property
    def self_score(self) -> Score | None:
        return self.scores.get(Side.SELF)

    @property
    def above_score(self) -> Score | None:
        return self.scores.get(Side.ABOVE)

    @property
    def board_score(self) -> Score | None:
        return self.scores.get(Side.BOARD)

    @property
    def counts(self) -> bool:
        """Whether the criterion counts in the points: not arisen is left out."""
        return not self.answer.not_arisen


def checklist_rows(checklist: Checklist) -> list[Row]:
    """The criteria in their order; six queries, whatever the number of answers and files."""
    maximum = max_points(checklist.criteria_set)
    answers = (
        Answer.objects.filter(checklist=checklist)
        .select_related("criterion", "edited_by")
        .prefetch_related(
            "items",
            "criterion__items",
            Prefetch(
                "evidence",
                Evidence.objects.attached().select_related("added_by").order_by("added_at", "pk"),
                to_attr="attached",
            ),
            Prefetch(
                "scores",
                Score.objects.filter(current=True).select_related("by"),
                to_attr="points_in_force",
            ),
        )
        .order_by("criterion__number")
    )
    return [_row(answer, maximum[answer.criterion_id]) for answer in answers]


def _row(answer: Answer, maximum: Decimal) -> Row:
    done = {item.pk for item in answer.items.all()}
    return Row(
        criterion=answer.criterion,
        answer=answer,
        items=tuple(Tick(item, item.pk in done) for item in answer.criterion.items.all()),
        evidence=tuple(answer.attached),
        max_points=maximum,
        suggested=suggested_points(answer.outcome, maximum),
        scores={score.side: score for score in answer.points_in_force},
    )


def totals(rows: list[Row]) -> dict[str, Total]:
    """The total of each column of points, by side, on the scale of the whole set."""
    counted = [row for row in rows if row.counts]
    whole = sum((row.max_points for row in rows), Decimal(0))
    return {
        side.value: total(
            ((_points(row.scores.get(side)), row.max_points) for row in counted), whole
        )
        for side in Side
    }


def _points(score: Score | None) -> Decimal | None:
    return None if score is None else score.points


# What keeps a checklist from being sent


@dataclass(frozen=True)
class Missing:
    """One thing to add or mend before sending; the sentence stands beside the clause."""

    criterion: Criterion
    sentence: str


def missing(checklist: Checklist, rows: list[Row] | None = None) -> list[Missing]:
    """What keeps the checklist from being sent, in the order of the criteria.

    An answer to every criterion; evidence where the criterion demands it; words where the grade
    alone does not speak for itself.
    """
    rows = checklist_rows(checklist) if rows is None else rows
    return [Missing(row.criterion, sentence) for row in rows for sentence in _gaps(row)]


def doubts(rows: list[Row]) -> list[Missing]:
    """What may be right and should be looked at again: met, with things left undone."""
    found = []
    for row in rows:
        undone = [tick for tick in row.items if not tick.done]
        if undone and row.answer.grade == Grade.MET:
            sentence = (
                f"Chọn “{Grade.MET.label}” nhưng {len(undone)}/{len(row.items)} việc chưa đánh dấu "
                "là đã làm; kiểm tra lại."
            )
            found.append(Missing(row.criterion, sentence))
    return found


def _gaps(row: Row) -> Iterator[str]:
    if row.criterion.kind == AnswerKind.GRADED:
        yield from _gaps_of_grade(row)
    else:
        yield from _gaps_of_number(row)
    score = row.self_score
    if score is not None and row.counts and score.points > row.max_points:
        yield (
            f"Điểm tự chấm {vn_number(score.points)} lớn hơn điểm tối đa "
            f"{vn_number(row.max_points)}; hãy chấm lại."
        )


def _gaps_of_grade(row: Row) -> Iterator[str]:
    answer = row.answer
    if not answer.grade:
        yield "Chưa chọn mức đạt."
        return
    done = answer.grade in (Grade.MET, Grade.PARTLY)
    if done and row.criterion.evidence_required and not row.evidence:
        yield f"Cần ít nhất một tệp minh chứng. {row.criterion.evidence_hint}".strip()
    if answer.grade != Grade.MET and not answer.explanation:
        yield f"Chọn “{answer.get_grade_display()}” thì cần ghi diễn giải vì sao."


def _gaps_of_number(row: Row) -> Iterator[str]:
    answer = row.answer
    if answer.explanation:
        return
    if answer.not_arisen:
        yield "Chọn “Không phát sinh” thì cần ghi diễn giải vì sao."
    elif answer.number is None:
        yield "Chưa có số liệu: hãy nhập số, hoặc ghi diễn giải vì sao chưa có."
    elif answer.value is not None and answer.value != answer.number:
        yield (
            f"Số đơn vị nhập {vn_number(answer.value)} khác số hệ thống tính "
            f"{vn_number(answer.computed)}; cần ghi diễn giải."
        )


# What a sent version keeps


def frozen(checklist: Checklist) -> dict:
    """The checklist as plain JSON for a version: answers, parts, files by hash, own points."""
    criteria_set = checklist.criteria_set
    return {
        "set": {
            "letter": criteria_set.letter,
            "version": criteria_set.version,
            "clause": criteria_set.clause,
            "title": criteria_set.title,
            "points": str(criteria_set.points),
        },
        "answers": [_frozen_row(row) for row in checklist_rows(checklist)],
    }


def _frozen_row(row: Row) -> dict:
    answer = row.answer
    return {
        "number": row.criterion.number,
        "clause": row.criterion.clause,
        "statement": row.criterion.statement,
        "kind": row.criterion.kind,
        "grade": answer.grade,
        "grade_label": answer.get_grade_display() if answer.grade else "",
        "value": _text(answer.value),
        "computed": _text(answer.computed),
        "computed_from": answer.computed_from,
        "unit": row.criterion.unit,
        "outcome": answer.outcome,
        "explanation": answer.explanation,
        "items": [{"statement": tick.item.statement, "done": tick.done} for tick in row.items],
        "evidence": [
            {"name": file.name, "kind": file.kind, "size": file.size, "sha256": file.sha256}
            for file in row.evidence
        ],
        "max_points": _text(row.max_points),
        "self_points": _text(_points(row.self_score)),
    }


def _text(number: Decimal | None) -> str | None:
    """With two decimals, so that the same number has one spelling on every database."""
    return None if number is None else f"{number:.2f}"
