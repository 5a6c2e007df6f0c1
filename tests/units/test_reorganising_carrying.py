"""What a reorganisation writes: units, what stands below, successions, people."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from config.workflow import RuleViolation, Stale
from tests.factories.reorganising import (
    DAY,
    done,
    draft,
    drawn,
    end,
    merge,
    rename,
    split,
)
from tests.factories.units import (
    AppointmentFactory,
    CommuneFactory,
    DepartmentFactory,
    DistrictFactory,
    EnterpriseFactory,
    SuccessionFactory,
    UserFactory,
    VillageFactory,
    person,
)
from units.actions import reorganising
from units.kinds import Kind, Role
from units.models import Appointment, LogEntry, Reorganisation, Succession, Unit
from units.reorganising import ELSEWHERE, ENDS, Ending

pytestmark = pytest.mark.django_db
Way = Succession.Way


@pytest.fixture(autouse=True)
def _in_june(stop_clock):
    stop_clock(2024, 6, 10, 8)


@pytest.fixture
def admin():
    return person(Role.ADMINISTRATOR, DepartmentFactory())


@pytest.fixture
def district():
    return DistrictFactory()


@pytest.fixture
def pair(district):
    return [CommuneFactory(parent=district, code=f"9{n}001") for n in (1, 2)]


def refusal_of(call):
    with pytest.raises(RuleViolation) as refusal:
        call()
    return " ".join(refusal.value.args)


def alive(code, day=DAY):
    return Unit.objects.as_of(day).get(code=code)


def links_of(unit):
    return sorted(
        unit.handovers.values_list("way", "successor__code", "successor__valid_from", "share"),
        key=str,
    )


# Each way


def test_a_merger_ends_both_and_starts_one_even_under_a_code_that_lives_on(admin, pair):
    first, second = pair

    made = done(merge(first, second, name="Xã Chung", short_name="Chung"), by=admin)

    new = alive(first.code)
    assert (new.name, new.valid_from, new.valid_to, new.parent) == (
        "Xã Chung", DAY, None, first.parent,
    )  # fmt: skip
    assert new.path == f"{first.parent.path}{new.pk}/"
    for old in pair:
        old.refresh_from_db()
        assert old.valid_to == DAY
        assert links_of(old) == [(Way.MERGE, first.code, DAY, None)]
    assert new.takeovers.first().basis == "Nghị quyết 1/NQ-HĐND ngày 20/12/2022"
    assert (made.state, made.done_by) == (Reorganisation.State.DONE, admin)
    assert not Unit.objects.as_of(DAY).filter(code=second.code).exists()
    assert Unit.objects.as_of(DAY - timedelta(days=1)).get(code=second.code) == second


def test_a_new_name_is_a_new_unit_with_the_same_code(admin, pair):
    done(rename(pair[0], name="Thị trấn Mới", subtype="thị trấn", urban=True), by=admin)

    new = alive(pair[0].code)
    assert (new.name, new.urban) == ("Thị trấn Mới", True)
    assert links_of(pair[0]) == [(Way.RENAME, pair[0].code, DAY, None)]


def test_a_transfer_leads_under_another_unit_above(admin, pair):
    other = DistrictFactory(parent=pair[0].parent.parent)

    done(rename(pair[0], way=Way.TRANSFER, parent=other.code), by=admin)

    assert alive(pair[0].code).parent == other
    assert links_of(pair[0]) == [(Way.TRANSFER, pair[0].code, DAY, None)]


def test_a_split_tells_the_share_of_each_part(admin, pair):
    parts = [{"name": "Xã Đông"}, {"code": "99999", "name": "Xã Tây"}]

    done(split(pair[0], *parts, shares=[Decimal("0.6"), Decimal("0.4")]), by=admin)

    assert links_of(pair[0]) == [
        (Way.SPLIT, pair[0].code, DAY, Decimal("0.60000")),
        (Way.SPLIT, "99999", DAY, Decimal("0.40000")),
    ]


def test_a_part_and_a_whole_may_come_together(admin, pair):
    """ "On the basis of a part of commune A and the whole of commune B": one line of a decision."""
    group = split(pair[0], {"name": "Xã Đông"}, {"code": "99999", "name": "Xã Tây"})
    whole = Ending(pair[1].code, pair[1].name, (group.endings[0].heirs[1],))
    group = replace(group, endings=(*group.endings, whole))

    done(group, by=admin)

    west = alive("99999")
    assert set(west.takeovers.values_list("predecessor__code", "way")) == {
        (pair[0].code, Way.SPLIT),
        (pair[1].code, Way.MERGE),
    }
    assert [unit.pk for unit in west.ground()] == [west.pk, pair[1].pk]


def test_an_end_has_no_heir_and_tells_why(admin, pair):
    done(end(pair[0], reason="Nhập vào đơn vị ngoài tỉnh"), by=admin)

    (link,) = pair[0].handovers.all()
    assert (link.way, link.successor, link.note) == (
        Way.DISSOLVE, None, "Nhập vào đơn vị ngoài tỉnh",
    )  # fmt: skip


def test_several_groups_are_one_act(admin, pair, district):
    others = [CommuneFactory(parent=district, code=f"9{n}002") for n in (3, 4, 5)]

    made = done(merge(*pair), merge(*others, number=2), by=admin)

    assert (made.effects["counts"]["ended"], made.effects["counts"]["started"]) == (5, 2)
    assert Unit.objects.as_of(DAY).filter(kind=Kind.COMMUNE, parent=district).count() == 2


# What stands below


def test_villages_and_enterprises_go_on_under_the_heir_as_they_are(admin, pair):
    village = VillageFactory(parent=pair[1], code="V7")
    enterprise = EnterpriseFactory(parent=pair[0], code="D7")

    done(merge(*pair), by=admin)

    new = alive(pair[0].code)
    for old in (village, enterprise):
        followed = alive(old.code)
        assert followed.pk != old.pk
        assert (followed.parent, followed.name, followed.valid_from) == (new, old.name, DAY)
        assert followed.path == f"{new.path}{followed.pk}/"
        assert links_of(old) == [(Way.TRANSFER, old.code, DAY, None)]


def test_a_district_that_changes_its_name_takes_all_below_along(admin, district, pair):
    village = VillageFactory(parent=pair[0])

    done(rename(district, name="Thị xã Mới"), by=admin)

    above = [unit.name for unit in (alive(village.code).parent, alive(village.code).parent.parent)]
    assert above == [pair[0].name, "Thị xã Mới"]
    assert Unit.objects.as_of(DAY).below(alive(district.code)).count() == 4


def test_after_a_split_each_unit_below_is_placed_by_a_person(admin, pair):
    villages = [VillageFactory(parent=pair[0], code=f"V{n}") for n in (1, 2, 3)]
    group = split(pair[0], {"name": "Xã Đông"}, {"code": "99999", "name": "Xã Tây"})
    east, west = (new.key for new in group.startings)
    choices = {villages[0].code: east, villages[1].code: west}

    told = refusal_of(lambda: done(group, by=admin, children=choices))
    assert "1 đơn vị trực thuộc chưa được chọn chuyển về đâu" in told

    done(group, by=admin, children={**choices, villages[2].code: ENDS})
    assert [alive(code).parent.name for code in ("V1", "V2")] == ["Xã Đông", "Xã Tây"]
    (link,) = villages[2].handovers.all()
    assert (link.way, link.successor) == (Way.DISSOLVE, None)


def test_when_a_district_ends_its_communes_go_where_they_are_sent(admin, district, pair):
    choices = {unit.code: district.parent.code for unit in pair}

    assert "2 đơn vị trực thuộc chưa được chọn" in refusal_of(lambda: done(end(district), by=admin))
    done(end(district), by=admin, children=choices)

    assert {alive(unit.code).parent for unit in pair} == {district.parent}


def test_two_decisions_of_one_day_share_the_work(admin, district, pair):
    """The district ends by one; its communes end with it, and another tells their heirs."""
    village = VillageFactory(parent=pair[0])
    choices = {unit.code: ELSEWHERE for unit in pair}
    done(end(district), by=admin, children=choices)
    village.refresh_from_db()
    assert (village.valid_to, village.handovers.count()) == (DAY, 0)

    done(merge(*pair, parent=district.parent.code), by=admin, number="Nghị quyết 2/NQ-HĐND")

    assert alive(village.code).parent == alive(pair[0].code)
    assert alive(pair[0].code).parent == district.parent


def test_a_unit_that_starts_later_below_an_ending_one_stands_in_the_way(admin, pair):
    VillageFactory(parent=pair[0], short_name="Mai sau", valid_from=date(2024, 9, 1))

    told = refusal_of(lambda: done(merge(*pair), by=admin))

    assert "Thôn Mai sau sẽ bắt đầu từ 01/09/2024" in told


# The known future


def known_end(unit, heir, day=date(2025, 1, 1)):
    unit.valid_to = day
    unit.save(update_fields=["valid_to"])
    return SuccessionFactory(predecessor=unit, successor=heir)


def test_what_the_register_knows_of_the_time_after_goes_on_with_the_new_unit(admin, pair):
    heir = CommuneFactory(parent=pair[0].parent, valid_from=date(2025, 1, 1))
    links = [known_end(unit, heir) for unit in pair]

    done(merge(*pair, name="Xã Chung"), by=admin)

    new = alive(pair[0].code)
    assert new.valid_to == date(2025, 1, 1)
    assert links_of(new) == [(Way.MERGE, heir.code, date(2025, 1, 1), None)]
    assert Succession.objects.filter(pk__in=[link.pk for link in links]).count() == 1


def test_each_part_of_a_split_has_the_known_heir(admin, pair):
    heir = CommuneFactory(parent=pair[0].parent, valid_from=date(2025, 1, 1))
    known_end(pair[0], heir)

    done(split(pair[0], {"name": "Xã Đông"}, {"code": "99999", "name": "Xã Tây"}), by=admin)

    for code in (pair[0].code, "99999"):
        assert links_of(alive(code)) == [(Way.MERGE, heir.code, date(2025, 1, 1), None)]


def test_two_known_futures_are_not_put_into_one(admin, pair):
    known_end(pair[0], CommuneFactory(parent=pair[0].parent, valid_from=date(2025, 1, 1)))

    told = refusal_of(lambda: done(merge(*pair), by=admin))

    assert "không suy ra được đơn vị mới sẽ ra sao khi đó" in told


def test_a_unit_with_a_known_heir_does_not_simply_end_before(admin, pair):
    known_end(pair[0], CommuneFactory(parent=pair[0].parent, valid_from=date(2025, 1, 1)))

    told = refusal_of(lambda: done(end(pair[0]), by=admin))

    assert "sổ đã ghi kết thúc từ 01/01/2025 và đơn vị kế thừa khi đó" in told


# People


def test_nobody_is_moved_without_being_asked(admin, pair):
    person(Role.LEADER, pair[0])

    told = refusal_of(lambda: done(merge(*pair), by=admin))

    assert "1 người giữ vai trò ở đơn vị kết thúc chưa được chọn đi đâu" in told
    assert Unit.objects.as_of(DAY).get(code=pair[1].code).valid_to is None


def test_people_go_on_or_leave_as_chosen(admin, pair):
    going = AppointmentFactory(unit=pair[1], role=Role.LEADER, ends=date(2026, 1, 1))
    leaving = AppointmentFactory(unit=pair[0], role=Role.REPORTER)
    group = merge(*pair)
    seats = {going.pk: group.startings[0].key, leaving.pk: ENDS}

    done(group, by=admin, seats=seats)

    for seat in (going, leaving):
        seat.refresh_from_db()
        assert seat.ends == DAY
    new = Appointment.objects.get(user=going.user, starts=DAY)
    assert (new.unit, new.role, new.ends) == (alive(pair[0].code), Role.LEADER, date(2026, 1, 1))
    assert new.basis.startswith("Nghị quyết 1/NQ-HĐND")
    assert leaving.user.appointments.count() == 1
    told = LogEntry.objects.filter(model="units.Appointment").values_list("action", "object_id")
    assert set(told) == {("move_appointment", going.pk), ("end_appointment", leaving.pk)}


def test_who_held_the_role_in_both_holds_it_once(admin, pair):
    user = UserFactory()
    for unit in pair:
        AppointmentFactory(user=user, unit=unit, role=Role.LEADER)

    done(merge(*pair), by=admin, seats="all")

    assert user.appointments.filter(unit=alive(pair[0].code)).count() == 1


def test_a_role_still_to_come_starts_in_the_new_unit(admin, pair):
    seat = AppointmentFactory(unit=pair[0], role=Role.LEADER, starts=date(2024, 9, 1))

    done(merge(*pair), by=admin, seats="all")

    new = seat.user.appointments.get(unit=alive(pair[0].code))
    assert new.starts == date(2024, 9, 1)


def test_people_of_a_village_go_with_their_village(admin, pair):
    seat = AppointmentFactory(unit=VillageFactory(parent=pair[0], code="V7"), role=Role.REPORTER)

    done(merge(*pair), by=admin, seats="all")

    assert seat.user.appointments.get(starts=DAY).unit == alive("V7")


def test_the_portal_keeps_an_administrator(admin):
    department = admin.appointments.get().unit
    group = rename(department, name="Sở Mới")
    seat = admin.appointments.get().pk

    told = refusal_of(lambda: done(group, by=admin, seats={seat: ENDS}))
    assert "cổng không còn quản trị hệ thống nào" in told

    done(group, by=admin, seats={seat: group.startings[0].key})
    assert admin.appointments.get(starts=DAY).role == Role.ADMINISTRATOR


# Who, when, twice


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_an_administrator_reorganises(role, admin, pair):
    user = person(role, DepartmentFactory())
    made = draft(merge(*pair), by=admin)

    for act in (
        lambda: draft(merge(*pair), by=user),
        lambda: reorganising.carry_out(made, by=user, version=made.version),
        lambda: reorganising.save_plan(made, drawn(made).plan, by=user, version=made.version),
        lambda: reorganising.drop_reorganisation(made, by=user, version=made.version),
    ):
        assert "Chỉ quản trị hệ thống" in refusal_of(act)


@pytest.mark.parametrize("day", [date(2023, 3, 1), date(2024, 6, 10), date(2025, 1, 1)])
def test_days_past_present_and_to_come_are_all_possible(day, admin, pair):
    done(merge(*pair, name="Xã Chung"), by=admin, day=day)

    assert alive(pair[0].code, day).name == "Xã Chung"
    assert alive(pair[0].code, day - timedelta(days=1)).name == pair[0].name


def test_a_second_confirmation_of_the_same_draft_is_refused(admin, pair):
    made = draft(merge(*pair), by=admin)
    reorganising.carry_out(made, by=admin, version=made.version)

    told = refusal_of(lambda: reorganising.carry_out(made, by=admin, version=made.version))

    assert "đã thực hiện, không sửa được nữa" in told
    assert Succession.objects.count() == 2


def test_what_changed_since_the_preview_is_looked_at_again(admin, pair):
    made = draft(merge(*pair), by=admin)
    seen = reorganising.fingerprint(made, drawn(made))
    VillageFactory(parent=pair[0])

    with pytest.raises(Stale):
        reorganising.carry_out(made, by=admin, version=made.version, seen=seen)
    seen = reorganising.fingerprint(made, drawn(made))
    assert reorganising.carry_out(made, by=admin, version=made.version, seen=seen)


def test_a_draft_written_in_another_window_is_not_overwritten(admin, pair):
    made = draft(merge(*pair), by=admin)
    reorganising.save_plan(made, drawn(made).plan, by=admin, version=made.version)

    for act in (reorganising.drop_reorganisation, reorganising.carry_out):
        with pytest.raises(Stale):
            act(made, by=admin, version=made.version)


def test_a_dropped_draft_leaves_its_story(admin, pair):
    made = draft(merge(*pair), by=admin)

    reorganising.drop_reorganisation(made, by=admin, version=made.version)

    assert not Reorganisation.objects.exists()
    told = LogEntry.objects.get(action="drop_reorganisation")
    assert told.changes["number"] == ["", "Nghị quyết 1/NQ-HĐND"]
