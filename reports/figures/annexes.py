"""Annex tables B2–B7 of the accepted reports: totals by tier, and the rows behind them.

Unit: that of each column. Source: the rows that units entered in accepted reports. A district's
table holds what its communes entered in theirs, so tiers stand beside one another and are not
added; where each unit enters its own doings only (documents, awards) they do add. ``groups`` sum
the tables that count, by the columns in which a value is chosen from a list (source, programme,
form); ``lines`` are the rows themselves, of the annexes that are lists of named things. No names
of households are taken over: of the other annexes only sums are.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Exists, OuterRef

from reports import annexes
from reports.figures.counting import higher_report
from reports.models import Annex, AnnexTable, counted
from units.kinds import TIER_ORDER

LISTED = ("B2", "B5")
"""Annexes that are lists: documents issued, and models. Their rows are the content."""

OWN = ("B2", "B6")
"""Annexes in which each unit enters its own doings: no report contains another's."""


@dataclass(frozen=True)
class TierTotal:
    """The tables of one tier in one year: reports with a table, rows, and the column sums."""

    year: int
    tier: str
    reports: int
    rows: int
    sums: dict[str, Decimal]


@dataclass(frozen=True)
class Group:
    """Rows that share the chosen values, or the unit where nothing is chosen, in one year."""

    year: int
    keys: tuple[str, ...]
    rows: int
    sums: dict[str, Decimal]


@dataclass(frozen=True)
class Line:
    """One row of a list, with the report it stands in."""

    year: int
    report_id: int
    unit: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class AnnexSums:
    code: str
    title: str
    columns: list[dict]
    own: bool
    group_columns: tuple[str, ...]
    by_tier: tuple[TierTotal, ...] = ()
    groups: tuple[Group, ...] = ()
    lines: tuple[Line, ...] = ()
    help: str = field(default="")


def annex_sums(campaign, periods) -> list[AnnexSums]:
    """Every typed annex of the campaign in its order, those without rows too; two queries."""
    tables = defaultdict(list)
    for table in _tables(periods):
        tables[table.annex_id].append(table)
    typed = Annex.objects.filter(campaign=campaign, computed=False).order_by("position")
    return [_sums(annex, tables[annex.pk]) for annex in typed]


def _tables(periods):
    higher = AnnexTable.objects.filter(higher_report(), annex=OuterRef("annex"))
    found = (
        AnnexTable.objects.filter(counted("report__"), report__period__in=periods)
        .annotate(contained=Exists(higher))
        .select_related("report__unit", "report__period")
        .order_by("report__period__year", "report__unit__sort_key", "pk")
    )
    return sorted(found, key=_place)


def _place(table):
    return table.report.period.year, TIER_ORDER[table.report.tier]


def _sums(annex, tables) -> AnnexSums:
    own = annex.code in OWN
    counted = [table for table in tables if own or not table.contained]
    chosen = tuple(column["name"] for column in annex.columns if column["kind"] == "choice")
    return AnnexSums(
        code=annex.code,
        title=annex.title,
        columns=annex.columns,
        own=own,
        group_columns=chosen or ("unit",),
        by_tier=tuple(_by_tier(annex, tables)),
        groups=() if annex.code in LISTED else tuple(_groups(annex, chosen, counted)),
        lines=tuple(_lines(annex, counted)) if annex.code in LISTED else (),
        help=annex.help,
    )


def _by_tier(annex, tables):
    found = defaultdict(list)
    for table in tables:
        found[table.report.period.year, table.report.tier].append(table)
    for (year, tier), its_tables in found.items():
        rows = [row for table in its_tables for row in table.rows]
        yield TierTotal(year, tier, len(its_tables), len(rows), annexes.totals(annex, rows))


def _groups(annex, chosen, tables):
    found = defaultdict(list)
    for table in tables:
        for row in table.rows:
            keys = tuple(row.get(name, "") for name in chosen) or (table.report.unit.name,)
            found[table.report.period.year, keys].append(row)
    order = _order(annex, chosen)
    for year, keys in sorted(found, key=lambda group: (group[0], order(group[1]))):
        rows = found[year, keys]
        yield Group(year, keys, len(rows), annexes.totals(annex, rows))


def _order(annex, chosen):
    """Chosen values in the order of their list; units in the order they were read."""
    lists = {column["name"]: column["choices"] for column in annex.columns}

    def place(keys):
        return [
            lists[name].index(key) if key in lists[name] else len(lists[name])
            for name, key in zip(chosen, keys, strict=False)
        ]

    return place


def _lines(annex, tables):
    for table in tables:
        for row in table.rows:
            cells = tuple(row.get(column["name"], "") for column in annex.columns)
            yield Line(table.report.period.year, table.report_id, table.report.unit.name, cells)
