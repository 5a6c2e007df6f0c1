"""One row of the list: place, person, statuses. Plain and cheap, for a million rows go by."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from operator import itemgetter

from config.text import fold
from units.household_rules import foreign_code
from units.households.codes import COMMUNE_DIGITS, Codes
from units.households.counting import Counts
from units.households.courses import GAP, POOR, Course, Courses
from units.households.places import (
    LOST_ZERO,
    MISMATCH,
    OUTSIDE,
    UNKNOWN,
    Missing,
    Place,
    Places,
)
from units.imports.households.definition import (
    CONCEALED,
    DEPRIVATIONS,
    LEAST_DEPRIVATIONS,
    MAJORITY,
    status_name,
)
from units.imports.households.seen import Seen
from units.imports.kind import Fault

REMEMBERED = 100
"""Rows with a blank column of which a finding about the whole tells."""
SHORT_REMEMBERED = 5
"""Rows of a commune whose statuses end early, likewise."""
PLACES = {
    UNKNOWN: ("village", "mã {0} không có trong sổ đơn vị; hãy sửa mã thôn, hoặc thêm thôn trước."),
    LOST_ZERO: ("village", "“{0}” thiếu số 0 ở đầu; hãy đổi định dạng ô thành Text rồi ghi 0{0}."),
    MISMATCH: ("commune", "thôn {0} không thuộc xã có mã {1}; hãy sửa mã thôn hoặc mã xã."),
    OUTSIDE: ("commune", "xã có mã {1} không phải xã đang nhập; hãy bỏ dòng này."),
}
"""Why two codes are no place: the column where it is told, and the sentence."""
GAPS = "để trống giữa hai năm có tình trạng; hãy ghi tình trạng năm này (đã ra khỏi danh sách: K)."
IMPOSSIBLE = (
    "không thể có: hộ vào danh sách lần đầu là N hoặc CN, MTN chỉ đến sau N, CN hoặc MTN; hãy sửa "
    "tình trạng năm này hoặc năm trước."
)
CONTRADICTS = (
    "không khớp các chỉ số thiếu hụt của hộ: hộ nghèo (N) thiếu hụt từ {0} chỉ số trở lên, hộ cận "
    "nghèo (CN) dưới {0}; hãy sửa tình trạng hoặc chỉ số."
)
TWICE = "số định danh trùng với một dòng khác trong tệp; mỗi người đứng tên một hộ, hãy kiểm tra."
NO_STATUS = "hộ chưa có tình trạng năm nào; hãy ghi ít nhất một năm."
BLANK = "để trống trong khi các dòng khác có ghi; hãy điền đủ, hoặc bỏ trống cả cột."


class Blanks:
    """Which concealed columns hold anything: each may be blank as a whole, never in part.

    Rows that were blank before the first filled one are remembered by their key.
    """

    def __init__(self):
        self._values = itemgetter(*CONCEALED)
        self.filled: set[str] = set()
        self.early: dict[str, list[str]] = {}
        self._same: tuple | None = None
        """Values of a row that had nothing in any of these columns."""

    def missing(self, values: dict) -> Iterable[Fault]:
        """What is blank here and filled elsewhere."""
        told = self._values(values)
        if told == self._same and not self.filled:
            return ()
        if None not in told and "" not in told and len(self.filled) == len(CONCEALED):
            return ()
        return self._looked_through(values, told)

    def _looked_through(self, values: dict, told: tuple) -> list[Fault]:
        found = []
        for name, value in zip(CONCEALED, told, strict=True):
            if value not in (None, ""):
                self.filled.add(name)
            elif name in self.filled:
                found.append(Fault(name, "missing_value", BLANK))
            else:
                self._remember(name, values["code"])
        if not self.filled:
            self._same = told
        return found

    def _remember(self, name: str, key: str) -> None:
        early = self.early.setdefault(name, [])
        if len(early) < REMEMBERED:
            early.append(key)

    def partly(self) -> dict[str, list[str]]:
        """Keys of the first rows that lack what later ones have, by column."""
        return {name: keys for name, keys in self.early.items() if name in self.filled}


@dataclass
class Around:
    """The register, the years, and what was seen of the file so far."""

    years: tuple[int, ...]
    today: date
    places: Places
    held: bool
    """Whether any household is on file."""
    commune: int | None = None
    """The one commune that the file is of."""
    courses: Courses = field(default_factory=Courses)
    blanks: Blanks = field(default_factory=Blanks)
    persons: Seen = field(default_factory=Seen)

    def __post_init__(self):
        self.columns = tuple(map(status_name, self.years))
        self.statuses = itemgetter(*self.columns) if len(self.years) > 1 else self._single
        self.flags = itemgetter(*DEPRIVATIONS)
        self.counts = Counts(self.years)
        self.codes = Codes(self.places)
        self._starts: dict[int, Sequence[int]] = {}
        self.ends: dict[int, array] = {}
        """Commune → how many households have their last status in each year."""
        self.short: dict[tuple[int, int], list[str]] = {}
        """(commune, place of the last status) → the first keys, where years follow."""
        self.first: dict[int, int] = {}
        """Commune → place of the first year that its list tells of."""
        self.row: tuple[dict | None, Place | Missing | None, Course | None] = (None, None, None)
        """The row at hand with its place and its course, which several questions need."""

    def _single(self, values: dict) -> tuple:
        return (values[self.columns[0]],) if self.columns else ()

    def course(self, values: dict) -> Course:
        return self.courses[self.statuses(values)]

    def place(self, values: dict) -> Place | Missing:
        row, place, _ = self.row
        return place if row is values else self.places.of(values["village"], values["commune"])


def judged(values: dict, around: Around) -> Iterable[Fault]:
    """What is wrong with a row; nothing is made for one that is right."""
    found = around.blanks.missing(values)
    village, commune = values["village"], values["commune"]
    place = around.places.of(village, commune) if village and commune else None
    if place.__class__ is Missing:
        found = [*found, _misplaced(place, village, commune)]
    elif place and (code := values["code"]) and code[:COMMUNE_DIGITS] != commune:
        found = [*found, *_of_code(code, place, around)]
    if (identity := values["identity"]) and not around.persons.add(int(identity)):
        found = [*found, Fault("identity", "duplicate_person", TWICE)]
    course = around.course(values)
    around.row = values, place, course
    if course.fault or course.first < 0 or _contradicts(values, course, around):
        found = [*found, *_of_statuses(values, course, around)]
    return found


def judged_again(values: dict, around: Around) -> Iterable[Fault]:
    """A waiting row today: what can be told without the concealed columns and the commune."""
    if not around.places.named(values["village"]):
        yield _misplaced(Missing(UNKNOWN), values["village"], "")
    course = around.course(values)
    if course.fault or course.first < 0:
        yield _of_course(course, around)


def _misplaced(missing: Missing, village: str, commune: str) -> Fault:
    column, message = PLACES[missing.rule]
    return Fault(column, missing.rule, message.format(village, commune))


def _of_code(code: str, place: Place, around: Around) -> list[Fault]:
    """Codes of households begin with the code of their commune, or of one from before."""
    if around.codes.fit(place, code):
        return []
    return [Fault("code", "foreign_code", foreign_code(around.codes.of(place)))]


def _contradicts(values: dict, course: Course, around: Around) -> bool:
    """Whether the deprivations speak against the first status (NĐ 07/2021/NĐ-CP Đ3 khoản 2)."""
    flags = around.flags(values)
    if None in flags:
        return False
    poor = values[around.columns[course.first]] == POOR
    return (sum(flags) >= LEAST_DEPRIVATIONS) != poor


def _of_statuses(values: dict, course: Course, around: Around) -> list[Fault]:
    if course.fault or course.first < 0:
        return [_of_course(course, around)]
    column = around.columns[course.first]
    message = CONTRADICTS.format(LEAST_DEPRIVATIONS)
    return [Fault(column, "indicators_contradict", message)]


def _of_course(course: Course, around: Around) -> Fault:
    if course.fault is None:
        return Fault(around.columns[-1] if around.columns else "", "missing_status", NO_STATUS)
    place, rule = course.fault
    return Fault(around.columns[place], rule, GAPS if rule == GAP else IMPOSSIBLE)


def counted(values: dict, around: Around) -> None:
    """Add a right row to the counts of its units; what the portal must not keep ends here."""
    place: Place = around.place(values)
    course = around.row[2] if around.row[0] is values else around.course(values)
    starts = around._starts.get(place.unit)
    if starts is None:
        starts = around._starts[place.unit] = around.counts.starts(place.units)
    told = (1 if _is_minority(values["ethnic"]) else 0) + (2 if values["unable"] else 0)
    around.counts.add(starts, course.marks[told])
    commune, last = place.commune, course.last
    ends = around.ends.get(commune)
    if ends is None:
        ends = around.ends[commune] = array("i", [0]) * len(around.years)
    ends[last] += 1
    if last + 1 < len(around.years):
        _remember_short(around, commune, last, values["code"])
    if course.first < around.first.get(commune, len(around.years)):
        around.first[commune] = course.first


def _remember_short(around: Around, commune: int, last: int, key: str) -> None:
    keys = around.short.setdefault((commune, last), [])
    if len(keys) < SHORT_REMEMBERED:
        keys.append(key)


@lru_cache(maxsize=1_000)
def _is_minority(people: str) -> bool:
    """Whether it is any people but the majority; "" is untold. There are few spellings."""
    return bool(people) and fold(people) != MAJORITY


def span(around: Around) -> tuple[int, int]:
    """The first and the last year that the file tells of."""
    last = max(place for ends in around.ends.values() for place, n in enumerate(ends) if n)
    return around.years[min(around.first.values())], around.years[last]
