"""The workbook to download, its way back unchanged, and the errors in their cells."""

import io
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from config.sheets import (
    CHOICE,
    CODE,
    DATE,
    DECIMAL,
    INTEGER,
    Column,
    Definition,
    Problem,
    SheetError,
    guard,
    reading,
    returned,
    template,
)
from config.sheets.texts import text_cell
from config.text import clean_line, clean_text
from tests.config.packages import saved

COMMUNES = tuple((f"{n:05}", f"Xã {n}, huyện Tam Đảo") for n in range(40))
REVIEW = Definition(
    "Rà soát hộ nghèo",
    (
        Column("code", "Mã xã", CODE, required=True, digits=5, locked=True),
        Column("name", "Tên xã", required=True, maximum=200, locked=True, width=28),
        Column("poor", "Hộ nghèo", INTEGER, required=True, help="Tại thời điểm 31/12"),
        Column("rate", "Tỷ lệ (%)", DECIMAL, maximum=100),
        Column("area", "Khu vực", CHOICE, choices=(("u", "Thành thị"), ("r", "Nông thôn"))),
        Column("day", "Ngày", DATE, minimum=date(2021, 1, 1)),
        Column("note", "Ghi chú", multiline=True, maximum=500),
        Column("to", "Chuyển về", CHOICE, choices=COMMUNES),
        Column("free", "Tự do"),
    ),
    max_rows=50,
    intro=("Số liệu đến 31/12.",),
)
FIRST = {
    "code": "08707",
    "name": "Phường Tích Sơn",
    "poor": 20,
    "rate": Decimal("0.80"),
    "area": "u",
    "day": date(2023, 12, 14),
    "note": "=cmd()|'/c calc'!A1\ndòng 2",
    "to": "00003",
    "free": "@SUM(A1)",
}
EMPTY = {"poor": None, "rate": None, "area": "", "day": None, "note": "", "to": "", "free": ""}
SECOND = {**EMPTY, "code": "08710", "name": "Hội & <b> 🎉", "poor": 0}


def opened(content):
    return load_workbook(io.BytesIO(content))


def told(content, definition=REVIEW):
    """The source when it is through, and its rows."""
    with reading(io.BytesIO(content), definition) as source:
        return source, list(source)


def values(content, definition=REVIEW):
    rows = told(content, definition)[1]
    return [row.values for row in rows], [p for row in rows for p in row.problems]


def test_a_round_trip_changes_nothing():
    content = template(REVIEW, [FIRST, SECOND], about="Thành phố Vĩnh Yên, năm 2023")

    assert values(content) == ([FIRST, SECOND], [])
    assert told(content)[0].notes == ()


def test_an_empty_template_has_no_rows_and_passes_the_guard():
    content = template(REVIEW)

    assert guard(io.BytesIO(content))
    assert told(content)[1] == []


LINE = st.text(max_size=40)
ROWS = st.fixed_dictionaries(
    {
        "code": st.from_regex("[0-9]{5}", fullmatch=True),
        "name": LINE.filter(clean_line),
        "poor": st.integers(0, 2**31 - 1),
        "rate": st.decimals(0, 100, places=2),
        "area": st.sampled_from(["u", "r", ""]),
        "day": st.dates(date(2021, 1, 1), date(2100, 12, 31)) | st.none(),
        "note": LINE,
        "to": st.sampled_from(["00001", "00039", ""]),
        "free": LINE | st.sampled_from(["=1+1", "+1", "-1", "#N/A", "_x000D_", "TRUE", "1E5"]),
    }
)


@settings(deadline=None, max_examples=60)
@given(st.lists(ROWS, max_size=3))
def test_whatever_is_written_comes_back_as_it_was(rows):
    texts = [
        {**row, "name": clean_line(row["name"]), "free": clean_line(row["free"])} for row in rows
    ]

    assert values(template(REVIEW, rows)) == (
        [{**row, "note": clean_text(row["note"])} for row in texts],
        [],
    )


def test_text_that_looks_like_a_formula_stays_text():
    worksheet = opened(template(REVIEW, [FIRST]))["Rà soát hộ nghèo"]

    assert worksheet["G4"].data_type == "s"
    assert worksheet["G4"].quotePrefix
    assert worksheet["I4"].value == "@SUM(A1)"
    assert worksheet["I4"].quotePrefix
    assert not worksheet["B4"].quotePrefix
    assert (worksheet["C4"].data_type, worksheet["D4"].value) == ("n", 0.8)


def test_a_text_cell_holds_any_text():
    workbook = Workbook(write_only=True)
    worksheet = workbook.create_sheet("A")
    texts = ["a\x00\ufffe\ud800b", "x" * 40_000, "_x000D_"]
    worksheet.append([text_cell(worksheet, text) for text in texts])

    plain, long, escaped = next(opened(saved(workbook))["A"].iter_rows(values_only=True))

    assert plain == "ab"
    assert len(long) == 32_767
    assert long.endswith("x… (đã cắt bớt)")
    assert escaped == "_x005F_x000D_"


def test_the_sheet_tells_what_it_is_and_marks_required_heads():
    workbook = opened(template(REVIEW, [FIRST], about="Năm 2023"))
    worksheet = workbook.worksheets[0]

    assert workbook.sheetnames == ["Rà soát hộ nghèo", "Hướng dẫn", "Danh mục"]
    assert [worksheet.cell(n, 1).value for n in (1, 2, 3)] == [
        *("Rà soát hộ nghèo", "Năm 2023", "Số liệu đến 31/12."),
    ]
    assert [worksheet.cell(4, n).value for n in (1, 4)] == ["Mã xã *", "Tỷ lệ (%)"]
    assert worksheet["C4"].comment.text == (
        "Tại thời điểm 31/12\nNhận số nguyên không âm.\nBắt buộc."
    )
    assert worksheet.freeze_panes == "A5"
    assert worksheet.print_title_rows == "$4:$4"
    assert worksheet.column_dimensions["B"].width == 28


def test_cells_refuse_wrong_entries_on_the_spot():
    worksheet = opened(template(REVIEW, [FIRST]))["Rà soát hộ nghèo"]

    checks = {str(check.sqref): check for check in worksheet.data_validations.dataValidation}
    assert {
        place: (check.type, check.formula1, check.formula2) for place, check in checks.items()
    } == {
        "A4:A53": ("textLength", "5", None),
        "B4:B53": ("textLength", "200", None),
        "C4:C53": ("whole", "0", "2147483647"),
        "D4:D53": ("decimal", "0", "100"),
        "E4:E53": ("list", '"Thành thị,Nông thôn"', None),
        "F4:F53": ("date", "44197", "73415"),
        "G4:G53": ("textLength", "500", None),
        "H4:H53": ("list", "'Danh mục'!$A$2:$A$41", None),
    }
    assert checks["C4:C53"].error == "Hãy nhập số nguyên không âm."
    assert all(check.showErrorMessage for check in checks.values())


def test_identity_columns_are_locked_and_the_rest_is_open():
    worksheet = opened(template(REVIEW, [FIRST]))["Rà soát hộ nghèo"]

    assert worksheet.protection.sheet
    assert not worksheet.protection.password
    assert [worksheet.cell(4, n).protection.locked for n in (1, 2, 3, 9)] == [
        True,
        True,
        False,
        False,
    ]
    assert not worksheet.column_dimensions["A"].protection.locked  # new rows below

    fixed = Definition("A", REVIEW.columns, may_add_rows=False)
    assert opened(template(fixed))["A"].column_dimensions["C"].protection.locked


def test_the_guide_explains_each_column_and_the_lists_hold_long_choices():
    workbook = opened(template(REVIEW))
    guide = list(workbook["Hướng dẫn"].iter_rows(values_only=True))

    assert ("Hộ nghèo", "có", "số nguyên", "Số nguyên không âm", "Tại thời điểm 31/12") in guide
    assert len(guide) == 7 + len(REVIEW.columns)
    lists = [row[0] for row in workbook["Danh mục"].iter_rows(values_only=True)]
    assert lists == ["Chuyển về", *[label for _, label in COMMUNES]]


def test_what_does_not_fit_into_a_workbook_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="do not fit"):
        template(REVIEW, [{**FIRST, "note": "a" * 40_000}])
    with pytest.raises(TypeError, match="cannot hold a datetime"):
        template(REVIEW, [{**FIRST, "day": datetime(2023, 1, 1)}])


# The way back


def filled_in(**cells):
    """The template with these cells overwritten by hand, as a file and with its problems."""
    workbook = opened(template(REVIEW, [FIRST, SECOND]))
    for address, value in cells.items():
        workbook.worksheets[0][address] = value
    content = saved(workbook)
    return io.BytesIO(content), values(content)[1]


def test_each_error_goes_back_in_its_own_cell():
    file, problems = filled_in(C4="hai mươi", C5=-3, D5=0.125, E5="Đô thị", A5="08710 ")

    workbook = opened(returned(file, REVIEW, problems))

    worksheet = workbook.worksheets[0]
    assert {
        cell: worksheet[cell].fill.start_color.rgb[-6:] for cell in ("C4", "C5", "D5", "A5")
    } == {
        **dict.fromkeys(["C4", "C5"], "FFC7CE"),
        **dict.fromkeys(["D5", "A5"], "FFEB9C"),
    }
    assert worksheet["C4"].value == "hai mươi"
    assert worksheet["C4"].comment.text == (
        "“hai mươi” không phải là số; hãy nhập số nguyên không âm."
    )
    assert worksheet["D5"].number_format == "General"
    assert worksheet["B4"].comment is None
    assert worksheet.protection.sheet
    assert file.tell() == 0


def test_the_errors_are_listed_with_links_the_grave_ones_first():
    file, problems = filled_in(C4="hai mươi", A5="08710 ", E5="=1+1")
    elsewhere = Problem("dòng 9", "Mã xã", "=thiếu; hãy bổ sung.")

    listing = opened(returned(file, REVIEW, [*problems, elsewhere]))["Lỗi cần sửa"]

    rows = list(listing.iter_rows(values_only=True))
    assert rows[0][0] == "3 lỗi phải sửa trước khi nộp lại; 1 chỗ nên xem lại."
    assert rows[1] == ("STT", "Ô", "Cột", "Nội dung, cách sửa", "Mức")
    assert [(row[1], row[4]) for row in rows[2:]] == [
        *[(place, "Phải sửa") for place in ("C4", "E5", "dòng 9")],
        ("A5", "Xem lại"),
    ]
    assert listing["B3"].hyperlink.location == "'Rà soát hộ nghèo'!C4"
    assert listing["B5"].hyperlink is None
    assert listing["D5"].data_type == "s"


def test_the_returned_workbook_can_be_mended_and_marks_do_not_pile_up():
    file, problems = filled_in(C4="hai mươi", A5="08710 ", B5=None)
    workbook = opened(returned(file, REVIEW, problems))
    worksheet = workbook.worksheets[0]
    worksheet["C4"], worksheet["A5"] = 20, "08710"
    again = io.BytesIO(saved(workbook))

    left = values(again.getvalue())[1]
    final = opened(returned(again, REVIEW, left))

    assert [problem.address for problem in left] == ["B5"]
    worksheet = final.worksheets[0]
    assert worksheet["C4"].comment is None
    assert worksheet["C4"].fill.fill_type is None
    assert worksheet["A5"].fill.start_color.rgb[-6:] == "F2F2F2"
    assert worksheet["B5"].comment.text.count("\n") == 0
    assert final.sheetnames.count("Lỗi cần sửa") == 1


def test_a_comment_of_the_sender_survives():
    workbook = opened(template(REVIEW, [FIRST]))
    worksheet = workbook.worksheets[0]
    worksheet["C4"].value = "?"
    worksheet["C4"].comment = type(worksheet["C3"].comment)("hỏi lại xã", "An")
    file = io.BytesIO(saved(workbook))

    marked = opened(returned(file, REVIEW, values(file.getvalue())[1])).worksheets[0]

    assert marked["C4"].comment.text.endswith("\nhỏi lại xã")


def test_an_unsafe_file_is_not_opened_for_marking_either():
    with pytest.raises(SheetError):
        returned(io.BytesIO(b"MZ"), REVIEW, [])
