"""Every write of ``awards``, one module per noun; the log row stands in the act's transaction."""

from awards.actions.appraisal import (
    apply_verdicts,
    ask_opinion,
    clear_verdict,
    hold,
    lift_hold,
    override_finding,
    record_opinion,
    set_verdict,
    set_verdicts,
)
from awards.actions.ballots import confirm_paper, enter_paper, vote
from awards.actions.closing import close_session, conclude
from awards.actions.councils import save_council, save_member
from awards.actions.decisions import issue_decision
from awards.actions.dossiers import (
    attach_file,
    open_file,
    remove_file,
    save_answers,
    save_part,
)
from awards.actions.flags import decline_flag, flag_candidate
from awards.actions.honours import (
    put_back_honours,
    remove_honour,
    save_honour,
    write_honours,
)
from awards.actions.law import revise_rule_set, seal_rule_set
from awards.actions.moving import move, take_nomination_step
from awards.actions.nominations import (
    remove_nomination,
    save_nomination,
    start_nomination,
)
from awards.actions.posting import give_opinion, handle_opinion, post_list, take_down
from awards.actions.presenting import present
from awards.actions.revocations import revoke_awards
from awards.actions.rounds import remove_round, save_round, take_round_step
from awards.actions.sessions import (
    cancel_session,
    change_agenda,
    convene_session,
    mark_presence,
    open_voting,
    recuse,
    withdraw_recusal,
)
from awards.actions.submissions import (
    change_submission,
    make_submission,
    remove_submission,
    send_submission,
)

__all__ = [
    "apply_verdicts",
    "ask_opinion",
    "attach_file",
    "cancel_session",
    "change_agenda",
    "change_submission",
    "clear_verdict",
    "close_session",
    "conclude",
    "confirm_paper",
    "convene_session",
    "decline_flag",
    "enter_paper",
    "flag_candidate",
    "give_opinion",
    "handle_opinion",
    "hold",
    "issue_decision",
    "lift_hold",
    "make_submission",
    "mark_presence",
    "move",
    "open_file",
    "open_voting",
    "override_finding",
    "post_list",
    "present",
    "put_back_honours",
    "record_opinion",
    "recuse",
    "remove_file",
    "remove_honour",
    "remove_nomination",
    "remove_round",
    "remove_submission",
    "revise_rule_set",
    "revoke_awards",
    "save_answers",
    "save_council",
    "save_honour",
    "save_member",
    "save_nomination",
    "save_part",
    "save_round",
    "seal_rule_set",
    "send_submission",
    "set_verdict",
    "set_verdicts",
    "start_nomination",
    "take_down",
    "take_nomination_step",
    "take_round_step",
    "vote",
    "withdraw_recusal",
    "write_honours",
]
