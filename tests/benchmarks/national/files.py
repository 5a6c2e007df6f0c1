"""Lists of households as a country would hand them in: invented, written row by row.

Heads are the short names of exported lists. Every row is right; the shares of status, ethnicity
and deprivation are rough, for only the amount of work counts here.
"""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from openpyxl import Workbook

YEARS = (2021, 2022, 2023, 2024, 2025)
FLAGS = (
    "viec_lam", "nguoi_phu_thuoc", "dinh_duong", "bao_hiem_y_te", "trinh_do_nguoi_lon",
    "di_hoc_tre_em", "chat_luong_nha", "dien_tich_nha", "nguon_nuoc", "nha_tieu", "vien_thong",
    "phuong_tien_thong_tin",
)  # fmt: skip
HEADS = (
    "ma_ho", "ma_thon", "ma_xa", "chu_ho", "gioi_tinh", "nam_sinh", "so_dinh_danh", "dan_toc",
    "so_nhan_khau", "khong_kha_nang_lao_dong", *FLAGS, *(f"tt_{year}" for year in YEARS),
)  # fmt: skip
COURSES = (
    ("N", "N", "CN", "MTN", "MTN"), ("N", "MTN", "MTN", "MTN", "K"), ("CN", "CN", "CN", "MTN", "K"),
    ("CN", "N", "N", "CN", "CN"), ("N", "N", "N", "N", "N"), ("", "CN", "CN", "MTN", "MTN"),
    ("", "", "N", "N", "CN"), ("", "", "", "CN", "N"),
)  # fmt: skip
"""How households go through the years; no ``MTN`` before a year on the list, no gap."""
NAMES = (
    "Nguyễn Trần Lê Phạm Hoàng Phan Vũ Đặng Bùi Đỗ Hồ Ngô Dương Lý Lường Giàng",
    "Văn Thị Đức Hữu Minh Ngọc Quang Thanh Xuân Đình",
    "An Bình Chi Dũng Giang Hà Hải Hạnh Hoa Hòa Hùng Hương Lan Lâm Long Mai Nam Phúc",
)
"""Family names, middle names, given names."""


def households(villages: Sequence[tuple[str, str]], number: int, seed: int = 1) -> Iterator[list]:
    """So many rows, spread over the villages in order, as a commune's list is."""
    luck, names = Random(seed), [words.split() for words in NAMES]
    serial, last = 0, ""
    for place in range(number):
        village, commune = villages[place * len(villages) // number]
        serial = serial + 1 if commune == last else 1
        last = commune
        yield [f"{commune}{serial:05}", village, commune, *_household(place, luck, names)]


def _household(place: int, luck: Random, names: list[list[str]]) -> list:
    course = luck.choice(COURSES)
    poor = next(status for status in course if status) == "N"
    lacking = luck.sample(range(12), luck.randint(3, 6) if poor else luck.randint(0, 2))
    flags = [0] * 12
    for flag in lacking:
        flags[flag] = 1
    return [
        " ".join(map(luck.choice, names)),
        luck.choice(("Nam", "Nữ")),
        luck.randint(1935, 1998),
        f"999{place:09}",
        luck.choice(("Kinh", "Kinh", "Kinh", "Tày", "Mông", "Dao")),
        luck.randint(1, 7),
        int(luck.random() < 0.2),
        *flags,
        *course,
    ]


def write_csv(path: Path, rows: Iterator[list]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADS)
        writer.writerows(rows)


def write_xlsx(path: Path, rows: Iterator[list]) -> None:
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("du_lieu")
    sheet.append(list(HEADS))
    for row in rows:
        sheet.append(row)
    workbook.save(path)
