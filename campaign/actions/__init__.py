"""Every write of ``campaign``, one module per noun; the log row stands in the act's transaction.

``plan`` and ``catalogue`` also write the catalogues of the apps above, which hand their rows in.
"""

from campaign.actions.catalogue import save_catalogue
from campaign.actions.contributions import (
    put_back_contributions,
    remove_contribution,
    save_contribution,
    write_contributions,
)
from campaign.actions.deadlines import set_deadline
from campaign.actions.extensions import grant_extension
from campaign.actions.plan import Outcome, kept, log_load, placed_by_people, write_rows

__all__ = [
    "Outcome",
    "grant_extension",
    "kept",
    "log_load",
    "placed_by_people",
    "put_back_contributions",
    "remove_contribution",
    "save_catalogue",
    "save_contribution",
    "set_deadline",
    "write_contributions",
    "write_rows",
]
