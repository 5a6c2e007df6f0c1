"""One row after another against today's data: what is wrong, what is kept, what it would replace.

Every door comes through here: the page, the stream of a national file, the command, the admin.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from config.sheets import Cell, Problem, Row, Taken, convert
from units.imports.kind import Fault, ImportKind
from units.imports.road.values import Reviver, stored
from units.models import ImportRow, User

Verdict = ImportRow.Verdict
LONGEST_KEY = 120
TOTAL_ROW = "total_row"
"""A row of sums is one finding and nothing else; see ``config.sheets.convert``."""


class Line(NamedTuple):
    """A row as it will wait: kept values in JSON form, and what they would replace."""

    number: int
    key: str
    unit: int | None
    verdict: str
    values: dict
    before: dict | None = None
    problems: Sequence[Problem] = ()


class Judge:
    """The rows of one file, against one reading of the surroundings."""

    def __init__(self, kind: ImportKind, options: dict, user: User | None):
        self.kind, self.options = kind, options
        self.definition = kind.definition(options)
        self.around = kind.surroundings(options, user)
        self.revived = Reviver(self.definition)
        self._labels = {column.name: column.label for column in self.definition.columns}

    def taken(self, row: Taken, address: Callable[[int, str], str]) -> Line:
        """A row of the file; what is on file is asked later, for many rows together.

        Of a cell that could not be read the kind finds nothing more.
        """
        kind, (number, values, problems) = self.kind, row
        if not problems or all(problem.rule != TOTAL_ROW for problem in problems):
            wrong = {problem.label for problem in problems if problem.blocking}
            told = [
                self.told(fault, address(number, fault.column))
                for fault in kind.judge(values, self.around)
                if self._labels.get(fault.column) not in wrong
            ]
            problems = [*problems, *told] if told else problems
        key = _bounded(kind.key(values))
        if problems and any(problem.blocking for problem in problems):
            return Line(number, key, None, Verdict.FAULTY, {}, None, problems)
        if not key:
            raise ValueError(f"{kind.slug}: a right row without a key")
        unit = kind.unit_of(values, self.around)
        kept = stored(kind.keep(values, self.around))
        return Line(number, key, unit, Verdict.NEW, kept, None, problems)

    def told(self, fault: Fault, address: str) -> Problem:
        """A kind's finding as a finding about a cell."""
        label = self._labels.get(fault.column, "")
        return Problem(address, label, fault.message, fault.blocking, fault.rule)

    def compared(self, lines: Sequence[Line]) -> list[Line]:
        """The lines with their verdict against what is on file, by one question for all."""
        keys = [line.key for line in lines if line.verdict != Verdict.FAULTY]
        on_file = self.on_file(keys)
        if not on_file:
            return list(lines)
        return [
            line
            if line.verdict == Verdict.FAULTY or line.key not in on_file
            else line._replace(**compare(line.values, on_file[line.key]))
            for line in lines
        ]

    def on_file(self, keys: Sequence[str]) -> dict[str, dict]:
        """What stands on file for the keys, in JSON form."""
        found = self.kind.on_file(keys, self.around) if keys else {}
        return {key: stored(values) for key, values in found.items()}

    def again(self, row: ImportRow) -> tuple[dict, int | None, list[Fault]]:
        """A waiting row today: what would be kept of it now, its unit, and its blocking faults.

        What a kind conceals is gone by then, so such a kind keeps what it kept.
        """
        values = self.revived(row.values)
        faults = [fault for fault in self.kind.judge_again(values, self.around) if fault.blocking]
        if faults:
            return row.values, row.unit_id, faults
        unit = self.kind.unit_of(values, self.around) or row.unit_id
        if self.kind.concealed:
            return row.values, unit, faults
        return stored(self.kind.keep(values, self.around)), unit, faults


def compare(values: dict, before: dict) -> dict:
    """Verdict on a row that is on file already; what equals it need not be kept twice."""
    if values == before:
        return {"verdict": Verdict.SAME, "before": None}
    return {"verdict": Verdict.CHANGED, "before": before}


def _bounded(key: str) -> str:
    """A key from cells that may hold anything, short enough for its column."""
    if len(key) <= LONGEST_KEY:
        return key
    return f"{key[:79]}…{hashlib.sha256(key.encode()).hexdigest()[:40]}"


class Doubles:
    """Keys of rows seen so far within one chunk; the database knows those of earlier chunks."""

    def __init__(self, judge: Judge):
        self._judge = judge

    def told(self, line: Line, first: int, address: Callable[[int, str], str]) -> Line:
        """The later of two rows of one key, refused with the number of the first."""
        column = self._judge.kind.key_column()
        message = f"trùng với dòng {first}; mỗi {self._judge.kind.counted} chỉ một dòng, hãy xóa "
        fault = Fault(column, self._judge.kind.duplicate_rule, f"{message}dòng thừa.")
        problem = self._judge.told(fault, address(line.number, column))
        return line._replace(
            verdict=Verdict.FAULTY, values={}, before=None, problems=[*line.problems, problem]
        )

    def apart(
        self, lines: Iterable[Line], address: Callable[[int, str], str], known: Mapping[str, int]
    ) -> tuple[list[Line], list[Line]]:
        """Lines whose key is new to the file, and those whose key stood there before."""
        first, once, doubled = dict(known), [], []
        for line in lines:
            if line.key and line.key in first:
                doubled.append(self.told(line, first[line.key], address))
            else:
                if line.key:
                    first[line.key] = line.number
                once.append(line)
        return once, doubled


# The same verdict for rows that come in by another door


def verdict(
    kind: ImportKind, options: dict, rows: Iterable[Mapping[str, Any]], user: User | None
) -> list[Line]:
    """Each raw row (values by column name, as a workbook would hold them), judged; nothing is

    stored. Rows are numbered from 1; a line is right when its verdict is not ``FAULTY``.
    """
    judge = Judge(kind, options, user)
    lines = [
        judge.taken(_taken(judge, number, row), _place) for number, row in enumerate(rows, start=1)
    ]
    once, doubled = Doubles(judge).apart(lines, _place, {})
    return sorted([*judge.compared(once), *doubled])


def _place(number: int, column: str) -> str:
    return f"dòng {number}"


def _taken(judge: Judge, number: int, raw: Mapping[str, Any]) -> Taken:
    address = _place(number, "")
    cells = {
        column.name: Cell(raw.get(column.name), address, _kind_of(raw.get(column.name)))
        for column in judge.definition.columns
    }
    return Taken(number, *convert(judge.definition, Row(number, cells)))


def _kind_of(value: Any) -> str:
    """What kind of cell a raw value would be."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return "blank"
    if isinstance(value, str):
        return "formula" if value.startswith("=") else "text"
    if isinstance(value, bool):
        return "boolean"
    return "date" if isinstance(value, date) else "number"
