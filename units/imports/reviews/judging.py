"""A row of the review against the register, and the file as a whole against what is on file."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from config.text import fold, vn_number
from units.imports.kind import Fault
from units.imports.lives import Life, Lives
from units.imports.reviews.definition import ADJUSTMENTS
from units.imports.reviews.openings import OPENINGS, Openings, area_of
from units.imports.reviews.rules import DOUBTS, JUMP_SHARE, REFUSALS, is_jump
from units.kinds import Kind
from units.models import PovertyReview, Unit
from units.models.poverty import Stage
from units.poverty.figures import COUNTS
from units.poverty.territory import communes_alive, year_end

NAMED = 20
"""A sentence names so many communes; the others are counted."""


def key_of(code: str, area: str) -> str:
    return f"{code}/{area}"


@dataclass
class Around:
    """What the rows of a year and stage are judged against, and what was seen of the file.

    ``on_file``: (key of the row on file, its values) by the row's own key.
    """

    year: int
    stage: str
    lives: Lives
    communes: dict[int, Unit]
    openings: Openings
    on_file: dict[str, tuple[int, dict]]
    periods: Counter = field(default_factory=Counter)
    seen: dict[int, dict[str, dict]] = field(default_factory=dict)
    """Commune → area → values, of the rows that were right."""
    named: set[int] = field(default_factory=set)
    """The communes that rows speak of, right or not."""


def around(year: int, stage: str) -> Around:
    """A fixed number of queries, whatever the file holds."""
    communes = communes_alive(year).select_related("parent").in_order()
    found = {unit.pk: unit for unit in communes}
    lives = Lives((Kind.PROVINCE, Kind.DISTRICT, Kind.COMMUNE))
    reviews = PovertyReview.objects.filter(year=year, stage=stage).select_related("unit")
    kept = {
        key_of(review.unit.code, review.area): (review.pk, values_of(review)) for review in reviews
    }
    return Around(year, stage, lives, found, Openings(year), kept)


def values_of(review: PovertyReview) -> dict:
    """A row on file as the workbook tells it."""
    identity = {"year": review.year, "stage": review.stage}
    identity |= {"code": review.unit.code, "name": review.unit.name, "area": review.area}
    return identity | {name: getattr(review, name) for name in COUNTS}


def commune_of(values: dict, seen: Around) -> Unit | None:
    """The commune that carries the row's code at the end of the year."""
    life = seen.lives.on(values["code"], year_end(seen.year))
    return seen.communes.get(life.pk) if life else None


# One row


def judged(values: dict, seen: Around) -> Iterator[Fault]:
    """Period, commune and figures of a row."""
    seen.periods[values["year"], values["stage"]] += 1
    yield from _of_period(values, seen)
    if values["code"]:
        yield from _of_commune(values, seen)
    counts = counts_of(values)
    for rules, blocking in ((REFUSALS, True), (DOUBTS, False)):
        for name, judges in rules.items():
            for judge in judges:
                for column, message in judge(counts):
                    yield Fault(column, name, message, blocking)


def _of_period(values: dict, seen: Around) -> Iterator[Fault]:
    if values["year"] not in (None, seen.year):
        message = f"ghi {values['year']}, tệp này nhập cho năm {seen.year}; hãy sửa hoặc bỏ dòng."
        yield Fault("year", "wrong_year", message)
    if values["stage"] not in ("", seen.stage):
        message = f"khác mức đang nhập ({Stage(seen.stage).label}); hãy sửa hoặc bỏ dòng."
        yield Fault("stage", "wrong_stage", message)


def _of_commune(values: dict, seen: Around) -> Iterator[Fault]:
    day, code = year_end(seen.year), values["code"]
    life = seen.lives.on(code, day)
    if life is None:
        yield Fault("code", *seen.lives.refusal(code, day))
        return
    if life.kind != Kind.COMMUNE:
        yield Fault("code", "level_mismatch", _no_commune(life))
        return
    unit = seen.communes[life.pk]
    seen.named.add(unit.pk)
    if values["name"] and not _names(unit, values["name"]):
        message = (
            f"“{values['name']}” không phải tên của mã {code} ({unit.name}); hãy kiểm tra dòng có "
            "bị lệch không, rồi sửa mã hoặc tên."
        )
        yield Fault("name", "name_mismatch", message)
    if values["area"] and values["area"] != area_of(unit):
        message = f"{unit.name} thường thuộc khu vực {area_of(unit).label}; hãy kiểm tra lại."
        yield Fault("area", "unusual_area", message, False)


def _no_commune(life: Life) -> str:
    return f"{life.name} không phải xã, phường, thị trấn; hãy bỏ dòng này, cổng tự cộng."


def _names(unit: Unit, written: str) -> bool:
    """Whether the text is the unit's name; accents, capitals and "xã" in front may differ."""
    return fold(written) in (fold(unit.name), fold(unit.short_name))


def counts_of(values: dict) -> dict[str, int]:
    """The figures that could be read; a blank adjustment is none."""
    found = {name: values[name] for name in COUNTS}
    found |= {name: values[name] or 0 for name in ADJUSTMENTS}
    return {name: value for name, value in found.items() if value is not None}


# The file as a whole


def whole(seen: Around) -> Iterator[Fault]:
    """What only all rows together tell: another period, odd openings, communes left out."""
    yield from _other_period(seen)
    yield from _odd_openings(seen)
    named = {unit for unit, _ in kept_areas(seen)} | seen.named
    missing = [unit for pk, unit in seen.communes.items() if pk not in named]
    if missing:
        names = ", ".join(unit.name for unit in missing[:NAMED])
        more = f" và {vn_number(len(missing) - NAMED)} đơn vị khác" if missing[NAMED:] else ""
        message = (
            f"{vn_number(len(missing))} xã, phường, thị trấn vẫn chưa có số liệu sau khi ghi: "
            f"{names}{more}."
        )
        yield Fault("code", "missing_commune", message, False)


def kept_areas(seen: Around) -> dict[tuple[int, str], str]:
    """(commune, area) → key of what is on file."""
    found = {}
    for key, (_, values) in seen.on_file.items():
        unit = commune_of(values, seen)
        if unit is not None:
            found[unit.pk, values["area"]] = key
    return found


def removed(seen: Around) -> dict[str, int]:
    """Areas on file of the file's communes that the file no longer has: key → commune."""
    return {
        key: unit
        for (unit, area), key in kept_areas(seen).items()
        if unit in seen.seen and area not in seen.seen[unit]
    }


def _other_period(seen: Around) -> Iterator[Fault]:
    """A workbook of another year is one mistake, not one in every row."""
    told = [period for period in seen.periods if all(period)]
    if len(told) == 1 and told[0] != (seen.year, seen.stage):
        year, stage = told[0]
        message = (
            f"Tệp ghi số liệu {Stage(stage).label} năm {year}, còn đang nhập số liệu "
            f"{Stage(seen.stage).label} năm {seen.year}; hãy chọn lại năm và mức số liệu, hoặc "
            "chọn đúng tệp."
        )
        yield Fault("year", "other_period", message)


def _odd_openings(seen: Around) -> Iterator[Fault]:
    """Each commune's opening against the closing of the year before, both over its areas."""
    for pk, areas in seen.seen.items():
        unit = seen.communes[pk]
        if carried := seen.openings.total(unit):
            for column, rule, message in _doubts(list(areas.values()), carried, seen.year - 1):
                key = key_of(unit.code, next(iter(areas)))
                yield Fault(column, rule, message, False, key)


def _doubts(lines: list[dict], carried: dict[str, int], before: int) -> Iterator[tuple]:
    for name, source in OPENINGS.items():
        written = sum(line[name] for line in lines)
        if written != carried[source]:
            message = (
                f"{vn_number(written)} hộ, khác số cuối năm {before} đang lưu là "
                f"{vn_number(carried[source])}; hãy kiểm tra lại."
            )
            yield name, "opening_differs", message
    households = sum(line["households"] for line in lines)
    if is_jump(carried["households"], households):
        message = (
            f"năm {before} có {vn_number(carried['households'])} hộ, nay {vn_number(households)}, "
            f"thay đổi hơn {JUMP_SHARE}%; hãy kiểm tra lại."
        )
        yield "households", "jump", message
