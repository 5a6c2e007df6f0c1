"""The file as a whole: its rows against the register, each other and what is on file."""

from collections import Counter
from dataclasses import dataclass, field

from django.core.files.base import ContentFile

from config.sheets import Problem, Row, SheetError, convert, read
from config.text import fold, vn_date, vn_number
from config.uploads import safe_name
from config.workflow import RuleViolation
from units.imports.openings import OPENINGS, Openings, area_of
from units.imports.rules import DOUBTS, JUMP_SHARE, REFUSALS, is_jump
from units.imports.workbook import ADJUSTMENTS, DEFINITION
from units.kinds import Kind
from units.models import PovertyReview, ReviewFile, Unit
from units.models.poverty import Area, Stage
from units.poverty.figures import COUNTS, Figures
from units.poverty.territory import communes_alive, year_end


@dataclass(frozen=True)
class Line:
    """One commune's area as the file has it, with what is on file for it now."""

    row: Row
    unit: Unit
    area: str
    figures: Figures
    kept: PovertyReview | None = None

    @property
    def changes(self) -> dict[str, tuple[int, int]]:
        """Old and new value of each figure that differs from the one on file."""
        if self.kept is None:
            return {}
        old = {name: getattr(self.kept, name) for name in COUNTS}
        return {
            name: (old[name], self.figures[name])
            for name in COUNTS
            if old[name] != self.figures[name]
        }


@dataclass
class Checked:
    """What a workbook holds. It may be written when there are no ``errors``."""

    year: int
    stage: str
    problems: list[Problem] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    removed: list[PovertyReview] = field(default_factory=list)
    """Rows on file of the file's communes whose area the file no longer has."""
    missing: list[Unit] = field(default_factory=list)
    """Communes of the year that are neither in the file nor on file."""
    notes: tuple[str, ...] = ()
    names: dict[int, str] = field(default_factory=dict)
    """What each row, by its number in the sheet, calls its commune."""
    expected: dict[int, int] = field(default_factory=dict)
    """How many communes of the year stand under each unit."""
    seen: dict[tuple[int, str], int] = field(default_factory=dict)
    """Commune and area → the number of the row that named them first."""

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.blocking]

    @property
    def warnings(self) -> list[Problem]:
        return [problem for problem in self.problems if not problem.blocking]

    @property
    def new(self) -> list[Line]:
        return [line for line in self.lines if line.kept is None]

    @property
    def changed(self) -> list[Line]:
        return [line for line in self.lines if line.changes]

    @property
    def same(self) -> list[Line]:
        return [line for line in self.lines if line.kept is not None and not line.changes]

    @property
    def counts(self) -> dict[str, int]:
        names = ("new", "changed", "same", "removed")
        return {name: len(getattr(self, name)) for name in names}


def upload_as_file(content: bytes, name: str) -> ContentFile:
    """The bytes as a file that knows its name, as the readers of workbooks want it."""
    return ContentFile(bytes(content), name=safe_name(name))


def check_file(file: ReviewFile) -> Checked:
    """Check a waiting workbook against the database as it is now."""
    return check(upload_as_file(file.content, file.name), file.year, file.stage)


def check(upload, year: int, stage: str) -> Checked:
    """Read and judge a workbook; ``RuleViolation`` when it is not one of ours at all.

    A fixed number of queries, whatever the number of rows.
    """
    try:
        sheet = read(upload, DEFINITION)
    except SheetError as refusal:
        raise RuleViolation(*refusal.args) from refusal
    if not sheet.rows:
        raise RuleViolation("Bảng chưa có dòng số liệu nào; hãy điền vào mẫu rồi chọn lại.")
    values = {row.number: convert(DEFINITION, row) for row in sheet.rows}
    _refuse_other_period([found for found, _ in values.values()], year, stage)
    found = Checked(year, stage, notes=sheet.notes)
    known = _units_by_code({found["code"] for found, _ in values.values()})
    kept = {
        (review.unit_id, review.area): review
        for review in PovertyReview.objects.filter(year=year, stage=stage)
    }
    for row in sheet.rows:
        found.names[row.number] = values[row.number][0]["name"]
        _take(found, row, *values[row.number], known=known, kept=kept)
    _doubt_openings(found, Openings(year))
    _see_what_is_left(found, kept)
    return found


def _refuse_other_period(values: list[dict], year: int, stage: str) -> None:
    """A workbook of another year is one mistake, not one in every row."""
    told = {(line["year"], line["stage"]) for line in values if line["year"] and line["stage"]}
    if len(told) == 1 and (other := told.pop()) != (year, stage):
        raise RuleViolation(
            f"Tệp ghi số liệu {Stage(other[1]).label} năm {other[0]}, còn đang nhập số liệu "
            f"{Stage(stage).label} năm {year}; hãy chọn lại năm và mức số liệu, hoặc chọn đúng tệp."
        )


def _units_by_code(codes: set[str]) -> dict[str, list[Unit]]:
    """All lives of each code: codes are reused."""
    lives: dict[str, list[Unit]] = {}
    found = Unit.objects.filter(code__in=codes - {""}).select_related("parent", "parent__parent")
    for unit in found.order_by("valid_from"):
        lives.setdefault(unit.code, []).append(unit)
    return lives


def _take(found: Checked, row: Row, values: dict, problems: list[Problem], *, known, kept) -> None:
    """Judge one row; it becomes a line only when nothing in it is wrong."""
    if not values["code"] and fold(values["name"]).startswith("tong"):
        message = "là dòng cộng; cổng tự cộng, hãy xóa cả dòng này."
        found.problems.append(DEFINITION.problem(row, "name", message))
        return
    problems = problems + list(_of_period(found, row, values))
    unit, wrong = _unit(found.year, row, values, known)
    problems += wrong
    if unit and values["area"]:
        problems += _once(found, row, unit, values["area"])
    counts = _counts(values, problems, row)
    problems += _judged(row, counts)
    if unit and values["area"] and not any(problem.blocking for problem in problems):
        review = kept.get((unit.pk, values["area"]))
        found.lines.append(Line(row, unit, values["area"], Figures(counts), review))
    found.problems += problems


def _counts(values: dict, problems: list[Problem], row: Row) -> dict[str, int]:
    """The figures that could be read; a blank adjustment is none."""
    wrong = {problem.address for problem in problems if problem.blocking}
    read_as = {name: values[name] for name in COUNTS}
    for name in ADJUSTMENTS:
        if read_as[name] is None and row.cells[name].address not in wrong:
            read_as[name] = 0
    return {name: value for name, value in read_as.items() if value is not None}


def _judged(row: Row, counts: dict[str, int]):
    for rules, blocking in ((REFUSALS, True), (DOUBTS, False)):
        for rule in rules:
            for name, message in rule(counts):
                yield DEFINITION.problem(row, name, message, blocking=blocking)


def _of_period(found: Checked, row: Row, values: dict):
    if values["year"] not in (None, found.year):
        message = f"ghi {values['year']}, tệp này nhập cho năm {found.year}; hãy sửa hoặc bỏ dòng."
        yield DEFINITION.problem(row, "year", message)
    if values["stage"] not in ("", found.stage):
        message = f"khác mức đang nhập ({Stage(found.stage).label}); hãy sửa hoặc bỏ dòng."
        yield DEFINITION.problem(row, "stage", message)


def _unit(year: int, row: Row, values: dict, known) -> tuple[Unit | None, list[Problem]]:
    """The commune the row speaks of, as it stood at the end of the year."""
    code = values["code"]
    if not code:
        return None, []
    lives = known.get(code, [])
    unit = next((unit for unit in lives if unit.exists_on(year_end(year))), None)
    if message := _not_a_commune(code, year, lives, unit):
        return None, [DEFINITION.problem(row, "code", message)]
    wrong = []
    if values["name"] and not _names(unit, values["name"]):
        message = (
            f"“{values['name']}” không phải tên của mã {code} ({unit.name}); hãy kiểm tra dòng có "
            "bị lệch không, rồi sửa mã hoặc tên."
        )
        wrong.append(DEFINITION.problem(row, "name", message))
    if values["area"] and values["area"] != area_of(unit):
        message = f"{unit.name} thường thuộc khu vực {area_of(unit).label}; hãy kiểm tra lại."
        wrong.append(DEFINITION.problem(row, "area", message, blocking=False))
    return unit, wrong


def _not_a_commune(code: str, year: int, lives: list[Unit], unit: Unit | None) -> str:
    if not lives:
        return f"mã {code} không có trong sổ đơn vị; hãy sửa mã theo mẫu tải về."
    if unit is None:
        last = lives[-1]
        when = (
            f"hết từ {vn_date(last.valid_to)}"
            if last.valid_to and last.valid_to <= year_end(year)
            else f"có từ {vn_date(last.valid_from)}"
        )
        return (
            f"{last.name} (mã {code}) {when}, không tồn tại vào 31/12/{year}; hãy bỏ dòng này và "
            "nhập theo đơn vị của mẫu tải về."
        )
    if unit.kind != Kind.COMMUNE:
        return f"{unit.name} không phải xã, phường, thị trấn; hãy bỏ dòng này, cổng tự cộng."
    return ""


def _names(unit: Unit, written: str) -> bool:
    """Whether the text is the unit's name; accents, capitals and "xã" in front may differ."""
    return fold(written) in (fold(unit.name), fold(unit.short_name))


def _once(found: Checked, row: Row, unit: Unit, area: str):
    key = unit.pk, area
    first = found.seen.setdefault(key, row.number)
    if first != row.number:
        yield DEFINITION.problem(
            row,
            "code",
            f"{unit.name}, khu vực {Area(area).label} đã có ở dòng {first}; mỗi khu vực của một xã "
            "chỉ một dòng, hãy xóa một dòng.",
        )


def _doubt_openings(found: Checked, openings: Openings) -> None:
    """Each commune's opening against the closing of the year before, both over its areas."""
    by_unit: dict[int, list[Line]] = {}
    for line in found.lines:
        by_unit.setdefault(line.unit.pk, []).append(line)
    for lines in by_unit.values():
        carried = openings.total(lines[0].unit)
        if carried is None:
            continue
        for name, source in OPENINGS.items():
            written = sum(line.figures[name] for line in lines)
            if written != carried[source]:
                message = (
                    f"{vn_number(written)} hộ, khác số cuối năm {found.year - 1} đang lưu là "
                    f"{vn_number(carried[source])}; hãy kiểm tra lại."
                )
                _doubt(found, lines[0], name, message)
        households = sum(line.figures["households"] for line in lines)
        if is_jump(carried["households"], households):
            message = (
                f"năm {found.year - 1} có {vn_number(carried['households'])} hộ, nay "
                f"{vn_number(households)}, thay đổi hơn {JUMP_SHARE}%; hãy kiểm tra lại."
            )
            _doubt(found, lines[0], "households", message)


def _doubt(found: Checked, line: Line, name: str, message: str) -> None:
    found.problems.append(DEFINITION.problem(line.row, name, message, blocking=False))


def _see_what_is_left(found: Checked, kept: dict) -> None:
    """What the import would take away, and which communes it leaves without figures."""
    named = {line.unit.pk for line in found.lines}
    written = {(line.unit.pk, line.area) for line in found.lines}
    found.removed = [
        review for key, review in kept.items() if key[0] in named and key not in written
    ]
    reported = named | {unit for unit, _ in kept}
    alive = list(communes_alive(found.year).in_order())
    found.expected = Counter(unit.parent_id for unit in alive)
    found.missing = [unit for unit in alive if unit.pk not in reported]
