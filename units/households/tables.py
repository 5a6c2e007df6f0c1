"""Households as tables to take away: the list as it comes in, and the counts."""

from collections.abc import Iterable, Iterator

from config.columns import of_unit, whose
from config.sheets import INTEGER, YEAR, Column, Definition
from units.households.counts import Line
from units.imports.households.definition import list_for
from units.models import HouseholdStatus
from units.poverty.periods import reckoned_years

OUTCOMES = {"reached": "đạt", "missed": "không đạt", "open": "đang thực hiện"}
COUNTS = Definition(
    title="Số hộ",
    columns=(
        Column("year", "Năm", YEAR, help="Năm; số của cuối năm.", width=8),
        *whose(title="Xã hoặc thôn"),
        *(
            Column(f"is_{status.name.lower()}", f"{status.label[:1].upper()}{status.label[1:]}",
                   INTEGER, help="Số hộ ở tình trạng này vào cuối năm.", width=14)
            for status in HouseholdStatus
        ),
        Column("registered", "Đăng ký thoát nghèo", INTEGER, help="Số hộ đăng ký trong năm."),
        *(
            Column(name, f"Đăng ký: {label}", INTEGER, help=f"Trong đó: {label}.", width=14)
            for name, label in OUTCOMES.items()
        ),
    ),
)  # fmt: skip


def households() -> Definition:
    """The list in the shape in which it comes in, without the columns that are not kept."""
    return list_for(reckoned_years())


def count_rows(lines: Iterable[Line], year: int) -> Iterator[dict]:
    """Counts of communes or villages."""
    for line in lines:
        yield {
            "year": year,
            **of_unit(line.unit),
            **{f"is_{HouseholdStatus(s).name.lower()}": n for s, n in line.statuses.items()},
            "registered": line.registered,
            **line.outcomes,
        }
