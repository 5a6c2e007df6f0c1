"""Criteria sets: the local scale of points, and new versions where answers hold the old one."""

from decimal import Decimal

from django.db import transaction

from config.text import vn_number
from config.workflow import refuse
from criteria import permissions
from criteria.models import Checklist, CriteriaSet, Criterion, Item
from criteria.queries.points import CENT
from criteria.rules import as_number, still_open, sum_fits
from units.actions import record
from units.actions.checking import anew


@transaction.atomic
def configure_points(
    criteria_set: CriteriaSet, points: dict[int, Decimal | None], *, by
) -> CriteriaSet:
    """Set the maximum points of criteria: criterion pk → points, or None for an equal share.

    Criteria left out keep theirs. Numbers for all must add up to the set's points; numbers for
    some must leave something to share. Refused once a unit has handed in by this set: then a new
    version is made, and the years that were judged by the old one stay as they are.
    """
    by, criteria_set = anew(by), _locked(criteria_set)
    refuse(permissions.is_board(by), still_open(criteria_set))
    criteria = list(criteria_set.criteria.order_by("number"))
    wanted = {row.pk: as_number(points.get(row.pk, row.points)) for row in criteria}
    refuse(*_faults(criteria_set, criteria, wanted, points))
    changes = {}
    for criterion in criteria:
        if criterion.points != wanted[criterion.pk]:
            changes[criterion.clause] = [str(criterion.points), str(wanted[criterion.pk])]
            criterion.points = wanted[criterion.pk]
    if changes:
        Criterion.objects.bulk_update(criteria, ["points"])
        record("criteria.configure_points", criteria_set, by=by, changes=changes)
    return criteria_set


def _locked(criteria_set: CriteriaSet) -> CriteriaSet:
    return CriteriaSet.objects.select_for_update(of=("self",)).get(pk=criteria_set.pk)


def _faults(criteria_set, criteria, wanted, points) -> list[str | None]:
    if points.keys() - wanted.keys():
        return ["Có tiêu chí không thuộc bộ này; hãy tải lại trang rồi nhập lại."]
    faults = [
        f"{row.clause}: điểm tối đa phải là số lớn hơn 0, tối đa hai chữ số phần lẻ."
        for row in criteria
        if not _fits(wanted[row.pk])
    ]
    return faults or [sum_fits(criteria_set.points, wanted)]


def _fits(points: Decimal | None) -> bool:
    if points is None:
        return True
    return points.is_finite() and 0 < points < 10_000 and points == points.quantize(CENT)


@transaction.atomic
def new_version(criteria_set: CriteriaSet, *, by, first_year: int) -> CriteriaSet:
    """Copy a set as its next version, to hold from ``first_year``; the old one ends before.

    Refused where a unit has already opened a checklist for that year or later: versions protect
    the years that were judged. ``by`` is the board, or nobody when the plan is loaded anew.
    """
    by = anew(by)
    criteria_set = _locked(criteria_set)
    refuse(by and permissions.is_board(by), *_too_early(criteria_set, first_year))
    copy = CriteriaSet.objects.get(pk=criteria_set.pk)
    copy.pk, copy.version, copy.first_year = None, criteria_set.version + 1, first_year
    copy.last_year = None
    copy.save(force_insert=True)
    _copy_criteria(criteria_set, copy)
    criteria_set.last_year = first_year - 1
    criteria_set.save(update_fields=["last_year"])
    record("criteria.new_version", copy, by=by, changes={"first_year": first_year})
    return copy


def _too_early(criteria_set: CriteriaSet, first_year: int) -> list[str | None]:
    newest = CriteriaSet.objects.filter(
        campaign=criteria_set.campaign_id, tier=criteria_set.tier
    ).latest("version")
    opened = Checklist.objects.filter(
        criteria_set=criteria_set, period__year__gte=first_year
    ).count()
    return [
        f"Đã có phiên bản {newest.version}; chỉ lập phiên bản mới từ phiên bản cuối."
        if newest.pk != criteria_set.pk
        else None,
        f"Phiên bản mới phải áp dụng sau năm {criteria_set.first_year}."
        if first_year <= criteria_set.first_year
        else None,
        f"{vn_number(opened)} đơn vị đã mở bảng tự đánh giá theo phiên bản này cho năm "
        f"{first_year} trở đi; hãy chọn năm sau đó."
        if opened
        else None,
    ]


def _copy_criteria(source: CriteriaSet, target: CriteriaSet) -> None:
    for criterion in source.criteria.prefetch_related("items").order_by("number"):
        items = list(criterion.items.all())
        criterion.pk, criterion.criteria_set = None, target
        criterion.save(force_insert=True)
        Item.objects.bulk_create(
            Item(criterion=criterion, position=item.position, statement=item.statement)
            for item in items
        )
