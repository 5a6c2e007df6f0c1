"""What the database itself refuses, and what single rows know of themselves."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from campaign.models import Goal
from tests.factories.campaign import (
    CampaignFactory,
    DeadlineFactory,
    DutyFactory,
    ExtensionFactory,
    GoalFactory,
    PassageFactory,
    PeriodFactory,
    PhaseFactory,
    instant,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("write", "name"),
    [
        (lambda: DeadlineFactory(lock=instant(2023, 11, 1)), "deadline_lock_not_before_due"),
        (lambda: ExtensionFactory(reason=""), "extension_says_why"),
        (lambda: ExtensionFactory(until=instant(2023, 11, 1)), "extension_looks_forward"),
        (lambda: DutyFactory(ends=date(2022, 6, 29)), "duty_ends_after_start"),
        (lambda: PhaseFactory(ends=date(2020, 12, 31)), "phase_in_order"),
        (lambda: PeriodFactory(ends=date(2023, 1, 1)), "period_in_order"),
        (lambda: CampaignFactory(ends=date(2021, 1, 1)), "campaign_ends_after_start"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_database_refuses(write, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        write()


@pytest.mark.parametrize(
    ("make", "fields"),
    [
        (DeadlineFactory, ("period", "tier")),
        (GoalFactory, ("campaign", "code")),
        (PeriodFactory, ("campaign", "code")),
        (PhaseFactory, ("campaign", "position")),
        (PassageFactory, ("campaign", "part", "position")),
        (DutyFactory, ("campaign", "kind", "unit", "starts")),
    ],
)
def test_the_key_of_a_row_stands_once(make, fields):
    first = make()

    with pytest.raises(IntegrityError), transaction.atomic():
        make(**{name: getattr(first, name) for name in fields})


def test_a_lock_before_due_is_told_in_words():
    deadline = DeadlineFactory.build(period=PeriodFactory(), lock=instant(2023, 11, 1))

    with pytest.raises(ValidationError, match="Khóa sổ không thể trước hạn nộp."):
        deadline.full_clean()


@pytest.mark.parametrize(
    ("direction", "target", "value", "reached"),
    [
        ("below", "0.5", "0.49", True),
        ("below", "0.5", "0.5", False),
        ("at_least", "100", "100", True),
        ("at_least", "100", "99.99", False),
    ],
)
def test_a_goal_is_reached_as_its_words_say(direction, target, value, reached):
    goal = Goal(direction=direction, target=Decimal(target))

    assert goal.reached_by(Decimal(value)) is reached


@pytest.mark.parametrize(
    ("day", "held"),
    [
        (date(2022, 6, 28), False),
        (date(2022, 6, 29), True),
        (date(2025, 2, 28), True),
        (date(2025, 3, 1), False),
    ],
)
def test_a_duty_ends_on_the_first_day_without_it(day, held):
    assert DutyFactory(ends=date(2025, 3, 1)).held_on(day) is held


def test_rows_say_what_they_are():
    deadline = DeadlineFactory()
    leave = ExtensionFactory(deadline=deadline, unit__short_name="Lập Thạch")

    assert str(deadline) == "Báo cáo năm 2023 – Huyện, thành phố"
    assert str(leave) == "Huyện Lập Thạch – đến 23:59 ngày 05/12/2023"
    assert str(PassageFactory()) == "II.2.a: Nội dung thi đua thử nghiệm."
