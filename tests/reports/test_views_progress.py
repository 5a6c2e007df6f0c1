"""Progress where the units above are few or too many for one table, and who follows whom."""

import pytest
from django.urls import reverse

from reports.models import Report
from tests.factories.reports import returned, sent, started
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


# Who follows whom


def shown(client, user, tier):
    """The rows of the tiers, of the units above and of the units, as this user sees them."""
    client.force_login(user)
    context = client.get(reverse("reports:progress"), {"nhom": tier}).context
    rows = {row.key: row.expected for row in context["tiers"]}
    return rows, [row.label for row in context["parents"]], list(context["units"])


@pytest.fixture
def _tuesday(stop_clock):
    stop_clock(2023, 11, 21, 9)


@pytest.mark.usefixtures("_tuesday")
def test_a_neighbour_does_not_learn_what_became_of_a_report(client):
    case = returned()
    neighbour = DistrictFactory(parent=case.year.province)
    leader = person(Role.LEADER, neighbour)

    assert shown(client, leader, "district") == (
        {"district": 1},
        [case.year.province.name],
        [neighbour],
    )
    assert "bị trả lại" not in client.get(reverse("reports:progress")).content.decode()


@pytest.mark.usefixtures("_tuesday")
def test_a_district_follows_its_communes(client):
    case = sent(tier="commune")
    other = CommuneFactory(parent=case.unit.parent)
    started(tier="commune", year=case.year)
    leader = person(Role.LEADER, case.unit.parent)

    tiers, parents, units = shown(client, leader, "commune")

    assert tiers == {"district": 1, "commune": 2}
    assert parents == [case.unit.parent.name]
    assert set(units) == {case.unit, other}


@pytest.mark.usefixtures("_tuesday")
@pytest.mark.parametrize("role", Role.PROVINCE_WIDE)
def test_who_works_for_the_province_follows_all(client, role):
    case = sent()
    other = DistrictFactory(parent=case.year.province)

    _, _, units = shown(client, person(role, case.year.board), "district")

    assert set(units) == {case.unit, other}


@pytest.mark.usefixtures("_tuesday")
def test_the_front_page_counts_the_whole_province(client):
    case = sent()
    DistrictFactory(parent=case.year.province)

    tiers = client.get(reverse("reports:front")).context["tiers"]

    assert [(row.key, row.expected) for row in tiers] == [("district", 2)]
