"""What a person sees before confirming beside the difference: the file's sums by unit and area."""

from collections import defaultdict
from functools import reduce
from operator import add

from units.models import Import, Unit
from units.models.poverty import Area
from units.poverty.figures import COUNTS, Figures
from units.poverty.tables import ReviewRow, total_row
from units.poverty.territory import communes_alive


def sums_of(job: Import) -> dict:
    """The rows of the file that are right, summed by the unit above the communes and by area.

    ``reported`` counts the communes in the file, ``expected`` those of the year.
    """
    communes = {unit.pk: unit for unit in communes_alive(job.options["nam"])}
    parts, areas = defaultdict(lambda: defaultdict(list)), defaultdict(list)
    for pk, values in _rows(job):
        if pk in communes:
            figures = Figures({name: values[name] for name in COUNTS})
            parts[communes[pk].parent_id][pk].append(figures)
            areas[values["area"]].append(figures)
    rows = [
        _row(parent, parts[parent.pk], communes.values())
        for parent in Unit.objects.filter(pk__in=parts).in_order()
    ]
    return {
        "rows": rows,
        "total": total_row(rows),
        "areas": {area: reduce(add, areas[area]) for area in Area if area in areas},
    }


def _rows(job: Import):
    rows = job.rows.filter(part="").exclude(verdict="removed").order_by("number")
    return rows.values_list("unit", "values")


def _row(parent: Unit, communes: dict[int, list[Figures]], alive) -> ReviewRow:
    figures = reduce(add, [each for found in communes.values() for each in found])
    expected = sum(unit.parent_id == parent.pk for unit in alive)
    return ReviewRow(parent, figures, len(communes), expected)
