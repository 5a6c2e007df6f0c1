"""The fast road for rows that are surely right: it never disagrees with the slow one."""

import unicodedata
from datetime import date, datetime
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
    Column,
    Definition,
    Row,
    convert,
    delimited,
    quick,
    workbook,
)
from config.sheets.cells import Odd

KINDS = Definition(
    "A",
    (
        Column("code", "Mã", CODE, required=True, digits=5),
        Column("above", "Mã trên", CODE, digits=3),
        Column("free", "Mã khác", CODE),
        Column("head", "Chủ hộ", NAME, maximum=30),
        Column("note", "Ghi chú", TEXT, maximum=80),
        Column("lines", "Các dòng", TEXT, multiline=True),
        Column("count", "Số hộ", INTEGER, minimum=-5, maximum=1000),
        Column("share", "Tỷ lệ", DECIMAL, maximum=100, places=2),
        Column("fine", "Tỷ lệ nhỏ", DECIMAL, places=3),
        Column("born", "Năm sinh", YEAR),
        Column("mark", "Đánh dấu", FLAG),
        Column("area", "Khu vực", CHOICE, choices=(("u", "Thành thị"), ("r", "Nông thôn"))),
        Column("day", "Ngày", DATE),
    ),
    total_in=("head", "note"),
)
DOORS = {"xlsx": workbook.to_cell, "csv": delimited.to_cell}


def slow(definition, contents, to_cell):
    cells = {
        column.name: to_cell(column, content, "A1")
        for column, content in zip(definition.columns, contents, strict=True)
    }
    return convert(definition, Row(1, cells))


WRITTEN = st.one_of(
    st.sampled_from(["", " ", "0", "1", "08707", "087", "2.500", "0,8", "0.125", "x", "=1+1"]),
    st.sampled_from(["TRUE", "#N/A", "Tổng cộng", "Cộng", "nông thôn", "u", "Lê An", "'=A", "-1"]),
    st.sampled_from(["1970", "45291", "2023-12-14", "14/12/2023", "1970-05-01 00:00:00", "9E+11"]),
    st.sampled_from(["Lê  An", " Lê", unicodedata.normalize("NFD", "Lê An"), "A\u200bB", "\u212b"]),
    st.text(max_size=12),
    st.text(alphabet="0123456789.,+- E", max_size=8),
)
EXCELS = st.one_of(
    WRITTEN,
    st.none(),
    st.integers(-10, 50_000),
    st.floats(allow_nan=False, width=16),
    st.datetimes(datetime(1890, 1, 1), datetime(2110, 1, 1)),
    st.times(),
    st.builds(Odd, st.just("boolean"), st.booleans()),
    st.sampled_from([Odd("formula", "="), Odd("error", "#N/A"), Odd("percent", 0.5)]),
)
LIKELY = {
    "code": "08707",
    "above": "249",
    "free": "SNV-01",
    "head": "Lê Văn An",
    "note": "x",
    "lines": "",
    "count": "7",
    "share": "0.8",
    "fine": "0.125",
    "born": "1970",
    "mark": "1",
    "area": "u",
    "day": "2023-12-14",
}


def contents(cells):
    """Rows of which most cells are likely to be right."""
    return st.tuples(
        *(
            st.just(LIKELY[column.name]) | st.just(LIKELY[column.name]) | cells
            for column in KINDS.columns
        )
    )


@settings(deadline=None, max_examples=300)
@given(st.lists(contents(WRITTEN), min_size=1, max_size=4))
def test_what_is_quickly_taken_from_a_text_file_is_what_is_taken_slowly(rows):
    take = quick.compiled(KINDS, KINDS.columns, delimited.to_cell)

    for row in rows * 2:  # the second time from memory
        values = take(row)
        assert values is None or (values, []) == slow(KINDS, row, delimited.to_cell)


@settings(deadline=None, max_examples=300)
@given(st.lists(contents(EXCELS), min_size=1, max_size=4))
def test_what_is_quickly_taken_from_a_workbook_is_what_is_taken_slowly(rows):
    take = quick.compiled(KINDS, KINDS.columns, workbook.to_cell)

    for row in rows * 2:
        values = take(row)
        assert values is None or (values, []) == slow(KINDS, row, workbook.to_cell)
        assert values is None or list(map(type, values.values())) == list(
            map(type, slow(KINDS, row, workbook.to_cell)[0].values())
        )


def test_right_rows_do_take_the_fast_road():
    written = quick.compiled(KINDS, KINDS.columns, delimited.to_cell)(tuple(LIKELY.values()))
    typed = LIKELY | {"count": 7, "share": 0.8, "fine": 0.125, "born": 1970.0, "mark": 1}
    typed |= {"day": datetime(2023, 12, 14), "lines": None}

    assert written == quick.compiled(KINDS, KINDS.columns, workbook.to_cell)(tuple(typed.values()))
    assert written == LIKELY | {
        **{"count": 7, "share": Decimal("0.80"), "fine": Decimal("0.125"), "born": 1970, "mark": 1},
        "day": date(2023, 12, 14),
    }


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(
    "row",
    [
        ("", "", "", ""),
        (" ", "", "", ""),
        ("Tổng cộng", "", "", "1"),
        ("An", "", "x", "1"),
        ("An", "", "", "1", ""),
        ("An", "", ""),
    ],
)
def test_blank_rows_sums_and_what_stands_beside_the_table_are_left_to_the_slow_road(row, door):
    definition = Definition(
        "A", (Column("head", "A", NAME), Column("b", "B"), Column("c", "C")), total_in=("head",)
    )
    head, b, c = definition.columns

    assert quick.compiled(definition, (head, b, None, c), DOORS[door])(row) is None


def test_columns_may_stand_in_any_order_with_gaps_and_some_may_lack():
    definition = Definition("A", tuple(Column(n, n, required=n == "a") for n in "abc"))
    a, b, _ = definition.columns

    assert quick.compiled(definition, (b, None, a), delimited.to_cell)(("2", "", "1")) == {
        "a": "1",
        "b": "2",
        "c": "",
    }
    assert quick.compiled(definition, (b,), delimited.to_cell)(("2",)) is None


def test_memory_is_bounded():
    definition = Definition("A", (Column("a", "A", INTEGER),))
    seen = []

    def to_cell(column, content, address):
        seen.append(content)
        return delimited.to_cell(column, content, address)

    take = quick.compiled(definition, definition.columns, to_cell)
    for number in [*range(quick.REMEMBERED), quick.REMEMBERED - 1, "1", quick.REMEMBERED, 0]:
        assert take((str(number),)) == {"a": int(number)}

    assert seen[-2:] == [str(quick.REMEMBERED), "0"]
    assert len(seen) == quick.REMEMBERED + 2
