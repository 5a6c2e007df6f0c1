"""From cells to values: what each kind of column takes, and rule and sentence for the rest."""

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
    FLAG,
    INTEGER,
    NAME,
    TEXT,
    YEAR,
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
TAX = Column("x", "Mã số", CODE)
AREA = Column("x", "Khu vực", CHOICE, choices=(("u", "Thành thị"), ("r", "Nông thôn")))
DAY = Column("x", "Ngày", DATE, minimum=date(2021, 1, 1), maximum=date(2025, 12, 31))
WORDS = Column("x", "Ghi chú", TEXT, maximum=20)
HEAD = Column("x", "Chủ hộ", NAME)
BORN = Column("x", "Năm sinh", YEAR, minimum=1900, maximum=2025)
MARK = Column("x", "Việc làm", FLAG)
KIND = {bool: "boolean", str: "text", int: "number", float: "number", type(None): "blank"}


def taken(column, value, kind=None):
    """The value, and of its problems whether they block, the rule and the message."""
    kind = kind or KIND.get(type(value), "date")
    row = Row(4, {"x": Cell(value, "B4", kind)})
    values, problems = convert(Definition("A", (column,)), row)
    assert all((p.address, p.label) == ("B4", column.label) for p in problems)
    return values["x"], [(problem.blocking, problem.rule, problem.message) for problem in problems]


def refusal(column, value, kind=None):
    """Rule and message."""
    value, [(blocking, *told)] = taken(column, value, kind)
    assert blocking
    assert value in (None, "")
    return tuple(told)


def note(column, value, kind=None):
    """Value, rule and message of what is taken with a note."""
    value, [(blocking, *told)] = taken(column, value, kind)
    assert not blocking
    return (value, *told)


@pytest.mark.parametrize(
    ("column", "written", "value"),
    [
        (COUNT, 12, 12),
        (COUNT, 12.0, 12),
        (COUNT, 0.1 * 3 * 10, 3),  # Excel's 3.0000000000000004
        (COUNT, None, None),
        (SHARE, 0.1 + 0.2, Decimal("0.30")),
        (SHARE, 100, Decimal(100)),
        (CODE5, "08707", "08707"),
        (CODE5, None, ""),
        (TAX, "SNV-01", "SNV-01"),
        (AREA, "  nông   THÔN ", "r"),
        (AREA, unicodedata.normalize("NFD", "Nông thôn"), "r"),
        (AREA, "u", "u"),
        (AREA, None, ""),
        (DAY, datetime(2023, 12, 14), date(2023, 12, 14)),
        (DAY, "14/12/2023", date(2023, 12, 14)),
        (DAY, "3.4.2023", date(2023, 4, 3)),
        (DAY, "2023-12-14", date(2023, 12, 14)),
        (DAY, None, None),
        (WORDS, "Hội 🎉 & <b>", "Hội 🎉 & <b>"),
        (WORDS, "=cmd()", "=cmd()"),
        (WORDS, 12.0, "12"),
        (WORDS, 12.5, "12,5"),
        (WORDS, None, ""),
        (HEAD, "LÊ VĂN BÌNH", "LÊ VĂN BÌNH"),
        (HEAD, "H'Hen Niê - Kđăm", "H'Hen Niê - Kđăm"),
        (BORN, 1970, 1970),
        (BORN, 1970.0, 1970),
        (BORN, None, None),
        (MARK, 1, 1),
        (MARK, 0.0, 0),
        (MARK, None, None),
    ],
)
def test_what_is_clear_is_taken_silently(column, written, value):
    assert taken(column, written) == (value, [])


@pytest.mark.parametrize(
    ("column", "written", "value"),
    [
        (COUNT, "2500", 2500),
        (COUNT, "4.0", 4),
        (SHARE, "0.8", Decimal("0.80")),
        (SHARE, "7", Decimal(7)),
        (Column("x", "A", DECIMAL, places=3), "1.234", Decimal("1.234")),
        (BORN, "1970", 1970),
        (MARK, "1", 1),
        (MARK, "0", 0),
        (CODE5, "08707", "08707"),
        (WORDS, "12", "12"),
        (DAY, "2023-12-14 00:00:00", date(2023, 12, 14)),
    ],
)
def test_the_text_of_a_text_file_is_taken_silently(column, written, value):
    assert taken(column, written, "plain") == (value, [])


@pytest.mark.parametrize(
    ("column", "written", "value", "message"),
    [
        (COUNT, " 2500 ", 2500, "đang ở dạng chữ, được hiểu là số 2.500."),
        (SHARE, "0.8", Decimal("0.80"), "đang ở dạng chữ, được hiểu là số 0,8."),
        (BORN, "1970", 1970, "đang ở dạng chữ, được hiểu là số 1970."),
        (MARK, "1", 1, "đang ở dạng chữ, được hiểu là số 1."),
        (CODE5, " 08707\u200b", "08707", "đã bỏ khoảng trắng thừa, ký tự ẩn, đưa về một kiểu gõ"),
        (HEAD, "  Lê\xa0Văn\u200bBình ", "Lê Văn Bình", "đã bỏ khoảng trắng thừa, ký tự ẩn"),
        (HEAD, unicodedata.normalize("NFD", "Thị Hường"), "Thị Hường", "đã bỏ khoảng trắng thừa"),
        (WORDS, "a_x000D_\nb", "a b", "đã bỏ khoảng trắng thừa"),
    ],
)
def test_what_was_written_otherwise_is_taken_with_a_note(column, written, value, message):
    found, rule, told = note(column, written)

    assert (found, rule) == (value, "normalised")
    assert told.startswith(message)


@pytest.mark.parametrize("written", [0.125, "0.125"])
def test_what_is_rounded_is_noted(written):
    assert note(SHARE, written) == (
        Decimal("0.13"),
        "rounded",
        "được làm tròn thành 0,13 (2 chữ số thập phân).",
    )


REFUSED = [
    (COUNT, "bốn", "text_in_number", "“bốn” không phải là số; hãy nhập số nguyên không âm."),
    (COUNT, "khoảng 2500", "text_in_number", "“khoảng 2500” không phải là số"),
    (COUNT, "1.234.5", "text_in_number", "“1.234.5” không phải là số"),
    (COUNT, "1.234.567.89", "text_in_number", "“1.234.567.89” không phải là số"),
    (COUNT, "٣", "text_in_number", "“٣” không phải là số"),
    (COUNT, "9" * 50, "text_in_number", f"“{'9' * 40}…” không phải là số"),
    (COUNT, "4.5", "not_integer", "“4.5” không phải số nguyên; hãy nhập số nguyên không âm, không"),
    (COUNT, "-3", "negative", "-3 nhỏ hơn mức thấp nhất là 0; hãy kiểm tra và nhập số nguyên"),
    (COUNT, "\u22123", "negative", "-3 nhỏ hơn mức thấp nhất là 0"),
    (COUNT, "2.500", "number_as_text", "“2.500” "),
    (COUNT, "1 234\xa0567", "number_as_text", "“1 234 567” "),
    (COUNT, "1,234,567", "number_as_text", "“1,234,567” "),
    (COUNT, "1,234", "number_as_text", "“1,234” "),
    (COUNT, "9.99E+11", "number_as_text", "“9.99E+11” ghi dạng lũy thừa của 10 nên có thể đã mất"),
    (SHARE, "0,80", "number_as_text", "“0,80” "),
    (SHARE, "1.234", "number_as_text", "“1.234” "),
    (SHARE, "12,5%", "percent", "“12,5%” có dấu %; hãy ghi số không kèm dấu %."),
    (SHARE, "-0.04", "negative", "-0,04 nhỏ hơn mức thấp nhất là 0"),
    (SHARE, "100.5", "out_of_range", "100,5 lớn hơn mức cao nhất là 100; hãy kiểm tra và nhập số"),
    (BORN, "1.970", "number_as_text", "“1.970” "),
    (BORN, "01/05/1970", "date_text", "“01/05/1970” là ngày, không phải số; hãy nhập năm từ 1900"),
    (BORN, "45291", "excel_date_number", "“45291” là số thứ tự ngày của Excel; hãy đổi định dạng"),
    (BORN, "1970.5", "not_integer", "“1970.5” không phải số nguyên"),
    (BORN, "1850", "out_of_range", "1850 nhỏ hơn mức thấp nhất là 1900; hãy kiểm tra và nhập năm"),
    (BORN, "2030", "out_of_range", "2030 lớn hơn mức cao nhất là 2025"),
    (MARK, "x", "bad_flag", "“x” không phải 0 hoặc 1; hãy ghi 1 nếu có, 0 nếu không."),
    (MARK, "2", "bad_flag", "“2” không phải 0 hoặc 1"),
    (CODE5, "8707", "leading_zero_lost", "“8707” có 4 chữ số; hãy nhập mã gồm đúng 5 chữ số, kể"),
    (CODE5, "8707.0", "leading_zero_lost", "“8707.0” đang ở dạng số nên có thể đã mất số 0"),
    (CODE5, "9.99E+11", "leading_zero_lost", "“9.99E+11” đang ở dạng số nên có thể đã mất"),
    (TAX, "9,99E+11", "leading_zero_lost", "“9,99E+11” đang ở dạng số nên có thể đã mất"),
    (CODE5, "123456", "bad_length", "“123456” có 6 chữ số; hãy nhập mã gồm đúng 5 chữ số"),
    (CODE5, "0870A", "bad_character", "“0870A” sai dạng; hãy nhập mã gồm đúng 5 chữ số, kể cả"),
    (CODE5, "٠٨٧٠٧", "bad_character", "“٠٨٧٠٧” sai dạng"),
    (TAX, "<b>", "bad_character", "“<b>” có ký tự không dùng trong mã; hãy nhập mã"),
    (TAX, "-", "bad_character", "“-” có ký tự không dùng trong mã"),
    (HEAD, "12345", "wrong_type", "“12345” là số, không phải tên; hãy ghi tên (chữ), tối đa 200"),
    (HEAD, "<script>x</script>", "unsafe_text", "“<script>x</script>” có ký tự không dùng trong"),
    (HEAD, "@SUM(A1:A9)", "unsafe_text", "“@SUM(A1:A9)” có ký tự không dùng trong tên"),
    (HEAD, "-Bình", "unsafe_text", "“-Bình” có ký tự không dùng trong tên"),
    (HEAD, "A" * 600, "too_long", "dài 600 ký tự, quá giới hạn 200; hãy viết gọn lại."),
    (WORDS, "a" * 600, "too_long", "dài 600 ký tự, quá giới hạn 20; hãy viết gọn lại."),
    (AREA, "Đô thị", "unknown_choice", "“Đô thị” không có trong danh sách; hãy chọn một trong: T"),
    (DAY, "30/02/2023", "bad_date", "“30/02/2023” không có trong lịch; hãy nhập ngày từ 01/01/202"),
    (DAY, "14/12/23", "bad_date", "“14/12/23” không phải là ngày"),
    (DAY, "tháng 5", "bad_date", "“tháng 5” không phải là ngày"),
    (DAY, "2020-12-31", "out_of_range", "31/12/2020 trước ngày 01/01/2021; hãy nhập ngày từ"),
    (DAY, "01/01/2026", "out_of_range", "01/01/2026 sau ngày 31/12/2025; hãy nhập ngày từ"),
]


@pytest.mark.parametrize("kind", ["text", "plain"])
@pytest.mark.parametrize(("column", "written", "rule", "message"), REFUSED)
def test_text_is_refused_by_the_same_rule_in_workbooks_and_text_files(
    column, written, rule, message, kind
):
    told = refusal(column, written, kind)

    assert told[0] == rule
    assert told[1].startswith(message)


@pytest.mark.parametrize(
    ("column", "value", "written", "rule"),
    [
        (COUNT, -3, "-3", "negative"),
        (COUNT, 4.5, "4.5", "not_integer"),
        (COUNT, datetime(2023, 12, 31), "2023-12-31 00:00:00", "excel_date_cell"),
        (BORN, 45291, "45291", "excel_date_number"),
        (BORN, datetime(1970, 5, 1), "1970-05-01 00:00:00", "excel_date_cell"),
        (BORN, 2030, "2030", "out_of_range"),
        (MARK, 7, "7", "bad_flag"),
        (CODE5, 8707, "8707", "leading_zero_lost"),
        (Column("x", "A", CODE, digits=12), 9.99e11, "999000000000.0", "leading_zero_lost"),
        (HEAD, 12345, "12345", "wrong_type"),
        (HEAD, 4.5, "4.5", "wrong_type"),
        (AREA, 3, "3", "unknown_choice"),
        (DAY, 45291, "45291", "excel_date_number"),
        (DAY, -1, "-1", "bad_date"),
    ],
)
def test_a_wrong_value_is_refused_by_the_same_rule_in_workbooks_and_text_files(
    column, value, written, rule
):
    assert refusal(column, value)[0] == rule
    assert refusal(column, written, "plain")[0] == rule


@pytest.mark.parametrize(
    ("column", "written", "advice", "plain_advice"),
    [
        (COUNT, "2.500", "gõ lại 2500 (", "ghi 2500,"),
        (COUNT, "1,234", "gõ lại 1234 (", "ghi 1234,"),
        (COUNT, "1.234.567", "gõ lại 1234567 (", "ghi 1234567,"),
        (SHARE, "0,80", "gõ lại 0,8 (", "ghi 0.8,"),
        (SHARE, "0,125", "gõ lại 0,13 (", "ghi 0.13,"),
        (SHARE, "1.234", "gõ lại 1234 hoặc 1,23 (", "ghi 1234 hoặc 1.23,"),
        (SHARE, "1.234,5", "gõ lại 1234,5 (", "ghi 1234.5,"),
    ],
)
def test_a_grouped_number_is_refused_with_what_to_type(column, written, advice, plain_advice):
    assert advice in refusal(column, written)[1]
    assert plain_advice in refusal(column, written, "plain")[1]


@pytest.mark.parametrize(
    ("column", "value", "rule", "message"),
    [
        (COUNT, float("nan"), "text_in_number", "không phải là số dùng được; hãy nhập số nguyên"),
        (COUNT, float("inf"), "text_in_number", "không phải là số dùng được"),
        (COUNT, 2**31, "out_of_range", "2.147.483.648 lớn hơn mức cao nhất là 2.147.483.647; hãy"),
        (COUNT, 1e30, "out_of_range", "1.000E+30 lớn hơn mức cao nhất"),
        (COUNT, 10**400, "out_of_range", "1.000E+400 lớn hơn"),
        (SHARE, 1e300, "out_of_range", "1.000E+300 lớn hơn"),
        (CODE5, 8707, "leading_zero_lost", "“8707” đang ở dạng số nên có thể đã mất số 0 ở đầu"),
        (CODE5, 18707, "leading_zero_lost", "“18707” đang ở dạng số"),
        (CODE5, 1.5, "leading_zero_lost", "“1,5” đang ở dạng số"),
        (CODE5, float("nan"), "leading_zero_lost", "“nan” đang ở dạng số"),
        (CODE5, 1e20, "leading_zero_lost", "“1e+20” đang ở dạng số"),
        (TAX, 8707, "leading_zero_lost", "“8707” đang ở dạng số"),
        (CODE5, datetime(2023, 5, 1), "excel_date_cell", "đã bị Excel đổi thành ngày (01/05/2023)"),
        (WORDS, datetime(2023, 1, 5), "excel_date_cell", "đã bị Excel đổi thành ngày (05/01/2023)"),
        (HEAD, datetime(2023, 1, 5), "excel_date_cell", "đã bị Excel đổi thành ngày"),
        (AREA, datetime(2023, 5, 1), "unknown_choice", "“01/05/2023” không có trong danh sách"),
        (COUNT, datetime(2023, 12, 31), "excel_date_cell", "“31/12/2023” đang định dạng ngày"),
        (DAY, 45291, "excel_date_number", "“45.291” không phải là ngày"),
        (DAY, time(8, 30), "bad_date", "“08:30:00” không phải là ngày"),
        (DAY, datetime(2020, 12, 31), "out_of_range", "31/12/2020 trước ngày 01/01/2021"),
    ],
)
def test_what_excel_made_of_it_is_refused(column, value, rule, message):
    told = refusal(column, value)

    assert told[0] == rule
    assert told[1].startswith(message)


def test_bounds_may_be_wide():
    assert taken(COUNT, 2**31 - 1) == (2**31 - 1, [])
    big = Column("x", "Tiền", INTEGER, maximum=10**13)
    assert taken(big, 5 * 10**12) == (5 * 10**12, [])
    assert taken(Column("x", "A", multiline=True), "a\r\nb") == ("a\nb", [])
    assert note(Column("x", "A", multiline=True), "a\n\n\n\nb")[0] == "a\n\nb"


def test_below_a_lowest_mark_that_is_itself_negative_is_out_of_range():
    adjustment = Column("x", "Điều chỉnh", INTEGER, minimum=-10)

    assert taken(adjustment, -3) == (-3, [])
    assert refusal(adjustment, -11)[0] == "out_of_range"


def test_years_are_written_without_points():
    year = Column("x", "Năm", INTEGER, minimum=2021, maximum=2025, grouped=False)

    assert refusal(year, 2020)[1] == (
        "2020 nhỏ hơn mức thấp nhất là 2021; hãy kiểm tra và nhập số nguyên từ 2021 đến 2025."
    )


@pytest.mark.parametrize("column", [COUNT, SHARE, CODE5, AREA, DAY, WORDS, HEAD, BORN, MARK])
def test_what_is_no_value_at_all_is_refused_everywhere(column):
    assert refusal(column, "=SUM(A1:A3)", "formula") == (
        "formula",
        "đang là công thức; hãy sao chép ô rồi dán giá trị (Paste Special → Values).",
    )
    assert refusal(column, "#N/A", "error") == (
        "error_value",
        "đang báo lỗi Excel #N/A; hãy xóa và nhập giá trị đúng.",
    )
    assert refusal(column, True) == (
        "boolean",
        "đang là giá trị đúng/sai (TRUE) của Excel; hãy nhập lại bằng chữ hoặc số.",
    )
    rule, message = refusal(column, 0.12, "percent")
    assert rule == "percent"
    assert "hãy đổi định dạng ô thành Number" in message


@pytest.mark.parametrize(
    ("column", "hint"),
    [
        (Column("x", "A", INTEGER, required=True, minimum=1), "số nguyên từ 1 trở lên"),
        (Column("x", "A", DECIMAL, required=True, minimum=-5, maximum=5), "số từ -5 đến 5"),
        (Column("x", "A", CODE, required=True, digits=5), "mã gồm đúng 5 chữ số"),
        (Column("x", "A", required=True, maximum=200), "chữ, tối đa 200 ký tự"),
        (Column("x", "A", NAME, required=True), "tên (chữ), tối đa 200 ký tự"),
        (Column("x", "A", YEAR, required=True, maximum=2025), "năm từ 1900 đến 2025"),
        (Column("x", "A", FLAG, required=True), "0 hoặc 1"),
        (
            Column("x", "A", DATE, required=True, minimum=date(2021, 1, 1)),
            "ngày từ 01/01/2021 trở đi",
        ),
        (Column("x", "A", CHOICE, required=True, choices=((1, "Có"),)), "một trong: Có"),
    ],
)
@pytest.mark.parametrize("blank", [(None, "blank"), ("", "blank"), (" \xa0", "blank")])
def test_required_blanks_are_refused_with_what_to_fill_in(column, hint, blank):
    assert refusal(column, *blank) == (
        "missing_code" if column.kind == CODE else "missing_value",
        f"bắt buộc nhưng đang để trống; hãy điền {hint}.",
    )


def test_required_text_of_invisible_signs_is_blank():
    column = Column("x", "A", required=True)

    assert refusal(column, "_x0000_\u200b", "text")[0] == "missing_value"


def test_a_long_list_of_choices_is_not_told_in_full():
    many = Column("x", "Xã", CHOICE, choices=tuple((n, f"Xã {n}") for n in range(50)))

    assert refusal(many, "Xã 50")[1].endswith("Xã 10; Xã 11; … (xem danh sách).")
    assert taken(many, 49) == (49, [])


def test_a_column_has_its_own_names_for_the_general_rules():
    born = Column("x", "A", YEAR, maximum=2025, rules={"too_high": "future_year"})
    bounded = Column("x", "A", INTEGER, maximum=5, rules={"out_of_range": "too_many"})
    identity = Column(
        *("x", "A", CODE),
        digits=12,
        required=True,
        rules={
            "missing_code": "missing_id",
            "leading_zero_lost": "id_as_number",
            "bad_length": "bad_id_length",
            "bad_character": "bad_id_character",
        },
    )

    assert refusal(born, 2030)[0] == "future_year"
    assert refusal(born, 1850)[0] == "out_of_range"
    assert refusal(bounded, 6)[0] == "too_many"
    assert refusal(identity, None)[0] == "missing_id"
    assert refusal(identity, 9.99e11)[0] == "id_as_number"
    assert refusal(identity, "99900000001")[0] == "bad_id_length"
    assert refusal(identity, "99900000000A")[0] == "bad_id_character"


SECRETS = [
    *(Column("x", "A", kind, secret=True) for kind in (TEXT, NAME, INTEGER, DECIMAL)),
    Column("x", "A", CODE, digits=12, secret=True),
    Column("x", "A", CHOICE, choices=(("k", "Kinh"),), secret=True),
    Column("x", "A", YEAR, maximum=1000, minimum=900, secret=True),
    Column("x", "A", FLAG, secret=True),
    Column("x", "A", DATE, maximum=date(1901, 1, 1), secret=True),
]


@pytest.mark.parametrize("kind", ["text", "plain"])
@pytest.mark.parametrize("column", SECRETS)
@pytest.mark.parametrize("seen", ["7531", "07.531", "7531,0", "<7531", " 7531", "31/12/7531"])
def test_findings_about_a_secret_column_do_not_quote_the_cell(column, seen, kind):
    assert all("7531" not in message for *_, message in taken(column, seen, kind)[1])


@pytest.mark.parametrize("column", SECRETS)
@pytest.mark.parametrize("seen", [7531, -7531.5, 7531e12, datetime(7531, 7, 5, 3, 1)])
def test_findings_about_a_number_in_a_secret_column_do_not_quote_it(column, seen):
    told = [message for *_, message in taken(column, seen)[1]]

    assert all("7531" not in message.replace(".", "") for message in told)


PEOPLE = Definition(
    "A",
    (
        Column("code", "Mã", CODE, required=True),
        Column("head", "Chủ hộ", NAME, required=True),
        Column("size", "Nhân khẩu", INTEGER, required=True),
    ),
    total_in=("head",),
)


def person(code, head, size):
    cells = {"code": code, "head": head, "size": size}
    row = Row(7, {n: Cell(v, f"{n}7", KIND[type(v)]) for n, v in cells.items()})
    return [(p.address, p.rule) for p in convert(PEOPLE, row)[1]]


@pytest.mark.parametrize("head", ["Tổng cộng", "TỔNG CỘNG:", "Cộng", "tong so", "Tổng số hộ: 15"])
def test_a_row_of_sums_is_one_problem_that_names_the_row(head):
    assert person(None, head, 152) == [("head7", "total_row")]
    assert person("C1", head, 152) == []


@pytest.mark.parametrize("head", ["Tống Văn Cộng", "Cống Thị Tổng", None])
def test_a_row_without_code_is_not_taken_for_one_of_sums_lightly(head):
    assert ("code7", "missing_code") in person(None, head, 152)


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
        lambda: Definition("A", (COUNT, Column("y", "Khác", aliases=("so_ho", "SỐ HỘ")))),
        lambda: Definition("A", (COUNT,), total_in=("name",)),
    ],
)
def test_a_definition_that_cannot_work_is_refused_at_once(wrong):
    with pytest.raises(ValueError, match="."):
        wrong()


CELLS = st.one_of(
    st.none().map(lambda none: (none, "blank")),
    st.text(max_size=30).map(lambda text: (text, "text")),
    st.from_regex(r"[-+]?[0-9 .,'E%/]{1,14}", fullmatch=True).map(lambda text: (text, "text")),
    st.from_regex(r"[-+]?[0-9 .,'E%/]{1,14}", fullmatch=True).map(lambda text: (text, "plain")),
    st.integers().map(lambda number: (number, "number")),
    st.floats().map(lambda number: (number, "number")),
    st.datetimes().map(lambda day: (day, "date")),
    st.times().map(lambda hour: (hour, "date")),
    st.timedeltas().map(lambda span: (span, "date")),
    st.booleans().map(lambda value: (value, "boolean")),
)


@settings(deadline=None)
@given(CELLS, st.sampled_from([COUNT, SHARE, CODE5, TAX, AREA, DAY, WORDS, HEAD, BORN, MARK]))
def test_any_cell_gives_a_value_in_bounds_or_one_sentence(cell, column):
    value, problems = taken(column, *cell)

    assert len(problems) <= 1
    if problems:
        blocking, rule, message = problems[0]
        assert rule
        assert message.endswith(".")
        assert not blocking or "; hãy " in message
    if column.kind in (INTEGER, DECIMAL, YEAR, FLAG, DATE):
        assert value is None or column.least <= value <= column.most
    elif column is CODE5:
        assert value == "" or (len(value) == 5 and value.isdigit())


@settings(deadline=None)
@given(st.integers(0, 2**31 - 1))
def test_counts_are_the_same_as_numbers_and_as_plain_text(number):
    assert taken(COUNT, float(number)) == (number, [])
    assert taken(COUNT, str(number), "plain") == (number, [])
    assert taken(COUNT, str(number))[0] == number
