"""A checklist's life: opened with its report, handed in, accepted, opened again."""

from datetime import datetime

from django.db import transaction
from django_tasks import task

from config.workflow import RuleViolation, refuse
from criteria.actions.acting import locked_checklist
from criteria.measuring import Reading, reading
from criteria.models import Answer, Checklist, CriteriaSet, Criterion, Evidence
from criteria.queries import is_ranked, missing
from criteria.states import ChecklistState, Measure
from units.actions import record


@transaction.atomic
def open_checklist(unit, period, *, by, at: datetime) -> Checklist:
    """The unit's checklist of a period with one answer a criterion; the present one if it exists.

    The set is the newest version that holds for the unit's tier in the period's year. Who may
    open is asked by the report that carries the checklist.
    """
    criteria_set = _set_for(unit, period)
    checklist, created = Checklist.objects.get_or_create(
        unit=unit, period=period, defaults={"criteria_set": criteria_set}
    )
    if created:
        Answer.objects.bulk_create(
            Answer(checklist=checklist, criterion=criterion)
            for criterion in criteria_set.criteria.order_by("number")
        )
        record("criteria.open", checklist, by=by, unit=unit, at=at)
        recompute(checklist)
    return checklist


def _set_for(unit, period) -> CriteriaSet:
    sets = CriteriaSet.objects.for_year(unit.tier, period.year)
    found = sets.filter(campaign=period.campaign_id).first()
    if found is None:
        raise RuleViolation(
            f"Chưa có bộ tiêu chí cho nhóm của {unit} áp dụng năm {period.year}; đề nghị Ban Thi "
            "đua - Khen thưởng bổ sung."
        )
    return found


@transaction.atomic
def recompute(checklist: Checklist, *, by=None) -> Checklist:
    """Compute anew the numbers that come from the poverty review, until the ranking is published.

    The review may turn official after the report was sent, so this also serves sent checklists;
    there each change is logged. ``by`` is nobody when the portal does it by itself.
    """
    checklist = locked_checklist(checklist.pk)
    if is_ranked(checklist):
        return checklist
    answers = checklist.answers.select_related("criterion")
    answers = answers.exclude(criterion__measure=Measure.TYPED)
    changes = {}
    for answer in answers:
        found = reading(answer.criterion, checklist.unit, checklist.period.year)
        if _takes(answer, found):
            changes[answer.criterion.clause] = [str(answer.computed), str(found.value)]
            _keep(answer, found)
    if changes and checklist.was_sent:
        record("criteria.recompute", checklist, by=by, unit=checklist.unit, changes=changes)
    return checklist


def follow_review(year: int) -> None:
    """Once new figures of the review or of the plan hold, compute anew what rests on them."""
    transaction.on_commit(lambda: recompute_since.enqueue(year), robust=True)


@task()
def recompute_since(year: int) -> int:
    """Compute the checklists of this year and later ones anew; how many there were.

    Later ones too: a year's figures may be the start of the period (III.1.b, ý 8). Each is a
    transaction of its own, so that nobody who writes waits for all of them.
    """
    measured = Criterion.objects.exclude(measure=Measure.TYPED).values("criteria_set")
    found = Checklist.objects.filter(period__year__gte=year, criteria_set__in=measured)
    checklists = list(found.order_by("pk"))
    for checklist in checklists:
        recompute(checklist)
    return len(checklists)


def _takes(answer: Answer, found: Reading) -> bool:
    stored = (answer.computed, answer.computed_met, answer.computed_from)
    return stored != (found.value, found.met, found.source)


def _keep(answer: Answer, found: Reading) -> None:
    answer.computed, answer.computed_met = found.value, found.met
    answer.computed_from = found.source
    answer.save(update_fields=["computed", "computed_met", "computed_from"])


# The three that follow are called by ``reports.actions`` inside the step of the report, which
# asks who may.


@transaction.atomic
def hand_in(checklist: Checklist, *, by, at: datetime, on_time: bool) -> Checklist:
    """Follow the sending of the report: nothing missing, numbers computed, files now sent."""
    recompute(checklist, by=by)
    checklist = _moving(checklist, ChecklistState.OPEN)
    refuse(*(f"{gap.criterion.clause}: {gap.sentence}" for gap in missing(checklist)))
    checklist.handed_in_at, checklist.on_time = at, on_time
    _move(checklist, ChecklistState.HANDED_IN, by=by, at=at)
    files = Evidence.objects.attached().filter(answer__checklist=checklist, sent_at__isnull=True)
    files.update(sent_at=at)
    return checklist


@transaction.atomic
def accept(checklist: Checklist, *, by, at: datetime) -> Checklist:
    """Follow the acceptance of the report; from now on the unit can be ranked."""
    checklist = _moving(checklist, ChecklistState.HANDED_IN)
    _move(checklist, ChecklistState.ACCEPTED, by=by, at=at)
    return checklist


@transaction.atomic
def reopen(checklist: Checklist, *, by, at: datetime, withdrawn: bool = False) -> Checklist:
    """Follow a return, a reopening or a withdrawal: the unit may write again.

    A withdrawn sending is as if never made, so files first sent with it are unsent again.
    """
    checklist = _moving(checklist, ChecklistState.HANDED_IN, ChecklistState.ACCEPTED)
    if is_ranked(checklist):
        raise RuleViolation(
            f"{checklist.unit} đã có trong bảng xếp hạng được công bố nên không mở lại được."
        )
    if withdrawn:
        files = Evidence.objects.filter(answer__checklist=checklist)
        files.filter(sent_at=checklist.handed_in_at).update(sent_at=None)
    _move(checklist, ChecklistState.OPEN, by=by, at=at)
    return checklist


def _moving(checklist: Checklist, *sources: ChecklistState) -> Checklist:
    """The checklist under lock, if it stands where the move begins."""
    checklist = locked_checklist(checklist.pk)
    if checklist.state not in sources:
        raise RuleViolation(
            f"Bảng tự đánh giá của {checklist.unit} {checklist.get_state_display()}; hãy tải lại "
            "trang để xem trạng thái mới."
        )
    return checklist


def _move(checklist: Checklist, target: ChecklistState, *, by, at: datetime) -> None:
    source, checklist.state = checklist.state, target
    checklist.save(update_fields=["state", "handed_in_at", "on_time"])
    record(
        f"criteria.{target}",
        checklist,
        by=by,
        unit=checklist.unit,
        at=at,
        changes={"state": [source, target]},
    )
