"""Two dates, hạn nộp and khóa sổ, and leave to send later: as what a sending counts.

Due of the districts is 30/11/2023 23:59:59, lock 31/12/2023 23:59:59 (V.4, design 3).
"""

import pytest

from campaign.actions import grant_extension, set_deadline
from config import clock
from config.workflow import RuleViolation
from criteria.models import Checklist
from reports import actions
from reports.queries.expected import completeness_by_tier
from reports.states import State, Timeliness
from tests.factories.campaign import instant
from tests.factories.reports import accepted, filled, sent

pytestmark = pytest.mark.django_db
GRANTED = instant(2023, 11, 28, 9)
WITHIN = instant(2023, 12, 5, 23, 59, 59)
BEYOND_LOCK = instant(2024, 1, 10, 23, 59, 59)


def with_leave(case, until, *, at=GRANTED):
    with clock.frozen(at):
        grant_extension(
            case.year.deadlines["district"], case.unit, by=case.board, until=until,
            reason="Bão số 5 chia cắt địa bàn.",
        )  # fmt: skip
    return case


def sending(case, *moment):
    """The state and the mark after a sending at that instant; the reason when it is refused."""
    with clock.frozen(instant(*moment)):
        try:
            actions.take_step(case.report, "send", by=case.leader)
        except RuleViolation as refusal:
            return refusal.args[0]
    return case.anew().report.timeliness


@pytest.mark.parametrize(
    ("until", "moment", "counts_as"),
    [
        (WITHIN, (2023, 11, 30, 23, 59, 59), Timeliness.ON_TIME),
        (WITHIN, (2023, 12, 1, 0, 0, 0), Timeliness.EXCUSED),
        (WITHIN, (2023, 12, 5, 23, 59, 59), Timeliness.EXCUSED),
        (WITHIN, (2023, 12, 6, 0, 0, 0), Timeliness.LATE),
        (BEYOND_LOCK, (2024, 1, 1, 0, 0, 0), Timeliness.EXCUSED),
        (BEYOND_LOCK, (2024, 1, 10, 23, 59, 59), Timeliness.EXCUSED),
    ],
)
def test_leave_makes_a_late_sending_an_excused_one_to_its_last_second(until, moment, counts_as):
    assert sending(with_leave(filled(), until), *moment) == counts_as


@pytest.mark.parametrize("until", [WITHIN, BEYOND_LOCK])
def test_after_lock_and_leave_nothing_is_sent(until):
    case = with_leave(filled(), until)

    assert "khóa sổ lúc 23:59:59 ngày 31/12/2023" in sending(case, 2024, 1, 11, 0, 0, 0)
    assert case.anew().report.state == State.DRAFT


def test_leave_is_for_one_unit_alone():
    case = filled()
    other = filled(year=case.year)
    with_leave(case, WITHIN)

    assert sending(case, 2023, 12, 2, 9) == Timeliness.EXCUSED
    assert sending(other, 2023, 12, 2, 9) == Timeliness.LATE


def test_the_longest_leave_counts():
    case = with_leave(filled(), WITHIN)
    with_leave(case, BEYOND_LOCK, at=instant(2023, 12, 4, 9))

    assert sending(case, 2023, 12, 20, 9) == Timeliness.EXCUSED


def test_leave_given_after_a_late_sending_does_not_change_its_mark():
    case = sent(filled(), at=instant(2023, 12, 2, 9))
    with_leave(case, WITHIN, at=instant(2023, 12, 3, 9))

    assert case.anew().report.timeliness == Timeliness.LATE


def test_a_later_due_date_set_in_time_holds_for_every_unit_of_the_tier():
    case = filled()
    with clock.frozen(GRANTED):
        set_deadline(
            case.year.deadlines["district"], by=case.board, due=WITHIN,
            lock=instant(2023, 12, 31, 23, 59, 59), reason="Theo công văn lùi hạn.",
        )  # fmt: skip

    assert sending(case, 2023, 12, 5, 23, 59, 59) == Timeliness.ON_TIME


def test_after_the_lock_leave_lets_a_report_go_back_and_come_again():
    case = with_leave(sent(), BEYOND_LOCK)
    with clock.frozen(instant(2024, 1, 5, 9)):
        actions.take_step(case.report, "return", by=case.board, note="Bổ sung số liệu.")

    assert sending(case, 2024, 1, 8, 9) == Timeliness.ON_TIME  # the mark of its first sending
    assert case.anew().report.versions.count() == 2


def test_an_excused_sending_counts_as_on_time_in_the_ranking_and_by_itself_in_completeness():
    case = with_leave(filled(), WITHIN)
    late = filled(year=case.year)
    sent(case, at=instant(2023, 12, 2, 9))
    accepted(sent(late, at=instant(2023, 12, 2, 9)), at=instant(2023, 12, 4, 9))

    in_time = dict(Checklist.objects.values_list("unit", "on_time"))
    assert in_time == {case.unit.pk: True, late.unit.pk: False}
    (row,) = [row for row in completeness_by_tier(case.year.period) if row.key == "district"]
    assert (row.sent, row.on_time, row.excused, row.late) == (2, 0, 1, 1)
