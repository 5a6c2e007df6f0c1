"""Rows of a list of households, each wrong in one way, and the rule by which it is refused.

``GOOD`` is a household of phường Tích Sơn (invented). A row that names no code of its own, or no
identity number, gets one that no other row has, so that it holds only the fault it is about.
"""

import unicodedata
from datetime import date

from tests.factories.households import HEADS

GOOD = dict(
    zip(
        HEADS,
        ("0870700001", "0870701", "08707", "Ngô Văn Ẩn", "Nam", 1970, "999000000001", "Kinh", 4, 0,
         1, 1, 1, *[0] * 9, "N", "N", "CN", "MTN", "MTN"),
        strict=True,
    )
)  # fmt: skip
OK, NOTED, BLANK = "ok", "normalised", "blank_row"
NOTHING = dict.fromkeys(HEADS)

CASES = (
    # what is written, the first rule that refuses it (or how it is taken)
    ({"ma_ho": "0870700001", "so_dinh_danh": "999000000001"}, OK),
    ({"ma_ho": None}, "missing_code"),
    ({"ma_thon": ""}, "missing_code"),
    ({"ma_ho": "   "}, "missing_code"),
    ({"ma_ho": "0870700002"}, OK),
    ({"ma_ho": "0870700002", "chu_ho": "Triệu Thị Thơ"}, "duplicate_id"),
    ({"ma_ho": "0870700003", "so_dinh_danh": "999000000001"}, "duplicate_person"),
    ({"ma_thon": "9999901"}, "unknown_village"),
    ({"ma_thon": "0871001"}, "village_commune_mismatch"),
    ({"ma_xa": 8707}, "leading_zero_lost"),
    ({"ma_ho": 870700900}, "leading_zero_lost"),
    ({"so_dinh_danh": 9.99e11}, "id_as_number"),
    ({"so_dinh_danh": "99900000001"}, "bad_id_length"),
    ({"so_dinh_danh": "99900000000B"}, "bad_id_character"),
    ({"chu_ho": unicodedata.normalize("NFD", "Đặng Thị Yến")}, NOTED),
    ({"chu_ho": "  Lưu  Văn Hòa "}, NOTED),
    ({"chu_ho": "Lưu\u00a0Văn\u200bHòa"}, NOTED),
    ({"chu_ho": "LƯU VĂN HÒA"}, OK),
    ({"chu_ho": None}, "missing_name"),
    ({"chu_ho": 24680}, "wrong_type"),
    ({"chu_ho": "Ô" * 600}, "too_long"),
    ({"chu_ho": "<b onclick=alert(1)>Ẩn</b>"}, "unsafe_text"),
    ({"chu_ho": "=1+1"}, "formula"),
    ({"so_nhan_khau": "=3+1"}, "formula"),
    ({"chu_ho": "@SUM(B1:B9)"}, "unsafe_text"),
    ({"nam_sinh": 45291}, "excel_date_number"),
    ({"nam_sinh": date(1970, 5, 1)}, "excel_date_cell"),
    ({"nam_sinh": "01/05/1970"}, "date_text"),
    ({"nam_sinh": 2030}, "future_year"),
    ({"nam_sinh": 1850}, "implausible_year"),
    ({"so_nhan_khau": "bốn"}, "text_in_number"),
    ({"so_nhan_khau": 0}, "out_of_range"),
    ({"so_nhan_khau": -3}, "negative"),
    ({"so_nhan_khau": 4.5}, "not_integer"),
    ({"viec_lam": "x"}, "bad_flag"),
    ({"viec_lam": 0, "nguoi_phu_thuoc": 0}, "indicators_contradict"),
    ({"tt_2021": "Nghèo"}, "unknown_status"),
    ({"tt_2022": ""}, "status_gap"),
    ({"tt_2021": "MTN"}, "impossible_status"),
    (NOTHING, BLANK),
    ({**NOTHING, "chu_ho": "Tổng cộng", "so_nhan_khau": 152}, "total_row"),
)


def rows() -> list[dict]:
    """All rows in order, each with its own code and identity unless it names them."""
    return [row_of(place) for place in range(len(CASES))]


def row_of(place: int) -> dict:
    changes = CASES[place][0]
    own = {"ma_ho": f"08707{place + 100:05}", "so_dinh_danh": f"999{place + 100:09}"}
    return {**GOOD, **own, **changes}


def needed_before(place: int) -> list[dict]:
    """The row that a doubled one doubles."""
    first = {"duplicate_id": 4, "duplicate_person": 0}.get(CASES[place][1])
    return [] if first is None else [row_of(first)]


def names() -> list[str]:
    """What each case is called in the output of the tests."""
    return [f"{place}-{verdict}" for place, (_, verdict) in enumerate(CASES)]
