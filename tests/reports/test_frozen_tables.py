"""The tables of a sending, taken away as they were frozen."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from reports import frozen_tables
from tests.factories.plan import shipped
from tests.factories.reports import accepted, handed_over, sent
from tests.factories.units import DistrictFactory, person
from tests.tables import csv_rows, xlsx_rows
from units.kinds import Role

pytestmark = pytest.mark.django_db
COLUMNS = [
    {"name": "source", "label": "Nguồn", "kind": "choice", "required": True,
     "choices": ["Doanh nghiệp"], "unit": "", "total": False},
    {"name": "cash", "label": "Tiền mặt", "kind": "decimal", "required": False,
     "choices": [], "unit": "triệu đồng", "total": True},
    {"name": "day", "label": "Ngày", "kind": "date", "required": False,
     "choices": [], "unit": "", "total": False},
]  # fmt: skip


def url(case, *, table="so-lieu", suffix="csv", number=1):
    return f"{reverse('reports:version', args=[case.report.pk, number])}{table}/bang.{suffix}"


def test_the_figures_of_a_sending_as_numbers(client):
    case = sent()
    client.force_login(case.reporter)

    (row,) = xlsx_rows(client.get(url(case, suffix="xlsx")))

    assert (row["Chỉ tiêu"], row["Số liệu"]) == ("Số văn bản ban hành", 7)


def test_the_rows_of_an_annex_by_the_kind_of_their_columns():
    rows = [{"source": "Doanh nghiệp", "cash": "1250.5", "day": "30/11/2023"}, {"cash": ""}]
    annex = {"code": "B3", "columns": COLUMNS, "rows": rows}

    definition = frozen_tables.annex_definition(annex)
    found = list(frozen_tables.annex_rows(annex))

    assert [column.label for column in definition.columns] == [
        "Nguồn",
        "Tiền mặt (triệu đồng)",
        "Ngày",
    ]
    assert found == [
        {"source": "Doanh nghiệp", "cash": Decimal("1250.5"), "day": date(2023, 11, 30)},
        {"source": None, "cash": None, "day": None},
    ]


def test_every_annex_of_the_plan_can_be_taken_away():
    annexes = [annex for annex in shipped("reports")["annexes"] if not annex["computed"]]

    titles = {frozen_tables.annex_definition(annex).title for annex in annexes}

    assert titles == {f"Biểu {annex['code']}" for annex in annexes}


def test_an_annex_of_a_sending_is_there_and_another_is_not(client):
    case = sent()
    client.force_login(case.reporter)

    assert csv_rows(client.get(url(case, table="bieu/B3"))) == []
    assert client.get(url(case, table="bieu/B9")).status_code == 404


@pytest.mark.parametrize("table", ["so-lieu", "bieu/B3"])
def test_what_a_user_may_not_see_is_404(client, table):
    case = sent()
    client.force_login(person(Role.LEADER, DistrictFactory()))
    assert client.get(url(case, table=table)).status_code == 404

    client.force_login(case.reporter)
    assert client.get(url(case, table=table, number=2)).status_code == 404
    assert client.get(url(handed_over(), table=table)).status_code == 404


def test_taking_the_figures_away_is_a_look_at_the_report(client):
    case = sent()
    client.force_login(case.board)

    csv_rows(client.get(url(case)))

    assert case.anew().report.read_at


def test_the_pages_of_a_sending_lead_to_its_tables(client):
    case = accepted()
    client.force_login(case.board)
    base = reverse("reports:version", args=[case.report.pk, 1])

    for page in (base, reverse("reports:review", args=[case.report.pk])):
        text = client.get(page).content.decode()
        assert f'href="{base}so-lieu/bang.xlsx' in text
