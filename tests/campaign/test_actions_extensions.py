"""Leave to send later: who may give it, to whom, until when, and what it leaves behind."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import connection, transaction

from campaign import actions
from campaign.models import Extension
from campaign.permissions import extendable_scope, gives_leave
from campaign.queries import units_to_extend
from config import clock
from config.workflow import RuleViolation
from tests.factories.campaign import ExtensionFactory, instant, reporting_year
from tests.factories.units import (
    CommuneFactory,
    DepartmentFactory,
    DistrictFactory,
    VillageFactory,
    person,
)
from units.kinds import Role, Tier
from units.models import LogEntry, Unit

pytestmark = pytest.mark.django_db
NOW = instant(2023, 11, 24, 9)
LATER = instant(2023, 12, 5, 23, 59, 59)


@pytest.fixture
def land():
    """A year with two districts; the first has a commune with a village."""
    year = reporting_year(2023)
    district = DistrictFactory(parent=year.province, short_name="Lập Thạch")
    commune = CommuneFactory(parent=district, short_name="Quang Sơn")
    return {
        "year": year,
        "district": district,
        "commune": commune,
        "village": VillageFactory(parent=commune),
        "other": DistrictFactory(parent=year.province),
        "department": DepartmentFactory(parent=year.province),
        "board": year.board,
        "province": year.province,
    }


def grant(land, unit, by, *, until=LATER, reason="Bão số 5 chia cắt địa bàn", now=NOW):
    with clock.frozen(now):
        deadline = land["year"].deadlines[unit.tier]
        return actions.grant_extension(deadline, unit, by=by, until=until, reason=reason)


def refusals(land, unit, by, **options):
    with pytest.raises(RuleViolation) as refusal:
        grant(land, unit, by, **options)
    assert not Extension.objects.exists()
    return refusal.value.args


# Who, to whom

ALLOWED = {
    (Role.LEADER, "district"): {"commune", "village"},
    (Role.LEADER, "commune"): {"village"},
    (Role.LEADER, "other"): set(),
    (Role.LEADER, "department"): set(),
    (Role.LEADER, "province"): {"district", "commune", "village", "other", "department"},
    (Role.BOARD, "board"): {"district", "commune", "village", "other", "department"},
    (Role.REPORTER, "district"): set(),
    (Role.POVERTY_DESK, "department"): set(),
    (Role.PROVINCE_VIEWER, "province"): set(),
    (Role.ADMINISTRATOR, "province"): set(),
    (Role.COUNCIL, "board"): set(),
}
UNITS = ("district", "commune", "village", "other", "department")


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize(("role", "seat"), ALLOWED, ids=lambda value: str(value))
def test_leave_comes_from_above_within_the_own_subtree(role, seat, unit, land):
    user = person(role, land[seat])
    allowed = unit in ALLOWED[(role, seat)]

    listed = Unit.objects.filter(extendable_scope(user), pk=land[unit].pk).exists()
    assert listed == allowed
    if allowed:
        assert grant(land, land[unit], user).granted_by == user
    else:
        assert land[unit].name in refusals(land, land[unit], user)[0]


def test_the_unit_that_receives_the_reports_owes_none_and_gets_no_leave(land):
    user = person(Role.LEADER, land["province"])

    assert "đầu mối tiếp nhận" in refusals(land, land["board"], user)[0]
    assert land["board"] not in units_to_extend(user, land["year"].period)


def test_nobody_gives_leave_to_the_unit_they_work_in(land):
    user = person(Role.BOARD, land["district"])

    assert refusals(land, land["district"], user) == (
        f"{land['district']}: không tự gia hạn cho đơn vị mình công tác. Đề nghị đơn vị cấp trên "
        "hoặc Ban Thi đua - Khen thưởng gia hạn.",
    )


def test_an_appointment_that_ended_meanwhile_gives_no_right(land):
    user = person(Role.LEADER, land["district"])
    assert user.role_names() == {Role.LEADER}  # remembered with the page's user
    user.appointments.update(ends=date(2023, 11, 20))

    assert "chỉ lãnh đạo đơn vị cấp trên" in refusals(land, land["commune"], user)[0]


def test_only_leaders_and_the_board_see_the_button(land):
    assert gives_leave(person(Role.BOARD, land["board"]))
    assert gives_leave(person(Role.LEADER, land["commune"]))
    assert not gives_leave(person(Role.REPORTER, land["commune"]))


# Until when, why


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (NOW, "phải sau thời điểm hiện tại (09:00 ngày 24/11/2023)"),
        (instant(2023, 11, 1), "phải sau thời điểm hiện tại"),
        (instant(2023, 11, 30, 23, 59, 59), "phải sau hạn nộp chung (23:59 ngày 30/11/2023)"),
        (instant(2033, 12, 5), "quá một năm sau ngày khóa sổ"),
    ],
    ids=["now", "past", "not beyond due", "mistyped year"],
)
def test_leave_looks_forward_and_beyond_due(until, words, land):
    board = person(Role.BOARD, land["board"])

    (sentence,) = refusals(land, land["district"], board, until=until)

    assert sentence.startswith("Được nộp đến: ")
    assert words in sentence


@pytest.mark.parametrize("reason", ["", "  \n ", "\u200b"])
def test_leave_says_why(reason, land):
    board = person(Role.BOARD, land["board"])

    assert refusals(land, land["district"], board, reason=reason) == (
        "Lý do: cần ghi vì sao đơn vị được nộp muộn.",
    )


def test_all_reasons_are_told_at_once(land):
    board = person(Role.BOARD, land["board"])

    told = refusals(land, land["district"], board, until=NOW, reason="x" * 2001)

    assert len(told) == 2
    assert "2001 ký tự" in told[1]


def test_later_leave_never_shortens_what_was_given(land):
    board = person(Role.BOARD, land["board"])
    grant(land, land["district"], board)

    for until in (LATER, LATER - timedelta(days=1)):
        with pytest.raises(RuleViolation, match="đã được gia hạn đến 23:59 ngày 05/12/2023"):
            grant(land, land["district"], board, until=until)
    grant(land, land["district"], board, until=LATER + timedelta(days=1))

    assert Extension.objects.count() == 2


def test_leave_after_the_lock_reopens_for_this_unit(land):
    board = person(Role.BOARD, land["board"])

    leave = grant(
        land, land["district"], board, until=instant(2024, 1, 20), now=instant(2024, 1, 10)
    )

    assert leave.until > leave.deadline.lock


def test_the_deadline_must_be_that_of_the_units_tier(land):
    board = person(Role.BOARD, land["board"])
    deadline = land["year"].deadlines[Tier.COMMUNE]

    with clock.frozen(NOW), pytest.raises(RuleViolation, match="dành cho nhóm “Xã, phường"):
        actions.grant_extension(deadline, land["district"], by=board, until=LATER, reason="Bão")


def test_a_unit_that_is_not_on_the_register_needs_no_leave(land):
    board = person(Role.BOARD, land["board"])
    gone = DistrictFactory(parent=land["province"], valid_to=date(2023, 4, 10))

    assert "không có trong danh sách đơn vị ngày 31/12/2023" in refusals(land, gone, board)[0]


# What stays


def test_leave_is_logged_with_who_why_and_until_when(land):
    board = person(Role.BOARD, land["board"])

    leave = grant(land, land["district"], board, reason=" Bão  số 5\x07 ")

    assert (leave.reason, leave.granted_at, leave.until) == ("Bão số 5", NOW, LATER)
    entry = LogEntry.objects.get(action="grant_extension")
    assert (entry.by, entry.unit, entry.reason) == (board, land["district"], "Bão số 5")
    assert (entry.model, entry.object_id) == ("campaign.Extension", leave.pk)
    assert entry.changes["until"] == ["", LATER.isoformat()]


def test_the_units_people_get_a_mail_after_the_commit(land, django_capture_on_commit_callbacks):
    board = person(Role.BOARD, land["board"])
    unit = land["district"]
    for role in (Role.REPORTER, Role.LEADER):
        person(role, unit, email=f"{role}@example.vn")
    person(Role.LEADER, unit, email="gone@example.vn", ends=date(2023, 1, 1))
    person(Role.LEADER, land["commune"], email="below@example.vn")
    person(Role.REPORTER, unit, email="")

    with django_capture_on_commit_callbacks(execute=True):
        grant(land, unit, board)
        assert mail.outbox == []

    assert [letter.to for letter in mail.outbox] == [["leader@example.vn"], ["reporter@example.vn"]]
    message = mail.outbox[0]
    assert message.subject == (
        f"{unit} được gia hạn nộp Báo cáo năm 2023 đến 23:59 ngày 05/12/2023"
    )
    assert "Lý do: Bão số 5 chia cắt địa bàn" in message.body


def test_a_rolled_back_leave_sends_nothing(land, django_capture_on_commit_callbacks):
    person(Role.LEADER, land["district"])
    board = person(Role.BOARD, land["board"])

    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        grant(land, land["district"], board)
        transaction.set_rollback(True)

    assert mail.outbox == []
    assert not Extension.objects.exists()


def test_who_sees_which_leave(land):
    deadline = land["year"].deadlines
    for name in ("district", "commune", "other"):
        ExtensionFactory(deadline=deadline[land[name].tier], unit=land[name])

    def seen(role, seat):
        leave = Extension.objects.visible_to(person(role, land[seat]))
        return {row.unit for row in leave}

    assert seen(Role.LEADER, "district") == {land["district"], land["commune"]}
    assert seen(Role.REPORTER, "commune") == {land["commune"]}
    assert seen(Role.LEADER, "department") == set()
    assert len(seen(Role.BOARD, "board")) == 3
    assert len(seen(Role.PROVINCE_VIEWER, "province")) == 3
    assert seen(Role.COUNCIL, "board") == set()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_time_give_one_leave(land):
    """SQLite writes one after the other anyway; PostgreSQL locks the deadline's row."""
    board = person(Role.BOARD, land["board"])

    def click():
        try:
            return bool(actions.grant_extension(
                land["year"].deadlines[Tier.DISTRICT], land["district"], by=board, until=LATER,
                reason="Bão",
            ))  # fmt: skip
        except RuleViolation:
            return False
        finally:
            connection.close()

    with clock.frozen(NOW), ThreadPoolExecutor(2) as pool:
        answers = [pool.submit(click) for _ in range(2)]

    assert sorted(answer.result() for answer in answers) == [False, True]
    assert Extension.objects.count() == 1
