import datetime
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from reports.papers.excel import sheet_names, tables_of, workbook, xlsx
from reports.papers.model import About, Annex, Column, Table
from tests.reports.papers import samples

ABOUT = About("Kết quả rà soát", (("Đơn vị", "Sở LĐTBXH"), ("Mã số liệu chốt", "3f2a")))


def opened(*tables, about=ABOUT):
    return load_workbook(BytesIO(xlsx(tables, about)))


def test_title_unit_grouped_header_rows_and_note():
    sheet = opened(samples.table()).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))

    assert rows[0][0] == "Bảng 1. Hộ nghèo năm 2023"
    assert rows[1][0] == "Đơn vị tính: hộ; triệu đồng"
    assert rows[3] == ("TT", "Huyện, thành phố", "Hộ nghèo", None, "Kinh phí")
    assert rows[4] == (None, None, "Số hộ", "Tỷ lệ (%)", None)
    assert rows[5] == (1, "Thành phố Vĩnh Yên", 1234, 1.5, 1234567.5)
    assert rows[-1][0] == "Số liệu chính thức."
    assert {str(r) for r in sheet.merged_cells.ranges} == {"A4:A5", "B4:B5", "C4:D4", "E4:E5"}


def test_numbers_stay_numbers_with_their_format():
    row = opened(samples.table()).worksheets[0][6]

    assert [cell.number_format for cell in row] == ["0", "@", "#,##0", "#,##0.00", "#,##0.0"]
    assert [cell.data_type for cell in row] == ["n", "s", "n", "n", "n"]


def test_sums_are_bold_and_stay_out_of_the_filter():
    sheet = opened(samples.table()).worksheets[0]

    assert [sheet.cell(row, 2).font.bold for row in (6, 9)] == [False, True]
    assert sheet.auto_filter.ref == "A5:E8"


def test_headers_and_names_stay_in_view():
    assert opened(samples.table()).worksheets[0].freeze_panes == "C6"


@pytest.mark.parametrize("text", ["=1+1", "=cmd|' /C calc'!A0", "+84", "-1", "@x", "0123"])
def test_text_is_never_a_formula(text):
    table = Table("t", (Column("a"), Column("b", "int")), ((text, text),))
    row = opened(table).worksheets[0][5]

    assert [(cell.value, cell.data_type) for cell in row] == [(text, "s"), (text, "s")]


def test_formulas_in_titles_headers_and_notes_are_defused_too():
    table = Table("=1", (Column("=2", meaning="=3", group="=4"),), (), unit="", note="=5")
    book = opened(table, about=About("=6", (("=7", "=8"),)))

    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert kinds == {"s", "n"}  # n: empty cells


def test_control_characters_are_stripped():
    sheet = opened(Table("t", (Column("a"),), (("x\x00\x07y\x0b",),))).worksheets[0]

    assert sheet["A5"].value.replace("\n", "") == "xy"


def test_dates_stay_dates():
    day = datetime.date(2023, 12, 5)
    cell = opened(Table("t", (Column("a", "date"),), ((day,),))).worksheets[0]["A5"]

    assert (cell.value.date(), cell.number_format) == (day, "dd/mm/yyyy")


def test_sheet_names_are_short_legal_and_unlike():
    named = [replace(samples.table(), title=t) for t in ("A/B: [x]*?", "a b x", "", "Giải thích")]
    long = [replace(samples.table(), title="Kết quả rà soát hộ nghèo toàn tỉnh năm 2023")] * 2

    assert sheet_names(named) == ["A B x", "a b x (2)", "Bảng", "Giải thích (2)"]
    assert sheet_names(long) == ["Kết quả rà soát hộ nghèo toàn", "Kết quả rà soát hộ nghèo (2)"]


def test_the_last_sheet_explains_the_columns():
    sheet = opened(samples.table())["Giải thích"]
    rows = list(sheet.iter_rows(values_only=True))

    assert rows[0][0] == "Kết quả rà soát"
    assert rows[1][:2] == ("Đơn vị", "Sở LĐTBXH")
    assert ("Huyện, thành phố", "chữ", "Đơn vị hành chính cấp huyện", "Danh mục") in [
        row[1:] for row in rows
    ]


def test_the_same_tables_give_the_same_bytes():
    assert xlsx((samples.table(),), ABOUT) == xlsx((samples.table(),), ABOUT)


def test_hostile_words_survive():
    table = Table(samples.HOSTILE, (Column(samples.HOSTILE),), ((samples.HOSTILE,),))
    sheet = opened(table).worksheets[0]

    assert sheet["A1"].value == sheet["A4"].value == sheet["A5"].value == samples.HOSTILE


def test_a_table_without_rows_is_a_sheet_with_its_header():
    sheet = opened(samples.table(rows=(), note="")).worksheets[0]

    assert (sheet.max_row, sheet.auto_filter.ref) == (5, None)


def test_large_figures_keep_their_digits():
    table = Table("t", (Column("a", "decimal"),), ((Decimal("123456789012.25"),),))

    assert opened(table).worksheets[0]["A5"].value == 123456789012.25


def test_a_paper_gives_all_its_tables_and_says_where_they_come_from():
    book = load_workbook(BytesIO(workbook(samples.report())))
    rows = list(book["Giải thích"].iter_rows(values_only=True, max_col=2))

    assert book.sheetnames == [
        *("Bảng 1. Hộ nghèo năm 2023", "Bảng 1. Hộ nghèo năm 2023 (2)", "Giải thích")
    ]
    assert ("Mã số liệu chốt", "3f2a9c1b77d0e4a5ff00") in rows
    assert ("Số, ký hiệu", "05/BC-SLĐTBXH") in rows
    assert ("Tình trạng", "Đã ban hành") in rows


def test_a_nameless_table_takes_the_name_of_its_appendix():
    paper = samples.report(blocks=(), annexes=(Annex("Biểu B1", (samples.table(title=""),)),))

    assert [table.title for table in tables_of(paper)] == ["Biểu B1"]
