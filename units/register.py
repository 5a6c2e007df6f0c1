"""The register of units that the portal ships: reading the files and bringing them in.

The files and their sources are described in ``units/data/README.md``. Reading knows no database:
``read_register`` gives plain rows or refuses with file, line and remedy; the write is
``units.actions.write_register``.
"""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from config.dated import covers
from config.text import nfc
from config.workflow import RuleViolation
from units import actions
from units.actions import RegisterCounts
from units.kinds import Confidence, Kind
from units.models import Succession, User

SHIPPED = Path(__file__).resolve().parent / "data"

FILES = {
    "provinces.csv": Kind.PROVINCE,
    "departments.csv": Kind.DEPARTMENT,
    "districts.csv": Kind.DISTRICT,
    "communes.csv": Kind.COMMUNE,
}


@dataclass(frozen=True)
class UnitRow:
    """One life of a unit. ``valid_to`` is the first day without it; ``place``: file and line."""

    kind: str
    code: str
    name: str
    short_name: str
    subtype: str
    urban: bool
    parent_code: str
    valid_from: date
    valid_to: date | None
    source: str
    confidence: str
    note: str
    place: str = field(compare=False)

    @property
    def key(self) -> tuple[str, date]:
        return self.code, self.valid_from

    def lives_on(self, day: date) -> bool:
        return covers(self.valid_from, self.valid_to, day)


@dataclass(frozen=True)
class SuccessionRow:
    """``old_code`` ends on ``date``, ``new_code`` starts then; empty: no receiving unit known."""

    date: date
    old_code: str
    new_code: str
    way: str
    basis: str
    confidence: str
    note: str
    place: str = field(compare=False)


@dataclass(frozen=True)
class Register:
    units: tuple[UnitRow, ...]
    successions: tuple[SuccessionRow, ...]


def read_register(folder: Path = SHIPPED) -> Register:
    """The register as the files tell it; all faults of form are refused together."""
    faults: list[str] = []
    sources = {row["id"]: row for _, row in _lines(folder / "sources.csv")}
    units = [
        row
        for name, kind in FILES.items()
        for row in _read(folder / name, _unit_reader(kind, sources), faults)
    ]
    successions = _read(folder / "successions.csv", _succession, faults)
    if faults:
        raise RuleViolation(*faults)
    return Register(tuple(units), tuple(successions))


def load_register(*, by: User | None = None, folder: Path = SHIPPED) -> RegisterCounts:
    """Bring the shipped register in; loading it again changes nothing.

    A changed file changes names, notes, sources and ends of the units it lists; they keep their
    primary keys, and units entered in the portal are left alone.
    """
    return actions.write_register(read_register(folder), by=by)


# Reading


def _lines(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        for row in reader:
            place = f"{path.name}, dòng {reader.line_num}"
            yield place, {name: nfc((value or "").strip()) for name, value in row.items() if name}


def _read(path: Path, reader: Callable, faults: list[str]) -> list:
    rows = []
    for place, line in _lines(path):
        try:
            rows.append(reader(line, place))
        except KeyError as missing:
            faults.append(f"{place}: không có {missing}; bổ sung cột hoặc mã nguồn còn thiếu.")
        except ValueError as fault:
            faults.append(f"{place}: giá trị không đọc được ({fault}); sửa theo README của tệp.")
    return rows


def _unit_reader(kind: str, sources: dict[str, dict[str, str]]) -> Callable:
    def read(line: dict[str, str], place: str) -> UnitRow:
        return UnitRow(
            kind=kind,
            code=line["code"],
            name=line["name"],
            short_name=line["short_name"],
            subtype=line["subtype"],
            urban=line["urban"] == "1",
            parent_code=line["parent_code"],
            valid_from=date.fromisoformat(line["valid_from"]),
            valid_to=_date_or_none(line["valid_to"]),
            source=_cited(line["sources"], sources),
            confidence=Confidence(line["confidence"]).value,
            note=line["note"],
            place=place,
        )

    return read


def _succession(line: dict[str, str], place: str) -> SuccessionRow:
    return SuccessionRow(
        date=date.fromisoformat(line["date"]),
        old_code=line["old_code"],
        new_code=line["new_code"],
        way=Succession.Way(line["way"]).value,
        basis=line["basis"],
        confidence=Confidence(line["confidence"]).value,
        note=line["note"],
        place=place,
    )


def _date_or_none(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _cited(ids: str, sources: dict[str, dict[str, str]]) -> str:
    """ "S01;S07" as words with the grade of each: "Kế hoạch 166/KH-UBND … (A); …"."""
    cited = [sources[name] for name in ids.split(";") if name]
    return "; ".join(f"{source['citation']} (loại {source['grade']})" for source in cited)
