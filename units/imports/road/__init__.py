"""The one import road: what stands between a file and the tables, without writing anything.

``judging``: a row against today's data, the same at every door (``verdict`` for rows that come
without a file). ``waiting``: rows that wait, in chunks, and their counts. ``steps``: who may do
what with an import, and what stands in the way. ``presence``: whether somebody works on it.
``options``: what is asked beside a file. ``preview``, ``history``: what the pages show, ``known``:
whom the counts are told. The writes are ``units.actions.imports``.
"""

from units.imports.road.judging import Line, verdict
from units.imports.road.options import as_json, kind_of_job, options_form
from units.imports.road.preview import revision
from units.imports.road.sizes import is_page_sized
from units.imports.road.steps import STEPS
from units.imports.road.waiting import Verdict, rows_to_go

__all__ = [
    "STEPS",
    "Line",
    "Verdict",
    "as_json",
    "is_page_sized",
    "kind_of_job",
    "options_form",
    "revision",
    "rows_to_go",
    "verdict",
]
