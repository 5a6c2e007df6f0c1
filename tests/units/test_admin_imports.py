"""Units that come in by file at the admin's door: which kinds there are, and for whom."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from config.sheets import template
from tests.factories.units import AppointmentFactory, CommuneFactory, DepartmentFactory, UserFactory
from units.imports.kind import kind_of
from units.kinds import Role
from units.models import Import, Unit

pytestmark = pytest.mark.django_db
DOOR = "/quan-tri/units/unit/import/"


@pytest.fixture(autouse=True)
def administrator(client):
    user = UserFactory(is_staff=True)
    AppointmentFactory(user=user, unit=DepartmentFactory(), role=Role.ADMINISTRATOR)
    client.force_login(user)
    return user


def test_the_kinds_of_the_register_are_offered(client):
    response = client.get(DOOR)

    offered = [label for _, label in response.context["form"].fields["resource"].choices]
    assert offered == [kind_of("thon").title, kind_of("doanh-nghiep").title]
    assert response.context["title"] == "Nhập từ tệp"


@pytest.mark.parametrize("resource", ["7", "x", ""])
def test_a_made_up_choice_is_refused_on_the_form(client, resource):
    response = client.post(DOOR, {"format": "0", "resource": resource})

    assert response.status_code == 200
    assert "Hãy chọn tệp" in response.content.decode()


def sent(client, *rows, resource="0", **fields):
    definition = kind_of("thon").definition({})
    file = SimpleUploadedFile("thon.xlsx", template(definition, rows))
    given = {"import_file": file, "format": "0", "resource": resource} | fields
    return client.post(DOOR, given)


@pytest.fixture
def row():
    CommuneFactory(code="08923", name="Xã Đại Đình", short_name="Đại Đình")
    return {"code": "0892301", "name": "Thôn Đông", "subtype": "thôn", "above": "08923"}


def test_villages_come_in_from_the_day_that_is_told(client, row):
    response = sent(client, row, tu="01/06/2023")

    assert "1 mới" in response.content.decode()
    confirm = response.context["confirm_form"].initial
    done = client.post("/quan-tri/units/unit/process_import/", confirm, follow=True)
    assert "Đã ghi tệp thon.xlsx" in done.content.decode()
    village = Unit.objects.get(code="0892301")
    assert (village.parent.code, f"{village.valid_from:%d/%m/%Y}") == ("08923", "01/06/2023")
    assert Import.objects.get().options == {"tu": "2023-06-01"}


def test_a_wrong_answer_beside_the_file_is_told_and_nothing_is_read(client, row):
    response = sent(client, row, tu="31/02/2023")

    assert "Ngày không đọc được" in response.content.decode()
    assert not Import.objects.exists()


def test_accounts_come_in_beside_the_list_of_roles(client):
    response = client.get("/quan-tri/units/appointment/import/")

    assert response.status_code == (200 if kind_of("tai-khoan") else 403)
