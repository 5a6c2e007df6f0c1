"""The summary of a period as an official paper: yearly report, interim and final review.

``collect`` makes the paper from a snapshot and what was entered at signing, ``tables`` the
workbook's sheets. Neither asks the database: the same snapshot gives the same words and figures.
"""

from reports.documents.summary.frame import Signing, collect
from reports.documents.summary.workbook import about, tables

__all__ = ["Signing", "about", "collect", "tables"]
