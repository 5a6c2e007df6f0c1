"""The arrows of a report's life (design 4). The diagram in the README is drawn from here."""

from config.workflow import Step
from reports import permissions, rules
from reports.states import State

STEPS = {
    "hand_over": Step(
        label="trình ký",
        sources=State.EDITABLE,
        target=State.SIGNING,
        may=permissions.works_in_unit,
        rules=(rules.is_complete, rules.before_lock),
    ),
    "take_back": Step(
        label="lấy lại để sửa",
        sources=(State.SIGNING,),
        target=State.DRAFT,
        may=permissions.works_in_unit,
    ),
    "send": Step(
        label="ký, gửi",
        sources=(State.DRAFT, State.SIGNING, State.RETURNED),
        target=State.SUBMITTED,
        may=permissions.leads_unit,
        rules=(rules.is_complete, rules.before_lock),
    ),
    "withdraw": Step(
        label="rút báo cáo",
        sources=(State.SUBMITTED,),
        target=State.DRAFT,
        may=permissions.leads_unit,
        rules=(rules.not_yet_read, rules.before_lock),
    ),
    "accept": Step(
        label="nhận báo cáo",
        sources=(State.SUBMITTED,),
        target=State.ACCEPTED,
        may=permissions.receives_from_others,
    ),
    "return": Step(
        label="trả lại",
        sources=(State.SUBMITTED,),
        target=State.RETURNED,
        may=permissions.receives_from_others,
        rules=(rules.says_why, rules.returned_unit_can_resend),
        needs_note="Lý do trả lại",
    ),
    "reopen": Step(
        label="mở lại",
        sources=(State.ACCEPTED,),
        target=State.RETURNED,
        may=permissions.receives_from_others,
        rules=(rules.says_why, rules.before_lock, rules.not_ranked),
        needs_note="Lý do mở lại",
    ),
}
