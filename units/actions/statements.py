"""Writes of the statistical tables: counts of villages and communes, and putting them back.

A country's table has half a million rows, so each chunk is written by statements over the rows
that wait, without loading what is on file.
"""

from collections.abc import Sequence

from django.db import connection, transaction

from config.text import vn_number
from config.workflow import refuse
from units import permissions
from units.actions.importing.writing import Overtaken
from units.actions.reviews import tell_followers
from units.models import Import, ImportRow, PovertyStandard, PovertyTally, User

STATEMENT = PovertyTally.Origin.STATEMENT
Verdict = ImportRow.Verdict
FIGURES = (
    "households",
    "poor",
    "near_poor",
    "newly_escaped",
    "poor_ethnic",
    "poor_unable",
    "escaped",
    "arisen",
    "relapsed",
)
LATER = "dòng đã được một tệp nhập sau thay; hãy hoàn tác tệp đó trước."

_TOLD = {
    "postgresql": """row."{field}" ->> '{name}'""",
    "sqlite": """json_extract(row."{field}", '$.{name}')""",
}
"""By database: one value of a waiting row, as text or number."""
_ROWS = """
FROM units_importrow row
{join} WHERE row.source_id = %s AND row.part = '' AND row.id BETWEEN %s AND %s
AND row.verdict IN ({verdicts}) AND row.unit_id IS NOT NULL
"""
_TALLY = """JOIN units_povertytally tally ON tally.unit_id = row.unit_id
AND tally.origin = '{origin}' AND tally.year = {year}
"""
_MEASURED = "JOIN units_povertystandard standard ON {year} BETWEEN first_year AND last_year\n"
_INSERT = """
INSERT INTO units_povertytally
    (unit_id, year, origin, standard_id, near_ethnic, source_id, {columns})
SELECT row.unit_id, {year}, '{origin}', standard.id, NULL, {source}, {figures}
{rows}
ON CONFLICT (unit_id, year, origin) DO UPDATE SET {over}
"""


def _told(field: str, name: str) -> str:
    """A number of a waiting row, as the database reads it."""
    return f"CAST({_TOLD[connection.vendor].format(field=field, name=name)} AS integer)"


def _rows(join: str, verdicts: Sequence[str], field: str = "values") -> str:
    """The rows of a chunk with some verdicts, beside their tallies or standards."""
    named = ", ".join(f"'{verdict}'" for verdict in verdicts)
    joined = join.format(origin=STATEMENT.value, year=_told(field, "year"))
    return _ROWS.format(join=joined, verdicts=named)


def _span(job: Import, rows: Sequence[ImportRow]) -> list[int]:
    """The parameters of every statement over a chunk."""
    keys = [row.pk for row in rows]
    return [job.pk, min(keys), max(keys)]


def _upsert(span: list[int], verdicts: Sequence[str], *, field: str, source: str) -> None:
    """Write the figures of a chunk's rows: those of the file, or those that it replaced."""
    written = ("standard_id", "near_ethnic", "source_id", *FIGURES)
    sql = _INSERT.format(
        columns=", ".join(FIGURES),
        year=_told(field, "year"),
        origin=STATEMENT.value,
        source=source,
        figures=", ".join(_told(field, name) for name in FIGURES),
        rows=_rows(_MEASURED, verdicts, field),
        over=", ".join(f"{name} = excluded.{name}" for name in written),
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, span)


@transaction.atomic
def write_statements(job: Import, rows: Sequence[ImportRow], *, by: User | None, at) -> None:
    """Write a chunk of an import's new and changed rows of villages and communes.

    The standards' rows are locked first, so that imports follow one another; a row on file that
    is no longer what the preview showed refuses the chunk (``Overtaken``). A changed row learns
    which file its figures had come from.
    """
    if by is not None:
        refuse(permissions.imports_reviews(by))
    _lock_standards()
    span = _span(job, rows)
    if _count(_rows(_TALLY, [Verdict.NEW]), span):
        raise Overtaken
    _remember_sources([row for row in rows if row.verdict == Verdict.CHANGED])
    _upsert(span, [Verdict.NEW, Verdict.CHANGED], field="values", source="row.source_id")


def _lock_standards() -> None:
    """One writer of statistical tables at a time."""
    list(PovertyStandard.objects.select_for_update().order_by("pk").values_list("pk"))


def _count(rows: str, span: list[int]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) {rows}", span)  # noqa: S608  # our own words
        return cursor.fetchone()[0]


def _remember_sources(rows: list[ImportRow]) -> None:
    """Keep with each changed row where its old figures came from; they must still be those."""
    tallies = PovertyTally.objects.select_for_update().filter(
        origin=STATEMENT,
        unit__in={row.unit_id for row in rows},
        year__in={row.values["year"] for row in rows},
    )
    kept = {(tally.unit_id, tally.year): tally for tally in tallies}
    for row in rows:
        tally = kept.get((row.unit_id, row.values["year"]))
        if tally is None or any(row.before[name] != getattr(tally, name) for name in FIGURES):
            raise Overtaken
        row.before["source"] = tally.source_id
    ImportRow.objects.bulk_update(rows, ["before"], batch_size=500)


def tell_of(job: Import) -> None:
    """Tell the apps above of each year in which figures changed."""
    changed = job.rows.exclude(verdict__in=(Verdict.SAME, Verdict.FAULTY))
    for year in sorted(set(changed.order_by().values_list("values__year", flat=True).distinct())):
        tell_followers(year)


# Undoing


def built_upon(job: Import) -> list[str]:
    """Why the rows of an import cannot be put back: later files wrote over them."""
    written = job.rows.filter(verdict__in=(Verdict.NEW, Verdict.CHANGED)).count()
    overwritten = written - PovertyTally.objects.filter(source=job).count()
    return [f"{vn_number(overwritten)} {LATER}"] if overwritten else []


@transaction.atomic
def put_back_statements(job: Import, rows: Sequence[ImportRow], *, by: User | None, at) -> None:
    """Put a chunk of rows back: new figures go, changed ones are as they were.

    Refused where a later file wrote since.
    """
    _lock_standards()
    span = _span(job, rows)
    both = [Verdict.NEW, Verdict.CHANGED]
    own = _count(f"{_rows(_TALLY, both)} AND tally.source_id = row.source_id", span)
    if own != _count(_rows("", both), span):
        refuse(f"Có {LATER}")
    new = f"SELECT tally.id {_rows(_TALLY, [Verdict.NEW])}"
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM units_povertytally WHERE id IN ({new})", span)  # noqa: S608
    _upsert(span, [Verdict.CHANGED], field="before", source=_told("before", "source"))
