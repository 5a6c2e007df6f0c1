"""The arrow of a ranking: from draft to published. The diagram in the README is drawn from here."""

from config.workflow import Step
from criteria import permissions, rules
from criteria.states import RankingState

RANKING_STEPS = {
    "publish": Step(
        label="công bố",
        sources=RankingState.EDITABLE,
        target=RankingState.PUBLISHED,
        may=permissions.is_board,
        rules=(rules.has_rows, rules.is_current, rules.fully_scored),
        warning="Công bố xong, điểm và thứ hạng không đổi được nữa, ai cũng xem được.",
    ),
    "publish_incomplete": Step(
        label="công bố khi chưa chấm đủ",
        sources=RankingState.EDITABLE,
        target=RankingState.PUBLISHED,
        may=permissions.is_board,
        rules=(rules.has_rows, rules.is_current, rules.says_why),
        needs_note="Vì sao công bố khi chưa chấm đủ điểm? Lý do được in cùng bảng xếp hạng.",
    ),
}
