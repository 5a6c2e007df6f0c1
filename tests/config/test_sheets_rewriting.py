"""A text file with errors comes back as a workbook that can be mended and sent."""

import io
from datetime import datetime

import pytest
from openpyxl import load_workbook

from config.sheets import (
    CHOICE,
    CODE,
    DATE,
    DECIMAL,
    INTEGER,
    NAME,
    Column,
    Definition,
    SheetError,
    reading,
    returned,
    rewriting,
)
from tests.config.packages import NamedBytes, saved

PEOPLE = Definition(
    "Hộ",
    (
        Column("code", "Mã hộ", CODE, required=True, digits=4, aliases=("ma_ho",), width=22),
        Column("head", "Chủ hộ", NAME, required=True),
        Column("size", "Nhân khẩu", INTEGER),
        Column("rate", "Tỷ lệ", DECIMAL),
        Column("sex", "Giới tính", CHOICE, choices=(("m", "Nam"), ("f", "Nữ"))),
        Column("day", "Ngày", DATE),
    ),
)
TEXT = (
    "Danh sách hộ\n"
    "ma_ho,Chủ hộ,Nhân khẩu,Tỷ lệ,Giới tính,Ngày\n"
    "0001,Lê An,4,0.8,Nam,2023-12-14\n"
    "\n"
    "17,Lê  Bá,bốn,,Nữ,,thừa\n"
    "0003,'=cmd,-2\n"
)


def text_file(content=TEXT):
    return NamedBytes(content.encode(), "hộ.csv")


def findings(file):
    with reading(file, PEOPLE) as source:
        rows = list(source)
    return [row.values for row in rows], [p for row in rows for p in row.problems]


def came_back(content=TEXT):
    file = text_file(content)
    problems = findings(file)[1]
    return load_workbook(io.BytesIO(returned(file, PEOPLE, problems))), problems


def test_rows_keep_their_places_and_right_cells_are_what_they_are():
    worksheet = came_back()[0]["Hộ"]

    assert [[cell.value for cell in row[:4]] for row in worksheet.iter_rows()] == [
        [None] * 4,
        ["Mã hộ", "Chủ hộ", "Nhân khẩu", "Tỷ lệ"],
        ["0001", "Lê An", 4, 0.8],
        [None] * 4,
        ["17", "Lê Bá", "bốn", None],
        ["0003", "=cmd", "-2", None],
    ]
    assert worksheet["F3"].value == datetime(2023, 12, 14)
    assert worksheet["A3"].data_type == worksheet["B6"].data_type == "s"
    assert worksheet["B6"].quotePrefix
    assert worksheet.column_dimensions["A"].width == 22


def test_each_finding_stands_in_its_cell_and_in_the_list():
    workbook, problems = came_back()
    worksheet, listing = workbook["Hộ"], workbook["Lỗi cần sửa"]

    colours = {
        cell.coordinate: cell.fill.start_color.rgb[-6:]
        for row in worksheet.iter_rows(min_row=3)
        for cell in row
        if cell.comment
    }
    wrong = dict.fromkeys(("A5", "C5", "G5", "B6", "C6"), "FFC7CE")
    assert colours == wrong | {"B5": "FFEB9C"}
    assert worksheet["C5"].comment.text.startswith("“bốn” không phải là số")
    assert workbook.sheetnames == ["Hộ", "Lỗi cần sửa"]
    assert listing.max_row == 2 + len(problems)
    assert (listing["B3"].value, listing["C3"].value) == ("dòng 5", "Mã hộ")
    assert listing["B3"].hyperlink.location == "'Hộ'!A5"


def test_the_workbook_can_be_mended_and_sent():
    workbook, _ = came_back()
    worksheet = workbook["Hộ"]
    for address, value in {"A5": "0002", "B5": "Lê Bá", "C5": 4, "G5": None}.items():
        worksheet[address] = value
    worksheet["B6"], worksheet["C6"] = "Lê Ca", 2

    values, problems = findings(NamedBytes(saved(workbook), "hộ.xlsx"))

    assert problems == []
    right = "ma_ho,Chủ hộ,Nhân khẩu,Tỷ lệ,Giới tính,Ngày\n0001,Lê An,4,0.8,Nam,2023-12-14\n"
    assert values == findings(text_file(f"{right}0002,Lê Bá,4,,Nữ,\n0003,Lê Ca,2\n"))[0]


def test_of_a_long_file_only_the_rows_with_findings_come_back(monkeypatch):
    monkeypatch.setattr(rewriting, "WHOLE", 3)

    workbook, _ = came_back(TEXT + "0004,An,1\n" * 5 + "5,An,1\n")

    rows = [[cell.value for cell in row[:2]] for row in workbook["Hộ"].iter_rows()]
    assert rows[0][0].startswith("Tệp có nhiều hơn 3 dòng nên trang này chỉ chép các dòng có lỗi;")
    assert rows[1:] == [
        ["Mã hộ", "Chủ hộ"],
        ["17", "Lê Bá"],
        ["0003", "=cmd"],
        ["5", "An"],
    ]
    listing = workbook["Lỗi cần sửa"]
    assert [listing[f"B{n}"].value for n in (3, 9)] == ["dòng 5", "dòng 5"]
    assert listing["B8"].hyperlink.location == "'Hộ'!A5"


def test_the_file_is_left_at_its_start_and_must_be_one_of_ours():
    file = text_file()
    returned(file, PEOPLE, [])

    assert file.tell() == 0
    with pytest.raises(SheetError):
        returned(text_file("a,b\n1,2\n"), PEOPLE, [])
