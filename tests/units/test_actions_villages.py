"""Villages and enterprises entered, corrected and ended by hand, each with its chain of lives."""

from datetime import date

import pytest

from config.workflow import RuleViolation
from tests.factories.poverty import PovertyPlanFactory
from tests.factories.reorganising import done, rename
from tests.factories.units import (
    CommuneFactory,
    DepartmentFactory,
    DistrictFactory,
    SuccessionFactory,
    VillageFactory,
    person,
)
from units.actions import save_unit
from units.actions.villages import correct_chain, end_chain, place_with_chain, short_name
from units.chains import lives_of
from units.kinds import Kind, Role
from units.models import LogEntry, Succession, Unit

pytestmark = pytest.mark.django_db
START, FIRST = date(2021, 1, 1), date(2025, 1, 1)


@pytest.fixture(autouse=True)
def _in_2023(stop_clock):
    stop_clock(2023, 11, 20, 8)


@pytest.fixture
def merger():
    """A commune whose end is known already, and its heir."""
    return SuccessionFactory(predecessor=CommuneFactory(valid_to=FIRST))


def village(commune, **fields):
    given = {"code": "V1", "name": "Thôn Đồi", "subtype": "thôn", "valid_from": START}
    return Unit(**{"kind": Kind.VILLAGE, "parent": commune, **given, **fields})


def enterprise(parent, **fields):
    given = {"code": "9900000001", "name": "Công ty May", "subtype": "công ty TNHH"}
    return village(parent, **{"kind": Kind.ENTERPRISE, **given, **fields})


def refusal_of(call):
    with pytest.raises(RuleViolation) as refusal:
        call()
    return " ".join(refusal.value.args)


# Entering


@pytest.mark.parametrize("role", [Role.REPORTER, Role.LEADER])
def test_a_commune_enters_its_own_village_with_all_its_lives(merger, role):
    keeper = person(role, merger.predecessor)

    first, second = place_with_chain(village(merger.predecessor), by=keeper)

    assert (first.parent_id, first.valid_from, first.valid_to) == (
        merger.predecessor_id, START, FIRST,
    )  # fmt: skip
    assert (second.parent_id, second.valid_from, second.valid_to) == (
        merger.successor_id, FIRST, None,
    )  # fmt: skip
    for life in Unit.objects.filter(code="V1"):
        assert life.path == life.place()
        assert (life.short_name, life.search) == ("Đồi", "thon doi doi v1")
    link = Succession.objects.get(predecessor=first)
    assert (link.successor, link.way, link.date, link.basis) == (
        second, Succession.Way.TRANSFER, FIRST, merger.basis,
    )  # fmt: skip
    entry = LogEntry.objects.get()
    assert (entry.action, entry.by, entry.unit_id) == ("create_unit", keeper, merger.predecessor_id)


def test_an_end_without_heir_is_told_of_the_village_too():
    commune = CommuneFactory(valid_to=FIRST)
    gone = SuccessionFactory(
        predecessor=commune, successor=None, way="dissolve", confidence="partial", note="Chưa rõ"
    )

    lives = place_with_chain(village(commune), by=None)

    link = lives[0].handovers.get()
    assert len(lives) == 1
    assert (link.successor, link.way, link.confidence, link.note) == (
        None, gone.way, gone.confidence, gone.note,
    )  # fmt: skip


def test_the_heir_keeps_the_villages_of_what_it_took_over(merger, stop_clock):
    stop_clock(2025, 3, 1, 8)
    keeper = person(Role.REPORTER, merger.successor)

    assert len(place_with_chain(village(merger.predecessor), by=keeper)) == 2


@pytest.mark.parametrize("place", ["beside", "above"])
def test_nobody_else_enters_them(merger, place):
    commune = merger.predecessor
    other = CommuneFactory(parent=commune.parent) if place == "beside" else commune.parent

    for role in (Role.LEADER, Role.REPORTER):
        told = refusal_of(lambda r=role: place_with_chain(village(commune), by=person(r, other)))
        assert "chỉ người lập báo cáo, lãnh đạo của" in told
    assert not Unit.objects.filter(code="V1").exists()


@pytest.mark.parametrize("role", [role for role in Role if role not in Role.OF_UNIT])
def test_of_the_other_roles_only_administrators_enter_them(merger, role):
    by = person(role, DepartmentFactory())

    if role == Role.ADMINISTRATOR:
        assert place_with_chain(village(merger.predecessor), by=by)
    else:
        assert refusal_of(lambda: place_with_chain(village(merger.predecessor), by=by))


def test_a_commune_does_not_save_any_other_unit():
    commune = CommuneFactory()
    keeper = person(Role.LEADER, commune)
    beside = VillageFactory()
    beside.parent, beside.name = commune, "Thôn Của Tôi"
    own = VillageFactory(parent=commune)
    own.name = "Thôn Đổi Tên"

    assert "chỉ người lập báo cáo" in refusal_of(lambda: save_unit(beside, by=keeper))
    commune.name = "Xã Khác"
    assert "chỉ người lập báo cáo" in refusal_of(lambda: save_unit(commune, by=keeper))
    assert save_unit(own, by=keeper).name == "Thôn Đổi Tên"


def test_a_code_is_free_all_the_way(merger):
    VillageFactory(code="V1", valid_from=date(2026, 1, 1))

    told = refusal_of(lambda: place_with_chain(village(merger.predecessor), by=None))

    assert told.startswith("Mã V1: đang chỉ Thôn")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"code": "V 1"}, "Mã: chỉ gồm chữ cái không dấu"),
        ({"valid_from": date(2020, 12, 31)}, "Có từ ngày: "),
        ({"valid_from": FIRST}, "Có từ ngày: "),
        ({"name": ""}, "Tên đầy đủ: "),
        ({"valid_to": START}, "Ngày hết phải sau ngày bắt đầu"),
    ],
)
def test_what_is_wrong_is_told(merger, fields, words):
    told = refusal_of(lambda: place_with_chain(village(merger.predecessor, **fields), by=None))

    assert words in told
    assert not Unit.objects.filter(kind=Kind.VILLAGE).exists()


def test_a_village_stands_under_a_commune_only():
    told = refusal_of(lambda: place_with_chain(village(DistrictFactory()), by=None))

    assert "thôn, khu dân cư chỉ thuộc xã, phường, thị trấn" in told


@pytest.mark.parametrize(
    ("code", "subtype", "kept"),
    [
        ("9900000001", "công ty TNHH", "9900000001"),
        ("9900000001-001", "công ty cổ phần", "9900000001001"),
        ("tc-01", "tổ chức quốc tế", "TC-01"),
        ("9900000001", "tổ chức trong nước", "9900000001"),
    ],
)
def test_an_enterprise_goes_by_its_tax_code(code, subtype, kept):
    found = place_with_chain(enterprise(CommuneFactory(), code=code, subtype=subtype), by=None)

    assert found[0].code == kept


@pytest.mark.parametrize(
    ("code", "subtype"),
    [("990000001", "công ty TNHH"), ("TC-01", "hợp tác xã"), ("08707", "tổ chức quốc tế")],
)
def test_no_other_code_passes_for_one(code, subtype):
    unit = enterprise(CommuneFactory(), code=code, subtype=subtype)

    assert "mã số thuế" in refusal_of(lambda: place_with_chain(unit, by=None))


def test_an_enterprise_under_a_department_follows_its_heir():
    office = DepartmentFactory(valid_to=FIRST)
    heir = DepartmentFactory(valid_from=FIRST, parent=office.parent)
    SuccessionFactory(predecessor=office, successor=heir)

    lives = place_with_chain(enterprise(office), by=person(Role.REPORTER, office))

    assert [life.parent_id for life in lives] == [office.pk, heir.pk]


@pytest.mark.parametrize(
    ("name", "subtype", "short"),
    [
        ("Thôn Đồi", "thôn", "Đồi"),
        ("Tổ dân phố số 3", "tổ dân phố", "số 3"),
        ("Đồi", "thôn", "Đồi"),
        ("Thôn", "thôn", "Thôn"),
    ],
)
def test_the_short_name_leaves_out_what_the_unit_is(name, subtype, short):
    assert short_name(name, subtype) == short


# Correcting


def test_a_correction_reaches_every_life_called_the_same(merger):
    keeper = person(Role.REPORTER, merger.predecessor)
    lives = place_with_chain(village(merger.predecessor), by=keeper)

    correct_chain(lives[0], by=keeper, name=" Làng  Đồi ", subtype="làng", reason="Ghi nhầm")

    assert set(Unit.objects.filter(code="V1").values_list("name", "short_name", "search")) == {
        ("Làng Đồi", "Đồi", "lang doi doi v1")
    }
    entry = LogEntry.objects.get(action="correct_unit")
    assert entry.changes["name"] == ["Thôn Đồi", "Làng Đồi"]
    assert entry.reason == "Ghi nhầm"


def test_a_life_called_otherwise_keeps_its_name(merger):
    lives = place_with_chain(village(merger.predecessor), by=None)
    Unit.objects.filter(pk=lives[1].pk).update(name="Thôn Mới")

    correct_chain(lives[0], by=None, name="Thôn Núi", subtype="thôn")

    assert [life.name for life in lives_of(lives[0])] == ["Thôn Núi", "Thôn Mới"]


def test_nobody_corrects_or_ends_the_village_of_another():
    place, stranger = VillageFactory(), person(Role.LEADER, CommuneFactory())

    for act in (
        lambda: correct_chain(place, by=stranger, name="Thôn Khác", subtype="thôn"),
        lambda: end_chain(place, by=stranger, ends=date(2024, 1, 1), reason="…"),
    ):
        assert "chỉ người lập báo cáo" in refusal_of(act)


# Ending


def test_an_end_takes_the_lives_that_would_have_come_later(merger):
    keeper = person(Role.LEADER, merger.predecessor)
    first, second = place_with_chain(village(merger.predecessor), by=keeper)

    end_chain(first, by=keeper, ends=date(2024, 1, 1), reason="Nhập vào thôn khác")

    assert [life.valid_to for life in lives_of(first)] == [date(2024, 1, 1)]
    assert not Unit.objects.filter(pk=second.pk).exists()
    entry = LogEntry.objects.get(action="end_unit")
    assert entry.changes == {"valid_to": ["2025-01-01", "2024-01-01"], "lives": ["2025-01-01", ""]}


def test_an_end_in_a_later_life_leaves_the_first_as_it_is(merger):
    lives = place_with_chain(village(merger.predecessor), by=None)

    end_chain(lives[0], by=None, ends=date(2026, 1, 1), reason="…")

    assert [life.valid_to for life in lives_of(lives[0])] == [FIRST, date(2026, 1, 1)]
    assert lives[0].handovers.get().successor_id == lives[1].pk


def test_a_life_in_which_something_is_planned_stays(merger):
    first, second = place_with_chain(village(merger.predecessor), by=None)
    PovertyPlanFactory(unit=second, year=2025)

    told = refusal_of(lambda: end_chain(first, by=None, ends=date(2024, 1, 1), reason="…"))

    assert "đã có chỉ tiêu giảm nghèo" in told
    assert len(lives_of(first)) == 2


@pytest.mark.parametrize(
    ("ends", "words"),
    [(START, "có từ 01/01/2021"), (date(2026, 1, 1), "đã hết từ 01/01/2026")],
)
def test_an_end_lies_within_the_life(ends, words):
    place = VillageFactory(valid_to=date(2026, 1, 1))

    assert words in refusal_of(lambda: end_chain(place, by=None, ends=ends, reason="…"))


def test_nobody_holds_a_role_beyond_the_end():
    place = VillageFactory()
    person(Role.REPORTER, place, full_name="Trần Văn An")

    told = refusal_of(lambda: end_chain(place, by=None, ends=date(2024, 1, 1), reason="…"))

    assert "Trần Văn An còn giữ vai trò" in told


def test_an_end_does_not_undo_what_a_decision_told_of_the_village():
    place = VillageFactory()
    made = done(rename(place, name="Thôn Mới"), by=None, day=date(2024, 3, 1))

    told = refusal_of(lambda: end_chain(place, by=None, ends=date(2024, 2, 1), reason="…"))

    assert f"đã được sắp xếp theo {made.basis}" in told
    assert place.handovers.get().way == Succession.Way.RENAME


def test_an_end_does_not_take_the_life_that_a_decision_started():
    place = VillageFactory()
    made = done(rename(place.parent, name="Phường Mới"), by=None, day=date(2024, 3, 1))

    told = refusal_of(lambda: end_chain(place, by=None, ends=date(2024, 2, 1), reason="…"))

    assert f"đã được sắp xếp theo {made.basis}" in told
    assert len(lives_of(place)) == 2


def test_a_handover_written_by_hand_is_corrected_by_hand():
    place = VillageFactory(valid_to=date(2024, 3, 1))
    link = SuccessionFactory(predecessor=place, way=Succession.Way.MERGE, basis="QĐ 7")

    told = refusal_of(lambda: end_chain(place, by=None, ends=date(2024, 2, 1), reason="…"))

    assert "đã được sắp xếp theo QĐ 7" in told
    assert place.handovers.get() == link


def test_an_end_before_that_of_a_commune_without_heir_needs_no_more():
    old = CommuneFactory(valid_to=FIRST)
    SuccessionFactory(predecessor=old, successor=None, way=Succession.Way.DISSOLVE, date=FIRST)
    (place,) = place_with_chain(village(old), by=None)
    assert place.handovers.exists()

    end_chain(place, by=None, ends=date(2024, 1, 1), reason="Nhập vào thôn khác")

    assert not place.handovers.exists()
