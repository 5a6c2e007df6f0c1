"""The yearly review as a workbook: the template, the check of what comes back, the preview.

``workbook`` defines the columns once for template, help and check; ``openings`` knows what the
year before leads one to expect; ``rules`` judge one row; ``checking`` the file as a whole and
against the database. Nothing here writes: ``units.actions.import_reviews`` does, after the same
check.
"""

from units.imports.checking import Checked, Line, check, check_file, upload_as_file
from units.imports.preview import area_sums, changes, district_sums, placed, revision
from units.imports.workbook import DEFINITION, template_for

__all__ = [
    "DEFINITION",
    "Checked",
    "Line",
    "area_sums",
    "changes",
    "check",
    "check_file",
    "district_sums",
    "placed",
    "revision",
    "template_for",
    "upload_as_file",
]
