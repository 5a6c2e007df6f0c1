"""The local scale of points, and versions that protect the years already judged."""

from decimal import Decimal

import pytest

from config.workflow import RuleViolation
from criteria import actions
from criteria.models import Criterion
from criteria.queries import max_points
from tests.factories.campaign import PeriodFactory
from tests.factories.criteria import (
    ItemFactory,
    answered,
    answers_of,
    handed_in,
    opened,
    set_of,
)
from tests.factories.units import person
from units.kinds import Role
from units.models import LogEntry


@pytest.fixture
def made(year):
    return set_of(3, campaign=year.campaign)


def pks(criteria_set):
    return list(criteria_set.criteria.order_by("number").values_list("pk", flat=True))


def configure(made, *points, by):
    return actions.configure_points(made, dict(zip(pks(made), points, strict=True)), by=by)


def refusal(act, *args, **options):
    with pytest.raises(RuleViolation) as caught:
        act(*args, **options)
    return " ".join(caught.value.args)


def test_points_are_set_and_the_rest_is_shared(made, board):
    configure(made, Decimal(50), None, None, by=board)

    assert list(max_points(made).values()) == [50, 25, 25]
    entry = LogEntry.objects.get(action="criteria.configure_points")
    assert entry.changes == {"III.1.b, ý 1": ["None", "50"]}


def test_all_numbers_add_up_to_the_whole(made, board):
    configure(made, 50, 30, 20, by=board)

    said = refusal(configure, made, 50, 30, 19, by=board)
    assert "cộng lại 99, phải bằng tổng điểm của bộ 100" in said
    assert list(max_points(made).values()) == [50, 30, 20]


@pytest.mark.parametrize("first", [100, 120, "99.99"])
def test_some_numbers_leave_something_to_share(made, board, first):
    assert "không còn điểm để chia" in refusal(configure, made, first, None, None, by=board)


@pytest.mark.parametrize("wrong", [0, -5, "1.005", "NaN", "10000", "nhiều"])
def test_a_maximum_is_a_positive_number(made, board, wrong):
    said = refusal(configure, made, wrong, None, None, by=board)

    assert said == "III.1.b, ý 1: điểm tối đa phải là số lớn hơn 0, tối đa hai chữ số phần lẻ."


def test_criteria_left_out_keep_their_points(made, board):
    first, second, _ = pks(made)
    configure(made, 60, None, None, by=board)

    actions.configure_points(made, {second: 30}, by=board)

    assert list(max_points(made).values()) == [60, 30, 10]
    actions.configure_points(made, {first: None, second: None}, by=board)
    assert Criterion.objects.filter(points__isnull=True).count() == 3


def test_a_criterion_of_another_set_is_refused(made, board):
    stranger = pks(set_of(1))[0]

    assert "không thuộc bộ này" in refusal(actions.configure_points, made, {stranger: 10}, by=board)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.BOARD])
def test_only_the_board_sets_points_and_makes_versions(made, year, role):
    other = person(role, year.board)

    assert "Chỉ Ban Thi đua" in refusal(configure, made, None, None, None, by=other)
    assert "Chỉ Ban Thi đua" in refusal(actions.new_version, made, by=other, first_year=2024)


def test_drafts_do_not_fix_the_scale_and_a_sending_does(made, unit, year, board):
    answered(opened(unit, year.period))
    configure(made, 40, None, None, by=board)

    handed_in(unit, year.period)

    said = refusal(configure, made, 50, None, None, by=board)
    assert "1 đơn vị đã nộp" in said
    assert "hãy lập phiên bản mới áp dụng từ năm sau" in said


def test_a_new_version_copies_all_and_ends_the_old_one(made, year, board):
    configure(made, 40, None, None, by=board)
    ItemFactory.create_batch(2, criterion_id=pks(made)[1])

    copy = actions.new_version(made, by=board, first_year=2024)

    made.refresh_from_db()
    assert (made.version, made.last_year) == (1, 2023)
    assert (copy.version, copy.first_year, copy.last_year) == (2, 2024, None)
    assert copy.pk != made.pk
    assert list(max_points(copy).values()) == [40, 30, 30]
    old, new = made.criteria.get(number=2), copy.criteria.get(number=2)
    assert [item.statement for item in new.items.all()] == [
        item.statement for item in old.items.all()
    ]
    assert LogEntry.objects.filter(action="criteria.new_version", by=board).exists()


def test_answers_stay_with_their_version(made, unit, year, board):
    checklist = handed_in(unit, year.period)
    copy = actions.new_version(made, by=board, first_year=2024)
    configure(copy, 90, None, None, by=board)

    next_year = opened(unit, PeriodFactory(campaign=year.campaign, year=2024))

    assert next_year.criteria_set == copy
    assert {answer.criterion.criteria_set for answer in answers_of(checklist)} == {made}
    assert list(max_points(made).values())[0] == Decimal("33.33")


def test_a_version_does_not_start_in_a_year_already_opened(made, unit, year, board):
    opened(unit, year.period)

    said = refusal(actions.new_version, made, by=board, first_year=2023)
    assert "1 đơn vị đã mở bảng tự đánh giá" in said
    assert "phải áp dụng sau năm 2022" in refusal(
        actions.new_version, made, by=board, first_year=2022
    )


def test_only_the_last_version_is_followed_by_another(made, board):
    actions.new_version(made, by=board, first_year=2024)

    assert "Đã có phiên bản 2" in refusal(actions.new_version, made, by=board, first_year=2025)
