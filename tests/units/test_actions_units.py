"""Keeping the register by hand: what is written, what is refused with which reason."""

from datetime import date

import pytest

from config.workflow import RuleViolation
from tests.factories.units import (
    CommuneFactory,
    DepartmentFactory,
    DistrictFactory,
    ProvinceFactory,
    UserFactory,
    VillageFactory,
    person,
)
from units.actions import save_standard, save_succession, save_unit
from units.kinds import Kind, Role
from units.models import LogEntry, PovertyStandard, Succession, Unit

pytestmark = pytest.mark.django_db
Way = Succession.Way
END = date(2025, 1, 1)


@pytest.fixture
def admin():
    return person(Role.ADMINISTRATOR, DepartmentFactory())


def village(parent, **fields):
    given = {"code": "V01", "name": "Thôn Đông", "short_name": "Đông", "kind": Kind.VILLAGE}
    return Unit(**{**given, "parent": parent, "valid_from": date(2021, 1, 1), **fields})


def refusal_of(call):
    with pytest.raises(RuleViolation) as refusal:
        call()
    return " ".join(refusal.value.args)


# Units


def test_a_new_unit_is_placed_searchable_and_logged(admin):
    commune = CommuneFactory()

    unit = save_unit(village(commune, name="  Thôn  Đo\u0302ng "), by=admin)

    unit.refresh_from_db()
    assert unit.path == f"{commune.path}{unit.pk}/"
    assert unit.name == "Thôn Đông"
    assert "thon dong" in unit.search
    entry = LogEntry.objects.get()
    assert (entry.action, entry.by, entry.unit) == ("create_unit", admin, unit)
    assert entry.changes["name"] == ["", "Thôn Đông"]


def test_a_correction_is_logged_with_old_and_new_value(admin):
    unit = CommuneFactory(name="Xã Lủng Hoà", short_name="Lủng Hoà")
    unit.name, unit.short_name = "Xã Lũng Hoà", "Lũng Hoà"

    save_unit(unit, by=admin, reason="sai dấu")

    entry = LogEntry.objects.get()
    assert entry.changes == {
        "name": ["Xã Lủng Hoà", "Xã Lũng Hoà"],
        "short_name": ["Lủng Hoà", "Lũng Hoà"],
    }
    assert entry.reason == "sai dấu"


def test_saving_without_a_change_leaves_no_log_row(admin):
    save_unit(CommuneFactory(), by=admin)

    assert not LogEntry.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_administrators_keep_the_register(role):
    """A commune keeps its own villages besides, see ``test_actions_villages``."""
    commune = CommuneFactory()
    user = person(role, commune)
    commune.name = "Xã Khác"

    told = refusal_of(lambda: save_unit(commune, by=user))

    assert "hoặc quản trị hệ thống mới được" in told
    assert not Unit.objects.filter(name="Xã Khác").exists()


def test_flags_of_the_account_give_no_right():
    user = UserFactory(is_staff=True, is_superuser=True)

    told = refusal_of(lambda: save_unit(village(CommuneFactory()), by=user))

    assert "hoặc quản trị hệ thống mới được" in told


@pytest.mark.parametrize(
    "change",
    [
        {"code": "X"},
        {"kind": Kind.DISTRICT},
        {"valid_from": date(2022, 1, 1)},
    ],
)
def test_a_living_unit_keeps_its_identity(admin, change):
    unit = CommuneFactory()
    for name, value in change.items():
        setattr(unit, name, value)

    assert "không đổi mã, cấp" in refusal_of(lambda: save_unit(unit, by=admin))


def test_a_living_unit_keeps_its_parent(admin):
    unit = CommuneFactory()
    unit.parent = DistrictFactory(parent=unit.parent.parent)

    assert "ghi kế thừa giữa hai đơn vị" in refusal_of(lambda: save_unit(unit, by=admin))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"kind": Kind.DISTRICT}, "huyện, thành phố chỉ thuộc tỉnh"),
        ({"kind": Kind.PROVINCE}, "Chỉ tỉnh không có đơn vị cấp trên"),
        ({"valid_from": date(2020, 1, 1)}, "phải nằm trọn trong thời gian đó"),
        ({"valid_to": date(2021, 1, 1)}, "Ngày hết phải sau ngày bắt đầu"),
        ({"name": ""}, "Tên đầy đủ: "),
        ({"name": "T" * 201}, "Tên đầy đủ: "),
        ({"code": ""}, "Mã: "),
    ],
)
def test_a_unit_that_makes_no_sense_is_refused_by_name_of_field(admin, fields, words):
    commune = CommuneFactory()

    assert words in refusal_of(lambda: save_unit(village(commune, **fields), by=admin))
    assert not LogEntry.objects.exists()


def test_a_unit_lives_no_longer_than_its_parent(admin):
    commune = CommuneFactory(valid_to=END)

    told = refusal_of(lambda: save_unit(village(commune), by=admin))

    assert "đến hết 31/12/2024" in told


def test_a_unit_with_living_children_does_not_end(admin):
    commune = CommuneFactory()
    for number in range(5):
        VillageFactory(parent=commune, name=f"Thôn {number}")
    commune.valid_to = END

    told = refusal_of(lambda: save_unit(commune, by=admin))

    assert "còn đơn vị trực thuộc" in told
    assert "(Thôn 0, Thôn 1, Thôn 2…)" in told


def test_a_code_in_use_is_refused_and_free_again_after_the_end(admin):
    commune = CommuneFactory()
    old = VillageFactory(code="V01", parent=commune)

    told = refusal_of(lambda: save_unit(village(commune, valid_from=date(2022, 1, 1)), by=admin))
    old.valid_to = END
    save_unit(old, by=admin)

    assert "Mã V01" in told or "Mã này đang thuộc" in told
    assert save_unit(village(commune, valid_from=END), by=admin).pk


def test_a_code_is_not_taken_for_a_time_in_which_it_meant_another_unit(admin):
    commune = CommuneFactory()
    VillageFactory(code="V01", parent=commune, valid_from=date(2023, 1, 1))

    told = refusal_of(lambda: save_unit(village(commune, valid_to=date(2024, 1, 1)), by=admin))

    assert "Mã V01" in told
    assert save_unit(village(commune, valid_to=date(2023, 1, 1)), by=admin).pk


# Successions


def link(old, new, **fields):
    given = {"date": END, "way": Way.MERGE, "basis": "Nghị quyết"}
    return Succession(predecessor=old, successor=new, **{**given, **fields})


@pytest.fixture
def pair():
    old = CommuneFactory(valid_to=END)
    return old, CommuneFactory(valid_from=END, parent=old.parent)


def test_a_succession_is_written_and_logged(admin, pair):
    saved = save_succession(link(*pair), by=admin)

    entry = LogEntry.objects.get()
    assert pair[0].handovers.get() == saved
    assert (entry.action, entry.unit) == ("create_succession", pair[0])


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"date": date(2025, 1, 2)}, "đúng ngày kế thừa"),
        ({"share": "0.5"}, "chỉ ghi khi chia tách"),
        ({"way": Way.SPLIT, "share": "1.5"}, "không quá 1"),
        ({"basis": ""}, "Căn cứ: "),
        ({"successor": None}, "Chỉ khi kết thúc hoạt động"),
    ],
)
def test_a_succession_that_makes_no_sense_is_refused(admin, pair, fields, words):
    wanted = link(*pair)
    for name, value in fields.items():
        setattr(wanted, name, value)

    assert words in refusal_of(lambda: save_succession(wanted, by=admin))
    assert not Succession.objects.exists()


def test_shares_of_a_split_come_to_no_more_than_the_whole(admin, pair):
    old, new = pair
    other = CommuneFactory(valid_from=END, parent=old.parent)
    save_succession(link(old, new, way=Way.SPLIT, share="0.7"), by=admin)

    told = refusal_of(
        lambda: save_succession(link(old, other, way=Way.SPLIT, share="0.4"), by=admin)
    )

    assert "cộng lại quá 1" in told
    save_succession(link(old, other, way=Way.SPLIT, share="0.3"), by=admin)


def test_an_end_without_heir_stands_alone(admin, pair):
    old, new = pair
    save_succession(link(old, None, way=Way.DISSOLVE), by=admin)

    again = refusal_of(lambda: save_succession(link(old, None, way=Way.DISSOLVE), by=admin))
    beside = refusal_of(lambda: save_succession(link(old, new), by=admin))

    assert "đã ghi kế thừa" in again
    assert "đã ghi kế thừa" in beside


def test_several_heirs_are_those_of_a_split(admin, pair):
    old, new = pair
    other = CommuneFactory(valid_from=END, parent=old.parent)
    whole = save_succession(link(old, new), by=admin)

    for way in (Way.MERGE, Way.RENAME, Way.SPLIT):
        told = refusal_of(lambda w=way: save_succession(link(old, other, way=w), by=admin))
        assert "từ hai đơn vị mới" in told

    whole.way = Way.SPLIT
    save_succession(whole, by=admin)
    save_succession(link(old, other, way=Way.SPLIT), by=admin)
    whole.way = Way.MERGE
    assert "phải ghi chia tách" in refusal_of(lambda: save_succession(whole, by=admin))


def test_a_unit_that_others_took_over_stays_ended(admin, pair):
    old, new = pair
    save_succession(link(old, new), by=admin)

    for day in (None, date(2025, 6, 1)):
        old.valid_to = day
        told = refusal_of(lambda: save_unit(old, by=admin))
        assert f"Ngày hết: sổ đã ghi {old.name} chuyển giao từ 01/01/2025" in told
    assert Unit.objects.get(pk=old.pk).valid_to == END


def test_an_end_without_heir_moves_and_is_not_taken_back(admin, pair):
    old, _ = pair
    end = save_succession(link(old, None, way=Way.DISSOLVE), by=admin)

    old.valid_to = None
    assert "chuyển giao từ 01/01/2025" in refusal_of(lambda: save_unit(old, by=admin))

    old.valid_to = end.date = date(2025, 2, 1)
    save_unit(old, by=admin)
    end.predecessor.refresh_from_db()
    assert save_succession(end, by=admin).date == date(2025, 2, 1)


# Standards


def test_a_standard_is_corrected_and_logged(admin):
    given = {"code": "A", "name": "Chuẩn A", "first_year": 2022, "basis": "Nghị định"}
    standard = save_standard(PovertyStandard(**given, last_year=2025), by=admin)
    standard.last_year = 2026

    save_standard(standard, by=admin)

    assert LogEntry.objects.latest("pk").changes == {"last_year": ["2025", "2026"]}


def test_a_year_already_measured_by_another_standard_is_refused(admin):
    given = {"name": "Chuẩn A", "first_year": 2022, "basis": "Nghị định"}
    save_standard(PovertyStandard(code="A", last_year=2026, **given), by=admin)
    later = PovertyStandard(code="B", last_year=2030, **given | {"first_year": 2026})

    assert "Chuẩn A đã đo các năm 2022–2026" in refusal_of(lambda: save_standard(later, by=admin))

    later.first_year = 2027
    assert save_standard(later, by=admin).pk


def test_a_standard_that_ends_before_it_starts_is_refused(admin):
    given = {"code": "A", "name": "Chuẩn A", "first_year": 2022, "basis": "Nghị định"}

    assert refusal_of(lambda: save_standard(PovertyStandard(**given, last_year=2021), by=admin))
    assert not PovertyStandard.objects.exists()


def test_the_system_may_act_without_a_person():
    province = save_unit(
        Unit(
            code="26",
            name="Tỉnh A",
            short_name="A",
            kind=Kind.PROVINCE,
            valid_from=date(2021, 1, 1),
        ),
        by=None,
    )

    assert LogEntry.objects.get().by is None
    assert province.path == f"{province.pk}/"
    assert ProvinceFactory().pk
