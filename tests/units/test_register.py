"""The shipped register: what it says at which date, and that loading it is safe to repeat."""

import csv
import shutil
from collections import Counter
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from config.workflow import RuleViolation
from units.kinds import Confidence, Kind
from units.models import LogEntry, Succession, Unit
from units.queries import counts_by_kind, heirs
from units.register import SHIPPED, load_register, read_register

Way = Succession.Way
COUNTED = (Kind.PROVINCE, Kind.DEPARTMENT, Kind.DISTRICT, Kind.COMMUNE)
UNKNOWN_HEIRS = {"Xã Bạch Lưu", "Xã Hồng Phương", "Xã Tam Phúc"}


@pytest.fixture
def loaded(db):
    return load_register()


@pytest.fixture
def folder(tmp_path):
    """A copy of the shipped files to change."""
    return shutil.copytree(SHIPPED, tmp_path / "register")


def edit(path, change):
    """Rewrite a file of the register; ``change`` gets each row as a dict."""
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        columns, rows = reader.fieldnames, list(reader)
    for row in rows:
        change(row)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns)
        writer.writeheader()
        writer.writerows(rows)


def at(code, day):
    return Unit.objects.as_of(day).get(code=code)


# What the register says


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2020, 12, 31), (0, 0, 0, 0)),
        (date(2021, 1, 1), (1, 41, 9, 136)),
        (date(2022, 6, 30), (1, 41, 9, 136)),
        (date(2023, 4, 10), (1, 41, 9, 136)),
        (date(2024, 12, 31), (1, 41, 9, 136)),
        (date(2025, 1, 1), (1, 41, 9, 121)),
        (date(2025, 2, 28), (1, 41, 9, 121)),
        (date(2025, 3, 1), (1, 35, 9, 121)),
        (date(2025, 6, 30), (1, 35, 9, 121)),
        (date(2025, 7, 1), (1, 35, 0, 36)),
    ],
)
def test_units_as_of_a_date(loaded, day, expected):
    counts = counts_by_kind(day)

    assert tuple(counts.get(kind, 0) for kind in COUNTED) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2022, 6, 30), {"xã": 105, "thị trấn": 16, "phường": 15}),
        (date(2023, 12, 31), {"xã": 102, "thị trấn": 18, "phường": 16}),
        (date(2025, 1, 1), {"xã": 88, "thị trấn": 18, "phường": 15}),
        (date(2025, 7, 1), {"xã": 32, "phường": 4}),
    ],
)
def test_types_of_communes(loaded, day, expected):
    communes = Unit.objects.as_of(day).filter(kind=Kind.COMMUNE)

    assert Counter(communes.values_list("subtype", flat=True)) == expected
    assert not communes.exclude(urban=True).exclude(subtype="xã").exists()
    assert not communes.filter(subtype="xã", urban=True).exists()


def test_every_path_leads_from_the_province_and_every_life_lies_within_its_parents(loaded):
    for unit in Unit.objects.select_related("parent"):
        parent = unit.parent
        assert unit.path == f"{parent.path if parent else ''}{unit.pk}/"
        if parent:
            assert parent.valid_from <= unit.valid_from
            assert parent.valid_to is None or unit.valid_to <= parent.valid_to


def test_a_code_means_one_unit_on_any_day(loaded):
    for day in sorted(set(Unit.objects.values_list("valid_from", flat=True))):
        codes = list(Unit.objects.as_of(day).values_list("code", flat=True))
        assert len(codes) == len(set(codes))


def test_codes_are_reused_for_other_areas(loaded):
    days = [date(2024, 12, 31), date(2025, 6, 30), date(2025, 7, 1)]

    names = [at("08740", day).name for day in days]

    assert names == ["Phường Trưng Nhị", "Phường Hai Bà Trưng", "Phường Phúc Yên"]
    assert Unit.objects.filter(code="08740").count() == 3


def test_every_name_is_composed_unicode_on_one_line(loaded):
    for unit in Unit.objects.all():
        assert unit.name == " ".join(unit.name.split())
        assert unit.name.isprintable()
        assert unit.source


# Kinds of succession


def test_every_end_is_followed_up(loaded):
    ended = Unit.objects.filter(valid_to__isnull=False)

    assert not ended.exclude(handovers__isnull=False).exists()


def test_every_commune_of_2021_reaches_a_unit_of_today_or_is_named_as_unknown(loaded):
    today, unknown = date(2025, 7, 1), set()
    for commune in Unit.objects.as_of(date(2021, 1, 1)).filter(kind=Kind.COMMUNE):
        fate = heirs(commune, today)
        if fate.ends:
            assert not fate.units
            unknown |= {link.predecessor.name for link in fate.ends}
        else:
            assert [heir.kind for heir in fate.units] == [Kind.COMMUNE]

    assert unknown == UNKNOWN_HEIRS


def test_an_end_without_known_heir_is_marked_partial_and_hints_in_words(loaded):
    partial = Succession.objects.filter(confidence=Confidence.PARTIAL)

    assert {link.predecessor.name for link in partial} == UNKNOWN_HEIRS
    assert {(link.way, link.successor, link.date) for link in partial} == {
        (Way.DISSOLVE, None, date(2025, 1, 1))
    }
    assert all("chưa kiểm chứng" in link.note for link in partial)


def test_a_rename_ends_the_old_unit_and_starts_one_with_the_same_code(loaded):
    before, after = at("08725", date(2023, 4, 9)), at("08725", date(2023, 4, 10))

    link = after.takeovers.get()

    assert (before.name, before.subtype, before.urban) == ("Xã Định Trung", "xã", False)
    assert (after.name, after.subtype, after.urban) == ("Phường Định Trung", "phường", True)
    assert (link.predecessor, link.way, link.confidence) == (before, Way.RENAME, "confirmed")


def test_a_merger_has_a_row_for_each_old_unit_also_where_the_code_lives_on(loaded):
    merged = at("09097", date(2025, 1, 1))

    links = merged.takeovers.order_by("predecessor__code")

    assert [link.predecessor.name for link in links] == ["Xã Việt Xuân", "Xã Bồ Sao", "Xã Cao Đại"]
    assert {link.way for link in links} == {Way.MERGE}


def test_two_departments_become_one_and_their_part_moves_with_them(loaded):
    new, old = at("SNV", date(2025, 3, 1)), at("SNV", date(2025, 2, 28))
    board = at("BTDKT", date(2025, 3, 1))

    merged = {link.predecessor.code: link for link in new.takeovers.select_related("predecessor")}
    moved = board.takeovers.get()

    assert set(merged) == {"SNV", "SLDTBXH"}
    assert {link.confidence for link in merged.values()} == {Confidence.ESTABLISHED}
    assert (moved.way, moved.predecessor.parent, board.parent) == (Way.TRANSFER, old, new)


def test_a_department_may_end_without_heir(loaded):
    link = at("SNGV", date(2025, 2, 28)).handovers.get()

    assert (link.way, link.successor) == (Way.DISSOLVE, None)


def test_districts_end_and_communes_stand_under_the_new_province(loaded):
    phu_tho = at("25", date(2025, 7, 1))
    districts = Unit.objects.filter(kind=Kind.DISTRICT)

    assert {district.handovers.get().way for district in districts} == {Way.DISSOLVE}
    assert Unit.objects.filter(kind=Kind.COMMUNE, parent=phu_tho).count() == 36
    assert phu_tho.takeovers.get().predecessor.name == "Tỉnh Vĩnh Phúc"
    assert phu_tho.parent is None


def test_departments_are_carried_into_the_new_province_as_inferred(loaded):
    links = Succession.objects.filter(
        date=date(2025, 7, 1), predecessor__kind=Kind.DEPARTMENT
    ).select_related("predecessor", "successor__parent")

    assert len(links) == 35
    assert {link.confidence for link in links} == {Confidence.INFERRED}
    assert {link.basis for link in links} == {"Nghị quyết 202/2025/QH15"}
    renamed = {
        link.successor.name for link in links if link.successor.name != link.predecessor.name
    }
    assert renamed == {"Báo Phú Thọ"}
    assert {link.successor.parent.code for link in links} == {"25", "SNV"}


# Loading


def test_loading_leaves_one_log_row_of_the_system(loaded):
    entry = LogEntry.objects.get()

    assert (entry.action, entry.by, entry.changes["units_new"]) == ("load_register", None, 279)
    assert (loaded.units_new, loaded.successions_new) == (279, 207)


def test_loading_again_changes_nothing(loaded):
    units, links = list(Unit.objects.order_by("pk").values()), list(Succession.objects.values())

    again = load_register()

    assert not again.changed_anything
    assert (again.units_same, again.successions_same) == (279, 207)
    assert list(Unit.objects.order_by("pk").values()) == units
    assert list(Succession.objects.values()) == links
    assert LogEntry.objects.count() == 1


def test_loading_takes_a_fixed_number_of_queries(db, django_assert_max_num_queries):
    with django_assert_max_num_queries(25):
        load_register()


def test_a_changed_file_corrects_and_keeps_the_primary_key(loaded, folder):
    before = at("247", date(2022, 1, 1))

    def correct(row):
        if row["code"] == "247":
            row.update(name="Huyện Tam Dương (mới)", note="Đã sửa")

    edit(folder / "districts.csv", correct)
    counts = load_register(folder=folder)

    after = Unit.objects.get(pk=before.pk)
    assert (counts.units_new, counts.units_changed, counts.successions_changed) == (0, 1, 0)
    assert (after.name, after.note, after.path) == ("Huyện Tam Dương (mới)", "Đã sửa", before.path)
    assert "(moi)" in after.search
    told = LogEntry.objects.latest("pk").changes["corrected"]
    assert told["247 2021-01-01"]["name"] == ["Huyện Tam Dương", "Huyện Tam Dương (mới)"]


def test_a_later_file_may_name_the_heir_that_was_unknown(loaded, folder):
    lost = at("09142", date(2024, 12, 31))

    def find(row):
        if row["old_code"] == "09142":
            row.update(new_code="09097", way="merge", confidence="secondary", note="")

    edit(folder / "successions.csv", find)
    counts = load_register(folder=folder)

    link = lost.handovers.get()
    assert (counts.successions_new, counts.successions_changed) == (0, 1)
    assert (link.successor.name, link.way) == ("Xã Sao Đại Việt", Way.MERGE)


def test_a_load_does_not_revive_a_unit_that_ended_in_the_portal(loaded):
    unit = at("08740", date(2026, 1, 1))
    Unit.objects.filter(pk=unit.pk).update(valid_to=date(2027, 1, 1))

    counts = load_register()

    unit.refresh_from_db()
    assert not counts.changed_anything
    assert unit.valid_to == date(2027, 1, 1)


def test_a_file_that_moves_a_living_unit_is_refused_whole(loaded, folder):
    def move(row):
        if row["code"] == "08710":
            row.update(parent_code="244", name="Tên khác")

    edit(folder / "communes.csv", move)

    with pytest.raises(RuleViolation, match="communes.csv, dòng 3.*kết thúc đơn vị cũ"):
        load_register(folder=folder)
    assert at("08710", date(2022, 1, 1)).name == "Phường Liên Bảo"


def test_faults_of_form_are_all_told_with_file_line_and_remedy(folder):
    def spoil(row):
        if row["code"] == "243":
            row["valid_from"] = "01/01/2021"
        if row["code"] == "244":
            row["sources"] = "S99"

    edit(folder / "districts.csv", spoil)

    with pytest.raises(RuleViolation) as refusal:
        read_register(folder)
    first, second = refusal.value.args
    assert first.startswith("districts.csv, dòng 2: ")
    assert "01/01/2021" in first
    assert second.startswith("districts.csv, dòng 3: ")
    assert "S99" in second


@pytest.mark.parametrize(
    ("name", "column", "value", "message"),
    [
        ("communes.csv", "parent_code", "999", "mã cấp trên “999”"),
        ("successions.csv", "new_code", "00000", "đơn vị mã 00000 bắt đầu"),
        ("successions.csv", "old_code", "00000", "đơn vị mã 00000 kết thúc"),
    ],
)
def test_rows_that_do_not_meet_are_refused_and_nothing_is_written(
    db, folder, name, column, value, message
):
    edit(folder / name, lambda row: row.update({column: value}))

    with pytest.raises(RuleViolation, match=message):
        load_register(folder=folder)
    assert not Unit.objects.exists()


def test_the_command_prints_counts_by_kind_and_date(db, capsys):
    call_command("load_register")

    told = capsys.readouterr().out
    assert "Đơn vị: 279 mới, 0 sửa, 0 giữ nguyên. Kế thừa: 207 mới" in told
    assert (
        "Ngày 01/07/2025: 1 tỉnh; 35 sở, ban, ngành, đoàn thể tỉnh; 0 huyện, thành phố; 36 xã"
        in told
    )


def test_the_command_tells_a_refusal_without_a_traceback(loaded, monkeypatch, folder):
    edit(folder / "districts.csv", lambda row: row.update(parent_code="77"))
    monkeypatch.setattr(
        "units.management.commands.load_register.load_register",
        lambda: load_register(folder=folder),
    )

    with pytest.raises(CommandError, match="districts.csv, dòng 2"):
        call_command("load_register")
