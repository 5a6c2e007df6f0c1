"""One fault, one rule: whether a row comes in a workbook or in a text file."""

import csv
import io
import unicodedata
from datetime import date, datetime

import pytest

from config.sheets import CHOICE, CODE, DECIMAL, FLAG, INTEGER, NAME, YEAR, Column, Definition
from config.sheets import reading as opened
from tests.config.packages import NamedBytes, workbook_bytes

HOUSEHOLDS = Definition(
    "Hộ",
    (
        Column("code", "ma_ho", CODE, required=True, digits=10),
        Column("commune", "ma_xa", CODE, required=True, digits=5),
        Column("head", "chu_ho", NAME, required=True, rules={"missing_value": "missing_name"}),
        Column("sex", "gioi_tinh", CHOICE, choices=(("m", "Nam"), ("f", "Nữ"))),
        Column(
            *("born", "nam_sinh", YEAR),
            maximum=2025,
            rules={"too_high": "future_year", "too_low": "implausible_year"},
        ),
        Column(
            *("identity", "so_dinh_danh", CODE),
            digits=12,
            rules={
                "leading_zero_lost": "id_as_number",
                "bad_length": "bad_id_length",
                "bad_character": "bad_id_character",
            },
        ),
        Column("size", "so_nhan_khau", INTEGER, minimum=1, maximum=30),
        Column("job", "viec_lam", FLAG),
        Column("rate", "ty_le", DECIMAL, maximum=100),
    ),
    total_in=("head",),
)
GOOD = {
    "ma_ho": "0870700001",
    "ma_xa": "08707",
    "chu_ho": "Nguyễn Văn An",
    "gioi_tinh": "Nam",
    "nam_sinh": 1970,
    "so_dinh_danh": "999000000001",
    "so_nhan_khau": 4,
    "viec_lam": 1,
    "ty_le": 0.8,
}
BLANK = dict.fromkeys(GOOD)
CASES = [
    ({}, None),
    ({"ma_ho": None}, "missing_code"),
    ({"ma_ho": "   "}, "missing_code"),
    ({"ma_xa": 8707}, "leading_zero_lost"),
    ({"ma_ho": 870700900}, "leading_zero_lost"),
    ({"so_dinh_danh": 99000000001.5}, "id_as_number"),
    ({"so_dinh_danh": "99900000001"}, "bad_id_length"),
    ({"so_dinh_danh": "99900000000A"}, "bad_id_character"),
    ({"chu_ho": unicodedata.normalize("NFD", "Nguyễn Thị Hường")}, "normalised"),
    ({"chu_ho": "  Lê Văn  Bình  "}, "normalised"),
    ({"chu_ho": "Lê\u00a0Văn\u200bBình"}, "normalised"),
    ({"ma_xa": "08707 "}, "normalised"),
    ({"chu_ho": "LÊ VĂN BÌNH"}, None),
    ({"chu_ho": None}, "missing_name"),
    ({"chu_ho": 12345}, "wrong_type"),
    ({"chu_ho": "A" * 600}, "too_long"),
    ({"chu_ho": "<script>alert(1)</script>"}, "unsafe_text"),
    ({"chu_ho": "=1+1"}, "formula"),
    ({"so_nhan_khau": "=2+2"}, "formula"),
    ({"chu_ho": "@SUM(A1:A9)"}, "unsafe_text"),
    ({"nam_sinh": 45291}, "excel_date_number"),
    ({"nam_sinh": datetime(1970, 5, 1)}, "excel_date_cell"),
    ({"nam_sinh": date(1970, 5, 1)}, "excel_date_cell"),
    ({"nam_sinh": "01/05/1970"}, "date_text"),
    ({"nam_sinh": 2030}, "future_year"),
    ({"nam_sinh": 1850}, "implausible_year"),
    ({"so_nhan_khau": "bốn"}, "text_in_number"),
    ({"so_nhan_khau": 0}, "out_of_range"),
    ({"so_nhan_khau": -3}, "negative"),
    ({"so_nhan_khau": 4.5}, "not_integer"),
    ({"so_nhan_khau": "2.500"}, "number_as_text"),
    ({"so_nhan_khau": "#REF!"}, "error_value"),
    ({"so_nhan_khau": True}, "boolean"),
    ({"ty_le": "0,80"}, "number_as_text"),
    ({"ty_le": "12%"}, "percent"),
    ({"viec_lam": "x"}, "bad_flag"),
    ({"gioi_tinh": "nam giới"}, "unknown_choice"),
    (BLANK, "blank_row"),
    ({**BLANK, "chu_ho": "Tổng cộng", "so_nhan_khau": 152}, "total_row"),
    ({}, None),
]
ROWS = [list(GOOD), *[list((GOOD | changes).values()) for changes, _ in CASES]]


def in_a_workbook():
    return NamedBytes(workbook_bytes(ROWS, title="Hộ"), "hộ.xlsx")


def in_a_text_file(delimiter=","):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(ROWS)
    return NamedBytes(out.getvalue().encode("utf-8-sig"), "hộ.csv")


@pytest.mark.parametrize(
    "door", [in_a_workbook, in_a_text_file, lambda: in_a_text_file(";")], ids=["xlsx", "csv", ";"]
)
def test_each_row_gets_the_one_verdict_that_it_must_get(door):
    with opened(door(), HOUSEHOLDS) as source:
        verdicts = {row.number: [problem.rule for problem in row.problems] for row in source}
    verdicts |= {number: ["blank_row"] for number in source.skipped}

    expected = {number: [rule] if rule else [] for number, (_, rule) in enumerate(CASES, start=2)}
    assert verdicts == expected


def test_the_right_rows_have_the_same_values_at_both_doors():
    doors = []
    for file in (in_a_workbook(), in_a_text_file()):
        with opened(file, HOUSEHOLDS) as source:
            doors.append([row.values for row in source if not row.problems])

    assert doors[0] == doors[1]
    assert len(doors[0]) == 3
