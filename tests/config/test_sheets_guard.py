"""The guard before any reader: bombs, bounds, disguises, each with a sentence."""

import io

import pytest

from config.sheets import Limits, SheetError, guard
from config.sheets.guard import DEFAULT, column_letter, column_number
from tests.config.packages import (
    SHEET,
    NamedBytes,
    rezipped,
    with_sheet_data,
    word_bytes,
    workbook_bytes,
    zipped,
)

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def refusal(content, limits=DEFAULT, name="số liệu.xlsx"):
    with pytest.raises(SheetError) as caught:
        guard(NamedBytes(content, name), limits)
    (sentence,) = caught.value.args
    return sentence


def cell(address, value="<v>1</v>"):
    row = address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return f'<row r="{row}"><c r="{address}">{value}</c></row>'


def test_an_ordinary_workbook_passes_and_its_extent_is_known():
    file = io.BytesIO(workbook_bytes([["Tên", "Số"], ["An", 1], [None, None, 2]]))

    grid = guard(file)[SHEET]

    assert (grid.last_row, grid.last_column) == (3, 3)
    assert file.tell() == 0


@pytest.mark.parametrize("address", ["XFD1048576", "A1048576", "XFD2", "A20001", "GS2"])
def test_a_value_far_out_is_refused_by_its_address(address):
    assert refusal(with_sheet_data(cell("A1") + cell(address))) == (
        f"Tệp “số liệu.xlsx” có giá trị ở ô {address}, ngoài 20.000 dòng và 200 cột đầu; hãy xóa "
        "các dòng, cột thừa, lưu lại rồi chọn lại."
    )


def test_formats_without_values_may_reach_to_the_last_cell():
    """Whole columns with borders, and the last row that LibreOffice writes."""
    content = with_sheet_data(cell("A1") + cell("XFD1048576", ""))

    assert guard(io.BytesIO(content))[SHEET].last_row == 1


def test_a_namespace_prefix_does_not_slip_past():
    data = '<x:row r="1"><x:c r="XFD1"><x:v>1</x:v></x:c></x:row>'
    xml = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>{data}</x:sheetData></x:worksheet>'

    assert "ô XFD1" in refusal(rezipped(workbook_bytes(), {SHEET: xml}))
    assert "ô XFD1" in refusal(rezipped(workbook_bytes(), {SHEET: xml.encode("utf-16")}))


@pytest.mark.parametrize(
    "data",
    [
        cell("A2") + cell("A1"),
        cell("A1") + cell("A1"),
        '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="A7"><v>1</v></c></row>',
        '<row r="1"><c r="A0"><v>1</v></c></row>',
        '<row r="x"><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="AAAA1"><v>1</v></c></row>',
        f'<row r="{"9" * 5000}"/>',
    ],
)
def test_rows_and_cells_out_of_order_are_refused_since_readers_drop_them(data):
    assert "bị hỏng" in refusal(with_sheet_data(data))


def test_rows_and_cells_without_addresses_are_counted():
    content = with_sheet_data("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>")

    grid = guard(io.BytesIO(content))[SHEET]

    assert (grid.last_row, grid.last_column) == (2, 2)


def test_what_is_merged_and_hidden_is_told():
    def change(worksheet):
        worksheet.merge_cells("A3:B4")
        worksheet.row_dimensions[2].hidden = True
        worksheet.row_dimensions[9].hidden = True
        worksheet.column_dimensions["B"].hidden = True

    grid = guard(io.BytesIO(workbook_bytes(change=change)))[SHEET]

    assert grid.merged == ["A3:B4"]
    assert grid.hidden_rows == [2]
    assert grid.hidden_columns == [(2, 2)]


def test_too_many_elements_in_one_row_or_text_or_part_are_refused():
    row = "<row>" + "<c/>" * 200 + "</row>"
    limits = Limits(max_row_elements=100)
    strings = f'<sst xmlns="{MAIN}"><si>{"<r/>" * 200}</si></sst>'
    many = rezipped(workbook_bytes(), {"xl/sharedStrings.xml": strings})

    assert "lớn bất thường" in refusal(with_sheet_data(row), limits)
    assert "lớn bất thường" in refusal(many, limits)
    assert "lớn bất thường" in refusal(workbook_bytes(), Limits(max_loose_elements=5))
    assert "lớn bất thường" in refusal(workbook_bytes(), Limits(max_elements=5))


def test_a_bomb_of_one_long_text_is_refused_unread():
    text = f'<sst xmlns="{MAIN}"><si><t>{"a" * (70 * 2**20)}</t></si></sst>'

    assert "lớn bất thường" in refusal(rezipped(workbook_bytes(), {"xl/sharedStrings.xml": text}))


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"", "a.xlsx", "trống (0 byte)"),
        (word_bytes(), "a.xlsx", "là Word (.docx); chỉ nhận Excel (.xlsx)"),
        (workbook_bytes(), "a.csv", "có đuôi “.csv” nhưng nội dung là Excel (.xlsx)"),
        ("mã;tên".encode(), "a.csv", "là tệp chữ thuần (TXT, CSV)"),
        (zipped({"META-INF/MANIFEST.MF": "x"}), "a.xlsx", "là tệp nén (ZIP, JAR)"),
        (workbook_bytes()[:900], "a.xlsx", "bị hỏng"),
        (rezipped(workbook_bytes(), {"xl/vbaProject.bin": b"x"}), "a.xlsx", "macro"),
        (
            rezipped(workbook_bytes(), {"xl/externalLinks/externalLink1.xml": "<x/>"}),
            "a.xlsx",
            "liên kết sang tệp Excel khác",
        ),
    ],
)
def test_what_is_no_plain_workbook_is_refused_by_name(content, name, reason):
    sentence = refusal(content, name=name)

    assert reason in sentence
    assert f"“{name}”" in sentence
    assert "hãy" in sentence


def test_strict_open_xml_is_refused_with_the_way_out():
    def strict(xml):
        return xml.replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main")

    content = rezipped(workbook_bytes(), {SHEET: strict})

    assert "hãy lưu lại dạng Excel Workbook (.xlsx)" in refusal(content)


def test_the_size_is_bounded():
    assert "quá giới hạn 0,1 MB" in refusal(workbook_bytes(), Limits(max_bytes=1000))


@pytest.mark.parametrize(("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (16384, "XFD")])
def test_columns_have_letters(number, letters):
    assert column_letter(number) == letters
    assert column_number(letters) == number
