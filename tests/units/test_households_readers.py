"""Who has read names leaves a line; who may not read them learns nothing by guessing."""

import csv
import io

import pytest
from django.urls import reverse

from tests.factories.households import (
    EscapeRegistrationFactory,
    HouseholdFactory,
    as_csv,
    make_list,
    two_communes,
)
from tests.factories.poverty import both_standards
from tests.factories.units import AppointmentFactory, DepartmentFactory, person
from units.actions import confirm_import, upload_import
from units.imports.kind import kind_of
from units.kinds import Role
from units.models import LogEntry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(stop_clock):
    stop_clock(2026, 3, 2, 9)
    both_standards()


@pytest.fixture
def communes():
    return two_communes()


@pytest.fixture
def reporter(client, communes):
    user = person(Role.REPORTER, communes[0][0])
    client.force_login(user)
    return user


def read(action="read_household"):
    return list(LogEntry.objects.filter(action=action).values_list("object_id", "by", "unit"))


# Pages of one household


@pytest.mark.parametrize("name", ["household", "edit", "status", "register", "outcome"])
def test_each_page_that_names_a_household_leaves_a_line(client, reporter, communes, name):
    commune, villages = communes[0]
    household = HouseholdFactory(unit=villages[0], head="Triệu Thị Ngần", statuses={2025: "N"})
    registration = EscapeRegistrationFactory(household=household)
    page = name if name == "household" else f"household_{name}"
    key = registration.pk if name == "outcome" else household.pk
    address = reverse(f"units:{page}", args=[key])

    assert "Triệu Thị Ngần" in client.get(address).content.decode()

    assert read() == [(household.pk, reporter.pk, commune.pk)]


def test_what_is_sent_in_is_no_reading(client, reporter, communes):
    household = HouseholdFactory(unit=communes[0][1][0], statuses={2025: "N"})

    client.post(reverse("units:household_status", args=[household.pk]), {"year": "", "status": ""})

    assert read() == []


# Lists


def test_an_export_is_logged_at_every_commune_whose_names_it_holds(client, reporter, communes):
    (one, villages), (other, theirs) = communes
    AppointmentFactory(user=reporter, unit=other)
    AppointmentFactory(user=reporter, unit=other, role=Role.LEADER)
    for village in (villages[0], theirs[0]):
        HouseholdFactory(unit=village, head=f"Của {village.code}", statuses={2025: "N"})

    answer = client.get(reverse("units:households_download", args=[".csv"]))

    text = b"".join(answer).decode()
    assert all(f"Của {village.code}" in text for village in (villages[0], theirs[0]))
    assert {unit for _, _, unit in read("export_households")} == {one.pk, other.pk}
    assert len(read("export_households")) == 2


def test_the_preview_of_a_list_is_logged_once_for_each_reader(client, reporter, communes):
    commune, villages = communes[0]
    rows = make_list(villages, 3)
    job = upload_import(kind_of("ho"), as_csv(rows), by=reporter, options={"xa": commune.pk})

    for _ in range(2):
        assert rows[0]["chu_ho"] in client.get(job.get_absolute_url()).content.decode()
    confirm_import(job, by=reporter)
    client.get(job.get_absolute_url())

    assert read("read_household_list") == [(job.pk, reporter.pk, commune.pk)]
    assert rows[0]["chu_ho"] not in str(list(LogEntry.objects.values()))


# Guesses


@pytest.fixture
def desk(client):
    user = person(Role.POVERTY_DESK, DepartmentFactory())
    client.force_login(user)
    return user


def guess(client, desk, communes, **guessed):
    """All that the desk sees of a list with one household whose name it guesses at."""
    village = communes[0][1][0]
    row = make_list([village], 1)[0] | guessed
    job = upload_import(kind_of("ho"), as_csv([row]), by=desk, options={})
    page = client.get(job.get_absolute_url())
    shown = [page.content.decode()]
    for verdict in ("changed", "same"):
        shown.append(client.get(job.get_absolute_url(), {"xem": f".{verdict}"}).content.decode())
    context = page.context["counts"], page.context["to_write"], page.context["tabs"]
    return job, context, shown


def test_the_desk_cannot_tell_a_right_guess_from_a_wrong_one(client, desk, communes):
    commune, villages = communes[0]
    right = make_list(villages[:1], 1)[0]
    job = upload_import(kind_of("ho"), as_csv([right]), by=None, options={})
    confirm_import(job, by=None)

    wrong, told_wrong, shown = guess(client, desk, communes, chu_ho="Triệu Thị Ngần")
    same, told_same, _ = guess(client, desk, communes)

    assert (wrong.counts["changed"], same.counts["same"]) == (1, 1)
    assert told_wrong == told_same
    assert told_wrong[1:] == (1, [])
    assert "1 đã có trên cổng" in shown[0]
    assert not any("giữ nguyên" in page.replace("số đã có trên cổng giữ nguyên", "")
                   for page in shown)  # fmt: skip


def test_the_desk_is_not_shown_the_village_on_file(client, desk, communes):
    commune, villages = communes[0]
    HouseholdFactory(code="0870700001", unit=villages[2], statuses={2025: "N"})

    _, _, shown = guess(client, desk, communes)

    assert not any(villages[2].code in page for page in shown)


def test_the_history_tells_the_desk_no_more(client, desk, communes):
    guess(client, desk, communes)

    page = client.get(reverse("imports:home")).content.decode()
    answer = client.get(reverse("imports:history_download", args=[".csv"]))
    row = list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))

    assert "0 đã có trên cổng" in page
    told = dict(zip(row[0], row[1], strict=True))
    assert (told["Dòng mới"], told["Dòng thay đổi"], told["Dòng giữ nguyên"]) == ("1", "", "")


def test_the_commune_is_told_what_changes(client, reporter, communes):
    commune, villages = communes[0]
    rows, options = make_list(villages, 3), {"xa": commune.pk}
    job = upload_import(kind_of("ho"), as_csv(rows), by=reporter, options=options)
    confirm_import(job, by=reporter)
    rows[0]["chu_ho"] = "Triệu Thị Ngần"

    job = upload_import(kind_of("ho"), as_csv(rows), by=reporter, options=options)

    page = client.get(job.get_absolute_url()).content.decode()
    assert "1 thay đổi, 2 giữ nguyên" in page
    assert "Triệu Thị Ngần" in page
