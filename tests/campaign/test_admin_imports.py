"""Both doors for a file of contributions, the portal's page and the admin's list: one verdict."""

from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from campaign.imports import CONTRIBUTIONS
from campaign.models import Contribution
from config import clock
from config.sheets import template
from tests.factories.campaign import instant, reporting_year
from tests.factories.contributions import ContributionFactory
from tests.factories.units import AppointmentFactory, CommuneFactory, EnterpriseFactory, UserFactory
from tests.tables import csv_rows
from units.imports.kind import kind_of
from units.imports.road import verdict
from units.kinds import Role
from units.models import Import, LogEntry

pytestmark = pytest.mark.django_db
DOOR = "/quan-tri/campaign/contribution/import/"
CONFIRM = "/quan-tri/campaign/contribution/process_import/"


@pytest.fixture(autouse=True)
def year():
    with clock.frozen(instant(2023, 11, 24, 9)):
        yield reporting_year(2023)


@pytest.fixture
def administrator(year, client):
    user = UserFactory(is_staff=True)
    AppointmentFactory(user=user, unit=year.board, role=Role.ADMINISTRATOR)
    client.force_login(user)
    return user


@pytest.fixture(autouse=True)
def units():
    CommuneFactory(code="08923", name="Xã Đại Đình", short_name="Đại Đình")
    EnterpriseFactory(code="2500123456", name="Công ty May", short_name="May")


def row(**fields):
    return {"tax_code": "2500123456", "year": 2023, "commune_code": "08923",
            "amount": 5_000_000} | fields  # fmt: skip


BAD = [
    row(),
    row(tax_code="2500999999"),
    row(year=2019),
    row(commune="Xã Tam Quan"),
    row(amount=0),
    row(commune_code="8923"),
    row(jobs=1.5),
    row(amount="50.000.000"),
    row(giver="Tên khác", year=2022),
    row(),
]


def workbook(*rows, name="dong-gop.xlsx"):
    return SimpleUploadedFile(name, template(CONTRIBUTIONS, rows))


def sent(client, *rows, **options):
    return client.post(DOOR, {"import_file": workbook(*rows, **options), "format": "0",
                              "resource": "0"})  # fmt: skip


def told(problems):
    return sorted((p.number, p.address, p.rule, p.message, p.blocking) for p in problems)


def words(response):
    assert response.status_code == 200
    return " ".join(unescape(response.content.decode()).split())


def test_the_same_bad_rows_get_the_same_verdict_at_every_door(client, administrator):
    page = client.post("/nhap-lieu/dong-gop/", {"tep": workbook(*BAD)})
    sent(client, *BAD)

    by_page, by_admin = Import.objects.order_by("pk")
    assert page["Location"] == by_page.get_absolute_url()
    assert by_page.state == by_admin.state == Import.State.FAULTY
    assert by_page.counts == by_admin.counts
    assert told(by_page.problems.all()) == told(by_admin.problems.all())
    lines = verdict(kind_of("dong-gop"), {}, BAD, administrator)
    first = by_page.rows.order_by("number").values_list("number", flat=True)[0]
    assert {line.number + first - 1: {p.rule for p in line.problems} for line in lines} == {
        number: set(by_page.problems.filter(number=number).values_list("rule", flat=True))
        for number in range(first, first + len(BAD))
    }


def test_errors_are_told_and_nothing_can_be_confirmed(client, administrator):
    text = words(sent(client, *BAD))

    assert "mã 2500999999 không có trong sổ đơn vị" in text.lower()
    assert "Xác nhận ghi" not in text
    assert not Contribution.objects.exists()


def test_a_right_file_is_shown_confirmed_and_remembered(client, administrator):
    ContributionFactory(
        giver__code="2500777777", receiver__code="08924", amount=1, households=0, jobs=0
    )
    rows = (row(), row(tax_code="2500777777", commune_code="08924", amount=2))

    response = sent(client, *rows)

    assert "Xác nhận ghi" in words(response)
    form = response.context["confirm_form"]
    done = client.post(CONFIRM, form.initial, follow=True)
    assert "1 mới, 1 thay đổi" in words(done)
    assert set(Contribution.objects.values_list("amount", flat=True)) == {5_000_000, 2}
    job = Import.objects.get()
    assert (job.state, job.uploaded_by) == (Import.State.DONE, administrator)
    assert Contribution.objects.get(amount=2).source == job
    assert LogEntry.objects.filter(by=administrator).exists()
    again = client.post(CONFIRM, form.initial, follow=True)
    assert "Đã ghi tệp" not in words(again)


def test_what_was_overtaken_is_not_written(client, administrator):
    first, second = sent(client, row()), sent(client, row(amount=7))
    client.post(CONFIRM, first.context["confirm_form"].initial)

    response = client.post(CONFIRM, second.context["confirm_form"].initial, follow=True)

    assert "Chưa ghi gì" in words(response)
    assert Contribution.objects.get().amount == 5_000_000


@pytest.mark.parametrize("token", ["", "../../etc/passwd", "0" * 32])
def test_a_made_up_token_confirms_nothing(client, administrator, token):
    fields = {"import_file_name": token, "original_file_name": "x", "format": "0", "seen": "x"}

    response = client.post(CONFIRM, fields, follow=True)

    assert "tải tệp lên lại" in words(response)


def test_anothers_file_is_not_confirmed(client, administrator, year):
    initial = sent(client, row()).context["confirm_form"].initial
    other = UserFactory(is_staff=True)
    AppointmentFactory(user=other, unit=year.board, role=Role.ADMINISTRATOR)
    client.force_login(other)

    assert "Không tìm thấy tệp" in words(client.post(CONFIRM, initial, follow=True))
    assert not Contribution.objects.exists()


@pytest.mark.parametrize("name", ["dong-gop.docx", "dong-gop.csv"])
def test_a_file_of_another_kind_is_told_in_a_sentence(client, administrator, name):
    text = words(sent(client, row(), name=name))

    assert 'class="errornote"' in text
    assert "Traceback" not in text


def test_the_pages_speak_vietnamese_and_run_no_script_of_their_own(client, administrator):
    text = words(client.get(DOOR)) + words(sent(client, row()))

    for english in ("Import", "Submit", "Confirm", "File to", "Format", "Preview"):
        assert f">{english}" not in text
    assert "<style" not in text
    assert "onclick" not in text
    assert "jsi18n" not in text


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
@pytest.mark.parametrize("door", [DOOR, CONFIRM])
def test_the_door_is_the_administrators(client, year, role, door):
    user = UserFactory(is_staff=True)
    AppointmentFactory(user=user, unit=year.board, role=role)
    client.force_login(user)

    assert client.get(door).status_code == 403
    assert client.post(door).status_code == 403


def test_the_list_leads_to_the_door_and_takes_away_what_comes_in(client, administrator):
    ContributionFactory()
    list_page = reverse("admin:campaign_contribution_changelist")

    text = words(client.get(list_page, {"q": "xa"}))

    assert f'href="{DOOR}"' in text
    table = client.get(f"{list_page}bang.csv")
    assert list(csv_rows(table)[0]) == [column.label for column in CONTRIBUTIONS.columns]


def test_a_contribution_is_entered_through_the_action(client, administrator):
    giver, receiver = EnterpriseFactory(), CommuneFactory()
    fields = {"giver": giver.pk, "receiver": receiver.pk, "year": 2023, "amount": 1,
              "households": 0, "jobs": 0}  # fmt: skip
    add = reverse("admin:campaign_contribution_add")

    assert "chưa đến" in words(client.post(add, fields | {"year": 2025}))
    client.post(add, fields)

    row = Contribution.objects.get()
    change = reverse("admin:campaign_contribution_change", args=[row.pk])
    client.post(change, {"amount": 2, "households": 1, "jobs": 0})
    row.refresh_from_db()
    assert (row.amount, row.households, row.giver) == (2, 1, giver)
    assert list(LogEntry.objects.order_by("pk").values_list("action", flat=True)) == [
        "create_contribution",
        "correct_contribution",
    ]
