"""What the page of a unit, and of its people, tells of reports."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from reports.on_units import reports_in_hand, reports_of
from tests.factories.reports import sent, started
from tests.factories.units import CommuneFactory, DepartmentFactory, person
from units.kinds import Role

pytestmark = pytest.mark.django_db


def listed(unit):
    return f"{reverse('reports:list')}?q={unit.code}"


def test_the_page_of_a_unit_counts_the_reports_that_the_reader_may_see(client):
    case = started()
    board = person(Role.BOARD, DepartmentFactory())

    for user, number in ((case.reporter, 1), (board, 0)):
        assert reports_of(case.unit, user).rows.count() == number
    client.force_login(case.reporter)
    assertContains(client.get(case.unit.get_absolute_url()), listed(case.unit))
    client.force_login(person(Role.REPORTER, CommuneFactory()))
    assertNotContains(client.get(case.unit.get_absolute_url()), listed(case.unit))


def test_the_board_sees_them_once_sent():
    case = sent()

    assert reports_of(case.unit, person(Role.BOARD, DepartmentFactory())).rows.count() == 1


def test_what_is_begun_is_in_hand_and_opened_by_the_unit_only():
    case = started()

    (own,) = reports_in_hand(case.reporter, case.unit, case.leader)
    administrator = person(Role.ADMINISTRATOR, DepartmentFactory())
    (other,) = reports_in_hand(case.reporter, case.unit, administrator)

    assert own.address == case.report.get_absolute_url()
    assert (other.words, other.address) == (own.words, "")


def test_what_is_sent_is_in_nobodys_hand():
    case = sent()

    assert list(reports_in_hand(case.reporter, case.unit, case.leader)) == []
