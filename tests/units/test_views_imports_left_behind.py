"""A written import whose sender has left: a colleague opens it and takes it back, nobody else."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories.households import as_csv, make_list, two_communes
from tests.factories.poverty import both_standards
from tests.factories.units import DepartmentFactory, person
from units.actions import confirm_import, upload_import
from units.imports.kind import kind_of
from units.kinds import Role
from units.models import Household, Import

pytestmark = pytest.mark.django_db
State = Import.State


@pytest.fixture(autouse=True)
def _clock(stop_clock):
    stop_clock(2026, 3, 2, 9)
    both_standards()


@pytest.fixture
def communes():
    return two_communes()


@pytest.fixture
def sender(communes):
    return person(Role.REPORTER, communes[0][0])


@pytest.fixture
def waiting(communes, sender):
    commune, villages = communes[0]
    options = {"xa": commune.pk}
    return upload_import(kind_of("ho"), as_csv(make_list(villages, 8)), by=sender, options=options)


@pytest.fixture
def job(waiting, sender):
    return confirm_import(waiting, by=sender)


def locked(sender):
    sender.is_active = False
    sender.save()


def seat_ended(sender):
    sender.appointments.update(ends=date(2026, 1, 1))


LEFT = pytest.mark.parametrize("leaves", [locked, seat_ended])


def step(job, name):
    return reverse("imports:step", args=[job.token, name])


def text_of(response):
    return " ".join(response.content.decode().split())


@LEFT
def test_a_colleague_of_the_same_commune_takes_back_what_was_left(
    client, communes, sender, job, leaves
):
    leaves(sender)
    client.force_login(person(Role.LEADER, communes[0][0]))
    page = text_of(client.get(job.get_absolute_url()))
    assert job.name in page
    assert step(job, "undo") in page

    response = client.post(step(job, "undo"), follow=True)

    assert "Đã hoàn tác" in text_of(response)
    assert not Household.objects.exists()


@LEFT
def test_the_colleague_sees_no_row_and_gets_no_file(client, communes, sender, job, leaves):
    leaves(sender)
    client.force_login(person(Role.LEADER, communes[0][0]))
    head = job.rows.filter(part="").first().values["head"]

    assert head not in text_of(client.get(job.get_absolute_url()))
    for name in ("returned", "source"):
        assert client.get(reverse(f"imports:{name}", args=[job.token])).status_code == 404


@LEFT
@pytest.mark.parametrize(
    ("role", "place"), [(Role.LEADER, 1), (Role.REPORTER, 1), (Role.BOARD, None)]
)
def test_who_may_not_bring_in_that_list_finds_nothing(
    client, communes, sender, job, leaves, role, place
):
    leaves(sender)
    unit = DepartmentFactory() if place is None else communes[place][0]
    client.force_login(person(role, unit))

    assert client.get(job.get_absolute_url()).status_code == 404
    assert client.post(step(job, "undo")).status_code == 404
    assert Household.objects.exists()


def test_while_the_sender_holds_the_office_it_is_the_senders_alone(client, communes, sender, job):
    client.force_login(person(Role.LEADER, communes[0][0]))

    assert client.get(job.get_absolute_url()).status_code == 404
    assert client.post(step(job, "undo")).status_code == 404

    client.force_login(sender)
    assert "Đã hoàn tác" in text_of(client.post(step(job, "undo"), follow=True))


def test_a_file_that_only_waited_goes_with_its_sender(client, communes, sender, waiting):
    locked(sender)
    client.force_login(person(Role.LEADER, communes[0][0]))

    assert client.get(waiting.get_absolute_url()).status_code == 404
    assert client.post(step(waiting, "confirm")).status_code == 404


def test_an_administrator_sees_it_and_takes_back_nothing(client, sender, job):
    locked(sender)
    client.force_login(person(Role.ADMINISTRATOR, DepartmentFactory()))

    assert client.get(job.get_absolute_url()).status_code == 200
    response = client.post(step(job, "undo"), follow=True)

    assert "của chính xã mình" in text_of(response)
    job.refresh_from_db()
    assert job.state == State.DONE
