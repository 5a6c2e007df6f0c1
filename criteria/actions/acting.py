"""Who acts, and on what: both read anew inside the transaction of the act."""

from django.contrib.auth import get_user_model

from config.workflow import RuleViolation
from criteria import permissions
from criteria.models import Checklist, Ranking
from criteria.states import ChecklistState


def anew(user):
    """The user with the appointments of this moment; one who lost the account is refused."""
    found = get_user_model().objects.filter(pk=user.pk, is_active=True).first()
    if found is None:
        raise RuleViolation("Tài khoản của bạn đã bị khoá; hãy liên hệ quản trị hệ thống.")
    return found


def locked_checklist(pk: int) -> Checklist:
    """A checklist under lock with what its rules ask for."""
    rows = Checklist.objects.select_for_update(of=("self",))
    return rows.select_related("unit__parent", "period", "criteria_set").get(pk=pk)


def own_open_checklist(pk: int, *, by):
    """(checklist under lock, user read anew), if this person may write into it now."""
    checklist, by = locked_checklist(pk), anew(by)
    if refusal := permissions.works_in_unit(by, checklist):
        raise RuleViolation(refusal)
    if checklist.state != ChecklistState.OPEN:
        raise RuleViolation(
            f"Bảng tự đánh giá {checklist.get_state_display()} nên không sửa được; đề nghị đơn vị "
            "nhận trả lại báo cáo rồi sửa."
        )
    return checklist, by


def locked_ranking(pk: int) -> Ranking:
    rows = Ranking.objects.select_for_update(of=("self",))
    return rows.select_related("period", "block").get(pk=pk)


def refuse_unless(*refusals: str | None) -> None:
    """Raise all the reasons there are; nothing when there is none."""
    if reasons := [refusal for refusal in refusals if refusal]:
        raise RuleViolation(*reasons)
