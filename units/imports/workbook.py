"""The columns of the review's workbook (summary table of the yearly review, "Mẫu số 3")."""

from collections import defaultdict

from config.sheets import CHOICE, CODE, INTEGER, TEXT, Column, Definition, template
from units.imports.openings import Openings
from units.models import PovertyReview
from units.models.poverty import Area, Stage
from units.poverty.figures import COUNTS
from units.poverty.territory import communes_alive

MOST_HOUSEHOLDS = 1_000_000
"""No commune has so many; a figure beyond it is a slip of the hand."""
ADJUSTMENTS = ("poor_adjustment", "near_adjustment")
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
        Column("year", "Năm", INTEGER, True, 2000, 2100, grouped=False, locked=True, width=8),
        Column("stage", "Mức số liệu", CHOICE, True, choices=Stage.choices, locked=True, width=13),
        Column("code", "Mã xã", CODE, True, digits=5, locked=True, width=9),
        Column("name", "Xã, phường, thị trấn", TEXT, maximum=200, locked=True, width=28),
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
    intro=(
        "Đơn vị tính: hộ. Mỗi xã, phường, thị trấn một dòng; không ghi dòng cộng, cổng tự cộng "
        "theo huyện, thành phố và toàn tỉnh.",
        "Hộ nghèo (cận nghèo) cuối năm = đầu năm − thoát + tái + phát sinh mới + điều chỉnh.",
    ),
)


def template_for(year: int, stage: str) -> bytes:
    """The workbook of a year to download, one line per commune alive at its end.

    Figures on file for this year and stage stand in it, so that a correction starts from them;
    otherwise only the opening figures that follow from the year before are filled in.
    """
    about = f"Năm {year}, số liệu {Stage(stage).label}"
    return template(DEFINITION, _rows(year, stage), about=about)


def _rows(year: int, stage: str):
    kept = defaultdict(list)
    for review in PovertyReview.objects.filter(year=year, stage=stage).order_by("area"):
        kept[review.unit_id].append({name: getattr(review, name) for name in ("area", *COUNTS)})
    openings = Openings(year)
    communes = communes_alive(year).select_related("parent")
    for unit in communes.order_by("parent__sort_key", "sort_key", "pk"):
        identity = {"year": year, "stage": stage, "code": unit.code, "name": unit.name}
        for line in kept[unit.pk] or openings.lines(unit):
            yield identity | line
