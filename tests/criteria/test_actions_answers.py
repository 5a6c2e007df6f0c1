"""Saving an answer: what is kept, what is refused, and who may."""

from datetime import date

import pytest

from config.workflow import RuleViolation, Stale
from criteria import actions
from criteria.models import Answer
from criteria.rules import EXPLANATION_LIMIT
from criteria.states import Grade, Measure
from tests.factories.campaign import instant
from tests.factories.criteria import (
    WORKDAY,
    CriteriaSetFactory,
    CriterionFactory,
    ItemFactory,
    NumberCriterionFactory,
    answered,
    answers_of,
    handed_in,
    opened,
    reporter_of,
    set_of,
)
from tests.factories.units import DistrictFactory, person
from units.kinds import Role
from units.models import LogEntry


def only_answer(unit, year, factory=CriterionFactory, **fields):
    made = CriteriaSetFactory(campaign=year.campaign)
    factory(criteria_set=made, **fields)
    return answers_of(opened(unit, year.period))[0]


def refusal(answer, data, *, by, revision=0):
    with pytest.raises(RuleViolation) as caught:
        actions.save_answer(answer, data, by=by, revision=revision)
    return " ".join(caught.value.args)


def test_an_answer_is_kept_with_who_and_when(unit, year, reporter):
    answer = only_answer(unit, year)
    item = ItemFactory(criterion=answer.criterion)

    actions.save_answer(
        answer,
        {"grade": "met", "explanation": "Đã ban hành\r\nkế hoạch  số 12", "items": [item.pk]},
        by=reporter,
        revision=0,
    )

    answer.refresh_from_db()
    assert (answer.grade, answer.explanation) == ("met", "Đã ban hành\nkế hoạch số 12")
    assert list(answer.items.all()) == [item]
    assert (answer.revision, answer.edited_by, answer.edited_at) == (1, reporter, WORKDAY)


def test_the_same_content_again_changes_nothing(unit, year, reporter):
    answer = only_answer(unit, year)
    first = actions.save_answer(answer, {"grade": "met"}, by=reporter, revision=0)

    again = actions.save_answer(answer, {"grade": "met"}, by=reporter, revision=0)

    assert again.revision == first.revision == 1


def test_a_second_writer_learns_who_wrote_and_when_and_nothing_is_kept(unit, year, reporter):
    answer = only_answer(unit, year)
    actions.save_answer(answer, {"grade": "met"}, by=reporter, revision=0)

    with pytest.raises(Stale) as caught:
        actions.save_answer(answer, {"grade": "not_met"}, by=reporter_of(unit), revision=0)

    assert f"{reporter} đã sửa câu trả lời này lúc 08:00 ngày 20/11/2023" in caught.value.args[0]
    answer.refresh_from_db()
    assert answer.grade == "met"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"grade": "excellent"}, "không có trong danh sách"),
        ({"value": "12"}, "trả lời bằng mức đạt, không nhập số liệu"),
        ({"items": [987654]}, "ý kiểm không thuộc tiêu chí này"),
        ({"explanation": "ấ" * (EXPLANATION_LIMIT + 1)}, "10.001 ký tự, tối đa 10.000"),
    ],
)
def test_a_graded_criterion_refuses(unit, year, reporter, data, words):
    assert words in refusal(only_answer(unit, year), data, by=reporter)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"grade": "met"}, "trả lời bằng số liệu, không chọn mức đạt"),
        ({"grade": "not_arisen", "value": "1"}, "hãy xóa một trong hai"),
        ({"value": "một nửa"}, "không phải là số"),
        ({"value": "NaN"}, "không phải là số"),
        ({"value": "1.234"}, "tối đa hai chữ số phần lẻ"),
        ({"value": "1e12"}, "quá lớn"),
    ],
)
def test_a_number_criterion_refuses(unit, year, reporter, data, words):
    answer = only_answer(unit, year, NumberCriterionFactory)

    assert words in refusal(answer, data, by=reporter)
    assert Answer.objects.get(pk=answer.pk).revision == 0


def test_all_faults_are_told_at_once(unit, year, reporter):
    said = refusal(only_answer(unit, year), {"grade": "x", "value": "y"}, by=reporter)

    assert "không có trong danh sách" in said
    assert "không phải là số" in said


def test_a_number_may_be_negative_and_its_outcome_follows_the_threshold(unit, year, reporter):
    answer = only_answer(unit, year, NumberCriterionFactory)

    low = actions.save_answer(answer, {"value": "-3.5"}, by=reporter, revision=0)
    assert low.outcome == Grade.NOT_MET
    at = actions.save_answer(answer, {"value": "50"}, by=reporter, revision=1)
    assert at.outcome == Grade.NOT_MET
    above = actions.save_answer(answer, {"value": "50.01"}, by=reporter, revision=2)
    assert above.outcome == Grade.MET


def test_what_the_portal_computed_cannot_be_called_not_arisen(unit, year, reporter):
    answer = only_answer(
        unit, year, NumberCriterionFactory, measure=Measure.RATE_REDUCTION_OVER_PLAN
    )
    Answer.objects.filter(pk=answer.pk).update(computed=1, computed_met=True)

    assert "Hệ thống đã tính được" in refusal(answer, {"grade": "not_arisen"}, by=reporter)


@pytest.mark.parametrize("role", [Role.BOARD, Role.POVERTY_DESK, Role.ADMINISTRATOR, Role.COUNCIL])
def test_other_roles_in_the_unit_do_not_answer(unit, year, role):
    answer = only_answer(unit, year)

    assert "Chỉ người lập báo cáo hoặc lãnh đạo" in refusal(answer, {}, by=person(role, unit))


def test_neighbours_and_the_unit_above_do_not_answer(unit, year):
    answer = only_answer(unit, year)

    for other in (DistrictFactory(parent=year.province), year.province, year.board):
        assert "Chỉ người lập báo cáo" in refusal(answer, {"grade": "met"}, by=reporter_of(other))


def test_an_appointment_lost_since_the_page_was_opened_counts(unit, year):
    reporter = person(Role.REPORTER, unit)
    answer = only_answer(unit, year)
    reporter.seats()  # what the page had read
    reporter.appointments.update(ends=date(2023, 11, 20))

    assert "Chỉ người lập báo cáo" in refusal(answer, {"grade": "met"}, by=reporter)


def test_a_locked_account_does_not_write(unit, year, reporter):
    answer = only_answer(unit, year)
    type(reporter).objects.filter(pk=reporter.pk).update(is_active=False)

    assert "bị khóa" in refusal(answer, {"grade": "met"}, by=reporter)


def test_a_checklist_handed_in_is_closed(unit, year, reporter):
    set_of(1, campaign=year.campaign)
    (answer,) = answers_of(handed_in(unit, year.period))

    said = refusal(answer, {"grade": "not_met"}, by=reporter, revision=1)

    assert "đã nộp nên không sửa được" in said


def test_changes_after_the_first_sending_are_logged_and_drafts_are_not(unit, year, reporter):
    set_of(1, campaign=year.campaign)
    checklist = handed_in(unit, year.period)
    assert not LogEntry.objects.filter(action="criteria.answer").exists()

    actions.reopen(checklist, by=reporter, at=instant(2023, 11, 21))
    answered(checklist, Grade.NOT_MET, by=reporter)

    (entry,) = LogEntry.objects.filter(action="criteria.answer")
    assert entry.by == reporter
    assert entry.changes["grade"] == ["met", "not_met"]
