"""Writes of the yearly review: the rows of an import, and putting them back as they were."""

from collections.abc import Callable

from django.db import transaction

from config import clock
from config.workflow import refuse
from units import permissions
from units.actions.importing.writing import Overtaken
from units.actions.log import record
from units.models import Import, ImportRow, PovertyReview, PovertyStandard, User
from units.models.poverty import Stage
from units.poverty.figures import COUNTS

followers: list[Callable[[int], None]] = []
"""What the apps above do once figures of a year have changed; each adds its own in

``AppConfig.ready``. Called inside the transaction of the act, so long work waits for the commit.
"""

NAMED = 3
"""A refusal names so many communes."""


def tell_followers(year: int) -> None:
    for follow in followers:
        follow(year)


def not_measured(year: int) -> str | None:
    """Why figures of a year cannot be kept; None when they can."""
    if year > clock.today().year:
        return f"Năm {year} chưa đến; hãy chọn năm đã rà soát."
    if not standards_of(year).exists():
        return (
            f"Chưa khai báo chuẩn nghèo đo năm {year}; hãy nhờ quản trị hệ thống thêm chuẩn nghèo "
            "rồi nhập lại."
        )
    return None


def standards_of(year: int):
    return PovertyStandard.objects.filter(first_year__lte=year, last_year__gte=year)


@transaction.atomic
def write_reviews(job: Import, rows: list[ImportRow], *, by: User | None, at) -> None:
    """Write a chunk of an import's new, changed and removed rows of one year and stage.

    The standard's row is locked first, so that imports follow one another; a row on file that is
    no longer what the preview showed refuses the chunk (``Overtaken``). Each commune whose figures
    change gets a log row with the old values. The rows learn what they wrote, and which file the
    figures had come from before.
    """
    if by is not None:
        refuse(permissions.imports_reviews(by))
    year, stage = job.options["nam"], job.options["muc"]
    standard = standards_of(year).select_for_update().order_by("-first_year").first()
    refuse(not_measured(year))
    kept = _on_file(rows, year, stage)
    _refuse_stale(rows, kept, year, stage)
    new = [row for row in rows if row.verdict == ImportRow.Verdict.NEW]
    changed = [row for row in rows if row.verdict == ImportRow.Verdict.CHANGED]
    removed = [row for row in rows if row.verdict == ImportRow.Verdict.REMOVED]
    _create(new, job, standard)
    _change(changed, kept, job, standard, by=by, at=at)
    _take_away(removed, kept, by=by, at=at)


def _place(row: ImportRow) -> tuple[int, str]:
    """The commune and area that a row speaks of."""
    return row.unit_id, (row.values or row.before)["area"]


def _on_file(rows, year: int, stage: str) -> dict[tuple[int, str], PovertyReview]:
    units = {row.unit_id for row in rows}
    found = PovertyReview.objects.select_for_update(of=("self",)).select_related("unit")
    found = found.filter(year=year, stage=stage, unit__in=units)
    return {(review.unit_id, review.area): review for review in found}


def _refuse_stale(rows, kept: dict, year: int, stage: str) -> None:
    """Nothing is written over figures that nobody saw."""
    if all(_as_seen(row, kept.get(_place(row))) for row in rows):
        return
    raise Overtaken(
        f"Trong lúc bạn xem, một tệp khác của năm {year} (số liệu {Stage(stage).label}) đã được "
        "xác nhận. Chưa ghi gì; hãy xem lại phần khác biệt rồi xác nhận."
    )


def _as_seen(row: ImportRow, review: PovertyReview | None) -> bool:
    if review is None or row.before is None:
        return review is None and row.before is None
    return all(row.before[name] == getattr(review, name) for name in COUNTS)


def _review(row: ImportRow, values: dict, standard: PovertyStandard, source: int) -> PovertyReview:
    return PovertyReview(
        unit_id=row.unit_id,
        year=values["year"],
        stage=values["stage"],
        area=values["area"],
        standard=standard,
        source_id=source,
        **{name: values[name] for name in COUNTS},
    )


def _create(rows, job: Import, standard: PovertyStandard) -> None:
    reviews = [_review(row, row.values, standard, job.pk) for row in rows]
    for row, review in zip(rows, PovertyReview.objects.bulk_create(reviews, 500), strict=True):
        row.object_id = review.pk


def _change(rows, kept: dict, job: Import, standard: PovertyStandard, *, by, at) -> None:
    reviews = []
    for row in rows:
        review = kept[_place(row)]
        row.object_id, row.before["source"] = review.pk, review.source_id
        changes = {
            name: [getattr(review, name), row.values[name]]
            for name in COUNTS
            if getattr(review, name) != row.values[name]
        }
        record("replace_review", review, by=by, at=at, unit=review.unit, changes=changes)
        for name in COUNTS:
            setattr(review, name, row.values[name])
        review.source, review.standard = job, standard
        reviews.append(review)
    fields = [*COUNTS, "source", "standard"]
    PovertyReview.objects.bulk_update(reviews, fields, batch_size=100)
    ImportRow.objects.bulk_update(rows, ["before"], batch_size=500)


def _take_away(rows, kept: dict, *, by, at) -> None:
    for row in rows:
        review = kept[_place(row)]
        row.object_id, row.before["source"] = review.pk, review.source_id
        _log_removal(review, by=by, at=at)
    ImportRow.objects.bulk_update(rows, ["before"], batch_size=500)
    PovertyReview.objects.filter(pk__in=[row.object_id for row in rows]).delete()


def _log_removal(review: PovertyReview, *, by, at) -> None:
    old = {name: [getattr(review, name), None] for name in COUNTS}
    record("remove_review", review, by=by, at=at, unit=review.unit, changes=old)


# Undoing


def built_upon(job: Import) -> list[str]:
    """Why the rows of an import cannot be put back: later files wrote over them."""
    if not job.rows.exists():
        return ["Tệp này được ghi khi cổng chưa giữ số cũ của từng dòng nên không hoàn tác được."]
    year, stage = job.options["nam"], job.options["muc"]
    written = job.rows.exclude(verdict=ImportRow.Verdict.SAME).select_related("unit")
    now = {
        (review.unit_id, review.area): review.source_id
        for review in PovertyReview.objects.filter(year=year, stage=stage)
    }
    return _overwritten(job, written, now)


def _overwritten(job: Import, rows, now: dict[tuple[int, str], int]) -> list[str]:
    """``now``: the source of what is on file for each commune and area."""
    names = [row.unit.name for row in rows if now.get(_place(row)) != _left(row, job)]
    if not names:
        return []
    told = ", ".join(names[:NAMED]) + ("…" if names[NAMED:] else "")
    year, stage = job.options["nam"], Stage(job.options["muc"])
    return [
        f"Số liệu {stage.label} năm {year} của {told} đã được một tệp nhập sau thay; hãy hoàn tác "
        "tệp đó trước."
    ]


def _left(row: ImportRow, job: Import) -> int | None:
    """The source that the row left its figures with; None where it took them away."""
    return None if row.verdict == ImportRow.Verdict.REMOVED else job.pk


@transaction.atomic
def put_back_reviews(job: Import, rows: list[ImportRow], *, by: User | None, at) -> None:
    """Put a chunk of rows back: new figures go, changed and removed ones are as they were.

    A log row for each commune. Refused where a later file wrote since.
    """
    year, stage = job.options["nam"], job.options["muc"]
    standard = standards_of(year).select_for_update().order_by("-first_year").first()
    rows = [row for row in rows if row.verdict != ImportRow.Verdict.SAME]
    kept = _on_file(rows, year, stage)
    refuse(*_overwritten(job, rows, {place: kept[place].source_id for place in kept}))
    for row in rows:
        _put_back(row, kept.get(_place(row)), standard, by=by, at=at)


def _put_back(row: ImportRow, review, standard: PovertyStandard, *, by, at) -> None:
    if row.verdict == ImportRow.Verdict.NEW:
        _log_removal(review, by=by, at=at)
        review.delete()
        return
    restored = _review(row, row.before, standard, row.before["source"])
    restored.pk = row.object_id
    restored.save(force_insert=review is None)
    old = {name: getattr(review, name, None) for name in COUNTS}
    changes = {
        name: [old[name], row.before[name]] for name in COUNTS if old[name] != row.before[name]
    }
    record("restore_review", restored, by=by, at=at, unit=row.unit, changes=changes)
