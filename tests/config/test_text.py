"""Vietnamese text: spelling, search, order, number words, dates, file names."""

import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from config import text

# Each row was ordered by ICU (locale vi, numbers by size), whose order Excel and Word follow.
ORDERED = (
    "A|À|Ả|Ã|Á|Ạ|Ă|Ằ|Ẳ|Ẵ|Ắ|Ặ|Â|Ầ|Ẩ|Ẫ|Ấ|Ậ|B|C|D|Đ|E|Ê|F|G|I|O|Ô|Ơ|P|U|Ư|V|W|X|Y|Z",
    "Ái Ân|An|Án|An Bình|Anh|Ăn|Ân|Ấn|Ba|Yên",
    "Doãn|don|dốc|dộn|Đếm|đền|đoan|Đoàn|đon|đòn|đọn|đồn|Đống",
    "gì|già|giá|gìn|ngang|ngàng|nghi|nghỉ|nghĩ|Nguyễn|Ngừ|Ngữ|Ngự",
    "Lang|Làng|Lạp Thạch|Lăng|Lân|Lấp Thạch|Lập Thach|Lập Thạch|Lập Thành",
    "Vịnh|Vĩnh Phúc|Vinh Quang|Vĩnh Tường|Vĩnh Yên",
    "u|ù|ụ|uốn|ủy|ư|ứ|ưa|ươn|ườn",
    "Hoà|Hoả|Hoá|Hoạ|Hòa|Hỏa|Hóa|Họa|Hoàng",
    "Xã An|Xã Bá Hiến|Xã Bà Rịa|Xã Bình",
    "Trà|Tràn|Trăn|Trân|Trấn|Trận|Trần Văn An|Trần Văn Ân|Trần Vân Anh",
    "Thôn 1|Thôn 2|Thôn 2 Đông|Thôn 9|Thôn 10|Thôn 100|Thôn Bá",
    "Thị trấn 2/9|Thị trấn 10|Thị trấn A",
)
LINES = st.text(max_size=60)
unhurried = settings(deadline=None)  # the machine may be busy; speed is for benchmarks


@pytest.mark.parametrize("row", ORDERED)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_words_sort_by_the_vietnamese_alphabet(row, form):
    words = unicodedata.normalize(form, row).split("|")
    shuffled = Random(1).sample(words, len(words))

    assert sorted(shuffled, key=text.sort_key) == words


@pytest.mark.django_db
@pytest.mark.parametrize("row", ORDERED)
def test_the_database_sorts_the_stored_key_alike(row):
    keys = [text.sort_key(word) for word in row.split("|")]
    rows = ", ".join(["(%s)"] * len(keys))
    collation = 'COLLATE "C"' if connection.vendor == "postgresql" else ""

    with connection.cursor() as cursor:
        statement = f"WITH t(k) AS (VALUES {rows}) SELECT k FROM t ORDER BY k {collation}"  # noqa: S608
        cursor.execute(statement, sorted(keys, reverse=True))
        assert [key for (key,) in cursor.fetchall()] == keys


@unhurried
@given(LINES)
def test_the_sort_key_is_storable_and_bounded(line):
    key = text.sort_key(line)

    assert "\x00" not in key
    assert len(key) <= 4 * len(text.nfc(line).casefold()) + 1
    assert key == text.sort_key(text.clean_line(line).swapcase()) or not line.isascii()


@unhurried
@given(st.lists(st.text(alphabet="aáàăâbđdeêioôơuưy 12-", max_size=8), min_size=3, max_size=3))
def test_the_order_is_that_of_letters_before_that_of_tones(words):
    bare = {key: key.split(" ")[0] for key in map(text.sort_key, words)}

    assert sorted(bare.values()) == [bare[key] for key in sorted(bare)]


@pytest.mark.parametrize(
    ("line", "folded"),
    [
        ("Đoàn  Thanh niên", "doan thanh nien"),
        ("XUÂN HOÀ", "xuan hoa"),
        ("Xuân Hòa", "xuan hoa"),
        ("Lê\xa0Văn\u200bBình", "le van binh"),
        (unicodedata.normalize("NFD", "Tỷ lệ hộ nghèo ưỡn"), "ty le ho ngheo uon"),
        ("\t 10 % \n", "10 %"),
        ("", ""),
    ],
)
def test_folding_forgives_accents_case_and_blanks(line, folded):
    assert text.fold(line) == folded


@unhurried
@given(LINES)
def test_folding_twice_changes_nothing_and_forms_agree(line):
    folded = text.fold(line)

    assert text.fold(folded) == folded
    assert text.fold(unicodedata.normalize("NFD", line)) == folded


@pytest.mark.parametrize(
    ("line", "clean"),
    [
        ("  Lê Văn  Bình  ", "Lê Văn Bình"),
        ("Lê\xa0Văn\u200bBình", "Lê Văn Bình"),
        ("An\u202egpj.exe", "Angpj.exe"),
        ("a\x00b\x07c\x1b", "abc"),
        ("dòng 1\r\ndòng\t2", "dòng 1 dòng 2"),
        ("Hội 🎉 & <b>", "Hội 🎉 & <b>"),
        ("\ufeffđầu\ufffe", "đầu"),
        ("\ud800x", "x"),
        (unicodedata.normalize("NFD", "Nguyễn Thị Hường"), "Nguyễn Thị Hường"),
    ],
)
def test_a_clean_line_has_only_what_can_be_seen(line, clean):
    assert text.clean_line(line) == clean


@unhurried
@given(LINES)
def test_cleaning_twice_changes_nothing(line):
    clean = text.clean_line(line)

    assert text.clean_line(clean) == clean == unicodedata.normalize("NFC", clean)
    assert "  " not in clean
    clean.encode()


def test_clean_text_keeps_its_paragraphs():
    assert text.clean_text("\n Một \r\n\r\n\r\n\nhai\x0b\tba \n") == "Một\n\nhai\nba"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (4, "bốn"),
        (10, "mười"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (55, "năm mươi lăm"),
        (101, "một trăm linh một"),
        (111, "một trăm mười một"),
        (1_001, "một nghìn không trăm linh một"),
        (1_005_000, "một triệu không trăm linh năm nghìn"),
        (2_340_000, "hai triệu ba trăm bốn mươi nghìn"),
        (1_000_024, "một triệu không trăm hai mươi tư"),
        (1_005_000_000, "một tỷ không trăm linh năm triệu"),
        (20_000_000_000_000, "hai mươi nghìn tỷ"),
        (-25, "âm hai mươi lăm"),
    ],
)
def test_numbers_are_read_as_in_vietnamese_papers(number, words):
    assert text.number_words(number) == words


def number_from(words):
    """Read number words back, by other means than they were written."""
    names = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
    digits = {name: value for value, name in enumerate(names)} | {"mốt": 1, "tư": 4, "lăm": 5}
    total = group = 0
    for word in words.split():
        if word in digits:
            group += digits[word]
        elif word in ("mươi", "trăm"):
            unit = group % 10
            group += unit * (9 if word == "mươi" else 99)
        elif word in ("nghìn", "triệu"):
            total, group = total + group * (1000 if word == "nghìn" else 10**6), 0
    return total + group


@unhurried
@given(st.integers(0, 10**9 - 1))
def test_number_words_can_be_read_back(number):
    assert number_from(text.number_words(number)) == number


@pytest.mark.parametrize(
    ("number", "places", "written"),
    [
        (1234567.5, None, "1.234.567,5"),
        (Decimal("0.610"), None, "0,61"),
        (Decimal("0.605"), 2, "0,61"),
        (3465, None, "3.465"),
        (100, None, "100"),
        (Decimal("1E+6"), None, "1.000.000"),
        (-0.001, 2, "0,00"),
        (-1234, 0, "-1.234"),
    ],
)
def test_numbers_take_points_for_thousands_and_a_decimal_comma(number, places, written):
    assert text.vn_number(number, places) == written


def test_an_instant_has_the_day_of_vietnam():
    assert text.vn_date(date(2023, 1, 5)) == "05/01/2023"
    assert text.vn_date(datetime(2023, 11, 30, 17, 0, tzinfo=UTC)) == "01/12/2023"
    assert text.vn_date(datetime(2023, 11, 30, 23, 59)) == "30/11/2023"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Báo cáo Đoàn (2023)", "bao-cao-doan-2023"),
        ("../../etc/passwd", "etc-passwd"),
        ("Con", "tep-con"),
        ("🎉", "tep"),
        ("", "tep"),
    ],
)
def test_file_names_are_plain_ascii(title, name):
    assert text.slug(title) == name


@unhurried
@given(LINES)
def test_file_names_are_short_and_safe(line):
    name = text.slug(line, limit=20)

    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert 1 <= len(name) <= 24
    assert not name.startswith("-")
    assert not name.endswith("-")
