"""What a person sees before confirming: the sums of the file, and whether they are of today."""

import re

from config.sheets import Problem
from units.imports.checking import Checked, Line
from units.imports.workbook import label_of
from units.models import ReviewFile, Unit
from units.models.poverty import Area
from units.poverty.figures import Figures
from units.poverty.tables import ReviewRow


def _total(parts: list[Figures]) -> Figures | None:
    return sum(parts[1:], parts[0]) if parts else None


def district_sums(checked: Checked) -> list[ReviewRow]:
    """The file's rows summed by the unit above the communes, in alphabetical order.

    ``reported`` counts the communes in the file, ``expected`` those of the year.
    """
    parts: dict[int, list] = {}
    parents: dict[int, Unit] = {}
    for line in checked.lines:
        parents[line.unit.parent_id] = line.unit.parent
        parts.setdefault(line.unit.parent_id, []).append(line)
    return [
        ReviewRow(
            parent,
            _total([line.figures for line in parts[parent.pk]]),
            len({line.unit.pk for line in parts[parent.pk]}),
            checked.expected.get(parent.pk, 0),
        )
        for parent in sorted(parents.values(), key=lambda parent: parent.sort_key)
    ]


def area_sums(checked: Checked) -> dict[Area, Figures]:
    """The file's rows summed by area, where it has any."""
    parts = {area: [line.figures for line in checked.lines if line.area == area] for area in Area}
    return {area: _total(found) for area, found in parts.items() if found}


def changes(checked: Checked) -> list[tuple[Line, list[tuple[str, int, int]]]]:
    """The lines that change what is on file: label, old and new value of each figure."""
    return [
        (line, [(label_of(name), old, new) for name, (old, new) in line.changes.items()])
        for line in checked.changed
    ]


def placed(checked: Checked, problems: list[Problem]) -> list[tuple[Problem, str]]:
    """Each finding with the name of the commune in whose row it stands."""
    return [(problem, checked.names.get(_row_number(problem), "")) for problem in problems]


def _row_number(problem: Problem) -> int:
    """12 of "N12" and of "dòng 12"."""
    return int(re.sub("[^0-9]", "", problem.address) or 0)


def revision(year: int, stage: str) -> int:
    """Which import the figures on file stand at; a preview of an older one is out of date."""
    last = ReviewFile.objects.filter(year=year, stage=stage, confirmed_at__isnull=False)
    return last.order_by("-confirmed_at", "-pk").values_list("pk", flat=True).first() or 0
