"""The columns of the review's workbook (summary table of the yearly review, "Mẫu số 3")."""

from dataclasses import replace

from config.sheets import CHOICE, CODE, INTEGER, NAME, YEAR, Column, Definition
from units.models import PovertyReview
from units.models.poverty import Area, Stage
from units.poverty.figures import COUNTS

MOST_HOUSEHOLDS = 1_000_000
"""No commune has so many; a figure beyond it is a slip of the hand."""
ADJUSTMENTS = ("poor_adjustment", "near_adjustment")
IDENTITY = ("year", "stage", "code", "name", "area")
HELP = {
    "households": "Mọi hộ dân cư trên địa bàn của dòng vào cuối năm.",
    "poor_opening": "Bằng số cuối năm trước, khi hai năm đo theo cùng một chuẩn.",
    "near_opening": "Bằng số cuối năm trước, khi hai năm đo theo cùng một chuẩn.",
    "poor_relapsed": "Hộ đã thoát nghèo nay nghèo trở lại; không tính vào phát sinh mới.",
    "poor_arisen": "Hộ nghèo mới, không kể hộ tái nghèo.",
    "near_arisen": "Hộ cận nghèo mới, không kể hộ tái cận nghèo.",
    "poor_adjustment": "Chuyển đến, chuyển đi, tách, nhập hộ: có thể âm; không có thì để trống.",
    "near_adjustment": "Chuyển đến, chuyển đi, tách, nhập hộ: có thể âm; không có thì để trống.",
    "poor_closing": "Đầu năm − thoát + tái + phát sinh mới + điều chỉnh.",
    "near_closing": "Đầu năm − thoát + tái + phát sinh mới + điều chỉnh.",
}


def label_of(name: str) -> str:
    """The model's own word for a figure, as a column head."""
    words = str(PovertyReview._meta.get_field(name).verbose_name)
    return words[:1].upper() + words[1:]


def _count_column(name: str) -> Column:
    adjusts = name in ADJUSTMENTS
    return Column(
        name,
        label_of(name),
        INTEGER,
        required=not adjusts,
        minimum=-MOST_HOUSEHOLDS if adjusts else 0,
        maximum=MOST_HOUSEHOLDS,
        help=HELP.get(name, ""),
        width=13,
    )


DEFINITION = Definition(
    title="Rà soát hộ nghèo",
    columns=(
        Column("year", "Năm", YEAR, True, 2000, 2100, locked=True, width=8),
        Column("stage", "Mức số liệu", CHOICE, True, choices=Stage.choices, locked=True, width=13),
        Column("code", "Mã xã", CODE, True, digits=5, locked=True, width=9),
        Column("name", "Xã, phường, thị trấn", NAME, maximum=200, locked=True, width=28),
        Column(
            "area",
            "Khu vực",
            CHOICE,
            True,
            choices=Area.choices,
            help="Xã có cả hai khu vực: ghi hai dòng, mỗi dòng một khu vực.",
            width=12,
        ),
        *map(_count_column, COUNTS),
    ),
    max_rows=20_000,
    intro=(
        "Đơn vị tính: hộ. Mỗi xã, phường, thị trấn một dòng; không ghi dòng cộng, cổng tự cộng "
        "theo huyện, thành phố và toàn tỉnh.",
        "Hộ nghèo (cận nghèo) cuối năm = đầu năm − thoát + tái + phát sinh mới + điều chỉnh.",
    ),
    total_in=("name",),
)

COUNTED = replace(
    DEFINITION,
    intro=(
        *DEFINITION.intro,
        "Xã chưa có số liệu được điền sẵn số đếm từ danh sách hộ đã nhập vào cổng (hộ nghèo, hộ "
        "cận nghèo cuối năm, hộ DTTS, không có khả năng lao động, thoát, tái, phát sinh): hãy đối "
        "chiếu với kết quả rà soát rồi sửa nếu khác.",
    ),
)
"""The same where figures counted from the lists of households are filled in."""
