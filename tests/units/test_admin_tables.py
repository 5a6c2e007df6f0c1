"""The lists of the admin, taken away: by administrators, as filtered, and noted when they name."""

from datetime import date, datetime

import pytest
from django.contrib import admin as django_admin
from django.urls import reverse

from tests.factories.units import (
    AppointmentFactory,
    CommuneFactory,
    DepartmentFactory,
    DistrictFactory,
    LogEntryFactory,
    SuccessionFactory,
    UserFactory,
    person,
)
from tests.tables import csv_rows, xlsx_rows
from units.admin import RegisterAdmin
from units.kinds import Role
from units.models import LogEntry

pytestmark = pytest.mark.django_db
OURS = [site for site in django_admin.site._registry.values() if isinstance(site, RegisterAdmin)]


@pytest.fixture(autouse=True)
def _in_2023(stop_clock):
    stop_clock(2023, 11, 20, 8)


@pytest.fixture
def administrator(client):
    user = UserFactory(is_staff=True, full_name="Lê Thị Quản Trị")
    AppointmentFactory(user=user, unit=DepartmentFactory(), role=Role.ADMINISTRATOR)
    client.force_login(user)
    return user


def url(site, suffix=".csv"):
    opts = site.opts if hasattr(site, "opts") else site._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_table", args=[suffix])


@pytest.mark.parametrize("site", OURS, ids=lambda site: site.opts.label)
def test_every_list_of_ours_is_taken_away_by_administrators_only(client, administrator, site):
    assert client.get(url(site)).status_code == 200
    page = client.get(url(site).removesuffix("bang.csv")).content.decode()
    assert 'href="bang.xlsx' in page

    client.force_login(person(Role.BOARD, DepartmentFactory(), is_staff=True))
    assert client.get(url(site)).status_code == 403
    client.force_login(person(Role.ADMINISTRATOR, DepartmentFactory()))
    assert client.get(url(site)).status_code == 302


@pytest.mark.parametrize("site", OURS, ids=lambda site: site.opts.label)
def test_every_column_is_explained_and_no_secret_goes_out(site):
    columns = site.table_definition().columns

    assert all(column.help for column in columns)
    assert not {"password", "search", "sort_key", "path"} & {column.name for column in columns}


def test_the_table_holds_what_the_list_finds(client, administrator):
    CommuneFactory(name="Xã Đạo Tú", short_name="Đạo Tú", code="08900")
    CommuneFactory(name="Xã Khác", short_name="Khác")
    site = next(site for site in OURS if site.opts.label == "units.Unit")

    (row,) = xlsx_rows(client.get(url(site, ".xlsx"), {"q": "dao tu"}))

    assert (row["Mã"], row["Cấp"]) == ("08900", "xã, phường, thị trấn")
    assert row["Có từ ngày"] == datetime(2021, 1, 1)
    assert row["Khu vực thành thị"] == "không"


def test_a_wrong_filter_leads_back_to_the_list(client, administrator):
    site = next(site for site in OURS if site.opts.label == "units.Unit")

    response = client.get(url(site), {"kind__khong_co": "x"})

    assert response.status_code in (302, 400)


def test_lists_that_name_people_are_noted(client, administrator):
    seat = AppointmentFactory(unit=DistrictFactory())
    entry = LogEntryFactory(changes={"full_name": ["An", "Bình"]})
    site = next(site for site in OURS if site.opts.label == "units.LogEntry")

    rows = csv_rows(client.get(url(site), {"q": entry.label}))

    assert rows[0]["Thay đổi"] == "full_name: An → Bình"
    noted = LogEntry.objects.get(action="export_logentry")
    assert noted.by == administrator
    assert noted.changes["asked"][1].startswith("q=")
    for site in OURS:
        if site.names_people:
            client.get(url(site))
    assert {"export_user", "export_appointment"} <= set(
        LogEntry.objects.values_list("action", flat=True)
    )
    assert seat.pk


def test_a_table_costs_the_same_for_any_number_of_rows(
    client, administrator, django_assert_num_queries
):
    site = next(site for site in OURS if site.opts.label == "units.Succession")
    for number in (1, 3):
        SuccessionFactory.create_batch(number, predecessor__valid_to=date(2023, 1, 1))
        with django_assert_num_queries(5):
            rows = csv_rows(client.get(url(site)))
    assert len(rows) == 4


def test_more_rows_than_a_sheet_holds_are_told_and_csv_takes_them(
    client, administrator, monkeypatch
):
    DistrictFactory.create_batch(3)
    site = next(site for site in OURS if site.opts.label == "units.Unit")
    monkeypatch.setattr("config.sheets.streams.LAST_ROW", 3)

    response = client.get(url(site, ".xlsx"), follow=True)

    assert ".csv" in " ".join(str(message) for message in response.context["messages"])
    assert len(csv_rows(client.get(url(site)))) >= 3
