"""The columns of the statistical table, with the short heads of exported lists."""

from decimal import Decimal

from config.sheets import CHOICE, CODE, DECIMAL, INTEGER, NAME, YEAR, Column, Definition
from units.kinds import Kind

VILLAGE, COMMUNE, DISTRICT, PROVINCE, COUNTRY = "thon", "xa", "huyen", "tinh", "nuoc"
LEVELS = (
    (VILLAGE, "thôn, khu dân cư"),
    (COMMUNE, "xã, phường, thị trấn"),
    (DISTRICT, "huyện, thành phố"),
    (PROVINCE, "tỉnh"),
    (COUNTRY, "cả nước"),
)
KIND_OF = {
    VILLAGE: Kind.VILLAGE,
    COMMUNE: Kind.COMMUNE,
    DISTRICT: Kind.DISTRICT,
    PROVINCE: Kind.PROVINCE,
}
LEVEL_OF = {kind: level for level, kind in KIND_OF.items()}
KEPT = (VILLAGE, COMMUNE)
"""The levels whose rows are figures of their own; the others are sums."""
COUNTRY_CODE = "00"

HEADS = {
    "households": ("Tổng số hộ", "tong_ho"),
    "poor": ("Hộ nghèo", "ho_ngheo"),
    "near_poor": ("Hộ cận nghèo", "ho_can_ngheo"),
    "newly_escaped": ("Hộ mới thoát nghèo", "ho_moi_thoat"),
    "poor_ethnic": ("Hộ nghèo DTTS", "ho_ngheo_dtts"),
    "poor_unable": ("Hộ nghèo không có khả năng lao động", "ho_ngheo_khong_kha_nang"),
    "escaped": ("Hộ thoát nghèo trong năm", "thoat_ngheo"),
    "arisen": ("Hộ nghèo phát sinh trong năm", "ngheo_phat_sinh"),
    "relapsed": ("Trong đó tái nghèo", "tai_ngheo"),
}
"""The figures of a row: head and short head."""
COUNTS = tuple(HEADS)
IDENTITY = ("level", "code", "year")
RATES = {"poor_rate": "poor", "near_rate": "near_poor"}
"""Each rate (percent of all households, two decimals) and the figure that it is the rate of."""
MOST_HOUSEHOLDS = 100_000_000
"""More than the country has; a figure beyond it is a slip of the hand."""
PLACES_READ = 6
"""Decimals read of a rate, so that a share such as 0.0083 is seen for what it is."""
NOT_A_YEAR = {"too_low": "wrong_year", "too_high": "wrong_year"}


def label_of(name: str) -> str:
    """The column's head."""
    return DEFINITION.column(name).label


def _count_column(name: str) -> Column:
    label, head = HEADS[name]
    least = 1 if name == "households" else 0
    return Column(name, label, INTEGER, True, least, MOST_HOUSEHOLDS, aliases=(head,), width=13)


def _rate_column(name: str, label: str, head: str) -> Column:
    return Column(
        name,
        label,
        DECIMAL,
        minimum=Decimal(0),
        maximum=Decimal(100),
        places=PLACES_READ,
        aliases=(head,),
        help="Phần trăm trên tổng số hộ, hai chữ số thập phân (0,80 là 0,80%); có thể để trống.",
        width=13,
    )


DEFINITION = Definition(
    title="Số liệu hộ nghèo",
    columns=(
        Column("level", "Cấp", CHOICE, True, choices=LEVELS, locked=True, width=20,
               aliases=("cap",), rules={"unknown_choice": "unknown_level"}),
        Column("code", "Mã đơn vị", CODE, True, maximum=20, locked=True, width=12,
               aliases=("ma",)),
        Column("name", "Tên đơn vị", NAME, maximum=200, locked=True, width=28,
               aliases=("ten",), help="Để đối chiếu với mã; có thể để trống."),
        Column("year", "Năm", YEAR, True, locked=True, width=8, aliases=("nam",),
               rules=NOT_A_YEAR),
        *map(_count_column, COUNTS),
        _rate_column("poor_rate", "Tỷ lệ hộ nghèo (%)", "ty_le_ngheo"),
        _rate_column("near_rate", "Tỷ lệ hộ cận nghèo (%)", "ty_le_can_ngheo"),
    ),
    max_rows=1_000_000,
    intro=(
        "Đơn vị tính: hộ. Mỗi thôn, mỗi xã một dòng cho mỗi năm, số của cuối năm.",
        "Dòng của huyện, tỉnh, cả nước (nếu có) chỉ để đối chiếu: phải bằng tổng các xã.",
    ),
    total_in=("name",),
)  # fmt: skip
