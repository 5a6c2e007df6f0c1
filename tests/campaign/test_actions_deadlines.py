"""Due and lock of a tier: by the board, forward only, with a reason."""

from datetime import UTC, timedelta

import pytest

from campaign import actions
from campaign.models import Deadline
from config import clock
from config.workflow import RuleViolation
from tests.factories.campaign import DeadlineFactory, instant
from tests.factories.units import DepartmentFactory, person
from units.kinds import Role
from units.models import LogEntry

pytestmark = pytest.mark.django_db
NOW = instant(2023, 11, 24, 9)
DUE = instant(2023, 11, 30, 23, 59, 59)
LOCK = instant(2023, 12, 31, 23, 59, 59)


@pytest.fixture
def deadline():
    return DeadlineFactory()


@pytest.fixture
def board():
    return person(Role.BOARD, DepartmentFactory())


def move(deadline, by, *, due=DUE, lock=LOCK, reason="Theo công văn 12/SNV", now=NOW):
    with clock.frozen(now):
        return actions.set_deadline(deadline, by=by, due=due, lock=lock, reason=reason)


def test_the_board_moves_due_and_lock_and_it_is_logged(deadline, board):
    due, lock = instant(2023, 12, 5, 23, 59, 59), instant(2024, 1, 15, 23, 59, 59)

    move(deadline, board, due=due, lock=lock)

    deadline.refresh_from_db()
    assert (deadline.due, deadline.lock) == (due, lock)
    entry = LogEntry.objects.get()
    assert (entry.action, entry.by, entry.reason) == (
        "set_deadline",
        board,
        "Theo công văn 12/SNV",
    )
    assert entry.changes == {
        "due": [DUE.astimezone(UTC).isoformat(), due.isoformat()],
        "lock": [LOCK.astimezone(UTC).isoformat(), lock.isoformat()],
    }


def test_what_stays_is_not_logged_as_changed(deadline, board):
    move(deadline, board, lock=instant(2024, 1, 15))

    assert set(LogEntry.objects.get().changes) == {"lock"}


@pytest.mark.parametrize("role", [role for role in Role.values if role != Role.BOARD])
def test_nobody_else_moves_a_deadline(role, deadline):
    with pytest.raises(RuleViolation, match="Chỉ Ban Thi đua - Khen thưởng"):
        move(deadline, person(role, DepartmentFactory()), due=instant(2023, 12, 5))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"due": instant(2023, 11, 20)}, "Hạn nộp: mốc mới phải sau thời điểm hiện tại"),
        ({"due": NOW}, "Hạn nộp: mốc mới phải sau thời điểm hiện tại"),
        ({"due": instant(2024, 1, 5)}, "Khóa sổ: không thể trước hạn nộp."),
        ({"lock": instant(2023, 11, 26)}, "Khóa sổ: không thể trước hạn nộp."),
        ({"due": instant(2023, 12, 1), "reason": " "}, "Lý do: cần ghi vì sao đổi hạn."),
        ({}, "sửa ít nhất một mốc"),
    ],
)
def test_a_move_that_breaks_a_rule_is_refused(given, words, deadline, board):
    with pytest.raises(RuleViolation) as refusal:
        move(deadline, board, **given)

    assert words in " ".join(refusal.value.args)
    assert Deadline.objects.get().due == DUE
    assert not LogEntry.objects.exists()


def test_a_due_date_that_has_passed_stands_since_marks_rest_on_it(deadline, board):
    with pytest.raises(RuleViolation, match="không đổi nữa. Hãy gia hạn cho từng đơn vị"):
        move(deadline, board, due=instant(2023, 12, 20), now=instant(2023, 12, 1))


def test_the_last_second_of_due_still_counts_as_open(deadline, board):
    last = DUE + timedelta(milliseconds=900)

    move(deadline, board, due=instant(2023, 12, 20), now=last)

    assert Deadline.objects.get().due == instant(2023, 12, 20)


def test_the_books_may_be_opened_again_for_all_after_the_lock(deadline, board):
    move(deadline, board, lock=instant(2024, 1, 31), now=instant(2024, 1, 10))

    assert Deadline.objects.get().lock == instant(2024, 1, 31)


def test_the_books_are_not_closed_with_effect_from_the_past(deadline, board):
    with pytest.raises(RuleViolation, match="Khóa sổ: mốc mới phải sau"):
        move(deadline, board, lock=instant(2023, 12, 5), now=instant(2023, 12, 10))
