"""A series to take away: each year with a column of remarks, so that no mark is lost."""

from collections.abc import Iterator

from config.columns import of_unit, whose
from config.sheets import DECIMAL, INTEGER, Column, Definition
from config.text import vn_date
from reports.figures.carried.parts import Opened
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
    help = f"{series.measure.label}, đơn vị tính: {series.measure.unit}. {span.breaks}".strip()
    return _number(series, f"v{span.year}", label, help)


def _number(series: Series, name: str, label: str, help: str) -> Column:
    kind = INTEGER if series.measure.whole_numbers else DECIMAL
    return Column(name, label, kind, help=help, minimum=LOWEST)


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
        row[f"v{year}"] = _value(series, cell.value)
        row[f"n{year}"] = "; ".join(_words(cell))
    return row


def _value(series: Series, value):
    return int(value) if series.measure.whole_numbers and value is not None else value


def _words(cell) -> list[str]:
    if cell.absent and cell.value is None:
        return ["không có đơn vị này"]
    found = [mark.word if "/" not in mark.word else mark.meaning for mark in cell.marks]
    return found or ([] if cell.value is not None else ["chưa có số liệu"])


# The parts of one cell


def parts_definition(series: Series, span, title: str) -> Definition:
    """The columns of an opened cell."""
    measure = series.measure
    columns = (
        *whose(),
        Column("above", "Thuộc", help="Đơn vị cấp trên.", width=24),
        _number(series, "own", "Số của đơn vị", f"{measure.label} ({measure.unit})."),
        Column("share", "Phần tính vào", help="Toàn bộ, hoặc tỷ lệ ghi trong sổ.", width=16),
        _number(series, "given", "Số tính vào", "Phần của đơn vị trong số được mở ra."),
        Column("papers", "Nguồn", help="Tệp rà soát, báo cáo hoặc bảng xếp hạng.", width=44),
        Column("remark", "Ghi chú", help="Vì sao có phần không xếp được.", width=44),
    )
    intro = (f"{title}, năm {span.year}: các đơn vị hợp thành.", *_intro(series))
    return Definition("Các phần hợp thành", columns, max_rows=ROWS, intro=intro)


def parts_rows(series: Series, parts: list[Opened]) -> Iterator[dict]:
    """The units behind one cell."""
    for part in parts:
        yield {
            **of_unit(part.unit),
            "above": part.unit.parent.name if part.unit.parent else "",
            "own": _value(series, part.own_value),
            "share": part.share,
            "given": _value(series, part.given_value),
            "papers": "; ".join(paper.label for paper in part.papers),
            "remark": part.remark,
        }
