"""What keeps a checklist from being sent, what pages read, and what a version keeps."""

import json
from decimal import Decimal

import pytest

from criteria import actions
from criteria.models import Answer
from criteria.queries import checklist_rows, doubts, frozen, missing, totals
from criteria.states import Grade, Side
from tests.factories.criteria import (
    CriterionFactory,
    EvidenceFactory,
    ItemFactory,
    NumberCriterionFactory,
    ScoreFactory,
    answers_of,
    opened,
    set_of,
)


def sentences(checklist):
    return [each.sentence for each in missing(checklist)]


def of_one(unit, year, factory=CriterionFactory, **fields):
    """A checklist of one criterion and its answer."""
    made = set_of(0, campaign=year.campaign)
    factory(criteria_set=made, **fields)
    checklist = opened(unit, year.period)
    return checklist, answers_of(checklist)[0]


def save(answer, by, **data):
    answer.refresh_from_db()
    actions.save_answer(answer, data, by=by, revision=answer.revision)


def test_an_empty_answer_is_missing(unit, year):
    checklist, answer = of_one(unit, year)

    (gap,) = missing(checklist)

    assert (gap.criterion, gap.sentence) == (answer.criterion, "Chưa chọn mức đạt.")


@pytest.mark.parametrize("grade", [Grade.PARTLY, Grade.NOT_MET, Grade.NOT_ARISEN])
def test_less_than_met_needs_words(unit, year, reporter, grade):
    checklist, answer = of_one(unit, year)

    save(answer, reporter, grade=grade)
    assert sentences(checklist) == [f"Chọn “{grade.label}” thì cần ghi diễn giải vì sao."]

    save(answer, reporter, grade=grade, explanation="Do mưa lũ.")
    assert sentences(checklist) == []


@pytest.mark.parametrize(
    ("grade", "needed"),
    [(Grade.MET, True), (Grade.PARTLY, True), (Grade.NOT_MET, False), (Grade.NOT_ARISEN, False)],
)
def test_evidence_is_due_where_the_criterion_asks_and_something_was_done(
    unit, year, reporter, grade, needed
):
    checklist, answer = of_one(unit, year, evidence_required=True, evidence_hint="Kế hoạch.")
    save(answer, reporter, grade=grade, explanation="Có.")

    expected = ["Cần ít nhất một tệp minh chứng. Kế hoạch."] if needed else []
    assert sentences(checklist) == expected


@pytest.mark.parametrize(
    ("grade", "done", "doubted"),
    [(Grade.MET, 0, "2/2"), (Grade.MET, 1, "1/2"), (Grade.MET, 2, ""), (Grade.PARTLY, 0, "")],
)
def test_met_with_things_left_undone_is_doubted_and_stops_nothing(
    unit, year, reporter, grade, done, doubted
):
    checklist, answer = of_one(unit, year)
    items = ItemFactory.create_batch(2, criterion=answer.criterion)
    data = {"grade": grade, "items": [item.pk for item in items[:done]], "explanation": "Có."}
    save(answer, reporter, **data)

    told = [each.sentence for each in doubts(checklist_rows(checklist))]

    words = f"Chọn “Đạt” nhưng {doubted} việc chưa đánh dấu là đã làm; kiểm tra lại."
    assert told == ([words] if doubted else [])
    assert sentences(checklist) == []


def test_a_removed_file_is_no_evidence(unit, year, reporter):
    checklist, answer = of_one(unit, year, evidence_required=True)
    save(answer, reporter, grade=Grade.MET)
    file = EvidenceFactory(answer=answer)
    assert sentences(checklist) == []

    actions.remove_evidence(file, by=reporter)

    assert sentences(checklist) == ["Cần ít nhất một tệp minh chứng."]


def test_a_number_or_the_reason_why_there_is_none(unit, year, reporter):
    checklist, answer = of_one(unit, year, NumberCriterionFactory)
    assert sentences(checklist) == [
        "Chưa có số liệu: hãy nhập số, hoặc ghi diễn giải vì sao chưa có."
    ]

    save(answer, reporter, explanation="Chưa được giao chỉ tiêu.")
    assert sentences(checklist) == []
    save(answer, reporter, value="52")
    assert sentences(checklist) == []
    save(answer, reporter, grade=Grade.NOT_ARISEN)
    assert sentences(checklist) == ["Chọn “Không phát sinh” thì cần ghi diễn giải vì sao."]


def test_a_number_beside_a_different_computed_one_needs_words(unit, year, reporter):
    checklist, answer = of_one(unit, year, NumberCriterionFactory)
    save(answer, reporter, value="52,5".replace(",", "."))
    Answer.objects.filter(pk=answer.pk).update(computed=Decimal(48), computed_met=False)

    assert sentences(checklist) == [
        "Số đơn vị nhập 52,5 khác số hệ thống tính 48; cần ghi diễn giải."
    ]


def test_own_points_above_the_present_maximum_are_pointed_out(unit, year, reporter):
    checklist, answer = of_one(unit, year)
    save(answer, reporter, grade=Grade.MET)
    ScoreFactory(answer=answer, side=Side.SELF, points=101)

    assert sentences(checklist) == ["Điểm tự chấm 101 lớn hơn điểm tối đa 100; hãy chấm lại."]


def test_rows_hold_all_that_a_page_prints(unit, year, reporter):
    checklist, answer = of_one(unit, year)
    done, open_ = ItemFactory.create_batch(2, criterion=answer.criterion)
    save(answer, reporter, grade=Grade.PARTLY, items=[done])
    file = EvidenceFactory(answer=answer)
    old = ScoreFactory(answer=answer, side=Side.SELF, points=70, current=False)
    new = ScoreFactory(answer=answer, side=Side.SELF, points=60)

    (row,) = checklist_rows(checklist)

    assert [(tick.item, tick.done) for tick in row.items] == [(done, True), (open_, False)]
    assert row.evidence == (file,)
    assert (row.self_score, row.above_score, row.board_score) == (new, None, None)
    assert old not in row.scores.values()
    assert (row.max_points, row.suggested) == (Decimal(100), Decimal(50))


@pytest.mark.parametrize("count", [1, 3])
def test_rows_cost_the_same_for_any_number_of_criteria(
    unit, year, count, django_assert_num_queries
):
    set_of(count, campaign=year.campaign)
    checklist = opened(unit, year.period)
    for answer in answers_of(checklist):
        EvidenceFactory.create_batch(2, answer=answer)
        ScoreFactory(answer=answer)
        ItemFactory(criterion=answer.criterion)
    checklist.refresh_from_db()

    with django_assert_num_queries(7):
        rows = checklist_rows(checklist)
        assert [file.added_by for row in rows for file in row.evidence]
        assert [row.board_score.by for row in rows]
        assert [row.answer.edited_by for row in rows] == [None] * count


def test_totals_leave_out_what_did_not_arise(unit, year, reporter):
    set_of(4, campaign=year.campaign)
    checklist = opened(unit, year.period)
    first, second, third, fourth = answers_of(checklist)
    save(fourth, reporter, grade=Grade.NOT_ARISEN)
    for answer, points in ((first, 25), (second, 20), (third, 15), (fourth, 25)):
        ScoreFactory(answer=answer, side=Side.BOARD, points=points)

    found = totals(checklist_rows(checklist))

    assert (found["board"].given, found["board"].maximum) == (60, 75)
    assert found["board"].points == Decimal(80)
    assert found["self"].points is None


def test_a_version_keeps_answers_files_and_own_points_as_plain_json(unit, year, reporter):
    checklist, answer = of_one(unit, year)
    item = ItemFactory(criterion=answer.criterion)
    save(answer, reporter, grade=Grade.MET, explanation="A & B <c> 🎉", items=[item.pk])
    file = EvidenceFactory(answer=answer)
    EvidenceFactory(answer=answer, removed_at=file.added_at)
    actions.score(answer, Side.SELF, "95.5", by=reporter)

    content = json.loads(json.dumps(frozen(checklist)))

    assert content["set"] == {
        "letter": "b",
        "version": 1,
        "clause": "III.1.b",
        "title": "Đối với các huyện, thành phố",
        "points": "100.00",
    }
    (kept,) = content["answers"]
    assert kept["explanation"] == "A & B <c> 🎉"
    assert kept["items"] == [{"statement": item.statement, "done": True}]
    assert [(each["name"], each["sha256"]) for each in kept["evidence"]] == [
        (file.name, file.sha256)
    ]
    assert (kept["self_points"], kept["max_points"]) == ("95.50", "100.00")
