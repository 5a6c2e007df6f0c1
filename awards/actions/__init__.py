"""Every write of ``awards``, one module per noun; the log row stands in the act's transaction."""

from awards.actions.honours import (
    put_back_honours,
    remove_honour,
    save_honour,
    write_honours,
)
from awards.actions.law import revise_rule_set, seal_rule_set

__all__ = [
    "put_back_honours",
    "remove_honour",
    "revise_rule_set",
    "save_honour",
    "seal_rule_set",
    "write_honours",
]
