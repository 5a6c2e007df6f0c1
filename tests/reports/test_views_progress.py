"""Progress where the units above are few, and where they are too many for one table."""

import pytest
from django.urls import reverse

from reports.models import Report
from tests.factories.reports import started
from tests.factories.units import CommuneFactory, DistrictFactory, person
from units.kinds import Role

pytestmark = pytest.mark.django_db

ASKED = {"ky": "2023", "nhom": "commune"}


@pytest.fixture
def case(stop_clock):
    """Three districts with one commune each; the first commune has begun its report."""
    stop_clock(2023, 11, 21, 9)
    case = started(tier="commune")
    for _ in range(2):
        CommuneFactory(parent=DistrictFactory(parent=case.year.province))
    return case


@pytest.fixture
def ask(case, client):
    client.force_login(case.board)
    return lambda **more: client.get(reverse("reports:progress"), ASKED | more)


def test_few_units_above_stand_over_all_units(ask, case):
    shown = ask()

    assert len(shown.context["parents"]) == 3
    assert shown.context["units"].paginator.count == 3
    assert [row.started for row in shown.context["parents"]].count(1) == 1


def test_one_unit_above_shows_its_own_units(ask, case):
    above = case.unit.parent

    shown = ask(tren=above.pk)

    assert [unit.pk for unit in shown.context["units"]] == [case.unit.pk]
    assert shown.context["chosen"].label == above.name
    assert "xem tất cả" in shown.content.decode()


@pytest.mark.parametrize("wrong", ["", "x", "²", "999999", "9" * 40])
def test_a_unit_above_that_is_none_leaves_all(ask, wrong):
    assert len(ask(tren=wrong).context["units"]) == 3


def test_very_many_units_above_come_in_pages_and_one_is_chosen_first(ask, case, monkeypatch):
    monkeypatch.setattr("reports.views.progress.PAGE", 2)

    first, last = ask(), ask(trang=2)
    assert (len(first.context["parents"]), len(last.context["parents"])) == (2, 1)
    assert "3 đơn vị cấp trên" in first.content.decode()
    assert "Từng đơn vị" not in first.content.decode()

    chosen = ask(tren=case.unit.parent.pk)
    assert [row.parent_id for row in chosen.context["parents"]] == [case.unit.parent.pk]
    assert [unit.pk for unit in chosen.context["units"]] == [case.unit.pk]


def test_districts_too_many_are_no_choice_but_one_named_in_the_address_is(
    case, client, monkeypatch
):
    monkeypatch.setattr("units.queries.DISTRICTS_OFFERED", 2)
    client.force_login(person(Role.LEADER, case.unit))
    above = case.unit.parent

    free = client.get(reverse("reports:list"))
    assert above.name not in free.content.decode().split("<tbody>")[0]

    named = client.get(reverse("reports:list"), {"tren": above.pk, "ky": "2023"})
    assert list(named.context["page"]) == list(Report.objects.filter(unit=case.unit))
    assert f'<option value="{above.pk}" selected>' in named.content.decode()
