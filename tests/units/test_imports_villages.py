"""Villages and enterprises by file: judged, laid with their chains, compared, undone."""

import csv
import io
from datetime import date

import pytest
from django.core.files.base import ContentFile

from config.workflow import RuleViolation
from tests.factories.poverty import PovertyPlanFactory
from tests.factories.units import (
    CommuneFactory,
    DepartmentFactory,
    DistrictFactory,
    SuccessionFactory,
    VillageFactory,
    person,
)
from units.actions import confirm_import, undo_import, upload_import
from units.imports.enterprises import Enterprises
from units.imports.kind import kind_of
from units.imports.road.judging import Judge
from units.imports.villages import Villages
from units.kinds import Kind, Role
from units.models import Import, LogEntry, Reorganisation, Succession, Unit

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

    with django_assert_num_queries(13):
        write(first)
    first.rows.all()
    Succession.objects.filter(predecessor__kind=Kind.VILLAGE).delete()
    Unit.objects.filter(kind=Kind.VILLAGE).delete()
    with django_assert_num_queries(13):
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


def test_a_reorganisation_carried_out_since_holds_it_back(merger, admin, stop_clock):
    job = upload(Villages(), thon(), by=admin)
    confirm_import(job, by=admin)
    stop_clock(2023, 12, 1, 8)
    known = {"way": "merge", "number": "1/NQ", "date": FIRST, "title": "Sắp xếp"}
    stamps = dict.fromkeys(("made_at", "done_at"), LogEntry.objects.latest("at").at)
    made = Reorganisation.objects.create(**known, **stamps, decided_on=START, state="done")
    Reorganisation.objects.filter(pk=made.pk).update(done_at="2023-12-01T00:00:00Z")

    with pytest.raises(RuleViolation, match="đã được sắp xếp lại sau khi nhập"):
        undo_import(job, by=admin)


def test_both_kinds_are_known_to_the_road():
    assert isinstance(kind_of("thon"), Villages)
    assert isinstance(kind_of("doanh-nghiep"), Enterprises)
