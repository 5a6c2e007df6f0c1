"""Units that come in by file at the admin's door: which kinds there are, and for whom."""

import pytest

from tests.factories.units import AppointmentFactory, DepartmentFactory, UserFactory
from units.imports.kind import kind_of
from units.kinds import Role

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
