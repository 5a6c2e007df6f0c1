"""The honours of a subject across reorganisations: which are sure, which people must look at."""

from datetime import date

import pytest

from awards.history import (
    ELSEWHERE,
    IN_PART,
    OTHER_NAME,
    history_of,
    next_period_starts,
    overlapping,
)
from awards.models import Honour
from tests.factories.awards import HonourFactory
from tests.factories.households import HouseholdFactory
from tests.factories.persons import PersonFactory
from tests.factories.units import (
    CommuneFactory,
    DepartmentFactory,
    DistrictFactory,
    ProvinceFactory,
    SuccessionFactory,
    VillageFactory,
    person,
)
from units.kinds import Role
from units.models import Succession

pytestmark = pytest.mark.django_db
Way, Recipient = Succession.Way, Honour.Recipient
DAY = date(2025, 1, 1)
NAME = "Nguyễn Thị Hoà"


@pytest.fixture
def district():
    return DistrictFactory(parent=ProvinceFactory())


@pytest.fixture
def heir(district):
    return CommuneFactory(parent=district, valid_from=DAY)


def gone_into(heir, way=Way.MERGE):
    """A commune of two years that ended on the heir's first day."""
    ends = heir.valid_from
    starts = ends.replace(year=ends.year - 2)
    old = CommuneFactory(parent=heir.parent, valid_from=starts, valid_to=ends)
    SuccessionFactory(predecessor=old, successor=heir, way=way)
    return old


def told(whom, user=None):
    return {entry.honour: entry.doubt for entry in history_of(whom, user=user)}


def household(unit, name=NAME, **fields):
    return HonourFactory(unit=unit, name=name, recipient=Recipient.HOUSEHOLD, **fields)


# Units


def test_a_unit_has_its_own_and_those_of_what_it_was(heir):
    first = gone_into(gone_into(heir), Way.RENAME)
    HonourFactory(unit=CommuneFactory(parent=heir.parent))
    HonourFactory(unit=VillageFactory(parent=heir))
    household(heir, name=heir.name)
    own, inherited = HonourFactory(unit=heir), HonourFactory(unit=first)

    assert told(heir) == {own: "", inherited: ""}
    assert told(first) == {inherited: ""}


def test_where_an_honour_came_from_is_said_with_day_and_basis(heir):
    old = gone_into(heir)
    HonourFactory(unit=old)
    HonourFactory(unit=heir)

    own, inherited = history_of(heir)

    assert (own.inherited, own.passage.words) == (False, "")
    assert inherited.inherited
    assert inherited.passage.words == (
        f"{old.name} sáp nhập vào {heir.name} từ 01/01/2025 (Nghị quyết thử nghiệm)"
    )


def test_what_a_split_unit_received_is_its_heirs_in_part(heir):
    split = gone_into(heir, Way.SPLIT)
    before = gone_into(split, Way.RENAME)
    rows = {HonourFactory(unit=unit): IN_PART for unit in (split, before)}

    assert told(heir) == rows


def test_an_heir_of_another_kind_inherits_nothing(district):
    old = DistrictFactory(parent=district.parent, valid_to=DAY)
    commune = CommuneFactory(parent=district, valid_from=DAY)
    SuccessionFactory(predecessor=old, successor=commune, way=Way.MERGE)
    HonourFactory(unit=old)

    assert told(commune) == {}


def test_another_name_than_the_units_is_to_be_looked_at(heir):
    youth = HonourFactory(unit=heir, name=f"Đoàn {heir.name}")

    assert told(heir) == {youth: OTHER_NAME}


# Persons and households


def test_a_person_has_what_the_name_received_before_and_after(heir):
    old = gone_into(heir)
    somebody = PersonFactory(unit=old, name=NAME)
    rows = [
        HonourFactory(unit=unit, name=name, recipient=Recipient.PERSON)
        for unit, name in ((old, "Bà NGUYỄN THỊ HÒA"), (heir, "Hoà Nguyễn Thị"))
    ]
    household(old)
    HonourFactory(unit=old, name="Nguyễn Thị Hoa Mai", recipient=Recipient.PERSON)

    assert told(somebody) == dict.fromkeys(rows, "")


def test_the_same_name_nearby_is_to_be_looked_at_and_far_off_it_is_nobody(heir):
    village = VillageFactory(parent=heir)
    own = household(village)
    near = household(VillageFactory(parent=CommuneFactory(parent=heir.parent)))
    household(CommuneFactory())

    assert told(HouseholdFactory(unit=village, head=NAME)) == {own: "", near: ELSEWHERE}


def test_without_districts_a_name_is_looked_for_within_the_commune():
    province = ProvinceFactory()
    commune = CommuneFactory(parent=province)
    below = household(VillageFactory(parent=commune))
    household(CommuneFactory(parent=province))

    assert told(HouseholdFactory(unit=commune, head=NAME)) == {below: ELSEWHERE}


def test_names_are_told_as_far_as_the_user_may_see_them(heir):
    own, near = household(heir), household(CommuneFactory(parent=heir.parent))
    family = HouseholdFactory(unit=heir, head=NAME)

    assert set(told(family, person(Role.BOARD, DepartmentFactory()))) == {own, near}
    assert set(told(family, person(Role.LEADER, heir, starts=DAY))) == {own}
    assert told(family, person(Role.ADMINISTRATOR, DepartmentFactory())) == {}


@pytest.mark.parametrize("rows", [1, 3])
def test_a_history_costs_the_same_for_any_number_of_rows(heir, rows, django_assert_num_queries):
    for _ in range(rows):
        household(gone_into(heir))
        HonourFactory(unit=gone_into(heir))
    family = HouseholdFactory(unit=heir, head=NAME)

    with django_assert_num_queries(3):
        assert [entry.passage.words for entry in history_of(family)]
    with django_assert_num_queries(2):
        assert [entry.passage.words for entry in history_of(heir)]


# The next period and the same achievement


@pytest.mark.parametrize(
    ("period", "starts"),
    [
        ({"period_from": 2021, "period_to": 2022}, date(2022, 12, 31)),
        ({}, date(2023, 3, 15)),
    ],
)
def test_the_next_period_starts_where_the_previous_decision_left_off(heir, period, starts):
    old = gone_into(heir)
    HonourFactory(unit=old, decided_on=date(2022, 1, 1), period_from=2020, period_to=2021)
    last = HonourFactory(unit=old, **period)

    found = next_period_starts(heir)

    assert (found.honour, found.decided_on, found.starts) == (last, date(2023, 3, 15), starts)


def test_without_a_sure_honour_no_next_period_is_told(heir):
    HonourFactory(unit=gone_into(heir, Way.SPLIT))

    assert next_period_starts(heir) is None


@pytest.mark.parametrize(
    ("given", "asked", "overlaps"),
    [
        ((2021, 2022), (2022, 2023), True),
        ((2021, 2022), (2023, 2023), False),
        ((None, None), (2023, 2024), True),
        ((None, None), (2024, 2024), False),
        ((2021, 2022), (None, None), True),
    ],
)
def test_one_achievement_is_rewarded_once(heir, given, asked, overlaps):
    row = HonourFactory(unit=gone_into(heir), period_from=given[0], period_to=given[1])
    proposed = HonourFactory.build(
        unit=heir, name="Tên khác", form=row.form, period_from=asked[0], period_to=asked[1]
    )

    assert [entry.honour for entry in overlapping(proposed)] == [row] * overlaps


def test_an_honour_does_not_overlap_itself(heir):
    row = HonourFactory(unit=heir, period_from=2021, period_to=2022)

    assert overlapping(row) == []
