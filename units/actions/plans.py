"""Writes of the plan figures: what a unit was to reach in a year."""

from decimal import Decimal

from django.db import transaction

from config.text import clean_line
from config.workflow import refuse
from units import permissions
from units.actions.checking import anew, refuse_invalid
from units.actions.importing.writing import Overtaken
from units.actions.log import record
from units.actions.reviews import tell_followers
from units.kinds import Kind
from units.models import Import, ImportRow, PovertyPlan, Unit, User
from units.poverty.territory import year_end

Told = tuple[Decimal | None, str]
"""A planned fall of the poverty rate in percentage points, and the document that assigned it."""


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
    plans, basis = _plans(year, figures), clean_line(basis)
    told = {
        unit: (figure, basis) for unit, figure in figures.items() if figure != _figure(plans, unit)
    }
    return _write(year, told, plans, by=by)


def _plans(year: int, units) -> dict[int, PovertyPlan]:
    kept = PovertyPlan.objects.select_for_update().filter(year=year, unit__in=units)
    return {plan.unit_id: plan for plan in kept}


def _figure(plans: dict[int, PovertyPlan], unit: Unit) -> Decimal | None:
    return plans[unit.pk].rate_reduction if unit.pk in plans else None


def _unplannable(unit: Unit, year: int) -> str | None:
    if unit.kind not in (Kind.COMMUNE, Kind.VILLAGE):
        return f"{unit.name}: chỉ tiêu của tiêu chí này được giao cho cấp xã và thôn."
    if not unit.exists_on(year_end(year)):
        return f"{unit.name} không tồn tại vào 31/12/{year}; hãy nhập cho đơn vị kế thừa."
    return None


def _write(year: int, told: dict[Unit, Told], plans: dict[int, PovertyPlan], *, by) -> int:
    """Write what differs; a log row for each unit, ``followers`` are told."""
    for unit, (figure, basis) in told.items():
        plan = plans.get(unit.pk) or PovertyPlan(unit=unit, year=year)
        _write_plan(plan, figure, basis, by=by)
    if told:
        tell_followers(year)
    return len(told)


def _write_plan(plan: PovertyPlan, figure: Decimal | None, basis: str, *, by) -> None:
    old = plan.rate_reduction if plan.pk else None
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


# By file


@transaction.atomic
def write_plans(year: int, rows: list[ImportRow], *, by: User | None, at) -> None:
    """Write a chunk of an import's rows: figure and basis of each unit, a blank one goes.

    A figure on file that is no longer what the preview showed refuses the chunk (``Overtaken``). A
    log row for each unit; ``followers`` are told.
    """
    units = Unit.objects.in_bulk({row.unit_id for row in rows})
    if by is not None:
        refuse(permissions.imports_reviews(by))
    refuse(*(_unplannable(unit, year) for unit in units.values()))
    plans = _plans(year, units)
    if not all(_told(row.before) == _kept(plans, row.unit_id) for row in rows):
        raise Overtaken(
            f"Trong lúc bạn xem, chỉ tiêu năm {year} đã được người khác sửa. Chưa ghi gì; hãy xem "
            "lại phần khác biệt rồi xác nhận."
        )
    _write(year, {units[row.unit_id]: _told(row.values) for row in rows}, plans, by=by)
    written = _plans(year, units)
    for row in rows:
        row.object_id = written[row.unit_id].pk if row.unit_id in written else None


def _told(values: dict | None) -> Told:
    """Figure and basis as a row tells them."""
    if not values or values["rate_reduction"] is None:
        return None, ""
    return Decimal(values["rate_reduction"]), values["basis"]


def _kept(plans: dict[int, PovertyPlan], unit: int) -> Told:
    plan = plans.get(unit)
    return (plan.rate_reduction, plan.basis) if plan else (None, "")


def built_upon(job: Import) -> list[str]:
    """Why the rows of an import cannot be put back: figures were set anew since."""
    rows = job.rows.exclude(verdict=ImportRow.Verdict.SAME).select_related("unit")
    found = PovertyPlan.objects.filter(year=job.options["nam"], unit__in=job.rows.values("unit"))
    plans = {plan.unit_id: plan for plan in found}
    return _changed_since(rows, plans)


def _changed_since(rows, plans: dict[int, PovertyPlan]) -> list[str]:
    names = [row.unit.name for row in rows if _told(row.values) != _kept(plans, row.unit_id)]
    if not names:
        return []
    told = ", ".join(names[:3]) + ("…" if names[3:] else "")
    return [f"Chỉ tiêu của {told} đã được sửa sau lần nhập này nên không hoàn tác được."]


@transaction.atomic
def put_back_plans(job: Import, rows: list[ImportRow], *, by: User | None, at) -> None:
    """Put a chunk of rows back as they were; refused where a figure was set anew since."""
    year = job.options["nam"]
    rows = [row for row in rows if row.verdict != ImportRow.Verdict.SAME]
    units = Unit.objects.in_bulk({row.unit_id for row in rows})
    plans = _plans(year, units)
    refuse(*_changed_since(rows, plans))
    _write(year, {units[row.unit_id]: _told(row.before) for row in rows}, plans, by=by)
