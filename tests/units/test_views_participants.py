"""Villages and enterprises kept from the page of the unit above."""

from datetime import date

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tests.factories.units import (
    CommuneFactory,
    DepartmentFactory,
    EnterpriseFactory,
    SuccessionFactory,
    UserFactory,
    VillageFactory,
    person,
)
from units.kinds import Role
from units.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_2023(stop_clock):
    stop_clock(2023, 11, 20, 8)


@pytest.fixture
def commune():
    link = SuccessionFactory(predecessor=CommuneFactory(valid_to=date(2025, 1, 1)))
    return link.predecessor


@pytest.fixture
def keeper(client, commune):
    user = person(Role.REPORTER, commune)
    client.force_login(user)
    return user


def page(name, unit):
    return reverse(f"units:{name}", args=[unit.pk])


def fields(**changes):
    given = {"code": "V1", "name": "Thôn Đồi", "subtype": "thôn", "valid_from": "01/01/2022"}
    return {**given, **changes}


def test_a_village_is_entered_and_its_page_shows_all_its_lives(client, keeper, commune):
    response = client.post(page("add_village", commune), fields())

    first = Unit.objects.get(code="V1", valid_from=date(2022, 1, 1))
    assertRedirects(response, first.get_absolute_url())
    shown = client.get(first.get_absolute_url())
    assertContains(shown, "Các giai đoạn của mã V1")
    assertContains(shown, "từ 01/01/2025")
    assert [life.parent_id for life in shown.context["lives"]][0] == commune.pk


def test_an_enterprise_is_entered_by_its_tax_code(client, keeper, commune):
    asked = fields(code="9900000001", name="Công ty May", subtype="công ty TNHH")

    client.post(page("add_enterprise", commune), asked)

    assert Unit.objects.filter(code="9900000001", kind="enterprise").count() == 2
    assertContains(
        client.get(reverse("units:list"), {"q": "cong ty may", "cap": "enterprise"}), "Công ty May"
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"code": "V 1"}, "Chỉ gồm chữ cái không dấu"),
        ({"valid_from": "31/02/2022"}, "Ngày không đọc được."),
        ({"valid_from": "01/01/2020"}, "hãy chọn ngày trong thời gian đó"),
        ({"subtype": "chung cư"}, "không phải là một lựa chọn"),
    ],
)
def test_what_is_wrong_stands_at_its_field(client, keeper, commune, changes, words):
    response = client.post(page("add_village", commune), fields(**changes))

    assertContains(response, "Chưa ghi được")
    field = next(iter(changes))
    errors = response.context["form"].errors
    assert list(errors) == [field]
    assert words.casefold() in str(errors).casefold() or field == "subtype"


def test_a_name_is_corrected_and_the_unit_ended(client, keeper, commune):
    client.post(page("add_village", commune), fields())
    unit = Unit.objects.get(code="V1", valid_from=date(2022, 1, 1))

    client.post(page("participant_edit", unit), {"name": "Làng Đồi", "subtype": "làng"})
    response = client.post(
        page("participant_end", unit), {"ends": "01/12/2023", "reason": "Nhập vào thôn khác"}
    )

    assertRedirects(response, unit.get_absolute_url())
    unit.refresh_from_db()
    assert (unit.name, unit.valid_to) == ("Làng Đồi", date(2023, 12, 1))


def test_an_end_asks_why(client, keeper, commune):
    unit = VillageFactory(parent=commune, valid_to=date(2025, 1, 1))

    response = client.post(page("participant_end", unit), {"ends": "01/12/2023"})

    assertContains(response, "Cần ghi lý do.")


def test_the_neighbours_unit_is_404(client, keeper):
    other = VillageFactory()

    for name in ("participant_edit", "participant_end"):
        assert client.get(page(name, other)).status_code == 404
    for name in ("add_village", "add_enterprise"):
        assert client.get(page(name, other.parent)).status_code == 404
    assert client.get(page("add_village", other.parent.parent)).status_code == 404


def test_the_page_offers_only_what_the_reader_may_do(client, keeper, commune):
    own, other = VillageFactory(parent=commune), EnterpriseFactory()

    assertContains(client.get(commune.get_absolute_url()), page("add_village", commune))
    assertContains(client.get(own.get_absolute_url()), page("participant_edit", own))
    for unit in (other, other.parent):
        assertNotContains(client.get(unit.get_absolute_url()), 'btn-quiet" href="/don-vi/')
    client.force_login(UserFactory())
    assertNotContains(client.get(own.get_absolute_url()), page("participant_edit", own))


def test_an_administrator_enters_them_everywhere(client, commune):
    client.force_login(person(Role.ADMINISTRATOR, DepartmentFactory()))

    client.post(page("add_village", commune), fields())

    assert Unit.objects.filter(code="V1").count() == 2
