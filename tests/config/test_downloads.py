"""Tables to take away: what is written is what comes back, at any length, and harms nobody."""

import csv
import io
import tempfile
import tracemalloc
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from itertools import repeat

import pytest
from django.http import FileResponse
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet import _writer

from config import downloads
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
    Column,
    Definition,
    SheetError,
    reading,
    streams,
)
from config.text import clean_line, clean_text
from tests.config.packages import NamedBytes

LIST = Definition(
    "Danh sách hộ",
    (
        Column("code", "Mã hộ", CODE, digits=10, help="Mã trong sổ.", width=16),
        Column("tax", "Mã số thuế", CODE),
        Column("head", "Chủ hộ", NAME),
        Column("size", "Nhân khẩu", INTEGER, minimum=-100),
        Column("rate", "Tỷ lệ (%)", DECIMAL, minimum=-100, maximum=100),
        Column("fine", "Tỷ lệ chi tiết", DECIMAL, minimum=-1, places=3),
        Column("born", "Năm sinh", YEAR),
        Column("job", "Thiếu việc làm", FLAG),
        Column("state", "Tình trạng", CHOICE, choices=(("n", "Hộ nghèo"), ("k", "Thoát nghèo"))),
        Column("day", "Ngày", DATE),
        Column("note", "Ghi chú", TEXT),
        Column("lines", "Ý kiến", TEXT, multiline=True),
    ),
    max_rows=1_000,
)
ROW = {
    "code": "0000700001",
    "tax": "0900000001-001",
    "head": "Lê Thị O'Hara",
    "size": -3,
    "rate": Decimal("-0.50"),
    "fine": Decimal("12.345"),
    "born": 1970,
    "job": 0,
    "state": "n",
    "day": date(2023, 12, 14),
    "note": "=SUM(A1)",
    "lines": "@dòng 1\n- dòng 2; \"nháy\", 'đơn'",
}
BLANK = {
    **dict.fromkeys(("code", "tax", "head", "state", "note", "lines"), ""),
    **dict.fromkeys(("size", "rate", "fine", "born", "job", "day")),
}
both = pytest.mark.parametrize("suffix", downloads.SUFFIXES)


def taken_away(rows, suffix, definition=LIST):
    response = downloads.table(definition, rows, name="Danh sách hộ", suffix=suffix)
    return b"".join(chunks_of(response))


def chunks_of(response):
    """What a server sends; it would close the file, and the database's connections."""
    yield from response.streaming_content
    if isinstance(response, FileResponse):
        response.file_to_stream.close()


def read_back(content, suffix, definition=LIST):
    with reading(NamedBytes(content, f"a{suffix}"), definition) as source:
        rows = list(source)
    return [row.values for row in rows], [p for row in rows for p in row.problems]


@both
def test_what_is_taken_away_comes_back_as_it_was(suffix):
    second = BLANK | {"code": "0000700002", "head": "Bá"}

    assert read_back(taken_away([ROW, second], suffix), suffix) == ([ROW, second], [])


@both
@pytest.mark.parametrize(
    "text",
    ["=A", "'=A", "''=A", "'x", "O'Hara", "+84 912", "-", "-5", "- gạch", "@x", "#N/A", "'#N/A"]
    + ["TRUE", "0012", "1e5", "9.99E+11", "45291", "2.500", "1/2", "a_x000D_b", "x" * 32_767]
    + ["x;=cmd|'/C calc'!A0;y", "x;'=1", "x, @a", "x;-a", "10,-5", "a; - b"]
    + ["<b>&amp;", 'nói "có"', "a,b;c", unicodedata.normalize("NFC", "Hường"), "𠮷", "🎉"],
)
def test_any_text_comes_back_as_it_was(suffix, text):
    definition = Definition("A", (Column("n", "N", INTEGER), Column("text", "T")))

    content = taken_away([{"n": 1, "text": text}], suffix, definition)

    assert read_back(content, suffix, definition) == ([{"n": 1, "text": text}], [])


@pytest.mark.parametrize("text", ["x;=cmd|'/C calc'!A0;y", "x\t=1", "a, +1", "a;@b", "a\n-b"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_no_cell_is_a_formula_whatever_mark_parts_them(text, delimiter):
    definition = Definition("A", (Column("n", "N"), Column("text", "T", multiline=True)))

    content = taken_away([{"n": "1", "text": text}], ".csv", definition).decode("utf-8-sig")

    for line in csv.reader(io.StringIO(content), delimiter=delimiter):
        assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for cell in line)


@both
def test_text_that_is_not_clean_comes_back_clean(suffix):
    decomposed = unicodedata.normalize("NFD", "Lê  Thị\u00a0Hường")

    values, problems = read_back(taken_away([ROW | {"head": decomposed}], suffix), suffix)

    assert values == [ROW | {"head": "Lê Thị Hường"}]
    assert not any(problem.blocking for problem in problems)


@both
def test_signs_that_no_file_may_hold_are_left_out(suffix):
    rows = [ROW | {"note": "a\x00\x1bb\ud800"}]

    assert read_back(taken_away(rows, suffix), suffix)[0][0]["note"].rstrip("?") == "ab"


WORD = st.text(max_size=12) | st.sampled_from(
    ["=1", "'", "'=", "-1", "+", "#N/A", "x\ty", "E-1", "x;=1", "y,'-a"]
)
CLEAN = WORD.map(clean_line)
ROWS = st.fixed_dictionaries(
    {
        "code": st.from_regex("[0-9]{10}", fullmatch=True),
        "tax": st.from_regex("[A-Z0-9]{1,9}(-[0-9]{3})?", fullmatch=True),
        "head": st.sampled_from(["", "Lê An", "NGUYỄN VĂN BÌNH", "H'Hen Niê", "Đoàn Thị Đào"]),
        "size": st.integers(-100, 2**31 - 1) | st.none(),
        "rate": st.decimals(-100, 100, places=2) | st.none(),
        "fine": st.decimals(-1, 10**9, places=3) | st.none(),
        "born": st.integers(1900, 2100) | st.none(),
        "job": st.sampled_from([0, 1, None]),
        "state": st.sampled_from(["n", "k", ""]),
        "day": st.dates(date(1900, 3, 1), date(2100, 12, 31)) | st.none(),
        "note": CLEAN,
        "lines": st.lists(WORD, max_size=3).map("\n".join).map(clean_text),
    }
)


@both
@settings(deadline=None, max_examples=60)
@given(rows=st.lists(ROWS, max_size=3))
def test_whatever_is_taken_away_comes_back(suffix, rows):
    assert read_back(taken_away(rows, suffix), suffix) == (rows, [])


@both
def test_flags_and_choices_may_be_told_otherwise_and_what_a_row_lacks_is_blank(suffix):
    rows = [{"code": "0000700001", "job": True, "state": "n"}, {"code": "0000700002"}]

    values, _ = read_back(taken_away(rows, suffix), suffix)

    assert values == [
        BLANK | {"code": "0000700001", "job": 1, "state": "n"},
        BLANK | {"code": "0000700002"},
    ]


@both
def test_a_table_without_rows_has_its_heads(suffix):
    assert read_back(taken_away([], suffix), suffix) == ([], [])


@both
def test_a_table_may_have_a_single_column(suffix):
    definition = Definition("A", (Column("a", "A"),))

    assert read_back(taken_away([{"a": "x"}], suffix, definition), suffix, definition)[0] == [
        {"a": "x"}
    ]


@both
def test_an_instant_is_no_day(suffix):
    with pytest.raises(TypeError, match="cannot hold a datetime"):
        taken_away([ROW | {"day": datetime(2023, 1, 1)}], suffix)


# Text files


def csv_lines(rows, definition=LIST):
    return taken_away(rows, ".csv", definition).decode("utf-8-sig").split("\r\n")


def test_a_text_file_tells_excel_its_encoding_and_uses_plain_numbers_and_days():
    content = taken_away([ROW | {"lines": "x", "rate": Decimal("0E-7"), "fine": 1e-7}], ".csv")

    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").splitlines() == [
        "Mã hộ,Mã số thuế,Chủ hộ,Nhân khẩu,Tỷ lệ (%),Tỷ lệ chi tiết,Năm sinh,Thiếu việc làm,"
        "Tình trạng,Ngày,Ghi chú,Ý kiến",
        "0000700001,0900000001-001,Lê Thị O'Hara,-3,0.0000000,0.0000001,1970,0,Hộ nghèo,"
        "2023-12-14,'=SUM(A1),x",
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1+1", "@SUM(A1)", '=HYPERLINK("x")', "=a,b"])
def test_no_cell_of_a_text_file_begins_like_a_formula(text):
    rows = [{"code": "1", "note": "x"}] * 3 + [{"code": "2", "note": text, "head": text}]

    written = list(csv.reader(io.StringIO("\n".join(csv_lines(rows)))))

    assert written[4][10] == written[4][2] == f"'{text}"


def test_the_same_row_is_written_alike_beside_any_other():
    rows = [ROW, BLANK | {"code": "1", "note": "-5"}, BLANK | {"code": "2", "note": "x"}]

    assert [csv_lines([row])[1] for row in rows[1:]] == csv_lines(rows)[-3:-1]


def test_the_answer_is_a_stream_with_its_name_and_kind():
    seen = []

    def rows():
        for number in range(5 * streams.TOGETHER):
            seen.append(number)
            yield {"code": f"{number:010}"}

    response = downloads.table(LIST, rows(), name="Hộ nghèo, 2023", suffix=".csv")

    assert seen == []
    assert response.streaming
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="ho-ngheo-2023.csv"'
    chunks = iter(response.streaming_content)
    next(chunks), next(chunks)
    assert len(seen) == streams.TOGETHER


@both
def test_memory_does_not_grow_with_the_table(suffix):
    def peak(count):
        tracemalloc.start()
        for _ in chunks_of(downloads.table(LIST, repeat(ROW, count), name="a", suffix=suffix)):
            pass
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(1_500) < peak(streams.TOGETHER) + 100_000


# Workbooks


def opened(rows, definition=LIST):
    return load_workbook(io.BytesIO(taken_away(rows, ".xlsx", definition)))


def test_cells_of_a_workbook_are_what_they_are():
    worksheet = opened([ROW]).worksheets[0]

    assert worksheet.title == "Danh sách hộ"
    cells = {column.name: cell for column, cell in zip(LIST.columns, worksheet[2], strict=True)}
    assert (cells["code"].value, cells["code"].number_format) == ("0000700001", "@")
    assert (cells["size"].value, cells["size"].number_format) == (-3, "#,##0")
    assert (cells["rate"].value, cells["rate"].number_format) == (-0.5, "#,##0.00")
    assert (cells["born"].value, cells["born"].number_format) == (1970, "0")
    assert cells["day"].value == datetime(2023, 12, 14)
    assert cells["day"].number_format == "dd/mm/yyyy"
    assert (cells["note"].data_type, cells["note"].quotePrefix) == ("s", True)
    assert not cells["head"].quotePrefix
    assert (worksheet.freeze_panes, worksheet.auto_filter.ref) == ("A2", "A1:L2")
    assert worksheet.column_dimensions["A"].width == 16


def test_a_second_sheet_explains_the_columns():
    workbook = opened([ROW])

    assert workbook.sheetnames == ["Danh sách hộ", "Hướng dẫn"]
    guide = list(workbook["Hướng dẫn"].iter_rows(values_only=True))
    assert guide[0][0] == "Hướng dẫn đọc “Danh sách hộ”"
    assert (
        *("Mã hộ", "không", "mã (định dạng Text)"),
        *("Mã gồm đúng 10 chữ số", "Mã trong sổ."),
    ) in guide


def test_a_workbook_is_an_attachment_with_its_name_and_kind():
    response = downloads.table(LIST, [ROW], name="Hộ nghèo", suffix=".xlsx")

    assert response["Content-Disposition"] == 'attachment; filename="ho-ngheo.xlsx"'
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    assert int(response["Content-Length"]) > 1000
    response.file_to_stream.close()


def test_more_rows_than_excel_takes_are_refused_and_nothing_stays_behind(monkeypatch, tmp_path):
    monkeypatch.setattr(streams, "LAST_ROW", 3)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))  # others write workbooks meanwhile

    assert len(read_back(taken_away([ROW] * 2, ".xlsx"), ".xlsx")[0]) == 2
    with pytest.raises(SheetError, match="hãy tải dạng .csv hoặc lọc bớt"):
        taken_away([ROW] * 3, ".xlsx")

    assert list(tmp_path.iterdir()) == []
    assert _writer.ALL_TEMP_FILES == []


def test_rows_that_break_off_leave_nothing_behind():
    def rows():
        yield ROW
        raise LookupError

    with pytest.raises(LookupError):
        taken_away(rows(), ".xlsx")

    assert _writer.ALL_TEMP_FILES == []


def test_what_does_not_fit_into_a_cell_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="do not fit"):
        taken_away([ROW | {"note": "a" * 40_000}], ".xlsx")
    with pytest.raises(TypeError, match="cannot hold a list"):
        taken_away([ROW | {"size": [1]}], ".xlsx")
