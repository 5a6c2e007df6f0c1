"""The tables of the poverty pages to take away: a year by unit, a unit by year, its villages."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from django.utils.text import capfirst

from config.columns import of_unit, whose
from config.sheets import DECIMAL, INTEGER, YEAR, Column, Definition
from config.text import vn_date
from units.kinds import Kind
from units.models import PovertyReview, Unit
from units.models.poverty import Stage
from units.poverty.figures import COUNTS, Figures
from units.poverty.plans import PlanResult, commune_results
from units.poverty.tables import ReviewRow
from units.poverty.unit_years import UnitYear, VillageRow

FARTHEST = -(10**9)
"""An adjustment may be below nought."""
RATE = {"places": 2, "maximum": Decimal(100), "width": 11}
CHANGE = {"places": 2, "minimum": Decimal(-100), "width": 12}


def _count(name: str) -> Column:
    label = capfirst(str(PovertyReview._meta.get_field(name).verbose_name))
    least = FARTHEST if name.endswith("adjustment") else None
    return Column(name, label, INTEGER, minimum=least, help="Đơn vị tính: hộ.", width=12)


FIGURES = (
    *(_count(name) for name in COUNTS),
    Column(
        "poor_rate",
        "Tỷ lệ hộ nghèo cuối năm (%)",
        DECIMAL,
        help="Hộ nghèo cuối năm trên tổng số hộ dân cư của cùng dòng.",
        **RATE,
    ),
    Column(
        "near_rate",
        "Tỷ lệ hộ cận nghèo cuối năm (%)",
        DECIMAL,
        help="Hộ cận nghèo cuối năm trên tổng số hộ dân cư của cùng dòng.",
        **RATE,
    ),
)
WHOLE = (
    Column("reported", "Số xã có số liệu", INTEGER, help="Số xã đã có số liệu.", width=10),
    Column("expected", "Số xã", INTEGER, help="Số xã, phường, thị trấn cuối năm.", width=10),
)
BY_UNIT = Definition(
    title="Rà soát hộ nghèo theo đơn vị",
    columns=(
        Column("year", "Năm", YEAR, help="Năm rà soát.", grouped=False, width=8),
        Column("stage", "Mức số liệu", help="Sơ bộ hoặc chính thức.", width=13),
        *whose(),
        Column("above", "Thuộc", help="Đơn vị cấp trên.", width=24),
        *WHOLE,
        *FIGURES,
        Column("plan", "Chỉ tiêu giảm (điểm %)", DECIMAL, help="Được giao cho xã.", width=12),
        Column("fall", "Đã giảm (điểm %)", DECIMAL, help="Của xã, so với năm trước.", **CHANGE),
        Column(
            "beyond", "So với chỉ tiêu (điểm %)", DECIMAL, help="Đã giảm trừ chỉ tiêu.", **CHANGE
        ),
        Column("sources", "Tệp nguồn", help="Tệp đã nhập, của dòng từng xã.", width=36),
    ),
)
BY_YEAR = Definition(
    title="Rà soát hộ nghèo qua các năm",
    columns=(
        Column("year", "Năm", YEAR, help="Năm rà soát.", grouped=False, width=8),
        Column("stage", "Mức số liệu", help="Sơ bộ, chính thức, hoặc nguồn đếm.", width=24),
        Column("standard", "Chuẩn nghèo", help="Không so sánh số đo theo hai chuẩn.", width=40),
        *WHOLE,
        *FIGURES,
    ),
)
TOLD = (
    ("households", "Tổng số hộ"),
    ("poor", "Hộ nghèo"),
    ("near_poor", "Hộ cận nghèo"),
    ("newly_escaped", "Hộ mới thoát nghèo"),
    ("poor_ethnic", "Hộ nghèo dân tộc thiểu số"),
    ("poor_unable", "Hộ nghèo không có khả năng lao động"),
    ("escaped", "Hộ thoát nghèo trong năm"),
    ("arisen", "Hộ nghèo phát sinh"),
    ("relapsed", "Hộ tái nghèo"),
)
VILLAGES = Definition(
    title="Số hộ của các thôn",
    columns=(
        Column("year", "Năm", YEAR, help="Cuối năm này.", grouped=False, width=8),
        *whose(title="Thôn"),
        *(
            Column(name, label, INTEGER, help="Theo bảng số liệu của địa phương.", width=12)
            for name, label in TOLD
        ),
        Column("listed_poor", "Hộ nghèo theo danh sách hộ", INTEGER, help="Đếm từ danh sách."),
        Column("listed_near", "Hộ cận nghèo theo danh sách hộ", INTEGER, help="Đếm từ danh sách."),
        Column("plan", "Chỉ tiêu giảm (điểm %)", DECIMAL, help="Được giao trong năm.", width=12),
        Column(
            "fall",
            "Đã giảm (điểm %)",
            DECIMAL,
            help="So với năm trước; trống: không so sánh được.",
            **CHANGE,
        ),
    ),
)
VILLAGE = Definition(
    title="Số hộ của thôn qua các năm",
    columns=(*BY_YEAR.columns[:3], *VILLAGES.columns[3 : 3 + len(TOLD)]),
)
SMALL = ("poor_ethnic", "poor_unable", "near_ethnic")
"""Counts of so few households of a village that its people would know each one."""
SMALL_NOTE = (
    "Số hộ dân tộc thiểu số, hộ không có khả năng lao động của từng thôn chỉ hiện với người theo "
    "dõi đơn vị: số quá nhỏ cho biết từng hộ."
)


def of_villages(definition: Definition, *, small: bool) -> Definition:
    """The table as a reader gets it: with the small counts, or without them and with a note."""
    if small:
        return definition
    kept = tuple(column for column in definition.columns if column.name not in SMALL)
    return replace(definition, columns=kept, intro=(*definition.intro, SMALL_NOTE))


def unit_rows(year: int, stage: Stage, rows: list[ReviewRow]) -> Iterator[dict]:
    """The rows of a year's table; what is not known stays blank, it is not nought.

    Communes have what came of their plan beside. A fixed number of queries.
    """
    above = Unit.objects.in_bulk({row.unit.parent_id for row in rows} - {None})
    communes = [row.unit for row in rows if row.unit.kind == Kind.COMMUNE]
    results = {found.unit.pk: found for found in commune_results(year, communes)}
    for row in rows:
        files = (f"{file.name} ({vn_date(file.confirmed_at)})" for file in row.sources)
        yield {
            "year": year,
            "stage": stage.label,
            "above": above[row.unit.parent_id].name if row.unit.parent_id else "",
            "reported": row.reported,
            "expected": row.expected,
            "sources": "; ".join(files),
            **of_unit(row.unit),
            **_figures(row.figures),
            **_result(results.get(row.unit.pk)),
        }


def _result(result: PlanResult | None) -> dict:
    if result is None:
        return {}
    plan = result.plan.rate_reduction if result.plan else None
    return {"plan": plan, "fall": result.fall, "beyond": result.beyond}


def _figures(figures: Figures | None) -> dict:
    if figures is None:
        return {}
    rates = {"poor_rate": figures.poor_rate, "near_rate": figures.near_rate}
    return {**figures.counts, **rates}


def year_rows(years: Iterable[UnitYear]) -> Iterator[dict]:
    """A unit's years, one row a stage."""
    for point in years:
        for stage, staged in point.stages.items():
            yield {
                "year": point.year,
                "stage": stage.label,
                "standard": point.standard_name,
                "reported": staged.reported,
                "expected": point.expected,
                **_figures(staged.figures),
            }


def told_rows(years: Iterable[UnitYear]) -> Iterator[dict]:
    """A village's years, one row a source."""
    for point in years:
        for source, told in point.sources:
            told_of = {name: told[name] for name, _ in TOLD}
            yield {"year": point.year, "stage": source, "standard": point.standard_name, **told_of}


def village_rows(year: int, villages: Iterable[VillageRow]) -> Iterator[dict]:
    """The villages of a commune in one year."""
    for row in villages:
        told, listed = row.statement, row.register
        yield {
            "year": year,
            "listed_poor": listed["poor"] if listed else None,
            "listed_near": listed["near_poor"] if listed else None,
            **_result(row.result),
            **({name: told[name] for name, _ in TOLD} if told else {}),
            **of_unit(row.unit),
        }
