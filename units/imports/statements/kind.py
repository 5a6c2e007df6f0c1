"""The kind of data "so-lieu": the statistical table of a province or of the country."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from config import clock
from config.text import fold
from units import permissions
from units.actions import statements as actions
from units.imports.kind import Fault, ImportKind
from units.imports.lives import MEASURED, Life, Lives
from units.imports.statements.definition import (
    COMMUNE,
    COUNTRY,
    COUNTRY_CODE,
    COUNTS,
    DEFINITION,
    IDENTITY,
    KEPT,
    KIND_OF,
    LEVEL_OF,
)
from units.imports.statements.rules import parts_within_wholes, rates_as_counted
from units.imports.statements.sums import Roll, Whole, communes_on, compared
from units.kinds import Kind
from units.models import Import, PovertyTally, Unit
from units.poverty.periods import period_at_hand, reckoned_years
from units.poverty.territory import year_end


@dataclass
class Around:
    """The register, the years that count, and what was seen of the file."""

    lives: Lives
    ends: dict[int, date]
    """Each year that figures may speak of, with its last day."""
    this_year: int
    roll: Roll = field(default_factory=Roll)
    wholes: dict[str, dict] = field(default_factory=dict)
    """The rows of sums by their key, with ``unit`` and ``name``."""
    to_come: set[int] = field(default_factory=set)

    def life(self, values: dict) -> Life | None:
        """The unit of a row at the end of its year."""
        day = self.ends.get(values["year"])
        return self.lives.on(values["code"], day) if day else None


class Statements(ImportKind):
    slug = "so-lieu"
    title = "Bảng số liệu hộ nghèo của thôn, xã"
    about = "Số hộ của từng thôn, từng xã qua các năm; dòng huyện, tỉnh chỉ để đối chiếu."
    counted = "đơn vị của một năm"

    def refusal(self, user, options=None):
        return permissions.imports_reviews(user)

    def definition(self, options):
        return DEFINITION

    def surroundings(self, options, user):
        ends = {year: year_end(year) for year in reckoned_years()}
        return Around(Lives(MEASURED), ends, clock.today().year)

    def key(self, values):
        code, year = values["code"], values["year"]
        return f"{code}/{year}" if code and year else ""

    def key_column(self):
        return "code"

    def judge(self, values, around: Around) -> Iterable[Fault]:
        """Nothing is made of a right row but its verdict: there may be half a million."""
        year = values["year"]
        if around.ends.get(year) is None:
            found = [Fault("year", "wrong_year", _wrong_year(year, around))] if year else []
        else:
            found = _of_unit(values, around)
        found += [Fault(*told) for told in parts_within_wholes(values)]
        found += [Fault(*told) for told in rates_as_counted(values)]
        return found

    def keep(self, values, around: Around):
        """The figures of a village or commune; rates follow from them.

        A row of sums is remembered for ``finish``; of it nothing is kept but what it is.
        """
        year = values["year"]
        if year > around.this_year:
            around.to_come.add(year)
        kept = {name: values[name] for name in IDENTITY}
        figures = {name: values[name] for name in COUNTS}
        if values["level"] not in KEPT:
            around.wholes[self.key(values)] = kept | figures
            return kept
        if values["level"] == COMMUNE:
            around.roll.add(year, around.life(values), values)
        return kept | figures

    def unit_of(self, values, around: Around):
        life = around.life(values)
        return life.pk if life else None

    def on_file(self, keys, around: Around):
        """Figures on file. A row of sums is never written, so it stands as the file has it."""
        found, places = {}, {}
        for key in keys:
            code, _, year = key.rpartition("/")
            kept = {"level": COUNTRY, "code": code, "year": int(year)}
            if life := around.life(kept):
                kept["level"] = LEVEL_OF[life.kind]
            if life and kept["level"] in KEPT:
                places[life.pk, kept["year"]] = key, kept
            else:
                found[key] = kept
        for unit, year, *counts in _tallies(places).values_list("unit", "year", *COUNTS):
            if place := places.get((unit, year)):
                key, kept = place
                found[key] = kept | dict(zip(COUNTS, counts, strict=True))
        return found

    def finish(self, job: Import, around: Around) -> Iterator[Fault]:
        """The rows of sums against their communes; years that are not over yet."""
        yield from _compared(around)
        for year in sorted(around.to_come):
            message = f"Tệp có số liệu năm {year}, năm này chưa đến; hãy kiểm tra lại."
            yield Fault("year", "future_year", message, False)

    def write(self, job: Import, rows, around: Around, *, by, at):
        actions.write_statements(job, rows, by=by, at=at)

    def after(self, job: Import, around: Around, *, by, at):
        actions.tell_of(job)

    def hold_back(self, job: Import):
        return actions.built_upon(job)

    def undo(self, job: Import, rows, *, by, at):
        actions.put_back_statements(job, rows, by=by, at=at)

    def after_undo(self, job: Import, *, by, at):
        actions.tell_of(job)

    def rows(self, options, user):
        """The communes of the year at hand, each with its villages, and their figures on file."""
        year = period_at_hand(clock.today())[0]
        units = Unit.objects.as_of(year_end(year)).filter(kind__in=(Kind.COMMUNE, Kind.VILLAGE))
        on_file = {tally.unit_id: tally for tally in _tallies({(None, year)})}
        for unit in units.order_by("path").iterator(chunk_size=2_000):
            tally = on_file.get(unit.pk)
            yield {
                "level": LEVEL_OF[unit.kind],
                "code": unit.code,
                "name": unit.name,
                "year": year,
                **({name: getattr(tally, name) for name in COUNTS} if tally else {}),
            }


def _tallies(places):
    """The statements on file of these units and years; of all units where one is None."""
    found = PovertyTally.objects.filter(
        origin=PovertyTally.Origin.STATEMENT, year__in={year for _, year in places}
    )
    units = {unit for unit, _ in places}
    return found if None in units else found.filter(unit__in=units)


def _of_unit(values: dict, around: Around) -> list[Fault]:
    """The code is that of a unit of the row's level at the end of the row's year."""
    code, level = values["code"], values["level"]
    if not code or level == COUNTRY:
        told = f"dòng cả nước phải có mã {COUNTRY_CODE}."
        return [Fault("code", "unknown_unit", told)] if code not in ("", COUNTRY_CODE) else []
    day = around.ends[values["year"]]
    life = around.lives.on(code, day)
    if life is None:
        return [Fault("code", *around.lives.refusal(code, day))]
    found = []
    if level and life.kind != KIND_OF[level]:
        message = (
            f"mã {code} là {Kind(life.kind).label} ({life.name}), không đúng cấp của dòng; hãy sửa "
            "cấp hoặc mã."
        )
        found.append(Fault("code", "level_mismatch", message))
    if (name := values.get("name")) and not f" {fold(life.name)}".endswith(f" {fold(name)}"):
        message = f"“{name}” không phải tên của mã {code} ({life.name}); hãy sửa mã hoặc tên."
        found.append(Fault("name", "name_mismatch", message))
    return found


def _wrong_year(year: int, around: Around) -> str:
    if not around.ends:
        return f"ghi {year}, nhưng chưa khai báo năm nào có số liệu; hãy nhờ quản trị hệ thống."
    first, last = min(around.ends), max(around.ends)
    return f"ghi {year}, ngoài các năm của phong trào ({first} đến {last}); hãy sửa hoặc bỏ dòng."


def _compared(around: Around) -> Iterator[Fault]:
    wholes = [_whole(key, kept, around) for key, kept in around.wholes.items()]
    communes = [life for life in around.lives if life.kind == Kind.COMMUNE]
    alive = {year: communes_on(communes, day) for year, day in around.ends.items()}
    return compared(wholes, around.roll, alive)


def _whole(key: str, kept: dict, around: Around) -> Whole:
    life = around.life(kept)
    unit, name = (life.pk, life.name) if life else (0, "Cả nước")
    return Whole(key, kept["year"], unit, name, [kept[name] for name in COUNTS])
