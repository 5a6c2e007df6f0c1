"""The arrows of a round and of a nomination. The diagrams in the README are drawn from here."""

from awards import appraisal_rules, council_rules, permissions, posting_rules, round_rules
from awards import nomination_rules as rules
from awards.states import NominationState, RoundState, SessionState
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

STATES = NominationState
WHY_BACK = "Cần bổ sung, sửa những gì? Đơn vị đề nghị đọc được nội dung này."
WHY_REFUSED = "Vì sao không khen? Đơn vị đề nghị đọc được nội dung này."

NOMINATION_STEPS = {
    "submit": Step(
        label="trình hồ sơ",
        sources=STATES.EDITABLE,
        target=STATES.SUBMITTED,
        may=permissions.leads_proposer,
        rules=(
            rules.round_receives,
            rules.achievement_named,
            rules.report_written,
            rules.criteria_answered,
            appraisal_rules.nothing_blocks,
        ),
    ),
    "withdraw": Step(
        label="rút hồ sơ",
        sources=(STATES.SUBMITTED, STATES.RETURNED, STATES.APPRAISED, STATES.POSTED),
        target=STATES.WITHDRAWN,
        may=permissions.leads_proposer,
        rules=(rules.says_why,),
        needs_note="Vì sao rút hồ sơ?",
        warning="Hồ sơ đã rút không trình lại được; muốn đề nghị lại thì lập hồ sơ mới.",
    ),
    "endorse": Step(
        label="đồng ý, chuyển lên trên",
        sources=(STATES.SUBMITTED,),
        target=STATES.SUBMITTED,
        may=permissions.desk_of_others,
        rules=(rules.has_further_desk, rules.not_held, rules.note_fits),
    ),
    "return": Step(
        label="trả lại để bổ sung",
        sources=(STATES.SUBMITTED, STATES.APPRAISED, STATES.POSTED),
        target=STATES.RETURNED,
        may=permissions.at_desk,
        rules=(rules.says_why,),
        needs_note=WHY_BACK,
    ),
    "appraise": Step(
        label="xác nhận đủ điều kiện",
        sources=(STATES.SUBMITTED,),
        target=STATES.APPRAISED,
        may=permissions.desk_of_others,
        rules=(
            rules.at_the_end,
            appraisal_rules.findings_resolved,
            appraisal_rules.departure_explained,
            rules.note_fits,
        ),
    ),
    "take_back": Step(
        label="bỏ kết quả thẩm định",
        sources=(STATES.APPRAISED,),
        target=STATES.SUBMITTED,
        may=permissions.desk_of_others,
        rules=(rules.says_why,),
        needs_note="Vì sao bỏ kết quả thẩm định?",
    ),
    "post": Step(
        label="công khai lấy ý kiến",
        sources=(STATES.APPRAISED,),
        target=STATES.POSTED,
        may=permissions.keeps_its_round,
        rules=(appraisal_rules.findings_resolved,),
    ),
    "unpost": Step(
        label="gỡ khỏi danh sách công khai",
        sources=(STATES.POSTED,),
        target=STATES.APPRAISED,
        may=permissions.keeps_its_round,
        rules=(rules.says_why,),
        needs_note="Vì sao gỡ khỏi danh sách?",
    ),
    "table": Step(
        label="đưa ra Hội đồng",
        sources=(STATES.APPRAISED, STATES.POSTED),
        target=STATES.IN_SESSION,
        may=permissions.keeps_its_round,
        rules=(
            appraisal_rules.findings_resolved,
            council_rules.posted_if_demanded,
            posting_rules.posting_is_over,
            posting_rules.opinions_handled,
        ),
    ),
    "untable": Step(
        label="rút khỏi phiên họp",
        sources=(STATES.IN_SESSION,),
        target=STATES.APPRAISED,
        may=permissions.keeps_its_round,
    ),
    "pass": Step(
        label="Hội đồng thông qua",
        sources=(STATES.IN_SESSION,),
        target=STATES.VOTED,
        may=permissions.keeps_its_round,
    ),
    "fail": Step(
        label="Hội đồng không thông qua",
        sources=(STATES.IN_SESSION,),
        target=STATES.REFUSED,
        may=permissions.keeps_its_round,
    ),
    "refuse": Step(
        label="không đề nghị khen",
        sources=(
            STATES.SUBMITTED,
            STATES.APPRAISED,
            STATES.POSTED,
            STATES.VOTED,
            STATES.PROPOSED,
        ),
        target=STATES.REFUSED,
        may=permissions.at_desk,
        rules=(rules.says_why,),
        needs_note=WHY_REFUSED,
        warning="Không mở lại được; muốn xét lại thì đơn vị lập hồ sơ mới.",
    ),
    "propose": Step(
        label="trình quyết định",
        sources=(STATES.VOTED,),
        target=STATES.PROPOSED,
        may=permissions.keeps_its_round,
        rules=(rules.not_held,),
    ),
    "decide": Step(
        label="ban hành quyết định",
        sources=(STATES.PROPOSED,),
        target=STATES.DECIDED,
        may=permissions.keeps_its_round,
        rules=(rules.not_held,),
    ),
    "present": Step(
        label="ghi đã trao",
        sources=(STATES.DECIDED,),
        target=STATES.PRESENTED,
        may=permissions.keeps_its_round,
    ),
    "revoke": Step(
        label="hủy bỏ khen thưởng",
        sources=STATES.HONOURED,
        target=STATES.REVOKED,
        may=permissions.keeps_its_round,
        rules=(rules.says_why,),
        needs_note="Vì sao hủy bỏ?",
    ),
}

SESSION_STEPS = {
    "open": Step(
        label="mở bỏ phiếu",
        sources=(SessionState.PLANNED,),
        target=SessionState.VOTING,
        may=permissions.keeps_session,
        rules=(
            council_rules.has_cases,
            council_rules.presence_marked,
            council_rules.has_a_chair,
            council_rules.quorum_reached,
        ),
        warning="Sau khi mở bỏ phiếu, không thêm, bớt thành viên và hồ sơ được nữa.",
    ),
    "close": Step(
        label="kiểm phiếu, đóng phiên họp",
        sources=(SessionState.VOTING,),
        target=SessionState.CLOSED,
        may=permissions.keeps_session,
        rules=(
            council_rules.presence_marked,
            council_rules.quorum_reached,
            council_rules.paper_confirmed,
            council_rules.counting_agreed,
        ),
    ),
}

BY_ONE = ("submit", "withdraw", "endorse", "return", "appraise", "take_back", "refuse")
"""The steps that a page of one dossier offers; the others belong to a list, session or decision."""
