"""What the check of a review workbook takes, doubts and refuses."""

import io
import unicodedata
from datetime import date

import pytest
from django.core.files.base import ContentFile
from openpyxl import Workbook, load_workbook

from config.workflow import RuleViolation
from tests.factories.poverty import PovertyReviewFactory, both_standards, two_districts
from tests.factories.tallies import PovertyTallyFactory
from tests.factories.units import CommuneFactory, DistrictFactory, SuccessionFactory
from tests.units.review_workbooks import (
    BALANCED,
    FIRST,
    HEADER,
    KIND,
    as_upload,
    blank,
    counts,
    doubted,
    filled,
    letter,
    lines,
    read,
    told,
)
from units.imports import road
from units.imports.reviews.definition import COUNTED, DEFINITION
from units.imports.reviews.sums import sums_of
from units.models.poverty import Area, Stage
from units.poverty.figures import COUNTS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _standards(stop_clock):
    stop_clock(2023, 12, 20, 8)
    both_standards()


@pytest.fixture
def commune():
    return CommuneFactory(code="08707", short_name="Tích Sơn", parent=DistrictFactory())


def sheet_of(year=2023, stage=Stage.OFFICIAL):
    return load_workbook(io.BytesIO(blank(year, stage))).active


def found_rules(job):
    return list(job.problems.order_by("number", "pk").values_list("rule", flat=True))


# The template and the way back


def test_the_columns_are_the_figures_of_the_review():
    assert [column.name for column in DEFINITION.columns] == [
        "year",
        "stage",
        "code",
        "name",
        "area",
        *COUNTS,
    ]


def test_the_template_lists_the_communes_of_the_year_by_district():
    two_districts()
    CommuneFactory(valid_to=date(2023, 12, 31))

    sheet = sheet_of()

    rows = list(sheet.iter_rows(min_row=FIRST, max_col=5, values_only=True))
    assert [row[3] for row in rows] == ["Xã Xã A", "Xã Xã B", "Xã Xã A", "Xã Xã B"]
    assert {(row[0], row[1], row[4]) for row in rows} == {(2023, "chính thức", "nông thôn")}
    assert "Năm 2023, số liệu chính thức" in sheet["A2"].value


def test_a_template_filled_in_comes_back_as_it_was_written(commune):
    found = read(filled())

    assert found_rules(found) == []
    (row,) = lines(found)
    assert (row.unit, row.values["area"]) == (commune, Area.RURAL)
    assert {name: row.values[name] for name in COUNTS} == {name: BALANCED[name] for name in COUNTS}
    assert counts(found) == {"new": 1, "changed": 0, "same": 0, "removed": 0}


def test_figures_on_file_come_back_unchanged(commune):
    PovertyReviewFactory(unit=commune, poor_opening=7, near_opening=9)

    found = read(ContentFile(blank(), name="m.xlsx"))

    assert told(found) == []
    assert [row.unit for row in lines(found, "same")] == [commune]
    assert counts(found) == {"new": 0, "changed": 0, "same": 1, "removed": 0}


def test_openings_are_the_closings_of_the_year_before(commune):
    PovertyReviewFactory(
        unit=commune,
        year=2022,
        ethnic_households=8,
        poor_opening=25,
        poor_escaped=5,
        poor_closing_ethnic=3,
    )

    sheet = sheet_of()

    assert sheet[f"{letter('poor_opening')}{FIRST}"].value == 20
    assert sheet[f"{letter('poor_opening_ethnic')}{FIRST}"].value == 3
    assert sheet[f"{letter('near_opening')}{FIRST}"].value == 30
    assert sheet[f"{letter('poor_closing')}{FIRST}"].value is None


def test_openings_are_left_blank_where_the_standard_changed(commune):
    PovertyReviewFactory(unit=commune, year=2021, poor_opening=25)

    sheet = sheet_of(2022)

    assert sheet[f"{letter('poor_opening')}{FIRST}"].value is None


def merger(lost=False):
    """Two communes that became one on 2023-04-10, in a district that may have lost a third."""
    district = DistrictFactory()
    day = date(2023, 4, 10)
    heir = CommuneFactory(parent=district, valid_from=day)
    for number in (1, 2):
        part = CommuneFactory(parent=district, valid_to=day)
        SuccessionFactory(predecessor=part, successor=heir)
        PovertyReviewFactory(unit=part, year=2022, poor_opening=10 * number)
    if lost:
        gone = CommuneFactory(parent=district, valid_to=day)
        SuccessionFactory(predecessor=gone, successor=None, way="dissolve")
    return heir


@pytest.mark.parametrize(("lost", "opening"), [(False, 30), (True, None)])
def test_a_merged_commune_opens_with_the_sum_unless_an_heir_is_unknown(lost, opening):
    merger(lost)

    sheet = sheet_of()

    assert sheet[f"{letter('poor_opening')}{FIRST}"].value == opening


def test_a_neighbour_of_a_commune_without_known_heir_has_no_opening_to_expect(commune):
    PovertyReviewFactory(unit=commune, year=2022, poor_opening=25)
    gone = CommuneFactory(parent=commune.parent, valid_to=date(2023, 4, 10))
    SuccessionFactory(predecessor=gone, successor=None, way="dissolve")

    sheet = sheet_of()

    assert sheet[f"{letter('poor_opening')}{FIRST}"].value is None
    assert found_rules(read(filled())) == []


# One rule at a time, each naming both sides


@pytest.mark.parametrize(
    ("change", "cell", "says"),
    [
        ({"poor_closing": 15}, "poor_closing", "20 − 8 + 1 + 2 − 1 = 14, nhưng ô ghi 15"),
        ({"near_closing": 23}, "near_closing", "30 − 10 + 0 + 4 + 0 = 24, nhưng ô ghi 23"),
        ({"poor_adjustment": None}, "poor_closing", "20 − 8 + 1 + 2 + 0 = 15, nhưng ô ghi 14"),
        (
            {"ethnic_households": 1001},
            "ethnic_households",
            "ô ghi 1.001, “Tổng số hộ dân cư” ghi 1.000",
        ),
        ({"poor_opening_ethnic": 21}, "poor_opening_ethnic", "ô ghi 21, “Hộ nghèo đầu năm” ghi 20"),
        ({"poor_closing_ethnic": 15}, "poor_closing_ethnic", "“Hộ nghèo cuối năm” ghi 14"),
        ({"poor_unable": 15}, "poor_unable", "“Hộ nghèo cuối năm” ghi 14"),
        ({"near_opening_ethnic": 31}, "near_opening_ethnic", "“Hộ cận nghèo đầu năm” ghi 30"),
        ({"near_closing_ethnic": 25}, "near_closing_ethnic", "“Hộ cận nghèo cuối năm” ghi 24"),
        ({"households": 37, "ethnic_households": 5}, "households", "14 + 24 = 38, ô ghi 37"),
        ({"ethnic_households": 2}, "ethnic_households", "1 + 2 = 3, ô ghi 2"),
    ],
)
def test_an_identity_that_does_not_hold_is_named_with_both_sides(commune, change, cell, says):
    found = read(filled(change))

    ((address, message),) = told(found)
    assert address == f"{letter(cell)}{FIRST}"
    assert says in message
    assert "hãy sửa" in message
    assert lines(found) == []


def test_every_broken_rule_of_a_row_is_told_at_once(commune):
    found = read(filled({"poor_closing": 13, "near_closing": 25, "poor_unable": 999}))

    assert [address for address, _ in told(found)] == [
        f"{letter(name)}{FIRST}" for name in ("poor_closing", "near_closing", "poor_unable")
    ]


# Cells


def test_a_cell_that_cannot_be_read_does_not_hide_the_other_errors_of_its_row(commune):
    found = read(filled({"poor_arisen": "hai", "near_closing": 25}))

    assert [address for address, _ in told(found)] == [
        f"{letter(name)}{FIRST}" for name in ("poor_arisen", "near_closing")
    ]


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("mười bốn", "“mười bốn” không phải là số"),
        (-3, "-3 nhỏ hơn mức thấp nhất là 0"),
        (14.5, "không phải số nguyên"),
        (2_000_000, "lớn hơn mức cao nhất là 1.000.000"),
        (None, "bắt buộc nhưng đang để trống"),
        ("=7+7", "đang là công thức"),
        (True, "đang là giá trị đúng/sai"),
        (date(2023, 12, 31), "đang định dạng ngày"),
    ],
)
def test_what_is_not_a_count_is_refused_in_its_cell(commune, value, says):
    found = read(filled({"poor_closing": value}))

    ((address, message),) = told(found)
    assert address == f"{letter('poor_closing')}{FIRST}"
    assert says in message
    assert lines(found) == []


def test_a_name_and_area_in_decomposed_unicode_are_the_same(commune):
    found = read(
        filled(
            {
                "name": unicodedata.normalize("NFD", "Tích Sơn"),
                "area": unicodedata.normalize("NFD", "nông thôn"),
            }
        )
    )

    assert told(found) == []
    assert found_rules(found) == ["normalised"]


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"code": 8707}, "leading_zero_lost"),
        ({"households": "1.000"}, "number_as_text"),
        ({"year": 45291}, "excel_date_number"),
        ({"poor_closing": 15}, "unbalanced"),
        ({"poor_unable": 15}, "parts_exceed_total"),
        ({"code": "99999"}, "unknown_unit"),
        ({"code": "08734"}, "dissolved_unit"),
        ({"stage": "sơ bộ"}, "wrong_stage"),
    ],
)
def test_rules_have_the_same_names_as_everywhere(commune, change, rule):
    CommuneFactory(code="08734", valid_to=date(2023, 1, 1))

    assert rule in found_rules(read(filled(change)))


# Units


@pytest.mark.parametrize(
    ("change", "cell", "says"),
    [
        ({"code": "99999"}, "code", "mã 99999 không có trong sổ đơn vị"),
        ({"code": "8707A"}, "code", "sai dạng"),
        ({"code": ""}, "code", "bắt buộc nhưng đang để trống"),
        ({"code": "00243"}, "code", "không phải xã, phường, thị trấn"),
        ({"code": "08734"}, "code", "hết từ 01/01/2023, không tồn tại vào 31/12/2023"),
        ({"code": "08999"}, "code", "có từ 01/01/2024, không tồn tại vào 31/12/2023"),
        ({"name": "Phường Liên Bảo"}, "name", "không phải tên của mã 08707"),
        ({"year": 2022}, "year", "ghi 2022, tệp này nhập cho năm 2023"),
        ({"stage": "sơ bộ"}, "stage", "khác mức đang nhập (chính thức)"),
        ({"area": "miền núi"}, "area", "không có trong danh sách"),
    ],
)
def test_a_row_of_no_unit_of_that_year_is_refused(commune, change, cell, says):
    DistrictFactory(code="00243")
    CommuneFactory(code="08734", valid_to=date(2023, 1, 1))
    CommuneFactory(code="08999", valid_from=date(2024, 1, 1))
    CommuneFactory(code="08800", short_name="Yên Lạc", parent=commune.parent)

    found = read(filled(change))

    ((address, message),) = told(found)
    assert address == f"{letter(cell)}{FIRST}"
    assert says in message
    assert len(lines(found)) == 1


def test_a_code_means_the_unit_that_carried_it_at_the_end_of_the_year(commune):
    commune.valid_to = date(2025, 1, 1)
    commune.save()
    CommuneFactory(code="08707", short_name="Vĩnh Phúc", valid_from=date(2025, 1, 1))

    assert lines(read(filled()))[0].unit == commune


def test_a_commune_twice_in_one_area_is_refused_and_points_at_the_first(commune):
    def twice(sheet):
        for place in range(1, sheet.max_column + 1):
            sheet.cell(FIRST + 1, place).value = sheet.cell(FIRST, place).value

    ((address, message),) = told(read(filled(edit=twice)))

    assert address == f"{letter('code')}{FIRST + 1}"
    assert f"trùng với dòng {FIRST}" in message


def test_a_commune_may_have_a_line_for_each_area(commune):
    def both(sheet):
        for place in range(1, sheet.max_column + 1):
            sheet.cell(FIRST + 1, place).value = sheet.cell(FIRST, place).value
        sheet[f"{letter('area')}{FIRST + 1}"].value = "thành thị"

    found = read(filled(edit=both))

    assert told(found) == []
    assert [row.values["area"] for row in lines(found)] == [Area.RURAL, Area.URBAN]
    assert "thường thuộc khu vực nông thôn" in doubted(found)[0][1]


def test_a_row_of_totals_is_named_as_one(commune):
    def total(sheet):
        sheet[f"{letter('name')}{FIRST + 1}"].value = "TỔNG CỘNG"
        sheet[f"{letter('households')}{FIRST + 1}"].value = 1000

    found = read(filled(edit=total))

    assert told(found) == [
        (f"{letter('name')}{FIRST + 1}", "là dòng cộng; cổng tự cộng, hãy xóa cả dòng này.")
    ]
    assert len(lines(found)) == 1


def test_blank_rows_in_between_do_not_count(commune):
    def gap(sheet):
        sheet.move_range(f"A{FIRST}:{letter('near_closing_ethnic')}{FIRST}", rows=3)

    assert len(lines(read(filled(edit=gap)))) == 1


# The file as a whole


def unknown_column(sheet):
    sheet.cell(HEADER, sheet.max_column + 1).value = "Hộ khá"


def missing_column(sheet):
    sheet.delete_cols(sheet.max_column)


def merged_cells(sheet):
    sheet.merge_cells(f"A{FIRST}:B{FIRST}")


def value_beside(sheet):
    sheet.cell(FIRST, sheet.max_column + 2).value = "ghi chú"


def no_rows(sheet):
    sheet.delete_rows(FIRST)


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (unknown_column, "“Hộ khá” không có trong mẫu"),
        (missing_column, "Thiếu cột “Hộ cận nghèo cuối năm, hộ DTTS”"),
        (merged_cells, "Có ô bị gộp trong bảng"),
        (no_rows, "Tệp chưa có dòng dữ liệu nào"),
    ],
)
def test_a_workbook_that_is_not_ours_is_refused_whole(commune, edit, says):
    upload = filled(edit=edit)

    with pytest.raises(RuleViolation) as refusal:
        read(upload)

    assert says in " ".join(refusal.value.args)


def test_a_value_beside_the_table_is_told_at_its_row(commune):
    assert "stray_value" in found_rules(read(filled(edit=value_beside)))


def test_a_workbook_of_another_year_is_told_as_one_mistake_too(commune):
    CommuneFactory(parent=commune.parent)

    found = read(filled(year=2022, stage=Stage.PRELIMINARY))

    assert told(found)[0] == (
        "cả tệp",
        "Tệp ghi số liệu sơ bộ năm 2022, còn đang nhập số liệu chính thức năm 2023; hãy chọn lại "
        "năm và mức số liệu, hoặc chọn đúng tệp.",
    )
    assert found.counts["faulty"] == 2


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"%PDF-1.7 %%EOF", "ra-soat.xlsx", "là PDF"),
        (b"", "ra-soat.xlsx", "trống (0 byte)"),
        (b"PK\x03\x04 half a zip", "ra-soat.xlsx", "hãy"),
        (b"a;b;c", "ra-soat.xlsx", "tệp chữ thuần"),
    ],
)
def test_a_file_that_is_not_what_its_name_says(content, name, says):
    with pytest.raises(RuleViolation) as refusal:
        read(ContentFile(content, name=name))

    assert says in refusal.value.args[0]


def test_a_renamed_workbook_is_told_by_its_ending(commune):
    with pytest.raises(RuleViolation, match="không phải .xlsx hoặc .csv"):
        read(filled(name="ra-soat.pdf"))


def test_a_workbook_of_somebody_else_is_refused(commune):
    workbook = Workbook()
    workbook.active.append(["Họ tên", "Lương"])
    workbook.active.append(["Nguyễn Văn A", 5_000_000])

    with pytest.raises(RuleViolation, match="Không thấy dòng tiêu đề"):
        read(as_upload(workbook))


# Against what is on file


def test_new_changed_same_and_removed_are_told_apart():
    _, ((_, (a, b)), (_, (c, d))) = two_districts()
    same = {name: value for name, value in BALANCED.items() if name != "area"}
    PovertyReviewFactory(unit=a, **same)
    PovertyReviewFactory(unit=b, **same | {"households": 999})
    PovertyReviewFactory(unit=c, area=Area.URBAN)

    def drop_last(sheet):
        sheet.delete_rows(sheet.max_row)

    found = read(filled(edit=drop_last))

    assert told(found) == []
    assert [row.unit for row in lines(found, "same")] == [a]
    (changed,) = lines(found, "changed")
    assert changed.unit == b
    assert (changed.before["households"], changed.values["households"]) == (999, 1000)
    assert [row.unit for row in lines(found)] == [c]
    (gone,) = lines(found, "removed")
    assert (gone.unit, gone.before["area"]) == (c, Area.URBAN)
    assert ("cả tệp", missing_but(d)) in doubted(found)


def missing_but(unit):
    return f"1 xã, phường, thị trấn vẫn chưa có số liệu sau khi ghi: {unit.name}."


def test_the_other_stage_is_not_touched(commune):
    PovertyReviewFactory(unit=commune, stage=Stage.PRELIMINARY)

    assert counts(read(filled())) == {"new": 1, "changed": 0, "same": 0, "removed": 0}


def test_an_opening_that_is_not_last_years_closing_is_doubted(commune):
    PovertyReviewFactory(
        unit=commune,
        year=2022,
        poor_opening=25,
        poor_closing_ethnic=2,
        near_closing_ethnic=3,
        ethnic_households=9,
    )

    found = read(filled())

    assert told(found) == []
    assert doubted(found) == [
        (
            f"{letter('poor_opening')}{FIRST}",
            "20 hộ, khác số cuối năm 2022 đang lưu là 25; hãy kiểm tra lại.",
        )
    ]


def test_last_years_figures_of_another_standard_raise_no_doubt(commune):
    PovertyReviewFactory(unit=commune, year=2021, poor_opening=500, near_opening=1)

    assert found_rules(read(filled(year=2022), year=2022)) == []


@pytest.mark.parametrize(
    ("change", "cell", "says"),
    [
        (
            {"poor_arisen": 52, "poor_closing": 64},
            "poor_closing",
            "từ 20 thành 64 hộ, thay đổi hơn 50%",
        ),
        ({"poor_escaped": 21, "poor_closing": 1}, "poor_escaped", "đầu năm chỉ có 20 hộ nghèo"),
    ],
)
def test_what_is_possible_but_odd_is_only_doubted(commune, change, cell, says):
    found = read(filled({"poor_unable": 0, **change}))

    assert told(found) == []
    assert says in dict(doubted(found))[f"{letter(cell)}{FIRST}"]


def test_a_jump_of_all_households_is_doubted(commune):
    PovertyReviewFactory(unit=commune, year=2022, households=2500, ethnic_households=50)

    found = read(filled())

    assert any("năm 2022 có 2.500 hộ, nay 1.000" in message for _, message in doubted(found))


def test_sums_by_district_and_province_equal_those_by_hand():
    two_districts()

    rows = sums_of(read(filled({}, {"households": 500})))["rows"]

    assert [
        (row.unit.name, row.figures["households"], row.reported, row.expected) for row in rows
    ] == [
        ("Huyện Lập Thạch", 1500, 2, 2),
        ("Huyện Yên Lạc", 2000, 2, 2),
    ]
    assert rows[0].figures["poor_closing"] == 28


def test_areas_of_the_file_make_its_total(commune):
    CommuneFactory(parent=commune.parent)

    sums = sums_of(read(filled({"area": "thành thị"}, {"households": 500})))

    assert {area: figures["households"] for area, figures in sums["areas"].items()} == {
        Area.URBAN: 1000, Area.RURAL: 500,
    }  # fmt: skip
    assert sums["total"].figures["households"] == 1500


# What was counted from the lists of households


def test_counts_from_the_lists_fill_in_what_is_not_on_file(commune):
    other = CommuneFactory(parent=commune.parent, short_name="Vân Hội")
    for unit in (commune, other):
        PovertyTallyFactory(unit=unit, origin="register", arisen=3, relapsed=1, households=None)
    PovertyReviewFactory(unit=other, poor_opening=11)
    sheet = sheet_of()

    rows = {sheet[f"{letter('code')}{row}"].value: row for row in (FIRST, FIRST + 1)}
    value = lambda unit, name: sheet[f"{letter(name)}{rows[unit.code]}"].value  # noqa: E731
    names = ("poor_closing", "poor_closing_ethnic", "poor_unable", "poor_arisen", "poor_relapsed",
             "near_closing", "near_closing_ethnic", "poor_escaped", "households")  # fmt: skip
    assert [value(commune, name) for name in names] == [4, 1, 2, 2, 1, 7, 1, 3, None]
    assert value(other, "poor_closing") == 11


def test_the_guide_says_that_counts_were_filled_in(commune):
    period = {"nam": 2023, "muc": "official"}
    assert KIND.definition(period) == DEFINITION

    PovertyTallyFactory(unit=commune, origin="register")

    assert KIND.definition(period) == COUNTED
    assert "số đếm từ danh sách hộ" in COUNTED.intro[-1]


@pytest.mark.parametrize("communes", [1, 3])
def test_judging_costs_the_same_for_any_number_of_rows(django_assert_num_queries, communes):
    two_districts(communes)
    rows = [BALANCED | line for line in KIND.rows({"nam": 2023, "muc": "official"}, None)]

    with django_assert_num_queries(10):
        found = road.verdict(KIND, {"nam": 2023, "muc": "official"}, rows, None)

    assert [line.verdict for line in found] == ["new"] * 2 * communes
