"""A role counts while its unit lives; whose unit has ended is placed by an administrator."""

from datetime import date

import pytest

from config.workflow import RuleViolation
from tests.factories.reorganising import done, end, merge, rename, split
from tests.factories.units import (
    AppointmentFactory,
    CommuneFactory,
    DepartmentFactory,
    DistrictFactory,
    SuccessionFactory,
    UserFactory,
    VillageFactory,
    person,
)
from units import rules
from units.actions import reorganising
from units.kinds import Role
from units.models import Appointment, LogEntry, Succession, Unit, User
from units.queries import people_as
from units.reorganising.people import unplaced_seats, with_heirs

pytestmark = pytest.mark.django_db
END = date(2025, 7, 1)


@pytest.fixture
def admin():
    return person(Role.ADMINISTRATOR, DepartmentFactory())


@pytest.mark.parametrize(
    ("life", "counts"),
    [
        ({}, True),
        ({"valid_to": END}, False),
        ({"valid_to": date(2025, 7, 2)}, True),
        ({"valid_from": END}, True),
        ({"valid_from": date(2025, 7, 2)}, False),
    ],
)
def test_a_role_counts_on_the_days_of_its_unit(life, counts, stop_clock):
    stop_clock(2025, 7, 1, 0)
    district = DistrictFactory(**life)
    leader = person(Role.LEADER, district)

    assert leader.role_names() == ({Role.LEADER} if counts else set())
    assert leader.units_as(Role.LEADER) == ([district] if counts else [])
    assert list(people_as(Role.LEADER, day=END, unit=district)) == ([leader] if counts else [])


def test_an_administrator_of_an_ended_body_administers_nothing(stop_clock, admin):
    """Nor does one that only seems to be left keep the portal from losing the last."""
    stop_clock(2025, 7, 1, 8)
    ended = person(Role.ADMINISTRATOR, DepartmentFactory(valid_to=END))
    seat = admin.appointments.get()
    seat.ends = END

    assert "Chỉ quản trị hệ thống" in _refusal(lambda: done(end(seat.unit), by=ended))
    assert "không còn quản trị hệ thống nào" in rules.obstacles_to_ending(seat)[0]


def _refusal(call):
    with pytest.raises(RuleViolation) as refusal:
        call()
    return " ".join(refusal.value.args)


# Who is left


@pytest.fixture
def known(stop_clock):
    """A commune that has ended by the register, and the one that took it over."""
    stop_clock(2025, 8, 10, 8)
    link = SuccessionFactory(predecessor=CommuneFactory(valid_to=END), successor__short_name="Mới")
    return link.predecessor, link.successor


def keys(day=date(2025, 8, 10)):
    return set(unplaced_seats(day).values_list("pk", flat=True))


def test_people_of_an_ended_unit_are_listed_until_they_are_placed(known):
    old, _ = known
    waiting = AppointmentFactory(unit=old)
    AppointmentFactory(unit=old, ends=END)
    AppointmentFactory(unit=old, starts=END)
    AppointmentFactory(unit=old, user=UserFactory(is_active=False))
    AppointmentFactory(unit=CommuneFactory())

    assert keys() == {waiting.pk}
    assert keys(date(2025, 6, 30)) == set()


def test_each_is_offered_the_units_that_carry_the_old_one_on_today(known):
    old, new = known
    seat = AppointmentFactory(unit=old)
    further = done(rename(new, name="Phường Sau"), by=None, day=date(2025, 8, 1))
    last = Unit.objects.get(pk=further.effects["started"][0])
    lost = AppointmentFactory(unit=CommuneFactory(valid_to=END))

    found = with_heirs([seat, lost], date(2025, 8, 10))

    assert [each.heirs for each in found] == [[last], []]


def test_before_a_known_end_the_coming_heir_is_offered(known, stop_clock):
    old, new = known
    seat = AppointmentFactory(unit=old)
    stop_clock(2025, 6, 1, 8)

    (found,) = with_heirs([seat], date(2025, 6, 1))

    assert found.heirs == [new]


def test_the_number_of_people_costs_no_queries(known, django_assert_num_queries):
    old, _ = known
    seats = [AppointmentFactory(unit=unit) for unit in (old, old, CommuneFactory(valid_to=END))]
    listed = list(unplaced_seats(date(2025, 8, 10)))
    assert len(listed) == len(seats)

    for some in (listed[:1], listed):
        with django_assert_num_queries(1):
            with_heirs(some, date(2025, 8, 10))


# Placing them


def place(choices, by, basis="Quyết định 12/QĐ-UBND"):
    return reorganising.place_people(choices, by=by, basis=basis)


def test_they_go_on_in_the_heir_or_leave(known, admin):
    old, new = known
    going, leaving = AppointmentFactory(unit=old), AppointmentFactory(unit=old)

    assert place({going.pk: new.pk, leaving.pk: None}, admin) == 2

    for seat in (going, leaving):
        seat.refresh_from_db()
        assert seat.ends == END
    made = going.user.appointments.get(unit=new)
    assert (made.starts, made.ends, made.role, made.basis) == (
        END, None, going.role, "Quyết định 12/QĐ-UBND",
    )  # fmt: skip
    assert User.objects.get(pk=going.user.pk).units_as(going.role) == [new]
    assert leaving.user.appointments.count() == 1
    assert keys() == set()
    assert LogEntry.objects.filter(model="units.Appointment").count() == 2


def test_who_was_appointed_there_by_hand_keeps_one_role(known, admin):
    old, new = known
    seat = AppointmentFactory(unit=old)
    AppointmentFactory(unit=new, user=seat.user, starts=END)

    place({seat.pk: new.pk}, admin)

    assert seat.user.appointments.filter(unit=new).count() == 1
    assert keys() == set()


@pytest.mark.parametrize(
    "span", [{"starts": END, "ends": date(2025, 8, 1)}, {"starts": date(2025, 7, 15)}]
)
def test_who_was_appointed_there_for_a_part_of_the_time_is_not_cut_short(known, admin, span):
    old, new = known
    seat = AppointmentFactory(unit=old)
    AppointmentFactory(unit=new, user=seat.user, role=seat.role, **span)

    assert "không trọn thời gian bố trí" in _refusal(lambda: place({seat.pk: new.pk}, admin))
    seat.refresh_from_db()
    assert seat.ends is None


def test_who_was_appointed_there_as_long_as_before_keeps_that_role(known, admin):
    old, new = known
    seat = AppointmentFactory(unit=old, ends=date(2026, 1, 1))
    AppointmentFactory(unit=new, user=seat.user, role=seat.role, starts=END, ends=date(2026, 1, 1))

    assert place({seat.pk: new.pk}, admin) == 1
    assert seat.user.appointments.filter(unit=new).count() == 1


@pytest.mark.parametrize(
    ("choose", "basis", "told"),
    [
        (lambda seat, new: {seat.pk: new.parent.pk}, "QĐ 1", "không kế thừa"),
        (lambda seat, new: {seat.pk: new.pk}, " ", "Căn cứ: hãy ghi"),
        (lambda seat, new: {seat.pk: None, 0: None}, "QĐ 1", "Có phân công không còn"),
    ],
)
def test_what_cannot_be_is_refused(choose, basis, told, known, admin):
    old, new = known
    seat = AppointmentFactory(unit=old)

    assert told in _refusal(lambda: place(choose(seat, new), admin, basis))
    assert keys() == {seat.pk}


def test_nobody_is_placed_twice(known, admin):
    old, new = known
    seat = AppointmentFactory(unit=old)
    place({seat.pk: new.pk}, admin)

    assert "đã được bố trí rồi" in _refusal(lambda: place({seat.pk: None}, admin))


def test_only_an_administrator_places_people(known):
    old, new = known
    seat = AppointmentFactory(unit=old)
    leader = person(Role.LEADER, new, starts=END)

    assert "Chỉ quản trị hệ thống" in _refusal(lambda: place({seat.pk: new.pk}, leader))


# Whose papers may be read on


def test_a_unit_stands_on_the_ground_of_those_it_took_over_whole(stop_clock):
    stop_clock(2024, 6, 10, 8)
    district = DistrictFactory()
    first, second, third = (CommuneFactory(parent=district, code=f"9{n}001") for n in (1, 2, 3))
    done(rename(first, name="Phường Một"), by=None, day=date(2023, 1, 1))
    renamed = Unit.objects.as_of(date(2023, 1, 1)).get(code=first.code)
    done(merge(renamed, second), by=None)
    parts = [{"code": "99001", "name": "Xã Đông"}, {"code": "99002", "name": "Xã Tây"}]
    done(split(third, *parts), by=None)
    new = Unit.objects.get(code=first.code, valid_to=None)

    assert [unit.pk for unit in new.ground()][0] == new.pk
    assert {unit.pk for unit in new.ground()} == {new.pk, renamed.pk, second.pk, first.pk}
    for part in Unit.objects.filter(code__in=("99001", "99002")):
        assert part.ground() == [part]


def test_nobody_took_over_whole_what_another_has_a_part_of():
    link = SuccessionFactory()
    assert link.predecessor in link.successor.ground()

    SuccessionFactory(predecessor=link.predecessor, way=Succession.Way.SPLIT)

    assert link.successor.ground() == [link.successor]


def test_the_ground_is_found_in_one_query(django_assert_num_queries, stop_clock):
    stop_clock(2024, 6, 10, 8)
    unit = VillageFactory()
    for year in (2022, 2023, 2024):
        done(rename(unit, name=f"Thôn {year}"), by=None, day=date(year, 1, 1))
        unit = Unit.objects.get(code=unit.code, valid_to=None)

    with django_assert_num_queries(1):
        assert len(unit.ground()) == 4


def test_an_empty_list_of_units_has_no_ground(django_assert_num_queries):
    user = UserFactory()
    assert user.seats() == []

    with django_assert_num_queries(0):
        assert user.taken_over() == []
    assert not Appointment.objects.exists()
