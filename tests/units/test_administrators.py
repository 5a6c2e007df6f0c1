"""Somebody administers the portal on every day to come, whatever ends, is locked or reorganised."""

from datetime import date

import pytest

from config.workflow import RuleViolation
from tests.factories.reorganising import done, end, rename
from tests.factories.units import DepartmentFactory, ProvinceFactory, person
from units.actions import end_appointment, save_unit, save_user
from units.administrators import leaves_a_gap
from units.kinds import Role
from units.models import Appointment
from units.reorganising import ELSEWHERE, ENDS

pytestmark = pytest.mark.django_db
NEXT = date(2025, 7, 1)


@pytest.fixture(autouse=True)
def _in_june(stop_clock):
    stop_clock(2024, 6, 10, 8)


@pytest.fixture
def unit():
    return DepartmentFactory(code="SNV")


def administrator(unit, **told):
    return person(Role.ADMINISTRATOR, unit, **told)


def seat_of(user):
    return user.appointments.get()


def until(user, day):
    Appointment.objects.filter(user=user).update(ends=day)


def told(act):
    with pytest.raises(RuleViolation) as refusal:
        act()
    return " ".join(refusal.value.args)


def gap(day):
    return f"Từ {day} cổng không còn quản trị hệ thống nào"


# Roles


def test_two_who_end_one_after_the_other_leave_nobody(unit):
    first, second = administrator(unit), administrator(unit)
    end_appointment(seat_of(second), by=first, ends=date(2024, 8, 1))

    refusal = told(lambda: end_appointment(seat_of(first), by=first, ends=date(2024, 7, 1)))

    assert gap("01/08/2024") in refusal


def test_one_whose_body_is_to_end_is_none_to_rely_on(unit):
    admin = administrator(unit)
    administrator(DepartmentFactory(valid_to=NEXT))

    refusal = told(lambda: end_appointment(seat_of(admin), by=admin, ends=date(2024, 7, 1)))

    assert gap("01/07/2025") in refusal


def test_one_who_is_to_come_does_not_bridge_the_days_until_then(unit):
    admin = administrator(unit)
    administrator(unit, starts=date(2024, 9, 1))

    refusal = told(lambda: end_appointment(seat_of(admin), by=admin, ends=date(2024, 8, 1)))
    assert gap("01/08/2024") in refusal

    assert end_appointment(seat_of(admin), by=admin, ends=date(2024, 9, 1)).ends


def test_a_gap_that_is_known_already_is_no_obstacle():
    body = DepartmentFactory(valid_to=NEXT)
    admin, other = administrator(body), administrator(body)

    assert end_appointment(seat_of(other), by=admin, ends=date(2024, 7, 1)).ends


def test_who_closes_a_gap_to_come_is_not_dropped(unit):
    admin, later = administrator(unit), administrator(unit, starts=date(2024, 12, 1))
    until(admin, date(2024, 9, 1))

    refusal = told(lambda: end_appointment(seat_of(later), by=None, ends=date(2025, 1, 1)))

    assert gap("01/01/2025") in refusal


def test_days_that_are_over_ask_for_nobody(unit):
    admin, other = administrator(unit), administrator(unit, starts=date(2024, 5, 1))

    assert end_appointment(seat_of(admin), by=other, ends=date(2024, 4, 1)).ends


# Accounts and bodies


def test_an_account_is_not_locked_on_which_a_later_day_depends(unit):
    admin, other = administrator(unit), administrator(unit)
    until(other, date(2024, 9, 1))
    admin.is_active = False

    assert gap("01/09/2024") in told(lambda: save_user(admin, by=other))


def test_a_body_does_not_end_with_the_last_administrator(unit):
    admin = administrator(unit)
    unit.valid_to = date(2024, 6, 10)

    assert gap("10/06/2024") in told(lambda: save_unit(unit, by=admin))

    administrator(DepartmentFactory())
    assert save_unit(unit, by=admin).valid_to


def test_a_body_whose_end_moves_forward_is_asked_too():
    body = DepartmentFactory(valid_to=NEXT)
    admin = administrator(body)
    body.valid_to = date(2025, 1, 1)

    assert gap("01/01/2025") in told(lambda: save_unit(body, by=admin))


# Reorganisations


def test_another_decision_to_come_does_not_keep_the_administrator():
    province = ProvinceFactory(code="26")
    admin = administrator(DepartmentFactory(code="SNV", parent=province))
    group = rename(province, name="Tỉnh Mới", short_name="Mới")

    refusal = told(lambda: done(group, by=admin, children={"SNV": ELSEWHERE}))

    assert gap("01/07/2024") in refusal
    assert done(group, by=admin, seats="all", children={})


def test_who_remains_must_remain_after_all(unit):
    admin = administrator(unit)
    until(administrator(DepartmentFactory()), date(2024, 9, 1))

    refusal = told(lambda: done(end(unit), by=admin, seats={seat_of(admin).pk: ENDS}))

    assert gap("01/09/2024") in refusal


def test_nothing_is_asked_where_nobody_administers():
    assert leaves_a_gap(lambda seat: []) is None
