"""Rows of a statistical table, each wrong in one way, and the rule by which it is refused.

``GOOD`` is phường Tích Sơn at the end of 2023 (invented figures). A row that names no code stands
under the next commune's own, so that it holds only the fault it is about.
"""

from datetime import date

HEADS = (
    "cap", "ma", "nam", "tong_ho", "ho_ngheo", "ho_can_ngheo", "ho_moi_thoat", "ho_ngheo_dtts",
    "ho_ngheo_khong_kha_nang", "thoat_ngheo", "ngheo_phat_sinh", "tai_ngheo", "ty_le_ngheo",
    "ty_le_can_ngheo",
)  # fmt: skip
GOOD = dict(zip(HEADS, ("xa", "08707", 2023, 2500, 20, 50, 15, 1, 12, 8, 2, 1, 0.8, 2.0)))  # noqa: B905

OK, NOTED = "ok", "normalised"
CASES = (
    # what is written, the first rule that refuses it (or how it is taken)
    ({"ma": "08707"}, OK),
    ({"ma": "08707"}, "duplicate_id"),
    ({"ma": None}, "missing_code"),
    ({"ma": "99999"}, "unknown_unit"),
    ({"ma": 8707, "nam": 2022}, "leading_zero_lost"),
    ({"ma": "08734", "nam": 2025}, "dissolved_unit"),
    ({"nam": 2020}, "wrong_year"),
    ({"nam": 2026}, "wrong_year"),
    ({"nam": 23}, "wrong_year"),
    ({"nam": 45291}, "excel_date_number"),
    ({"nam": date(2023, 12, 31)}, "excel_date_cell"),
    ({"tong_ho": "2.500"}, "number_as_text"),
    ({"tong_ho": "khoảng 2500"}, "text_in_number"),
    ({"tong_ho": 0}, "out_of_range"),
    ({"tong_ho": -2500}, "negative"),
    ({"ho_ngheo": -1, "ty_le_ngheo": -0.04}, "negative"),
    ({"ho_ngheo": 20.5, "ty_le_ngheo": 0.82}, "not_integer"),
    (
        {"ho_ngheo": 1500, "ho_can_ngheo": 1200, "ty_le_ngheo": 60.0, "ty_le_can_ngheo": 48.0},
        "parts_exceed_total",
    ),
    ({"ho_ngheo_dtts": 25}, "parts_exceed_total"),
    ({"tai_ngheo": 5}, "parts_exceed_total"),
    ({"ty_le_ngheo": 8.0}, "rate_mismatch"),
    ({"ty_le_ngheo": "0,80"}, "number_as_text"),
    ({"ty_le_ngheo": 0.008}, "rate_scale"),
    ({"ho_ngheo": "=COUNTA(A:A)"}, "formula"),
    ({"ho_ngheo": None}, "missing_value"),
    ({"cap": "ấp"}, "unknown_level"),
    ({"ma": "08707 ", "nam": 2024}, NOTED),
)
FIRST_CODE, STEP = 8713, 3
"""Codes of communes go up by three; from here on they are free for the rows above."""


def rows() -> list[tuple[dict, str]]:
    """Each row as it stands in the file, and the verdict it must get."""
    found = []
    for place, (changes, verdict) in enumerate(CASES):
        row = GOOD | {"ma": f"{FIRST_CODE + STEP * place:05}"} | changes
        found.append((row, verdict))
    return found
