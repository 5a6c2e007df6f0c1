"""From an uploaded workbook to rows: headers, sheets, what is refused rather than lost."""

import io
import unicodedata
import zipfile
from datetime import datetime

import pytest
from hypothesis import given, settings
from openpyxl import Workbook

from config.sheets import INTEGER, Cell, Column, Definition, Limits, SheetError, read
from tests.config.packages import (
    DAMAGE,
    NamedBytes,
    damaged,
    rezipped,
    saved,
    with_sheet_data,
    workbook_bytes,
)

HOUSEHOLDS = Definition(
    "Rà soát",
    (
        Column("unit", "Tên xã", required=True),
        Column("poor", "Hộ nghèo", INTEGER, required=True),
        Column("note", "Ghi chú"),
    ),
    max_rows=10,
)
HEADS = ("Tên xã", "Hộ nghèo", "Ghi chú")


def workbook(rows, *, change=None, title="Rà soát"):
    return io.BytesIO(workbook_bytes(rows, title=title, change=change))


def refusals(file, definition=HOUSEHOLDS):
    with pytest.raises(SheetError) as caught:
        read(file, definition)
    return caught.value.args


def test_rows_come_flat_with_their_addresses():
    sheet = read(workbook([HEADS, ("An Bình", 12, None), ("Yên", 0, "x")]), HOUSEHOLDS)

    assert (sheet.title, sheet.header_row) == ("Rà soát", 1)
    assert sheet.letters == {"unit": "A", "poor": "B", "note": "C"}
    assert [row.number for row in sheet.rows] == [2, 3]
    assert sheet.rows[0].cells == {
        "unit": Cell("An Bình", "A2", "text"),
        "poor": Cell(12, "B2", "number"),
        "note": Cell(None, "C2", "blank"),
    }
    assert sheet.notes == ()


def test_the_header_is_found_below_other_lines_in_any_order_and_spelling():
    heads = ("  HỘ   NGHÈO * ", None, unicodedata.normalize("NFD", "tên\nxã*"))
    rows = [
        ("Bảng Tên xã",),
        (),
        heads,
        (5, None, "An"),
        (),
        (None, " ", "\u200b"),
        (7, None, "Bá"),
    ]

    sheet = read(workbook(rows), HOUSEHOLDS)

    assert sheet.header_row == 3
    assert sheet.letters == {"poor": "A", "unit": "C"}
    assert [(row.number, row.cells["unit"].value) for row in sheet.rows] == [(4, "An"), (7, "Bá")]
    assert sheet.rows[0].cells["note"] == Cell(None, "dòng 4", "blank")


def test_columns_unknown_missing_and_doubled_are_named_together():
    heads = ("Tên xã", "Số điện thoại", "Ghi chú", "ghi chú")

    assert refusals(workbook([("",), heads, ("An", 1, 2, 3)])) == (
        "Cột B (ô B2) “Số điện thoại” không có trong mẫu; hãy xóa cột đó hoặc sửa lại tên cột "
        "cho đúng mẫu.",
        "Cột D (ô D2) “ghi chú” bị lặp; hãy giữ lại một cột.",
        "Thiếu cột “Hộ nghèo”; hãy thêm cột đó hoặc tải lại mẫu.",
    )


def test_a_sheet_without_our_header_is_refused_with_the_columns_it_needs():
    (sentence,) = refusals(workbook([("a", "b"), (1, 2)]))

    assert "cần các cột: “Tên xã”, “Hộ nghèo”, “Ghi chú”" in sentence
    assert "Không thấy dòng tiêu đề" in refusals(workbook([()] * 40 + [HEADS, ("An", 1)]))[0]


def test_an_empty_sheet_is_refused():
    assert refusals(workbook([])) == ("Trang tính “Rà soát” trống; hãy điền số liệu vào mẫu.",)


def test_a_header_alone_gives_no_rows():
    assert read(workbook([HEADS]), HOUSEHOLDS).rows == ()


def with_sheets(*titles, hidden=()):
    book = Workbook()
    book.remove(book.active)
    for title in titles:
        worksheet = book.create_sheet(title)
        worksheet.append(HEADS)
        worksheet.append((title, 1))
        worksheet.sheet_state = "hidden" if title in hidden else "visible"
    return NamedBytes(saved(book), "a.xlsx")


def test_the_sheet_is_chosen_by_title_else_by_being_the_only_one():
    several = read(with_sheets("Sheet2", "RÀ SOÁT", "Hướng dẫn"), HOUSEHOLDS)

    assert several.title == "RÀ SOÁT"
    assert several.notes == ("Chỉ đọc trang tính “RÀ SOÁT”; không đọc: “Sheet2”.",)
    assert read(with_sheets("Trang 1", "Hướng dẫn", "Danh mục"), HOUSEHOLDS).title == "Trang 1"
    assert refusals(with_sheets("A", "B")) == (
        "Không thấy trang tính “Rà soát” (trong tệp có: “A”, “B”); hãy đặt tên “Rà soát” cho "
        "trang chứa số liệu.",
    )
    assert "không trang nào" in refusals(with_sheets("Hướng dẫn"))[0]


def test_hidden_sheets_are_refused_by_name():
    assert refusals(with_sheets("Rà soát", "Riêng", hidden=["Riêng"])) == (
        "Tệp có trang tính ẩn: “Riêng”; hãy bỏ ẩn để kiểm tra, xóa nếu thừa, rồi chọn lại.",
    )


def test_merged_cells_are_refused_in_the_table_and_allowed_above_it():
    rows = [("Bảng số 1",), HEADS, ("An", 1, "x"), ("Bá", 2, "y")]

    above = workbook(rows, change=lambda sheet: sheet.merge_cells("A1:C1"))
    assert len(read(above, HOUSEHOLDS).rows) == 2

    inside = workbook(rows, change=lambda sheet: sheet.merge_cells("C3:C4"))
    assert refusals(inside) == (
        "Có ô bị gộp trong bảng: C3:C4; hãy bỏ gộp (Merge & Center) và điền từng ô.",
    )


def test_values_beside_the_table_are_refused_rather_than_lost():
    rows = [HEADS, ("An", 1, None, None, "ghi thêm"), ("Bá", 2), (None, None, None, 7)]

    assert refusals(workbook(rows)) == (
        "Có giá trị ở cột không có tiêu đề: ô E2, D4; hãy xóa các ô đó hoặc ghi đúng cột.",
    )


def test_too_many_rows_are_refused_and_blank_ones_do_not_count():
    rows = [HEADS, *[("An", 1)] * 5, *[(None, None)] * 50, *[("Bá", 1)] * 5]
    assert len(read(workbook(rows), HOUSEHOLDS).rows) == 10

    assert refusals(workbook([*rows, ("Thừa", 1)])) == (
        "Bảng có hơn 10 dòng; hãy chia thành nhiều tệp.",
    )


def test_hidden_rows_and_columns_are_read_and_told():
    def change(sheet):
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["B"].hidden = True

    sheet = read(workbook([HEADS, ("An", 1), ("Bá", 2)], change=change), HOUSEHOLDS)

    assert len(sheet.rows) == 2
    assert sheet.notes == (
        "1 dòng đang ẩn hoặc bị lọc vẫn được đọc (dòng 3); hãy bỏ lọc trong Excel để kiểm tra.",
        "Cột đang ẩn vẫn được đọc: “Hộ nghèo”; hãy bỏ ẩn trong Excel để kiểm tra.",
    )


def test_each_cell_says_what_it_is():
    def change(sheet):
        sheet["B3"].number_format = "0%"
        sheet["A2"].data_type = "s"

    rows = [HEADS, ("=cmd()", "=1+1", "#N/A"), (True, 0.5, datetime(2023, 1, 2)), (" ", 1e30, 8707)]
    sheet = read(workbook(rows, change=change), HOUSEHOLDS)

    kinds = [[cell.kind for cell in row.cells.values()] for row in sheet.rows]
    assert kinds == [
        ["text", "formula", "error"],
        ["boolean", "percent", "date"],
        ["blank", "number", "number"],
    ]


@pytest.mark.parametrize(
    "data",
    [
        '<row r="2"><c r="A2"><v>NaN</v></c></row>',
        '<row r="2"><c r="A2" t="s"><v>99</v></c></row>',
        '<row r="2"><c r="A2" t="d"><v>hôm qua</v></c></row>',
        '<row r="2"><c r="B2" s="77"><v>1</v></c></row>',
        '<row r="2"><c r="A2" t="zz"><v>1</v></c></row>',
        f'<row r="2"><c r="A2"><v>{"9" * 5000}</v></c></row>',
    ],
)
def test_what_the_reader_trips_over_becomes_a_refusal(data):
    head = "".join(f'<c t="inlineStr"><is><t>{head}</t></is></c>' for head in HEADS)
    content = with_sheet_data(f'<row r="1">{head}</row>{data}', workbook_bytes(title="Rà soát"))

    (sentence,) = refusals(NamedBytes(content, "số liệu.xlsx"))

    assert sentence == (
        "Tệp “số liệu.xlsx” có nội dung mà cổng không đọc được; hãy mở bằng Excel, lưu lại dạng "
        "Excel Workbook (.xlsx) rồi chọn lại."
    )


def test_a_package_without_its_workbook_part_is_refused():
    content = rezipped(workbook_bytes(), {"xl/workbook.xml": None})

    assert "không đọc được" in refusals(NamedBytes(content, "a.xlsx"))[0]


def test_limits_may_be_given_and_the_definition_may_ask_for_more_rows():
    rows = [HEADS, *[("An", 1)] * 8]

    assert len(read(workbook(rows), HOUSEHOLDS, limits=Limits(max_rows=3)).rows) == 8
    with pytest.raises(SheetError, match="quá giới hạn"):
        read(workbook(rows), HOUSEHOLDS, limits=Limits(max_bytes=100))


def test_the_file_stays_open_and_at_its_start():
    file = workbook([HEADS, ("An", 1)])

    read(file, HOUSEHOLDS)

    assert file.tell() == 0
    assert zipfile.is_zipfile(file)


@settings(deadline=None)
@given(DAMAGE)
def test_a_damaged_workbook_is_read_or_refused_but_never_breaks(damage):
    content = damaged(workbook([HEADS, ("An", 1, "x")]).getvalue(), damage)
    try:
        read(NamedBytes(content, "a.xlsx"), HOUSEHOLDS)
    except SheetError as refused:
        assert all("hãy" in sentence for sentence in refused.args)  # noqa: PT017
