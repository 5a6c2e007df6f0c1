"""A series as people read it: rows with their years, marks where a figure needs one, and notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from config.text import vn_date, vn_number
from reports.figures.carried.measures import Measure, Span
from units.boundaries import Level, Why
from units.boundaries.tables import Cell, Table
from units.kinds import Kind
from units.models import Unit, User
from units.queries import predecessors


@dataclass(frozen=True)
class Asked:
    """What somebody wants to see: ``day`` None is "as reported", ``under`` None everything."""

    measure: Measure
    level: Level
    years: Sequence[int]
    user: User
    day: date | None = None
    under: Unit | None = None


@dataclass(frozen=True)
class Mark:
    """A short word beside a figure, and what it means; words also go into the file."""

    word: str
    meaning: str


ESTIMATED = Mark(
    "ước tính",
    "Ước tính theo tỷ lệ chia tách ghi trong sổ đơn vị, làm tròn sao cho tổng không đổi.",
)
SHORT = Mark(
    "thiếu phần",
    "Còn phần số liệu có thể thuộc đơn vị này nhưng không xếp được, xem ở các dòng cuối bảng.",
)
APART = Mark("không chuyển", "Số liệu của các đơn vị cũ không chuyển sang đơn vị này.")
MISSING = Mark("x/y", "Chỉ x trong y đơn vị cùng hợp thành dòng này có số liệu.")
FROM_BELOW = Mark(
    "từ cấp dưới",
    "Báo cáo của chính đơn vị chưa được nhận; số cộng từ các báo cáo đã nhận của cấp dưới.",
)
LEGEND = (ESTIMATED, SHORT, APART, FROM_BELOW, MISSING)


@dataclass(frozen=True)
class Shown:
    """One cell: its figure in words, its marks, and whether it can be opened."""

    span: Span
    text: str
    value: Decimal | int | None
    marks: tuple[Mark, ...] = ()
    opens: bool = False
    absent: bool = False
    """The unit does not exist at the end of that year."""


@dataclass(frozen=True)
class Line:
    """A row: of a unit, of what has no unit (``why``), or the total."""

    title: str
    cells: tuple[Shown, ...]
    change: str
    unit: Unit | None = None
    why: Why | None = None

    @property
    def key(self) -> str:
        """How an address names the row."""
        return str(self.unit.pk) if self.unit else str(self.why or "")


class Series:
    """The table of one question; each part is read once, in a fixed number of statements."""

    def __init__(self, asked: Asked):
        self.asked, self.measure = asked, asked.measure
        self.level = Level.COMMUNE if self.without_districts else asked.level
        self.spans = self.measure.spans(asked.years)
        self.table = Table(
            self.measure.source(self.level, self.spans, asked.user),
            level=self.level,
            days={span.year: span.day for span in self.spans},
            day=asked.day,
            under=asked.under,
            adds=self.measure.adds,
        )

    @cached_property
    def without_districts(self) -> bool:
        """Whether districts were asked for on a day that has none: communes stand by themselves."""
        day = self.asked.day
        if day is None or self.asked.level != Level.DISTRICT:
            return False
        return not Unit.objects.as_of(day).filter(kind=Kind.DISTRICT).exists()

    @property
    def units(self):
        """The units that have a row, in order; to be cut into pages."""
        return self.table.rows()

    def lines(self, units: Sequence[Unit]) -> list[Line]:
        """The rows of these units."""
        cells = self.table.cells([unit.pk for unit in units])
        return [self._line(unit.name, cells[unit.pk], unit=unit) for unit in units]

    @cached_property
    def leftovers(self) -> list[Line]:
        """What belongs to no single row, a line for each reason."""
        found = self.table.leftovers().items()
        return [self._line(told(why), cells, why=why) for why, cells in found]

    @cached_property
    def total(self) -> Line | None:
        """The whole, every unit once; None where figures do not add up."""
        if not self.measure.adds:
            return None
        title = "Tổng cộng" if self.asked.under is None else f"Cộng {self.asked.under.name}"
        return self._line(title, self.table.totals())

    def _line(self, title, cells: dict[int, Cell], *, unit=None, why=None) -> Line:
        shown = tuple(self._shown(span, cells[span.year], unit, why) for span in self.spans)
        return Line(title, shown, self._change(cells), unit, why)

    def _shown(self, span: Span, cell: Cell, unit, why) -> Shown:
        value = self.measure.value(cell.sums) if cell.told else None
        absent = self.asked.day is None and unit is not None and not unit.exists_on(span.day)
        marks = tuple(_marks(cell, why))
        opens = bool(unit or why) and (cell.told or cell.apart > 0 or bool(cell.short))
        return Shown(span, self.measure.written(value), value, marks, opens, absent)

    def legend(self, lines: Sequence[Line]) -> list[Mark]:
        """The marks that stand in these rows, or in those below them."""
        shown = [*lines, *self.leftovers, *([self.total] if self.total else [])]
        words = {mark.word for line in shown for cell in line.cells for mark in cell.marks}
        plain = {mark.word for mark in LEGEND}
        return [m for m in LEGEND if m.word in words or (m is MISSING and words - plain)]

    # Changes

    @cached_property
    def compared(self) -> tuple[Span, Span] | None:
        """The first and last year that may be compared: after the last break of the standard."""
        run: list[Span] = []
        for span in self.spans:
            if span.breaks:
                run = []
            run.append(span)
        if not self.measure.adds or len(run) < 2:
            return None
        return run[0], run[-1]

    def _change(self, cells: dict[int, Cell]) -> str:
        """From the first to the last comparable year, where both are whole; else a dash."""
        if self.compared is None:
            return ""
        ends = [cells[span.year] for span in self.compared]
        values = [self.measure.value(cell.sums) if cell.told else None for cell in ends]
        if None in values or not all(cell.told and not cell.short for cell in ends):
            return "–"
        if any(cell.reported < cell.expected for cell in ends):
            return "–"
        difference = values[1] - values[0]
        return f"+{vn_number(difference)}" if difference > 0 else vn_number(difference)

    # Notes

    @cached_property
    def notes(self) -> list[str]:
        """What to know before reading, most important first."""
        found = [span.breaks for span in self.spans if span.breaks]
        found += self._of_years() + self._of_stages() + self._of_boundary() + self._of_provinces()
        if self.asked.day and not self.measure.adds:
            found.append(self.measure.why_apart)
        found += [self.measure.about(self.level), self.measure.about_scope(self.asked.user)]
        return [note for note in found if note]

    def _of_years(self) -> list[str]:
        shown = {span.year for span in self.spans}
        years = [str(year) for year in self.asked.years if year not in shown]
        return [f"Năm {', '.join(years)} không có kỳ báo cáo."] if years else []

    def _of_stages(self) -> list[str]:
        years = [str(span.year) for span in self.spans if span.mark == "sơ bộ"]
        return [f"Số liệu năm {', '.join(years)} là số sơ bộ."] if years else []

    def _of_boundary(self) -> list[str]:
        if not self.without_districts:
            return []
        day = vn_date(self.asked.day)
        return [f"Ngày {day} không có cấp huyện: các xã, phường đứng riêng."]

    def _of_provinces(self) -> list[str]:
        """A province that the register knows in part only holds the ground of its predecessors."""
        days = [self.asked.day] if self.asked.day else [span.day for span in self.spans]
        found = Unit.objects.filter(kind=Kind.PROVINCE, takeovers__isnull=False).distinct()
        shown = [p for p in found.in_order() if any(p.exists_on(day) for day in days)]
        return [_of_ground(province) for province in shown]


def told(why: Why) -> str:
    """The name of the row of what has no unit, for this reason."""
    return why.label[:1].upper() + why.label[1:]


def _of_ground(province: Unit) -> str:
    names = ", ".join(link.predecessor.name for link in predecessors(province))
    words = f"Số liệu của {province.name} ở đây chỉ gồm địa bàn {names} mà sổ đơn vị theo dõi"
    return f"{words}. {province.note}".strip() if province.note else f"{words}."


def _marks(cell: Cell, why) -> list[Mark]:
    found = []
    if cell.estimated and why is None:
        found.append(ESTIMATED)
    if cell.short:
        found.append(SHORT)
    if cell.apart:
        found.append(APART)
    if cell.told and not cell.reported:
        found.append(FROM_BELOW)
    elif cell.told and cell.reported < cell.expected:
        word = f"{vn_number(cell.reported)}/{vn_number(cell.expected)}"
        found.append(Mark(word, f"Chỉ {word} đơn vị có số liệu."))
    return found
