"""Accounts opened with a role, passwords given once, roles handed over, the last leader."""

from datetime import date

import pytest
from django.core import mail
from django.urls import reverse

from config.workflow import RuleViolation
from tests.factories.units import (
    AppointmentFactory,
    CommuneFactory,
    DepartmentFactory,
    DistrictFactory,
    UserFactory,
    person,
)
from units.actions import appoint, end_appointment, save_user
from units.actions.accounts import open_account, renew_password
from units.actions.handing_over import hand_over
from units.kinds import Role
from units.models import Appointment, LogEntry, User

pytestmark = pytest.mark.django_db
TODAY, DAY = date(2023, 11, 20), date(2023, 12, 1)


@pytest.fixture(autouse=True)
def _in_2023(stop_clock):
    stop_clock(2023, 11, 20, 8)


@pytest.fixture
def commune():
    return CommuneFactory()


@pytest.fixture
def leader(commune):
    return person(Role.LEADER, commune, full_name="Trần Lãnh Đạo")


def colleague(unit, **fields):
    """Somebody known to the leaders of the unit, who holds no role any more."""
    return person(Role.REPORTER, unit, ends=date(2022, 1, 1), **fields)


def refusal_of(call):
    with pytest.raises(RuleViolation) as refusal:
        call()
    return " ".join(refusal.value.args)


def newcomer(**fields):
    return User(**{"username": "moi", "full_name": "Lê Thị Mới", **fields})


def opened(unit, by, role=Role.REPORTER, **fields):
    return open_account(
        newcomer(**fields), unit, role, by=by, starts=TODAY, basis="QĐ 1", origin="https://cong.vn"
    )


# Opening accounts


@pytest.mark.parametrize("role", Role.OF_UNIT)
def test_a_leader_opens_an_account_for_the_own_unit(commune, leader, role):
    user, seat, password = opened(commune, leader, role)

    assert user.check_password(password)
    assert user.password_given
    assert (seat.unit, seat.role, seat.basis) == (commune, role, "QĐ 1")
    assert not user.is_staff
    entries = LogEntry.objects.order_by("pk")
    assert [(entry.action, entry.by) for entry in entries] == [
        ("create_user", leader), ("appoint", leader),
    ]  # fmt: skip
    assert password not in str([entry.changes for entry in entries])


@pytest.mark.parametrize("role", [role for role in Role if role not in Role.OF_UNIT])
def test_nobody_opens_an_account_above_the_own_role(leader, commune, role):
    assert "cao hơn vai trò của mình" in refusal_of(lambda: opened(commune, leader, role))
    assert not User.objects.filter(username="moi").exists()


@pytest.mark.parametrize("place", ["beside", "above"])
def test_nobody_opens_an_account_outside_the_own_subtree(leader, commune, place):
    unit = CommuneFactory(parent=commune.parent) if place == "beside" else commune.parent

    assert "trong đơn vị do mình lãnh đạo" in refusal_of(lambda: opened(unit, leader))


@pytest.mark.parametrize(
    "role", [role for role in Role if role not in (Role.LEADER, Role.ADMINISTRATOR)]
)
def test_the_other_roles_open_none(commune, role):
    unit = commune if role in Role.OF_UNIT else DepartmentFactory()

    assert refusal_of(lambda: opened(unit, person(role, unit)))


def test_a_leader_corrects_no_account(leader):
    """Whoever sets another's mail address could set the password by it."""
    user = UserFactory()
    user.email = "cua.toi@example.vn"

    assert "Chỉ quản trị hệ thống" in refusal_of(lambda: save_user(user, by=leader))


def test_with_an_address_a_link_leads_in_and_no_password_is_told(
    commune, leader, client, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        user, _, password = opened(commune, leader, email="moi@example.vn")

    assert password == ""
    assert not user.has_usable_password()
    (message,) = mail.outbox
    assert message.to == ["moi@example.vn"]
    assert "tên đăng nhập: moi" in message.body
    link = next(line for line in message.body.splitlines() if line.startswith("https://cong.vn/"))
    page = client.get(link.removeprefix("https://cong.vn"), follow=True)
    form = {"password1": "Tu-dat-lay-mot-minh-8", "password2": "Tu-dat-lay-mot-minh-8"}
    client.post(page.redirect_chain[-1][0], form)
    user.refresh_from_db()
    assert user.check_password("Tu-dat-lay-mot-minh-8")
    assert not user.password_given


def test_a_unit_hears_of_an_account_opened_in_it_from_above(
    commune, leader, mailoutbox, django_capture_on_commit_callbacks
):
    above = person(Role.LEADER, commune.parent)

    with django_capture_on_commit_callbacks(execute=True):
        opened(commune, leader, username="cua.xa")
        opened(commune, above)

    (message,) = mailoutbox
    assert message.to == [leader.email]
    assert "Lê Thị Mới" in message.body


def test_an_account_that_is_refused_leaves_no_role_and_no_mail(
    commune, leader, django_capture_on_commit_callbacks
):
    UserFactory(username="moi")

    with django_capture_on_commit_callbacks(execute=True):
        told = refusal_of(lambda: opened(commune, leader, email="moi@example.vn"))

    assert "Tên đăng nhập: " in told
    assert mail.outbox == []
    assert Appointment.objects.count() == 1


def test_a_password_that_an_administrator_sets_must_be_changed(commune):
    admin, user = person(Role.ADMINISTRATOR, DepartmentFactory()), UserFactory()

    save_user(user, by=admin, password="Duoc-cap-mot-lan-7")
    assert user.password_given
    save_user(admin, by=admin, password="Tu-dat-lay-mot-minh-8")
    assert not admin.password_given


# First passwords anew


def test_a_first_password_is_given_anew_while_it_was_never_used(commune, leader):
    user, _, first = opened(commune, leader)

    second = renew_password(user, by=leader)

    user.refresh_from_db()
    assert first != second
    assert user.check_password(second)
    user.last_login = LogEntry.objects.latest("pk").at
    user.save()
    assert "đã đăng nhập, chỉ quản trị hệ thống" in refusal_of(
        lambda: renew_password(user, by=leader)
    )


def test_the_account_of_somebody_with_a_role_elsewhere_is_not_opened_by_it(commune, leader):
    user, *_ = opened(commune, leader)
    AppointmentFactory(user=user, unit=DepartmentFactory(), role=Role.BOARD)

    assert "vai trò ngoài đơn vị" in refusal_of(lambda: renew_password(user, by=leader))
    assert "vai trò ngoài đơn vị" in refusal_of(lambda: renew_password(UserFactory(), by=leader))


def test_an_account_that_waits_for_its_role_is_nobodys_to_open(commune, leader):
    """Otherwise a role given first, then a first password, would take it over."""
    waiting = UserFactory(email="")

    told = refusal_of(lambda: appoint(waiting, commune, Role.REPORTER, by=leader, starts=TODAY))

    assert "Không có tài khoản trong phạm vi của bạn" in told
    assert refusal_of(lambda: renew_password(waiting, by=leader))


# The last leader


def test_the_last_leader_stays_until_there_is_a_successor(commune, leader):
    seat = leader.appointments.get()

    told = refusal_of(lambda: end_appointment(seat, by=leader, ends=DAY, reason="Nghỉ"))
    person(Role.LEADER, commune)
    end_appointment(seat, by=leader, ends=DAY)

    assert "Từ 01/12/2023, " in told
    assert "không còn lãnh đạo nào để ký báo cáo" in told
    assert leader.appointments.get().ends == DAY


@pytest.mark.parametrize("other", ["locked", "ended"])
def test_a_leader_who_cannot_sign_is_no_successor(commune, leader, other):
    ends = TODAY if other == "ended" else None
    person(Role.LEADER, commune, is_active=other != "locked", ends=ends)

    assert "không còn lãnh đạo" in refusal_of(
        lambda: end_appointment(leader.appointments.get(), by=leader, ends=DAY)
    )


def test_an_administrator_ends_the_last_leader_with_a_reason(leader):
    admin, seat = person(Role.ADMINISTRATOR, DepartmentFactory()), leader.appointments.get()

    assert "ghi lý do" in refusal_of(lambda: end_appointment(seat, by=admin, ends=DAY, reason=" "))
    end_appointment(seat, by=admin, ends=DAY, reason="Qua đời")

    assert LogEntry.objects.latest("pk").reason == "Qua đời"


def test_a_unit_that_ends_needs_no_leader():
    unit = CommuneFactory(valid_to=DAY)
    leader = person(Role.LEADER, unit)

    end_appointment(leader.appointments.get(), by=leader, ends=DAY)

    assert leader.appointments.get().ends == DAY


def test_a_reporter_may_be_the_last_to_go(commune, leader):
    seat = person(Role.REPORTER, commune).appointments.get()

    assert end_appointment(seat, by=leader, ends=DAY).ends == DAY


# Handing over


def test_the_roles_of_one_go_over_to_another_on_the_day(
    commune, leader, django_capture_on_commit_callbacks
):
    heir = colleague(commune, full_name="Lê Kế Nhiệm")
    AppointmentFactory(user=leader, unit=commune, role=Role.REPORTER)

    with django_capture_on_commit_callbacks(execute=True):
        hand_over(leader.appointments.all(), heir, by=leader, day=DAY, basis=" QĐ  2 ")

    assert set(leader.appointments.values_list("ends", flat=True)) == {DAY}
    taken = heir.appointments.filter(ends=None)
    assert set(taken.values_list("role", "unit", "starts", "ends", "basis")) == {
        (role, commune.pk, DAY, None, "QĐ 2") for role in Role.OF_UNIT
    }
    assert sorted(entry.action for entry in LogEntry.objects.all()) == [
        "appoint", "appoint", "end_appointment", "end_appointment", "hand_over",
    ]  # fmt: skip
    whole = LogEntry.objects.get(action="hand_over")
    assert (whole.by, whole.unit, whole.reason) == (leader, commune, "QĐ 2")
    assert whole.changes["to"] == ["Trần Lãnh Đạo", "Lê Kế Nhiệm"]
    told = {message.to[0]: message.body for message in mail.outbox}
    assert "Lê Kế Nhiệm nhận các vai trò sau của bạn" in told[leader.email]
    assert "bạn nhận các vai trò sau của Trần Lãnh Đạo" in told[heir.email]


def test_what_the_heir_holds_already_ends_for_the_leaver_only(commune, leader):
    heir = person(Role.LEADER, commune)

    hand_over(leader.appointments.all(), heir, by=leader, day=DAY)

    assert leader.appointments.get().ends == DAY
    assert heir.appointments.get().ends is None


def test_a_leader_above_hands_over_below(commune, leader):
    above = person(Role.LEADER, commune.parent)

    hand_over(leader.appointments.all(), colleague(commune), by=above, day=DAY)

    assert leader.appointments.get().ends == DAY


def test_nobody_hands_over_to_himself_or_to_a_stranger(commune, leader):
    above = person(Role.LEADER, commune.parent)

    own = refusal_of(lambda: hand_over(leader.appointments.all(), above, by=above, day=DAY))
    strange = refusal_of(
        lambda: hand_over(leader.appointments.all(), UserFactory(), by=above, day=DAY)
    )

    assert "Không ai tự giao vai trò cho mình" in own
    assert "nơi biết hộ theo tên" in own
    assert "Không có tài khoản trong phạm vi của bạn" in strange
    assert leader.appointments.get().ends is None


@pytest.mark.parametrize("by", ["reporter", "neighbour"])
def test_nobody_else_hands_over(commune, leader, by):
    hand = (
        person(Role.REPORTER, commune) if by == "reporter"
        else person(Role.LEADER, CommuneFactory(parent=commune.parent))
    )  # fmt: skip

    assert "trong đơn vị do mình lãnh đạo" in refusal_of(
        lambda: hand_over(leader.appointments.all(), UserFactory(), by=hand, day=DAY)
    )
    assert leader.appointments.get().ends is None


def test_roles_above_the_own_are_not_handed_over():
    office = DepartmentFactory()
    leader = person(Role.LEADER, office)
    board = person(Role.BOARD, office)

    told = refusal_of(lambda: hand_over(board.appointments.all(), leader, by=leader, day=DAY))

    assert "cao hơn vai trò của mình" in told


def test_a_hand_over_that_cannot_be_is_told_whole_and_leaves_nothing(commune, leader):
    seats, locked = leader.appointments.all(), UserFactory(is_active=False)

    assert "Người nhận: phải là người khác" in refusal_of(
        lambda: hand_over(seats, leader, by=leader, day=DAY)
    )
    assert "đang bị khóa" in refusal_of(lambda: hand_over(seats, locked, by=leader, day=DAY))
    assert "không nằm trong thời gian giữ vai trò" in refusal_of(
        lambda: hand_over(seats, UserFactory(), by=leader, day=date(2021, 1, 1))
    )
    assert "ít nhất một vai trò" in refusal_of(
        lambda: hand_over([], UserFactory(), by=leader, day=DAY)
    )
    assert Appointment.objects.count() == 1
    assert not LogEntry.objects.exists()


def test_the_roles_of_two_are_not_handed_over_together(commune, leader):
    person(Role.REPORTER, commune)

    told = refusal_of(
        lambda: hand_over(Appointment.objects.all(), UserFactory(), by=leader, day=DAY)
    )

    assert "Người nhận" in told


def test_the_mail_of_a_locked_or_unknown_address_is_left_out(
    commune, leader, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        hand_over(leader.appointments.all(), colleague(commune, email=""), by=leader, day=DAY)

    assert [message.to for message in mail.outbox] == [[leader.email]]


def test_the_doors_of_the_people_are_those_of_the_unit(client, leader, commune):
    client.force_login(leader)

    assert client.get(reverse("units:people", args=[commune.pk])).status_code == 200
    for unit in (commune.parent, DistrictFactory()):
        assert client.get(reverse("units:people", args=[unit.pk])).status_code == 404
