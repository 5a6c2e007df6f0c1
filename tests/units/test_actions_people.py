"""Accounts and roles: who may hand out what, where and when."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from config.workflow import RuleViolation
from tests.factories.units import (
    AppointmentFactory,
    CommuneFactory,
    DepartmentFactory,
    DistrictFactory,
    UserFactory,
    VillageFactory,
    person,
)
from units import permissions
from units.actions import appoint, end_appointment, save_user
from units.kinds import Role
from units.models import Appointment, LogEntry, User

pytestmark = pytest.mark.django_db
START = date(2023, 1, 1)


@pytest.fixture(autouse=True)
def _in_2023(stop_clock):
    stop_clock(2023, 11, 20, 8)


@pytest.fixture
def admin():
    return person(Role.ADMINISTRATOR, DepartmentFactory())


def formerly_in(unit):
    """Somebody whose role in the unit is over: its leaders know the account."""
    return person(Role.REPORTER, unit, starts=date(2021, 1, 1), ends=date(2022, 1, 1))


def refusal_of(call):
    with pytest.raises(RuleViolation) as refusal:
        call()
    return " ".join(refusal.value.args)


# Who may appoint


@pytest.mark.parametrize("place", ["own", "below"])
@pytest.mark.parametrize("role", [Role.REPORTER, Role.LEADER])
def test_a_leader_manages_reporters_and_leaders_of_the_own_subtree(place, role):
    district = DistrictFactory()
    unit = district if place == "own" else CommuneFactory(parent=district)
    leader, user = person(Role.LEADER, district), formerly_in(unit)

    seat = appoint(user, unit, role, by=leader, starts=START, basis=" Quyết  định 1 ")

    assert (seat.user, seat.unit, seat.role, seat.basis) == (user, unit, role, "Quyết định 1")
    assert user.role_names() == {role}
    entry = LogEntry.objects.get()
    assert (entry.action, entry.by, entry.unit) == ("appoint", leader, unit)


@pytest.mark.parametrize(
    "role", [role for role in Role if role not in (Role.REPORTER, Role.LEADER)]
)
def test_nobody_grants_above_the_own_role(role):
    district = DistrictFactory()
    leader = person(Role.LEADER, district)

    told = refusal_of(lambda: appoint(UserFactory(), district, role, by=leader, starts=START))

    assert "cao hơn vai trò của mình" in told
    assert Appointment.objects.count() == 1


@pytest.mark.parametrize("place", ["beside", "above"])
def test_nobody_grants_outside_the_own_subtree(place):
    commune = CommuneFactory()
    other = CommuneFactory(parent=commune.parent) if place == "beside" else commune.parent
    leader = person(Role.LEADER, commune)

    told = refusal_of(lambda: appoint(UserFactory(), other, Role.REPORTER, by=leader, starts=START))

    assert "trong đơn vị do mình lãnh đạo" in told


@pytest.mark.parametrize(
    "role", [role for role in Role if role not in (Role.LEADER, Role.ADMINISTRATOR)]
)
def test_the_other_roles_grant_nothing(role):
    district = DistrictFactory()
    user = person(role, district)

    assert refusal_of(
        lambda: appoint(UserFactory(), district, Role.REPORTER, by=user, starts=START)
    )


def test_an_administrator_grants_every_role_where_it_belongs(admin):
    village, department = VillageFactory(), DepartmentFactory()

    for role in Role:
        unit = village if role in Role.OF_UNIT else department
        assert appoint(UserFactory(), unit, role, by=admin, starts=START).pk


@pytest.mark.parametrize("role", [role for role in Role if role not in Role.OF_UNIT])
@pytest.mark.parametrize("below", [DistrictFactory, CommuneFactory, VillageFactory])
def test_a_role_for_the_whole_province_is_not_given_below_it(admin, role, below):
    told = refusal_of(lambda: appoint(UserFactory(), below(), role, by=admin, starts=START))

    assert "chỉ giao ở tỉnh hoặc sở, ban, ngành" in told


@pytest.mark.parametrize(
    ("starts", "ends"), [(date(2024, 1, 1), None), (date(2021, 1, 1), date(2023, 11, 20))]
)
def test_a_role_of_another_time_gives_no_right_today(starts, ends):
    district = DistrictFactory()
    leader = person(Role.LEADER, district, starts=starts, ends=ends)

    assert permissions.may_appoint(leader, district, Role.REPORTER)


def test_a_locked_administrator_has_no_right(admin):
    admin.is_active = False

    assert permissions.keeps_catalogues(admin)


# When


def test_a_role_starts_while_the_unit_exists(admin):
    unit = DistrictFactory(valid_to=date(2023, 7, 1))

    told = refusal_of(
        lambda: appoint(UserFactory(), unit, Role.LEADER, by=admin, starts=date(2023, 7, 1))
    )

    assert "không hoạt động vào ngày 01/07/2023" in told


def test_a_role_ends_after_it_starts(admin):
    told = refusal_of(
        lambda: appoint(
            UserFactory(), DistrictFactory(), Role.LEADER, by=admin, starts=START, ends=START
        )
    )

    assert "Ngày hết phải sau ngày bắt đầu" in told


@pytest.mark.parametrize(
    ("held", "asked", "free"),
    [
        ((START, None), (date(2024, 1, 1), None), False),
        ((START, date(2023, 6, 1)), (date(2023, 5, 31), None), False),
        ((START, date(2023, 6, 1)), (date(2023, 6, 1), None), True),
        ((date(2023, 6, 1), None), (START, date(2023, 6, 1)), True),
        ((date(2023, 6, 1), None), (START, date(2023, 6, 2)), False),
    ],
)
def test_the_same_role_is_not_held_twice_at_a_time(admin, held, asked, free):
    seat = AppointmentFactory(starts=held[0], ends=held[1], role=Role.LEADER)

    def again():
        return appoint(seat.user, seat.unit, Role.LEADER, by=admin, starts=asked[0], ends=asked[1])

    if free:
        assert again().pk
    else:
        assert refusal_of(again)


def test_all_reasons_come_together(admin):
    unit, user = DistrictFactory(valid_to=date(2022, 1, 1)), UserFactory(is_active=False)

    told = refusal_of(lambda: appoint(user, unit, Role.LEADER, by=admin, starts=START))

    assert "không hoạt động vào ngày" in told
    assert "đang bị khóa" in told


def test_an_unknown_role_is_refused(admin):
    assert "Vai trò: " in refusal_of(
        lambda: appoint(UserFactory(), DistrictFactory(), "king", by=admin, starts=START)
    )


# Ending


def test_a_leader_ends_a_role_in_the_own_unit_and_the_user_loses_it():
    district = DistrictFactory()
    leader, reporter = person(Role.LEADER, district), person(Role.REPORTER, district)
    seat = reporter.appointments.get()

    end_appointment(seat, by=leader, ends=date(2023, 11, 20))

    assert User.objects.get(pk=reporter.pk).role_names() == set()
    assert LogEntry.objects.get().changes == {"ends": ["", "2023-11-20"]}


def test_a_leader_does_not_end_a_role_above_the_own():
    district = DistrictFactory()
    leader, board = person(Role.LEADER, district), person(Role.BOARD, district)

    told = refusal_of(
        lambda: end_appointment(board.appointments.get(), by=leader, ends=date(2023, 11, 20))
    )

    assert "cao hơn vai trò của mình" in told
    assert board.appointments.get().ends is None


def test_a_role_does_not_end_before_it_started(admin):
    seat = AppointmentFactory()

    assert "Ngày hết phải sau" in refusal_of(
        lambda: end_appointment(seat, by=admin, ends=seat.starts)
    )


def test_the_last_administrator_stays(admin):
    seat = admin.appointments.get()

    told = refusal_of(lambda: end_appointment(seat, by=admin, ends=date(2023, 12, 1)))
    person(Role.ADMINISTRATOR, seat.unit)
    end_appointment(seat, by=admin, ends=date(2023, 12, 1))

    assert "Từ 01/12/2023 cổng không còn quản trị hệ thống nào" in told


def test_the_door_of_the_admin_pages_follows_the_role(admin):
    user, unit = UserFactory(), DepartmentFactory()

    appoint(user, unit, Role.LEADER, by=admin, starts=START)
    assert not user.is_staff
    seat = appoint(user, unit, Role.ADMINISTRATOR, by=admin, starts=START)
    assert user.is_staff
    end_appointment(seat, by=admin, ends=date(2023, 11, 20))

    assert not User.objects.get(pk=user.pk).is_staff


# Accounts


def test_an_account_is_made_without_rights_and_the_log_holds_no_password(admin):
    user = save_user(
        User(username="moi", full_name=" Lê  Thị Mới "), by=admin, password="Con-duong-lang-9"
    )

    user.refresh_from_db()
    assert (user.full_name, user.is_staff, user.is_superuser) == ("Lê Thị Mới", False, False)
    assert user.check_password("Con-duong-lang-9")
    assert user.role_names() == set()
    told = LogEntry.objects.get().changes
    assert "password" in told
    assert "Con-duong-lang-9" not in str(told)


@pytest.mark.parametrize("weak", ["12345678", "ngan", "password"])
def test_a_weak_password_is_refused(admin, weak):
    user = User(username="moi", full_name="Lê Thị Mới")

    assert "Mật khẩu: " in refusal_of(lambda: save_user(user, by=admin, password=weak))
    assert not User.objects.filter(username="moi").exists()


def test_without_a_password_nobody_signs_in(admin):
    user = save_user(User(username="moi", full_name="Lê Thị Mới"), by=admin)

    assert not user.has_usable_password()


def test_a_user_name_is_given_once(admin):
    UserFactory(username="an")

    told = refusal_of(lambda: save_user(User(username="an", full_name="Khác"), by=admin))

    assert "Tên đăng nhập: " in told


def test_only_administrators_keep_accounts():
    leader = person(Role.LEADER, DistrictFactory())

    told = refusal_of(lambda: save_user(User(username="a", full_name="A"), by=leader))

    assert "Chỉ quản trị hệ thống" in told


def test_the_last_administrator_is_not_locked(admin):
    admin.is_active = False

    assert "không còn quản trị" in refusal_of(lambda: save_user(admin, by=None))


def test_capitals_make_no_second_account(admin):
    UserFactory(username="tamdao.ld")

    told = refusal_of(
        lambda: save_user(User(username="TamDao.LD", full_name="Trần Văn An"), by=admin)
    )

    assert "đã có tài khoản “tamdao.ld”" in told


# The command


def test_the_first_administrator_comes_by_command():
    unit, out = DepartmentFactory(code="BTDKT"), StringIO()

    call_command(
        "appoint", "an", "administrator", unit="BTDKT", full_name="Trần Văn An", stdout=out
    )

    user = User.objects.get(username="an")
    assert user.is_staff
    assert user.units_as(Role.ADMINISTRATOR) == [unit]
    assert {entry.by for entry in LogEntry.objects.all()} == {None}
    assert "manage.py changepassword an" in out.getvalue()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"unit": "BTDKT"}, "Không có tài khoản “an”"),
        ({"unit": "XX", "full_name": "An"}, "không có đơn vị mã “XX”"),
        ({"unit": "BTDKT", "full_name": "An", "starts": date(2020, 1, 1)}, "không có đơn vị"),
    ],
)
def test_the_command_says_what_is_missing_and_leaves_nothing(options, words):
    DepartmentFactory(code="BTDKT")

    with pytest.raises(CommandError, match=words):
        call_command("appoint", "an", "administrator", **options)
    assert not User.objects.exists()
