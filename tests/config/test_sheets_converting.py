"""From cells to values: what each kind of column takes, and the sentence for what it does not."""

import unicodedata
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.sheets import (
    CHOICE,
    CODE,
    DATE,
    DECIMAL,
    INTEGER,
    TEXT,
    Cell,
    Column,
    Definition,
    Problem,
    Row,
    convert,
)

COUNT = Column("x", "Số hộ", INTEGER)
SHARE = Column("x", "Tỷ lệ", DECIMAL, maximum=100)
CODE5 = Column("x", "Mã xã", CODE, digits=5)
AREA = Column("x", "Khu vực", CHOICE, choices=(("u", "Thành thị"), ("r", "Nông thôn")))
DAY = Column("x", "Ngày", DATE, minimum=date(2021, 1, 1), maximum=date(2025, 12, 31))
NAME = Column("x", "Tên", TEXT, maximum=20)
KIND = {bool: "boolean", str: "text", int: "number", float: "number", type(None): "blank"}


def taken(column, value, kind=None):
    """The value, and the messages of its problems by whether they block."""
    kind = kind or KIND.get(type(value), "date")
    row = Row(4, {"x": Cell(value, "B4", kind)})
    values, problems = convert(Definition("A", (column,)), row)
    assert all((p.address, p.label) == ("B4", column.label) for p in problems)
    return values["x"], [(problem.blocking, problem.message) for problem in problems]


def refusal(column, value, kind=None):
    value, [(blocking, message)] = taken(column, value, kind)
    assert blocking
    assert value in (None, "")
    return message


@pytest.mark.parametrize(
    ("column", "written", "value"),
    [
        (COUNT, 12, 12),
        (COUNT, 12.0, 12),
        (COUNT, 0.1 * 3 * 10, 3),  # Excel's 3.0000000000000004
        (COUNT, " 2500 ", 2500),
        (COUNT, "2.500", 2500),
        (SHARE, "0,8", Decimal("0.80")),
        (COUNT, None, None),
        (SHARE, 0.1 + 0.2, Decimal("0.30")),
        (SHARE, 100, Decimal(100)),
        (SHARE, "7", Decimal(7)),
        (CODE5, " 08707\u200b", "08707"),
        (CODE5, None, ""),
        (AREA, "  nông   THÔN ", "r"),
        (AREA, unicodedata.normalize("NFD", "Nông thôn"), "r"),
        (AREA, "u", "u"),
        (AREA, None, ""),
        (DAY, datetime(2023, 12, 14), date(2023, 12, 14)),
        (DAY, "14/12/2023", date(2023, 12, 14)),
        (DAY, "3.4.2023", date(2023, 4, 3)),
        (DAY, "2023-12-14", date(2023, 12, 14)),
        (DAY, None, None),
        (NAME, unicodedata.normalize("NFD", "Nguyễn Thị Hường"), "Nguyễn Thị Hường"),
        (NAME, "  Lê\xa0Văn\u200bBình ", "Lê Văn Bình"),
        (NAME, "Hội 🎉 & <b>", "Hội 🎉 & <b>"),
        (NAME, "=cmd()", "=cmd()"),
        (NAME, "a_x000D_\nb", "a b"),
        (NAME, 12.0, "12"),
        (NAME, 12.5, "12,5"),
        (NAME, None, ""),
    ],
)
def test_what_is_clear_is_taken_silently(column, written, value):
    assert taken(column, written) == (value, [])


@pytest.mark.parametrize(
    ("column", "written", "value", "note"),
    [
        (COUNT, "1 234\xa0567", 1234567, "“1 234 567” được hiểu là 1.234.567."),
        (COUNT, "1,234,567", 1234567, "“1,234,567” được hiểu là 1.234.567."),
        (COUNT, "12,0", 12, "“12,0” được hiểu là 12."),
        (SHARE, "0,80", Decimal("0.80"), "“0,80” được hiểu là 0,8."),
        (SHARE, "0.125", Decimal("0.13"), "được làm tròn thành 0,13 (2 chữ số thập phân)."),
        (SHARE, "1,234", Decimal("1.23"), "được làm tròn thành 1,23 (2 chữ số thập phân)."),
        (SHARE, 0.615, Decimal("0.62"), "được làm tròn thành 0,62 (2 chữ số thập phân)."),
        (CODE5, 8707, "08707", "đang ở dạng số, được hiểu là mã 08707."),
        (CODE5, 8707.0, "08707", "đang ở dạng số, được hiểu là mã 08707."),
    ],
)
def test_what_was_written_otherwise_is_taken_with_a_note(column, written, value, note):
    assert taken(column, written) == (value, [(False, note)])


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (-3, "-3 nhỏ hơn mức thấp nhất là 0; hãy kiểm tra và nhập số nguyên không âm."),
        ("\u22123", "-3 nhỏ hơn mức thấp nhất là 0; hãy kiểm tra và nhập số nguyên không âm."),
        (4.5, "“4,5” không phải số nguyên; hãy nhập số nguyên không âm, không có phần thập phân."),
        ("bốn", "“bốn” không phải là số; hãy nhập số nguyên không âm."),
        ("khoảng 2500", "“khoảng 2500” không phải là số; hãy nhập số nguyên không âm."),
        ("1.234.5", "“1.234.5” không phải là số; hãy nhập số nguyên không âm."),
        ("1.234.567.89", "“1.234.567.89” không phải là số; hãy nhập số nguyên không âm."),
        ("٣", "“٣” không phải là số; hãy nhập số nguyên không âm."),
        ("1e5", "“1e5” không phải là số; hãy nhập số nguyên không âm."),
        ("1,234", "“1,234” có thể là 1234 hoặc 1,234; hãy ghi rõ một trong hai."),
        (float("nan"), "không phải là số dùng được; hãy nhập số nguyên không âm."),
        (float("inf"), "không phải là số dùng được; hãy nhập số nguyên không âm."),
    ],
)
def test_counts_refuse_what_they_cannot_mean(written, message):
    assert refusal(COUNT, written) == message


def test_numbers_too_large_are_refused_readably():
    assert refusal(COUNT, 2**31).startswith(
        "2.147.483.648 lớn hơn mức cao nhất là 2.147.483.647; hãy kiểm tra"
    )
    assert refusal(COUNT, 1e30).startswith("1.000E+30 lớn hơn mức cao nhất")
    assert refusal(COUNT, 10**400).startswith("1.000E+400 lớn hơn")
    assert refusal(SHARE, 100.5) == (
        "100,5 lớn hơn mức cao nhất là 100; hãy kiểm tra và nhập số từ 0 đến 100."
    )
    assert refusal(SHARE, 1e300).startswith("1.000E+300 lớn hơn")
    assert taken(COUNT, 2**31 - 1) == (2**31 - 1, [])
    big = Column("x", "Tiền", INTEGER, maximum=10**13)
    assert taken(big, 5 * 10**12) == (5 * 10**12, [])


def test_years_are_written_without_points():
    year = Column("x", "Năm", INTEGER, minimum=2021, maximum=2025, grouped=False)

    assert refusal(year, 2020) == (
        "2020 nhỏ hơn mức thấp nhất là 2021; hãy kiểm tra và nhập số nguyên từ 2021 đến 2025."
    )


def test_a_share_refuses_a_point_that_may_be_thousands():
    assert refusal(SHARE, "1.234") == (
        "“1.234” có thể là 1234 hoặc 1,234; hãy ghi rõ một trong hai."
    )


@pytest.mark.parametrize("column", [COUNT, SHARE, CODE5, AREA, DAY, NAME])
def test_what_is_no_value_at_all_is_refused_everywhere(column):
    assert refusal(column, "=SUM(A1:A3)", "formula") == (
        "đang là công thức; hãy sao chép ô rồi dán giá trị (Paste Special → Values)."
    )
    assert refusal(column, "#N/A", "error") == (
        "đang báo lỗi Excel #N/A; hãy xóa và nhập giá trị đúng."
    )
    assert refusal(column, True) == (
        "đang là giá trị đúng/sai (TRUE) của Excel; hãy nhập lại bằng chữ hoặc số."
    )


def test_numbers_in_the_dress_of_days_and_percents_are_refused():
    assert refusal(COUNT, datetime(2023, 12, 31)) == (
        "đang định dạng ngày (31/12/2023); hãy đổi định dạng ô thành Number rồi nhập lại số."
    )
    assert "phần trăm" in refusal(SHARE, 0.12, "percent")


@pytest.mark.parametrize(
    ("column", "hint"),
    [
        (Column("x", "A", INTEGER, required=True, minimum=1), "số nguyên từ 1 trở lên"),
        (Column("x", "A", DECIMAL, required=True, minimum=-5, maximum=5), "số từ -5 đến 5"),
        (Column("x", "A", CODE, required=True, digits=5), "mã gồm đúng 5 chữ số"),
        (Column("x", "A", required=True, maximum=200), "chữ, tối đa 200 ký tự"),
        (
            Column("x", "A", DATE, required=True, minimum=date(2021, 1, 1)),
            "ngày từ 01/01/2021 trở đi",
        ),
        (Column("x", "A", CHOICE, required=True, choices=((1, "Có"),)), "một trong: Có"),
    ],
)
@pytest.mark.parametrize("blank", [(None, "blank"), ("", "blank"), (" \xa0", "blank")])
def test_required_blanks_are_refused_with_what_to_fill_in(column, hint, blank):
    assert refusal(column, *blank) == f"bắt buộc nhưng đang để trống; hãy điền {hint}."


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("8707", "“8707” sai dạng; hãy nhập mã gồm đúng 5 chữ số, kể cả số 0 ở đầu."),
        ("0870A", "“0870A” sai dạng; hãy nhập mã gồm đúng 5 chữ số, kể cả số 0 ở đầu."),
        (123456, "“123456” sai dạng; hãy nhập mã gồm đúng 5 chữ số, kể cả số 0 ở đầu."),
        (-1, "“-1” đang ở dạng số"),
        (1.5, "“1,5” đang ở dạng số"),
        (float("nan"), "“nan” đang ở dạng số"),
        (1e20, "“1e+20” đang ở dạng số"),
        (datetime(2023, 5, 1), "đã bị Excel đổi thành ngày (01/05/2023); hãy đổi định dạng"),
    ],
)
def test_codes_that_do_not_fit_are_refused(written, message):
    assert refusal(CODE5, written).startswith(message)


def test_a_number_for_a_code_of_unknown_length_is_refused():
    assert "có thể đã mất số 0 ở đầu" in refusal(Column("x", "Mã", CODE), 8707)
    assert taken(Column("x", "Mã", CODE), "SNV-01") == ("SNV-01", [])


def test_an_unknown_choice_is_refused_with_the_list():
    assert refusal(AREA, "Đô thị") == (
        "“Đô thị” không có trong danh sách; hãy chọn một trong: Thành thị; Nông thôn."
    )
    many = Column("x", "Xã", CHOICE, choices=tuple((n, f"Xã {n}") for n in range(50)))
    assert refusal(many, "Xã 50").endswith("Xã 10; Xã 11; … (xem danh sách).")
    assert taken(many, 49) == (49, [])
    assert "01/05/2023" in refusal(AREA, datetime(2023, 5, 1))


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("30/02/2023", "“30/02/2023” không có trong lịch; hãy nhập ngày từ 01/01/2021"),
        ("14/12/23", "“14/12/23” không phải là ngày"),
        ("tháng 5", "“tháng 5” không phải là ngày"),
        (45291, "“45.291” không phải là ngày"),
        (time(8, 30), "“08:30:00” không phải là ngày"),
        (datetime(2020, 12, 31), "31/12/2020 trước ngày 01/01/2021; hãy nhập ngày từ"),
        ("01/01/2026", "01/01/2026 sau ngày 31/12/2025; hãy nhập ngày từ"),
    ],
)
def test_days_that_are_none_or_out_of_bounds_are_refused(written, message):
    assert refusal(DAY, written).startswith(message)


def test_required_text_of_invisible_signs_is_blank():
    column = Column("x", "A", required=True)

    assert "đang để trống" in refusal(column, "_x0000_\u200b", "text")


def test_text_is_bounded_and_days_made_by_excel_are_told():
    assert refusal(NAME, "a" * 600) == "dài 600 ký tự, quá giới hạn 20; hãy viết gọn lại."
    assert "đã bị Excel đổi thành ngày (05/01/2023)" in refusal(NAME, datetime(2023, 1, 5))
    assert taken(Column("x", "A", multiline=True), "a\r\n\r\n\r\nb") == ("a\n\nb", [])


def test_problems_read_as_sentences():
    problem = Problem("D12", "Hộ nghèo", "-3 nhỏ hơn mức thấp nhất là 0; hãy sửa.")
    definition = Definition("A", (COUNT,))
    row = Row(7, {"x": Cell(None, "dòng 7", "blank")})

    assert str(problem) == "Ô D12 (cột “Hộ nghèo”): -3 nhỏ hơn mức thấp nhất là 0; hãy sửa."
    assert str(definition.problem(row, "x", "sai; hãy sửa.")) == (
        "Dòng 7 (cột “Số hộ”): sai; hãy sửa."
    )


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Column("x", "A", "number"),
        lambda: Column("x", "A", CHOICE),
        lambda: Column("x", "A", choices=((1, "B"),)),
        lambda: Definition("A/B", (COUNT,)),
        lambda: Definition("A" * 32, (COUNT,)),
        lambda: Definition("A", (COUNT, Column("y", "số  HỘ *"))),
        lambda: Definition("A", (COUNT, Column("x", "Khác"))),
    ],
)
def test_a_definition_that_cannot_work_is_refused_at_once(wrong):
    with pytest.raises(ValueError, match="."):
        wrong()


CELLS = st.one_of(
    st.none().map(lambda none: (none, "blank")),
    st.text(max_size=30).map(lambda text: (text, "text")),
    st.from_regex(r"[-+]?[0-9 .,']{1,14}", fullmatch=True).map(lambda text: (text, "text")),
    st.integers().map(lambda number: (number, "number")),
    st.floats().map(lambda number: (number, "number")),
    st.datetimes().map(lambda day: (day, "date")),
    st.times().map(lambda hour: (hour, "date")),
    st.timedeltas().map(lambda span: (span, "date")),
    st.booleans().map(lambda value: (value, "boolean")),
)


@settings(deadline=None)
@given(CELLS, st.sampled_from([COUNT, SHARE, CODE5, AREA, DAY, NAME]))
def test_any_cell_gives_a_value_in_bounds_or_one_sentence(cell, column):
    value, problems = taken(column, *cell)

    assert len(problems) <= 1
    if problems and problems[0][0]:
        assert "; hãy " in problems[0][1]
        assert problems[0][1].endswith(".")
    elif column.kind in (INTEGER, DECIMAL, DATE):
        assert value is None or column.least <= value <= column.most
    elif column is CODE5:
        assert value == "" or (len(value) == 5 and value.isdigit())


@settings(deadline=None)
@given(st.integers(0, 2**31 - 1))
def test_counts_written_in_vietnamese_are_read_back(number):
    grouped = f"{number:,}".replace(",", ".")

    assert taken(COUNT, grouped)[0] == number
    assert taken(COUNT, grouped.replace(".", " "))[0] == number
    assert taken(COUNT, float(number)) == (number, [])
