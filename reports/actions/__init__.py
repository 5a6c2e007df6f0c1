"""Every write of ``reports``. Page, bulk form, import, admin and command all come through here."""

from reports.actions.answering import attach_evidence, remove_evidence, save_answer
from reports.actions.editing import save_annex, save_figures, save_section, take_over_sums
from reports.actions.starting import start_report
from reports.actions.stepping import mark_read, take_step

__all__ = [
    "attach_evidence",
    "mark_read",
    "remove_evidence",
    "save_annex",
    "save_answer",
    "save_figures",
    "save_section",
    "start_report",
    "take_over_sums",
    "take_step",
]
