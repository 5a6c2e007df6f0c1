"""Writes of the statistical tables: counts of villages and communes, and putting them back."""

from django.db import transaction

from config.workflow import refuse
from units import permissions
from units.actions.importing.writing import Overtaken
from units.actions.reviews import tell_followers
from units.models import Import, ImportRow, PovertyStandard, PovertyTally, User

STATEMENT = PovertyTally.Origin.STATEMENT
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
WRITTEN = (*FIGURES, "near_ethnic", "standard", "source")


@transaction.atomic
def write_statements(job: Import, rows: list[ImportRow], *, by: User | None, at) -> None:
    """Write a chunk of an import's new and changed rows: one statement, whatever its size.

    The standards' rows are locked first, so that imports follow one another; a row on file that
    is no longer what the preview showed refuses the chunk (``Overtaken``). The rows learn what they
    wrote, and which file the figures had come from before.
    """
    if by is not None:
        refuse(permissions.imports_reviews(by))
    standards = _standards()
    kept = _on_file(rows)
    if not all(_as_seen(row, kept.get(_place(row))) for row in rows):
        raise Overtaken(
            "Trong lúc bạn xem, một tệp khác có cùng đơn vị và năm đã được xác nhận. Chưa ghi gì; "
            "hãy xem lại phần khác biệt rồi xác nhận."
        )
    _upsert([(row, row.values, job.pk) for row in rows], standards)
    changed = [row for row in rows if row.verdict == ImportRow.Verdict.CHANGED]
    for row in changed:
        row.before["source"] = kept[_place(row)].source_id
    ImportRow.objects.bulk_update(changed, ["before"], batch_size=500)


def _standards() -> dict[int, int]:
    """Year → the standard that measured it; the rows are locked."""
    found = {}
    for standard in PovertyStandard.objects.select_for_update().order_by("first_year", "pk"):
        found |= dict.fromkeys(range(standard.first_year, standard.last_year + 1), standard.pk)
    return found


def _place(row: ImportRow) -> tuple[int, int]:
    return row.unit_id, row.values["year"]


def _on_file(rows) -> dict[tuple[int, int], PovertyTally]:
    tallies = PovertyTally.objects.select_for_update().filter(
        origin=STATEMENT,
        unit__in={row.unit_id for row in rows},
        year__in={row.values["year"] for row in rows},
    )
    return {(tally.unit_id, tally.year): tally for tally in tallies}


def _as_seen(row: ImportRow, tally: PovertyTally | None) -> bool:
    if tally is None or row.before is None:
        return tally is None and row.before is None
    return all(row.before[name] == getattr(tally, name) for name in FIGURES)


def _upsert(lines: list[tuple[ImportRow, dict, int]], standards: dict[int, int]) -> None:
    """Write figures with their source; each row learns the key of its tally."""
    tallies = [
        PovertyTally(
            unit_id=row.unit_id,
            year=values["year"],
            origin=STATEMENT,
            standard_id=standards[values["year"]],
            source_id=source,
            **{name: values[name] for name in FIGURES},
        )
        for row, values, source in lines
    ]
    written = PovertyTally.objects.bulk_create(
        tallies,
        batch_size=2_000,
        update_conflicts=True,
        unique_fields=["unit", "year", "origin"],
        update_fields=WRITTEN,
    )
    for (row, _, _), tally in zip(lines, written, strict=True):
        row.object_id = tally.pk


def tell_of(job: Import) -> None:
    """Tell the apps above of each year in which figures changed."""
    changed = job.rows.exclude(verdict=ImportRow.Verdict.SAME)
    for year in sorted(set(changed.order_by().values_list("values__year", flat=True).distinct())):
        tell_followers(year)


def built_upon(job: Import) -> list[str]:
    """Why the rows of an import cannot be put back: later files wrote over them."""
    written = job.rows.exclude(verdict=ImportRow.Verdict.SAME).count()
    overwritten = written - PovertyTally.objects.filter(source=job).count()
    if not overwritten:
        return []
    return [
        f"{overwritten} dòng đã được một tệp nhập sau thay; hãy hoàn tác tệp đó trước.",
    ]


@transaction.atomic
def put_back_statements(job: Import, rows: list[ImportRow], *, by: User | None, at) -> None:
    """Put a chunk of rows back: new figures go, changed ones are as they were.

    Refused where a later file wrote since.
    """
    standards = _standards()
    rows = [row for row in rows if row.verdict != ImportRow.Verdict.SAME]
    kept = _on_file(rows)
    if any(tally.source_id != job.pk for tally in map(kept.get, map(_place, rows))):
        refuse("Có dòng đã được một tệp nhập sau thay; hãy hoàn tác tệp đó trước.")
    new = [row.object_id for row in rows if row.verdict == ImportRow.Verdict.NEW]
    PovertyTally.objects.filter(pk__in=new).delete()
    changed = [row for row in rows if row.verdict == ImportRow.Verdict.CHANGED]
    _upsert([(row, row.before, row.before["source"]) for row in changed], standards)
