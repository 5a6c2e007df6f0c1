"""From an uploaded workbook to rows: headers, sheets, what is refused rather than lost."""

import io
import unicodedata
import zipfile
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from openpyxl import Workbook

from config.sheets import DATE, INTEGER, Column, Definition, Limits, SheetError, reading
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
        Column("unit", "Tên xã", required=True, aliases=("ten_xa",)),
        Column("poor", "Hộ nghèo", INTEGER, required=True),
        Column("note", "Ghi chú"),
    ),
    max_rows=10,
)
HEADS = ("Tên xã", "Hộ nghèo", "Ghi chú")


def workbook(rows, *, change=None, title="Rà soát"):
    return NamedBytes(workbook_bytes(rows, title=title, change=change), "số liệu.xlsx")


def told(file, definition=HOUSEHOLDS, **limits):
    """The source when it is through, and its rows."""
    with reading(file, definition, **limits) as source:
        return source, list(source)


def refusals(file, definition=HOUSEHOLDS, **limits):
    with pytest.raises(SheetError) as caught:
        told(file, definition, **limits)
    return caught.value.args


def test_rows_come_with_their_numbers_values_and_addresses():
    source, rows = told(workbook([HEADS, ("An Bình", 12, None), ("Yên", 0, "x")]))

    assert rows == [
        (2, {"unit": "An Bình", "poor": 12, "note": ""}, ()),
        (3, {"unit": "Yên", "poor": 0, "note": "x"}, ()),
    ]
    assert [source.address(3, name) for name in ("unit", "note")] == ["A3", "C3"]
    assert (source.notes, source.skipped) == ((), [])


def test_wrong_cells_are_told_at_their_address_and_the_row_goes_on():
    _, rows = told(workbook([HEADS, ("An Bình", "năm", "x"), (None, -1, None)]))

    assert [
        (row.number, problem.address, problem.rule) for row in rows for problem in row.problems
    ] == [(2, "B2", "text_in_number"), (3, "A3", "missing_value"), (3, "B3", "negative")]
    assert rows[0].values == {"unit": "An Bình", "poor": None, "note": "x"}


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

    source, found = told(workbook(rows))

    assert [(row.number, row.values["unit"]) for row in found] == [(4, "An"), (7, "Bá")]
    assert [source.address(4, name) for name in ("poor", "unit", "note")] == ["A4", "C4", "dòng 4"]
    assert found[0].values["note"] == ""


def test_short_names_of_exported_lists_are_heads_as_well():
    _, rows = told(workbook([("ten_xa", "Hộ nghèo"), ("An", 1)]))

    assert rows[0].values == {"unit": "An", "poor": 1, "note": ""}


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

    assert "cần các cột: “Tên xã”, “Hộ nghèo”. Hãy" in sentence
    assert "Không thấy dòng tiêu đề" in refusals(workbook([()] * 40 + [HEADS, ("An", 1)]))[0]


def test_an_empty_sheet_is_refused():
    assert refusals(workbook([])) == ("Trang tính “Rà soát” trống; hãy điền số liệu vào mẫu.",)


def test_a_header_alone_gives_no_rows():
    assert told(workbook([HEADS]))[1] == []


def with_sheets(*titles, hidden=(), bare=()):
    book = Workbook()
    book.remove(book.active)
    for title in titles:
        worksheet = book.create_sheet(title)
        worksheet.append(HEADS if title not in bare else ("Đọc trước",))
        worksheet.append((title, 1))
        worksheet.sheet_state = "hidden" if title in hidden else "visible"
    return NamedBytes(saved(book), "a.xlsx")


def unit_of(file):
    return told(file)[1][0].values["unit"]


def test_the_sheet_is_chosen_by_title_else_by_being_the_only_one_or_having_the_heads():
    assert unit_of(with_sheets("Sheet2", "RÀ SOÁT", "Hướng dẫn")) == "RÀ SOÁT"
    assert unit_of(with_sheets("Trang 1", "Hướng dẫn", "Danh mục")) == "Trang 1"
    assert unit_of(with_sheets("DOC_TRUOC", "du_lieu", bare=["DOC_TRUOC"])) == "du_lieu"
    assert refusals(with_sheets("A", "B")) == (
        "Không thấy trang tính “Rà soát” (trong tệp có: “A”, “B”); hãy đặt tên “Rà soát” cho "
        "trang chứa số liệu.",
    )
    assert "không trang nào" in refusals(with_sheets("Hướng dẫn"))[0]


def test_sheets_that_are_not_read_are_told():
    assert told(with_sheets("Sheet2", "Rà soát", "Hướng dẫn"))[0].notes == (
        "Chỉ đọc trang tính “Rà soát”; không đọc: “Sheet2”.",
    )


def test_hidden_sheets_are_refused_by_name():
    assert refusals(with_sheets("Rà soát", "Riêng", hidden=["Riêng"])) == (
        "Tệp có trang tính ẩn: “Riêng”; hãy bỏ ẩn để kiểm tra, xóa nếu thừa, rồi chọn lại.",
    )


def test_merged_cells_are_refused_in_the_table_and_allowed_above_it():
    rows = [("Bảng số 1",), HEADS, ("An", 1, "x"), ("Bá", 2, "y")]

    above = workbook(rows, change=lambda sheet: sheet.merge_cells("A1:C1"))
    assert len(told(above)[1]) == 2

    inside = workbook(rows, change=lambda sheet: sheet.merge_cells("C3:C4"))
    assert refusals(inside) == (
        "Có ô bị gộp trong bảng: C3:C4; hãy bỏ gộp (Merge & Center) và điền từng ô.",
    )


def test_values_beside_the_table_are_told_rather_than_lost():
    rows = [HEADS, ("An", 1, None, None, "ghi thêm"), ("Bá", 2), (None, None, None, 7)]

    _, found = told(workbook(rows))

    stray = [p for row in found for p in row.problems if p.rule == "stray_value"]
    assert [str(problem) for problem in stray] == [
        "Ô E2 (cột “E”): có giá trị nhưng cột này không có tiêu đề; hãy xóa giá trị đó hoặc ghi "
        "đúng cột.",
        "Ô D4 (cột “D”): có giá trị nhưng cột này không có tiêu đề; hãy xóa giá trị đó hoặc ghi "
        "đúng cột.",
    ]


def test_too_many_rows_are_refused_and_blank_ones_do_not_count():
    rows = [HEADS, *[("An", 1)] * 5, *[(None, None)] * 50, *[("Bá", 1)] * 5]
    assert len(told(workbook(rows))[1]) == 10

    assert refusals(workbook([*rows, ("Thừa", 1)])) == (
        "Bảng có hơn 10 dòng; hãy chia thành nhiều tệp.",
    )


def test_blank_rows_are_left_out_and_those_between_others_are_told():
    blanks = [(None, None), (" ", ""), ()]
    rows = [HEADS, ("An", 1), *blanks * 2, ("Bá", 2), (), ("Ca", 3), *blanks]

    source, found = told(workbook(rows))

    assert [row.number for row in found] == [2, 9, 11]
    assert source.skipped == [3, 4, 5, 6, 7, 8, 10]
    assert source.notes == ("Bỏ qua 7 dòng trống trong bảng (dòng 3, 4, 5, 6, 7 và 2 dòng khác).",)


def test_hidden_rows_and_columns_are_read_and_told():
    def change(sheet):
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["B"].hidden = True

    source, rows = told(workbook([HEADS, ("An", 1), ("Bá", 2)], change=change))

    assert len(rows) == 2
    assert source.notes == (
        "1 dòng đang ẩn hoặc bị lọc vẫn được đọc (dòng 3); hãy bỏ lọc trong Excel để kiểm tra.",
        "Cột đang ẩn vẫn được đọc: “Hộ nghèo”; hãy bỏ ẩn trong Excel để kiểm tra.",
    )


def test_each_cell_says_what_it_is():
    def change(sheet):
        sheet["B3"].number_format = "0%"
        sheet["A3"].number_format = "0%"
        sheet["A2"].data_type = "s"

    rows = [
        HEADS,
        ("=cmd()", "=1+1", "#N/A"),
        (0.5, 0.5, datetime(2023, 1, 2)),
        (" ", 1e30, 8707),
        (True, 5, None),
    ]
    _, found = told(workbook(rows, change=change))

    assert [row.values["unit"] for row in found] == ["=cmd()", "0,5", "", ""]
    assert [[(p.address, p.rule) for p in row.problems] for row in found] == [
        [("B2", "formula"), ("C2", "error_value")],
        [("B3", "percent"), ("C3", "excel_date_cell")],
        [("A4", "missing_value"), ("B4", "out_of_range")],
        [("A5", "boolean")],
    ]
    assert found[2].values["note"] == "8707"


DAYS = Definition("Rà soát", (Column("day", "Ngày", DATE), Column("note", "Ghi chú")))


def test_days_are_days_whatever_their_format():
    def change(sheet):
        sheet["A3"].number_format = "dd/mm/yyyy"
        sheet["A4"].number_format = "yyyy-mm-dd"
        sheet["A5"].number_format = "[h]:mm"

    rows = [("Ngày",), (datetime(2023, 12, 14),), (45291,), (2958466,), (0.25,)]
    _, found = told(workbook(rows, change=change), DAYS)

    assert [row.values["day"] for row in found] == [
        date(2023, 12, 14),
        date(2023, 12, 31),
        None,
        None,
    ]
    assert [[p.rule for p in row.problems] for row in found[2:]] == [["error_value"], ["bad_date"]]


def test_text_is_read_however_the_file_keeps_it():
    data = (
        '<row r="1"><c r="B1" t="inlineStr"><is><t>Ghi chú</t></is></c></row>'
        '<row><c/><c t="inlineStr"><is><r><t>đậm </t></r><r><t>nhạt</t></r></is></c></row>'
        '<row><c t="n"/><c r="B3" t="str"><v>tính ra</v></c></row>'
        '<row><c/><c t="inlineStr"><is><t/></is></c></row>'
        '<row r="9"><c r="B9" t="d"><v>2023-12-14</v></c></row>'
        '<row r="10"><c r="B10"><f>1+1</f></c></row>'
    )

    _, found = told(NamedBytes(with_sheet_data(data), "a.xlsx"), DAYS)

    assert [(row.number, row.values["note"]) for row in found] == [
        (2, "đậm nhạt"),
        (3, "tính ra"),
        (9, ""),
        (10, ""),
    ]
    assert [p.rule for row in found for p in row.problems] == ["excel_date_cell", "formula"]


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


def test_an_error_of_the_caller_is_not_taken_for_one_of_the_file():
    def careless(file):
        with reading(file, HOUSEHOLDS) as source:
            return [row.values["không có"] for row in source]

    with pytest.raises(KeyError):
        careless(workbook([HEADS, ("An", 1)]))


def test_limits_may_be_given_and_the_definition_may_ask_for_more_rows():
    rows = [HEADS, *[("An", 1)] * 8]

    assert len(told(workbook(rows), limits=Limits(max_rows=3))[1]) == 8
    assert "quá giới hạn" in refusals(workbook(rows), limits=Limits(max_bytes=100))[0]


def test_progress_is_told_on_the_way():
    with reading(workbook([HEADS, *[("An", 1)] * 4]), HOUSEHOLDS) as source:
        shares = [source.done_share for _ in source]

    assert source.total == 4
    assert shares == [0.25, 0.5, 0.75, 1]


def test_the_file_stays_open_and_at_its_start():
    file = workbook([HEADS, ("An", 1)])

    told(file)

    assert file.tell() == 0
    assert zipfile.is_zipfile(file)


def test_a_file_without_a_name_is_a_workbook():
    assert len(told(io.BytesIO(workbook([HEADS, ("An", 1)]).getvalue()))[1]) == 1


@settings(deadline=None)
@given(DAMAGE)
def test_a_damaged_workbook_is_read_or_refused_but_never_breaks(damage):
    content = damaged(workbook([HEADS, ("An", 1, "x")]).getvalue(), damage)
    try:
        told(NamedBytes(content, "a.xlsx"))
    except SheetError as refused:
        assert all("hãy" in sentence for sentence in refused.args)  # noqa: PT017
