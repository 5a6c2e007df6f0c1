"""One cell opened: the units of that year behind it, each with its papers, and what is unknown."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from config.text import vn_number
from reports.figures.carried.measures import Paper, Span
from reports.figures.carried.series import Series, Shown
from units.boundaries import Level, Loose, Why
from units.boundaries.parts import Part, parts_of_reason, parts_of_row
from units.models import Unit

Figure = Decimal | int | None


@dataclass(frozen=True)
class Opened:
    """A unit behind a figure: its own figure, how much of it is in the sum, and from where."""

    unit: Unit
    own: str
    own_value: Figure
    share: str
    given: str
    given_value: Figure
    papers: tuple[Paper, ...]
    remark: str


def opened(series: Series, span: Span, row: Unit | Why) -> tuple[Shown, list[Opened]]:
    """The cell of a row and year, and the units it is made of; a fixed number of statements."""
    if isinstance(row, Why):
        parts = parts_of_reason(series.table, row, span.year)
        line = next((line for line in series.leftovers if line.why == row), None)
    else:
        parts = parts_of_row(series.table, row, span.year)
        line = series.lines([row])[0]
    shown = next(cell for cell in line.cells if cell.span == span) if line else None
    units = [part.unit.pk for part in parts]
    papers = series.measure.papers(units, span, series.asked.user)
    names = _names(parts)
    return shown, [_opened(series, part, papers, names) for part in parts]


def _names(parts: Iterable[Part]) -> dict[int, str]:
    """The names of the units that loose parts come from or may go to."""
    keys = set()
    for part in parts:
        if part.loose:
            keys |= {part.loose.at, *part.loose.ends()}
    return dict(Unit.objects.filter(pk__in=keys).values_list("pk", "name"))


def _opened(series: Series, part: Part, papers, names) -> Opened:
    measure = series.measure
    own = measure.value(part.sums) if part.sums is not None else None
    given = measure.value(part.amounts) if part.amounts else None
    return Opened(
        unit=part.unit,
        own="chưa có số liệu" if part.sums is None else measure.written(own),
        own_value=own,
        share=_share(part),
        given=measure.written(given),
        given_value=given,
        papers=tuple(papers.get(part.unit.pk, ())),
        remark=_remark(series, part, names),
    )


def _share(part: Part) -> str:
    if part.share is None or part.amounts is None:
        return "–"
    return "toàn bộ" if part.share == 1 else f"{vn_number(float(part.share * 100), 2)}%"


def _remark(series: Series, part: Part, names) -> str:
    if part.loose:
        return because(part.loose, names)
    if part.deduced:
        level = Level(series.level).label
        return (
            "Sổ đơn vị chưa ghi đơn vị tiếp nhận, nhưng địa bàn này vẫn thuộc đơn vị của dòng "
            f"({level})."
        )
    day = series.asked.day
    if day and part.sums and not series.measure.adds and not part.unit.exists_on(day):
        return "Không chuyển sang đơn vị mới."
    return ""


def because(part: Loose, names: dict[int, str]) -> str:
    """Why a part has no single place, with the names."""
    at = names.get(part.at, "đơn vị này")
    ends = ", ".join(sorted(names[unit] for unit in part.ends() if unit in names))
    told = {
        Why.LOST: f"{at} đã kết thúc hoạt động; sổ đơn vị chưa ghi đơn vị tiếp nhận.",
        Why.UNSHARED: f"{at} được chia tách mà sổ đơn vị không ghi tỷ lệ.",
        Why.SHORT: f"{at}: tỷ lệ chia tách ghi trong sổ chưa đủ, phần còn lại chưa rõ thuộc đâu.",
        Why.JOINED: f"{at} được lập trên địa bàn của nhiều đơn vị cũ, không tách ngược lại được.",
        Why.NEW: f"{at} mới có sau ngày này; sổ đơn vị không ghi được lập từ đơn vị nào.",
        Why.CIRCLE: f"Sổ đơn vị ghi kế thừa vòng tròn ở {at}; hãy báo quản trị sửa sổ.",
    }[part.why]
    return f"{told} Có thể thuộc: {ends}." if ends else told
