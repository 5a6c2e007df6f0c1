"""The arrows of a round of commendation. The diagram in the README is drawn from here."""

from awards import permissions, round_rules
from awards.states import RoundState
from config.workflow import Step

ROUND_STEPS = {
    "open": Step(
        label="mở đợt",
        sources=(RoundState.DRAFT,),
        target=RoundState.OPEN,
        may=permissions.keeps_round,
        rules=(round_rules.offers_forms, round_rules.due_to_come, round_rules.stands),
    ),
    "close": Step(
        label="đóng đợt",
        sources=(RoundState.OPEN,),
        target=RoundState.CLOSED,
        may=permissions.keeps_round,
        rules=(round_rules.receiving_is_over,),
    ),
    "reopen": Step(
        label="mở lại đợt",
        sources=(RoundState.CLOSED,),
        target=RoundState.OPEN,
        may=permissions.keeps_round,
        rules=(round_rules.says_why,),
        needs_note="Vì sao mở lại? Lý do được ghi vào nhật ký và hiện ở trang này.",
    ),
}
