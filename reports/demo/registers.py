"""The registers of some communes: villages, lists of households, tables, a change being prepared.

One district with all its communes and two communes elsewhere; every other commune has its review
alone, as the portal was before lists came in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from config import clock
from config.text import VIETNAM
from reports.demo.dice import dice, spread
from reports.demo.fates import TODAY
from reports.demo.files import bring_in, table, workbook
from reports.demo.listed import YEARS, CommuneList, Village
from reports.demo.people import (
    ADMINISTRATOR,
    DESK,
    REPORTER,
    Registrar,
    invented_name,
    unit_accounts,
    unit_stem,
)  # fmt: skip
from units.actions.households import record_outcome, register_escape
from units.households.courses import ESCAPED, NEAR_POOR, POOR
from units.imports.changes import DEFINITION as CHANGES
from units.imports.households.definition import definition_for, status_name
from units.imports.statements.definition import COMMUNE, COUNTS, VILLAGE
from units.imports.statements.definition import DEFINITION as STATEMENT
from units.imports.villages import DEFINITION as VILLAGES
from units.kinds import Kind
from units.models import EscapeRegistration, Household, Succession, Unit, User

DISTRICT = "248"
ELSEWHERE = ("08767", "08773")
OWN_LIST, MERGED_WITH = "08920", "08923"
"""The commune that brings in its own list, and the one that it may be merged with: the register

knows one heir of both, so the merger can be carried out.
"""
OWN_VILLAGE = f"{OWN_LIST}01"

FIRST_DAY = date(2021, 1, 1)
VILLAGES_IN = datetime(2022, 7, 6, 9, tzinfo=VIETNAM)
LISTS_IN = datetime(2023, 11, 16, 9, 30, tzinfo=VIETNAM)
OWN_LIST_IN = datetime(2023, 11, 17, 14, tzinfo=VIETNAM)
TABLES_IN = datetime(2023, 11, 20, 10, tzinfo=VIETNAM)
ESCAPES_IN = datetime(2023, 11, 21, 15, tzinfo=VIETNAM)
CHANGES_IN = datetime(2023, 11, 22, 9, tzinfo=VIETNAM)
WAITING_SINCE = datetime(TODAY.year, TODAY.month, TODAY.day, 7, 30, tzinfo=VIETNAM)

REGISTERED = 14
"""Households of the commune's own list that registered to leave poverty."""
MISCOUNTED = {"08926": 2, "08932": 1}
"""Poor households that the table of a commune counts beyond its list, so that there is something

to compare.
"""
Reviewed = Mapping[tuple[str, int], Mapping[str, int]]


@dataclass(frozen=True)
class Registers:
    """The lists of the communes that play; ``reviews`` as ``Reviews.final`` has them."""

    communes: list[Unit]
    reviews: Reviewed

    @classmethod
    def among(cls, communes: Iterable[Unit], reviews: Reviewed) -> "Registers":
        """Those of the communes whose registers the demonstration fills."""
        chosen = [u for u in communes if u.parent.code == DISTRICT or u.code in ELSEWHERE]
        return cls(chosen, reviews)

    def __bool__(self) -> bool:
        return bool(self.communes)

    @property
    def has_own_list(self) -> bool:
        """Whether the commune that keeps its list itself plays."""
        return any(unit.code == OWN_LIST for unit in self.communes)

    def lists(self) -> list[CommuneList]:
        return [self.list_of(unit) for unit in self.communes]

    def list_of(self, unit: Unit) -> CommuneList:
        reviews = {year: self.reviews[unit.code, year] for year in YEARS}
        return CommuneList(unit.code, unit.urban, reviews)

    # Steps

    def bring_in_villages(self) -> None:
        rows = [
            {"code": village.code, "name": village.name, "subtype": village.subtype,
             "above": one.code}
            for one in self.lists() for village in one.villages
        ]  # fmt: skip
        file = workbook(VILLAGES, rows, "thon")
        bring_in("thon", file, by=ADMINISTRATOR, at=VILLAGES_IN, tu=FIRST_DAY.isoformat())
        if self.has_own_list:
            village = Unit.objects.get(code=OWN_VILLAGE, valid_from=FIRST_DAY)
            Registrar().open(unit_accounts(village), at=VILLAGES_IN)

    def bring_in_lists(self) -> None:
        """The desk brings in what the communes sent; one commune does it itself."""
        others = [row for one in self.lists() if one.code != OWN_LIST for row in one.rows()]
        bring_in("ho", _list(others, "danh-sach-ho"), by=DESK, at=LISTS_IN)
        for unit in self.communes:
            if unit.code == OWN_LIST:
                file = _list(list(self.list_of(unit).rows()), f"danh-sach-ho-{unit.code}")
                bring_in("ho", file, by=_reporter(unit), at=OWN_LIST_IN, xa=unit.pk)

    def bring_in_tables(self) -> None:
        rows = [row for unit in self.communes for row in self._table(unit)]
        bring_in("so-lieu", workbook(STATEMENT, rows, "so-lieu"), by=DESK, at=TABLES_IN)

    def _table(self, unit: Unit) -> Iterable[dict]:
        """The commune's table of two years, village by village; in some, slips of the hand."""
        told = self.list_of(unit)
        for year in YEARS[1:]:
            sums = dict.fromkeys(COUNTS, 0)
            households = self.reviews[unit.code, year]["households"]
            sizes = [village.households for village in told.villages]
            every = spread(households, sizes)
            for village, count in zip(told.villages, every, strict=True):
                counts = told.counts(village.code, year) | {"households": count}
                if year == YEARS[-1] and village == told.villages[0]:
                    counts["poor"] += MISCOUNTED.get(unit.code, 0)
                for name in COUNTS:
                    sums[name] += counts[name]
                yield _line(VILLAGE, village, year, counts)
            yield _line(COMMUNE, unit, year, sums)

    def register_escapes(self) -> None:
        """Poor and near-poor households that registered in 2023, and what came of it so far."""
        unit = next(unit for unit in self.communes if unit.code == OWN_LIST)
        luck = dice("escapes", unit.code)
        with clock.frozen(ESCAPES_IN):
            by = User.objects.get(username=_reporter(unit))
            for household in luck.sample(_listed_before(unit, YEARS[-1]), REGISTERED):
                day = date(2023, luck.randint(2, 4), luck.randint(1, 28))
                registration = register_escape(household, YEARS[-1], day, by=by)
                outcome = _outcome(household)
                if outcome != EscapeRegistration.Outcome.OPEN:
                    record_outcome(registration, outcome, by=by, decided_on=date(2023, 11, 14))

    def leave_one_waiting(self) -> None:
        """The commune's list once more, with a few rows mended, read and not yet confirmed."""
        unit = next(unit for unit in self.communes if unit.code == OWN_LIST)
        rows = list(self.list_of(unit).rows())
        for row in rows[20:22]:
            row["head"] = invented_name(dice("mended", row["code"]))
        near = next(row for row in reversed(rows) if row[status_name(2023)] == NEAR_POOR)
        near[status_name(2023)] = POOR
        added = rows[-1] | {"code": f"{OWN_LIST}{len(rows) + 1:05}",
                            "identity": f"999{OWN_LIST}{len(rows) + 1:04}",
                            "head": invented_name(dice("added", OWN_LIST))}  # fmt: skip
        file = _list([*rows, added], f"danh-sach-ho-{OWN_LIST}-bo-sung")
        bring_in("ho", file, by=_reporter(unit), at=WAITING_SINCE, confirm=False, xa=unit.pk)


def prepare_a_change() -> None:
    """A merger of two communes as a list of changes tells it; nothing is carried out."""
    olds = Unit.objects.as_of(CHANGES_IN.date()).filter(code__in=(OWN_LIST, MERGED_WITH))
    rows = [
        {
            "effective_date": date(2024, 3, 1),
            "old_code": old.code,
            "old_name": old.name,
            "new_code": MERGED_WITH,
            "new_name": "Thị trấn Đại Bồ",
            "kind": Succession.Way.MERGE,
            "legal_basis": "Nghị quyết 00/NQ-GL ngày 20/11/2023 (giả lập)",
            "note": "Ví dụ của bản trình diễn, không có việc sáp nhập này.",
        }
        for old in olds.order_by("code")
    ]
    file = workbook(CHANGES, rows, "sap-xep")
    bring_in("sap-xep", file, by=ADMINISTRATOR, at=CHANGES_IN)


def _list(rows: list[dict], name: str):
    return table(definition_for(YEARS, TODAY.year), rows, name)


def _reporter(unit: Unit) -> str:
    return f"{unit_stem(unit)}.{REPORTER}"


def _line(level: str, unit: Unit | Village, year: int, counts: Mapping[str, int]) -> dict:
    identity = {"level": level, "code": unit.code, "name": unit.name, "year": year}
    return identity | {name: counts[name] for name in COUNTS}


def _listed_before(commune: Unit, year: int) -> list[Household]:
    """Households of the commune that were poor or near-poor when the year began."""
    found = Household.objects.filter(
        unit__kind=Kind.VILLAGE, unit__parent__code=commune.code,
        years__year=year - 1, years__status__in=(POOR, NEAR_POOR),
    )  # fmt: skip
    return list(found.order_by("code"))


def _outcome(household: Household) -> str:
    """Reached by those that have newly escaped; of the others half are still on their way."""
    last = household.years.get(year=YEARS[-1]).status
    if last == ESCAPED:
        return EscapeRegistration.Outcome.REACHED
    missed = dice("outcome", household.code).random() < 1 / 2
    return EscapeRegistration.Outcome.MISSED if missed else EscapeRegistration.Outcome.OPEN
