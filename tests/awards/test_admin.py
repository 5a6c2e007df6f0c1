"""Honours in the admin: those whom everybody sees; the rest are the board's on its own page."""

from datetime import date
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from awards.imports import HONOURS
from awards.loading import load
from awards.models import RULES, BaseSalary, Honour, RuleSet
from awards.working_days import count_working_days
from config import clock
from config.sheets import template
from tests.factories.awards import AwardFormFactory, HonourFactory, RoundFactory
from tests.factories.campaign import CampaignFactory, instant
from tests.factories.units import AppointmentFactory, CommuneFactory, DepartmentFactory, UserFactory
from tests.tables import csv_rows
from units.kinds import Role
from units.models import Import, LogEntry

pytestmark = pytest.mark.django_db
LIST = "/quan-tri/awards/honour/"


@pytest.fixture(autouse=True)
def _now():
    with clock.frozen(instant(2023, 11, 24, 9)):
        yield


@pytest.fixture(autouse=True)
def administrator(client):
    user = UserFactory(is_staff=True)
    AppointmentFactory(user=user, unit=DepartmentFactory(), role=Role.ADMINISTRATOR)
    client.force_login(user)
    return user


@pytest.fixture
def form():
    return AwardFormFactory(campaign=CampaignFactory(), code="GK", name="Giấy khen")


def words(response):
    assert response.status_code == 200
    return " ".join(unescape(response.content.decode()).split())


@pytest.mark.parametrize("kind", [Honour.Recipient.PERSON, Honour.Recipient.HOUSEHOLD])
def test_persons_and_households_are_not_there(client, kind):
    HonourFactory(name="Xã Đại Đình")
    hidden = HonourFactory(recipient=kind, name="Nguyễn Thị Bí Mật")

    for query in ({}, {"q": "bi mat"}, {"recipient__exact": kind}):
        assert "Bí Mật" not in words(client.get(LIST, query))
        assert all(
            "Bí Mật" not in str(row) for row in csv_rows(client.get(f"{LIST}bang.csv", query))
        )
    change = client.get(reverse("admin:awards_honour_change", args=[hidden.pk]))
    assert change.status_code == 302  # as of a row that is not there


def test_an_honour_is_entered_through_the_action(client, form):
    unit = CommuneFactory()
    fields = {
        "recipient": "collective", "name": "Nhân dân xã", "unit": unit.pk, "form": form.pk,
        "number": "1/QĐ", "decided_on": "15/03/2023", "issuer": "UBND tỉnh",
        "award_type": "movement",
    }  # fmt: skip
    add = reverse("admin:awards_honour_add")

    assert "chưa đến" in words(client.post(add, fields | {"decided_on": "15/03/2025"}))
    assert "errorlist" in words(client.post(add, fields | {"recipient": "household"}))
    client.post(add, fields)

    assert Honour.objects.get().search == "nhan dan xa 1/qd"
    assert LogEntry.objects.get().action == "create_honour"
    again = client.post(add, fields | {"number": "1/QD"}, follow=True)
    assert "Giống khen thưởng đã ghi theo quyết định số 1/QĐ" in words(again)


def test_a_file_that_names_a_household_is_refused_at_this_door(client, form):
    CommuneFactory(code="08923")
    row = {
        "recipient": "collective", "name": "Nhân dân xã", "unit_code": "08923",
        "form": "Giấy khen", "number": "1/QĐ", "decided_on": date(2023, 3, 15), "issuer": "UBND",
    }  # fmt: skip
    household = row | {"recipient": "household", "name": "Hộ ông Bí Mật"}

    def sent(*rows):
        file = SimpleUploadedFile("khen-thuong.xlsx", template(HONOURS, rows))
        return client.post(f"{LIST}import/", {"import_file": file, "format": "0", "resource": "0"})

    text = words(sent(row, household))
    assert "chỉ Ban Thi đua - Khen thưởng được ghi" in text
    assert "Xác nhận ghi" not in text
    right = sent(row)
    client.post(f"{LIST}process_import/", right.context["confirm_form"].initial)
    assert Honour.objects.get().name == "Nhân dân xã"
    assert Import.objects.filter(state=Import.State.DONE).count() == 1


@pytest.mark.parametrize("model", [RuleSet, *RULES.values()])
def test_the_law_is_read_here_and_corrected_on_its_own_page(client, model):
    load(CampaignFactory())
    row, name = model.objects.first(), model._meta.model_name

    assert "khen thưởng" in words(client.get(f"/quan-tri/awards/{name}/"))
    change = client.get(reverse(f"admin:awards_{name}_change", args=[row.pk]))
    assert 'name="_save"' not in words(change)
    for url in (f"/quan-tri/awards/{name}/add/", f"/quan-tri/awards/{name}/{row.pk}/delete/"):
        assert client.get(url).status_code == 403


def test_rounds_are_read_here_and_drafts_not(client):
    shown = RoundFactory(title="Đợt đang mở", state="open", opened_at=clock.now())
    draft = RoundFactory(title="Đợt đang soạn")
    listed = words(client.get("/quan-tri/awards/round/"))

    assert "Đợt đang mở" in listed
    assert "Đợt đang soạn" not in listed
    change = reverse("admin:awards_round_change", args=[shown.pk])
    assert 'name="_save"' not in words(client.get(change))
    assert client.get(reverse("admin:awards_round_change", args=[draft.pk])).status_code == 302
    assert client.post(change, {"title": "Khác"}).status_code == 403
    for url in ("add/", f"{shown.pk}/delete/"):
        assert client.get(f"/quan-tri/awards/round/{url}").status_code == 403


def test_a_new_base_salary_is_entered_and_the_loader_leaves_it(client):
    campaign = CampaignFactory()
    load(campaign)
    told = {
        "amount": "2800000", "valid_from": "01/07/2027", "clause": "NĐ mới", "source": "Công báo",
        "confidence": "confirmed",
    }  # fmt: skip

    client.post(reverse("admin:awards_basesalary_add"), told)

    assert BaseSalary.objects.on(date(2027, 7, 1)).amount == 2_800_000
    assert LogEntry.objects.filter(action="create_basesalary").exists()
    assert not load(campaign).changed_anything
    assert BaseSalary.objects.count() == 5


def test_a_swap_day_of_a_new_year_is_entered(client):
    told = {"date": "10/01/2026", "name": "Làm bù", "working": "on"}
    told |= {"source": "Thông báo nghỉ Tết", "confidence": "confirmed"}

    client.post(reverse("admin:awards_dayoff_add"), told)

    assert count_working_days(date(2026, 1, 9), date(2026, 1, 11)) == 1
