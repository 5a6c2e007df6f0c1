"""The nouns of ``reports``, one module each."""

from reports.models.outline import Annex, OutlineSection
from reports.models.report import (
    TO_BOARD,
    AnnexTable,
    Figure,
    Report,
    Section,
    counted,
    left_to_board,
)
from reports.models.summary import Selection, Summary, SummaryFile
from reports.models.trail import Remark, ReportStep, Version

__all__ = [
    "TO_BOARD",
    "Annex",
    "AnnexTable",
    "Figure",
    "OutlineSection",
    "Remark",
    "Report",
    "ReportStep",
    "Section",
    "Selection",
    "Summary",
    "SummaryFile",
    "Version",
    "counted",
    "left_to_board",
]
