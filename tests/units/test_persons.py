"""Persons who take part: who sees them, who keeps them, which units carry them on."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from config.workflow import RuleViolation
from tests.factories.persons import PersonFactory
from tests.factories.units import (
    CommuneFactory,
    DepartmentFactory,
    DistrictFactory,
    SuccessionFactory,
    VillageFactory,
    person,
)
from tests.tables import csv_rows, xlsx_rows
from units.actions.persons import save_person
from units.kinds import Role
from units.models import LogEntry, Person, Succession
from units.persons import stays

pytestmark = pytest.mark.django_db
LIST = "units:persons"


@pytest.fixture(autouse=True)
def _in_2023(stop_clock):
    stop_clock(2023, 11, 20, 8)


@pytest.fixture
def commune():
    return CommuneFactory(code="08707", name="Xã Đại Đình")


@pytest.fixture
def keeper(client, commune):
    user = person(Role.REPORTER, commune)
    client.force_login(user)
    return user


def fields(**changes):
    given = {
        "name": " Lê  Thị Ấm ",
        "kind": "cadre",
        "unit": "dai dinh",
        "takes_part_from": "01/06/2023",
    }
    return {**given, **changes}


# Writing


@pytest.mark.parametrize("place", ["own", "below", "above"])
@pytest.mark.parametrize("role", Role.OF_UNIT)
def test_reporters_and_leaders_keep_the_persons_of_their_unit_and_below(commune, role, place):
    seated = {"own": commune, "below": commune.parent, "above": VillageFactory(parent=commune)}
    by = person(role, seated[place])
    somebody = Person(
        name=" Lê  Thị Ấm ", kind="cadre", unit=commune, takes_part_from=date(2023, 1, 1)
    )

    if place == "above":
        with pytest.raises(RuleViolation, match="không thuộc phạm vi của bạn"):
            save_person(somebody, by=by)
        return
    save_person(somebody, by=by)
    assert (somebody.name, somebody.search) == ("Lê Thị Ấm", "le thi am")
    entry = LogEntry.objects.get()
    assert (entry.action, entry.by, entry.unit) == ("create_person", by, commune)


@pytest.mark.parametrize("role", [role for role in Role if role not in Role.OF_UNIT])
def test_the_roles_of_the_province_keep_none(role):
    by, somebody = person(role, DepartmentFactory()), PersonFactory()
    somebody.name = "Đổi Tên"

    with pytest.raises(RuleViolation):
        save_person(somebody, by=by)


def test_nobody_takes_a_person_over_from_another_unit(commune):
    by, somebody = person(Role.LEADER, commune), PersonFactory()
    somebody.unit = commune

    with pytest.raises(RuleViolation, match="không thuộc phạm vi của bạn"):
        save_person(somebody, by=by)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"takes_part_from": date(2019, 1, 1)}, "không hoạt động vào ngày 01/01/2019"),
        ({"takes_part_to": date(2022, 1, 1)}, "Ngày hết tham gia phải sau ngày bắt đầu"),
        ({"name": ""}, "Họ và tên: "),
        ({"kind": "khác"}, "Đối tượng: "),
    ],
)
def test_what_is_wrong_is_told(commune, changes, words):
    somebody = PersonFactory(unit=commune)
    for name, value in changes.items():
        setattr(somebody, name, value)

    with pytest.raises(RuleViolation, match=words):
        save_person(somebody, by=None)


# Through reorganisations


def test_the_heir_of_a_unit_sees_and_keeps_its_persons(client, stop_clock):
    stop_clock(2025, 3, 1, 8)
    link = SuccessionFactory(predecessor=CommuneFactory(valid_to=date(2025, 1, 1)))
    somebody = PersonFactory(unit=link.predecessor)
    client.force_login(person(Role.REPORTER, link.successor))

    page = client.get(reverse("units:person", args=[somebody.pk]))

    assertContains(page, link.predecessor.name)
    assertContains(page, f"từ 01/01/2025 · sáp nhập, {link.basis}")
    assert client.get(reverse("units:person_edit", args=[somebody.pk])).status_code == 200


def test_the_units_of_a_person_are_followed_by_one_query(django_assert_num_queries):
    first = SuccessionFactory(predecessor=CommuneFactory(valid_to=date(2025, 1, 1)))
    heir = first.successor
    heir.valid_to = date(2025, 7, 1)
    heir.save()
    second = SuccessionFactory(predecessor=heir)
    somebody = PersonFactory(unit=first.predecessor)

    with django_assert_num_queries(1):
        found, end = stays(somebody, date(2026, 1, 1))

    assert [stay.unit for stay in found] == [first.predecessor, heir, second.successor]
    assert end is None
    assert len(stays(somebody, date(2024, 1, 1))[0]) == 1


def test_the_page_leads_to_the_honours_of_that_name(client, keeper, commune):
    somebody = PersonFactory(name="Lê Thị Ấm", unit=commune)

    page = client.get(reverse("units:person", args=[somebody.pk]))

    assertContains(page, reverse("awards:person_history", args=[somebody.pk]))


@pytest.mark.parametrize("heirs", [0, 2])
def test_without_a_single_heir_people_must_say_where_a_person_belongs(client, stop_clock, heirs):
    stop_clock(2025, 3, 1, 8)
    old = CommuneFactory(valid_to=date(2025, 1, 1))
    for _ in range(heirs):
        SuccessionFactory(predecessor=old, way=Succession.Way.SPLIT)
    if not heirs:
        SuccessionFactory(predecessor=old, successor=None, way="dissolve", confidence="partial")
    somebody = PersonFactory(unit=old)
    client.force_login(person(Role.BOARD, DepartmentFactory()))

    page = client.get(reverse("units:person", args=[somebody.pk]))

    words = "được chia tách" if heirs else "chưa rõ đơn vị tiếp nhận"
    assertContains(page, words)
    assertContains(page, "cổng không biết")


# Pages


def test_the_list_shows_own_persons_and_those_below_only(client, keeper, commune):
    own = PersonFactory(unit=commune)
    below = PersonFactory(unit=VillageFactory(parent=commune))
    other = PersonFactory()

    page = client.get(reverse(LIST))

    assert set(page.context["page"]) == {own, below}
    assertNotContains(page, other.name)
    for name in ("units:person", "units:person_edit"):
        assert client.get(reverse(name, args=[other.pk])).status_code == 404


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "le thi am"}, ["Lê Thị Ấm"]),
        ({"loai": "foreigner"}, ["John Brown"]),
        ({"ngay": "01/07/2023"}, ["John Brown"]),
        ({"ngay": "hôm qua"}, ["John Brown", "Lê Thị Ấm"]),
        ({"q": "khong co"}, []),
    ],
)
def test_the_list_is_filtered_in_the_address(client, keeper, commune, asked, found):
    PersonFactory(name="John Brown", kind="foreigner", unit=commune)
    PersonFactory(name="Lê Thị Ấm", unit=commune, takes_part_to=date(2023, 6, 1))

    page = client.get(reverse(LIST), asked)

    assert [each.name for each in page.context["page"]] == found


def test_the_list_is_filtered_by_unit(client, commune):
    client.force_login(person(Role.BOARD, DepartmentFactory()))
    inside, _ = PersonFactory(unit=VillageFactory(parent=commune)), PersonFactory()

    page = client.get(reverse(LIST), {"thuoc": commune.pk})

    assert list(page.context["page"]) == [inside]


def test_the_list_costs_the_same_for_any_number_of_rows(client, keeper, commune):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(LIST))
        return len(queries)

    PersonFactory(unit=commune)
    cost()
    one = cost()
    PersonFactory.create_batch(2, unit=commune)

    assert cost() == one <= 12


@pytest.mark.parametrize(("suffix", "rows_of"), [(".xlsx", xlsx_rows), (".csv", csv_rows)])
def test_the_list_can_be_taken_away(client, keeper, commune, suffix, rows_of):
    PersonFactory(name="Lê Thị Ấm", unit=commune, direct_worker=True)
    PersonFactory()

    rows = rows_of(client.get(reverse("units:persons_download", args=[suffix])))

    assert [(row["Họ và tên"], row["Mã đơn vị"]) for row in rows] == [("Lê Thị Ấm", "08707")]
    assert rows[0]["Trực tiếp lao động, công tác"] == "x"


def test_a_person_is_entered_corrected_and_ended_by_form(client, keeper, commune):
    response = client.post(reverse("units:person_add"), fields())
    made = Person.objects.get()
    assertRedirects(response, reverse("units:person", args=[made.pk]))
    assert (made.name, made.unit) == ("Lê Thị Ấm", commune)

    ended = fields(name="Lê Thị Ắm", takes_part_to="01/11/2023", reason="Nghỉ hưu")
    client.post(reverse("units:person_edit", args=[made.pk]), ended)

    made.refresh_from_db()
    assert (made.name, made.takes_part_to) == ("Lê Thị Ắm", date(2023, 11, 1))
    assert LogEntry.objects.latest("pk").reason == "Nghỉ hưu"


def test_a_unit_outside_is_not_found_by_the_form(client, keeper):
    CommuneFactory(name="Xã Hồ Sơn", short_name="Hồ Sơn")

    page = client.post(reverse("units:person_add"), fields(unit="ho son"))

    assertContains(page, "Không có đơn vị nào khớp “ho son” vào ngày 01/06/2023")
    assert not Person.objects.exists()


def test_a_leader_of_the_district_finds_its_communes(client, commune):
    client.force_login(person(Role.LEADER, commune.parent))

    client.post(reverse("units:person_add"), fields(unit="08707"))

    assert Person.objects.get().unit == commune


def test_the_page_of_a_unit_counts_its_persons(client, keeper, commune):
    PersonFactory(unit=commune)

    page = client.get(commune.get_absolute_url())

    assertContains(page, "Cá nhân tham gia")
    assertContains(page, f"{reverse(LIST)}?thuoc={commune.pk}")
    assertNotContains(client.get(DistrictFactory().get_absolute_url()), f"{reverse(LIST)}?thuoc=1")
