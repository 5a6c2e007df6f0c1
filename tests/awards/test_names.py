"""What parts two names, or two numbers, and what does not."""

import unicodedata

import pytest

from awards.names import name_key, number_key, words_asked, words_of


@pytest.mark.parametrize(
    "written",
    [
        "NGUYỄN THỊ HÒA",
        "Nguyễn Thị Hòa",
        "Hòa Nguyễn Thị",
        " nguyen  thi hoa",
        unicodedata.normalize("NFD", "Nguyễn Thị Hoà"),
        "Bà Nguyễn Thị Hoà",
        "Hộ gia đình bà Nguyễn Thị Hòa",
        "HỘ BÀ NGUYỄN THỊ HÒA",
    ],
)
def test_a_spelling_does_not_part_two_names(written):
    assert name_key(written, "household") == name_key("Nguyễn Thị Hoà", "household")


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Đỗ Đăng Đạo", "dang dao do"),
        ("Hồ Anh Tuấn", "anh ho tuan"),
        ("Ông Hồ Minh", "ho minh"),
        ("Bà Triệu", "ba trieu"),
    ],
)
def test_a_surname_is_no_title(name, key):
    assert name_key(name, "person") == key


def test_a_collective_keeps_all_its_words():
    assert name_key("Hộ sản xuất chè Ba Vì", "collective") == "ba che ho san vi xuat"


@pytest.mark.parametrize("written", ["15/QĐ-UBND", "15 /qd-ubnd", "15/QD – UBND"])
def test_a_number_is_the_same_however_typed(written):
    assert number_key(written) == "15 qd ubnd"


def test_words_are_found_as_written_and_in_parts():
    assert words_of("Xã Đại-Đình", "15/QĐ") == {
        "xa",
        "dai-dinh",
        "dai",
        "dinh",
        "15/qd",
        "15",
        "qd",
    }
    assert words_asked(" “Đại, đình” – đình") == ["dai", "dinh"]
