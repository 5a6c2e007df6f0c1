"""Villages and enterprises by file: judged, laid with their chains, compared, undone."""

import csv
import io
from datetime import date

import pytest
from django.core.files.base import ContentFile

from config.workflow import RuleViolation
from tests.factories.poverty import PovertyPlanFactory
from tests.factories.reorganising import done, end, merge, rename
from tests.factories.units import (
    AppointmentFactory,
    CommuneFactory,
    DepartmentFactory,
    DistrictFactory,
    SuccessionFactory,
    VillageFactory,
    person,
)
from units.actions import confirm_import, reorganising, save_unit, undo_import, upload_import
from units.actions.villages import end_chain
from units.imports.enterprises import Enterprises
from units.imports.kind import kind_of
from units.imports.road.judging import Judge
from units.imports.villages import Villages
from units.kinds import Kind, Role
from units.models import Import, LogEntry, Succession, Unit, User
from units.reorganising import ELSEWHERE, ENDS

pytestmark = pytest.mark.django_db
START, FIRST = date(2021, 1, 1), date(2025, 1, 1)
OPTIONS = {"tu": "2021-01-01"}
THON = ("ma_thon", "ten_thon", "loai", "ma_xa", "tong_ho")
DOANH_NGHIEP = ("ma_so_thue", "ten", "loai_hinh", "ma_xa")


@pytest.fixture(autouse=True)
def _in_2023(stop_clock):
    stop_clock(2023, 11, 20, 8)


@pytest.fixture
def merger():
    return SuccessionFactory(predecessor=CommuneFactory(code="08707", valid_to=FIRST))


@pytest.fixture
def admin():
    return person(Role.ADMINISTRATOR, DepartmentFactory())


def upload(kind, *rows, by, heads=THON, options=OPTIONS):
    out = io.StringIO()
    csv.writer(out).writerows([heads, *rows])
    file = ContentFile(out.getvalue().encode(), name="danh-sach.csv")
    return upload_import(kind, file, by=by, options=options)


def thon(code="0870701", name="Thôn Đồi", subtype="thôn", above="08707", households="250"):
    return code, name, subtype, above, households


def refusal_of(act):
    with pytest.raises(RuleViolation) as refusal:
        act()
    return " ".join(refusal.value.args)


def rules_of(job):
    return {(found.label, found.rule) for found in job.problems.filter(blocking=True)}


def spans(code):
    lives = Unit.objects.filter(code=code).order_by("valid_from")
    return list(lives.values_list("parent", "valid_from", "valid_to"))


# In


def test_the_villages_of_a_file_have_their_lives_at_once(merger, admin):
    job = upload(Villages(), thon(), thon("0870702", "Tổ dân phố số 2", "tổ dân phố"), by=admin)
    confirm_import(job, by=admin)

    for code in ("0870701", "0870702"):
        assert spans(code) == [
            (merger.predecessor_id, START, FIRST),
            (merger.successor_id, FIRST, None),
        ]
    assert Succession.objects.filter(way=Succession.Way.TRANSFER).count() == 2
    first = Unit.objects.get(code="0870702", valid_from=START)
    assert (first.short_name, first.kind, first.path) == ("số 2", Kind.VILLAGE, first.place())
    assert first.source == "Tệp danh-sach.csv, nhập ngày 20/11/2023"
    row = job.rows.get(key="0870702")
    assert (row.object_id, row.unit) == (first.pk, merger.predecessor)


def test_the_number_of_households_is_not_kept_and_the_preview_says_so(merger, admin):
    job = upload(Villages(), thon(), by=admin)

    assert "households" not in job.rows.get().values
    assert [found.rule for found in job.problems.all()] == ["not_kept"]
    assert "households" not in Villages().shown_columns(admin, OPTIONS)
    assert not upload(Villages(), thon(households=""), by=admin).problems.exists()


def test_no_row_asks_the_database_by_itself(merger, admin, django_assert_num_queries):
    rows = [thon(f"087070{n}", f"Thôn {n}") for n in range(6)]
    first, second = (upload(Villages(), *rows[:n], by=admin) for n in (1, 6))
    judge = Judge(Villages(), OPTIONS, admin)

    def write(job):
        Villages().write(job, list(job.rows.all()), judge.around, by=admin, at=None)

    with django_assert_num_queries(14):
        write(first)
    first.rows.all()
    Succession.objects.filter(predecessor__kind=Kind.VILLAGE).delete()
    Unit.objects.filter(kind=Kind.VILLAGE).delete()
    with django_assert_num_queries(14):
        write(second)


def test_the_same_file_again_changes_nothing(merger, admin):
    confirm_import(upload(Villages(), thon(), by=admin), by=admin)

    job = upload(Villages(), thon(), by=admin)

    assert job.counts["same"] == 1
    confirm_import(job, by=admin)
    assert len(spans("0870701")) == 2


def test_what_is_taken_away_comes_back_as_it_is(merger, admin):
    confirm_import(upload(Villages(), thon(), by=admin), by=admin)

    assert list(Villages().rows(OPTIONS, admin)) == [
        {"code": "0870701", "name": "Thôn Đồi", "subtype": "thôn", "above": "08707"}
    ]
    assert list(Villages().rows(OPTIONS, person(Role.REPORTER, CommuneFactory()))) == []
    later = {"tu": "2025-01-01"}
    assert [row["above"] for row in Villages().rows(later, admin)] == [merger.successor.code]


def test_a_new_name_reaches_the_later_lives(merger, admin):
    confirm_import(upload(Villages(), thon(), by=admin), by=admin)

    job = upload(Villages(), thon(name="Làng Đồi", subtype="làng"), by=admin)
    assert job.counts["changed"] == 1
    confirm_import(job, by=admin)

    names = set(Unit.objects.filter(code="0870701").values_list("name", "short_name", "search"))
    assert names == {("Làng Đồi", "Đồi", "lang doi doi 0870701")}
    entry = LogEntry.objects.get(action="correct_unit")
    assert entry.changes == {"name": ["Thôn Đồi", "Làng Đồi"], "subtype": ["thôn", "làng"]}


# What is refused


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (thon(code=""), ("Mã thôn", "missing_code")),
        (thon(code="Đồi-1"), ("Mã thôn", "bad_length")),
        (thon(name=""), ("Tên thôn, tổ dân phố", "missing_value")),
        (thon(subtype="chung cư"), ("Loại", "unknown_choice")),
        (thon(above="99999"), ("Mã xã", "unknown_unit")),
        (thon(above="8707"), ("Mã xã", "leading_zero_lost")),
        (thon(above="246"), ("Mã xã", "level_mismatch")),
        (thon(above="09999"), ("Mã xã", "dissolved_unit")),
        (thon(above="08888"), ("Mã xã", "split_parent")),
        (thon(code="0888801"), ("Mã xã", "parent_mismatch")),
        (thon(code="08888"), ("Mã thôn", "code_taken")),
        (thon(code="0870799"), ("Mã thôn", "code_taken")),
        (thon(households="hai trăm"), ("Tổng số hộ", "text_in_number")),
    ],
)
def test_each_fault_has_its_verdict(merger, admin, row, expected):
    DistrictFactory(code="246")
    CommuneFactory(code="09999", valid_from=date(2019, 1, 1), valid_to=date(2020, 1, 1))
    torn = CommuneFactory(code="08888", valid_to=FIRST)
    for _ in range(2):
        SuccessionFactory(predecessor=torn, way=Succession.Way.SPLIT)
    VillageFactory(code="0888801", parent=torn)
    VillageFactory(code="0870799", valid_from=date(2026, 1, 1))

    job = upload(Villages(), row, by=admin)

    assert job.state == Import.State.FAULTY
    assert expected in rules_of(job)


def test_a_commune_brings_in_its_own_villages_and_no_others(merger):
    CommuneFactory(code="08888")
    keeper = person(Role.REPORTER, merger.predecessor)

    job = upload(Villages(), thon(), thon("0888801", above="08888"), by=keeper)

    assert rules_of(job) == {("Mã xã", "outside_scope")}
    good = upload(Villages(), thon(), by=keeper)
    confirm_import(good, by=keeper)
    assert len(spans("0870701")) == 2


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
@pytest.mark.parametrize("place", [DepartmentFactory, DistrictFactory, VillageFactory])
def test_nobody_else_brings_in_villages(role, place):
    user = person(role, place())

    assert Villages().refusal(user)
    with pytest.raises(RuleViolation):
        upload(Villages(), thon(), by=user)


def test_a_code_taken_while_the_file_waits_stops_it(merger, admin):
    job = upload(Villages(), thon(), by=admin)
    VillageFactory(code="0870701")

    with pytest.raises(RuleViolation):
        confirm_import(job, by=admin)
    assert len(spans("0870701")) == 1


def test_a_commune_that_ends_while_rows_are_written_stops_the_rest(admin):
    commune = CommuneFactory(code="08707")
    job = upload(Villages(), thon(), by=admin)
    judge = Judge(Villages(), OPTIONS, admin)
    done(rename(commune, name="Phường Mới"), by=admin, day=FIRST)

    told = refusal_of(
        lambda: Villages().write(job, list(job.rows.all()), judge.around, by=admin, at=None)
    )

    assert "Sổ đơn vị vừa thay đổi" in told
    assert spans("0870701") == []


# Enterprises


def test_enterprises_come_in_with_the_heads_of_their_list(merger, admin):
    DistrictFactory(code="246")
    job = upload(
        Enterprises(),
        ("9900000001", "Công ty TNHH May mặc 1", "Công ty TNHH", "08707"),
        ("9900000001-001", "Chi nhánh May mặc 1", "công ty TNHH", "246"),
        ("TC-1", "Tổ chức Tầm nhìn", "Tổ chức quốc tế", "08707"),
        by=admin,
        heads=DOANH_NGHIEP,
    )
    confirm_import(job, by=admin)

    assert [len(spans(code)) for code in ("9900000001", "9900000001001", "TC-1")] == [2, 1, 2]
    assert Unit.objects.filter(kind=Kind.ENTERPRISE, subtype="công ty TNHH").count() == 3


@pytest.mark.parametrize("code", ["990000001", "99000000011", "99000A0001"])
def test_what_is_no_tax_code_is_refused(merger, admin, code):
    row = (code, "Công ty", "công ty cổ phần", "08707")

    job = upload(Enterprises(), row, by=admin, heads=DOANH_NGHIEP)

    assert rules_of(job) == {("Mã số thuế", "bad_length")}


def test_a_branch_and_its_hyphen_are_one_code(merger, admin):
    rows = [(code, "Chi nhánh", "công ty cổ phần", "08707")
            for code in ("9900000001-001", "9900000001001")]  # fmt: skip

    job = upload(Enterprises(), *rows, by=admin, heads=DOANH_NGHIEP)

    assert rules_of(job) == {("Mã số thuế", "duplicate_id")}


# Undone


def test_an_import_is_undone_whole(merger, admin):
    VillageFactory(code="0870709", name="Thôn Cũ", parent=merger.predecessor, valid_to=FIRST)
    job = upload(Villages(), thon(), thon("0870709", "Thôn Mới"), by=admin)
    confirm_import(job, by=admin)

    undo_import(job, by=admin)

    assert spans("0870701") == []
    assert Unit.objects.get(code="0870709").name == "Thôn Cũ"
    assert not Succession.objects.filter(way=Succession.Way.TRANSFER).exists()


def test_what_was_built_upon_holds_it_back(merger, admin):
    job = upload(Villages(), thon(), by=admin)
    confirm_import(job, by=admin)
    PovertyPlanFactory(unit=Unit.objects.get(code="0870701", valid_from=FIRST), year=2025)

    with pytest.raises(RuleViolation, match="chỉ tiêu giảm nghèo"):
        undo_import(job, by=admin)
    assert len(spans("0870701")) == 2


@pytest.mark.parametrize("fate", [ENDS, ELSEWHERE])
def test_a_reorganisation_that_took_villages_along_goes_back_first(admin, fate):
    commune = CommuneFactory(code="08707")
    job = upload(Villages(), thon(), by=admin)
    confirm_import(job, by=admin)
    made = done(end(commune), by=admin, day=FIRST, children={"0870701": fate})

    told = refusal_of(lambda: undo_import(job, by=admin))

    assert f"sắp xếp lại sau khi nhập theo {made.basis}" in told
    reorganising.undo_reorganisation(made, by=admin, reason="Nhập nhầm")
    undo_import(job, by=admin)
    assert spans("0870701") == []


def test_a_reorganisation_in_which_villages_followed_goes_back_first(admin):
    pair = [CommuneFactory(code=code) for code in ("08707", "08710")]
    job = upload(Villages(), thon(), by=admin)
    confirm_import(job, by=admin)
    done(merge(*pair), by=admin, day=FIRST)

    assert "đã được sắp xếp lại sau khi nhập" in refusal_of(lambda: undo_import(job, by=admin))
    assert len(spans("0870701")) == 2


def test_a_village_ended_since_is_not_taken_away(admin):
    CommuneFactory(code="08707")
    job = upload(Villages(), thon(), by=admin)
    confirm_import(job, by=admin)
    village = Unit.objects.get(code="0870701")
    end_chain(village, by=admin, ends=date(2023, 6, 1), reason="Nhập vào thôn khác")

    assert "Thôn Đồi: đã được ghi ngày hết" in refusal_of(lambda: undo_import(job, by=admin))
    assert len(spans("0870701")) == 1


def test_who_left_the_commune_does_not_take_its_villages_away():
    old, new = CommuneFactory(code="08707"), CommuneFactory(code="08710")
    keeper = person(Role.REPORTER, old)
    job = upload(Villages(), thon(), by=keeper)
    confirm_import(job, by=keeper)
    keeper.appointments.update(ends=date(2023, 11, 20))
    AppointmentFactory(user=keeper, unit=new, role=Role.REPORTER, starts=date(2023, 11, 20))

    told = refusal_of(lambda: undo_import(job, by=User.objects.get(pk=keeper.pk)))

    assert told == f"{old.name}: ngoài đơn vị bạn phụ trách."
    assert len(spans("0870701")) == 1


@pytest.fixture
def renamed(admin):
    """A village called otherwise from 2022 on, whose first life a file calls so too."""
    commune, day = CommuneFactory(code="08707"), date(2022, 1, 1)
    told = {"code": "0870701", "parent": commune}
    first = VillageFactory(**told, valid_to=day, name="Thôn Cũ", short_name="Cũ (bản)")
    later = VillageFactory(**told, valid_from=day, name="Thôn Mới", short_name="Mới")
    SuccessionFactory(predecessor=first, successor=later, way=Succession.Way.RENAME)
    before = names()
    job = upload(Villages(), thon(name="Thôn Mới"), by=admin)
    confirm_import(job, by=admin)
    assert names() != before
    return job, before


def names():
    return list(Unit.objects.order_by("pk").values_list("pk", "name", "short_name", "search"))


def test_an_undone_renaming_leaves_later_lives_as_they_were(renamed, admin):
    job, before = renamed

    undo_import(job, by=admin)

    assert names() == before


def test_a_later_life_renamed_since_holds_the_renaming_back(merger, admin):
    confirm_import(upload(Villages(), thon(), by=admin), by=admin)
    job = upload(Villages(), thon(name="Thôn Mới"), by=admin)
    confirm_import(job, by=admin)
    later = Unit.objects.get(code="0870701", valid_from=FIRST)
    later.name = "Thôn Khác"
    save_unit(later, by=admin)

    assert "đã được sửa sau khi nhập tệp" in refusal_of(lambda: undo_import(job, by=admin))
    assert Unit.objects.get(pk=later.pk).name == "Thôn Khác"


def test_both_kinds_are_known_to_the_road():
    assert isinstance(kind_of("thon"), Villages)
    assert isinstance(kind_of("doanh-nghiep"), Enterprises)
