import pytest

from reports.papers.model import Column, Table
from reports.papers.tables import header, table, widths
from tests.reports.papers import samples


def test_grouped_columns_stand_under_one_upper_header():
    upper, lower = header(samples.COLUMNS)

    assert [(c["text"], c["columns"], c["rows"]) for c in upper] == [
        ("TT", 1, 2),
        ("Huyện, thành phố", 1, 2),
        ("Hộ nghèo", 2, 1),
        ("Kinh phí", 1, 2),
    ]
    assert [c["text"] for c in lower] == ["Số hộ", "Tỷ lệ (%)"]


def test_the_same_group_apart_is_two_headers():
    upper, _ = header((Column("a", group="G"), Column("b"), Column("c", group="G")))

    assert [c["text"] for c in upper] == ["G", "b", "G"]


def test_plain_columns_have_one_header_row():
    assert len(header((Column("a"), Column("b")))) == 1


def test_figures_stand_right_and_sums_are_marked():
    printed = table(samples.table())

    assert printed["aligns"] == ["center", "left", "right", "right", "right"]
    assert printed["rows"][0]["cells"] == [
        *("1", "Thành phố Vĩnh Yên", "1.234", "1,50", "1.234.567,5")
    ]
    assert [row["total"] for row in printed["rows"]] == [False, False, False, True]


def test_widths_share_the_whole():
    assert sum(table(samples.table())["widths"]) == pytest.approx(100, abs=0.01)


def test_told_widths_keep_their_ratio():
    source = Table("t", (Column("a", width=1), Column("b", width=3)), ())

    assert widths(source, []) == [25.0, 75.0]


def test_a_long_text_takes_more_room_than_a_figure():
    source = Table("t", (Column("a", "int"), Column("b")), ((1, "Xã " + "dài " * 30),))
    narrow, wide = widths(source, [["1", "Xã " + "dài " * 30]])

    assert wide > 4 * narrow


def test_many_columns_are_set_smaller_and_tighter():
    few, many = (
        table(Table("t", tuple(Column(str(n)) for n in range(count)), ())) for count in (5, 25)
    )

    assert (few["size"], many["size"]) == (12, 8)
    assert many["margin"] < few["margin"]
