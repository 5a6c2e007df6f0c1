"""Two administrators at once: a race that only PostgreSQL can run."""

import pytest
from django.db import connection

from config import clock
from config.workflow import RuleViolation
from tests.factories.units import DepartmentFactory, person
from tests.parallel import at_once
from units.actions import end_appointment, save_user
from units.kinds import Role
from units.models import Appointment, User

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in"),
]


@pytest.fixture
def administrators():
    office = DepartmentFactory()
    return [person(Role.ADMINISTRATOR, office) for _ in range(2)]


def test_of_two_who_end_each_other_one_stays(administrators):
    one, two = administrators

    def ends(by, other):
        seat = Appointment.objects.get(user=other)
        return lambda: end_appointment(seat, by=by, ends=clock.today())

    found = at_once(ends(one, two), ends(two, one))

    assert sorted(isinstance(each, RuleViolation) for each in found) == [False, True]
    assert Appointment.objects.administrators(clock.today()).count() == 1


def test_of_two_who_lock_each_other_one_stays(administrators):
    one, two = administrators

    def locks(by, other):
        account = User.objects.get(pk=other.pk)
        account.is_active = False
        return lambda: save_user(account, by=by)

    found = at_once(locks(one, two), locks(two, one))

    assert sorted(isinstance(each, RuleViolation) for each in found) == [False, True]
    assert User.objects.filter(pk__in=[one.pk, two.pk], is_active=True).count() == 1
