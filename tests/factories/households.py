"""Households, their years and registrations; lists as communes hand them in, and their counts.

``make_list`` invents a list in the shape of the short heads, ``counted`` counts it by plain loops:
what the portal counts must be the same.
"""

import csv
import io
from collections import defaultdict
from datetime import date
from random import Random

import factory
from django.core.files.base import ContentFile
from factory.django import DjangoModelFactory
from openpyxl import Workbook

from tests.factories.units import CommuneFactory, DistrictFactory, VillageFactory
from units.households.names import order_of, search_of
from units.models import EscapeRegistration, Household, HouseholdStatus, HouseholdYear

YEARS = (2021, 2022, 2023, 2024, 2025)
FLAGS = (
    "viec_lam", "nguoi_phu_thuoc", "dinh_duong", "bao_hiem_y_te", "trinh_do_nguoi_lon",
    "di_hoc_tre_em", "chat_luong_nha", "dien_tich_nha", "nguon_nuoc", "nha_tieu", "vien_thong",
    "phuong_tien_thong_tin",
)  # fmt: skip
KEPT_HEADS = ("ma_ho", "ma_thon", "ma_xa", "chu_ho")
SENSITIVE_HEADS = (
    "gioi_tinh", "nam_sinh", "so_dinh_danh", "dan_toc", "so_nhan_khau", "khong_kha_nang_lao_dong",
    *FLAGS,
)  # fmt: skip
HEADS = (*KEPT_HEADS, *SENSITIVE_HEADS, *(f"tt_{year}" for year in YEARS))


class HouseholdFactory(DjangoModelFactory):
    class Meta:
        model = Household
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"{n:010}")
    unit = factory.SubFactory(VillageFactory)
    head = factory.Sequence(lambda n: f"Trần Thị Lụa {n}")
    search = factory.LazyAttribute(lambda household: search_of(household.head))
    sort_key = factory.LazyAttribute(lambda household: order_of(household.head))

    @factory.post_generation
    def statuses(self, create, told, **_):
        """``statuses={2022: "N", 2023: "CN"}``: the years with the household's own unit."""
        for year, status in (told or {}).items():
            HouseholdYearFactory(household=self, unit=self.unit, year=year, status=status)


class HouseholdYearFactory(DjangoModelFactory):
    class Meta:
        model = HouseholdYear

    household = factory.SubFactory(HouseholdFactory)
    unit = factory.SelfAttribute("household.unit")
    year = 2023
    status = HouseholdStatus.POOR


class EscapeRegistrationFactory(DjangoModelFactory):
    class Meta:
        model = EscapeRegistration

    household = factory.SubFactory(HouseholdFactory)
    year = 2023
    registered_on = date(2023, 2, 20)


def two_communes(villages: int = 3, **fields):
    """Two communes of one district, each with so many villages, with codes as on lists."""
    district = DistrictFactory(code="243")
    found = []
    for code in ("08707", "08710"):
        commune = CommuneFactory(code=code, parent=district, **fields)
        names = [f"{code}{number:02}" for number in range(1, villages + 1)]
        found.append((commune, [VillageFactory(code=name, parent=commune) for name in names]))
    return found


# Lists


COURSES = (
    "N N N N N", "N N CN MTN MTN", "N MTN MTN MTN K", "N CN N CN MTN", "N MTN N N CN",
    "CN CN N N MTN", "CN CN CN CN CN", "CN MTN MTN MTN K", ". N N CN CN", ". . CN N N",
    ". CN MTN MTN N", ". . . . N",
)  # fmt: skip
"""Ways through the years; a point where the household is not on the list yet."""
PEOPLES = ("Kinh", "Kinh", "Sán Dìu", "Cao Lan")
FAMILIES, GIVEN = ("Đặng", "Ngô", "Lưu", "Triệu"), ("Ước", "Ẩn", "Hòa", "Yến", "Đoan", "Thơ")


def make_list(villages, households: int = 40, seed: int = 1) -> list[dict]:
    """Rows by short head, spread over the villages (units with their parents)."""
    luck, serial, rows = Random(seed), defaultdict(int), []
    for number in range(households):
        village = luck.choice(villages)
        commune = village.parent.code
        serial[commune] += 1
        course = [("" if s == "." else s) for s in luck.choice(COURSES).split()]
        poor = next(status for status in course if status) == "N"
        lacking = luck.sample(range(12), luck.randint(3, 6) if poor else luck.randint(0, 2))
        person = (
            luck.choice(("Nam", "Nữ")), luck.randint(1935, 1999), f"999{seed:03}{number:06}",
            luck.choice(PEOPLES), luck.randint(1, 7), int(luck.random() < 0.3),
        )  # fmt: skip
        flags = [int(place in lacking) for place in range(12)]
        head = f"{luck.choice(FAMILIES)} Văn {luck.choice(GIVEN)}"
        kept = (f"{commune}{serial[commune]:05}", village.code, commune, head)
        rows.append(dict(zip(HEADS, (*kept, *person, *flags, *course), strict=True)))
    return rows


def counted(rows, at: str = "ma_thon") -> dict[tuple[str, int], dict[str, int]]:
    """Counts by code (of village or commune) and year, told by the rows alone."""
    found = defaultdict(lambda: defaultdict(int))
    for row in rows:
        statuses = [row[f"tt_{year}"] for year in YEARS]
        for place, year in enumerate(YEARS):
            here, now = found[row[at], year], statuses[place]
            before = statuses[place - 1] if place else None
            ethnic, unable = row["dan_toc"] != "Kinh", row["khong_kha_nang_lao_dong"]
            here["poor"] += now == "N"
            here["near_poor"] += now == "CN"
            here["newly_escaped"] += now == "MTN"
            here["poor_ethnic"] += now == "N" and ethnic
            here["near_ethnic"] += now == "CN" and ethnic
            here["poor_unable"] += now == "N" and unable
            here["escaped"] += before == "N" and now != "N"
            here["arisen"] += place > 0 and now == "N" and before != "N"
            here["relapsed"] += now == "N" and before != "N" and "N" in statuses[:place]
    return {key: dict(counts) for key, counts in found.items()}


def as_xlsx(rows, heads=HEADS, name="ho.xlsx") -> ContentFile:
    """The rows as a workbook of another program; a blank row where a row is None."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "du_lieu"
    for line in _lines(rows, heads):
        sheet.append(line)
    out = io.BytesIO()
    workbook.save(out)
    return ContentFile(out.getvalue(), name=name)


def as_csv(rows, heads=HEADS, name="ho.csv") -> ContentFile:
    out = io.StringIO()
    csv.writer(out).writerows(
        ["" if value is None else value for value in line] for line in _lines(rows, heads)
    )
    return ContentFile(out.getvalue().encode(), name=name)


def _lines(rows, heads):
    yield list(heads)
    for row in rows:
        yield [row.get(head) if row else None for head in heads]
