"""From an uploaded text file to rows: delimiters, encodings, quotation marks, bounds."""

import csv
import io
import re
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.sheets import CODE, DECIMAL, INTEGER, NAME, Column, Definition, SheetError, reading
from config.sheets.delimited import CHUNK, TextLimits, defused, undefused
from config.text import clean_text
from tests.config.packages import NamedBytes, workbook_bytes

PEOPLE = Definition(
    "Hộ",
    (
        Column("code", "Mã hộ", CODE, required=True, digits=4, aliases=("ma_ho",)),
        Column("head", "Chủ hộ", NAME, required=True, aliases=("chu_ho",)),
        Column("size", "Nhân khẩu", INTEGER, aliases=("so_nhan_khau",)),
        Column("note", "Ghi chú", multiline=True),
    ),
    max_rows=100_000,
    total_in=("head",),
)
HEAD = "ma_ho,chu_ho,so_nhan_khau\n"
ROW = "0001,Lê Văn An,4\n"
TAKEN = {"code": "0001", "head": "Lê Văn An", "size": 4, "note": ""}


def told(content, definition=PEOPLE, name="danh sách.csv", **limits):
    """The source when it is through, and its rows."""
    content = content.encode() if isinstance(content, str) else content
    with reading(NamedBytes(content, name), definition, **limits) as source:
        return source, list(source)


def refusals(content, definition=PEOPLE, **more):
    with pytest.raises(SheetError) as caught:
        told(content, definition, **more)
    return caught.value.args


def refusal(content, **more):
    (sentence,) = refusals(content, **more)
    return sentence


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_excel_and_other_programs_write_is_read_alike(delimiter, line_break, encoding):
    text = (HEAD + ROW + "0002,Bá,\n").replace(",", delimiter).replace("\n", line_break)

    source, rows = told(text.encode(encoding))

    assert [(row.number, row.values, list(row.problems)) for row in rows] == [
        (2, TAKEN, []),
        (3, {"code": "0002", "head": "Bá", "size": None, "note": ""}, []),
    ]
    assert (source.total, source.done_share, source.notes) == (2, 1, ())


def test_big_endian_and_the_endings_of_excel_are_known():
    text = "\ufeff" + (HEAD + ROW).replace(",", "\t")

    assert told(text.encode("utf-16-be"), name="danh sách.TXT")[1][0].values == TAKEN


def test_a_comma_in_a_head_does_not_mislead_about_the_delimiter():
    definition = Definition(
        "A", (Column("a", "Tên, họ"), Column("b", "Số; ngày"), Column("c", "Nơi"))
    )

    assert told('Tên, họ;"Số; ngày";Nơi\nx;y;z', definition)[1][0].values == {
        "a": "x",
        "b": "y",
        "c": "z",
    }
    assert told('"Tên, họ",Số; ngày,Nơi\nx,y,z', definition)[1][0].values["b"] == "y"


def test_lines_above_the_header_are_passed_over():
    source, rows = told("sep=,\nDanh sách hộ,,\n\n" + HEAD + ROW)

    assert [row.number for row in rows] == [5]
    assert source.address(5, "size") == "dòng 5"


def test_wrong_cells_are_told_by_line_and_column():
    _, rows = told(HEAD + ROW + "17,Lê An,bốn\n")

    assert [str(problem).partition(":")[0] for problem in rows[1].problems] == [
        "Dòng 3 (cột “Mã hộ”)",
        "Dòng 3 (cột “Nhân khẩu”)",
    ]
    assert [problem.rule for problem in rows[1].problems] == ["leading_zero_lost", "text_in_number"]


def test_rows_are_counted_as_a_spreadsheet_does_when_a_cell_has_several_lines():
    _, rows = told('ma_ho,chu_ho,Ghi chú\n0001,An,"một\r\nhai ""ba"", bốn"\n0002,Bá,\n')

    assert [(row.number, row.values["note"]) for row in rows] == [
        (2, 'một\nhai "ba", bốn'),
        (3, ""),
    ]


def test_short_rows_end_in_blanks_as_excel_writes_them_and_long_ones_are_told():
    _, rows = told(HEAD + "0001,An\n0002,Bá,1,,,\n0003,Lê, Ca,2\n")

    assert rows[0].values["size"] is None
    assert [[problem.rule for problem in row.problems] for row in rows] == [
        [],
        [],
        ["text_in_number", "stray_value"],
    ]
    assert str(rows[2].problems[1]).startswith("Dòng 4 (cột “thứ 4”): có giá trị nhưng cột này")


def test_blank_rows_are_left_out_and_told_and_the_row_of_sums_is_one_problem():
    source, rows = told(HEAD + ROW + "\n,,\n , ,\n0002,Bá,1\n,Tổng cộng,5\n,,\n")

    assert [(row.number, [p.rule for p in row.problems]) for row in rows] == [
        (2, []),
        (6, []),
        (7, ["total_row"]),
    ]
    assert source.notes == ("Bỏ qua 3 dòng trống trong bảng (dòng 3, 4, 5).",)


def test_heads_are_checked_as_in_workbooks():
    assert refusals("ma_ho,chu_ho,tuoi,Mã hộ\n0001,An,4,\n") == (
        "Cột thứ 3 (dòng 1) “tuoi” không có trong mẫu; hãy xóa cột đó hoặc sửa lại tên cột cho "
        "đúng mẫu.",
        "Cột thứ 4 (dòng 1) “Mã hộ” bị lặp; hãy giữ lại một cột.",
    )
    assert refusals("ma_ho,so_nhan_khau\n0001,4\n") == (
        "Thiếu cột “Chủ hộ”; hãy thêm cột đó hoặc tải lại mẫu.",
    )
    assert "Không thấy dòng tiêu đề" in refusal("a,b\n1,2\n")


@pytest.mark.parametrize(
    ("tail", "line"),
    [("0002,Nguyễn,1\n", 3), ("0001,An,4\n" * 30_000 + "0002,Nguyễn,1\n", 30_003)],
)
@pytest.mark.parametrize("encoding", ["cp1258", "utf-16-le"])
def test_other_encodings_are_refused_with_the_line_and_the_way_out(tail, line, encoding):
    wrong = tail.replace("ễ", "ê\u0303").encode(encoding)
    content = (HEAD + ROW).encode() + wrong

    sentence = refusal(content)

    shown = f"{line:,}".replace(",", ".") if encoding == "cp1258" else "3"
    assert f"ở dòng {shown};" in sentence
    assert "hãy mở bằng Excel" in sentence
    assert sentence.startswith("Tệp “danh sách.csv” ")


def test_utf_16_cut_short_is_refused():
    assert "không phải mã Unicode" in refusal((HEAD + ROW).encode("utf-16")[:-1])


@pytest.mark.parametrize("sign", ["\0", "\x01", "\x0b", "\x1b", "\x7f"])
def test_control_characters_are_refused_with_the_line(sign):
    assert refusal(HEAD + ROW + f"0002,B{sign}á,1\n") == (
        "Tệp “danh sách.csv” có ký tự điều khiển không phải chữ ở dòng 3; hãy mở bằng Excel, lưu "
        "lại dạng CSV UTF-8 rồi chọn lại."
    )


@pytest.mark.parametrize(
    "broken",
    [
        '0002,"Bá,1\n' + ROW,
        '0002,"Bá,1\n' + ROW * 20_000,
        '0002,"Bá"x,1\n' + ROW,
    ],
)
def test_broken_quotation_marks_are_refused_with_the_line(broken):
    sentence = refusal(HEAD + ROW + broken)

    assert "dấu ngoặc kép mở mà không đóng, hoặc chữ sau dấu ngoặc kép đóng, ở gần dòng 3;" in (
        sentence
    )


def test_a_row_in_quotation_marks_cannot_grow_without_end():
    endless = f'"{"x" * 1000}\n",' * (6 * CHUNK // 1000)

    assert "ở gần dòng 3" in refusal(HEAD + ROW + endless)


def test_a_line_too_long_and_too_many_columns_are_refused():
    assert "có dòng 2 dài quá" in refusal(HEAD + "0001," + "x" * 2 * CHUNK)
    assert "có 300 cột, quá giới hạn 200" in refusal("ma_ho,chu_ho" + "," * 298 + "\n")


def test_size_and_rows_are_bounded():
    few = Definition("Hộ", PEOPLE.columns, max_rows=2)

    assert "quá giới hạn" in refusal(HEAD + ROW, text_limits=TextLimits(max_bytes=10))
    assert refusal(HEAD + ROW * 3, definition=few) == (
        "Bảng có hơn 2 dòng; hãy chia thành nhiều tệp."
    )
    assert refusal("") == "Tệp “danh sách.csv” trống (0 byte); hãy kiểm tra rồi chọn lại."


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (workbook_bytes(), "a.csv", "là Excel (.xlsx); chỉ nhận CSV (.csv)"),
        (b"%PDF-1.7", "a.csv", "là PDF; chỉ nhận CSV (.csv)"),
        (b"\x7fELF" + bytes(100), "a.csv", "chương trình máy tính"),
        (HEAD.encode(), "a.xlsx", "tệp chữ thuần (TXT, CSV)"),
        (HEAD.encode(), "a.xls", "tệp chữ thuần (TXT, CSV)"),
    ],
)
def test_what_is_no_text_file_is_refused_by_name(content, name, reason):
    sentence = refusal(content, name=name)

    assert reason in sentence
    assert f"“{name}”" in sentence


@pytest.mark.parametrize("name", ["MZ", "#!", "ID3", "<html>", "<script>", "BMxxxx\0"[:6]])
def test_text_that_begins_like_something_else_is_text(name):
    definition = Definition("A", (Column("a", name), Column("b", "B", CODE)))

    assert told(f"{name},B\nx,1\n", definition)[1][0].values == {"a": "x", "b": "1"}


def test_memory_stays_flat_and_progress_is_told_on_the_way():
    rows = 60_000
    file = NamedBytes((HEAD + ROW * rows).encode(), "a.csv")
    shares, totals = [], []

    tracemalloc.start()
    with reading(file, PEOPLE) as source:
        for row in source:
            if row.number % 10_000 == 0:
                shares.append(source.done_share)
                totals.append(source.total)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 4 * 2**20
    assert shares == sorted(shares)
    assert 0 < shares[0] < 0.4
    assert all(abs(total - rows) < 10 for total in totals)
    assert (source.total, source.done_share) == (rows, 1)


def test_the_file_is_left_at_its_start():
    file = NamedBytes((HEAD + ROW).encode(), "a.csv")
    with reading(file, PEOPLE) as source:
        assert len(list(source)) == 1

    assert file.tell() == 0


# Formulas, on the way in and on the way out

WORDS = Definition("A", (Column("a", "A"), Column("b", "B", DECIMAL, minimum=-9)))


def test_an_equals_sign_is_a_formula_and_an_apostrophe_before_it_is_not():
    _, rows = told("A,B\n=1+1,=2+2\n'=1+1,'-3\n#N/A,TRUE\n'#N/A,\n-,-2\n", WORDS)

    assert [[problem.rule for problem in row.problems] for row in rows] == [
        ["formula", "formula"],
        [],
        ["error_value", "boolean"],
        [],
        [],
    ]
    assert [row.values["a"] for row in rows] == ["", "=1+1", "", "#N/A", "-"]
    assert [row.values["b"] for row in rows[1::3]] == [-3, -2]


@given(st.text() | st.text(alphabet="'=+-@#N/Ax") | st.text(alphabet="'=+-@ ;,\t\r\nx1.("))
def test_a_defused_text_is_harmless_and_comes_back_as_it_was(text):
    written = defused(text)

    assert undefused(written) == text
    if not re.fullmatch("-[0-9]+([.][0-9]+)?", text):
        assert not written.startswith(("=", "+", "-", "@"))
    for cell in re.split("[;,\t\r\n]", written)[1:]:
        assert not re.match("=|[+]|@|-[^\\W0-9]|-[(]|-[0-9]+[-+*/(]", cell.lstrip())


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("x;=cmd|'/C calc'!A0;y", "x;'=cmd|'/C calc'!A0;y"),
        ("x\t=1+1", "x\t'=1+1"),
        ("\t=1+1", "\t'=1+1"),
        ("x,  @SUM(A1)", "x,  '@SUM(A1)"),
        ("x\n-cmd", "x\n'-cmd"),
        ("x;-1+cmd", "x;'-1+cmd"),
        ("=a;+b", "'=a;'+b"),
        ("x;'=1", "x;''=1"),
    ],
)
def test_no_part_of_a_text_is_a_formula_for_another_delimiter(text, written):
    assert defused(text) == written
    assert undefused(written) == text


@pytest.mark.parametrize(
    "text", ["a; - b", "a\n- b\n- c", "10,-5", "2;-2.5;3", "a,-", "a = b; c", "a-b;c+d", "x,'y"]
)
def test_dashes_numbers_and_apostrophes_inside_a_text_are_left_alone(text):
    assert defused(text) == undefused(text) == text


@pytest.mark.parametrize("text", ["O'Hara", "'x", "x=1", "#1", ""])
def test_harmless_text_is_left_alone(text):
    assert defused(text) == text


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_but_never_break(content):
    content = HEAD.encode() + content
    try:
        told(content)
    except SheetError as refused:
        assert all("hãy" in sentence for sentence in refused.args)  # noqa: PT017


PIECES = st.text(alphabet="ab,;\t\"\n '", max_size=8)


@settings(deadline=None)
@given(st.lists(st.tuples(PIECES, PIECES, PIECES), max_size=5), st.sampled_from(",;\t"))
def test_whatever_a_writer_of_text_files_wrote_is_split_as_it_was(cells, delimiter):
    definition = Definition("A", tuple(Column(n, n, multiline=True) for n in "xyz"))
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([tuple("xyz"), *cells])

    rows = [tuple(row.values.values()) for row in told(out.getvalue(), definition)[1]]

    cleaned = [tuple(map(clean_text, row)) for row in cells]
    assert rows == [row for row in cleaned if any(row)]
