"""Writes of the poverty figures: standards, review files and their import, plan figures."""

import hashlib
import uuid
from collections.abc import Callable
from decimal import Decimal

from django.db import transaction

from config import clock
from config.text import clean_line
from config.uploads import safe_name
from config.workflow import Stale, refuse
from units import imports, permissions
from units.actions.checking import anew, refuse_invalid
from units.actions.log import record
from units.actions.units import save_standard
from units.kinds import Kind
from units.models import PovertyPlan, PovertyReview, PovertyStandard, ReviewFile, Unit, User
from units.models.poverty import Stage
from units.poverty.figures import COUNTS
from units.poverty.standards import shipped_standards
from units.poverty.territory import year_end

followers: list[Callable[[int], None]] = []
"""What the apps above do once figures of a year have changed; each adds its own in

``AppConfig.ready``. Called inside the transaction of the act, so long work waits for the commit.
"""

ERRORS_TOLD = 10
"""A refused confirmation names so many errors; the preview shows them all."""


@transaction.atomic
def load_standards(*, by: User | None = None) -> int:
    """Bring the shipped standards in; the number of new ones. Those on file stay as they are:

    an administrator may have corrected them since.
    """
    kept = set(PovertyStandard.objects.values_list("code", flat=True))
    new = [PovertyStandard(**row) for row in shipped_standards() if row["code"] not in kept]
    for standard in new:
        save_standard(standard, by=by)
    return len(new)


# The review


def upload_reviews(upload, *, by: User, year: int, stage: str) -> ReviewFile:
    """Keep a workbook for its preview, or refuse it whole; throws away what nobody confirmed.

    ``upload`` is a file object that knows its name. Rows with errors do not keep it out: the
    preview shows them in their cells. It is read before the transaction, so that a slow file
    holds no lock.
    """
    refuse(permissions.imports_reviews(by), _not_measured(year, clock.today().year))
    imports.check(upload, year, Stage(stage))
    upload.seek(0)
    return _keep(upload.read(), safe_name(upload.name), by=by, year=year, stage=stage)


@transaction.atomic
def _keep(content: bytes, name: str, *, by: User, year: int, stage: str) -> ReviewFile:
    now = clock.now()
    ReviewFile.objects.expired(now).delete()
    file = ReviewFile.objects.create(
        token=uuid.uuid4(),
        year=year,
        stage=stage,
        name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        uploaded_at=now,
        uploaded_by=by,
    )
    record("upload_reviews", file, by=by, at=now, changes={"sha256": file.sha256})
    return file


def _not_measured(year: int, this_year: int) -> str | None:
    if year > this_year:
        return f"Năm {year} chưa đến; hãy chọn năm đã rà soát."
    if not _standards_of(year).exists():
        return (
            f"Chưa khai báo chuẩn nghèo đo năm {year}; hãy nhờ quản trị hệ thống thêm chuẩn nghèo "
            "rồi nhập lại."
        )
    return None


def _standards_of(year: int):
    return PovertyStandard.objects.filter(first_year__lte=year, last_year__gte=year)


@transaction.atomic
def import_reviews(file: ReviewFile, *, by: User, seen: int | None = None) -> ReviewFile:
    """Write the rows of a waiting workbook, all or none, as it stands against today's figures.

    The standard's row is locked first, so that imports follow one another; the file is then
    checked again. ``seen`` is ``imports.revision`` of the preview that the person confirms: if
    another file came in since, nothing is written (``Stale``). New rows are created, changed
    ones overwritten, areas that the file no longer has taken away; each commune whose figures
    change gets a log row with the old values, the file one with the counts. ``followers`` are
    told.
    """
    now, by = clock.now(), anew(by)
    refuse(permissions.imports_reviews(by))
    standard = _standards_of(file.year).select_for_update().order_by("-first_year").first()
    refuse(_not_measured(file.year, clock.today().year))
    file = ReviewFile.objects.select_for_update().get(pk=file.pk)
    refuse(file.no_longer_waits(now), _foreign(file, by))
    _refuse_stale(file, seen)
    checked = imports.check_file(file)
    refuse(*_told(checked.errors))
    counts = checked.counts  # before writing makes the rows on file equal to the file's
    _write_new(checked.new, file, standard)
    _write_changed(checked.changed, file, standard, by=by, at=now)
    _take_away(checked.removed, by=by, at=now)
    file.confirmed_at, file.counts = now, counts
    file.save(update_fields=["confirmed_at", "counts"])
    record("import_reviews", file, by=by, at=now, changes=counts)
    if counts["new"] or counts["changed"] or counts["removed"]:
        _tell_followers(file.year)
    return file


def _tell_followers(year: int) -> None:
    for follow in followers:
        follow(year)


def _foreign(file: ReviewFile, by: User) -> str | None:
    if file.uploaded_by_id != by.pk:
        return "Chỉ người tải tệp lên được xác nhận; hãy tự tải tệp lên và xem trước."
    return None


def _refuse_stale(file: ReviewFile, seen: int | None) -> None:
    if seen is not None and seen != imports.revision(file.year, file.stage):
        raise Stale(
            f"Trong lúc bạn xem, một tệp khác của năm {file.year} (số liệu "
            f"{file.get_stage_display()}) đã được xác nhận. Chưa ghi gì; hãy xem lại phần khác "
            "biệt dưới đây rồi xác nhận."
        )


def _told(errors) -> list[str]:
    told = [str(error) for error in errors[:ERRORS_TOLD]]
    if rest := len(errors) - len(told):
        told.append(f"Còn {rest} lỗi khác; hãy tải tệp đánh dấu lỗi để sửa.")
    return told


def _write_new(lines, file: ReviewFile, standard: PovertyStandard) -> None:
    PovertyReview.objects.bulk_create(
        [
            PovertyReview(
                unit=line.unit,
                year=file.year,
                stage=file.stage,
                area=line.area,
                standard=standard,
                source=file,
                **line.figures.counts,
            )
            for line in lines
        ],
        batch_size=500,
    )


def _write_changed(lines, file: ReviewFile, standard: PovertyStandard, *, by, at) -> None:
    for line in lines:
        review = line.kept
        record("replace_review", review, by=by, at=at, unit=line.unit, changes=line.changes)
        for name in COUNTS:
            setattr(review, name, line.figures[name])
        review.source, review.standard = file, standard
    fields = [*COUNTS, "source", "standard"]
    PovertyReview.objects.bulk_update([line.kept for line in lines], fields, batch_size=100)


def _take_away(reviews, *, by, at) -> None:
    for review in reviews:
        old = {name: [getattr(review, name), None] for name in COUNTS}
        record("remove_review", review, by=by, at=at, unit=review.unit, changes=old)
    PovertyReview.objects.filter(pk__in=[review.pk for review in reviews]).delete()


# The plan


def set_plan(unit: Unit, year: int, rate_reduction: Decimal | None, *, by: User, basis: str):
    """Set what one unit was to reach in a year, see ``set_plans``."""
    return set_plans(year, {unit: rate_reduction}, by=by, basis=basis)


@transaction.atomic
def set_plans(year: int, figures: dict[Unit, Decimal | None], *, by: User, basis: str) -> int:
    """Set the planned fall of the poverty rate (percentage points) of units; how many changed.

    None takes a figure away. ``basis`` names the document that assigned the figures; a figure
    that stays the same keeps its basis. A log row for each unit that changes; ``followers`` are
    told.
    """
    by = anew(by)
    refuse(permissions.imports_reviews(by), *(_unplannable(unit, year) for unit in figures))
    basis = clean_line(basis)
    kept = PovertyPlan.objects.select_for_update().filter(year=year, unit__in=figures)
    plans = {plan.unit_id: plan for plan in kept}
    changed = 0
    for unit, figure in figures.items():
        plan = plans.get(unit.pk)
        old = plan.rate_reduction if plan else None
        if old != figure:
            _write_plan(plan or PovertyPlan(unit=unit, year=year), figure, basis, old, by=by)
            changed += 1
    if changed:
        _tell_followers(year)
    return changed


def _unplannable(unit: Unit, year: int) -> str | None:
    if unit.kind not in (Kind.COMMUNE, Kind.VILLAGE):
        return f"{unit.name}: chỉ tiêu của tiêu chí này được giao cho cấp xã và thôn."
    if not unit.exists_on(year_end(year)):
        return f"{unit.name} không tồn tại vào 31/12/{year}; hãy nhập cho đơn vị kế thừa."
    return None


def _write_plan(plan: PovertyPlan, figure, basis: str, old, *, by: User) -> None:
    changes = {"rate_reduction": [_text(old), _text(figure)], "basis": [plan.basis, basis]}
    if figure is None:
        record("remove_plan", plan, by=by, unit=plan.unit, changes=changes)
        plan.delete()
        return
    plan.rate_reduction, plan.basis = figure, basis
    refuse_invalid(plan)
    plan.save()
    record("set_plan", plan, by=by, unit=plan.unit, changes=changes)


def _text(figure: Decimal | None) -> str:
    return "" if figure is None else str(figure)
