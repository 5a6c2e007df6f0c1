"""On what people act: read anew under lock inside the transaction of the act."""

from config.workflow import RuleViolation, refuse
from criteria import permissions
from criteria.models import Checklist, Ranking
from criteria.states import ChecklistState
from units.actions.checking import anew


def locked_checklist(pk: int) -> Checklist:
    """A checklist under lock with what its rules ask for."""
    rows = Checklist.objects.select_for_update(of=("self",))
    return rows.select_related("unit__parent", "period", "criteria_set").get(pk=pk)


def own_open_checklist(pk: int, *, by):
    """(checklist under lock, user read anew), if this person may write into it now."""
    checklist, by = locked_checklist(pk), anew(by)
    refuse(permissions.works_in_unit(by, checklist))
    if checklist.state != ChecklistState.OPEN:
        raise RuleViolation(
            f"Bảng tự đánh giá {checklist.get_state_display()} nên không sửa được; đề nghị đơn vị "
            "nhận trả lại báo cáo rồi sửa."
        )
    return checklist, by


def locked_ranking(pk: int) -> Ranking:
    """A ranking under lock with what its name and its rules ask for."""
    rows = Ranking.objects.select_for_update(of=("self",))
    return rows.select_related("period", "block").get(pk=pk)
