"""The lives of a village while the communes above it end and are carried on."""

from datetime import date

import pytest

from config.workflow import RuleViolation
from tests.factories.units import CommuneFactory, SuccessionFactory, VillageFactory
from units.chains import Above, Chains, levels, lives_of
from units.kinds import Kind
from units.models import Succession, Unit

pytestmark = pytest.mark.django_db
START, FIRST, SECOND = date(2021, 1, 1), date(2025, 1, 1), date(2025, 7, 1)


def ending(day, **fields):
    return CommuneFactory(valid_to=day, **fields)


def chain(commune, starts=START, until=None):
    found = Chains([Kind.COMMUNE]).of(Above.of(commune), starts, until)
    return [(each.above.pk, each.starts, each.ends) for each in found]


def test_under_a_commune_without_end_there_is_one_life():
    commune = CommuneFactory()

    assert chain(commune) == [(commune.pk, START, None)]


def test_each_heir_in_turn_has_its_life(django_assert_num_queries):
    first = SuccessionFactory(predecessor=ending(FIRST, urban=True))
    Unit.objects.filter(pk=first.successor_id).update(valid_to=SECOND)
    first.successor.refresh_from_db()
    second = SuccessionFactory(predecessor=first.successor)

    with django_assert_num_queries(1):
        chains = Chains([Kind.COMMUNE])
        found = chains.of(Above.of(first.predecessor), START)

    assert [(each.above.pk, each.starts, each.ends) for each in found] == [
        (first.predecessor_id, START, FIRST),
        (first.successor_id, FIRST, SECOND),
        (second.successor_id, SECOND, None),
    ]
    assert [each.above.urban for each in found] == [True, False, False]
    assert [each.handover and each.handover.basis for each in found] == [
        first.basis, second.basis, None,
    ]  # fmt: skip


@pytest.mark.parametrize("until", [date(2024, 6, 1), FIRST])
def test_an_end_of_its_own_comes_first(until):
    link = SuccessionFactory(predecessor=ending(FIRST))

    assert chain(link.predecessor, until=until) == [(link.predecessor_id, START, until)]


def test_an_end_of_its_own_under_the_heir():
    link = SuccessionFactory(predecessor=ending(FIRST))

    assert chain(link.predecessor, until=SECOND)[-1] == (link.successor_id, FIRST, SECOND)


@pytest.mark.parametrize("told", [True, False])
def test_where_the_register_names_no_heir_the_village_ends_too(told):
    commune = ending(FIRST)
    if told:
        SuccessionFactory(predecessor=commune, successor=None, way=Succession.Way.DISSOLVE)

    assert chain(commune) == [(commune.pk, START, FIRST)]


def test_under_a_commune_that_is_split_nobody_can_tell():
    commune = ending(FIRST, name="Xã Cũ")
    for _ in range(2):
        SuccessionFactory(predecessor=commune, way=Succession.Way.SPLIT)
    chains = Chains([Kind.COMMUNE])

    with pytest.raises(RuleViolation, match="Xã Cũ được chia tách từ 01/01/2025"):
        chains.of(Above.of(commune), START)
    assert "thêm đơn vị từ 01/01/2025" in chains.refusal(Above.of(commune), START)
    assert chains.of(Above.of(commune), START, FIRST)[-1].ends == FIRST


# Lives on file


def lives(*days, code="V1"):
    """Villages of one code from each day to the next."""
    return [
        VillageFactory(code=code, valid_from=starts, valid_to=ends)
        for starts, ends in zip(days, (*days[1:], None), strict=True)
    ]


def joined(old, new, way=Succession.Way.TRANSFER):
    return SuccessionFactory(predecessor=old, successor=new, way=way)


def test_the_lives_of_a_village_are_joined_by_transfers(django_assert_num_queries):
    first, second, third = lives(START, FIRST, SECOND)
    joined(first, second)
    joined(second, third)

    for life in (first, second, third):
        with django_assert_num_queries(2):
            assert lives_of(life) == [first, second, third]


def test_a_code_given_to_another_village_is_no_life_of_the_first():
    first, second, third = lives(START, FIRST, SECOND)
    joined(second, third)

    assert lives_of(first) == [first]
    assert lives_of(second) == lives_of(third) == [second, third]


def test_the_lives_that_follow_are_found_level_by_level():
    first, second, third = lives(START, FIRST, SECOND)
    joined(first, second)
    joined(second, third, way=Succession.Way.MERGE)
    other = lives(START, code="V2")[0]

    found = list(levels(Unit.objects.filter(pk__in=[first.pk, other.pk])))

    assert [set(level) for level in found] == [{first, other}, {second}]
