"""The admin pages: administrators by today's appointment only; every write is an action."""

from datetime import date

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from tests.factories.units import (
    AppointmentFactory,
    CommuneFactory,
    DepartmentFactory,
    DistrictFactory,
    LogEntryFactory,
    SuccessionFactory,
    UserFactory,
    VillageFactory,
    person,
)
from units.kinds import Kind, Role
from units.models import Appointment, LogEntry, PovertyStandard, Unit, User

pytestmark = pytest.mark.django_db
MODELS = ["unit", "succession", "user", "appointment", "povertystandard", "logentry"]


@pytest.fixture(autouse=True)
def _in_2023(stop_clock):
    stop_clock(2023, 11, 20, 8)


@pytest.fixture
def admin(client):
    user = UserFactory(is_staff=True)
    AppointmentFactory(user=user, unit=DepartmentFactory(), role=Role.ADMINISTRATOR)
    client.force_login(user)
    return user


def url(model, page="changelist", *args):
    return reverse(f"admin:units_{model}_{page}", args=args)


def unit_fields(**fields):
    given = {
        "code": "V01",
        "name": "Thôn Đông",
        "short_name": "Đông",
        "kind": Kind.VILLAGE,
        "valid_from": "01/01/2021",
        "confidence": "confirmed",
    }
    return {**given, **fields}


# The door


@pytest.mark.parametrize("model", MODELS)
def test_administrators_see_the_registers(client, admin, model):
    SuccessionFactory()

    response = client.get(url(model), {"q": "xã"} if model in ("unit", "succession") else {})

    assert response.status_code == 200


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_nobody_else_does_even_with_the_flags(client, model, role):
    client.force_login(person(role, DepartmentFactory(), is_staff=True))

    assert client.get(url(model)).status_code == 403


@pytest.mark.parametrize("model", MODELS)
def test_a_superuser_without_the_role_neither(client, model):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))

    assert client.get(url(model)).status_code == 403


def test_no_filter_in_the_address_spells_a_hash_out(client, admin):
    assert client.get(url("user"), {"password__startswith": "md5"}).status_code == 400
    assert client.get(url("user"), {"username__startswith": "nguoi"}).status_code == 200


def test_a_row_of_the_admin_leads_to_its_own_page(client, admin):
    unit = DistrictFactory()
    way = reverse("admin:view_on_site", args=[ContentType.objects.get_for_model(Unit).pk, unit.pk])

    assertContains(client.get(url("unit", "change", unit.pk)), way)
    assert client.get(way)["Location"].endswith(unit.get_absolute_url())

    client.force_login(UserFactory(is_staff=True))
    assert client.get(way).status_code == 403


def test_an_administrator_of_yesterday_is_out(client):
    user = person(Role.ADMINISTRATOR, DepartmentFactory(), ends=date(2023, 11, 20), is_staff=True)
    client.force_login(user)

    assert client.get(url("unit")).status_code == 403


def test_a_role_without_the_door_is_sent_to_the_admins_sign_in(client):
    client.force_login(person(Role.LEADER, DepartmentFactory()))

    assert client.get(url("unit")).status_code == 302


@pytest.mark.parametrize("model", MODELS)
def test_nothing_is_deleted(client, admin, model):
    SuccessionFactory()
    LogEntryFactory()
    row = {
        "unit": Unit,
        "user": User,
        "appointment": Appointment,
        "logentry": LogEntry,
    }.get(model)
    if row:
        delete = url(model, "delete", row.objects.first().pk)
        assert client.post(delete, {"post": "yes"}).status_code == 403
    assert "delete_selected" not in client.get(url(model)).content.decode()


# Units


def test_a_unit_is_entered_through_the_action(client, admin):
    commune = CommuneFactory()

    response = client.post(url("unit", "add"), unit_fields(parent=commune.pk))

    assertRedirects(response, url("unit"))
    unit = Unit.objects.get(code="V01")
    assert unit.path == f"{commune.path}{unit.pk}/"
    entry = LogEntry.objects.get()
    assert (entry.action, entry.by) == ("create_unit", admin)


def test_a_refusal_stands_on_the_form(client, admin):
    district = DistrictFactory()

    response = client.post(url("unit", "add"), unit_fields(parent=district.pk))

    assertContains(response, "thôn, khu dân cư chỉ thuộc xã, phường, thị trấn")
    assert not Unit.objects.filter(code="V01").exists()
    assert not LogEntry.objects.exists()


def test_a_unit_is_ended_and_keeps_its_identity(client, admin):
    unit = VillageFactory(code="V01", name="Thôn Đông", short_name="Đông")
    moved = unit_fields(valid_to="01/01/2024", code="V99", kind=Kind.DISTRICT)

    response = client.post(url("unit", "change", unit.pk), moved)

    assertRedirects(response, url("unit"))
    unit.refresh_from_db()
    assert (unit.code, unit.kind, unit.valid_to) == ("V01", Kind.VILLAGE, date(2024, 1, 1))


def test_a_refusal_that_came_about_meanwhile_is_told(client, admin, monkeypatch):
    monkeypatch.setattr("units.admin_forms.UnitForm.obstacles", lambda form: [])

    response = client.post(
        url("unit", "add"), unit_fields(parent=DistrictFactory().pk), follow=True
    )

    assertContains(response, "thôn, khu dân cư chỉ thuộc xã, phường, thị trấn")
    assert not Unit.objects.filter(code="V01").exists()


def test_units_are_found_without_diacritics(client, admin):
    commune = CommuneFactory(name="Xã Đạo Tú", short_name="Đạo Tú")

    found = client.get(
        reverse("admin:autocomplete"),
        {"term": "dao tu", "app_label": "units", "model_name": "unit", "field_name": "parent"},
    )

    assert [row["id"] for row in found.json()["results"]] == [str(commune.pk)]


# People


def test_an_account_is_made_and_flags_cannot_be_set(client, admin):
    fields = {
        "username": "moi",
        "full_name": "Lê Thị Mới",
        "is_active": "on",
        "new_password": "Con-duong-lang-9",
        "is_superuser": "on",
        "is_staff": "on",
    }

    response = client.post(url("user", "add"), fields)

    assertRedirects(response, url("user"))
    user = User.objects.get(username="moi")
    assert user.check_password("Con-duong-lang-9")
    assert (user.is_superuser, user.is_staff) == (False, False)
    assert LogEntry.objects.get().action == "create_user"


def test_a_password_stays_when_none_is_typed(client, admin):
    user = UserFactory(username="an", full_name="Trần An", password="Con-duong-lang-9")

    client.post(
        url("user", "change", user.pk),
        {"username": "an", "full_name": "Trần Văn An", "is_active": "on", "new_password": ""},
    )

    user.refresh_from_db()
    assert user.full_name == "Trần Văn An"
    assert user.check_password("Con-duong-lang-9")


@pytest.mark.parametrize(
    ("fields", "words"),
    [({"new_password": "12345678"}, "errorlist"), ({"is_active": ""}, "không còn quản trị")],
)
def test_an_account_is_refused_on_the_form(client, admin, fields, words):
    given = {"username": admin.username, "full_name": "A", "is_active": "on", "new_password": ""}

    response = client.post(url("user", "change", admin.pk), {**given, **fields})

    assertContains(response, words)
    assert not LogEntry.objects.exists()


def test_a_role_is_given_and_ended(client, admin):
    user, unit = UserFactory(), DistrictFactory()
    fields = {"user": user.pk, "unit": unit.pk, "role": Role.LEADER, "starts": "01/06/2023"}

    assertRedirects(client.post(url("appointment", "add"), fields), url("appointment"))
    seat = user.appointments.get()
    asked = {"ends": "01/12/2023", "role": Role.BOARD}
    assertContains(
        client.post(url("appointment", "change", seat.pk), asked), "không còn lãnh đạo nào để ký"
    )
    client.post(url("appointment", "change", seat.pk), asked | {"reason": "Chuyển công tác"})

    seat.refresh_from_db()
    assert (seat.role, seat.starts, seat.ends) == (
        Role.LEADER,
        date(2023, 6, 1),
        date(2023, 12, 1),
    )
    actions = LogEntry.objects.order_by("pk").values_list("action", "by", flat=False)
    assert list(actions) == [("appoint", admin.pk), ("end_appointment", admin.pk)]
    assert LogEntry.objects.latest("pk").reason == "Chuyển công tác"


@pytest.mark.parametrize(
    ("starts", "words"),
    [("01/01/2020", "không hoạt động vào ngày"), ("31/02/2023", "errorlist"), ("", "errorlist")],
)
def test_a_role_is_refused_on_the_form(client, admin, starts, words):
    fields = {
        "user": UserFactory().pk,
        "unit": DistrictFactory().pk,
        "role": Role.LEADER,
        "starts": starts,
    }

    assertContains(client.post(url("appointment", "add"), fields), words)
    assert Appointment.objects.count() == 1


def test_the_end_of_a_role_cannot_be_taken_back(client, admin):
    seat = person(Role.LEADER, DistrictFactory(), ends=date(2024, 1, 1)).appointments.get()

    response = client.post(url("appointment", "change", seat.pk), {"ends": ""})

    assertContains(response, "hãy ghi ngày kết thúc phân công")


# Standards and the log


def test_a_standard_is_entered_through_the_action(client, admin):
    fields = {
        "code": "A",
        "name": "Chuẩn A",
        "first_year": "2022",
        "last_year": "2025",
        "basis": "Nghị định",
    }

    assertRedirects(client.post(url("povertystandard", "add"), fields), url("povertystandard"))
    assert PovertyStandard.objects.get().name == "Chuẩn A"
    assert LogEntry.objects.get().action == "create_povertystandard"


def test_the_log_is_for_reading_only(client, admin):
    entry = LogEntryFactory()

    page = url("logentry", "change", entry.pk)

    assertContains(client.get(page), entry.label)
    assert client.post(page, {"label": "khác"}).status_code == 403
    assert client.get(url("logentry", "add")).status_code == 403
