"""A real table as it was published, slips and all.

Poor and near-poor households of Tiền Giang by district, review of 2021 (Quyết định số 13 of the
province's chairman, 05/01/2022, as Báo Ấp Bắc printed it on 06/01/2022). Households, and percent
of all households of the row; what the print leaves out is None.
"""

from decimal import Decimal

from units.poverty.published import Line

TOTAL = ("TỔNG CÔNG BỐ", 506184, 8112, "1.60", 16113, "3.18")
DISTRICTS = (
    ("Huyện Cai Lậy", 53904, 793, "1.47", 2036, "3.78"),
    ("Huyện Cái Bè", 79836, 1370, "1.67", 4005, "5.02"),
    ("Huyện Châu Thành", 77197, 1370, "1.77", 1649, "2.14"),
    ("Huyện Chợ Gạo", 53577, 834, "1.56", 1649, "2.39"),
    ("Huyện Gò Công Đông", 38515, 520, "1.35", 1656, "4.30"),
    ("Huyện Gò Công Tây", 36662, 530, "1.37", 649, "2.14"),
    ("Huyện Tân Phước", 18222, 462, "2.54", 858, "4.71"),
    ("Huyện Tân Phú Đông", 12549, 610, "4.86", 288, "2.30"),
    ("Thành phố Mỹ Tho", 72166, 734, "1.02", 1267, "1.76"),
    ("Thị xã Cai Lậy", 36266, 449, "1.24", 1452, "4.00"),
    ("Thị xã Gò Công", 27290, 500, None, None, None),
)
FAULTS = [
    ("Huyện Cái Bè", "poor_rate", "1.370/79.836 = 1,72%, bảng ghi 1,67%"),
    ("Huyện Chợ Gạo", "near_rate", "1.649/53.577 = 3,08%, bảng ghi 2,39%"),
    ("Huyện Gò Công Tây", "poor_rate", "530/36.662 = 1,45%, bảng ghi 1,37%"),
    ("Huyện Gò Công Tây", "near_rate", "649/36.662 = 1,77%, bảng ghi 2,14%"),
]
"""What cannot be true in it, by hand."""


def line(number, row, *, is_total=False):
    """A line from a row as above."""
    name, households, poor, poor_rate, near, near_rate = row
    rates = [None if rate is None else Decimal(rate) for rate in (poor_rate, near_rate)]
    return Line(number, name, households, poor, rates[0], near, rates[1], is_total)


def tien_giang() -> list[Line]:
    """The table with its total first, as printed; its head is row 1."""
    parts = [line(number, row) for number, row in enumerate(DISTRICTS, start=3)]
    return [line(2, TOTAL, is_total=True), *parts]
