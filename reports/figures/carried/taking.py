"""A series to take away: each year with a column of remarks, so that no mark is lost."""

from collections.abc import Iterator

from config.columns import of_unit, whose
from config.sheets import DECIMAL, INTEGER, Column, Definition
from config.text import vn_date
from reports.figures.carried.series import Line, Series
from units.boundaries import Level

ROWS, AT_ONCE = 20_000, 500
LOWEST = -(2**31)


def definition(series: Series) -> Definition:
    """The columns of the table and what they mean."""
    columns = [*whose(), Column("above", "Thuộc", help="Đơn vị cấp trên.", width=24)]
    for span in series.spans:
        mark = f" ({span.mark})" if span.mark else ""
        columns += [
            _figure(series, span, f"Năm {span.year}{mark}"),
            Column(f"n{span.year}", f"Ghi chú {span.year}", help=_LEGEND, width=24),
        ]
    return Definition("Chuỗi số liệu", tuple(columns), max_rows=ROWS, intro=_intro(series))


_LEGEND = (
    "Ước tính: theo tỷ lệ chia tách. Thiếu phần: còn phần không xếp được. Không chuyển: số liệu "
    "của đơn vị cũ không chuyển sang. x/y: chỉ x trong y đơn vị có số liệu."
)


def _figure(series: Series, span, label: str) -> Column:
    whole = series.measure.whole_numbers
    bounds = {"minimum": LOWEST} if whole else {"minimum": LOWEST, "places": 2}
    help = f"{series.measure.label}, đơn vị tính: {series.measure.unit}. {span.breaks}".strip()
    return Column(f"v{span.year}", label, INTEGER if whole else DECIMAL, help=help, **bounds)


def _intro(series: Series) -> tuple[str, ...]:
    asked, measure = series.asked, series.measure
    day = f"theo địa giới ngày {vn_date(asked.day)}" if asked.day else "như báo cáo từng năm"
    where = f", {asked.under.name}" if asked.under else ""
    level = Level(asked.level).label
    first = f"{measure.label} ({measure.unit}), theo cấp {level}{where}, {day}."
    return (first, *series.notes)


def taken_rows(series: Series) -> Iterator[dict]:
    """The rows in order, then what has no row, then the total."""
    units, start = series.units, 0
    while found := list(units[start : start + AT_ONCE]):
        yield from (_row(series, line) for line in series.lines(found))
        start += AT_ONCE
    yield from (_row(series, line) for line in series.leftovers)
    if series.total:
        yield _row(series, series.total)


def _row(series: Series, line: Line) -> dict:
    row = of_unit(line.unit)
    if line.unit is None:
        row["unit"] = line.title
    row["above"] = line.unit.parent.name if line.unit and line.unit.parent else ""
    for cell in line.cells:
        year = cell.span.year
        whole = series.measure.whole_numbers and cell.value is not None
        row[f"v{year}"] = int(cell.value) if whole else cell.value
        row[f"n{year}"] = "; ".join(_words(cell))
    return row


def _words(cell) -> list[str]:
    if cell.absent and cell.value is None:
        return ["không có đơn vị này"]
    found = [mark.word if "/" not in mark.word else mark.meaning for mark in cell.marks]
    return found or ([] if cell.value is not None else ["chưa có số liệu"])
