"""Every write of ``awards``, one module per noun; the log row stands in the act's transaction."""

from awards.actions.honours import (
    put_back_honours,
    remove_honour,
    save_honour,
    write_honours,
)
from awards.actions.law import revise_rule_set, seal_rule_set
from awards.actions.moving import move, take_nomination_step
from awards.actions.posting import give_opinion, handle_opinion, post_list, take_down
from awards.actions.rounds import remove_round, save_round, take_round_step

__all__ = [
    "give_opinion",
    "handle_opinion",
    "move",
    "post_list",
    "put_back_honours",
    "remove_honour",
    "remove_round",
    "revise_rule_set",
    "save_honour",
    "save_round",
    "seal_rule_set",
    "take_down",
    "take_nomination_step",
    "take_round_step",
    "write_honours",
]
