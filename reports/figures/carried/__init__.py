"""Series over the years on any boundary: review, figures of reports, rankings.

- ``measures``: what a series may be of, and what all of them answer to.
- ``reviews``, ``indicators``, ``rankings``: the three kinds, each with its years and its sources.
- ``series``: the table as a page prints it, with marks, changes and notes.
- ``parts``: what one of its sums is made of, with the papers behind it.
- ``taking``: the table to take away.

Review counts are open to everybody signed in, as on the page of the review. Figures of reports
are summed from the accepted reports that the user may see, rankings from those he may see.
"""

from reports.figures.carried.measures import LEVELS, Measure, Span
from reports.figures.carried.offered import find, measures, offered_years
from reports.figures.carried.parts import Opened, opened
from reports.figures.carried.series import Asked, Series, Shown, told
from reports.figures.carried.taking import (
    definition,
    parts_definition,
    parts_rows,
    taken_rows,
)

__all__ = [
    "LEVELS",
    "Asked",
    "Measure",
    "Opened",
    "Series",
    "Shown",
    "Span",
    "definition",
    "find",
    "measures",
    "offered_years",
    "opened",
    "parts_definition",
    "parts_rows",
    "taken_rows",
    "told",
]
