"""The way back: exactly as before, while nothing was built upon the new units."""

from datetime import date
from decimal import Decimal

import pytest

from config.workflow import RuleViolation
from tests.factories.criteria import ChecklistFactory
from tests.factories.reorganising import DAY, done, end, merge, rename, split
from tests.factories.units import (
    AppointmentFactory,
    CommuneFactory,
    DepartmentFactory,
    DistrictFactory,
    LogEntryFactory,
    SuccessionFactory,
    VillageFactory,
    person,
)
from units.actions import reorganising, save_unit
from units.kinds import Role
from units.models import Appointment, LogEntry, Reorganisation, Succession, Unit, User
from units.reorganising import ELSEWHERE, ENDS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_june(stop_clock):
    stop_clock(2024, 6, 10, 8)


@pytest.fixture
def admin():
    return person(Role.ADMINISTRATOR, DepartmentFactory(), is_staff=True)


@pytest.fixture
def pair():
    district = DistrictFactory()
    return [CommuneFactory(parent=district, code=f"9{n}001") for n in (1, 2)]


def everything():
    """All rows that a reorganisation may touch, as they stand in the database."""
    models = (Unit, Succession, Appointment)
    found = {model.__name__: list(model.objects.order_by("pk").values()) for model in models}
    return {**found, "keepers": list(User.objects.order_by("pk").values_list("pk", "is_staff"))}


def undo(made, by):
    return reorganising.undo_reorganisation(made, by=by, reason="Nhập nhầm nghị quyết")


def refusal_of(call):
    with pytest.raises(RuleViolation) as refusal:
        call()
    return " ".join(refusal.value.args)


def known_end(unit, heir):
    unit.valid_to = heir.valid_from
    unit.save(update_fields=["valid_to"])
    SuccessionFactory(predecessor=unit, successor=heir, share=None)


@pytest.mark.parametrize("future", [False, True])
def test_every_row_is_as_it_was(admin, pair, future):
    for unit in pair:
        VillageFactory(parent=unit, valid_to=date(2025, 1, 1) if future else None)
        AppointmentFactory(unit=unit, role=Role.LEADER, ends=date(2027, 1, 1))
        if future:
            known_end(unit, CommuneFactory(parent=unit.parent, valid_from=date(2025, 1, 1)))
    if future:  # both are to go the same way, or nobody could tell
        Succession.objects.update(successor=Succession.objects.first().successor)
    before = everything()

    made = done(merge(*pair), by=admin, seats="all")
    assert everything() != before
    undone = undo(made, admin)

    assert everything() == before
    assert (undone.state, undone.undone_by) == (Reorganisation.State.UNDONE, admin)
    told = LogEntry.objects.get(action="undo_reorganisation")
    assert (told.reason, told.object_id) == ("Nhập nhầm nghị quyết", made.pk)


def test_a_split_and_an_end_go_back_too(admin, pair):
    known_end(pair[0], CommuneFactory(parent=pair[0].parent, valid_from=date(2025, 1, 1)))
    before = everything()

    parts = [{"name": "Xã Đông"}, {"code": "99999", "name": "Xã Tây"}]
    group = split(pair[0], *parts, shares=[Decimal("0.6"), Decimal("0.4")])
    undo(done(group, end(pair[1], number=2), by=admin), admin)

    assert everything() == before


def test_an_administrator_who_moved_is_one_again(admin):
    before = everything()
    department = admin.appointments.get().unit

    undo(done(rename(department, name="Sở Mới"), by=admin, seats="all"), admin)

    assert everything() == before


def test_it_can_be_done_again_after_it_was_undone(admin, pair):
    undo(done(merge(*pair), by=admin), admin)

    assert done(merge(*pair, name="Xã Chung"), by=admin)


def test_an_undo_says_why(admin, pair):
    made = done(merge(*pair), by=admin)

    told = refusal_of(lambda: reorganising.undo_reorganisation(made, by=admin, reason="  "))

    assert told == "Lý do hoàn tác: cần ghi."


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_an_administrator_undoes(role, admin, pair):
    made = done(merge(*pair), by=admin)
    user = person(role, DepartmentFactory())

    assert "Chỉ quản trị hệ thống" in refusal_of(lambda: undo(made, user))


def test_a_draft_and_an_undone_one_are_not_undone(admin, pair):
    made = undo(done(merge(*pair), by=admin), admin)

    assert "đã hoàn tác" in refusal_of(lambda: undo(made, admin))


# What was built upon it


def new_of(made):
    return Unit.objects.get(pk=made.effects["started"][0])


@pytest.mark.parametrize(
    ("build", "told"),
    [
        (lambda unit: VillageFactory(parent=unit, valid_from=DAY), "Đơn vị: 1 dòng"),
        (lambda unit: AppointmentFactory(unit=unit, starts=DAY), "Phân công: 1 dòng"),
        (lambda unit: ChecklistFactory(unit=unit), "Bảng tự đánh giá: 1 dòng"),
        (lambda unit: LogEntryFactory(unit=unit), "Nhật ký: 1 dòng"),
    ],
)
def test_what_hangs_on_a_new_unit_stands_in_the_way(build, told, admin, pair):
    made = done(merge(*pair, name="Xã Chung"), by=admin)
    build(new_of(made))
    before = everything()

    refusal = refusal_of(lambda: undo(made, admin))

    assert f"{told} đã ghi cho Xã Chung" in refusal
    assert everything() == before


def test_a_further_reorganisation_goes_back_first(admin, pair):
    made = done(merge(*pair), by=admin)
    later = done(rename(new_of(made), name="Phường Mới"), by=admin, day=date(2025, 1, 1))

    assert "Kế thừa đơn vị: 1 dòng" in refusal_of(lambda: undo(made, admin))
    undo(later, admin)
    assert undo(made, admin).state == Reorganisation.State.UNDONE


def test_a_correction_of_the_new_unit_is_not_lost(admin, pair):
    made = done(merge(*pair), by=admin)
    unit = new_of(made)
    unit.note = "Trụ sở tại trung tâm xã cũ"
    save_unit(unit, by=admin)

    assert "Nhật ký: 1 dòng" in refusal_of(lambda: undo(made, admin))


def test_what_was_corrected_in_the_old_ones_is_not_lost(admin, pair):
    seat = AppointmentFactory(unit=pair[0], role=Role.LEADER)
    made = done(merge(*pair), by=admin, seats="all")
    Appointment.objects.filter(pk=seat.pk).update(ends=date(2024, 6, 20))

    assert "phân công cũ đã được sửa lại sau đó" in refusal_of(lambda: undo(made, admin))


# What would no longer fit


@pytest.fixture
def village(admin):
    return VillageFactory(code="V1", name="Thôn Đồi", parent=CommuneFactory(code="91001"))


def test_a_village_does_not_come_back_under_a_commune_that_ended_since(admin, village):
    made = done(end(village), by=admin, day=date(2024, 3, 1))
    later = done(rename(village.parent, name="Phường Mới"), by=admin, number="NQ 2")
    before = everything()

    told = refusal_of(lambda: undo(made, admin))

    assert told == (
        f"Thôn Đồi: {village.parent.name} là đơn vị cấp trên đã hết từ 01/07/2024 theo "
        f"{later.basis}; hãy hoàn tác việc đó trước."
    )
    assert everything() == before
    undo(later, admin)
    assert undo(made, admin).state == Reorganisation.State.UNDONE


def test_a_unit_does_not_come_back_beside_one_that_has_its_code_now(admin, village):
    made = done(end(village), by=admin, day=date(2024, 3, 1))
    VillageFactory(code="V1", name="Thôn Khác", valid_from=date(2024, 4, 1), source="QĐ 9")

    told = refusal_of(lambda: undo(made, admin))

    assert told == (
        "Thôn Đồi: mã V1 nay là của Thôn Khác từ 01/04/2024 (QĐ 9); hãy hoàn tác việc đó trước."
    )


def test_a_code_that_was_free_again_in_time_is_no_obstacle(admin, village):
    known_end(village, VillageFactory(code="V2", parent=village.parent, valid_from=DAY))
    made = done(rename(village, name="Thôn Mới"), by=admin, day=date(2024, 3, 1))
    VillageFactory(code="V1", valid_from=DAY)

    assert undo(made, admin).state == Reorganisation.State.UNDONE


def test_a_new_unit_that_another_decision_ended_is_asked_after(admin, village):
    made = done(rename(village, name="Thôn Mới"), by=admin, day=date(2024, 3, 1))
    later = done(end(village.parent), by=admin, number="NQ 2", children={"V1": ELSEWHERE}, day=DAY)

    told = refusal_of(lambda: undo(made, admin))

    assert f"Thôn Mới: ngày kết thúc đã được ghi, sửa sau đó theo {later.basis}" in told
    undo(later, admin)
    assert undo(made, admin).state == Reorganisation.State.UNDONE


def test_what_is_gone_altogether_is_told_in_words(admin, village):
    seat = AppointmentFactory(unit=village.parent, role=Role.LEADER)
    made = done(end(village.parent), by=admin, children={"V1": ENDS}, seats="all")
    Succession.objects.filter(predecessor=village).delete()
    Unit.objects.filter(pk=village.pk).delete()
    Appointment.objects.filter(pk=seat.pk).delete()

    told = refusal_of(lambda: undo(made, admin))

    assert "Có đơn vị của việc sắp xếp này không còn trong sổ" in told
    assert "Có phân công cũ đã bị bỏ sau đó" in told


def test_apps_above_may_object(admin, pair, monkeypatch):
    made = done(merge(*pair), by=admin)
    monkeypatch.setattr("units.reorganising.ties.objections", [lambda done: ["Đã chốt sổ."]])

    assert refusal_of(lambda: undo(made, admin)) == "Đã chốt sổ."
