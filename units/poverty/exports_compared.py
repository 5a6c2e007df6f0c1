"""What stands beside a review, to take away: the other stage, the counts of other origins."""

from collections.abc import Iterable, Iterator

from config.columns import of_unit, whose
from config.sheets import DECIMAL, INTEGER, YEAR, Column, Definition
from units.poverty.compared import NAMES, Comparison
from units.poverty.exports import FARTHEST, RATE
from units.poverty.year_page import StagePair

PARTS = (("poor", "Hộ nghèo"), ("near", "Hộ cận nghèo"))
_YEAR = Column("year", "Năm", YEAR, help="Năm rà soát.", grouped=False, width=8)


def _number(name: str, label: str, help: str) -> Column:
    return Column(name, label, INTEGER, minimum=FARTHEST, help=help, width=13)


def _of_stages(part: str, words: str) -> tuple[Column, ...]:
    return (
        _number(f"{part}_preliminary", f"{words}: sơ bộ", "Hộ, cuối năm."),
        _number(f"{part}_official", f"{words}: chính thức", "Hộ, cuối năm."),
        _number(f"{part}_change", f"{words}: chênh", "Chính thức trừ sơ bộ."),
        Column(
            f"{part}_rate",
            f"{words}: tỷ lệ chính thức (%)",
            DECIMAL,
            help="Trên tổng số hộ dân cư của cùng dòng.",
            **RATE,
        ),
    )


PAIRS = Definition(
    title="Số sơ bộ và số chính thức",
    columns=(_YEAR, *whose(), *(column for part in PARTS for column in _of_stages(*part))),
)
COMPARED = Definition(
    title="Đối chiếu với rà soát",
    columns=(
        _YEAR,
        Column("stage", "Mức số liệu", help="Của kết quả rà soát.", width=13),
        *whose(),
        Column("figure", "Số liệu", help="Hộ, cuối năm hoặc trong năm.", width=30),
        _number("review", "Rà soát", "Kết quả rà soát của đơn vị."),
        *(
            column
            for origin, name in NAMES.items()
            for column in (
                _number(f"{origin}", name, "Trống: không có, hoặc chưa đủ các đơn vị."),
                _number(f"{origin}_more", f"{name}: chênh", "Trừ kết quả rà soát."),
            )
        ),
        Column("remark", "Nhận xét", help="Của đơn vị trong năm.", width=60),
    ),
)


def pair_rows(year: int, pairs: Iterable[StagePair]) -> Iterator[dict]:
    """A row a unit."""
    for pair in pairs:
        row = {"year": year, **of_unit(pair.unit)}
        for part, _ in PARTS:
            closing = f"{part}_closing"
            row[f"{part}_preliminary"] = pair.preliminary[closing]
            row[f"{part}_official"] = pair.official[closing]
            row[f"{part}_change"] = getattr(pair, f"{part}_change")
            row[f"{part}_rate"] = getattr(pair.official, f"{part}_rate")
        yield row


def compared_rows(comparisons: Iterable[Comparison]) -> Iterator[dict]:
    """A row for each figure of each unit and year."""
    for one in comparisons:
        for line in one.lines:
            told = {}
            for origin, side in zip(line.origins, line.sides, strict=True):
                told[f"{origin}"], told[f"{origin}_more"] = side.count, side.difference
            yield {
                "year": one.year,
                "stage": one.stage.label,
                "figure": line.label,
                "review": line.review,
                "remark": " ".join(one.sentences),
                **of_unit(one.unit),
                **told,
            }
